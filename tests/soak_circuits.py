"""Random circuits for the soak of mistakes, and their numbers, worked out without any of the tutor's code."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate

Slope = Callable[..., float]


@dataclass(frozen=True)
class Kind:
    """A kind of gate: how it is written, its value, and its slope by each of its inputs, all of the inputs' values."""

    text: str
    value: Callable[..., float]
    slopes: Sequence[Slope]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _one(*_values: float) -> float:
    return 1.0


def _minus_one(*_values: float) -> float:
    return -1.0


KINDS: Mapping[str, Kind] = {
    "sum": Kind("{0} + {1}", lambda x, y: x + y, (_one, _one)),
    "difference": Kind("{0} - {1}", lambda x, y: x - y, (_one, _minus_one)),
    "product": Kind("{0} * {1}", lambda x, y: x * y, (lambda *both: both[1], lambda *both: both[0])),
    "max": Kind("max({0}, {1})", max, (lambda x, y: float(x > y), lambda x, y: float(y > x))),
    "min": Kind("min({0}, {1})", min, (lambda x, y: float(x < y), lambda x, y: float(y < x))),
    "square": Kind("{0} ^ 2", lambda x: x * x, (lambda x: 2 * x,)),
    "exp": Kind("exp({0})", math.exp, (math.exp,)),
    "sigmoid": Kind("sigmoid({0})", _sigmoid, (lambda x: _sigmoid(x) * (1 - _sigmoid(x)),)),
    "tanh": Kind("tanh({0})", math.tanh, (lambda x: 1 - math.tanh(x) ** 2,)),
    "relu": Kind("relu({0})", lambda x: max(x, 0.0), (lambda x: float(x > 0),)),
}
PAIRS = ("sum", "sum", "difference", "product", "product", "product", "max", "min")
FUNCTIONS = ("square", "exp", "sigmoid", "tanh", "relu")


class Board:
    """A circuit's gates by name, in order: kind and inputs; and every number of it."""

    def __init__(self, inputs: Mapping[str, float], gates: Mapping[str, tuple[str, tuple[str, ...]]], rate: float):
        self.inputs, self.gates, self.rate = dict(inputs), dict(gates), rate
        self.output = list(gates)[-1]
        self.values = self.forward({})
        self.uses = {name: [gate for gate, (_, sources) in self.gates.items() if name in sources]
                     for name in (*inputs, *gates)}
        self.slopes = {(gate, name): self.slope(gate, place) for gate, (_, sources) in self.gates.items()
                       for place, name in enumerate(sources)}
        self.gradients = self.backward(self.slopes)

    def forward(self, instead: Mapping[str, float]) -> dict[str, float]:
        """Every value, with some gates giving other numbers."""
        values = dict(self.inputs)
        for name, (kind, sources) in self.gates.items():
            values[name] = instead[name] if name in instead else KINDS[kind].value(*(values[s] for s in sources))
        return values

    def slope(self, gate: str, place: int) -> float:
        kind, sources = self.gates[gate]
        return float(KINDS[kind].slopes[place](*(self.values[s] for s in sources)))

    def backward(self, slopes: Mapping[tuple[str, str], float]) -> dict[str, float]:
        """The output's gradient by every name."""
        gradients = {self.output: 1.0}
        for name in [*self.inputs, *self.gates][-2::-1]:
            gradients[name] = sum(gradients[gate] * slopes[gate, name] for gate in self.uses[name])
        return gradients

    def circuit(self) -> Circuit:
        names = {name: name for name in (*self.inputs, *self.gates)}
        return Circuit(tuple(self.inputs.items()), tuple(
            Gate(name, parse(KINDS[kind].text.format(*sources), names))
            for name, (kind, sources) in self.gates.items()), self.rate)


def random_board(rng: np.random.Generator) -> Board:
    """Two to four inputs of two decimals, three to seven gates, each name used, and no value far out."""
    while True:
        names = list("xyzw"[:int(rng.integers(2, 5))])
        inputs = {name: float(np.round(rng.uniform(0.3, 2.4) * rng.choice([-1, 1, 1]), 2)) for name in names}
        gates: dict[str, tuple[str, tuple[str, ...]]] = {}
        unused = list(names)
        for name in "abcdfgh"[:int(rng.integers(2, 6))]:
            _add(rng, name, names, unused, gates)
        for name in "pqstuv":
            if len(unused) > 1:
                gates[name] = (str(rng.choice(["sum", "product", "difference"])), (unused.pop(0), unused.pop(0)))
                unused.append(name)
        if len(unused) > 1 or list(gates)[-1] != unused[0]:
            continue
        try:
            board = Board(inputs, gates, float(rng.choice([0.01, 0.05, 0.1])))
        except OverflowError:
            continue
        ties = any(kind in ("max", "min") and len({board.values[name] for name in sources}) == 1
                   for kind, sources in gates.values())
        if not ties and all(0.01 < abs(value) < 60 or value == 0 for value in board.values.values()):
            return board


def _add(rng: np.random.Generator, name: str, names: list[str], unused: list[str], gates: dict[str, Any]) -> None:
    """One gate more, mostly of what is not used yet."""
    kind = str(rng.choice(PAIRS if rng.integers(3) else FUNCTIONS))
    first = str(rng.choice(unused))
    others = [other for other in names if other != first]
    sources = (first,) if len(KINDS[kind].slopes) == 1 else (first, str(rng.choice(others)))
    gates[name] = (kind, sources)
    names.append(name)
    unused[:] = [*(other for other in unused if other not in sources), name]
