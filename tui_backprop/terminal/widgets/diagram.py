"""The diagrams of networks and circuits as widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import NOTHING, Diagram, Highlight, draw_diagram, fits_whole
from tui_backprop.terminal.widgets.runs_view import RunsView

if TYPE_CHECKING:  # a network waits for no circuit
    from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram


class NetworkDiagram(RunsView):
    """Shows a network, in full or in focus, whichever its size allows."""

    _diagram: Diagram | None = None
    _highlight: Highlight = NOTHING

    def show(self, diagram: Diagram, highlight: Highlight = NOTHING) -> None:
        """Show this network with these parts lit; only the cells that changed are sent."""
        self._diagram, self._highlight = diagram, highlight
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        if self._diagram is None:
            return ()
        return draw_diagram(self._diagram, self._highlight, width, height, self.glyphs)

    def fits_whole(self, width: int, height: int) -> bool:
        """Does all of the network fit into so many columns and rows?"""
        return self._diagram is None or fits_whole(self._diagram, width, height, self.glyphs)


class CircuitView(RunsView):
    """Shows a circuit, the whole of it or the part asked about, whichever its size allows."""

    _circuit: CircuitDiagram | None = None
    _highlight: Highlight = NOTHING

    def show(self, circuit: CircuitDiagram, highlight: Highlight = NOTHING) -> None:
        """Show this circuit with these parts lit; only the cells that changed are sent."""
        self._circuit, self._highlight = circuit, highlight
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        if self._circuit is None:
            return ()
        from tui_backprop.drawing.diagram.circuit import draw_circuit

        return draw_circuit(self._circuit, self._highlight, width, height, self.glyphs)

    def fits_whole(self, width: int, height: int) -> bool:
        """Does all of the circuit fit into so many columns and rows?"""
        if self._circuit is None:
            return True
        from tui_backprop.drawing.diagram.circuit import fits_whole as circuit_fits_whole

        return circuit_fits_whole(self._circuit, width, height)
