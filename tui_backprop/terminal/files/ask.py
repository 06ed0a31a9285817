"""Asks for a file's path, to open it or to save under it. Tab completes; nothing is overwritten without a yes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input

from tui_backprop.course.draft import BuildError
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.save import FileInTheWayError, FileState
from tui_backprop.desk.builder.kinds import sentence
from tui_backprop.desk.paths import complete_path, format_short, path_to_open, path_to_save
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar

OPEN_NOTE = (
    "Type the path of an exercise file. ~ is your home folder; a name alone is looked for here, then among your own.")
SAVE_NOTE = "Type a name to keep it with your own exercises, or a path to put it anywhere. ~ is your home folder."
_MOST_NAMES = 60

FileAction = Callable[[Path, FileState | None], None]
"""Opens or saves the path, over the file that is there only if it is in this state.

Raises FileInTheWayError, ExerciseError, BuildError.
"""


class PathInput(LineInput):
    """A path; Tab completes it as far as there is only one way."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "go on"),
        Binding("tab", "screen.complete", "complete", tooltip="Go on with the name as far as there is one way"),
    ]


class FileScreen(LeavableScreen[bool], inherit_bindings=False):
    """Asks for a file; the result says whether the action was done."""

    CSS_PATH = Path(__file__).with_name("ask.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    path = query_one(PathInput)
    place = query_one("#place", MessageView)
    said = query_one("#said", MessageView)

    def __init__(self, title: str, attempt: FileAction, *, save_as: str | None = None) -> None:
        """``attempt`` opens or saves; ``save_as`` is the name that saving begins with, None to open a file."""
        super().__init__()
        self._title = title
        self._attempt = attempt
        self._saves = save_as is not None
        self._begun = save_as or ""
        self._replacing: str | None = None
        self._in_the_way: FileState | None = None
        """What was typed, and the file there, while it is asked whether to replace that."""

    def compose(self) -> ComposeResult:
        yield TitleBar(self._title)
        with Vertical(id="file", classes="panel"):
            yield MessageView(id="note")
            with Horizontal(id="line"):
                yield MessageView(id="mark")
                yield PathInput()
            yield MessageView(id="place")
            yield MessageView(id="said")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#file", Vertical).border_title = "Save" if self._saves else "Open"
        self.query_one("#note", MessageView).show(Paragraph(SAVE_NOTE if self._saves else OPEN_NOTE))
        self.query_one("#mark", MessageView).show(Paragraph(">", role="key"))
        self.path.value = self._begun
        self.path.cursor_position = len(self._begun)
        self.path.focus()
        self._show_names()

    def action_back(self) -> None:
        if self._replacing is None:
            self.dismiss(False)
        else:
            self._stop_replacing()

    def action_complete(self) -> None:
        text, _ = complete_path(self.path.value)
        self.path.value = text
        self.path.cursor_position = len(text)
        self._show_names()

    @on(Input.Changed)
    def _tell_place(self) -> None:
        if self._replacing is None:
            self._show_place()
            self.said.show()

    @on(Input.Submitted)
    def _go(self) -> None:
        text = self.path.value
        if self._replacing is not None:
            confirmed, text = text.strip().casefold() in ("y", "yes"), self._replacing
            self._stop_replacing()
            if not confirmed:
                self.said.show(Paragraph("Nothing is changed.", role="note"))
                return
            self._try(text, self._in_the_way)
        else:
            self._try(text, None)

    def _try(self, text: str, replace: FileState | None) -> None:
        try:
            self._attempt(self._read(text), replace)
        except FileInTheWayError as file:
            self._replacing, self._in_the_way = text, file.state
            self.path.value = ""
            self.said.show(Paragraph("There is a file of that name. Replace it? Type y or n.", "?", "note"))
        except BuildError as error:
            self.said.show(wrong(sentence(error.message)))
        except ExerciseError as error:
            self.said.show(wrong(str(error)))
        else:
            self.dismiss(True)

    def _stop_replacing(self) -> None:
        text, self._replacing = self._replacing or "", None
        self.path.value, self.path.cursor_position = text, len(text)
        self.said.show()

    def _read(self, text: str) -> Path:
        return path_to_save(text) if self._saves else path_to_open(text)

    def _show_place(self) -> None:
        try:
            path = format_short(self._read(self.path.value))
        except ExerciseError as error:
            self.place.show(Paragraph(sentence(error.message), role="note"))
        else:
            self.place.show(Paragraph(f"Its full name: {path}", role="note"))

    def _show_names(self) -> None:
        names = complete_path(self.path.value)[1]
        more = f"  and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        self.said.show(Paragraph("  ".join(names[:_MOST_NAMES]) + more if names else "No file begins so.", role="note"))
