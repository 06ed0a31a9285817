"""Wrong values of networks that newcomers entered: another logarithm or cost, targets, biases, values for slopes.

Each kind is one function of the table :data:`COUSINS`. Written from MISTAKES.md alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tests.soak_found import Found
from tests.soak_networks import OUTPUTS, Array, Run, cost_parts, cost_slope

Cousin = Callable[[Found, Run, int], Iterator[tuple[str, str, float]]]
"""Codes, quantity and value of one kind, at one layer of one sample's run."""


def _costs(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """Another logarithm or cost; a target added or left out; the slope or the output for the cost."""
    if at < found.last:
        return
    name, a, y = f"{run.prefix}C", run.a[at], run.targets
    if found.network.cost in OUTPUTS:
        yield "other_logarithm", name, run.cost / np.log(10)
        yield "other_cost", name, float(cost_parts("squared_error", a, y).sum())
        return
    for codes, targets in (("sign", -y), ("one_input_missing", np.zeros(len(y)))):
        yield codes, name, float(cost_parts(found.network.cost, a, targets).sum())
    if len(a) == 1:
        yield "wrong_layer", name, float(a[0])
        yield "value_for_gradient", name, float(cost_slope(found.network.cost, a, y)[0])


def _outputs(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """The one weight into an output for what comes out of it."""
    sources, units = found.network.layers[at - 1], found.network.layers[at]
    if at == found.last and len(sources) == 1 and found.network.cost not in OUTPUTS:
        slopes = cost_slope(found.network.cost, run.weights[at - 1][0], run.targets)
        for unit, value in zip(units, slopes, strict=True):
            yield "operand_swapped", f"{run.prefix}dC/da {at}:{unit}", float(value)


def _biases(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """A bias added twice, taken off, or multiplied by an input; its slope taken for 0."""
    for n, unit in enumerate(found.network.layers[at] if found.network.biases else ()):
        z, bias, name = float(run.z[at][n]), float(run.biases[at - 1][n]), f"{run.prefix}z {at}:{unit}"
        yield "path_twice", name, z + bias
        yield "sign", name, z - 2 * bias
        for a in run.a[at - 1]:
            yield "bias_times_input", name, z + bias * (float(a) - 1)
        yield "derivative_of_other_function", f"{run.prefix}dC/db {at}:{unit}", 0.0


def _weights(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """Two weights changed about; a weight divided by; the slope of a product taken for 1."""
    a, weights = run.a[at - 1], run.weights[at - 1]
    for n, unit in enumerate(found.network.layers[at]):
        name, bias = f"{run.prefix}z {at}:{unit}", float(run.biases[at - 1][n])
        if len(a) == 2:
            yield "wrong_layer", name, float(a[::-1] @ weights[:, n]) + bias
        elif len(a) == 1 and a[0]:
            yield "divided_factors", name, float(weights[0, n] / a[0]) + bias
        for source in found.network.layers[at - 1]:
            yield "derivative_of_other_function", f"{run.prefix}dz/dw {at}:{source}->{unit}", 1.0


def _functions(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """A slope for a value and back; a softmax not divided; 1 − a for tanh's 1 − a²."""
    for n, unit in enumerate(found.network.layers[at]):
        value, slope = f"{run.prefix}a {at}:{unit}", f"{run.prefix}da/dz {at}:{unit}"
        if run.names[at] == "softmax":
            yield "other_activation", value, float(np.exp(run.z[at][n]))
        elif run.names[at] != "identity":
            yield "value_for_gradient", value, float(run.slopes[at][n, n])
            yield "value_for_gradient", slope, float(run.a[at][n])
        if run.names[at] == "tanh":
            yield "square_missing", slope, 1 - float(run.a[at][n])


def _paths(found: Found, run: Run, at: int) -> Iterator[tuple[str, str, float]]:
    """Paths multiplied where they are added, or one of them taken off."""
    if at == found.last or len(found.network.layers[at + 1]) < 2:
        return
    for n, unit in enumerate(found.network.layers[at]):
        terms: Array = run.via[at][n]
        yield "multiplied_terms", f"{run.prefix}dC/da {at}:{unit}", float(np.prod(terms))
        for term in terms if len(terms) < 4 else ():
            yield "sign", f"{run.prefix}dC/da {at}:{unit}", float(terms.sum() - 2 * term)


COUSINS: tuple[Cousin, ...] = (_costs, _outputs, _biases, _weights, _functions, _paths)


def cousins(found: Found) -> None:
    """All of them."""
    for run in found.right.runs:
        for at in range(1, found.last + 1):
            for kind in COUSINS:
                for codes, quantity, value in kind(found, run, at):
                    found.add(codes, quantity, value)
