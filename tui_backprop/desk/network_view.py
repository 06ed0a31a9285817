"""What the workbench's diagram shows of a network, as plain data: one sample's values, and what is lit for a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from tui_backprop.derivation.ids import VIA, Ref
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.drawing.diagram import Diagram, Edge, Highlight, Layer, Target, Unit
from tui_backprop.maths.numerals import shown
from tui_backprop.tutor.walk import Walk

_MANY = 60
"""So many units of a layer are lit at most; no screen shows more."""
_EDGES = frozenset({"w", "dC/dw", "dz/dw", "da/dw", "dz/da", "da/da"})
"""Roles of quantities that are about one edge."""


def diagram_of(walk: Walk, quantity: str | None) -> Diagram | None:
    """The network with the values earned so far, of the sample in hand; None for a circuit.

    In a batch a step of all samples together (a mean, an update) shows no sample's values.
    """
    graph, naming = walk.derivation.graph, walk.derivation.naming
    if not isinstance(graph, NetworkGraph) or not isinstance(naming, NetworkNaming):
        return None
    sample = sample_of(graph, quantity)
    layers = tuple(
        Layer(naming.layer_title(number), _Units(walk, naming, number, sample))
        for number in range(len(graph.network.layers))
    )

    def edge(layer: int, source: int, destination: int) -> Edge:
        units = graph.network.layers[layer - 1][source], graph.network.layers[layer][destination]
        return Edge(str(Ref("w", layer, units)), _signed(graph.network.weights[layer - 1][source][destination]))

    return Diagram(layers, edge)


class _Units(Sequence[Unit]):
    """The units of a layer, each made when it is looked at: a layer may have hundreds."""

    def __init__(self, walk: Walk, naming: NetworkNaming, layer: int, sample: int | None) -> None:
        self._walk, self._naming, self._layer, self._sample = walk, naming, layer, sample
        self._names = naming.graph.network.layers[layer]

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, place: int) -> Unit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Unit, ...]: ...
    def __getitem__(self, place: int | slice) -> Unit | tuple[Unit, ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        return self._unit(self._names[place], place)

    def _unit(self, name: str, place: int) -> Unit:
        naming, layer = self._naming, self._layer
        graph = naming.graph
        activation = str(Ref("a", layer, (name,), self._sample))
        bias = target = None
        if layer and graph.network.biases is not None:
            weight = _signed(graph.network.biases[layer - 1][place])
            bias = Edge(str(Ref("b", layer, (name,))), weight, naming.letter("b"))
        if layer == graph.network.last:
            key = str(Ref("y", layer, (name,), self._sample))
            target = Target(key, naming.letter("y"), self._shown(key))
        return Unit(f"{layer}:{name}", naming.unit_label(layer, name), self._shown(activation), bias, target)

    def _shown(self, quantity: str) -> str | None:
        """A value of the sample in hand; none of all samples together."""
        several = self._naming.graph.batch > 1 and self._sample is None
        return None if several else self._walk.shown(quantity)


def highlight_of(walk: Walk, quantity: str | None) -> Highlight:
    """What is lit for a step: for a factor its edge and both units, for a path all of it from the output back."""
    graph = walk.derivation.graph
    if quantity is None or not isinstance(graph, NetworkGraph):
        return Highlight()
    ref = graph.ref(quantity)
    if ref.layer is None:
        return Highlight(frozenset(_ends(graph, ref.sample)))
    layer, role = ref.layer, ref.role.removesuffix("'")
    focus = (layer, graph.unit(layer, ref.units[-1 if role != VIA else 0])) if ref.units else None
    if role in _EDGES:
        lit = {str(Ref("w", layer, ref.units)), f"{layer - 1}:{ref.units[0]}", f"{layer}:{ref.units[1]}"}
        return Highlight(frozenset(lit), focus=focus)
    if role == VIA:
        through = str(Ref("w", layer + 1, ref.units))
        lit = {through, f"{layer}:{ref.units[0]}", f"{layer + 1}:{ref.units[1]}"}
        return Highlight(frozenset(lit), frozenset(_onwards(graph, layer + 1, ref.units[1:], ref.sample)), focus=focus)
    lit, path = _of_unit(graph, ref, role)
    return Highlight(frozenset(lit), frozenset(path), focus=focus)


def _of_unit(graph: NetworkGraph, ref: Ref, role: str) -> tuple[set[str], set[str]]:
    """What is lit, and what lies on its way, for a step about a unit, or about two of one layer."""
    layer = ref.layer or 0
    lit = {f"{layer}:{unit}" for unit in ref.units}
    path: set[str] = set()
    if role in ("b", "dC/db"):
        lit.add(str(Ref("b", layer, ref.units)))
    elif role == "z":
        path = {str(Ref("w", layer, (source, ref.units[0]))) for source in graph.network.layers[layer - 1][:_MANY]}
    elif role in ("C", "dC/da", "dC/dz") and layer == graph.network.last:
        lit.add(str(Ref("y", layer, ref.units, ref.sample)))
        if role == "dC/dz" and graph.is_coupled(layer) and not graph.has_short_delta(layer):
            path = set(_ends(graph, ref.sample)) - lit
    elif role in ("dC/da", "dC/dz"):
        path = set(_onwards(graph, layer, ref.units, ref.sample))
    return lit, path


def _onwards(graph: NetworkGraph, layer: int, units: Sequence[str], sample: int | None) -> Iterator[str]:
    """All edges and units between these units of a layer and the cost, with the targets."""
    last = graph.network.last
    for at in range(layer, last):
        following = graph.network.layers[at + 1][:_MANY]
        for unit in following:
            yield from (str(Ref("w", at + 1, (source, unit))) for source in units)
            yield f"{at + 1}:{unit}"
        units = following
    yield from (str(Ref("y", last, (unit,), sample)) for unit in units)


def _ends(graph: NetworkGraph, sample: int | None) -> Iterator[str]:
    """The outputs and their targets."""
    last = graph.network.last
    for unit in graph.network.layers[-1][:_MANY]:
        yield f"{last}:{unit}"
        yield str(Ref("y", last, (unit,), sample))


def sample_of(graph: NetworkGraph, quantity: str | None) -> int | None:
    """The sample of a batch that a step is about; None where it is about all of them, or there is but one."""
    return graph.ref(quantity).sample if quantity is not None else None


def network_title(walk: Walk, quantity: str | None) -> str:
    """What stands over the diagram: in a batch, of which sample the values are."""
    graph = walk.derivation.graph
    if not isinstance(graph, NetworkGraph) or graph.batch == 1 or quantity is None:
        return "Network"
    sample = sample_of(graph, quantity)
    return f"Network · all {graph.batch} samples" if sample is None else f"Network · sample {sample} of {graph.batch}"


def _signed(value: float) -> str:
    text = shown(value, 4)
    return text if value < 0 else f"+{text}"
