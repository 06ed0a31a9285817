"""The plots and the networks of a lesson: as pictures, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import Plot
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.training import TrainingRun, train
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.network_view import diagram_of
from tui_backprop.desk.plots.point import CurvePoint, cost_point, formula_point
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import Highlight, draw_diagram
from tui_backprop.drawing.plots.curve import draw_curve
from tui_backprop.export.functions import EQUALS
from tui_backprop.export.outline import given_rows, value_of
from tui_backprop.export.plots import MapPlot, TrainingPlot
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Network
from tui_backprop.tutor.walk import Watch
from tui_backprop.typeset.glyphs import plain_text
from tui_backprop.typeset.layout import Row
from tui_backprop.typeset.spoken import spoken, spoken_text

_DIAGRAM_ROWS = 6
PLOT_ROWS = 13
_WIDEST = 64


def point_of(plot: Plot, exercise: Exercise | None) -> CurvePoint | None:
    """The point on a plot that is a curve; None of a map or a training. ValueError for what there is no curve of."""
    if plot.formula and plot.low is not None and plot.high is not None:
        expr = parse(plot.formula, {plot.variable: plot.variable})
        return formula_point(expr, plot.variable, plot.low, plot.high, plot.at)
    if exercise is not None and len(plot.against) == 1:
        return cost_point(exercise, plot.against[0], plot.low, plot.high)
    return None


def plot_rows(plot: Plot, exercise: Exercise | None, point: CurvePoint | None, manner: Manner) -> Iterator[Runs]:
    """A plot with what it shows in words; ``point`` in the place of its own where it was moved."""
    point = point or point_of(plot, exercise)
    if point is not None:
        if not manner.spoken:
            yield from draw_curve(point.picture(), min(manner.width, _WIDEST), PLOT_ROWS, manner.glyphs).runs()
        yield from _words(point.sentence(), manner)
    elif exercise is not None and not manner.spoken:
        for line in _lines(plot, exercise, manner):
            yield ((line, ""),)


def _lines(plot: Plot, exercise: Exercise, manner: Manner) -> list[str]:
    """A map or a training."""
    derivation = Derivation(exercise.task, exercise.detail)
    if plot.training:
        rate = exercise.task.learning_rate or 0.1
        picture: MapPlot | TrainingPlot = TrainingPlot(
            exercise.title, derivation, (TrainingRun(rate, tuple(train(exercise.task, rate, plot.training))),))
    else:
        picture = MapPlot(exercise.title, derivation, (plot.against[0], plot.against[1]))
    return picture.text(min(manner.width, _WIDEST), PLOT_ROWS + 3, manner.glyphs)


def spoken_network(walk: Watch) -> Iterator[str]:
    """A network's picture in words: its layers, its numbers a line a kind, and the activations that are known."""
    derivation = walk.derivation
    if isinstance(walk.exercise.task, Network):
        yield "layers, from the input on: " + "; then ".join(map(" and ".join, walk.exercise.task.layers))
    for given in given_rows(derivation):
        if given.label in _DRAWN or given.label.startswith("sample"):
            yield f"{given.label}: {', '.join(map(spoken, given.items))}"
    if walk.finished:
        known = (step for step in map(derivation.step, derivation.order) if step.kind == "activation")
        yield "activations: " + ", ".join(spoken(Row((step.name, EQUALS, value_of(step)))) for step in known)


_DRAWN = frozenset(("inputs", "weights", "biases", "targets"))
"""Of what is given, what a picture shows."""


def network_rows(exercise: Exercise, values: bool, manner: Manner) -> Iterator[Runs]:
    """A network's diagram, with its values where they are shown; to be heard, what is given."""
    walk = Watch(exercise)
    while values and not walk.finished:
        walk.advance()
    if manner.spoken:
        for line in spoken_network(walk):
            yield ((line, ""),)
        return
    diagram = diagram_of(walk, None)
    if diagram is not None:
        tallest = max(len(layer.units) for layer in diagram.layers)
        height = max(_DIAGRAM_ROWS, 2 + 4 * tallest)
        drawn = list(draw_diagram(diagram, Highlight(), manner.width, height, manner.glyphs))
        while drawn and not any(text.strip() for text, _ in drawn[-1]):
            drawn.pop()
        yield from drawn


def _words(text: str, manner: Manner) -> Iterator[Runs]:
    text = spoken_text(text) if manner.spoken else text
    for line in wrap(plain_text(text.replace("\u00a0", " "), manner.glyphs), manner.width):
        yield ((line, "note"),)
