"""Networks and circuits written straight down over autograd's NumPy, sharing no formula with the program.

Functions are written from their textbook definitions; every derivative is autograd's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import inf
from typing import Any

import autograd.numpy as np
from autograd import grad

from tui_backprop.network.model import Network

Array = Any
"""An array of autograd's NumPy: it carries no types."""
Parameters = tuple[list[Array], list[Array] | None]
"""Weights, one [from, to] matrix a layer, and biases."""

ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "identity": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "softplus": lambda z: np.logaddexp(0.0, z),
    "softmax": lambda z: np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z))),
}
COSTS: Mapping[str, Callable[[Array, Array], Array]] = {
    "squared_error": lambda a, y: np.sum((a - y) ** 2),
    "half_squared_error": lambda a, y: np.sum((a - y) ** 2) / 2,
    "mean_squared_error": lambda a, y: np.mean((a - y) ** 2),
    "binary_cross_entropy": lambda a, y: -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)),
    "cross_entropy": lambda a, y: -np.sum(np.where(y > 0, y * np.log(a), 0.0)),
}


@dataclass(frozen=True)
class Reference:
    """The worked network: what `solve --json` holds, by the same names."""

    network: Network

    @property
    def parameters(self) -> Parameters:
        biases = self.network.biases
        return ([np.array(matrix) for matrix in self.network.weights],
                None if biases is None else [np.array(layer) for layer in biases])

    def forward(self, parameters: Parameters, inputs: Sequence[float]) -> tuple[list[Array], list[Array]]:
        """Pre-activations of each layer after the input, and activations of each layer."""
        weights, biases = parameters
        before, activations = [], [np.array(inputs)]
        for place, name in enumerate(self.network.activations):
            z = np.dot(activations[-1], weights[place])
            before.append(z if biases is None else z + biases[place])
            activations.append(ACTIVATIONS[name](before[-1]))
        return before, activations

    def sample_cost(self, parameters: Parameters, place: int) -> Array:
        sample = self.network.samples[place]
        return COSTS[self.network.cost](self.forward(parameters, sample.inputs)[1][-1], np.array(sample.targets))

    def cost(self, parameters: Parameters) -> Array:
        """The mean of the samples' costs."""
        count = len(self.network.samples)
        return sum(self.sample_cost(parameters, place) for place in range(count)) / count

    def solution(self) -> dict[str, Any]:
        """Everything of the network's solution but its steps."""
        weights, biases = self.parameters
        weight_gradients = grad(lambda values: self.cost((values, biases)))(weights)
        bias_gradients = None if biases is None else grad(lambda values: self.cost((weights, values)))(biases)
        rate = self.network.learning_rate
        new_weights = [w - rate * g for w, g in zip(weights, weight_gradients, strict=True)]
        new_biases = biases
        if biases is not None and bias_gradients is not None and self.network.train_biases:
            new_biases = [b - rate * g for b, g in zip(biases, bias_gradients, strict=True)]
        samples = []
        for place, sample in enumerate(self.network.samples):
            before, activations = self.forward(self.parameters, sample.inputs)
            samples.append({"pre_activations": before, "activations": activations,
                            "cost": self.sample_cost(self.parameters, place)})
        return {
            "cost": self.cost(self.parameters), "updated_cost": self.cost((new_weights, new_biases)),
            "samples": samples,
            "gradients": {"weights": weight_gradients, "biases": bias_gradients},
            "updated": {"weights": new_weights, "biases": new_biases},
        }


CIRCUIT_FUNCTIONS: Mapping[str, Any] = {
    **{name: ACTIVATIONS[name] for name in ("relu", "leaky_relu", "sigmoid", "tanh", "softplus")},
    "exp": np.exp, "ln": np.log, "log": np.log, "sqrt": np.sqrt, "abs": np.abs, "sign": np.sign,
    "step": lambda x: np.where(x > 0, 1.0, 0.0), "max": lambda *xs: reduce(np.maximum, xs),
    "min": lambda *xs: reduce(np.minimum, xs), "pi": np.pi, "e": np.e, "__builtins__": {},
}


def circuit_solution(inputs: Mapping[str, float], gates: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Values, and gradients of the last gate by every input and gate. Python reads the gates' expressions."""
    names = [*inputs, *(name for name, _ in gates)]

    def values(shifts: Array) -> list[Array]:
        """Each name's value when that much is added to it."""
        known: dict[str, Array] = {}
        for place, (name, value) in enumerate(inputs.items()):
            known[name] = value + shifts[place]
        for place, (name, text) in enumerate(gates, len(inputs)):
            known[name] = eval(text.replace("^", "**"), dict(CIRCUIT_FUNCTIONS), known) + shifts[place]
        return [known[name] for name in names]

    unmoved = np.zeros(len(names))
    with np.errstate(all="ignore"):  # of gates that lead nowhere
        found = values(unmoved)
        gradients = grad(lambda shifts: values(shifts)[-1])(unmoved)
    return {
        "values": dict(zip(names, map(float, found), strict=True)),
        "gradients": dict(zip(names, map(float, gradients), strict=True)),
    }


def agree(ours: Any, theirs: Any, tolerance: float = 1e-10) -> list[str]:
    """Where two nested results differ by more than the tolerance, relative to the larger of value and 1."""
    # Written so that a NaN on either side is a difference.
    return [f"{place.strip()} is off by {off}" for place, off in differences(ours, theirs) if not off <= tolerance]


def differences(ours: Any, theirs: Any, at: str = "") -> Iterator[tuple[str, float]]:
    """Every number of ``theirs`` with how far ours is off, relative to the larger of value and 1; inf: not there."""
    if isinstance(theirs, dict):
        for name in theirs:
            yield from differences(ours[name], theirs[name], f"{at}{name} ") if name in ours else [(at + name, inf)]
    elif theirs is None or ours is None:
        yield at, 0.0 if ours is theirs else inf
    elif isinstance(theirs, list) or getattr(theirs, "ndim", 0) > 0:
        if len(ours) != len(theirs):
            yield at, inf
        for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            yield from differences(one, other, f"{at}[{place}]")
    else:
        yield at, abs(float(ours) - float(theirs)) / max(1.0, abs(float(theirs)))
