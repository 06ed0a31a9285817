"""Random networks, circuits and exercises, for every property test that needs some.

Parameters and inputs are moderate, and every value that follows is finite. :func:`off_kinks` keeps what a test
with finite differences must stay away from.
"""

from __future__ import annotations

import string
from functools import lru_cache
from itertools import pairwise
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tui_backprop.course.exercise import Ask, Exercise
from tui_backprop.course.files import tidy
from tui_backprop.course.read import PRECISIONS
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.derivation.graph import KINDS
from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Pow, Symbol, number
from tui_backprop.maths.parse import parse
from tui_backprop.maths.plain import plain
from tui_backprop.maths.precision import MOST_DIGITS
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Circuit, Gate, Network, Sample

HIDDEN = tuple(name for name, activation in ACTIVATIONS.items() if not activation.coupled)
"""Activations that any layer may have."""

numbers = st.floats(-1.5, 1.5, allow_subnormal=False).map(lambda x: round(x, 4))
"""Weights, biases and inputs; some of them 0."""
_LATER = string.ascii_letters + string.digits + "_"
unit_names = st.builds("{}{}".format, st.sampled_from(string.ascii_letters), st.text(_LATER, max_size=11)) \
    | st.text(string.digits, min_size=1, max_size=3)
titles = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30).map(tidy).filter(bool)
"""As they are read from a file: a thumb's colour, say, is left out."""


@lru_cache(maxsize=64)  # a strategy is made and checked once, not at every draw
def vectors(size: int, values: st.SearchStrategy[float] = numbers) -> st.SearchStrategy[tuple[float, ...]]:
    return st.lists(values, min_size=size, max_size=size).map(tuple)


@st.composite
def networks(
    draw: st.DrawFn, *, most_layers: int = 5, most_units: int = 3, most_samples: int = 3,
    layers_after: int | None = None, cost: str | None = None, output: str | None = None, biases: bool | None = None,
) -> Network:
    """A network of 1 to ``most_layers`` layers after the input, or of ``layers_after``; any activations and cost."""
    depth = layers_after or draw(st.integers(1, most_layers))
    layers = tuple(
        tuple(draw(st.lists(unit_names, min_size=1, max_size=most_units, unique=True))) for _ in range(depth + 1))
    cost = cost or draw(st.sampled_from(sorted(COSTS)))
    output = COSTS[cost].output or output or draw(st.sampled_from(sorted(ACTIVATIONS)))
    hidden = draw(st.lists(st.sampled_from(HIDDEN), min_size=depth - 1, max_size=depth - 1))
    has_biases = draw(st.booleans()) if biases is None else biases
    pairs = list(pairwise(layers))
    network = Network(
        layers=layers,
        activations=(*hidden, output),
        cost=cost,
        learning_rate=draw(st.sampled_from([0.01, 0.1, 0.5])),
        weights=tuple(tuple(draw(vectors(len(after))) for _ in before) for before, after in pairs),
        biases=tuple(draw(vectors(len(after))) for _, after in pairs) if has_biases else None,
        samples=tuple(draw(samples(len(layers[0]), len(layers[-1]), cost))
                      for _ in range(draw(st.integers(1, most_samples)))),
        train_biases=draw(st.booleans()) if has_biases else True,
    )
    assume(COSTS[cost].output is None or _is_finite(network))  # only a logarithm has no value at such small numbers
    return network


@st.composite
def samples(draw: st.DrawFn, inputs: int, outputs: int, cost: str) -> Sample:
    """A sample whose targets suit the cost."""
    if cost == "cross_entropy":
        hot = draw(st.integers(0, outputs - 1))
        targets = tuple(float(place == hot) for place in range(outputs))
    elif cost == "binary_cross_entropy":
        targets = draw(vectors(outputs, st.sampled_from([0.0, 0.25, 1.0])))
    else:
        targets = draw(vectors(outputs))
    return Sample(draw(vectors(inputs)), targets)


def off_kinks(network: Network, margin: float = 1e-3) -> bool:
    """Is every pre-activation of a ReLU or leaky ReLU away from 0, where there is no derivative?"""
    from tui_backprop.derivation.derivation import Derivation

    derivation = Derivation(network, "full")
    for quantity in derivation.order:
        role, _, place = quantity.split(" ", 1)[1].partition(" ") if quantity.startswith("#") else \
            quantity.partition(" ")
        if role == "z" and ACTIVATIONS[network.activations[int(place.split(":")[0]) - 1]].kinked \
                and abs(derivation.values(quantity)) < margin:
            return False
    return True


@st.composite
def circuits(draw: st.DrawFn, *, most_gates: int = 5) -> Circuit:
    """A circuit of smooth gates, as a file gives it: each gate's expression is one that the parser made."""
    names = [f"x{place}" for place in range(draw(st.integers(1, 3)))]
    inputs = tuple((name, draw(st.floats(0.1, 2).map(lambda x: round(x, 3)))) for name in names)
    gates = []
    for place in range(draw(st.integers(1, most_gates))):
        expression = parse(plain(draw(_expressions(tuple(names)))), {name: name for name in names})
        gates.append(Gate(f"g{place}", expression))
        names.append(f"g{place}")
    circuit = Circuit(inputs, tuple(gates), draw(st.sampled_from([None, 0.1])))
    assume(_is_finite(circuit))
    return circuit


@lru_cache(maxsize=64)
def _expressions(names: tuple[str, ...]) -> st.SearchStrategy[Expr]:
    constants = st.sampled_from(["2", "0.5", "3"]).map(number)
    leaves: st.SearchStrategy[Expr] = st.one_of(st.sampled_from(names).map(Symbol), constants, st.just(Constant("pi")))

    def grow(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Any]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        functions = st.sampled_from(["exp", "sigmoid", "tanh", "softplus"])
        return st.one_of(
            several.map(Add), several.map(Mul), parts.map(Neg), st.builds(Div, parts, parts),
            st.builds(Pow, parts, constants), st.builds(Call, functions, st.tuples(parts)))

    return st.recursive(leaves, grow, max_leaves=4)


@st.composite
def exercises(
    draw: st.DrawFn, tasks: st.SearchStrategy[Network | Circuit] | None = None, *, precisions: int = MOST_DIGITS - 1
) -> Exercise:
    """An exercise over a random network or circuit, with every optional part now there and now not.

    ``precisions``: how many of the ways to ask for answers; at first those in significant digits.
    """
    task = draw(tasks if tasks is not None else st.one_of(networks(most_layers=3), circuits()))
    parameters = None
    if isinstance(task, Network) and draw(st.booleans()):
        layer = draw(st.integers(1, task.last))
        source, unit = draw(st.sampled_from(task.layers[layer - 1])), draw(st.sampled_from(task.layers[layer]))
        parameters = (f"{layer}:{source}->{unit}",)
    kinds = draw(st.none() | st.lists(st.sampled_from(KINDS), min_size=1, unique=True).map(tuple))
    return Exercise(
        name="drawn",
        title=draw(titles),
        task=task,
        summary=draw(st.just("") | titles),
        detail=draw(st.sampled_from(DETAILS)) if isinstance(task, Network) else "full",
        ask=Ask(parameters, kinds),
        precision=draw(st.sampled_from(PRECISIONS[:precisions])),
    )


def _is_finite(task: Network | Circuit) -> bool:
    return Derivation(task).first_not_finite() is None
