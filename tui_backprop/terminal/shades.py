"""The colours of a heat map's bands in each theme, and of text that stands on them.

A table per theme, not classes of the style sheet: every such class is matched at each restyle of every widget.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.color import Color
from rich.style import Style

from tui_backprop.terminal.theme import DARK, LIGHT, OWN_COLOURS

_BANDS: Mapping[str, tuple[str, ...]] = {
    DARK.name: ("#12092e", "#300a54", "#510f6a", "#70196d", "#902568", "#b0325a",
                "#cc4447", "#e35c31", "#f37a18", "#fb9e0c", "#f8c42f", "#f8e76c"),
    LIGHT.name: ("#fffbe6", "#fef1ce", "#fee7b7", "#fddb9e", "#fdc584", "#fcb06a",
                 "#f69457", "#e9734a", "#dc523d", "#bb3936", "#932130", "#6b0a2a"),
    OWN_COLOURS.name: ("blue", "blue", "blue", "cyan", "cyan", "green",
                       "green", "yellow", "yellow", "magenta", "red", "red"),
}
"""From the lowest band to the highest. The terminal's own colours stand for several bands each: there the map is
drawn with characters, from sparse to dense."""

_BRIGHT = 0.18
"""From this luminance on black is easier to read on a colour than white."""


def has_shades(theme: str) -> bool:
    """Can the bands be told by their colours alone?"""
    return theme != OWN_COLOURS.name and theme in _BANDS


def band_style(theme: str, band: int) -> Style:
    """The colour of a band, as the colour of text."""
    colours = _BANDS.get(theme, _BANDS[DARK.name])
    return Style(color=colours[min(max(band, 0), len(colours) - 1)])


def on_ground(ink: Style | None, ground: Style) -> Style:
    """Text in the colour of ``ink`` on that of ``ground``; without an ink in black or white, whichever is read."""
    if ink is None:
        return Style(color=_readable_on(ground.color), bgcolor=ground.color, bold=True)
    return Style(color=ink.color, bgcolor=ground.color, bold=ink.bold)


def _readable_on(colour: Color | None) -> str:
    if colour is None or colour.triplet is None:
        return "default"
    red, green, blue = (_linear(part / 255) for part in colour.triplet)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _BRIGHT else "#ffffff"


def _linear(part: float) -> float:
    """A colour's part as light, by sRGB's definition."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
