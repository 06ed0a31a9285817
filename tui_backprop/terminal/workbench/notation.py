"""The screen to choose a notation: each with a formula in it, and a sample of the one under the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.derivation.notation import Notation
from tui_backprop.desk.notation_view import CHOICES, choice_line, sample_setter
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.formula import FormulaView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar


class NotationList(CursorView):
    """One notation in each row; the one in use is marked."""

    def __init__(self, current: Notation) -> None:
        super().__init__(classes="panel")
        self._current = current
        self.border_title = "Whose symbols"

    def count(self) -> int:
        return len(CHOICES)

    def item_row(self, index: int, width: int) -> Runs:
        mark = ("[x]", "good") if CHOICES[index] == self._current else ("[ ]", "note")
        room = max(width - len("[x] "), 0)
        line = f" {choice_line(CHOICES[index], self.glyphs)}"[:room].ljust(room)
        return merge([mark, (line, "cursor" if index == self.cursor else "plain")])

    def watch_cursor(self) -> None:
        super().watch_cursor()
        if isinstance(self.screen, NotationScreen):
            self.screen.show_sample(CHOICES[self.cursor])


class NotationScreen(LeavableScreen[Notation | None], inherit_bindings=False):
    """The result is the chosen notation, or None."""

    CSS_PATH = Path(__file__).with_name("notation.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "use it", tooltip="Write everything in this notation, and read it"),
        Binding("escape", "back", "back", tooltip="Leave the notation as it was"),
    ]

    choices = query_one(NotationList)
    sample = query_one(FormulaView)
    habits = query_one("#habits", MessageView)

    def __init__(self, current: Notation) -> None:
        super().__init__()
        self._current = current

    def compose(self) -> ComposeResult:
        yield TitleBar("Notation")
        yield NotationList(self._current)
        sample = FormulaView(classes="panel")
        sample.border_title = "One weight"
        yield sample
        yield MessageView(id="habits")
        yield KeyLine()

    def on_mount(self) -> None:
        self.choices.cursor = CHOICES.index(self._current)
        self.choices.focus()
        self.show_sample(self._current)

    def show_sample(self, notation: Notation) -> None:
        """Show a sample of the notation, and how to read it."""
        self.sample.show(sample_setter(notation))
        self.habits.show(Paragraph(notation.habits))

    def action_choose(self) -> None:
        self.dismiss(CHOICES[self.choices.cursor])

    def action_back(self) -> None:
        self.dismiss(None)
