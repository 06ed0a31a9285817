"""The looks: three themes, and the roles that text and lines play in every picture, each styled in ``theme.tcss``.

A role is never told by its colour alone: what is asked for is in reverse video, what lies on its way is bold, marks
and words do the rest. So all of it works in 16 colours and in none.
"""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.typeset.glyphs import Glyphs, one_cell

ROLES = (
    "plain", "title", "unit", "value", "target", "weight", "edge", "more", "lit", "active", "path", "dim",
    "good", "bad", "note", "key", "cursor", "bar", "blank", "edited", "heading",
)  # fmt: skip
"""Every role a run of text can have; the empty role is ``plain``."""

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
    variables={"role-edge": "#767f8c", "role-dim": "#8a8a8a", "border-blurred": "#5f6b7a", "border": "#5fafff"},
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
    variables={"role-edge": "#767676", "role-dim": "#6c6c6c", "border-blurred": "#9aa5b1", "border": "#005faf"},
)
OWN_COLOURS = Theme(
    name="tutor-terminal",
    ansi=True,
    primary="ansi_blue",
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
"""The terminal's own colours, whatever they are: for 16 colours, and for none."""

THEMES = (DARK, LIGHT, OWN_COLOURS)


def first_theme(capabilities: Capabilities) -> str:
    """The theme to begin with here."""
    few = capabilities.colours in (Colours.NONE, Colours.STANDARD)
    return OWN_COLOURS.name if few else DARK.name


class NoColours(LineFilter):
    """Every colour becomes the terminal's own; reverse video, bold and dim stay."""

    _own = Style.from_color(RichColor.default(), RichColor.default())

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background  # the terminal's own
        return [Segment(text, style and style + self._own, control) for text, style, control in segments]


class GlyphFilter(LineFilter):
    """Whatever is sent, borders and scroll bars included, cell for cell in the glyphs this terminal can show."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(enabled=glyphs is not Glyphs.FULL)
        self.glyphs = glyphs

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background  # glyphs do not depend on it
        return [
            Segment(self.translated(text), style, control) if not text.isascii() and not control else segment
            for segment in segments
            for text, style, control in (segment,)
        ]

    def translated(self, text: str) -> str:
        """The text in as many cells as before."""
        return "".join(one_cell(character, self.glyphs) for character in text)
