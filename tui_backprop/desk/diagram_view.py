"""What the workbench's diagram shows, as plain data: the values of one sample, and what is lit for a step."""

from __future__ import annotations

from typing import assert_never

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.naming import CircuitNaming, NetworkNaming
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.drawing.diagram import NOTHING, CircuitDiagram, Diagram, Edge, Highlight
from tui_backprop.drawing.diagram.circuit_model import CircuitNode
from tui_backprop.drawing.diagram.of_network import diagram_of_network
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.maths.numerals import add_sign, to_signed_text
from tui_backprop.tutor.display import format_value
from tui_backprop.tutor.walk import FEW_STEPS, Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_ASKED = "?"
"""In a circuit, at the value of the step; a formula has ``[?]`` where the number asked for belongs, perhaps another."""


def picture_of(walk: Walk, quantity: str | None, *, at_work: bool = False) -> Diagram | CircuitDiagram:
    """The network or circuit with the values earned so far; of a network in a batch, those of the sample in question.

    In a batch, a step of all samples together (a mean, an update) shows no sample's values. ``at_work``: with the
    gradients that are earned, and at the end with the updated weights.
    """
    naming = walk.derivation.naming
    match naming:
        case NetworkNaming():
            return _NetworkAtWork(walk, naming.graph, quantity, at_work=at_work).diagram(naming)
        case CircuitNaming():
            return _circuit(walk, naming, quantity)
        case _:
            assert_never(naming)


def shows_updated(walk: Walk) -> bool:
    """Does the diagram show the updated weights now, at the end?"""
    return walk.finished and len(walk.derivation.order) <= FEW_STEPS and bool(walk.results())


class _NetworkAtWork:
    """What is shown of a network during a walk.

    At the workbench, and only in a network of few steps, each edge also shows its gradient, and at the end the updated
    weight.
    """

    def __init__(self, walk: Walk, graph: NetworkGraph, quantity: str | None, *, at_work: bool) -> None:
        self._walk, self._graph = walk, graph
        self._is_over = quantity is None and walk.finished
        self._sample = graph.sample_of(quantity) if quantity is not None and graph.batch > 1 else None
        self._at_work = at_work and len(walk.derivation.order) <= FEW_STEPS

    def diagram(self, naming: NetworkNaming) -> Diagram:
        network = self._graph.network
        return diagram_of_network(naming, network.weights, network.biases, self._edge, self._value, room=self._room,
                                  sample=self._sample, gradients=self._at_work)

    def _edge(self, key: str, number: float, letter: str) -> Edge:
        walk, weight = self._walk, to_signed_text(number, 4)
        if not self._at_work:
            return Edge(key, weight, letter)
        updated = self._graph.update_id(key)
        if self._is_over and updated in walk.derivation.order and (new := walk.shown(updated)):
            weight = add_sign(new)  # in an exam the learner's own
        gradient = str(parse_id(self._graph.gradient_id(key)).of_sample(self._sample))
        if gradient not in walk.derivation.order:
            return Edge(key, weight, letter)
        return Edge(key, weight, letter, walk.shown(gradient), gradient, self._room(gradient))

    def _value(self, quantity: str) -> str | None:
        """A value of the sample in question; None where all samples are shown together."""
        several = self._graph.batch > 1 and self._sample is None
        return None if several else self._walk.shown(quantity)

    def _room(self, quantity: str) -> int:
        """The columns that a value will need once it is shown; 0 for what is no step, and where no room is kept."""
        kept = self._at_work and quantity in self._walk.derivation.order
        return len(self._walk.explainer.shown(quantity)) if kept else 0


def _circuit(walk: Walk, naming: CircuitNaming, quantity: str | None) -> CircuitDiagram:
    """The circuit with the values and gradients earned so far."""
    graph = naming.graph

    def shown(name: str) -> str | None:
        return walk.shown(name) or (_ASKED if name == quantity else None)

    def node(name: str, expression: Expr | None) -> CircuitNode:
        gradient, called = graph.gradient_id(name), naming.name
        symbol, sources = (symbol_of(expression, called), symbols(expression)) if expression else ("", ())
        return CircuitNode(name, linear(called(name), Glyphs.FULL), symbol, sources, shown(name), shown(gradient),
                           gradient)

    nodes = [node(name, None) for name, _ in graph.circuit.inputs]
    nodes += [node(gate.name, gate.expression) for gate in graph.circuit.gates]
    return CircuitDiagram(tuple(nodes), _room(walk, [each.key for each in nodes], graph))


def _room(walk: Walk, names: list[str], graph: CircuitGraph) -> int:
    """The width of the widest value there will be, so that the picture does not shift."""
    ids = [*names, *map(graph.gradient_id, names)]
    return max(len(_ASKED), *(len(format_value(walk.derivation, quantity, walk.precision)) for quantity in ids))


def highlight_of(walk: Walk, quantity: str | None) -> Highlight:
    """What is lit for a step, in a network's diagram or in a circuit's."""
    return NOTHING if quantity is None else walk.derivation.graph.light(quantity)


def network_title(walk: Walk, quantity: str | None) -> str:
    """The title of the diagram: in a batch it names the sample, at the end it says which values are shown."""
    graph = walk.derivation.graph
    if quantity is None and shows_updated(walk):
        return "Network · weights updated, values not yet"
    if graph.batch == 1 or quantity is None:
        return "Network"
    sample = graph.sample_of(quantity)
    return f"Network · all {graph.batch} samples" if sample is None else f"Network · sample {sample} of {graph.batch}"

