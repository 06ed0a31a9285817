"""What was worked out so far, a line a step, as it would stand on paper: below the picture where that leaves room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_backprop.drawing.canvas import Runs
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import plain_text, shorten

HEIGHTS: Final = (20, 12)
"""The heights of the panel to choose from, with its border: few, so that little moves."""


class WorkedPanel(RunsView):
    """The latest finished steps. It moves by half its height: scrolling at every answer would send all rows."""

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
        half = max(height // 2, 1)
        first = -(-max(self._place - height, 0) // half) * half
        return [((shorten(plain_text(_line(walk, place), self.glyphs), width), "note"),)
                for place in range(first, min(self._place, walk.total))]


def _line(walk: Walk, place: int) -> str:
    quantity = walk.plan[place]
    worked = walk.explainer.tell_derivation(quantity) if walk.earned(quantity) else "…"
    return f"{place + 1:>{len(str(walk.total))}}  {worked}"
