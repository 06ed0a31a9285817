"""Networks, samples and circuits as plain data. Reading and checking files is :mod:`tui_backprop.course`'s work."""

from __future__ import annotations

from typing import Any

from tui_backprop.dataclass import dataclass, field
from tui_backprop.maths.expression import Expr

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: input activations, one per input unit, and targets, one per output unit."""

    inputs: tuple[float, ...]
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A fully connected feed-forward network with its parameters and the samples it is shown.

    ``layers`` holds unit names, input layer first. ``weights[n][i][j]`` is the weight from unit i of layer n to unit j
    of layer n + 1; ``biases[n][j]`` the bias of unit j of layer n + 1, None where the network has no biases.
    ``activations[n]`` belongs to layer n + 1. Layers are counted from 0, the input layer. ``arrays`` caches the same
    numbers as NumPy arrays, by role and layer; a copy with other numbers begins with none.
    """

    layers: tuple[tuple[str, ...], ...]
    activations: tuple[str, ...]
    cost: str
    learning_rate: float
    weights: tuple[Matrix, ...]
    biases: tuple[tuple[float, ...], ...] | None
    samples: tuple[Sample, ...]
    train_biases: bool = True
    arrays: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def last(self) -> int:
        """The output layer's number."""
        return len(self.layers) - 1

    @property
    def parameter_count(self) -> int:
        """Weights and biases together."""
        weights = sum(len(a) * len(b) for a, b in zip(self.layers, self.layers[1:], strict=False))
        return weights + (sum(map(len, self.biases)) if self.biases else 0)


@dataclass(frozen=True, slots=True)
class Gate:
    """A circuit's gate: a name and the expression, over earlier names, that gives its value."""

    name: str
    expression: Expr


@dataclass(frozen=True, slots=True)
class Circuit:
    """A scalar expression, gate by gate; the last gate is the output. Without a learning rate there are no updates."""

    inputs: tuple[tuple[str, float], ...]
    gates: tuple[Gate, ...]
    learning_rate: float | None = None

    @property
    def output(self) -> str:
        return self.gates[-1].name
