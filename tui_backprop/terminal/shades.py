"""The colours of a heat map's bands in each theme, and of text on them.

A table for each theme, not classes of the style sheet: every such class is matched at each restyle of every widget.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.color import Color
from rich.style import Style

from tui_backprop.terminal.theme import DARK, LIGHT, OWN_COLOURS

_BANDS: Mapping[str, tuple[str, ...]] = {
    DARK.name: ("#00005f", "#000087", "#5f005f", "#87005f", "#af005f", "#d7005f",
                "#d75f00", "#ff8700", "#ffaf00", "#ffd700", "#ffff5f", "#ffffd7"),
    LIGHT.name: ("#ffffd7", "#ffffaf", "#ffd7af", "#ffd787", "#ffaf5f", "#ff875f",
                 "#ff5f00", "#d75f00", "#d70000", "#af0000", "#870000", "#5f0000"),
    OWN_COLOURS.name: ("blue", "blue", "blue", "cyan", "cyan", "green",
                       "green", "yellow", "yellow", "magenta", "red", "red"),
}
"""The colours from the lowest band to the highest, all among those of a terminal with 256 colours.

In the terminal's own colours one colour would stand for several bands: there the map is drawn with characters, from
sparse to dense.
"""

_BRIGHT = 0.18
"""On a colour with at least this luminance black is easier to read than white."""


def has_shades(theme: str) -> bool:
    """Can the bands be told apart by their colours alone in this theme?"""
    return theme != OWN_COLOURS.name and theme in _BANDS


def band_style(theme: str, band: int) -> Style:
    """The colour of a band, as the colour of text."""
    colours = _BANDS.get(theme, _BANDS[DARK.name])
    return Style(color=colours[min(max(band, 0), len(colours) - 1)])


def on_ground(ink: Style | None, ground: Style) -> Style:
    """The style of text in the colour of ``ink`` on that of ``ground``; without ``ink`` in readable black or white."""
    if ink is None:
        return Style(color=_readable_on(ground.color), bgcolor=ground.color, bold=True)
    return Style(color=ink.color, bgcolor=ground.color, bold=ink.bold)


def _readable_on(colour: Color | None) -> str:
    if colour is None or colour.triplet is None:
        return "default"
    red, green, blue = (_linear(part / 255) for part in colour.triplet)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _BRIGHT else "#ffffff"


def _linear(part: float) -> float:
    """The linear light of a colour's channel, by sRGB's definition."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
