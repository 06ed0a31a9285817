"""The steps around the one that is shown, and what was worked out so far: beside and below the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_backprop.desk.workbench.step_rows import step_row
from tui_backprop.drawing.canvas import Runs
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.titled import subtitle
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import cells, plain_text, shorten

HEIGHTS: Final = (20, 10)
"""The heights of the panel of what was worked out to choose from, with its border: few, so that little moves."""


class StepPanel(RunsView):
    """A page of steps, turned only when the step is on another page: scrolling at every answer would send all rows."""

    _walk: Walk | None = None
    _place = 0

    def __init__(self) -> None:
        super().__init__(id="steps", classes="panel")
        self.border_title = "Steps"

    def show(self, walk: Walk, place: int) -> None:
        """Show the page with the step at this place; the last page at the end."""
        self._walk, self._place = walk, min(place, walk.total - 1)
        if self.size.height:
            self.redraw()
            self._announce()

    def on_resize(self) -> None:
        self._announce()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        if self._walk is None or not height:
            return ()
        return [step_row(self._walk, place, width, self.glyphs, "strong" if place == self._place else "note")
                for place in self._page(height)]

    def _page(self, height: int) -> range:
        """The places on the page; the last page is full too."""
        total = self._walk.total if self._walk is not None else 0
        first = max(min(self._place // height * height, total - height), 0)
        return range(first, min(first + height, total))

    def _announce(self) -> None:
        """Say in the border which of the steps are shown."""
        if self._walk is not None and self.size.height:
            page = self._page(self.size.height)
            subtitle(self, f"{page.start + 1} to {page.stop} of {self._walk.total}"
                     if len(page) < self._walk.total else "")


class WorkedPanel(RunsView):
    """The latest finished steps. It moves by some rows at once: scrolling at every answer would send all of them."""

    _walk: Walk | None = None
    _place = 0

    def __init__(self) -> None:
        super().__init__(id="worked", classes="panel")
        self.border_title = "Worked so far"

    def show(self, walk: Walk, place: int) -> None:
        """Show the steps before this place. What an exam asks for is worked out by nobody else."""
        self._walk, self._place = None if walk.is_fixed else walk, place
        if self.size.height:
            self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        walk = self._walk
        if walk is None or not height:
            return ()
        some = max(height // 4, 1)
        first = -(-max(self._place - height, 0) // some) * some
        return [((self._line(walk, place, width), "note"),) for place in range(first, min(self._place, walk.total))]

    def _line(self, walk: Walk, place: int, width: int) -> str:
        """How a step is worked out, or where that is too long what it comes to."""
        quantity, number = walk.plan[place], f"{place + 1:>{len(str(walk.total))}}  "
        if not walk.earned(quantity):
            return plain_text(f"{number}…", self.glyphs)
        line = plain_text(number + walk.explainer.tell_derivation(quantity), self.glyphs)
        short = plain_text(number + walk.explainer.equals(quantity), self.glyphs)
        return line if cells(line) <= width else shorten(short, width, plain_text("…", self.glyphs))
