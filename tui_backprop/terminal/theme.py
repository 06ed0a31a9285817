"""The themes, and the look that each role of text and lines has in them.

A role is never told by its colour alone: what is asked for is in reverse video, what lies on its path is bold, and
marks and words do the rest. So all of it works in 16 colours and in none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.typeset.glyphs import Glyphs, one_cell

DARK = Theme(
    name="tutor-dark",
    primary="#5fafff",
    secondary="#8a9bb0",
    accent="#ffd75f",
    warning="#ffaf5f",
    error="#ff8787",
    success="#87d787",
    foreground="#e4e4e4",
    background="#121212",
    surface="#121212",
    panel="#1c2b3f",
    dark=True,
    variables={"role-edge": "#767f8c", "role-dim": "#8a8a8a", "placeholder": "#8a8a8a",
               "border-blurred": "#5f6b7a", "border": "#5fafff"},
)
LIGHT = Theme(
    name="tutor-light",
    primary="#005faf",
    secondary="#4a5a6a",
    accent="#875f00",
    warning="#af5f00",
    error="#af0000",
    success="#00702b",
    foreground="#1c1c1c",
    background="#fafafa",
    surface="#fafafa",
    panel="#dbe6f2",
    dark=False,
    variables={"role-edge": "#767676", "role-dim": "#6c6c6c", "placeholder": "#6c6c6c",
               "border-blurred": "#808d9b", "border": "#005faf"},
)
OWN_COLOURS = Theme(
    name="tutor-terminal",
    ansi=True,
    primary="ansi_bright_blue",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "role-edge": "ansi_default",
        "role-dim": "ansi_default",
        "placeholder": "ansi_cyan",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
    },
)
"""The theme of the terminal's own colours, for terminals with 16 colours or none.

Its blue is the bright one (escape 94): plain blue on black has a contrast of 1.6 : 1 on a Linux console.
"""

THEMES = (DARK, LIGHT, OWN_COLOURS)

ROLES: Mapping[str, str] = {
    "": "",
    "plain": "",
    "title": "foreground bold",
    "unit": "primary",
    "value": "foreground",
    "target": "success",
    "weight": "foreground",
    "edge": "role-edge",
    "more": "role-dim italic",
    "lit": "accent reverse",
    "active": "accent",
    "path": "success bold",
    "dim": "role-dim",
    "good": "success",
    "bad": "error",
    "note": "secondary",
    "key": "primary bold",
    "cursor": "reverse",
    "bar": "accent",
    "stressed": "accent bold",
    "blank": "accent bold",
    "heading": "primary bold",
    "edited": "warning bold",
    "strong": "foreground bold",
    "emphasis": "foreground italic",
    "code": "secondary",
    "link": "primary underline",
}
"""Every role that a run can have, with its look: one of the theme's colours, and how the letters stand out."""


@cache
def role_styles(theme: str) -> Mapping[str, Style]:
    """What each role adds to the style of the widget it stands in, in the theme of this name.

    It is a table and not in the style sheet: a component class for each role would be matched in every widget at every
    change of style, which doubled the time to open the workbench.
    """
    chosen = next(each for each in THEMES if each.name == theme)
    colours = chosen.to_color_system().generate() | chosen.variables
    return {role: _style(look, colours) for role, look in ROLES.items()}


def _style(look: str, colours: Mapping[str, str]) -> Style:
    named = [word for word in look.split() if word in colours]
    others = [word for word in look.split() if word not in colours]
    return Style.parse(" ".join(others)) + Style(color=Color.parse(colours[named[0]]).rich_color if named else None)


def first_theme(capabilities: Capabilities) -> str:
    """The theme to begin with on such a terminal."""
    few = capabilities.colours in (Colours.NONE, Colours.STANDARD)
    return OWN_COLOURS.name if few else DARK.name


class NoColours(LineFilter):
    """Replaces every colour by the terminal's own; reverse video, bold and dim stay."""

    _own = Style.from_color(RichColor.default(), RichColor.default())

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background  # the terminal's own
        return [Segment(text, style and style + self._own, control) for text, style, control in segments]


class GlyphFilter(LineFilter):
    """Translates all that is sent, borders and scroll bars included, cell for cell to this terminal's glyphs."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(enabled=glyphs is not Glyphs.FULL)
        self.glyphs = glyphs

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background  # glyphs do not depend on it
        return [
            Segment(self.translate(text), style, control) if not text.isascii() and not control else segment
            for segment in segments
            for text, style, control in (segment,)
        ]

    def translate(self, text: str) -> str:
        """The text in this terminal's glyphs, in as many cells as before."""
        return "".join(one_cell(character, self.glyphs) for character in text)
