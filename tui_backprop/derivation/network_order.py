"""The order of a network's steps and of its givens, in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_backprop.dataclass import replace
from tui_backprop.derivation.order import BlockOrder, StepBlock
from tui_backprop.derivation.roles import ACTIVATION, BIAS, RATE, ROLES, TARGET, WEIGHT, Shape, Stage, roles_of

if TYPE_CHECKING:
    from tui_backprop.derivation.network_graph import NetworkGraph


def network_order(graph: NetworkGraph) -> BlockOrder:
    """All steps of a network: forward, cost, backward (per sample), means over the batch, updates, the cost after.

    The table of roles says which roles stand where.
    """
    batch = graph.batch > 1
    blocks = [*_forward(graph)]
    for layer in range(graph.network.last, 0, -1):
        blocks += _backward(graph, layer)
    if batch:
        blocks = [replace(block, sample=sample + 1) for sample in range(graph.batch) for block in blocks]
    costs = roles_of("cost", "whole")
    if batch:
        blocks += [_whole(role.name) for role in costs if role.mean]
        blocks += _parameters(graph, "gradient", only_means=True)
    blocks += _parameters(graph, "update")
    blocks += [_whole(role.after) for role in costs if role.changes]
    return BlockOrder(tuple(block for block in blocks if len(block)))


def order_givens(graph: NetworkGraph) -> BlockOrder:
    """All givens of a network in the order a learner meets them: inputs, weights and biases, targets, the rate."""
    layers, samples = graph.network.layers, [n + 1 if graph.batch > 1 else None for n in range(graph.batch)]
    blocks = [StepBlock(0, sample, layers[0], tail_roles=(ACTIVATION,)) for sample in samples]
    for layer in range(1, len(layers)):
        blocks.append(StepBlock(layer, None, layers[layer], layers[layer - 1], (WEIGHT,)))
        if graph.network.biases is not None:
            blocks.append(StepBlock(layer, None, layers[layer], tail_roles=(BIAS,)))
    blocks += [StepBlock(graph.network.last, sample, layers[-1], tail_roles=(TARGET,)) for sample in samples]
    return BlockOrder((*blocks, StepBlock(None, None, ("",), tail_roles=(RATE,))))


def _whole(role: str) -> StepBlock:
    return StepBlock(None, None, ("",), tail_roles=(role,))


def _find_asked(graph: NetworkGraph, layer: int, stage: Stage, *shapes: Shape) -> tuple[str, ...]:
    return tuple(role.name for role in graph.find_asked(layer, stage, *shapes))


def _forward(graph: NetworkGraph) -> list[StepBlock]:
    layers, last = graph.network.layers, graph.network.last
    blocks = []
    for layer in range(1, last + 1):
        roles = _find_asked(graph, layer, "forward", "unit")
        together = [(role,) for role in roles] if graph.is_coupled(layer) else [roles]
        blocks += [StepBlock(layer, None, layers[layer], tail_roles=roles) for roles in together]
    costs = _find_asked(graph, last, "cost", "whole")
    if len(layers[last]) > 1:
        blocks.append(StepBlock(last, None, layers[last], tail_roles=costs))
    return [*blocks, *(_whole(role) for role in costs)]


def _backward(graph: NetworkGraph, layer: int) -> list[StepBlock]:
    layers = graph.network.layers
    units = layers[layer]
    following = layers[layer + 1] if layer < graph.network.last else ()
    slopes = _find_asked(graph, layer, "slope", "unit")
    return [
        StepBlock(layer, None, units, following, _find_asked(graph, layer, "arriving", "onwards", "path"),
                  _find_asked(graph, layer, "arriving", "unit")),
        (StepBlock(layer, None, units, units, slopes) if graph.is_coupled(layer)
         else StepBlock(layer, None, units, tail_roles=slopes)),
        StepBlock(layer, None, units, tail_roles=_find_asked(graph, layer, "delta", "unit")),
        StepBlock(layer, None, units, layers[layer - 1], _find_asked(graph, layer, "gradient", "edge"),
                  _find_asked(graph, layer, "gradient", "unit")),
    ]


def _parameters(graph: NetworkGraph, stage: Stage, *, only_means: bool = False) -> list[StepBlock]:
    """The blocks of a stage for the weights of all layers, then those for the biases."""
    layers = graph.network.layers

    def roles(layer: int, shape: Shape) -> tuple[str, ...]:
        return tuple(name for name in _find_asked(graph, layer, stage, shape) if ROLES[name].mean or not only_means)

    return [StepBlock(layer, None, layers[layer], layers[layer - 1], roles(layer, "edge"), roles(layer, "unit"))
            for layer in range(graph.network.last, 0, -1)]
