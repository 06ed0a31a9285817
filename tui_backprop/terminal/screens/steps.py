"""The list of all steps: what is done, what is asked now; choosing a done one looks at it again."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui_backprop.terminal.canvas import Runs, merge
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.typeset.glyphs import plain_text
from tui_backprop.typeset.linear import linear

_MARKS = {"answered": ("[x]", "good"), "revealed": ("[!]", "note"), "shown": ("[-]", "note"), "open": ("[ ]", "note")}


class StepList(CursorView):
    """One step a row: mark, number, name, words, and the value once it is earned."""

    def __init__(self, quiz: Quiz) -> None:
        super().__init__(classes="panel")
        self._quiz = quiz
        self.border_title = "Steps"

    def count(self) -> int:
        return self._quiz.total

    def item_row(self, index: int, width: int) -> Runs:
        quantity = self._quiz.plan[index]
        mark, role = _MARKS[self._quiz.entry(quantity).status]
        question = self._quiz.question_of(quantity)
        name = linear(question.name, self.glyphs)
        value = plain_text(self._quiz.shown(quantity) or "…", self.glyphs)
        text = f" {index + 1:>3}  {name}  {question.title}"
        room = max(width - len(mark) - len(value) - 2, 0)
        line = f"{text[:room]:{room}} {value} "
        return merge([(mark, role), (line, "cursor" if index == self.cursor else "plain")])


class StepsScreen(Screen[int | None], inherit_bindings=False):
    """Gives back the place of the step chosen, or None."""

    CSS_PATH = Path(__file__).with_name("steps.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "look at it", tooltip="Look at this step again, if it is done"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, quiz: Quiz) -> None:
        super().__init__()
        self._quiz = quiz

    def compose(self) -> ComposeResult:
        yield TitleBar(self._quiz.exercise.title, "", Progress(self._quiz.number, self._quiz.total))
        yield StepList(self._quiz)
        yield KeyLine()

    def on_mount(self) -> None:
        steps = self.query_one(StepList)
        steps.cursor = self._quiz.number - 1
        steps.focus()

    def action_choose(self) -> None:
        self.dismiss(self.query_one(StepList).cursor)

    def action_back(self) -> None:
        self.dismiss(None)
