"""Other numbers for an exercise: one parameter changed, or all of them after an update."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.finite import check_finite
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.network.model import Circuit, Network, Sample
from tui_backprop.tutor.numbers import Unread, read_number


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
    updates = [quantity for quantity in derivation.order if derivation.graph.kind(quantity) == "update"]
    return with_values(exercise, {name.replace("'", "", 1): derivation.values(name) for name in updates})


def changed_values(exercise: Exercise, original: Exercise) -> dict[str, float]:
    """The givens that differ from the original's, by id."""
    from tui_backprop.tutor.plan import givens_of

    now, before = Derivation(exercise.task), Derivation(original.task)
    names = [name for name, _ in givens_of(now)]
    return {name: now.graph.given(name) for name in names if now.graph.given(name) != before.graph.given(name)}


def with_values(exercise: Exercise, numbers: Mapping[str, float]) -> Exercise:
    """The exercise with these givens replaced. ValueError, with one sentence, for what can't be."""
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
    if not isinstance(graph, NetworkGraph):
        raise TypeError("neither a network nor a circuit")
    network = graph.network
    layers = network.layers

    def value(ref: Ref, old: float) -> float:
        return numbers.get(str(ref), old)

    def number_of(sample: int) -> int | None:
        return sample + 1 if graph.batch > 1 else None

    samples = tuple(
        Sample(
            tuple(value(Ref("a", 0, (unit,), number_of(n)), old)
                  for unit, old in zip(layers[0], sample.inputs, strict=True)),
            tuple(value(Ref("y", network.last, (unit,), number_of(n)), old)
                  for unit, old in zip(layers[-1], sample.targets, strict=True)),
        )
        for n, sample in enumerate(network.samples)
    )
    weights = tuple(
        tuple(tuple(value(Ref("w", n + 1, (source, target)), old)
                    for target, old in zip(layers[n + 1], row, strict=True))
              for source, row in zip(layers[n], matrix, strict=True))
        for n, matrix in enumerate(network.weights)
    )
    biases = None if network.biases is None else tuple(
        tuple(value(Ref("b", n + 1, (unit,)), old) for unit, old in zip(layers[n + 1], row, strict=True))
        for n, row in enumerate(network.biases)
    )
    rate = numbers.get("r", network.learning_rate)
    return replace(network, samples=samples, weights=weights, biases=biases, learning_rate=rate)
