"""The parts of an exercise file as text, every digit kept; :mod:`tui_backprop.course.read` gives the same again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from tui_backprop.course.exercise import Ask
from tui_backprop.course.read import FORMAT
from tui_backprop.maths.precision import Precision
from tui_backprop.network.model import Matrix, Network

MOST_EDGES = 60
"""Up to this many weights each is written by its edge, as a person would; more are written as matrices."""

_LINE = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


class FileHeading(Protocol):
    """What a file holds besides its network or circuit."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def ask(self) -> Ask: ...
    @property
    def precision(self) -> Precision: ...


def document(heading: FileHeading, body: Iterable[str]) -> str:
    """The whole text of a file, from its heading and the lines of its network or circuit."""
    lines = [f"format = {FORMAT}", f"title = {_text(heading.title)}"]
    if heading.summary:
        lines.append(f"summary = {_text(heading.summary)}")
    lines += ["", *body]
    ask = heading.ask
    if ask.parameters is not None or ask.kinds is not None:
        lines += ["", "[ask]"]
        if ask.parameters is not None:
            lines.append(f"weights = {_list(map(_text, ask.parameters))}")
        if ask.kinds is not None:
            lines.append(f"steps = {_list(map(_text, ask.kinds))}")
    lines += ["", "[answers]", f"{heading.precision.places} = {heading.precision.amount}", ""]
    return "\n".join(lines)


def network_lines(network: Network, detail: str) -> Iterator[str]:
    """The lines of ``[network]`` and ``[[samples]]``."""
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


def circuit_lines(
    inputs: Iterable[tuple[str, float]], gates: Iterable[str], learning_rate: float | None
) -> Iterator[str]:
    """The lines of ``[circuit]``; a gate is a text such as ``q = x + y``."""
    yield "[circuit]"
    yield f"inputs = {{ {', '.join(f'{name} = {value!r}' for name, value in inputs)} }}"
    yield "gates = ["
    yield from (f"  {_text(gate)}," for gate in gates)
    yield "]"
    if learning_rate is not None:
        yield f"learning_rate = {learning_rate!r}"


def _edges(matrix: Matrix, sources: Sequence[str], units: Sequence[str]) -> str:
    return "{ " + ", ".join(
        f'"{source}->{unit}" = {weight!r}'
        for source, row in zip(sources, matrix, strict=True) for unit, weight in zip(units, row, strict=True)) + " }"


def _per_unit(values: Sequence[float], units: Sequence[str]) -> str:
    """Values by the units' names where that fits a line, else as a list."""
    named = "{ " + ", ".join(f"{unit} = {value!r}" for unit, value in zip(units, values, strict=True)) + " }"
    return named if len(named) <= _LINE else _numbers(values)


def _numbers(values: Iterable[float]) -> str:
    return _list(map(repr, values))


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _text(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'
