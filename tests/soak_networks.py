"""Random networks for the soak of mistakes, and all their numbers in NumPy, worked out in any way a learner has.

A way is the formulas that a learner goes by; ``Way()`` has the right ones. A mistake is a way with one of them
replaced, and the sheet that follows from it shows the wrong number at every step, carried on as far as it goes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import numpy as np

from tui_backprop.network.model import Network, Sample

Array = Any
"""A NumPy array of floats."""

HIDDEN = ("identity", "relu", "leaky_relu", "sigmoid", "tanh", "softplus")
OUTPUTS = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}
COSTS = ("squared_error", "half_squared_error", "mean_squared_error", *OUTPUTS)


def random_network(rng: np.random.Generator) -> Network:
    """A network as an exercise might have it: numbers of two decimals, none of them 0, units lettered or counted."""

    def numbers(count: int, most: float) -> tuple[float, ...]:
        return tuple(float(n) for n in np.round(rng.uniform(0.1, most, count) * rng.choice([-1, 1], count), 2))

    sizes = [int(n) for n in rng.integers(1, 5, int(rng.integers(2, 5)))]
    cost = str(rng.choice(COSTS))
    last = OUTPUTS.get(cost) or str(rng.choice([*HIDDEN, "softmax"]))
    if last == "softmax":
        sizes[-1] = max(2, sizes[-1])  # of one output alone it is 1, whatever is before it
    letters = "abcd" if rng.integers(2) else ("",) * 4
    layers = tuple(tuple(f"{letters[at]}{unit + 1}" for unit in range(size)) for at, size in enumerate(sizes))
    biased = bool(rng.integers(2))
    targets = [tuple(float(n) for n in np.eye(sizes[-1])[rng.integers(sizes[-1])]) if cost in OUTPUTS
               else numbers(sizes[-1], 1.0) for _ in range(int(rng.integers(1, 4)))]
    return Network(
        layers=layers, activations=(*(str(rng.choice(HIDDEN)) for _ in sizes[1:-1]), last), cost=cost,
        learning_rate=float(rng.choice([0.05, 0.1, 0.5])),
        weights=tuple(tuple(numbers(after, 1.2) for _ in range(before))
                      for before, after in pairwise(sizes)),
        biases=tuple(numbers(size, 0.8) for size in sizes[1:]) if biased else None,
        samples=tuple(Sample(numbers(sizes[0], 1.5), target) for target in targets))


def activated(name: str, z: Array) -> Array:
    match name:
        case "relu":
            return np.maximum(z, 0)
        case "leaky_relu":
            return np.where(z > 0, z, z / 100)
        case "sigmoid":
            return 1 / (1 + np.exp(-z))
        case "tanh":
            return np.tanh(z)
        case "softplus":
            return np.log(1 + np.exp(z))
        case "softmax":
            return np.exp(z) / np.exp(z).sum()
    return z


def jacobian(name: str, z: Array) -> Array:
    """∂a_i/∂z_j, by the derivative of each function as textbooks define it."""
    match name:
        case "relu":
            return np.diag(np.where(z > 0, 1.0, 0.0))
        case "leaky_relu":
            return np.diag(np.where(z > 0, 1.0, 0.01))
        case "sigmoid":
            return np.diag(np.exp(-z) / (1 + np.exp(-z)) ** 2)
        case "tanh":
            return np.diag(1 / np.cosh(z) ** 2)
        case "softplus":
            return np.diag(1 / (1 + np.exp(-z)))
        case "softmax":
            share = np.exp(z) / np.exp(z).sum()
            return np.diag(share) - np.outer(share, share)
    return np.eye(len(z))


def from_activation(name: str, a: Array) -> Array:
    """The derivative written with a, as sheets have it, whatever is then put for a (rounded values, say)."""
    match name:
        case "sigmoid":
            return np.diag(a * (1 - a))
        case "tanh":
            return np.diag(1 - a * a)
        case "softmax":
            return np.diag(a) - np.outer(a, a)
    raise ValueError(name)


def cost_parts(cost: str, a: Array, y: Array) -> Array:
    match cost:
        case "squared_error":
            return (a - y) ** 2
        case "half_squared_error":
            return (a - y) ** 2 / 2
        case "mean_squared_error":
            return (a - y) ** 2 / len(a)
        case "binary_cross_entropy":
            return np.where(y > 0, -y * np.log(a), 0.0) - np.where(y < 1, (1 - y) * np.log(1 - a), 0.0)
    return np.where(y > 0, -y * np.log(a), 0.0)


def cost_slope(cost: str, a: Array, y: Array) -> Array:
    match cost:
        case "squared_error":
            return 2 * a - 2 * y
        case "half_squared_error":
            return a - y
        case "mean_squared_error":
            return (2 * a - 2 * y) / len(a)
        case "binary_cross_entropy":
            return (1 - y) / (1 - a) - y / a
    return -y / a


Formula = Callable[["Run", int], Array]
"""What a layer's values follow from: those of the run so far, and the layer's number."""


def delta(run: Run, at: int) -> Array:
    """∂C/∂z: in delta detail an output with its cost's own activation has a − y, without factors."""
    return run.a[at] - run.targets if run.short(at) else run.back[at] @ run.slopes[at]


@dataclass(frozen=True)
class Way:
    """The formulas a learner goes by. ``inward`` is ∂z/∂w and ``outward`` ∂z/∂a, both by [source, unit]."""

    pre_activation: Formula = lambda run, at: run.a[at - 1] @ run.weights[at - 1] + run.biases[at - 1]
    activation: Formula = lambda run, at: activated(run.names[at], run.z[at])
    parts: Formula = lambda run, at: cost_parts(run.network.cost, run.a[at], run.targets)
    cost_slope: Formula = lambda run, at: cost_slope(run.network.cost, run.a[at], run.targets)
    slope: Formula = lambda run, at: jacobian(run.names[at], run.z[at])
    inward: Formula = lambda run, at: np.repeat(run.a[at - 1][:, None], len(run.z[at]), axis=1)
    outward: Formula = lambda run, at: run.weights[at - 1]
    delta: Formula = delta
    gather: Formula = lambda run, at: run.via[at].sum(axis=1)
    mean: Callable[[Array], Array] = lambda of_samples: of_samples.mean(axis=0)
    update: Callable[[Array, float, Array], Array] = lambda old, rate, gradient: old - rate * gradient
    digits: int | None = None


class Run:
    """One sample sent through and back. Lists are by layer; ``back`` and ``delta`` are ∂C/∂a and ∂C/∂z.

    ``steps`` are the ids that the exercise asks for: only at those does a learner write a number down, and round it.
    """

    network: Network
    names: tuple[str, ...]
    weights: list[Array]
    biases: list[Array]
    targets: Array
    z: list[Array]
    a: list[Array]
    back: list[Array]
    delta: list[Array]
    via: list[Array]
    slopes: list[Array]
    inward: list[Array]
    outward: list[Array]
    by_weight: list[Array]
    by_bias: list[Array]

    def __init__(self, sheet: Sheet, place: int, way: Way, weights: list[Array], biases: list[Array]) -> None:
        self.sheet, self.network, self.way = sheet, sheet.network, way
        self.weights, self.biases = weights, biases
        sample = self.network.samples[place]
        self.prefix = f"#{place + 1} " if len(self.network.samples) > 1 else ""
        self.names = ("", *self.network.activations)
        self.targets, self.last = np.array(sample.targets), len(self.names) - 1
        self.values: dict[str, float] = {}
        self.a, self.z = [np.array(sample.inputs)], [np.zeros(0)]
        for at in range(1, len(self.names)):
            self.z.append(self.noted("z", at, way.pre_activation(self, at)))
            self.a.append(self.noted("a", at, way.activation(self, at)))
        self.parts = self.noted("C", self.last, way.parts(self, self.last))
        self.cost = float(self.parts.sum())

    def backward(self) -> None:
        empty = [np.zeros(0)] * len(self.names)
        self.back, self.delta, self.via, self.slopes = empty[:], empty[:], empty[:], empty[:]
        self.inward, self.outward, self.by_weight, self.by_bias = empty[:], empty[:], empty[:], empty[:]
        for at in range(self.last, 0, -1):
            arriving = self.way.cost_slope(self, at) if at == self.last else self.way.gather(self, at)
            self.back[at] = self.noted("dC/da", at, arriving)
            self.slopes[at] = self.noted("da/dz", at, self.way.slope(self, at))
            self.delta[at] = self.noted("dC/dz", at, self.way.delta(self, at))
            self.by_bias[at] = self.noted("dC/db", at, self.delta[at])
            self._edges(at)

    def short(self, at: int) -> bool:
        return self.sheet.detail == "delta" and at == self.last and self.network.cost in OUTPUTS

    def _edges(self, at: int) -> None:
        merged = self.sheet.detail == "merged" and self.names[at] != "softmax"
        slope, onwards = np.diag(self.slopes[at]), self.back[at] if merged else self.delta[at]
        for role, slot, factor in (("dw", self.inward, self.way.inward), ("da", self.outward, self.way.outward)):
            slot[at] = factor(self, at)
            self.noted(f"dz/{role}", at, slot[at])
            if merged:
                slot[at] = self.noted(f"da/{role}", at, slot[at] * slope)
        self.by_weight[at] = self.noted("dC/dw", at, self.inward[at] * onwards)
        if at > 1:
            self.via[at - 1] = self.noted("via", at, self.outward[at] * onwards)

    def noted(self, role: str, at: int, values: Array) -> Array:
        """The values, written down by id; and as they are carried on. (∂z/∂w and ∂z/∂a only copy numbers.)"""
        kept = np.array(values, dtype=float)
        names = ids_of(self.network.layers, self.prefix, role, at, coupled=self.names[at] == "softmax")
        self.values.update((name, float(kept[position])) for position, name in names)
        if self.way.digits is not None and not role.startswith("dz/"):
            for position, name in names:
                kept[position] = self.sheet.carried(name, float(kept[position]))
        return kept


@lru_cache(maxsize=2000)
def ids_of(layers: tuple[tuple[str, ...], ...], prefix: str, role: str, at: int, *,
           coupled: bool) -> Sequence[tuple[tuple[int, ...], str]]:
    """The ids of a role in one layer, each with its place in the array. ``coupled``: of a softmax layer."""
    units = layers[at]
    if role == "da/dz":
        return [((i, k), f"{prefix}{role} {at}:{of},{unit}" if coupled else f"{prefix}{role} {at}:{of}")
                for (i, of), (k, unit) in product(enumerate(units), enumerate(units)) if coupled or i == k]
    if role in ("via", "dz/dw", "dz/da", "da/dw", "da/da", "dC/dw"):
        edges = list(product(enumerate(layers[at - 1]), enumerate(units)))
        if role == "via":
            return [((m, n), f"{prefix}dC/da {at - 1}:{source} via {at}:{unit}") for (m, source), (n, unit) in edges]
        return [((m, n), f"{prefix}{role} {at}:{source}->{unit}") for (m, source), (n, unit) in edges]
    return [((n,), f"{prefix}{role} {at}:{unit}") for n, unit in enumerate(units)]


@dataclass
class Sheet:
    """Every number of a network by its id, as one way leads to it.

    ``afterwards`` is the way of the second pass forward, to C′, where it is another.
    """

    network: Network
    detail: str
    steps: Collection[str]
    way: Way = field(default_factory=Way)
    afterwards: Way | None = None

    def __post_init__(self) -> None:
        self.weights = [np.array(matrix) for matrix in self.network.weights]
        sizes = [len(layer) for layer in self.network.layers[1:]]
        self.biases = [np.array(b) for b in self.network.biases or [np.zeros(size) for size in sizes]]
        self.runs = [Run(self, place, self.way, self.weights, self.biases)
                     for place in range(len(self.network.samples))]
        self.values: dict[str, float] = {}
        for run in self.runs:
            run.backward()
            self.values |= run.values | {f"{run.prefix}C": run.cost}
        if len(self.runs) > 1:
            costs = np.array([self.carried(f"{run.prefix}C", run.cost) for run in self.runs])
            self.values["C"] = float(self.way.mean(costs))
        self._update()
        again = [Run(self, place, self.afterwards or self.way, self.new_weights, self.new_biases)
                 for place in range(len(self.runs))]
        self.values["C'"] = float(np.mean([run.cost for run in again]))

    def carried(self, name: str, value: float) -> float:
        """The value as it is worked on with: rounded, where this learner rounds what the exercise asks for."""
        if self.way.digits is None or name not in self.steps or not math.isfinite(value):
            return value
        return float(f"{value:.{self.way.digits - 1}e}")

    def _update(self) -> None:
        self.by_weight, self.by_bias = self._means("by_weight"), self._means("by_bias")
        self.new_weights = [self._updated(self.weights[at - 1], self.by_weight[at], at, "w")
                            for at in range(1, len(self.network.layers))]
        self.new_biases = [self._updated(self.biases[at - 1], self.by_bias[at], at, "b") if self.network.biases
                           else self.biases[at - 1] for at in range(1, len(self.network.layers))]

    def _updated(self, old: Array, mean: Array, at: int, role: str) -> Array:
        names = [(position, self._edge(position, at)) for position in np.ndindex(old.shape)]
        if len(self.runs) > 1:
            for position, edge in names:
                name = f"dC/d{role} {edge}"
                self.values[name] = float(mean[position])
                mean[position] = self.carried(name, float(mean[position]))
        new = self.way.update(old, self.network.learning_rate, mean)
        self.values |= {f"{role}' {edge}": float(new[position]) for position, edge in names}
        return new

    def _edge(self, position: tuple[int, ...], at: int) -> str:
        layers = self.network.layers
        if len(position) == 1:
            return f"{at}:{layers[at][position[0]]}"
        return f"{at}:{layers[at - 1][position[0]]}->{layers[at][position[1]]}"

    def _means(self, of: str) -> list[Array]:
        stacked = (np.stack([getattr(run, of)[at] for run in self.runs]) for at in range(len(self.network.layers)))
        return [self.way.mean(values) for values in stacked]
