"""Helpers for drawing the pictures of a lesson."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.drawing.canvas import Runs
from tui_backprop.typeset.glyphs import plain_text

PLOT_ROWS = 13
WIDEST = 64
_LEAST_ROWS = 8
_EQUALS = "\u00a0=\u00a0"
"""An equals sign that keeps a name on the line of its value."""


def speak(text: str, manner: Manner, role: str = "") -> Iterator[Runs]:
    """The rows that describe a picture in words."""
    if manner.spoken:
        from tui_backprop.typeset.spoken import speak_text

        text = speak_text(text)
    for line in wrap(plain_text(text.replace("\u00a0", " "), manner.glyphs).replace(" = ", _EQUALS), manner.width):
        yield ((line.replace(_EQUALS, " = "), role or "note"),)


def plot_rows(manner: Manner, most: int, below: int) -> int:
    """How many rows a plot takes, with so many lines of words below it: fewer than it would on a low page."""
    return min(most, max(manner.height - below, _LEAST_ROWS)) if manner.height else most


def padded(rows: Sequence[Runs], least: int) -> list[Runs]:
    """The rows, and empty ones up to ``least``: so what stands below them stays in its place as the words change."""
    return [*rows, *[()] * (least - len(rows))]
