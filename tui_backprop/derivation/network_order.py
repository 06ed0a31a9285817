"""The order of a network's steps and of its givens, in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_backprop.derivation.order import Block, BlockOrder
from tui_backprop.derivation.roles import VIA

if TYPE_CHECKING:
    from tui_backprop.derivation.network_graph import NetworkGraph


def network_order(graph: NetworkGraph) -> BlockOrder:
    """All steps of a network: forward, cost, backward (per sample), means over the batch, updates, the cost after."""
    batch = graph.batch > 1
    blocks: list[Block] = []
    for sample in range(1, graph.batch + 1):
        of = sample if batch else None
        blocks += _forward(graph, of)
        for layer in range(graph.network.last, 0, -1):
            blocks += _backward(graph, layer, of)
    whole = (Block(None, None, ("",), tail_roles=(role,)) for role in ("C", "C'"))
    mean_cost, cost_after = whole
    if batch:
        blocks += [mean_cost, *_parameters(graph, "dC/dw", "dC/db")]
    blocks += [*_parameters(graph, "w'", "b'"), cost_after]
    return BlockOrder(tuple(block for block in blocks if len(block)))


def given_order(graph: NetworkGraph) -> BlockOrder:
    """All givens of a network in the order a learner meets them: inputs, weights and biases, targets, the rate."""
    layers, samples = graph.network.layers, [n + 1 if graph.batch > 1 else None for n in range(graph.batch)]
    blocks = [Block(0, sample, layers[0], tail_roles=("a",)) for sample in samples]
    for layer in range(1, len(layers)):
        blocks.append(Block(layer, None, layers[layer], layers[layer - 1], ("w",)))
        if graph.network.biases is not None:
            blocks.append(Block(layer, None, layers[layer], tail_roles=("b",)))
    blocks += [Block(graph.network.last, sample, layers[-1], tail_roles=("y",)) for sample in samples]
    return BlockOrder((*blocks, Block(None, None, ("",), tail_roles=("r",))))


def _forward(graph: NetworkGraph, sample: int | None) -> list[Block]:
    layers, last = graph.network.layers, graph.network.last
    blocks = []
    for layer in range(1, last + 1):
        if graph.is_coupled(layer):
            blocks += [Block(layer, sample, layers[layer], tail_roles=(role,)) for role in ("z", "a")]
        else:
            blocks.append(Block(layer, sample, layers[layer], tail_roles=("z", "a")))
    if len(layers[last]) > 1:
        blocks.append(Block(last, sample, layers[last], tail_roles=("C",)))
    return [*blocks, Block(None, sample, ("",), tail_roles=("C",))]


def _backward(graph: NetworkGraph, layer: int, sample: int | None) -> list[Block]:
    layers, detail = graph.network.layers, graph.detail
    units, before = layers[layer], layers[layer - 1]
    coupled, short = graph.is_coupled(layer), graph.has_short_delta(layer)
    blocks = [_arriving(graph, layer, sample)] if not short else []
    if coupled and not short:
        blocks.append(Block(layer, sample, units, units, ("da/dz",)))
    elif not short and detail != "merged":
        blocks.append(Block(layer, sample, units, tail_roles=("da/dz",)))
    if coupled or detail == "delta":
        blocks.append(Block(layer, sample, units, tail_roles=("dC/dz",)))
    merged = detail == "merged" and not coupled
    biases = ("dC/db",) if _trains_biases(graph) else ()
    blocks.append(Block(layer, sample, units, before, ("da/dw" if merged else "dz/dw", "dC/dw"), biases))
    return blocks


def _arriving(graph: NetworkGraph, layer: int, sample: int | None) -> Block:
    """The steps that find ∂C/∂a for the units of a layer."""
    units = graph.network.layers[layer]
    if layer == graph.network.last:
        return Block(layer, sample, units, tail_roles=("dC/da",))
    following = graph.network.layers[layer + 1]
    merged = graph.detail == "merged" and not graph.is_coupled(layer + 1)
    local = "da/da" if merged else "dz/da"
    if len(following) > 1:
        return Block(layer, sample, units, following, (local, VIA), ("dC/da",))
    # One way onwards: merged detail writes it into the gradient's own chain, so it is no step of its own.
    return Block(layer, sample, units, following, (local,), () if merged else ("dC/da",))


def _parameters(graph: NetworkGraph, weight: str, bias: str) -> list[Block]:
    layers = graph.network.layers
    biases = (bias,) if _trains_biases(graph) else ()
    return [Block(layer, None, layers[layer], layers[layer - 1], (weight,), biases)
            for layer in range(graph.network.last, 0, -1)]


def _trains_biases(graph: NetworkGraph) -> bool:
    return graph.network.biases is not None and graph.network.train_biases
