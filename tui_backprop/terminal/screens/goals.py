"""Which weight to differentiate: one of them, found by name or number, or all in turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen

from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.order import Order
from tui_backprop.terminal.canvas import Runs, merge
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView, Paragraph
from tui_backprop.terminal.widgets.search_list import NOTHING_FOUND, FoundList, SearchInput, SearchList
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.tutor.plan import goals_of
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.search import Finder, given_words
from tui_backprop.typeset.linear import linear

ALL = "all of them"
SEARCH = "find: a name such as w12, or weight, or bias"


class GoalList(FoundList):
    """All weights and biases, one a row, under a first row that stands for all of them."""

    def __init__(self, quiz: Quiz, goals: Order, current: int) -> None:
        super().__init__(classes="panel")
        self._quiz, self._goals, self._current = quiz, goals, current
        self.border_title = "Ask only what one weight needs"

    def place_row(self, place: int, width: int, is_chosen: bool) -> Runs:
        mark = ("[x]", "good") if place == self._current else ("[ ]", "note")
        text = f" {ALL}" if place == 0 else self._goal(self._goals[place - 1])
        return merge([mark, (f"{text[:width - 3]:{max(width - 3, 0)}}", "cursor" if is_chosen else "plain")])

    def _goal(self, quantity: str) -> str:
        kind = "weight" if "->" in quantity else "bias"
        name = linear(self._quiz.derivation.naming.name(quantity), self.glyphs)
        return f" {kind:6}  {name}  {self._quiz.shown(quantity)}"


class GoalsScreen(Screen[tuple[str | None] | None], inherit_bindings=False):
    """Gives back the id of the weight or bias chosen, or None for all, in a tuple; None where nothing is chosen."""

    CSS_PATH = Path(__file__).with_name("goals.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "ask for this one", tooltip="Ask only what this weight's gradient needs"),
        Binding("escape", "back", "back"),
    ]

    search = query_one(SearchList)
    note = query_one("#note", MessageView)

    def __init__(self, quiz: Quiz, current: str | None) -> None:
        super().__init__()
        self._quiz = quiz
        self._goals = goals_of(quiz.derivation)
        self._current = 0 if current is None else self._goals.index(current) + 1
        self._finder = Finder(quiz.derivation, self._goals, self._goals, given_words)

    def compose(self) -> ComposeResult:
        yield TitleBar(self._quiz.exercise.title)
        yield SearchList(GoalList(self._quiz, self._goals, self._current), SEARCH, self._find)
        yield MessageView(id="note")
        yield KeyLine()

    def on_mount(self) -> None:
        self.search.begin(self._current)

    def _find(self, text: str) -> Sequence[int]:
        if not text.strip():
            return range(len(self._goals) + 1)
        return Made(self._finder.find(text), lambda place: place + 1)

    @on(SearchList.Moved)
    def _tell(self, event: SearchList.Moved) -> None:
        said = "Every step that its gradient and its update are made of is asked, and no other."
        if event.place is None:
            said = NOTHING_FOUND
        elif event.place == 0:
            said = "All steps of all weights are asked."
        self.note.show(Paragraph(said, role="note"))

    @on(SearchList.Chosen)
    def _choose(self, event: SearchList.Chosen) -> None:
        self.dismiss((None if event.place == 0 else self._goals[event.place - 1],))

    @on(SearchInput.Left)
    def action_back(self) -> None:
        self.dismiss(None)

    def action_choose(self) -> None:
        """Enter outside the line, which always has the focus."""
        self.search.input.focus()
