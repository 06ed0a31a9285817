"""The table of inputs, weights, biases, targets and the rate: a grid with one input over the cell under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui_backprop.dataclass import dataclass
from tui_backprop.desk.workbench.view import ParameterRow
from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.terminal.widgets.cursor_view import CursorView, first_from, scroll_to
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.unscrolled import UnscrolledColumn
from tui_backprop.typeset.glyphs import Glyphs, plain_text

GAP = 2
NOT_YET = "…"
LEAST_VALUE = 8
"""Where a value would have fewer cells, the column of kinds is left out."""
MANY, SOME = 400, 12
"""In a table of more than ``MANY`` rows, only about ``SOME`` are asked how wide they are."""
HOW_TO_EDIT = "Enter keeps it, Esc leaves it."


Validator = Callable[[str, str], str | None]
"""Takes a row's key and a text; gives a line that says why the text is refused, or None."""


FindRows = Callable[[str], Sequence[int]]
"""Gives the places of the rows that a text means, in order."""


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns where symbol and value begin, and how wide a value may be."""

    symbol: int
    value: int
    room: int


def columns_of(rows: Sequence[ParameterRow], width: int, glyphs: Glyphs) -> TableColumns:
    """The columns for these rows: as wide as their widest text, with the rest for the value.

    Where that leaves too little for a value, the kinds are left out, since the letters show them.
    """
    symbol = max((len(row.kind) for row in rows), default=0) + GAP
    name = max((len(plain_text(row.symbol, glyphs)) for row in rows), default=0) + GAP
    wanted = max((len(row.value or "") for row in rows), default=0)
    if width - symbol - name < min(wanted, LEAST_VALUE):
        symbol = 0
    return TableColumns(symbol, symbol + name, max(width - symbol - name, 4))


class ParameterGrid(CursorView):
    """The rows of the table; the input lies over the cell under the cursor."""

    DEFAULT_CSS = """
    ParameterGrid { height: 1fr; }
    ParameterGrid CellInput { position: absolute; display: none; height: 1; }
    """
    _parameters: Sequence[ParameterRow] = ()
    _columns = TableColumns(0, 0, 0)

    @property
    def framed(self) -> Widget:
        """The table, whose border encloses its line of text as well."""
        return self.parent if isinstance(self.parent, Widget) else self

    def show(self, rows: Sequence[ParameterRow]) -> None:
        self._parameters = rows
        self.cursor = self.validate_cursor(self.cursor)
        self.redraw()

    @property
    def row(self) -> ParameterRow | None:
        """The row under the cursor."""
        return self._parameters[self.cursor] if self._parameters else None

    def count(self) -> int:
        return len(self._parameters)

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        first = scroll_to(self.first, self.cursor, self.count(), height)
        self._columns = self._columns_from(first, width, height)
        return super().rows(width, height)

    def _columns_from(self, first: int, width: int, height: int) -> TableColumns:
        """The columns for all rows; in a long table, for those on the screen and some from all of it."""
        rows, count = self._parameters, self.count()
        if count > MANY:
            near = range(first, min(first + height, count))
            rows = [rows[n] for n in (*near, *range(0, count, count // SOME), count - 1)]
        return columns_of(rows, width, self.glyphs)

    def item_row(self, index: int, width: int) -> Runs:
        del width  # the columns are those of the whole table
        row, columns = self._parameters[index], self._columns
        value = plain_text(NOT_YET, self.glyphs) if row.value is None else row.value + (" *" if row.changed else "")
        value_role = "dim" if row.value is None else "edited" if row.changed else "value"
        if index == self.cursor and self.has_focus_within:
            value_role = "cursor"
        symbol = plain_text(row.symbol, self.glyphs)
        cells: list[Run] = [(row.kind.ljust(columns.symbol)[: columns.symbol], "note"), (symbol, "unit")]
        cells += [(" " * (columns.value - columns.symbol - len(symbol)), ""), (value[: columns.room], value_role)]
        return merge(cells)

    def place_cell(self) -> None:
        """Put the input over the value under the cursor."""
        first = scroll_to(self.first, self.cursor, self.count(), self.size.height)
        columns = self._columns_from(first, self.size.width, self.size.height)
        for cell in self.query(CellInput):
            self.put_over(cell, columns.value, columns.room)

    def on_resize(self) -> None:
        self.place_cell()

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.call_after_refresh(self.redraw)


class CellInput(LineInput):
    """The one input of the table, over the value under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "keep", tooltip="Keep the value that is typed"),
        Binding("escape", "cancel", "leave as it was"),
        Binding("up,down", "cancel", show=False),
    ]

    def __init__(self, table: ParameterTable) -> None:
        super().__init__(max_length=100, select_on_focus=True)
        self._table = table

    def action_cancel(self) -> None:
        self._table.close_cell()


class FindInput(LineInput):
    """The input under the table for finding a parameter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "stay there", tooltip="Stay at the parameter that is found"),
        Binding("escape", "leave", "back", tooltip="Back to where the cursor was"),
        Binding("up", "go(-1)", "one before", show=False),
        Binding("down", "go(1)", "one after", show=False),
    ]

    def __init__(self, table: ParameterTable) -> None:
        super().__init__("find: a name")
        self._table = table

    def action_leave(self) -> None:
        self._table.give_up_search()

    def action_go(self, by: int) -> None:
        self._table.go_to_found(by)


class ParameterTable(UnscrolledColumn):
    """A grid of parameters with a line under it, about what is being typed."""

    DEFAULT_CSS = """
    ParameterTable { height: auto; }
    ParameterTable > MessageView { height: auto; max-height: 3; }
    ParameterTable > FindInput { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "change", tooltip="Change the value under the cursor"),
        Binding("u", "undo", "undo", tooltip="Take the last change back"),
        Binding("slash", "find", "find", key_display="/", tooltip="Find a parameter by its name"),
    ]

    class ParameterEdited(Message):
        """The learner gives a parameter this value; the text has passed the validator."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    class UndoRequested(Message):
        """The learner takes the last change back."""

    grid = query_one(ParameterGrid)
    line = query_one(MessageView)

    def __init__(self, validator: Validator, finder: FindRows) -> None:
        super().__init__(classes="panel")
        self._validator = validator
        self._finder = finder
        self._found: Sequence[int] = ()
        self._before = 0
        self._cell: CellInput | None = None
        self._find: FindInput | None = None
        self.border_title = "Parameters"

    def compose(self) -> ComposeResult:
        yield ParameterGrid()
        yield MessageView()

    @property
    def cell(self) -> CellInput:
        """The input over the value under the cursor, made when it is first needed: no start waits for it."""
        if self._cell is None:
            self._cell = CellInput(self)
            self.grid.mount(self._cell)
        return self._cell

    @property
    def find(self) -> FindInput:
        """The input for finding a parameter, made when it is first needed."""
        if self._find is None:
            self._find = FindInput(self)
            self.mount(self._find, before=self.line)
        return self._find

    def show(self, rows: Sequence[ParameterRow]) -> None:
        """Show these rows, with the cursor where it was; rows without changes are not sent again."""
        self.grid.show(rows)
        self.line.show()

    @property
    def natural_rows(self) -> int:
        """The height at which nothing is hidden, with border and line of text."""
        return self.grid.count() + 3

    @property
    def is_editing(self) -> bool:
        return self._cell is not None and self._cell.display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, only its own keys are offered."""
        del parameters
        return action not in ("edit", "undo", "find") or self.screen.focused is self.grid

    def action_edit(self) -> None:
        row = self.grid.row
        if row is None:
            return
        self.cell.value = row.value or ""
        self.grid.place_cell()
        self.cell.display = True
        self.cell.focus()
        self.line.show(Paragraph(HOW_TO_EDIT, role="note"))

    def action_undo(self) -> None:
        self.post_message(self.UndoRequested())

    def action_find(self) -> None:
        self._before = self.grid.cursor
        self.find.value = ""
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "FindInput")
    def _look_for(self, event: Input.Changed) -> None:
        event.stop()
        self._found = self._finder(event.value) if event.value.strip() else ()
        self.grid.cursor = self._found[0] if self._found else self._before
        if event.value.strip():
            count = len(self._found)
            self.line.show(Paragraph(f"{count:,} found" if count != 1 else "found", role="note"))

    def go_to_found(self, by: int) -> None:
        """Go to the next parameter that was found, or with −1 to the one before."""
        if self._found:
            at = first_from(self._found, self.grid.cursor) + by
            self.grid.cursor = self._found[max(min(at, len(self._found) - 1), 0)]

    @on(Input.Submitted, "FindInput")
    def _found_it(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_find()

    def give_up_search(self) -> None:
        """End the search where it was begun."""
        self.grid.cursor = self._before
        self._close_find()

    def _close_find(self) -> None:
        self.find.display = False
        self.grid.focus()
        self.line.show()

    @on(Input.Changed, "CellInput")
    def _check(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_editing:
            reason = self._reason()
            self.line.show(wrong(reason) if reason else Paragraph(HOW_TO_EDIT, role="note"))

    @on(Input.Submitted, "CellInput")
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        row, reason = self.grid.row, self._reason()
        if reason:
            self.line.show(wrong(reason))
        elif row is not None:
            text = self.cell.value.strip()
            self.close_cell()
            if text != row.value:
                self.post_message(self.ParameterEdited(row.key, text))

    def _reason(self) -> str | None:
        """Why the typed text is refused; None where it is not."""
        return self._validator(self.grid.row.key, self.cell.value) if self.grid.row else None

    def close_cell(self) -> None:
        """End the edit."""
        self.cell.display = False
        self.grid.focus()
        self.line.show()
