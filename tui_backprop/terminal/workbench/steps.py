"""The list of all steps, even a million: found by number, id, name or words; looked at again, or gone on from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult

from tui_backprop.desk.workbench.step_rows import step_row, tell_step
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.search import NOTHING_FOUND, FoundList, SearchScreen
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.tutor.search import Finder
from tui_backprop.tutor.walk import Walk

SEARCH = "find: a number, a name, or words such as update"


class StepList(FoundList):
    """One step in each row: mark, number, name, words, and the value once it is earned."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(classes="panel")
        self._walk = walk
        self.border_title = "Steps"

    def place_row(self, place: int, width: int, is_chosen: bool) -> Runs:
        return step_row(self._walk, place, width, self.glyphs, "cursor" if is_chosen else "plain")


class StepsScreen(SearchScreen[int | None]):
    """The result is the place of the chosen step, or None. A later step is chosen by a second Enter."""

    CSS_PATH = Path(__file__).with_name("steps.tcss")

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._asked: int | None = None
        self._finder = Finder(walk.derivation, walk.plan, walk.derivation.order)

    def compose(self) -> ComposeResult:
        title = TitleBar(self._walk.exercise.title, "", Progress(self._walk.number, self._walk.total))
        yield from self.parts(title, StepList(self._walk), SEARCH)

    def on_mount(self) -> None:
        self.begin(self._walk.number - 1)

    def find(self, text: str) -> Sequence[int]:
        return self._finder.find(text)

    def tell(self, place: int | None) -> None:
        self._asked = None
        self.note.show(Paragraph(NOTHING_FOUND if place is None else tell_step(self._walk, place), role="note"))

    def choose(self, place: int) -> None:
        ahead = place - self._walk.position
        if ahead <= 0 or self._walk.moves_freely or self._asked == place:
            self.dismiss(place)
            return
        self._asked = place
        steps = "the step before it is" if ahead == 1 else f"the {ahead:,} steps before it are"
        self.note.show(Paragraph(f"Go on from step {place + 1:,}? Then {steps} shown, not asked. "
                                 "Enter again goes on from there.", "?", "note"))
