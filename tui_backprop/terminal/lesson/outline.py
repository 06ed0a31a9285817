"""Beside the text, where there is room: the lesson's sections, how much of each is done, and which one is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.lesson.text import MOST_COLUMNS, inline_text
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import cells, fill_lines, plain_text

_MARGINS, _MOST_WIDE = 4, 44


class Outline(RunsView):
    """Says where the reader is; F2 is the list that leads there."""

    DEFAULT_CSS = "Outline { dock: right; height: auto; max-height: 100%; margin: 1 0 1 0; }"
    _LEFT: Final = MOST_COLUMNS + _MARGINS

    def __init__(self, reading: LessonReading, window: int) -> None:
        """``window``: the columns of the window."""
        super().__init__(classes="panel")
        self._fit(window)
        self._reading = reading
        self._here = 0
        self.border_title = "Sections"

    def show(self, block: int) -> None:
        """Show that this block is read."""
        self._fit(self.app.size.width)
        self._here = block
        self.redraw()

    def _fit(self, window: int) -> None:
        """Leave the text the columns that it fills."""
        self.styles.width = min(window - self._LEFT, _MOST_WIDE)

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        headings = self._reading.sections
        here = max((place for place in headings if place <= self._here), default=-1)
        ends = [*headings[1:], len(self._reading.lesson.blocks)]
        rows = [row for place, end in zip(headings, ends, strict=True)
                for row in self._section(place, width, is_over=end <= self._reading.open, is_here=place == here)]
        lit = next((n for n, row in enumerate(rows) if row[0][1] == "key" and row[0][0].strip()), 0)
        first = max(min(lit - height // 2, len(rows) - height), 0)
        return rows[first:first + height]

    def _section(self, place: int, width: int, *, is_over: bool, is_here: bool) -> Iterator[Runs]:
        """A section: is the reader there, is it done; its heading; how many of its questions are done."""
        block = self._reading.lesson.blocks[place]
        done, asked = self._reading.section(place)
        mark = plain_text("✓ " if is_over and done == asked else "  ", self.glyphs)
        here = plain_text("▶ " if is_here else "  ", self.glyphs)
        role = "strong" if is_here else "plain" if place < self._reading.open else "dim"
        told = f" {done}/{asked}" if asked else ""
        room = width - cells(here) - cells(mark) - len(told)
        title = " ".join(inline_text(content, self.glyphs) for content in block.contents())
        first, *more = wrap(title, max(room, 1)) or [""]
        yield merge([(here, "key"), (mark, "good"), (fill_lines(first, room), role), (told, "note")])
        for line in more:
            yield ((" " * (cells(here) + cells(mark)), ""), (line, role))
