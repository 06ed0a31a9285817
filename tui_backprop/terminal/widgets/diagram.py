"""The diagram of a network or a circuit as a widget."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import NOTHING, CircuitDiagram, Diagram, Highlight, draw_diagram, fits_whole
from tui_backprop.terminal.widgets.runs_view import RunsView


class DiagramView(RunsView):
    """Shows a network or a circuit, the whole of it or the part asked about, whichever its size allows."""

    _diagrams: tuple[Diagram | CircuitDiagram, ...] = ()
    _highlight: Highlight = NOTHING
    usual: int | None = None
    """The rows by which it is decided how it is drawn, even where it has more just now."""

    def show(self, *diagrams: Diagram | CircuitDiagram, lit: Highlight = NOTHING) -> None:
        """Show this with these parts lit, or the first of several with shorter and shorter labels that fits whole.

        Only the cells that changed are sent.
        """
        self._diagrams, self._highlight = diagrams, lit
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        if not self._diagrams:
            return ()
        shorter = self._diagrams if len(self._diagrams) > 1 else ()
        chosen = next((each for each in shorter if fits_whole(each, width, height, self.glyphs)), self._diagrams[0])
        return draw_diagram(chosen, self._highlight, width, height, self.glyphs, self.usual)

    def fits_whole(self, width: int, height: int) -> bool:
        """Does all of it fit into so many columns and rows?"""
        return not self._diagrams or fits_whole(self._diagrams[0], width, height, self.glyphs)
