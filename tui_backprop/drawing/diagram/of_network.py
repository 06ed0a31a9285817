"""The diagram of a network from its numbers, and from what is known of what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.roles import ACTIVATION, BIAS, TARGET, WEIGHT
from tui_backprop.drawing.diagram.model import Diagram, Edge, Layer, Target, Unit

NetworkNumber = TypeVar("NetworkNumber")
"""A weight or bias; while a network is being built it may still be missing."""
_KEPT = 64
"""The units of a layer of at most so many are made at once: a plan looks at them often."""


def diagram_of_network(
    naming: NetworkNaming, weights: Sequence[Sequence[Sequence[NetworkNumber]]],
    biases: Sequence[Sequence[NetworkNumber]] | None, edge: Callable[[str, NetworkNumber, str], Edge],
    value: Callable[[str], str | None], *,
    room: Callable[[str], int] = lambda _: 0, sample: int | None = None, gradients: bool = False,
) -> Diagram:
    """The diagram of a network with these numbers, each unit made when it is looked at.

    ``edge`` makes an edge of a weight's or bias's id, its number and the letter before it; ``value`` gives the text of
    an activation or a target by its id, and ``room`` the columns that it will need. ``sample``: whose values are shown.
    """
    layers = naming.graph.network.layers

    def unit(layer: int, place: int) -> Unit:
        name = layers[layer][place]
        activation = str(Ref(ACTIVATION, layer, (name,), sample))
        bias = target = None
        if layer and biases is not None:
            bias = edge(str(Ref(BIAS, layer, (name,))), biases[layer - 1][place], naming.letter(BIAS))
        if layer == len(layers) - 1:
            key = str(Ref(TARGET, layer, (name,), sample))
            target = Target(key, naming.letter(TARGET), value(key))
        return Unit(f"{layer}:{name}", naming.labels.label(layer, name), value(activation), bias, target,
                    room(activation))

    def edge_into(layer: int, source: int, destination: int) -> Edge:
        key = str(Ref(WEIGHT, layer, (layers[layer - 1][source], layers[layer][destination])))
        return edge(key, weights[layer - 1][source][destination], naming.letter(WEIGHT))

    found = []
    for layer, names in enumerate(layers):
        units = Made(range(len(names)), partial(unit, layer))
        found.append(Layer(naming.layer_title(layer), tuple(units) if len(names) <= _KEPT else units))
    return Diagram(tuple(found), edge_into, gradients)
