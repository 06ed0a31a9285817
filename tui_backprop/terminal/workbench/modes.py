"""The screen to choose a mode, in which an exercise is done."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.workbench.choice import ChoiceScreen
from tui_backprop.tutor.modes import MODES, Mode


class ModesScreen(ChoiceScreen[Mode]):
    """One mode in each row; its meaning stands below the list."""

    CSS_PATH = Path(__file__).with_name("modes.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "do it so", tooltip="Do the exercise in this way"),
    ]

    meaning = query_one("#meaning", MessageView)

    def __init__(self, current: Mode) -> None:
        super().__init__(tuple(MODES.values()), current)

    def compose(self) -> ComposeResult:
        yield from self.parts("Quiz, watch or exam", "How to do this exercise", MessageView(id="meaning"))

    def row(self, choice: Mode, width: int, role: str, *, is_current: bool) -> Runs:
        line = f" {choice.title:{max(width - 6, 1)}} {'now' if is_current else '':4}"
        return ((line[:width], role),)

    def tell(self, choice: Mode) -> None:
        self.meaning.show(Paragraph(choice.meaning))
