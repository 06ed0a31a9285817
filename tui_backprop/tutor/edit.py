"""Other numbers for an exercise: one parameter changed, or all of them after an update."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.derivation import is_large
from tui_backprop.derivation.finite import check_finite
from tui_backprop.derivation.ids import Ref, before_update
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.network.model import Circuit, Network, Sample
from tui_backprop.tutor.numbers import Unread, read_number
from tui_backprop.tutor.plan import results_of


def read_parameter(text: str) -> float:
    """The number typed for a parameter. ValueError, with one sentence, for what is none."""
    reading = read_number(text)
    if isinstance(reading, Unread):
        raise ValueError(reading.message)
    return reading.value


def edited(exercise: Exercise, quantity: str, text: str) -> Exercise:
    """The exercise with one given (an id such as ``w 1:i->j``) set to the number typed.

    ValueError, with one sentence, for what is no number, or leads to values that are not finite.
    """
    return with_values(exercise, {quantity: read_parameter(text)})


def again(exercise: Exercise) -> Exercise:
    """The exercise with its updated parameters: the next round."""
    derivation = Derivation(exercise.task, exercise.detail)
    if isinstance(exercise.task, Network) and is_large(exercise.task) and isinstance(derivation.graph, NetworkGraph):
        return replace(exercise, task=_updated_at_once(derivation.graph))
    updates = [quantity for quantity in results_of(derivation) if quantity != "C'"]
    return with_values(exercise, {before_update(name): derivation.values(name) for name in updates})


def _updated_at_once(graph: NetworkGraph) -> Network:
    """A large network after its update, layer by layer. ValueError where a value that follows is not finite."""
    from tui_backprop.derivation.blocks import BlockValues

    values, layers = BlockValues(graph), range(1, len(graph.network.layers))
    weights = tuple(tuple(map(tuple, values.block("w'", layer).array.tolist())) for layer in layers)
    biases = graph.network.biases
    if biases is not None:
        biases = tuple(tuple(values.block("b'", layer).array.tolist()) for layer in layers)
    network = replace(graph.network, weights=weights, biases=biases)
    check_finite(network)
    return network


def changed_values(exercise: Exercise, original: Exercise) -> dict[str, float]:
    """The givens that differ from the original's, by id."""
    now, before = exercise.task, original.task
    if now is before:
        return {}
    if isinstance(now, Circuit) and isinstance(before, Circuit):
        graph = CircuitGraph(now)
        pairs = zip(now.inputs, before.inputs, strict=True)
        found = {name: value for (name, value), (_, old) in pairs if value != old}
        rates = ((graph.rate, now.learning_rate, before.learning_rate),)
    elif isinstance(now, Network) and isinstance(before, Network):
        found = dict(_differences(now, before))
        rates = (("r", now.learning_rate, before.learning_rate),)
    else:
        raise TypeError("a network has become a circuit, or a circuit a network")
    return found | {name: rate for name, rate, old in rates if rate is not None and rate != old}


def _differences(now: Network, before: Network) -> Iterator[tuple[str, float]]:
    """The inputs, weights, biases and targets that differ. Rows that are alike are not looked into."""
    layers = now.layers
    for n, (sample, old) in enumerate(zip(now.samples, before.samples, strict=True)):
        number = n + 1 if len(now.samples) > 1 else None
        for role, layer, row, old_row in (("a", 0, sample.inputs, old.inputs),
                                          ("y", now.last, sample.targets, old.targets)):
            yield from ((str(Ref(role, layer, (layers[layer][unit],), number)), value)
                        for unit, value in _changed_in(row, old_row))
    for n, (matrix, old_matrix) in enumerate(zip(now.weights, before.weights, strict=True)):
        for source, row, old_row in zip(layers[n], matrix, old_matrix, strict=True):
            yield from ((str(Ref("w", n + 1, (source, layers[n + 1][unit]))), value)
                        for unit, value in _changed_in(row, old_row))
    for n, (row, old_row) in enumerate(zip(now.biases or (), before.biases or (), strict=True)):
        yield from ((str(Ref("b", n + 1, (layers[n + 1][unit],))), value) for unit, value in _changed_in(row, old_row))


def _changed_in(row: Sequence[float], old: Sequence[float]) -> Iterator[tuple[int, float]]:
    if row is not old and row != old:
        yield from ((n, value) for n, (value, before) in enumerate(zip(row, old, strict=True)) if value != before)


def with_values(exercise: Exercise, numbers: Mapping[str, float]) -> Exercise:
    """The exercise with these givens replaced. ValueError, with one sentence, for what can't be."""
    if not numbers:
        return exercise
    graph = Derivation(exercise.task).graph
    for quantity, value in numbers.items():
        if not math.isfinite(value):
            raise ValueError("a parameter must be a finite number")
        if quantity in ("r", "learning rate") and value <= 0:
            raise ValueError("the learning rate must be above 0")
        graph.given(quantity)
    task = _circuit(graph, numbers) if isinstance(graph, CircuitGraph) else _network(graph, numbers)
    check_finite(task)
    return replace(exercise, task=task)


def _circuit(graph: CircuitGraph, numbers: Mapping[str, float]) -> Circuit:
    circuit = graph.circuit
    inputs = tuple((name, numbers.get(name, value)) for name, value in circuit.inputs)
    return replace(circuit, inputs=inputs, learning_rate=numbers.get(graph.rate, circuit.learning_rate))


def _network(graph: object, numbers: Mapping[str, float]) -> Network:
    """The network with these givens; rows that none of them is in stay the very same."""
    if not isinstance(graph, NetworkGraph):
        raise TypeError("neither a network nor a circuit")
    network = graph.network
    inputs = {n: list(sample.inputs) for n, sample in enumerate(network.samples)}
    targets = {n: list(sample.targets) for n, sample in enumerate(network.samples)}
    weights: dict[tuple[int, int], list[float]] = {}
    biases: dict[int, list[float]] = {}
    rate = network.learning_rate
    for quantity, value in numbers.items():
        ref = graph.ref(quantity)
        sample = (ref.sample or 1) - 1
        match ref.role, ref.layer, ref.units:
            case "r", _, _:
                rate = value
            case "a", 0, (unit,):
                inputs[sample][graph.unit(0, unit)] = value
            case "y", int(layer), (unit,):
                targets[sample][graph.unit(layer, unit)] = value
            case "w", int(layer), (source, target):
                place = layer - 1, graph.unit(layer - 1, source)
                row = weights.setdefault(place, list(network.weights[place[0]][place[1]]))
                row[graph.unit(layer, target)] = value
            case "b", int(layer), (unit,) if network.biases is not None:
                bias = biases.setdefault(layer - 1, list(network.biases[layer - 1]))
                bias[graph.unit(layer, unit)] = value
    return replace(
        network, learning_rate=rate,
        samples=tuple(Sample(tuple(inputs[n]), tuple(targets[n])) for n in range(graph.batch)),
        weights=tuple(tuple(tuple(weights.get((n, i), row)) for i, row in enumerate(matrix))
                      for n, matrix in enumerate(network.weights)),
        biases=network.biases and tuple(tuple(biases.get(n, row)) for n, row in enumerate(network.biases)))
