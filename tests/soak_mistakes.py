"""How many mistakes are named: random networks, and wrong values worked out here in NumPy, sharing no formula.

``python -m tests.soak_mistakes --networks 1000`` (several minutes; ``--seed`` for others) prints, for each mistake
and for all: how many wrong values were entered, what share was named rightly among others, what share first. A wrong
value is entered with 3 significant digits (an updated parameter with as many decimals as its rule asks for). It is
left out where it is right within the tolerance. Codes that give one number count as one. Also entered are right
values, rounded, and values worked out from inputs rounded to 3 digits; how many were accused is printed last.

Networks have 1 to 3 layers after the input, up to 4 units each, any activations, any cost, and 1 to 3 samples.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes import diagnose

Array = Any
"""A NumPy array of floats."""
Wrong = dict[str, list[tuple[str, float]]]
"""For each quantity's id the mistakes at it: code, and the number it leads to."""

HIDDEN = ("identity", "relu", "leaky_relu", "sigmoid", "tanh", "softplus")
OUTPUTS = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}
COSTS = ("squared_error", "half_squared_error", "mean_squared_error", *OUTPUTS)


def random_network(rng: np.random.Generator) -> Network:
    """A network as an exercise might have it: numbers of two decimals, none of them 0."""

    def numbers(count: int, most: float) -> tuple[float, ...]:
        return tuple(float(n) for n in np.round(rng.uniform(0.1, most, count) * rng.choice([-1, 1], count), 2))

    sizes = [int(n) for n in rng.integers(1, 5, int(rng.integers(2, 5)))]
    cost = str(rng.choice(COSTS))
    if cost == "cross_entropy":
        sizes[-1] = max(2, sizes[-1])
    last = OUTPUTS.get(cost) or str(rng.choice([*HIDDEN, "softmax"]))
    layers = tuple(tuple(f"{'abcd'[at]}{unit}" for unit in range(size)) for at, size in enumerate(sizes))
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


@dataclass
class Pass:
    """One sample sent through and back. Lists are by layer; ``back`` and ``delta`` are ∂C/∂a and ∂C/∂z."""

    network: Network
    sample: Sample
    weights: list[Array]
    z: list[Array] = field(init=False)
    a: list[Array] = field(init=False)
    slopes: list[Array] = field(init=False)
    back: list[Array] = field(init=False)
    delta: list[Array] = field(init=False)

    def __post_init__(self) -> None:
        self.a, self.z = [np.array(self.sample.inputs)], [np.zeros(0)]
        for at, name in enumerate(self.network.activations):
            bias = 0 if self.network.biases is None else np.array(self.network.biases[at])
            self.z.append(self.a[-1] @ np.array(self.network.weights[at]) + bias)
            self.a.append(activated(name, self.z[-1]))
        self.slopes = [np.zeros((0, 0)), *(jacobian(name, z) for name, z in
                                           zip(self.network.activations, self.z[1:], strict=True))]
        self.back, self.delta = [np.zeros(0)] * len(self.a), [np.zeros(0)] * len(self.a)
        arriving = cost_slope(self.network.cost, self.a[-1], np.array(self.sample.targets))
        for at in range(len(self.a) - 1, 0, -1):
            self.back[at] = arriving
            self.delta[at] = arriving @ self.slopes[at]
            arriving = self.weights[at - 1] @ self.delta[at]


@dataclass
class Slips:
    """The wrong values of one network, in one detail."""

    network: Network
    detail: Detail
    wrong: Wrong = field(default_factory=dict)

    def __post_init__(self) -> None:
        weights = [np.array(matrix) for matrix in self.network.weights]
        self.passes = [Pass(self.network, sample, weights) for sample in self.network.samples]
        count, rate = len(self.passes), self.network.learning_rate
        self.gradients: list[Array] = [
            np.mean([np.outer(run.a[at], run.delta[at + 1]) for run in self.passes], axis=0)
            for at in range(len(weights))]
        new = [w - rate * g for w, g in zip(weights, self.gradients, strict=True)]
        self.through_new = [Pass(self.network, sample, new) for sample in self.network.samples]
        for place, run in enumerate(self.passes):
            prefix = f"#{place + 1} " if count > 1 else ""
            for layer in range(1, len(self.network.layers)):
                self._forward(prefix, run, layer)
                self._arriving(prefix, run, self.through_new[place], layer)
                self._gradients(prefix, run, self.through_new[place], layer)
        if count > 1:
            self._means(count)
        self._updates(weights, rate)

    def add(self, quantity: str, code: str, value: float) -> None:
        self.wrong.setdefault(quantity, []).append((code, float(value)))

    def _forward(self, prefix: str, run: Pass, layer: int) -> None:
        weights = np.array(self.network.weights[layer - 1])
        for n, unit in enumerate(self.network.layers[layer]):
            terms = run.a[layer - 1] * weights[:, n]
            bias = 0.0 if self.network.biases is None else self.network.biases[layer - 1][n]
            if self.network.biases is not None:
                self.add(f"{prefix}z {layer}:{unit}", "bias_missing", math.fsum(terms))
            if len(terms) > 1:
                for left_out in range(len(terms)):
                    self.add(f"{prefix}z {layer}:{unit}", "one_input_missing", np.delete(terms, left_out).sum() + bias)
            if self.network.activations[layer - 1] != "identity":
                self.add(f"{prefix}a {layer}:{unit}", "pre_activation_for_activation", run.z[layer][n])

    def _arriving(self, prefix: str, run: Pass, new: Pass, layer: int) -> None:
        last = len(self.network.layers) - 1
        for n, unit in enumerate(self.network.layers[layer]):
            name, value = f"{prefix}dC/da {layer}:{unit}", run.back[layer][n]
            self.add(name, "sign", -value)
            self._twice(name, value)
            if layer < last:
                self.add(name, "updated_weight", new.back[layer][n])
                weights = np.array(self.network.weights[layer])
                paths = weights[n] * run.delta[layer + 1]
                for path in paths if len(paths) > 1 else ():
                    self.add(name, "path_missing", path)
            name, value = f"{prefix}dC/dz {layer}:{unit}", run.delta[layer][n]
            self.add(name, "sign", -value)
            self._twice(name, value)
            if layer < last:
                self.add(name, "updated_weight", new.delta[layer][n])
            if self._has_slope(layer):
                self.add(name, self._missing(run, layer, n), run.back[layer][n])
                self.add(name, "added_factors", run.back[layer][n] + run.slopes[layer][n, n])

    def _gradients(self, prefix: str, run: Pass, new: Pass, layer: int) -> None:
        weights, last = np.array(self.network.weights[layer - 1]), len(self.network.layers) - 1
        for n, unit in enumerate(self.network.layers[layer]):
            delta, back, slope = run.delta[layer][n], run.back[layer][n], run.slopes[layer][n, n]
            for m, source in enumerate(self.network.layers[layer - 1]):
                a, w, edge = run.a[layer - 1][m], weights[m, n], f"{layer}:{source}->{unit}"
                name = f"{prefix}dC/dw {edge}"
                self.add(f"{prefix}dz/dw {edge}", "operand_swapped", w)
                self.add(f"{prefix}dz/da {edge}", "operand_swapped", a)
                self.add(f"{prefix}dz/da {edge}", "updated_weight", new.weights[layer - 1][m, n])
                self.add(name, "operand_swapped", w * delta)
                self.add(name, "input_factor_missing", delta)
                self.add(name, "sign", -a * delta)
                self._twice(name, a * delta)
                if layer < last:
                    self.add(name, "updated_weight", a * new.delta[layer][n])
                if self._has_slope(layer):
                    self.add(name, self._missing(run, layer, n), a * back)
                    if self.detail == "merged":
                        self.add(f"{prefix}da/dw {edge}", self._missing(run, layer, n), a)
                        self.add(f"{prefix}da/dw {edge}", "operand_swapped", w * slope)
                self._added(name, layer, (a, slope, back, delta))
            name = f"{prefix}dC/db {layer}:{unit}"
            self.add(name, "sign", -delta)
            self._twice(name, delta)
            if layer < last:
                self.add(name, "updated_weight", new.delta[layer][n])
            if self._has_slope(layer):
                self.add(name, self._missing(run, layer, n), back)

    def _added(self, name: str, layer: int, factors: tuple[float, float, float, float]) -> None:
        a, slope, back, delta = factors
        if self.detail == "delta" or self.network.activations[layer - 1] == "softmax":
            self.add(name, "added_factors", a + delta)
        elif self.detail == "full":
            self.add(name, "added_factors", a + slope + back)
        elif layer == len(self.network.layers) - 1:
            self.add(name, "added_factors", a * slope + back)

    def _means(self, count: int) -> None:
        """The same slip in every sample, then the mean, as sheets of a batch show it."""
        for layer in range(1, len(self.network.layers)):
            for m, source in enumerate(self.network.layers[layer - 1]):
                for n, unit in enumerate(self.network.layers[layer]):
                    name, value = f"dC/dw {layer}:{source}->{unit}", self.gradients[layer - 1][m, n]
                    self.add(name, "sign", -value)
                    self._twice(name, value)
                    self.add(name, "sum_for_mean", count * value)
                    self.add(name, "mean_twice", value / count)
                    self.add(name, "input_factor_missing", sum(run.delta[layer][n] for run in self.passes) / count)
                    if layer < len(self.network.layers) - 1:
                        self.add(name, "updated_weight", sum(
                            run.a[layer - 1][m] * run.delta[layer][n] for run in self.through_new) / count)

    def _updates(self, weights: list[Array], rate: float) -> None:
        for at, gradient in enumerate(self.gradients):
            for m, source in enumerate(self.network.layers[at]):
                for n, unit in enumerate(self.network.layers[at + 1]):
                    self._update(f"w' {at + 1}:{source}->{unit}", weights[at][m, n], rate, gradient[m, n])
            if self.network.biases is not None:
                for n, unit in enumerate(self.network.layers[at + 1]):
                    slope = sum(run.delta[at + 1][n] for run in self.passes) / len(self.passes)
                    self._update(f"b' {at + 1}:{unit}", self.network.biases[at][n], rate, slope)

    def _update(self, name: str, old: float, rate: float, gradient: float) -> None:
        self.add(name, "ascent", old + rate * gradient)
        self.add(name, "sign", old + rate * gradient)
        self.add(name, "learning_rate_missing", old - gradient)
        self.add(name, "learning_rate_twice", old - rate * rate * gradient)
        self.add(name, "step_only", -rate * gradient)

    def _twice(self, name: str, value: float) -> None:
        if self.network.cost == "half_squared_error":
            self.add(name, "factor_two", 2 * value)
        elif self.network.cost in ("squared_error", "mean_squared_error"):
            self.add(name, "factor_two", value / 2)

    def _has_slope(self, layer: int) -> bool:
        """Is ∂a/∂z a factor that can be forgotten here? Not where ∂C/∂z is the short a − y."""
        activation = self.network.activations[layer - 1]
        short = self.detail == "delta" and layer == len(self.network.layers) - 1 and self.network.cost in OUTPUTS
        return activation not in ("identity", "softmax") and not short

    def _missing(self, run: Pass, layer: int, unit: int) -> str:
        off = self.network.activations[layer - 1] == "relu" and run.z[layer][unit] <= 0
        return "relu_gate_ignored" if off else "activation_derivative_missing"


@dataclass
class Tally:
    """What came of it: by code, how many were entered, named, and named first; and what was missed."""

    entered: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    right: int = 0
    accused: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def share(self, counted: Counter[str]) -> float:
        return counted.total() / max(1, self.entered.total())


def typed(value: float, change: float | None) -> float:
    """The value as it is typed: 3 significant digits, and of an updated parameter enough to show its change."""
    rounded = float(f"{value:.2e}")
    if change and value:
        places = 1 - math.floor(math.log10(abs(change)))
        return rounded if abs(rounded - value) < 10 ** -places / 2 else round(value, places)
    return rounded


def cases(rng: np.random.Generator, wrong: Wrong) -> Iterator[tuple[str, str, float]]:
    """One case of each code: quantity, code, value."""
    by_code: dict[str, list[tuple[str, str, float]]] = {}
    for quantity, found in wrong.items():
        for code, value in found:
            if math.isfinite(value):
                by_code.setdefault(code, []).append((quantity, code, value))
    for found_cases in by_code.values():
        yield found_cases[int(rng.integers(len(found_cases)))]


def soak(networks: int, seed: int) -> Tally:
    """Enter wrong and right values of so many random networks."""
    rng, tally = np.random.default_rng(seed), Tally()
    for _ in range(networks):
        network = random_network(rng)
        derivation = Derivation(network, DETAILS[int(rng.integers(3))])
        wrong = {quantity: found for quantity, found in Slips(network, derivation.detail).wrong.items()
                 if quantity in derivation.order}
        for quantity, code, value in cases(rng, wrong):
            _enter(tally, derivation, wrong[quantity], (quantity, code, value))
        for place in rng.integers(len(derivation.order), size=10):
            quantity = derivation.order[int(place)]
            right, rule = derivation.values(quantity), rule_for(derivation, quantity, 3)
            rounded = {used: float(f"{derivation.values(used):.2e}") for used in derivation.inputs_of(quantity)}
            carried = derivation.values_with(numbers=rounded)(quantity)
            tally.right += 2
            if diagnose(derivation, quantity, typed(right, rule.change), rule) \
                    or diagnose(derivation, quantity, typed(carried, rule.change), rule, rounded):
                tally.accused.append(f"{quantity} = {right}")
    return tally


def _enter(tally: Tally, derivation: Derivation, wrong: list[tuple[str, float]], case: tuple[str, str, float]) -> None:
    quantity, code, value = case
    rule = rule_for(derivation, quantity, 3)
    entry = typed(value, rule.change)
    if rule.near(value, derivation.values(quantity)) or rule.near(entry, derivation.values(quantity)):
        return
    same = {other for other, number in wrong if math.isclose(number, value, rel_tol=1e-9)}
    codes = [diagnosis.code for diagnosis in diagnose(derivation, quantity, entry, rule)]
    tally.entered[code] += 1
    tally.named[code] += bool(same.intersection(codes))
    tally.first[code] += bool(codes) and codes[0] in same
    if not codes or codes[0] not in same:
        tally.missed.append(f"{code}: {quantity} = {entry}, {derivation.detail}: {codes}")


def main() -> None:
    reader = argparse.ArgumentParser(description="How many mistakes are named on random networks.")
    reader.add_argument("--networks", type=int, default=1000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--missed", type=int, default=0, help="print so many that were not named first")
    chosen = reader.parse_args()
    tally = soak(chosen.networks, chosen.seed)
    for code, count in sorted(tally.entered.items()):
        print(f"{code:32}{count:7}  named {tally.named[code] / count:7.2%}  first {tally.first[code] / count:7.2%}")
    print(f"{'all':32}{tally.entered.total():7}  named {tally.share(tally.named):7.2%}  "
          f"first {tally.share(tally.first):7.2%}")
    print(f"right values entered {tally.right}, accused {len(tally.accused)}")
    print(*tally.missed[:chosen.missed], sep="\n")


if __name__ == "__main__":
    main()
