"""What the pictures of a lesson are drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.drawing.canvas import Runs
from tui_backprop.typeset.glyphs import plain_text

PLOT_ROWS = 13
WIDEST = 64
_EQUALS = "\u00a0=\u00a0"
"""A name stays on the line of its value."""


def speak(text: str, manner: Manner, role: str = "") -> Iterator[Runs]:
    """What a picture shows, in words."""
    if manner.spoken:
        from tui_backprop.typeset.spoken import spoken_text

        text = spoken_text(text)
    for line in wrap(plain_text(text.replace("\u00a0", " "), manner.glyphs).replace(" = ", _EQUALS), manner.width):
        yield ((line.replace(_EQUALS, " = "), role or "note"),)
