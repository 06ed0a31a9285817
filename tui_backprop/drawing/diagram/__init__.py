"""The network diagram as a picture of cells: the whole network where it fits, else one unit with its edges."""

from __future__ import annotations

from tui_backprop.drawing.canvas import Canvas, Runs
from tui_backprop.drawing.diagram.focus import draw_focus
from tui_backprop.drawing.diagram.model import NOTHING, Diagram, Edge, Highlight, Layer, Target, Unit
from tui_backprop.drawing.diagram.overview import draw_overview, fits_whole
from tui_backprop.typeset.glyphs import Glyphs

__all__ = [
    "NOTHING", "Diagram", "Edge", "Highlight", "Layer", "Target", "Unit", "draw_diagram", "fits_whole", "picture",
]


def picture(diagram: Diagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs) -> Canvas:
    """The diagram drawn on a canvas of this size."""
    canvas = Canvas(width, height, glyphs)
    if canvas.width and canvas.height and not draw_overview(diagram, highlight, canvas):
        draw_focus(diagram, highlight, canvas)
    return canvas


def draw_diagram(
    diagram: Diagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs
) -> tuple[Runs, ...]:
    """The diagram as rows of runs, ``height`` of them, for a widget."""
    return picture(diagram, highlight, width, height, glyphs).runs()
