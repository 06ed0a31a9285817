"""The screen to choose what is asked of an exercise: everything, what is not mastered yet, or one weight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from textual.app import ComposeResult

from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.order import Order
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.search import NOTHING_FOUND, FoundList, SearchScreen
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing, tell_mastered, to_unmastered
from tui_backprop.tutor.search import Finder, list_given_words
from tui_backprop.tutor.skills import Skill
from tui_backprop.tutor.walk import Walk

SEARCH, WITH_BIASES = "find: a name such as w12, or weight", ", or bias"
NO_WEIGHTS: Final = "there are no weights here to find"
_FIRST: Final = ("everything", "what is not mastered yet")
"""The rows above the weights and biases."""


class AskedList(FoundList):
    """The choices for the whole exercise, then all weights and biases, one in each row."""

    def __init__(self, walk: Walk, goals: Order, current: int | None) -> None:
        """``current``: the place of what is asked now; None where that is something else."""
        super().__init__(classes="panel")
        self._walk, self._goals = walk, goals
        self.border_title = "What is asked"
        self._current = current

    def place_row(self, place: int, width: int, is_chosen: bool) -> Runs:
        mark = ("[x]", "good") if place == self._current else ("[ ]", "note")
        text = f" {_FIRST[place]}" if place < len(_FIRST) else self._goal(self._goals[place - len(_FIRST)])
        return merge([mark, (f"{text[:width - 3]:{max(width - 3, 0)}}", "cursor" if is_chosen else "plain")])

    def _goal(self, quantity: str) -> str:
        kind = "weight" if "->" in quantity else "bias"
        name = self._walk.derivation.name_of(quantity, self.glyphs)
        return f" only {kind:6}  {name}  {self._walk.shown(quantity)}"


def _place(narrowing: Narrowing, goals: Order, unmastered: Narrowing) -> int | None:
    if narrowing.goal is not None:
        return len(_FIRST) + goals.index(narrowing.goal)
    if not narrowing.known:
        return 0
    return 1 if narrowing == unmastered else None


class NarrowingScreen(SearchScreen[Narrowing | None]):
    """The result is the chosen narrowing; None where nothing was chosen. ``mastered``: skills that need no asking."""

    CSS_PATH = Path(__file__).with_name("narrowing.tcss")

    def __init__(self, walk: Walk, mastered: Sequence[Skill]) -> None:
        super().__init__()
        self._walk, self._mastered = walk, mastered
        self._goals = walk.derivation.graph.trained()
        self._current = _place(walk.narrowing, self._goals, to_unmastered(walk.derivation, mastered))
        self._finder = Finder(walk.derivation, self._goals, self._goals, list_given_words)

    def compose(self) -> ComposeResult:
        has_biases = bool(self._goals) and "->" not in self._goals[len(self._goals) - 1]
        hint = (SEARCH + WITH_BIASES if has_biases else SEARCH) if self._goals else NO_WEIGHTS
        yield from self.parts(
            TitleBar(self._walk.exercise.title), AskedList(self._walk, self._goals, self._current), hint)

    def on_mount(self) -> None:
        self.begin(self._current or 0)

    def find(self, text: str) -> Sequence[int]:
        if not text.strip():
            return range(len(self._goals) + len(_FIRST))
        return Made(self._finder.find(text), lambda place: place + len(_FIRST))

    def tell(self, place: int | None) -> None:
        self.note.show(Paragraph(self._describe(place), role="note"))

    def _describe(self, place: int | None) -> str:
        match place:
            case None:
                return NOTHING_FOUND
            case 0:
                return f"All steps{' of all weights' if self._goals else ''} are asked."
            case 1:
                return tell_mastered(self._walk.derivation, self._mastered, most=2)
            case _:
                return "Asked: all of the way forward to the cost, and of the way back what this one needs."

    def choose(self, place: int) -> None:
        match place:
            case 0:
                self.dismiss(EVERYTHING)
            case 1:
                self.dismiss(to_unmastered(self._walk.derivation, self._mastered))
            case _:
                self.dismiss(Narrowing(self._goals[place - len(_FIRST)]))
