"""A list with a cursor that scrolls by itself: the base of contents, parameter table and list of steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.reactive import var
from textual.widget import Widget

from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.titled import subtitle
from tui_backprop.typeset.glyphs import cells

MOVING = Binding.Group("In a list")
"""The group of these keys on the page of keys."""


def _move(key: str, action: str, description: str) -> Binding:
    return Binding(key, action, description, show=False, group=MOVING)


def scroll_to(first: int, cursor: int, count: int, rows: int) -> int:
    """The first item to show: as near to ``first`` as possible with the cursor in view, on so many rows."""
    if cursor < first:
        first = cursor
    elif cursor >= first + rows:
        first = cursor - rows + 1
    return max(min(first, count - rows), 0)


def first_from(places: Sequence[int], place: int) -> int:
    """The index in the sorted ``places`` of the first one at or after ``place``; the last where there is none."""
    return max(min(bisect_left(places, place), len(places) - 1), 0)


def thumb_of(first: int, count: int, rows: int) -> range:
    """The rows of the scroll bar's thumb, where ``rows`` of ``count`` items are shown from ``first`` on."""
    size = max(rows * rows // count, 1)
    start = first * (rows - size) // max(count - rows, 1)
    return range(start, start + size)


def pad(runs: Runs, width: int) -> Runs:
    """A row padded with blanks to this width."""
    return (*runs, (" " * (width - sum(cells(text) for text, _ in runs)), ""))


_LEAST_WIDTH = 12
"""A list of fewer columns has no scroll bar."""


class CursorView(RunsView, can_focus=True):
    """Items, one in each row, with a cursor on one of them. A subclass draws an item, and says how many there are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _move("up", "move(-1)", "line up"),
        _move("down", "move(1)", "line down"),
        _move("pageup", "move_page(-1)", "page up"),
        _move("pagedown", "move_page(1)", "page down"),
        _move("home", "move_to(0)", "first line"),
        _move("end", "move_to(-1)", "last line"),
    ]

    cursor: var[int] = var(0, init=False)
    """Which item the cursor is on."""

    first = 0
    """The topmost item on the screen."""

    def count(self) -> int:
        """How many items there are."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def item_row(self, index: int, width: int) -> Runs:
        """One item as a row; :meth:`rows` adds the cursor's role."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def can_hold(self, index: int) -> bool:
        """May the cursor rest on this item? Headings say no."""
        del index
        return True

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        count = self.count()
        self.first = scroll_to(self.first, self.cursor, count, height)
        shown = range(self.first, min(self.first + height, count))
        if len(shown) == count or width < _LEAST_WIDTH:
            return [self.item_row(n, width) for n in shown]
        thumb = thumb_of(self.first, count, len(shown))
        return [merge([*pad(self.item_row(n, width - 2), width - 1), ("▓" if row in thumb else "░", "bar")])
                for row, n in enumerate(shown)]

    def redraw(self) -> None:
        super().redraw()
        self._announce()

    def on_resize(self) -> None:
        self._announce()

    def put_over(self, part: Widget, column: int, width: int) -> None:
        """Put a part over the row under the cursor, from this column on."""
        first = scroll_to(self.first, self.cursor, self.count(), self.size.height)
        part.styles.offset = Offset(column, self.cursor - first)
        part.styles.width = width

    def leads_to(self) -> Offset | None:
        """The place of the row under the cursor; None while there is none."""
        row = self.cursor - self.first
        return self.content_region.offset + Offset(0, row) if self.count() and row < self.size.height else None

    def _announce(self) -> None:
        """Say in the border how many items are above and below the screen."""
        framed = self.framed
        if self.is_attached and framed.border_title and self.size.height:
            above = scroll_to(self.first, self.cursor, self.count(), self.size.height)  # as the rows will be drawn
            below = max(self.count() - above - self.size.height, 0)
            parts = [f"{above} above"] * bool(above) + [f"{below} below"] * bool(below)
            subtitle(framed, ", ".join(parts))

    @property
    def framed(self) -> Widget:
        """The widget whose border says how many items are not shown."""
        return self

    def natural_height(self, width: int) -> int:
        del width
        return self.count()

    def validate_cursor(self, cursor: int) -> int:
        return max(min(cursor, self.count() - 1), 0)

    def watch_cursor(self) -> None:
        self.redraw()

    def action_move(self, step: int) -> None:
        """Move to the next item that can hold the cursor, in this direction; stay where there is none."""
        index = self.cursor + step
        while 0 <= index < self.count():
            if self.can_hold(index):
                self.cursor = index
                return
            index += step
        self.first = 0 if step < 0 else self.first
        self.redraw()

    def action_move_page(self, pages: int) -> None:
        self._move_near(self.cursor + pages * max(self.size.height - 1, 1))

    def action_move_to(self, index: int) -> None:
        self._move_near(index if index >= 0 else self.count() + index)

    def _move_near(self, index: int) -> None:
        """Move to this item, or to the nearest one that can hold the cursor."""
        count = self.count()
        index = max(min(index, count - 1), 0)
        for away in range(count):
            near = [n for n in (index - away, index + away) if 0 <= n < count and self.can_hold(n)]
            if near:
                self.cursor = near[0]
                return
