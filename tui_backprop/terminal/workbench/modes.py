"""The screen to choose a mode, in which an exercise is done."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.tutor.modes import MODES, Mode

_ORDER: tuple[Mode, ...] = tuple(MODES.values())


class ModeList(CursorView):
    """One mode in each row; its meaning stands below the list."""

    def __init__(self, current: Mode) -> None:
        super().__init__(classes="panel")
        self._current = current
        self.border_title = "How to do this exercise"

    def count(self) -> int:
        return len(_ORDER)

    def item_row(self, index: int, width: int) -> Runs:
        here = "now" if _ORDER[index] == self._current else ""
        line = f" {_ORDER[index].title:{max(width - 6, 1)}} {here:4}"
        return merge([(line[:width], "cursor" if index == self.cursor else "plain")])

    def watch_cursor(self) -> None:
        super().watch_cursor()
        self.screen.query_one("#meaning", MessageView).show(Paragraph(_ORDER[self.cursor].meaning))


class ModesScreen(LeavableScreen[Mode | None], inherit_bindings=False):
    """The result is the chosen mode, or None."""

    CSS_PATH = Path(__file__).with_name("modes.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "do it so", tooltip="Do the exercise in this way"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, current: Mode) -> None:
        super().__init__()
        self._current: Mode = current

    def compose(self) -> ComposeResult:
        yield TitleBar("Quiz, watch or exam")
        yield ModeList(self._current)
        yield MessageView(id="meaning")
        yield KeyLine()

    def on_mount(self) -> None:
        modes = self.query_one(ModeList)
        modes.cursor = _ORDER.index(self._current)
        modes.watch_cursor()
        modes.focus()

    def action_choose(self) -> None:
        self.dismiss(_ORDER[self.query_one(ModeList).cursor])

    def action_back(self) -> None:
        self.dismiss(None)
