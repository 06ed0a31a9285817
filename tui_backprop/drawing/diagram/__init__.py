"""The diagrams of networks and circuits as pictures of cells: the whole where it fits, else a part in focus."""

from __future__ import annotations

from typing import assert_never

from tui_backprop.derivation.graph import Highlight
from tui_backprop.drawing.canvas import Canvas, Runs
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram
from tui_backprop.drawing.diagram.focus import draw_focus
from tui_backprop.drawing.diagram.model import NOTHING, Diagram, Edge, Layer, Target, Unit
from tui_backprop.drawing.diagram.overview import draw_overview, plan_overview
from tui_backprop.typeset.glyphs import Glyphs

__all__ = [
    "NOTHING", "CircuitDiagram", "Diagram", "Edge", "Highlight", "Layer", "Target", "Unit", "draw_diagram",
    "fits_whole", "picture",
]


def picture(
    diagram: Diagram | CircuitDiagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs,
    usual: int | None = None,
) -> Canvas:
    """The diagram drawn on a canvas of this size.

    ``usual``: it is drawn in the way that fits on so many rows, even where there are more of them.
    """
    rows = height if usual is None else min(height, usual)
    match diagram:
        case Diagram():
            canvas = Canvas(width, height, glyphs)
            if canvas.width and canvas.height and not (
                    fits_whole(diagram, width, rows, glyphs) and draw_overview(diagram, highlight, canvas)):
                draw_focus(diagram, highlight, canvas)
            return canvas
        case CircuitDiagram():
            from tui_backprop.drawing.diagram.circuit import circuit_picture  # a network waits for no circuit

            return circuit_picture(diagram, highlight, width, height, glyphs, rows)
        case _:
            assert_never(diagram)


def draw_diagram(
    diagram: Diagram | CircuitDiagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs,
    usual: int | None = None,
) -> tuple[Runs, ...]:
    """The diagram as rows of runs, ``height`` of them, for a widget."""
    return picture(diagram, highlight, width, height, glyphs, usual).runs()


def fits_whole(diagram: Diagram | CircuitDiagram, width: int, height: int, glyphs: Glyphs) -> bool:
    """Does all of the network or circuit fit into so many columns and rows?"""
    match diagram:
        case Diagram():
            return plan_overview(diagram, width, height, glyphs) is not None
        case CircuitDiagram():
            from tui_backprop.drawing.diagram.circuit import circuit_fits_whole

            return circuit_fits_whole(diagram, width, height)
        case _:
            assert_never(diagram)
