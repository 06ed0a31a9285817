"""The screen to choose a notation: each with a formula in it, and a sample of the one under the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.derivation.notation import Notation
from tui_backprop.desk.notation_view import CHOICES, choice_line, sample_setter
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.widgets.formula import FormulaView
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.workbench.choice import ChoiceScreen


class NotationScreen(ChoiceScreen[Notation]):
    """One notation in each row, the one in use marked; a sample of it stands below, and how to read it."""

    CSS_PATH = Path(__file__).with_name("notation.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "use it", tooltip="Write everything in this notation, and read it"),
        Binding("escape", "back", "back", tooltip="Leave the notation as it was"),
    ]

    sample = query_one(FormulaView)
    habits = query_one("#habits", MessageView)

    def __init__(self, current: Notation) -> None:
        super().__init__(CHOICES, current)

    def compose(self) -> ComposeResult:
        sample = FormulaView(classes="panel")
        sample.border_title = "One weight"
        yield from self.parts("Notation", "Whose symbols", sample, MessageView(id="habits"))

    def row(self, choice: Notation, width: int, role: str, *, is_current: bool) -> Runs:
        mark = ("[x]", "good") if is_current else ("[ ]", "note")
        room = max(width - len("[x] "), 0)
        return mark, (f" {choice_line(choice, self.listed.glyphs)}"[:room].ljust(room), role)

    def tell(self, choice: Notation) -> None:
        self.sample.show(sample_setter(choice))
        self.habits.show(Paragraph(choice.habits))
