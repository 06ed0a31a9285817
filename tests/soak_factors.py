"""Wrong values made of right numbers: factors added, another unit's, another base. Written from MISTAKES.md alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from tests.soak_found import RIGHT, Found
from tests.soak_networks import Array, Run


def factors(found: Found) -> None:
    """Those of every sample; a mean over samples is the same slip in each, and stands with the updates."""
    for run in found.right.runs:
        for at in range(1, found.last + 1):
            _added(found, run, at)
            _other_units(found, run, at)
            _softmax(found, run, at)
            _bias_times_input(found, run, at)


def _edges(found: Found, at: int) -> list[tuple[int, int, str]]:
    """Source, unit, and the edge as ids have it."""
    layers = found.network.layers
    return [(m, n, f"{at}:{source}->{unit}") for (m, source), (n, unit)
            in product(enumerate(layers[at - 1]), enumerate(layers[at]))]


def _added(found: Found, run: Run, at: int) -> None:
    """f1 + f2 + … for the product, with the factors that this detail shows."""
    for n, unit in enumerate(found.network.layers[at]):
        if run.names[at] != "softmax" and not run.short(at):
            found.add("added_factors", f"{run.prefix}dC/dz {at}:{unit}", run.back[at][n] + run.slopes[at][n, n])
        if found.detail == "full" and run.names[at] != "softmax":
            found.add("added_factors", f"{run.prefix}dC/db {at}:{unit}", run.back[at][n] + run.slopes[at][n, n])
    for m, n, edge in _edges(found, at):
        a, w, onwards = run.a[at - 1][m], run.weights[at - 1][m, n], _onwards(found, run, at, n)
        slope = run.slopes[at][n, n]
        if found.detail == "merged" and run.names[at] != "softmax":
            if slope != 1:  # which is not written there
                found.add("added_factors", f"{run.prefix}da/dw {edge}", a + slope)
                found.add("added_factors", f"{run.prefix}da/da {edge}", w + slope)
            a, w = a * slope, w * slope
        found.add("added_factors", f"{run.prefix}dC/dw {edge}", a + onwards)
        if at > 1:
            source, unit = found.network.layers[at - 1][m], found.network.layers[at][n]
            found.add("added_factors", f"{run.prefix}dC/da {at - 1}:{source} via {at}:{unit}", w + onwards)
            if len(found.network.layers[at]) == 1:
                found.add("added_factors", f"{run.prefix}dC/da {at - 1}:{source}", w + onwards)


def _onwards(found: Found, run: Run, at: int, n: int) -> float:
    """What the factors after the first add up to: δ; or ∂a/∂z + ∂C/∂a; or, merged, those of the single path."""
    if found.detail == "delta" or run.names[at] == "softmax":
        return float(run.delta[at][n])
    if found.detail == "full":
        return float(run.slopes[at][n, n] + run.back[at][n])
    total = 0.0
    while at < found.last and len(found.network.layers[at + 1]) == 1 and run.names[at + 1] != "softmax":
        total, at, n = total + float(run.outward[at + 1][n, 0]), at + 1, 0
    return total + float(run.back[at][n])


def _other_units(found: Found, run: Run, at: int) -> None:
    """Another unit's activation or weight as the factor, or another unit's whole quantity."""
    units = found.network.layers[at]
    for n, other in product(range(len(units)), range(len(units))):
        name = f"{at}:{units[n]}"
        found.add("wrong_layer", f"{run.prefix}dC/dz {name}", run.delta[at][other])
        found.add("wrong_layer", f"{run.prefix}dC/da {name}", run.back[at][other])
        found.add("wrong_layer", f"{run.prefix}dC/db {name}", run.delta[at][other])
        if run.names[at] != "softmax":
            found.add("wrong_layer", f"{run.prefix}da/dz {name}", run.slopes[at][other, other])
    for m, n, edge in _edges(found, at):
        merged = run.slopes[at][n, n] if run.names[at] != "softmax" else np.nan
        nearby = [*run.a[at - 1], *run.a[at], *(run.a[at - 2] if at > 1 else ())]
        for a in nearby:
            found.add("wrong_layer", f"{run.prefix}dz/dw {edge}", a)
            found.add("wrong_layer", f"{run.prefix}da/dw {edge}", a * merged)
            found.add("wrong_layer", f"{run.prefix}dC/dw {edge}", a * run.delta[at][n])
        for other in range(len(units)):
            found.add("wrong_layer", f"{run.prefix}dC/dw {edge}", run.a[at - 1][m] * run.delta[at][other])
        _other_weights(found, run, at, (m, n, edge))


def _other_weights(found: Found, run: Run, at: int, edge: tuple[int, int, str]) -> None:
    m, n, name = edge
    source, unit = found.network.layers[at - 1][m], found.network.layers[at][n]
    merged = run.slopes[at][n, n] if run.names[at] != "softmax" else np.nan
    term = run.weights[at - 1][m, n] * run.delta[at][n]
    for near in range(max(1, at - 1), min(found.last, at + 1) + 1):
        for w in run.weights[near - 1].flat:
            found.add("wrong_layer", f"{run.prefix}dz/da {name}", w)
    for w in run.weights[at - 1].flat:
        found.add("wrong_layer", f"{run.prefix}da/da {name}", w * merged)
        found.add("wrong_layer", f"{run.prefix}dC/da {at - 1}:{source} via {at}:{unit}", w * run.delta[at][n])
        if at > 1:
            found.add("wrong_layer", f"{run.prefix}dC/da {at - 1}:{source}",
                      run.back[at - 1][m] - term + w * run.delta[at][n])


def _softmax(found: Found, run: Run, at: int) -> None:
    """∂a_i/∂z_k: the minus of −a_i a_k lost, or the sigmoid's derivative everywhere. Of tanh the sign of 1 − a²."""
    units, a = found.network.layers[at], run.a[at]
    for n, unit in enumerate(units):
        if run.names[at] == "tanh":
            found.add("sign", f"{run.prefix}da/dz {at}:{unit}", -run.slopes[at][n, n])
        for k, other in enumerate(units if run.names[at] == "softmax" else ()):
            if k != n:
                name = f"{run.prefix}da/dz {at}:{unit},{other}"
                found.add("sign", name, a[n] * a[k])
                found.add("derivative_of_other_function", name, a[n] * (1 - a[n]))


def _bias_times_input(found: Found, run: Run, at: int) -> None:
    for m, n, _ in _edges(found, at):
        found.add("bias_times_input", f"{run.prefix}dC/db {at}:{found.network.layers[at][n]}",
                  run.by_weight[at][m, n])


def updates(found: Found) -> None:
    """Means and updates: the batch's size, the learning rate, the base, the gradient."""
    layers, biases = found.network.layers, found.network.biases
    _habits(found)
    for at in range(1, found.last + 1):
        weights, gradients = found.right.weights[at - 1], found.right.by_weight[at]
        for m, n, edge in _edges(found, at):
            name, old, gradient = f"w {edge}", weights[m, n], gradients[m, n]
            _batch(found, f"dC/dw {edge}", gradient)
            _update(found, name, old, gradient, (weights, gradients))
        for n, unit in enumerate(layers[at] if biases else ()):
            old, gradient = found.right.biases[at - 1][n], found.right.by_bias[at][n]
            _batch(found, f"dC/db {at}:{unit}", gradient)
            _update(found, f"b {at}:{unit}", old, gradient, (found.right.biases[at - 1], found.right.by_bias[at]))
            for m in range(len(layers[at - 1])):
                if found.count > 1:
                    found.add("bias_times_input", f"dC/db {at}:{unit}", gradients[m, n])
                found.add("bias_times_input", f"b' {at}:{unit}", old - found.network.learning_rate * gradients[m, n])


def _habits(found: Found) -> None:
    """What C′ becomes where all parameters are updated so, or none."""
    found.add("not_updated", "C'", found.right.values["C"])
    for code, update in (
            ("ascent", lambda old, rate, gradient: old + rate * gradient),
            ("learning_rate_missing", lambda old, _, gradient: old - gradient),
            ("learning_rate_twice", lambda old, rate, gradient: old - rate * rate * gradient)):
        found.carried(code, replace(RIGHT, update=update), {"C'"})
    found.carried("sum_for_mean", replace(RIGHT, mean=lambda of_samples: of_samples.sum(axis=0)), {"C'"})


def _batch(found: Found, name: str, gradient: float) -> None:
    if found.count > 1:
        found.add("sum_for_mean", name, found.count * gradient)
        found.add("mean_twice", name, gradient / found.count)


def _update(found: Found, name: str, old: float, gradient: float, others: tuple[Array, Array]) -> None:
    """``others`` are the parameters of the layer and their gradients, which may be taken for this one's."""
    rate, new = found.network.learning_rate, name.replace(" ", "' ", 1)
    found.add("not_updated", new, old)
    found.add("learning_rate_missing", new, old - gradient)
    found.add("learning_rate_twice", new, old - rate * rate * gradient)
    found.add("step_only", new, -rate * gradient)
    found.add("sum_for_mean", new, old - rate * found.count * gradient)
    found.add("mean_twice", new, old - rate * gradient / found.count)
    for base, other in zip(others[0].flat, others[1].flat, strict=True):
        found.add("wrong_base", new, base - rate * gradient)
        found.add("wrong_layer", new, old - rate * other)
