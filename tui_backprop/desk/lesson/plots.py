"""What the plots and the networks of a lesson are drawn with; in words, for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tui_backprop.course.exercise import Exercise
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.network_view import diagram_of, highlight_of
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import draw_diagram
from tui_backprop.export.outline import given_rows, value_of
from tui_backprop.network.model import Network
from tui_backprop.tutor.walk import Watch
from tui_backprop.typeset.glyphs import plain_text
from tui_backprop.typeset.layout import EQUALS, Row
from tui_backprop.typeset.spoken import spoken, spoken_text

_DIAGRAM_ROWS = 6
PLOT_ROWS = 13
WIDEST = 64


def spoken_network(exercise: Exercise, values: bool) -> Iterator[str]:
    """A network's picture in words: its layers, its numbers a line a kind, and where ``values`` are shown, those."""
    derivation = exercise.derive()
    if isinstance(exercise.task, Network):
        yield "layers, from the input on: " + "; then ".join(map(" and ".join, exercise.task.layers))
    for given in given_rows(derivation):
        if given.label in _DRAWN or given.label.startswith("sample"):
            yield f"{given.label}: {', '.join(map(spoken, given.items))}"
    if values:
        known = (step for step in map(derivation.step, derivation.order) if step.kind == "activation")
        yield "activations: " + ", ".join(spoken(Row((step.name, EQUALS, value_of(step)))) for step in known)


_DRAWN = frozenset(("inputs", "weights", "biases", "targets"))
"""Of what is given, what a picture shows."""


def network_rows(exercise: Exercise, values: bool, manner: Manner, chosen: str | None = None) -> Iterator[Runs]:
    """The diagram, with what follows from its numbers where ``values`` are shown; the ``chosen`` given is lit."""
    walk = Watch(exercise)
    while values and not walk.finished:
        walk.advance()
    lit = highlight_of(walk, chosen)
    diagram = diagram_of(walk, None)
    drawn: list[Runs] = []
    if diagram is not None:
        tallest = max(len(layer.units) for layer in diagram.layers)
        drawn = list(draw_diagram(diagram, lit, manner.width, max(_DIAGRAM_ROWS, 2 + 4 * tallest), manner.glyphs))
    while drawn and not any(text.strip() for text, _ in drawn[-1]):
        drawn.pop()
    yield from drawn


def speak(text: str, manner: Manner, role: str = "") -> Iterator[Runs]:
    """What a picture shows, in words."""
    text = spoken_text(text) if manner.spoken else text
    for line in wrap(plain_text(text.replace("\u00a0", " "), manner.glyphs), manner.width):
        yield ((line, role or "note"),)
