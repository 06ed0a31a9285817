"""An exercise as the text of an exercise file: what :mod:`tui_backprop.course.read` reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.read import FORMAT
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit, Matrix, Network

MOST_EDGES = 60
"""Up to so many weights each is written by its edge, as a person would; beyond, weights are matrices."""

_LINE = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write_exercise(exercise: Exercise) -> str:
    """The TOML text of an exercise. Numbers keep every digit. The name and the digest are not in it."""
    lines = [f"format = {FORMAT}", f"title = {_text(exercise.title)}"]
    if exercise.summary:
        lines.append(f"summary = {_text(exercise.summary)}")
    lines.append("")
    task = exercise.task
    lines += _circuit(task) if isinstance(task, Circuit) else _network(task, exercise.detail)
    if exercise.ask.parameters is not None or exercise.ask.kinds is not None:
        lines += ["", "[ask]"]
        if exercise.ask.parameters is not None:
            lines.append(f"weights = {_list(map(_text, exercise.ask.parameters))}")
        if exercise.ask.kinds is not None:
            lines.append(f"steps = {_list(map(_text, exercise.ask.kinds))}")
    lines += ["", "[answers]", f"significant_digits = {exercise.significant_digits}", ""]
    return "\n".join(lines)


def _network(network: Network, detail: str) -> Iterator[str]:
    sizes = [len(layer) for layer in network.layers]
    by_edge = sum(a * b for a, b in pairwise(sizes)) <= MOST_EDGES
    numbered = all(layer == tuple(map(str, range(1, len(layer) + 1))) for layer in network.layers)
    yield "[network]"
    yield f"layers = {_list(map(str, sizes)) if numbered else _list(_list(map(_text, u)) for u in network.layers)}"
    yield f"activation = {_list(map(_text, network.activations))}"
    yield f"cost = {_text(network.cost)}"
    yield f"learning_rate = {network.learning_rate!r}"
    yield "weights = ["
    for place, matrix in enumerate(network.weights):
        if by_edge:
            yield f"  {_edges(matrix, network.layers[place], network.layers[place + 1])},"
        else:
            yield "  ["
            yield from (f"    {_numbers(row)}," for row in matrix)
            yield "  ],"
    yield "]"
    if network.biases is not None:
        yield "biases = ["
        yield from (f"  {_per_unit(biases, units)}," for biases, units in
                    zip(network.biases, network.layers[1:], strict=True))
        yield "]"
    if not network.train_biases:
        yield "train_biases = false"
    yield f"detail = {_text(detail)}"
    for sample in network.samples:
        yield from ("", "[[samples]]")
        yield f"inputs = {_per_unit(sample.inputs, network.layers[0])}"
        yield f"targets = {_per_unit(sample.targets, network.layers[-1])}"


def _circuit(circuit: Circuit) -> Iterator[str]:
    inputs = ", ".join(f"{name} = {value!r}" for name, value in circuit.inputs)
    gates = [f"{gate.name} = {plain(gate.expression)}" for gate in circuit.gates]
    yield "[circuit]"
    yield f"inputs = {{ {inputs} }}"
    yield "gates = ["
    yield from (f"  {_text(gate)}," for gate in gates)
    yield "]"
    if circuit.learning_rate is not None:
        yield f"learning_rate = {circuit.learning_rate!r}"


def _edges(matrix: Matrix, sources: Sequence[str], units: Sequence[str]) -> str:
    return "{ " + ", ".join(
        f'"{source}->{unit}" = {weight!r}'
        for source, row in zip(sources, matrix, strict=True) for unit, weight in zip(units, row, strict=True)) + " }"


def _per_unit(values: Sequence[float], units: Sequence[str]) -> str:
    """By name where that fits a line, else as a list."""
    named = "{ " + ", ".join(f"{unit} = {value!r}" for unit, value in zip(units, values, strict=True)) + " }"
    return named if len(named) <= _LINE else _numbers(values)


def _numbers(values: Iterable[float]) -> str:
    return _list(map(repr, values))


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _text(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'
