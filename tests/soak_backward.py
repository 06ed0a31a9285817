"""Wrong values on the way back: factors, paths, gradients. Written from MISTAKES.md alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tests.soak_factors import factors
from tests.soak_forward import swapped
from tests.soak_found import BACKWARD, GRADIENT, MERGED, RIGHT, Found, where
from tests.soak_networks import (
    OUTPUTS,
    Array,
    Formula,
    Run,
    Sheet,
    Way,
    activated,
    cost_slope,
    delta,
    from_activation,
    jacobian,
)

CHAIN = BACKWARD | MERGED


def backward(found: Found) -> None:
    """All of them. A slip in one layer's factor is carried on through that layer and the one before it."""
    _scaled(found)
    _cost_slopes(found)
    _slopes(found)
    _gates(found)
    _outward(found)
    _inward(found)
    _updated_weights(found)
    for at in range(1, found.last + 1):
        _one_path(found, at)
    if found.network.cost in OUTPUTS:
        _extra_factor(found)
    found.carried("rounded_early", rounding(2), CHAIN | {"z", "a", "C", "da/dz"})
    factors(found)


def rounding(digits: int) -> Way:
    """Everything that is written down rounded, and the derivatives worked out from the rounded a."""
    def slope(run: Run, at: int) -> Array:
        if run.names[at] in ("sigmoid", "tanh", "softmax"):
            return from_activation(run.names[at], run.a[at])
        return RIGHT.slope(run, at)

    return replace(RIGHT, digits=digits, slope=slope)


def _at_output(slope: Formula) -> Way:
    """A way with another ∂C/∂a of the outputs."""
    return replace(RIGHT, cost_slope=slope)


def _scaled(found: Found) -> None:
    """The sign and the 2 of ∂C/∂a, and all that they multiply."""
    def times(factor: float) -> Way:
        return replace(RIGHT, cost_slope=lambda run, at: factor * RIGHT.cost_slope(run, at),
                       delta=lambda run, at: (factor if run.short(at) else 1) * delta(run, at))

    found.carried("sign", times(-1), CHAIN | {"C'"})
    found.carried("ascent", times(-1), {"w'", "b'", "C'"})
    squared = found.network.cost not in OUTPUTS
    if found.network.cost == "half_squared_error":
        found.carried("factor_two", times(2), CHAIN | {"C'"})
    if squared:
        found.carried("factor_two", times(0.5), CHAIN | {"C'"})
    if found.network.cost == "half_squared_error":
        found.carried("half_without_square", times(0.5), CHAIN | {"C'"})


def _cost_slopes(found: Found) -> None:
    """The cost given for its derivative; z, or another output's a, put into it."""
    cost, at_last = found.network.cost, GRADIENT | {"dC/da"}
    parts = _at_output(lambda run, _: run.parts)
    whole = _at_output(lambda run, _: np.full(len(run.targets), run.cost))
    square = _at_output(lambda run, at: (run.a[at] - run.targets) ** 2)
    for way in (parts, whole, square) if cost not in OUTPUTS else (parts, whole):
        found.carried("cost_for_derivative", way, at_last, {found.last})
    if cost not in OUTPUTS and found.network.activations[-1] != "softmax":  # there nobody takes z for a share
        with_z = _at_output(lambda run, at: cost_slope(cost, run.z[at], run.targets))
        found.carried("pre_activation_for_activation activation_missing", with_z,
                      {"dC/da", "dC/dz", "dC/dw", "dC/db"}, {found.last})
    for by in range(1, len(found.network.layers[-1])):
        def of_another(run: Run, at: int, by: int = by) -> Array:
            return cost_slope(cost, np.roll(run.a[at], by), run.targets)

        found.carried("wrong_layer", _at_output(of_another), {"dC/da"}, {found.last})


def _points(name: str, z: Array, a: Array) -> list[Array]:
    """The derivative of the right function, with z where a belongs, or a where z does."""
    if name == "softplus":
        return [jacobian(name, a)]
    if name in ("sigmoid", "tanh", "softmax"):
        return [from_activation(name, z), from_activation(name, activated(name, a))]
    return []


def _others(name: str, z: Array, a: Array) -> list[Array]:
    """The derivatives of other functions that a learner has at hand: of softmax the sigmoid's, which has no others."""
    sigmoid, tanh = from_activation("sigmoid", a), from_activation("tanh", a)
    match name:
        case "sigmoid":
            return [tanh]
        case "tanh" | "softmax":
            return [sigmoid]
        case "relu":
            return [sigmoid, tanh, jacobian("leaky_relu", z)]
        case "leaky_relu" | "softplus":
            return [sigmoid, tanh, jacobian("relu", z)]
    return [sigmoid, tanh]


def _slopes(found: Found) -> None:
    """∂a/∂z left out, at the wrong point, or of another function: in one layer, and wherever the function is used."""
    def missing(run: Run, at: int) -> Array:
        return np.eye(len(run.z[at]))

    off = any((run.z[at] <= 0).any() for run in found.right.runs for at in range(1, found.last + 1)
              if run.names[at] == "relu")
    found.carried("activation_derivative_missing relu_gate_ignored" if off else "activation_derivative_missing",
                  replace(RIGHT, slope=missing), CHAIN)
    for at in range(1, found.last + 1):
        name = found.network.activations[at - 1]
        code = "relu_gate_ignored" if name == "relu" else "activation_derivative_missing"
        found.carried(code, replace(RIGHT, slope=where(missing, RIGHT.slope, at)), CHAIN, {at - 1, at})
    for name in dict.fromkeys(found.network.activations):
        _taken_for(found, "derivative_at_wrong_point", name, _points)
        _taken_for(found, "derivative_of_other_function", name, _others)


def _taken_for(found: Found, code: str, name: str, kinds: Callable[[str, Array, Array], list[Array]]) -> None:
    """Each of the wrong derivatives of one function: in every layer that has it, and in one.

    Of softmax the wrong point at ∂a/∂z and δ only; and the sigmoid's derivative, which is its diagonal, not at ∂a/∂z.
    """
    roles = CHAIN | {"da/dz"}
    if name == "softmax":
        roles = frozenset({"da/dz", "dC/dz"}) if code == "derivative_at_wrong_point" else CHAIN
    for which in range(len(kinds(name, np.zeros(2), np.zeros(2)))):
        def wrong(run: Run, at: int, which: int = which) -> Array:
            if run.names[at] != name:
                return RIGHT.slope(run, at)
            return kinds(name, run.z[at], run.a[at])[which]

        found.carried(code, replace(RIGHT, slope=wrong), roles)
        for at in range(1, found.last + 1):
            found.carried(code, replace(RIGHT, slope=where(wrong, RIGHT.slope, at)), roles, {at - 1, at})


def _gates(found: Found) -> None:
    """A ReLU's gate let open, or shut: at one unit, carried on through its layer and the one before."""
    for at in range(1, found.last + 1):
        for n in range(len(found.network.layers[at]) if found.network.activations[at - 1] == "relu" else 0):
            for gate in (0.0, 1.0):
                def set_to(run: Run, at: int, gate: float = gate) -> Array:
                    return gate * np.eye(len(run.z[at]))

                way = replace(RIGHT, slope=where(set_to, RIGHT.slope, at, n))
                found.carried("relu_gate_ignored", way, CHAIN | {"da/dz"}, {at - 1, at})


def _outward(found: Found) -> None:
    """∂z/∂a: the activation for the weight, or the edge the other way round."""
    def swapped_operand(run: Run, at: int) -> Array:
        return RIGHT.inward(run, at)

    def swapped_edge(run: Run, at: int) -> Array:
        """At the sources all of whose edges exist the other way round: a sum is read one way or the other."""
        other = swapped(run, at)
        return np.where(np.isnan(other).any(axis=1, keepdims=True), RIGHT.outward(run, at), other)

    for code, wrong in (("operand_swapped", swapped_operand), ("transposed", swapped_edge)):
        found.carried(code, replace(RIGHT, outward=wrong), CHAIN | {"dz/da"})
        for at in range(1, found.last + 1):
            way = replace(RIGHT, outward=where(wrong, RIGHT.outward, at))
            found.carried(code, way, CHAIN | {"dz/da"}, {at - 1, at})


def _inward(found: Found) -> None:
    """∂z/∂w: the weight for the activation, left out (where ∂a/∂w is more than it), or z for a."""
    identity = {at for at in range(1, found.last + 1) if found.network.activations[at - 1] == "identity"}
    roles = {"dC/dw", "da/dw", "w'"}
    found.carried("operand_swapped", replace(RIGHT, inward=RIGHT.outward), roles | {"dz/dw"})
    ones = replace(RIGHT, inward=lambda run, at: np.ones(run.weights[at - 1].shape))
    found.carried("input_factor_missing", ones, {"dC/dw", "w'"})
    found.carried("input_factor_missing", ones, {"da/dw"}, set(range(1, found.last + 1)) - identity)

    def of_z(run: Run, at: int) -> Array:
        return np.repeat(run.z[at - 1][:, None], len(run.z[at]), axis=1) if at > 1 else RIGHT.inward(run, at)

    found.carried("pre_activation_for_activation activation_missing", replace(RIGHT, inward=of_z), roles | {"dz/dw"})


def _updated_weights(found: Found) -> None:
    """Back through new weights: the right ones, or those that follow from going back so; in one layer, and in all."""
    def through(new: list[Array]) -> Formula:
        return lambda _, at: new[at - 1]

    right = through(found.right.new_weights)
    found.carried("updated_weight", replace(RIGHT, outward=right), CHAIN | {"dz/da", "C'"})
    for at in range(2, found.last + 1):
        way = replace(RIGHT, outward=where(right, RIGHT.outward, at))
        found.carried("updated_weight", way, CHAIN | {"dz/da"}, {at - 1, at})
    new = found.right.new_weights
    for _ in range(found.last - 1):
        new = Sheet(found.network, found.detail, found.steps, replace(RIGHT, outward=through(new))).new_weights
    found.carried("updated_weight", replace(RIGHT, outward=through(new)), BACKWARD | {"C'"})


def _one_path(found: Found, at: int) -> None:
    """One term of the sum over the paths, or (where three or more join) one forgotten; of softmax's sum likewise."""
    onwards = len(found.network.layers[at + 1]) if at < found.last else 0
    for k in range(onwards) if onwards > 1 else ():
        for gather in ((lambda run, at, k=k: run.via[at][:, k]),
                       (lambda run, at, k=k: np.delete(run.via[at], k, axis=1).sum(axis=1))):
            way = replace(RIGHT, gather=where(gather, RIGHT.gather, at))
            found.carried("path_missing", way, GRADIENT | {"dC/da"}, {at})
    if found.network.activations[at - 1] == "softmax" and not found.right.runs[0].short(at):
        for i in range(len(found.network.layers[at])):
            def one_term(run: Run, at: int, i: int = i) -> Array:
                return run.back[at][i] * run.slopes[at][i]

            found.carried("path_missing", replace(RIGHT, delta=where(one_term, delta, at)), {"dC/dz"}, {at})
        diagonal = where(lambda run, at: run.back[at] * np.diag(run.slopes[at]), delta, at)
        found.carried("path_missing derivative_of_other_function", replace(RIGHT, delta=diagonal), GRADIENT, {at})


def _extra_factor(found: Found) -> None:
    """(a − y)·a(1 − a) of an output whose ∂C/∂z is a − y already."""
    def twice(run: Run, at: int) -> Array:
        a = run.a[at]
        return (a - run.targets) * a * (1 - a) if at == found.last else delta(run, at)

    way = replace(RIGHT, delta=twice)
    if found.detail == "merged" and found.network.cost == "binary_cross_entropy":
        # There ∂C/∂w is ∂a/∂w · ∂C/∂a: who takes a − y for the last factor has a(1 − a) in the first.
        way = _at_output(lambda run, at: run.a[at] - run.targets)
    found.carried("softmax_extra_factor", way, GRADIENT, {found.last})
