"""What the workbench's diagram shows of a network, as plain data: one sample's values, and what is lit for a step."""

from __future__ import annotations

from functools import partial

from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.roles import ACTIVATION, BIAS, BIAS_GRADIENT, GRADIENT, TARGET, WEIGHT
from tui_backprop.drawing.diagram import Diagram, Edge, Highlight, Layer, Target, Unit
from tui_backprop.maths.numerals import to_text
from tui_backprop.tutor.walk import FEW_STEPS, Walk


def diagram_of(walk: Walk, quantity: str | None, *, at_work: bool = False) -> Diagram | None:
    """The network with the values earned so far, of the sample in question; None for a circuit.

    In a batch, a step of all samples together (a mean, an update) shows no sample's values. ``at_work``: with the
    gradients that are earned, and at the end with the updated weights.
    """
    naming = walk.derivation.naming
    if not isinstance(naming, NetworkNaming):
        return None
    graph = naming.graph
    sample = graph.sample_of(quantity) if quantity is not None and graph.batch > 1 else None
    few = len(walk.derivation.order) <= FEW_STEPS
    looks = _AtWork(walk, is_over=quantity is None and walk.finished) if at_work and few else None
    make = _UnitMaker(walk, naming, sample, looks).make
    layers = []
    for number, names in enumerate(graph.network.layers):
        units = Made(range(len(names)), partial(make, number))
        layers.append(Layer(naming.layer_title(number), tuple(units) if few else units))  # a plan looks at them often

    def edge(layer: int, source: int, destination: int) -> Edge:
        units = graph.network.layers[layer - 1][source], graph.network.layers[layer][destination]
        key = str(Ref(WEIGHT, layer, units))
        weight = _write_signed(graph.network.weights[layer - 1][source][destination])
        return Edge(key, weight) if looks is None else looks.edge(key, weight, str(Ref(GRADIENT, layer, units, sample)))

    return Diagram(tuple(layers), edge, gradients=looks is not None)


def shows_updated(walk: Walk) -> bool:
    """Does the diagram show the updated weights now, at the end?"""
    return walk.finished and len(walk.derivation.order) <= FEW_STEPS and bool(walk.results())


class _AtWork:
    """What a workbench shows of an edge besides its weight: its gradient, and at the end the updated weight."""

    def __init__(self, walk: Walk, *, is_over: bool) -> None:
        self._walk, self._is_over = walk, is_over

    def edge(self, key: str, weight: str, gradient: str, letter: str = "b") -> Edge:
        """A weight or bias by its id, with its gradient by its id."""
        walk = self._walk
        updated = key.replace(" ", "' ", 1)
        if self._is_over and updated in walk.derivation.order and (new := walk.shown(updated)):
            weight = _with_sign(new)  # in an exam the learner's own
        if gradient not in walk.derivation.order:
            return Edge(key, weight, letter)
        return Edge(key, weight, letter, walk.shown(gradient), gradient, self.room(gradient))

    def room(self, quantity: str) -> int:
        """The columns that a value will need once it is shown; 0 for what is no step."""
        return len(self._walk.explainer.shown(quantity)) if quantity in self._walk.derivation.order else 0


class _UnitMaker:
    """Makes the units of the drawing, for one sample or for all together."""

    def __init__(self, walk: Walk, naming: NetworkNaming, sample: int | None, looks: _AtWork | None) -> None:
        self._walk, self._naming, self._sample, self._looks = walk, naming, sample, looks

    def make(self, layer: int, place: int) -> Unit:
        naming, graph = self._naming, self._naming.graph
        name = graph.network.layers[layer][place]
        activation = str(Ref(ACTIVATION, layer, (name,), self._sample))
        bias = target = None
        if layer and graph.network.biases is not None:
            weight = _write_signed(graph.network.biases[layer - 1][place])
            key, letter = str(Ref(BIAS, layer, (name,))), naming.letter("b")
            gradient = str(Ref(BIAS_GRADIENT, layer, (name,), self._sample))
            bias = self._looks.edge(key, weight, gradient, letter) if self._looks else Edge(key, weight, letter)
        if layer == graph.network.last:
            key = str(Ref(TARGET, layer, (name,), self._sample))
            target = Target(key, naming.letter("y"), self._format(key))
        room = self._looks.room(activation) if self._looks else 0
        return Unit(f"{layer}:{name}", naming.labels.label(layer, name), self._format(activation), bias, target, room)

    def _format(self, quantity: str) -> str | None:
        """A value of the sample in question; None where all samples are shown together."""
        several = self._naming.graph.batch > 1 and self._sample is None
        return None if several else self._walk.shown(quantity)


def highlight_of(walk: Walk, quantity: str | None) -> Highlight:
    """What is lit for a step, in a network's diagram or in a circuit's."""
    if quantity is None:
        return Highlight()
    light = walk.derivation.graph.light(quantity)
    return Highlight(light.lit, light.path, focus=light.focus)


def network_title(walk: Walk, quantity: str | None) -> str:
    """The title of the diagram: in a batch it names the sample, at the end it says which values are shown."""
    graph = walk.derivation.graph
    if quantity is None and shows_updated(walk):
        return "Network · weights updated, values not yet"
    if graph.batch == 1 or quantity is None:
        return "Network"
    sample = graph.sample_of(quantity)
    return f"Network · all {graph.batch} samples" if sample is None else f"Network · sample {sample} of {graph.batch}"


def _write_signed(value: float) -> str:
    return _with_sign(to_text(value, 4))


def _with_sign(text: str) -> str:
    return text if text.startswith("−") else f"+{text}"
