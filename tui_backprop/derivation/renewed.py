"""A network or circuit with other numbers in it, and the numbers in which two of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui_backprop.dataclass import replace
from tui_backprop.derivation.graph import UnknownIdError
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.roles import ACTIVATION, BIAS, RATE, ROLES, TARGET, WEIGHT
from tui_backprop.network.model import Circuit, Network, Sample

if TYPE_CHECKING:
    from tui_backprop.derivation.network_graph import NetworkGraph


def network_with(graph: NetworkGraph, numbers: Mapping[str, float]) -> Network:
    """The network with these numbers for its givens; rows without a change stay the same objects."""
    network = graph.network
    inputs = {n: list(sample.inputs) for n, sample in enumerate(network.samples)}
    targets = {n: list(sample.targets) for n, sample in enumerate(network.samples)}
    weights: dict[tuple[int, int], list[float]] = {}
    biases: dict[int, list[float]] = {}
    rate = network.learning_rate
    for quantity, value in numbers.items():
        ref = graph.ref(quantity)
        sample = (ref.sample or 1) - 1
        match ROLES[ref.role].word, ref.layer, ref.units:
            case "rate", _, _:
                rate = value
            case "input", 0, (unit,):
                inputs[sample][graph.unit(0, unit)] = value
            case "target", int(layer), (unit,):
                targets[sample][graph.unit(layer, unit)] = value
            case "weight", int(layer), (source, target):
                place = layer - 1, graph.unit(layer - 1, source)
                row = weights.setdefault(place, list(network.weights[place[0]][place[1]]))
                row[graph.unit(layer, target)] = value
            case "bias", int(layer), (unit,) if network.biases is not None:
                bias = biases.setdefault(layer - 1, list(network.biases[layer - 1]))
                bias[graph.unit(layer, unit)] = value
            case _:
                raise UnknownIdError(quantity)
    return replace(
        network, learning_rate=rate,
        samples=tuple(Sample(tuple(inputs[n]), tuple(targets[n])) for n in range(graph.batch)),
        weights=tuple(tuple(tuple(weights.get((n, i), row)) for i, row in enumerate(matrix))
                      for n, matrix in enumerate(network.weights)),
        biases=network.biases and tuple(tuple(biases.get(n, row)) for n, row in enumerate(network.biases)))


def network_differences(now: Network, before: Network) -> Iterator[tuple[str, float]]:
    """The inputs, weights, biases, targets and the rate that differ, with their numbers now.

    Rows that are equal are not looked into.
    """
    layers = now.layers
    for n, (sample, old) in enumerate(zip(now.samples, before.samples, strict=True)):
        number = n + 1 if len(now.samples) > 1 else None
        for role, layer, row, old_row in ((ACTIVATION, 0, sample.inputs, old.inputs),
                                          (TARGET, now.last, sample.targets, old.targets)):
            yield from ((str(Ref(role, layer, (layers[layer][unit],), number)), value)
                        for unit, value in _find_changes(row, old_row))
    for n, (matrix, old_matrix) in enumerate(zip(now.weights, before.weights, strict=True)):
        for source, row, old_row in zip(layers[n], matrix, old_matrix, strict=True):
            yield from ((str(Ref(WEIGHT, n + 1, (source, layers[n + 1][unit]))), value)
                        for unit, value in _find_changes(row, old_row))
    for n, (row, old_row) in enumerate(zip(now.biases or (), before.biases or (), strict=True)):
        yield from ((str(Ref(BIAS, n + 1, (layers[n + 1][unit],))), value)
                    for unit, value in _find_changes(row, old_row))
    if now.learning_rate != before.learning_rate:
        yield RATE, now.learning_rate


def _find_changes(row: Sequence[float], old: Sequence[float]) -> Iterator[tuple[int, float]]:
    if row is not old and row != old:
        yield from ((n, value) for n, (value, before) in enumerate(zip(row, old, strict=True)) if value != before)


def circuit_differences(now: Circuit, before: Circuit, rate: str) -> Iterator[tuple[str, float]]:
    """The inputs that differ, and the rate, with their numbers now."""
    for (name, value), (_, old) in zip(now.inputs, before.inputs, strict=True):
        if value != old:
            yield name, value
    if now.learning_rate is not None and now.learning_rate != before.learning_rate:
        yield rate, now.learning_rate
