"""Wrong values on the way forward: weighted sums, activations, costs. Written from MISTAKES.md alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from tests.soak_found import FORWARD, RIGHT, Found, where
from tests.soak_networks import Array, Run, activated, cost_parts


def forward(found: Found) -> None:
    """All of them, each carried on to the activations and the cost that follow."""
    layers = range(1, found.last + 1)
    _no_bias(found)
    _no_activation(found)
    for at in layers:
        _terms(found, at)
        found.carried("pre_activation_for_activation", replace(RIGHT, pre_activation=where(
            lambda run, at: activated(run.names[at], RIGHT.pre_activation(run, at)), RIGHT.pre_activation, at)),
            {"z"}, {at})
        transposed = replace(RIGHT, pre_activation=where(_swapped_sum, RIGHT.pre_activation, at))
        found.carried("transposed", transposed, FORWARD, {at, at + 1})
        for run in found.right.runs:
            _other_units(found, run, at)
    found.carried("transposed", replace(RIGHT, pre_activation=_swapped_sum), FORWARD)
    for run in found.right.runs:
        _costs(found, run)
    _cost_of_all(found)


def swapped(run: Run, at: int) -> Array:
    """Of each edge the weight of the edge the other way round, by the units' names; NaN where there is none."""
    before, after = run.network.layers[at - 1], run.network.layers[at]
    other = np.full(run.weights[at - 1].shape, np.nan)
    for (m, source), (n, unit) in product(enumerate(before), enumerate(after)):
        if unit in before and source in after:
            other[m, n] = run.weights[at - 1][before.index(unit), after.index(source)]
    return other


def _swapped_sum(run: Run, at: int) -> Array:
    """Σ w_ji a_i for Σ w_ij a_i, at the units where every swapped edge exists."""
    sums = run.a[at - 1] @ swapped(run, at) + run.biases[at - 1]
    return np.where(np.isnan(sums), RIGHT.pre_activation(run, at), sums)


def _no_bias(found: Found) -> None:
    def without(run: Run, at: int) -> Array:
        return run.a[at - 1] @ run.weights[at - 1]

    way = replace(RIGHT, pre_activation=without)
    found.carried("bias_missing", way, FORWARD)
    found.carried("bias_missing", RIGHT, {"C'"}, afterwards=way)
    for at in range(1, found.last + 1):
        found.carried("bias_missing", replace(RIGHT, pre_activation=where(without, RIGHT.pre_activation, at)),
                      FORWARD, {at, at + 1})
        for n in range(len(found.network.layers[at])):
            one = replace(RIGHT, pre_activation=where(without, RIGHT.pre_activation, at, n))
            found.carried("bias_missing", one, FORWARD, {at, at + 1})


def _no_activation(found: Found) -> None:
    """With a = z, at the unit it is z given for a, further on the activation left out; the first is both.

    A softmax is left out at its own a only: nobody works out a cost from z for shares.
    """
    both = "activation_missing pre_activation_for_activation"

    def without(run: Run, at: int) -> Array:
        return run.z[at]

    def but_softmax(run: Run, at: int) -> Array:
        return RIGHT.activation(run, at) if run.names[at] == "softmax" else run.z[at]

    way = replace(RIGHT, activation=but_softmax)
    found.carried("activation_missing", way, {"z", "C"})
    found.carried(both, way, {"a"})
    found.carried("activation_missing", RIGHT, {"C'"}, afterwards=way)
    for at in range(1, found.last + 1):
        found.carried(both, replace(RIGHT, activation=where(without, RIGHT.activation, at)), {"a"}, {at})
        layer = replace(RIGHT, activation=where(but_softmax, RIGHT.activation, at))
        found.carried("activation_missing", layer, {"z", "C"}, {at, at + 1})
        found.carried("activation_missing", layer, {"a"}, {at + 1})
        for n in range(len(found.network.layers[at])):
            one = replace(RIGHT, activation=where(but_softmax, RIGHT.activation, at, n))
            found.carried(both, one, {"z", "a", "C"}, {at, at + 1})


def _terms(found: Found, at: int) -> None:
    """A term of a weighted sum left out, and carried on."""
    sources, units = (range(len(found.network.layers[layer])) for layer in (at - 1, at))
    for m, n in product(sources if len(sources) > 1 else (), units):
        def without(run: Run, at: int, m: int = m) -> Array:
            return RIGHT.pre_activation(run, at) - run.a[at - 1][m] * run.weights[at - 1][m]

        way = replace(RIGHT, pre_activation=where(without, RIGHT.pre_activation, at, n))
        found.carried("one_input_missing", way, FORWARD, {at, at + 1})


def _other_units(found: Found, run: Run, at: int) -> None:
    """Another unit's z or a, of this layer or its neighbours; sums with another's activation or weight."""
    units, layers, weights = found.network.layers[at], found.network.layers, run.weights[at - 1]
    for n, unit in enumerate(units):
        name, z = f"{run.prefix}z {at}:{unit}", run.z[at][n]
        for near in range(max(1, at - 1), at + 1):  # of a later layer there is nothing to take yet
            for other in range(len(layers[near])):
                found.add("wrong_layer", name, run.z[near][other])
                found.add("wrong_layer", f"{run.prefix}a {at}:{unit}", run.a[near][other])
        for m in range(len(layers[at - 1])):
            a, w = run.a[at - 1][m], weights[m, n]
            nearby = [*run.a[at - 1], *(run.a[at - 2] if at > 1 else ())]
            for wrong in [z + (other - a) * w for other in nearby] + [z + a * (other - w) for other in weights.flat]:
                _with_activation(found, run, at, n, wrong)
        for other in range(len(units)):
            _with_activation(found, run, at, n, run.a[at - 1] @ weights[:, other] + run.biases[at - 1][n])
        if at > 1 and len(layers[at - 2]) == len(layers[at - 1]):
            _with_activation(found, run, at, n, run.a[at - 2] @ weights[:, n] + run.biases[at - 1][n])


def _with_activation(found: Found, run: Run, at: int, n: int, wrong: float) -> None:
    """A wrong z, and the a that follows from it."""
    unit, z = found.network.layers[at][n], run.z[at].copy()
    z[n] = wrong
    found.add("wrong_layer", f"{run.prefix}z {at}:{unit}", wrong)
    found.add("wrong_layer", f"{run.prefix}a {at}:{unit}", activated(run.names[at], z)[n])


def _costs(found: Found, run: Run) -> None:
    """Each output's part with another output's activation, or another's part; the parts and their sum halved."""
    units, a = found.network.layers[found.last], run.a[found.last]
    for n, other in product(range(len(units)), range(len(units))):
        taken = a.copy()
        taken[n] = a[other]
        name = f"{run.prefix}C {found.last}:{units[n]}"
        found.add("wrong_layer", name, cost_parts(found.network.cost, taken, run.targets)[n])
        if run.parts[other]:  # of an output whose target is 0 there is none to take
            found.add("wrong_layer", name, run.parts[other])
    halves = (a - run.targets) / 2
    for name, right, half in [(f"{run.prefix}C", run.cost, halves.sum()), *(
            (f"{run.prefix}C {found.last}:{unit}", run.parts[n], halves[n]) for n, unit in enumerate(units))]:
        _scaled(found, name, right)
        if found.network.cost == "half_squared_error":
            found.add("half_without_square", name, half)


def _cost_of_all(found: Found) -> None:
    """C of a batch, and C′, which is the same of the network that is updated."""
    def halved(run: Run, at: int) -> Array:
        return (run.a[at] - run.targets) / 2

    halves = replace(RIGHT, parts=halved)
    if found.network.cost == "half_squared_error":
        found.carried("half_without_square", halves, {"C"})
        found.carried("half_without_square", RIGHT, {"C'"}, afterwards=halves)
    for name in ("C", "C'") if found.count > 1 else ("C'",):
        value = found.right.values[name]
        _scaled(found, name, value)
        found.add("sum_for_mean", name, value * found.count)
        found.add("mean_twice", name, value / found.count)


def _scaled(found: Found, name: str, value: float) -> None:
    """The ½ of the cost taken or left by mistake; of a logarithm the minus lost. (A square is never given as −.)"""
    match found.network.cost:
        case "half_squared_error":
            found.add("factor_two", name, 2 * value)
        case "squared_error" | "mean_squared_error":
            found.add("factor_two", name, value / 2)
        case _:
            found.add("sign", name, -value)
