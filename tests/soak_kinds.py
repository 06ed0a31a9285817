"""Wrong values of networks as other people's worked problems show them. Written from those and MISTAKES.md alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from tests.soak_found import BACKWARD, GRADIENT, RIGHT, Found, where
from tests.soak_networks import OUTPUTS, Array, Run, cost_slope, from_activation

_SLIPPED = frozenset({"z", "a", "C", "dC/da", "dC/dw"})


def kinds(found: Found) -> None:
    """All of them."""
    for at in range(1, found.last + 1):
        _terms_twice(found, at)
        _without_weight(found, at)
        _slope_of_error(found, at)
    for run in found.right.runs:
        for at in range(1, found.last + 1):
            _relu(found, run, at)
            _divide(found, run, at)
    _targets(found)
    _gradient_and_value(found)
    for quantity, value in found.right.values.items():
        if quantity.split()[quantity.startswith("#")] in _SLIPPED:
            found.add("point_slipped", quantity, value * 10)
            found.add("point_slipped", quantity, value / 10)


def _terms_twice(found: Found, at: int) -> None:
    """A term of a weighted sum, or a path of the sum back, counted twice."""
    sources, units = (range(len(found.network.layers[layer])) for layer in (at - 1, at))
    for m, n in product(sources if len(sources) > 1 else (), units):
        def twice(run: Run, at: int, m: int = m) -> Array:
            return RIGHT.pre_activation(run, at) + run.a[at - 1][m] * run.weights[at - 1][m]

        way = replace(RIGHT, pre_activation=where(twice, RIGHT.pre_activation, at, n))
        found.carried("path_twice", way, {"z", "a"}, {at})
    onwards = len(found.network.layers[at + 1]) if at < found.last else 0
    for k in range(onwards) if onwards > 1 else ():
        def again(run: Run, at: int, k: int = k) -> Array:
            return run.via[at].sum(axis=1) + run.via[at][:, k]

        found.carried("path_twice", replace(RIGHT, gather=where(again, RIGHT.gather, at)), GRADIENT | {"dC/da"}, {at})


def _without_weight(found: Found, at: int) -> None:
    """∂z/∂a left out on the way back through one layer."""
    def ones(run: Run, at: int) -> Array:
        return np.ones(run.weights[at - 1].shape)

    if at > 1:
        way = replace(RIGHT, outward=where(ones, RIGHT.outward, at))
        found.carried("weight_factor_missing", way, BACKWARD, {at - 1})


def _slope_of_error(found: Found, at: int) -> None:
    """σ′ taken at e, the error: what arrives, or output minus target."""
    def arriving(run: Run, at: int) -> Array:
        return from_activation(run.names[at], run.back[at])

    def difference(run: Run, at: int) -> Array:
        return from_activation(run.names[at], run.a[at] - run.targets)

    if found.network.activations[at - 1] in ("sigmoid", "tanh"):
        for wrong in (arriving, difference) if at == found.last else (arriving,):
            way = replace(RIGHT, slope=where(wrong, RIGHT.slope, at))
            found.carried("derivative_at_wrong_point", way, GRADIENT | {"da/dz"}, {at})


def _relu(found: Found, run: Run, at: int) -> None:
    """A ReLU that gives the size of what is below 0, or 0 or a minus for what is above."""
    for n, unit in enumerate(found.network.layers[at] if run.names[at] == "relu" else ()):
        name, z = f"{run.prefix}a {at}:{unit}", float(run.z[at][n])
        if z < 0:
            found.add("relu_gate_ignored other_activation", name, -z)
        else:
            found.add("relu_gate_ignored", name, 0.0)
            found.add("sign", name, -z)


def _divide(found: Found, run: Run, at: int) -> None:
    """∂C/∂w with its first factor divided by."""
    for (m, source), (n, unit) in product(enumerate(found.network.layers[at - 1]), enumerate(found.network.layers[at])):
        factor = float(run.inward[at][m, n])
        if factor and len(found.right.runs) == 1:
            found.add("divided_factors", f"dC/dw {at}:{source}->{unit}", float(run.by_weight[at][m, n]) / factor ** 2)


def _targets(found: Found) -> None:
    """An output compared with another's target, or with none; a cost averaged over its outputs."""
    cost, count = found.network.cost, len(found.network.layers[-1])
    def without(run: Run, at: int) -> Array:
        return cost_slope(cost, run.a[at], np.zeros(count))

    if cost not in OUTPUTS:
        found.carried("one_input_missing derivative_of_other_function", replace(RIGHT, cost_slope=without), {"dC/da"},
                      {found.last})
        for by in range(1, count):
            def of_another(run: Run, at: int, by: int = by) -> Array:
                return cost_slope(cost, run.a[at], np.roll(run.targets, by))

            found.carried("wrong_layer", replace(RIGHT, cost_slope=of_another), {"dC/da"}, {found.last})
    if count > 1 and cost != "mean_squared_error":
        for run in found.right.runs:
            found.add("mean_twice", f"{run.prefix}C", run.cost / count)


def _gradient_and_value(found: Found) -> None:
    """The updated weight for its gradient, the gradient for the weight, one less the other."""
    for at in range(1, found.last + 1):
        old, new, gradients = found.right.weights[at - 1], found.right.new_weights[at - 1], found.right.by_weight[at]
        layers = found.network.layers
        for (m, source), (n, unit) in product(enumerate(layers[at - 1]), enumerate(layers[at])):
            edge, w, g = f"{at}:{source}->{unit}", float(old[m, n]), float(gradients[m, n])
            for value in (float(new[m, n]), w - g, g - w):
                found.add("value_for_gradient", f"dC/dw {edge}", value)
            found.add("value_for_gradient", f"w' {edge}", g)
