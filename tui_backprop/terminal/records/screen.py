"""The records: how much is recorded of what, and where; forgetting and undoing; export and import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widgets import Input

from tui_backprop.desk.records import EVERYTHING, RecordRow, RecordsDesk, Subject, propose_file
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.records.transfer import RecordsError
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.confirm import Confirm
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.typeset.glyphs import cut, fill_lines, shorten


class RecordList(CursorView):
    """A line for each exercise and lesson of which anything is recorded."""

    _lines: tuple[RecordRow, ...] = ()

    def __init__(self) -> None:
        super().__init__(classes="panel")
        self.border_title = "What counts"

    def show(self, rows: tuple[RecordRow, ...]) -> None:
        """Show these rows, with the cursor where it was, as far as possible."""
        self._lines = rows
        self.cursor = self.validate_cursor(self.cursor)
        self.redraw()

    @property
    def row(self) -> RecordRow | None:
        """The line under the cursor."""
        return self._lines[self.cursor] if self._lines else None

    def count(self) -> int:
        return len(self._lines)

    def item_row(self, index: int, width: int) -> Runs:
        row = self._lines[index]
        room = max(width - len(row.detail) - 4, 0)
        role = "cursor" if index == self.cursor else "plain"
        return ((cut(f" {fill_lines(shorten(row.title, room), room)}  {row.detail} ", width), role),)


class FileInput(LineInput):
    """A file's name; Escape gives it up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.no_file", "leave it")]


class RecordsScreen(TutorScreen):
    """Shows a :class:`RecordsDesk` and passes on what the learner does."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "forget", "forget this", tooltip="Begin this exercise or lesson as if it were new; u undoes it"),
        Binding("a", "forget_all", "forget all", tooltip="Forget everything; u undoes it"),
        Binding("u", "undo", "undo", tooltip="Bring back what was forgotten last, in an earlier session too"),
        Binding("e", "export", "export", tooltip="Write everything to a file, for another machine"),
        Binding("i", "import", "import", tooltip="Add what an exported file has"),
        Binding("escape,q", "leave", "contents", key_display="Esc"),
    ]

    list = query_one(RecordList)
    where = query_one("#where", MessageView)
    said = query_one("#said", MessageView)
    confirm = query_one(Confirm)
    file = query_one(FileInput)

    def __init__(self, desk: RecordsDesk) -> None:
        super().__init__()
        self._desk = desk
        self._with_file: Callable[[str], str] = desk.export
        self._can_undo = False

    def compose(self) -> ComposeResult:
        yield TitleBar("Records")
        yield MessageView(id="where")
        yield RecordList()
        yield MessageView(id="said")
        yield Confirm()
        yield FileInput("a file's name", max_length=1000)
        yield KeyLine()

    def on_mount(self) -> None:
        self.file.display = False
        self._desk.refresh()
        self._show()
        self.list.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        del parameters
        if self.confirm.display:
            return False
        if action == "undo":
            return self._can_undo
        return bool(self.list.count()) if action in ("forget", "forget_all", "export") else True

    def action_forget(self) -> None:
        if self.list.row is not None:
            self._ask(self.list.row.subject)

    def action_forget_all(self) -> None:
        self._ask(EVERYTHING)

    def action_undo(self) -> None:
        self._say(right(self._desk.undo()))

    def action_export(self) -> None:
        self._ask_file(self._desk.export, "Write all your records to which new file?", propose_file())

    def action_import(self) -> None:
        self._ask_file(self._desk.take_in, "Add the records of which file?", propose_file())

    def action_leave(self) -> None:
        self.dismiss()

    def action_no_file(self) -> None:
        self._close_file()
        self._say()

    @on(Input.Submitted)
    def _use_file(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_file()
        if not event.value.strip():
            self._say()
            return
        try:
            self._say(right(self._with_file(event.value)))
        except RecordsError as error:
            self._say(wrong(str(error)))

    def _ask(self, subject: Subject) -> None:
        question = self._desk.question(subject)
        if question is None:
            self._say(Paragraph(self._desk.nothing(subject), role="note"))
        else:
            self.confirm.ask(question, partial(self._forget, subject), self.said)

    def _forget(self, subject: Subject) -> None:
        self._say(right(self._desk.forget(subject)))

    def _ask_file(self, then: Callable[[str], str], question: str, name: str) -> None:
        self._with_file = then
        self.said.show(Paragraph(question, "?", "note"))
        self.file.value, self.file.cursor_position = name, len(name)
        self.file.display = True
        self.file.focus()

    def _close_file(self) -> None:
        self.file.display = False
        self.list.focus()

    def _say(self, *paragraphs: Paragraph) -> None:
        self.said.show(*paragraphs)
        self._show()

    def _show(self) -> None:
        """Show everything but the last message, from the state."""
        warnings = (Paragraph(text, "!", "bad") for text in self._desk.warnings)
        self.where.show(Paragraph(self._desk.summary), *warnings)
        self.list.show(self._desk.rows)
        self._can_undo = self._desk.can_undo
        self.refresh_bindings()
