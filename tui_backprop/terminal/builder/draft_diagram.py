"""The diagram of a network that is being built: its shape matters more than its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.drawing.canvas import Canvas, Runs
from tui_backprop.drawing.diagram import NOTHING, Diagram, Highlight, draw_diagram
from tui_backprop.drawing.diagram.overview import draw_overview
from tui_backprop.terminal.widgets.runs_view import RunsView


class DraftDiagram(RunsView):
    """The whole network in the first of its diagrams that fits, from all numbers to fewer; else one unit in focus."""

    _diagrams: tuple[Diagram, ...] = ()
    _highlight: Highlight = NOTHING

    def show(self, diagrams: tuple[Diagram, ...], highlight: Highlight = NOTHING) -> None:
        """Show this network; ``diagrams`` are the same with shorter and shorter labels."""
        self._diagrams, self._highlight = diagrams, highlight
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        for diagram in self._diagrams:
            canvas = Canvas(width, height, self.glyphs)
            if draw_overview(diagram, self._highlight, canvas):
                return canvas.runs()
        return draw_diagram(self._diagrams[0], self._highlight, width, height, self.glyphs) if self._diagrams else ()
