"""The table of inputs, weights, biases, targets and the rate: a grid with one input for the cell in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from tui_backprop.terminal.canvas import Run, Runs, merge
from tui_backprop.terminal.widgets.cursor_view import CursorView, scrolled
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView, Paragraph, wrong
from tui_backprop.typeset.glyphs import Glyphs, plain_text

GAP = 2
NOT_YET = "…"
FIXED = "This follows from the others; it cannot be changed."
HOW_TO_EDIT = "Enter keeps it, Esc leaves it."


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A row: ``weight``, ``wᵢⱼ``, ``0.86``. A value of None is not earned yet. ``note`` tells of it in a sentence."""

    key: str
    kind: str
    symbol: str
    value: str | None
    editable: bool = True
    note: str = ""
    changed: bool = False


Validator = Callable[[str, str], str | None]
"""Given a row's key and what is typed: why it will not do, in one line, or None."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where symbol and value begin, and how wide a value may be."""

    symbol: int
    value: int
    room: int


def columns_of(rows: Sequence[ParameterRow], width: int, glyphs: Glyphs) -> Columns:
    """The columns for these rows: as wide as their widest text, and the rest for the value."""
    symbol = max((len(row.kind) for row in rows), default=0) + GAP
    value = symbol + max((len(plain_text(row.symbol, glyphs)) for row in rows), default=0) + GAP
    return Columns(symbol, value, max(width - value, 4))


class ParameterGrid(CursorView):
    """The rows themselves; the input for the cell in hand lies over one of them."""

    DEFAULT_CSS = """
    ParameterGrid { height: 1fr; }
    ParameterGrid CellInput { position: absolute; display: none; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "change", tooltip="Change the value under the cursor"),
        Binding("u", "undo", "undo", tooltip="Take the last change back"),
    ]

    class EditRequested(Message):
        """Enter was pressed on this row."""

        def __init__(self, row: ParameterRow) -> None:
            super().__init__()
            self.row = row

    class Moved(Message):
        """The cursor is on another row."""

    _parameters: tuple[ParameterRow, ...] = ()

    def compose(self) -> ComposeResult:
        yield CellInput()

    def show(self, rows: Sequence[ParameterRow]) -> None:
        self._parameters = tuple(rows)
        self.cursor = self.validate_cursor(self.cursor)
        self.redraw()

    @property
    def row(self) -> ParameterRow | None:
        """The row under the cursor."""
        return self._parameters[self.cursor] if self._parameters else None

    def count(self) -> int:
        return len(self._parameters)

    def item_row(self, index: int, width: int) -> Runs:
        row = self._parameters[index]
        columns = columns_of(self._parameters, width, self.glyphs)
        value = plain_text(NOT_YET, self.glyphs) if row.value is None else row.value + (" *" if row.changed else "")
        value_role = "dim" if row.value is None else "edited" if row.changed else "value"
        if index == self.cursor and self.has_focus_within:
            value_role = "cursor"
        symbol = plain_text(row.symbol, self.glyphs)
        cells: list[Run] = [(row.kind.ljust(columns.symbol), "note"), (symbol, "unit")]
        cells += [(" " * (columns.value - columns.symbol - len(symbol)), ""), (value[: columns.room], value_role)]
        return merge(cells)

    def place_cell(self) -> None:
        """Put the input over the value under the cursor."""
        columns = columns_of(self._parameters, self.size.width, self.glyphs)
        first = scrolled(self.first, self.cursor, self.count(), self.size.height)
        cell = self.query_one(CellInput)
        cell.styles.offset = Offset(columns.value, self.cursor - first)
        cell.styles.width = columns.room

    def on_resize(self) -> None:
        self.place_cell()

    def watch_cursor(self) -> None:
        super().watch_cursor()
        if self.is_attached:
            self.post_message(self.Moved())

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.call_after_refresh(self.redraw)

    def action_edit(self) -> None:
        if self.row is not None:
            self.post_message(self.EditRequested(self.row))

    def action_undo(self) -> None:
        self.post_message(ParameterTable.UndoRequested())


class CellInput(LineInput):
    """The one input of the table, where the value under the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "keep", tooltip="Keep the value that is typed"),
        Binding("escape", "cancel", "leave as it was"),
        Binding("up,down", "cancel", show=False),
    ]

    class Cancelled(Message):
        """The edit is given up."""

    def __init__(self) -> None:
        super().__init__(max_length=100, select_on_focus=True)

    def action_cancel(self) -> None:
        self.post_message(self.Cancelled())


class ParameterTable(Vertical):
    """A grid of parameters with a line under it that says what is wrong with what is typed, or tells of the row."""

    DEFAULT_CSS = """
    ParameterTable { height: auto; }
    ParameterTable > MessageView { height: auto; max-height: 3; }
    """

    class ParameterEdited(Message):
        """The learner gives a parameter this value; the text has passed the validator."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    class UndoRequested(Message):
        """The learner takes the last change back."""

    grid = query_one(ParameterGrid)
    cell = query_one(CellInput)
    line = query_one(MessageView)

    def __init__(self, validator: Validator, *, classes: str = "panel") -> None:
        super().__init__(classes=classes)
        self._validator = validator
        self.border_title = "Parameters"

    def compose(self) -> ComposeResult:
        yield ParameterGrid()
        yield MessageView()

    def show(self, rows: Sequence[ParameterRow]) -> None:
        """Show these rows, the cursor where it was; rows that are as before are not sent again."""
        self.grid.show(rows)
        self._tell()

    @property
    def is_editing(self) -> bool:
        return bool(self.cell.display)

    @on(ParameterGrid.EditRequested)
    def _open_cell(self, event: ParameterGrid.EditRequested) -> None:
        event.stop()
        if not event.row.editable:
            self.line.show(Paragraph(FIXED, role="note"))
            return
        self.grid.place_cell()
        self.cell.value = event.row.value or ""
        self.cell.display = True
        self.cell.focus()
        self.line.show(Paragraph(HOW_TO_EDIT, role="note"))

    @on(Input.Changed)
    def _check(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_editing:
            reason = self._reason()
            self.line.show(wrong(reason) if reason else Paragraph(HOW_TO_EDIT, role="note"))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        row, reason = self.grid.row, self._reason()
        if reason:
            self.line.show(wrong(reason))
        elif row is not None:
            text = self.cell.value.strip()
            self._close_cell()
            if text != row.value:
                self.post_message(self.ParameterEdited(row.key, text))

    @on(CellInput.Cancelled)
    def _leave(self, event: CellInput.Cancelled) -> None:
        event.stop()
        self._close_cell()

    @on(ParameterGrid.Moved)
    def _tell(self) -> None:
        row = self.grid.row
        self.line.show(*([Paragraph(row.note, role="note")] if row and row.note else []))

    def _reason(self) -> str | None:
        """Why what is typed will not do."""
        return self._validator(self.grid.row.key, self.cell.value) if self.grid.row else None

    def _close_cell(self) -> None:
        self.cell.display = False
        self.grid.focus()
        self._tell()
