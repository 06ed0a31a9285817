"""A list of fields with a cursor: values are typed in place, and choices are gone through in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from tui_backprop.course.draft import Where
from tui_backprop.desk.builder.rows import FieldRow, Rows
from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.typeset.glyphs import cut, fill_lines, plain_text, shorten

SHORTEST_LABEL, LONGEST_LABEL = 15, 22
"""The columns of a field's label, with a gap, at least and at most."""
MARK = 2
"""The columns of the mark of a field that is not right yet."""
_BEGIN_TYPING = frozenset("0123456789.+-")


Keep = Callable[[Where, str], bool]
"""Puts typed text into a field; False where that was refused, which has been explained then."""


class FieldInput(LineInput):
    """The one input of the list, over the value under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep(0)", "keep", tooltip="Keep what is typed"),
        Binding("escape", "leave", "leave as it was"),
        Binding("up", "keep(-1)", "keep, line up", show=False),
        Binding("down", "keep(1)", "keep, line down", show=False),
    ]

    def __init__(self, fields: FieldList) -> None:
        super().__init__(max_length=4000)
        self._list = fields

    async def on_key(self, event: events.Key) -> None:
        """Pass keys on to the list that were on their way here when typing ended."""
        if not self._list.is_editing:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))

    def action_keep(self, by: int) -> None:
        self._list.keep_typed(by)

    def action_leave(self) -> None:
        self._list.end()


class FieldList(CursorView):
    """The fields of a draft, one in each row, under headings. The screen decides what they may hold."""

    DEFAULT_CSS = """
    FieldList FieldInput { position: absolute; display: none; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "change", tooltip="Type another value, or take the next choice"),
        Binding("space,right", "choose(1)", "next", key_display="Space", tooltip="The next choice"),
        Binding("left", "choose(-1)", "choice before", show=False, tooltip="The choice before"),
    ]

    class Moved(Message):
        """The cursor is on another field, or typing has ended."""

    class TextChanged(Message):
        """The text that is being typed has changed."""

        def __init__(self, where: Where, text: str) -> None:
            super().__init__()
            self.where, self.text = where, text

    class Chosen(Message):
        """The next choice of a field is wanted, or with −1 the one before."""

        def __init__(self, where: Where, by: int) -> None:
            super().__init__()
            self.where, self.by = where, by

    cell = query_one(FieldInput)

    def __init__(self, keep: Keep) -> None:
        super().__init__(classes="panel")
        self._keep = keep
        self._fields = Rows((), lambda where: FieldRow(where, ""))
        self._label = SHORTEST_LABEL

    def compose(self) -> ComposeResult:
        yield FieldInput(self)

    def show(self, fields: Rows, where: Where = ()) -> None:
        """Show these fields, with the cursor on the field ``where``, or in its old place."""
        self._fields = fields
        widest = max((len(plain_text(label, self.glyphs)) for label in fields.labels()), default=0)
        self._label = max(SHORTEST_LABEL, min(widest + 1, LONGEST_LABEL))
        place = fields.place(where) if where else None
        self._move_near(self.cursor if place is None else place)
        self.redraw()

    @property
    def row(self) -> FieldRow | None:
        """The row under the cursor."""
        return self._fields[self.cursor] if self.cursor < len(self._fields) else None

    @property
    def where(self) -> Where:
        """The field under the cursor."""
        return self._fields.where(self.cursor) if self.cursor < len(self._fields) else ()

    @property
    def is_editing(self) -> bool:
        return bool(self.cell.display)

    def begin(self, text: str | None = None) -> None:
        """Begin typing in the field under the cursor: over its text, or with ``text``."""
        row = self.row
        if row is None or row.kind != "text":
            return
        self._place_cell()
        self.cell.value = row.text if text is None else text
        self.cell.cursor_position = len(self.cell.value)
        self.cell.display = True
        self.screen.set_focus(self.cell)  # at once: keys may follow closely
        if text is None and row.where[0] != "gate":  # a number is typed anew, a formula is mended
            self.cell.selection = Selection(0, len(self.cell.value))

    def end(self) -> None:
        """End typing."""
        if self.is_editing:
            self.screen.set_focus(self)
            self.cell.display = False
            self.redraw()
            self.post_message(self.Moved())

    def count(self) -> int:
        return len(self._fields)

    def can_hold(self, index: int) -> bool:
        return self._fields.where(index) != ()

    def _move_near(self, index: int) -> None:
        """Move to this row or, from a heading, to the row next to it: headings never stand together."""
        for near in (index, index + 1, index - 1):
            if 0 <= near < self.count() and self.can_hold(near):
                self.cursor = near
                return
        super()._move_near(index)

    def item_row(self, index: int, width: int) -> Runs:
        row = self._fields[index]
        if row.kind == "heading":
            return ((cut(plain_text(row.label, self.glyphs), width), "title"),)
        here = index == self.cursor
        room = max(width - MARK - self._label, 1)
        value = plain_text(row.value, self.glyphs)
        if here and row.kind == "choice":
            value = f"< {value} >"
        value = shorten(value, room, plain_text("…", self.glyphs))
        label = f"{plain_text(row.label, self.glyphs)[: self._label - 1]:{self._label}}"
        role = "cursor" if here else "dim" if row.problem and not row.text else "value"
        runs: list[Run] = [("! " if row.problem else "  ", "bad"), (label, "unit")]
        runs += [(fill_lines(value, room) if here else value, role)]
        return merge(runs)

    def watch_cursor(self) -> None:
        super().watch_cursor()
        if self.is_attached:
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        self._place_cell()

    def _place_cell(self) -> None:
        column = MARK + self._label
        self.put_over(self.cell, column, max(self.size.width - column, 4))

    def on_key(self, event: events.Key) -> None:
        """On a number, a digit or a sign begins typing, as in a spreadsheet."""
        row = self.row
        if self.is_editing or row is None or event.character not in _BEGIN_TYPING or row.begins is None:
            return
        event.stop()
        event.prevent_default()
        self.begin(row.begins + event.character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that choose are offered only where a field has choices; Enter changes any field."""
        del parameters
        if action == "choose":
            row = self.row
            return row is not None and row.kind == "choice"
        return True

    def action_edit(self) -> None:
        row = self.row
        if row is not None and row.kind == "choice":
            self.action_choose(1)
        else:
            self.begin()

    def action_choose(self, by: int) -> None:
        row = self.row
        if row is not None and row.kind == "choice":
            self.post_message(self.Chosen(row.where, by))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_editing:
            self.post_message(self.TextChanged(self.where, event.value))

    def keep_typed(self, by: int) -> None:
        """Keep what is typed if it is accepted, and move ``by`` rows; after a number, to the next number."""
        by = by or self._to_next_number()
        if self._keep(self.where, self.cell.value):
            self.end()
            if by:
                self.action_move(by)

    def _to_next_number(self) -> int:
        rows = self._fields[self.cursor:min(self.cursor + 2, self.count())]
        return int([row.begins for row in rows] == ["", ""])
