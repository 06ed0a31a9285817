"""Large networks: what is written of their long sums is what would be written of the whole formula."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from tests.effort import pairs
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.derivation import literal
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, product, substitute, total
from tui_backprop.maths.plain import plain, plain_sum
from tui_backprop.network.model import Network, Sample
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.layout import Layout, Text


def drawn(*, biases: bool, seed: int = 5) -> Network:
    random, sizes = Random(seed), (31, 30, 7)

    def numbers(size: int) -> tuple[float, ...]:
        return tuple(round(random.uniform(-0.5, 0.5), 3) for _ in range(size))

    return Network(
        layers=tuple(tuple(str(unit + 1) for unit in range(size)) for size in sizes),
        activations=("relu", "softmax"), cost="cross_entropy", learning_rate=0.1,
        weights=tuple(tuple(numbers(after) for _ in range(before)) for before, after in pairwise(sizes)),
        biases=tuple(numbers(size) for size in sizes[1:]) if biases else None,
        samples=tuple(Sample(numbers(sizes[0]), tuple(float(unit == hot) for unit in range(sizes[-1])))
                      for hot in range(2)),
    )


@pytest.mark.parametrize(("detail", "biases"), pairs(DETAILS, [False, True]))
def test_long_sums_are_written_as_the_whole_formula_would_be(detail: Detail, biases: bool) -> None:
    network = drawn(biases=biases)
    derivation = Derivation(network, detail)
    assert Derivation(network).graph.is_large
    steps = [derivation.steps[place] for place in range(0, len(derivation.order), 61)]
    assert {"z", "a", "C'", "w'"} <= {step.id.removeprefix("#1 ").removeprefix("#2 ").split()[0] for step in
                                     [*steps, derivation.steps[-1], derivation.step("#1 a 2:3")]}
    for step in (*steps, derivation.steps[-1], derivation.step("#1 a 2:3"), derivation.step("#2 dC/da 1:8")):
        whole = step.evaluated
        assert step.formula_layout(elide=6) == set_formula(step.formula, derivation.naming.name, elide=6)
        assert step.lay_out_substituted(elide=6) == set_formula(whole, number(derivation), elide=6)
        text = substitute(whole, lambda name: literal(derivation.values(name)))
        assert step.write_substituted() == plain(text)


def number(derivation: Derivation) -> Callable[[str], Layout]:
    def layout(name: str) -> Layout:
        return Text(repr(derivation.values(name)), "number")

    return layout


def test_nothing_is_made_of_the_terms_that_are_left_out() -> None:
    step = Derivation(drawn(biases=True)).step("#1 z 1:4")
    asked: list[str] = []

    def noted(value: float) -> str:
        asked.append(repr(value))
        return repr(value)

    step.lay_out_substituted(noted, elide=6)
    assert len(asked) == 2 + 2 + 2 + 1


@pytest.mark.parametrize(
    "columns", [((0.5, -0.25, 0.0), (1e-07, -3.0, 12.0)), ((-1.5, 0.5, -2e300),), ((-0.5,), (2.0,))])
def test_a_sum_of_products_is_written_at_once_as_term_by_term(columns: tuple[tuple[float, ...], ...]) -> None:
    terms: list[Expr] = [product(tuple(literal(value) for value in row)) for row in zip(*columns, strict=True)]
    text = plain_sum([list(map(repr, column)) for column in columns])
    assert text == plain(total(tuple(terms)))
    whole = math.fsum(math.prod(row) for row in zip(*columns, strict=True))
    assert math.isclose(evaluate(total(tuple(terms)), float), whole)


def test_a_networks_numbers_become_arrays_once_and_a_changed_copys_are_its_own() -> None:
    network = drawn(biases=True)
    Derivation(network).values("C")
    first = network.arrays["w", 1]
    Derivation(network, "delta").values("C'")
    assert network.arrays["w", 1] is first
    changed = replace(network, weights=drawn(biases=True, seed=6).weights)
    assert changed.arrays == {}
    assert Derivation(changed).values("C") != Derivation(network).values("C")
    assert network == drawn(biases=True)


def test_arrays_are_what_a_large_network_is_worked_out_with() -> None:
    assert Derivation(drawn(biases=False)).layer_values is not None


def test_a_samples_gradient_is_its_own_and_the_batch_has_the_mean() -> None:
    values = Derivation(drawn(biases=True), "delta").values
    own = [values(f"#{sample} a 1:4") * values(f"#{sample} dC/dz 2:3") for sample in (1, 2)]
    assert own[0] != own[1]
    assert [values(f"#{sample} dC/dw 2:4->3") for sample in (1, 2)] == pytest.approx(own, rel=1e-12)
    assert values("dC/dw 2:4->3") == pytest.approx(sum(own) / 2, rel=1e-12)


@pytest.mark.parametrize(("outputs", "activation", "samples", "large"), [
    (44, "softmax", 1, True), (43, "softmax", 1, False), (43, "softmax", 2, True), (44, "sigmoid", 1, False)])
def test_the_slopes_of_a_softmax_and_the_samples_make_a_network_large(
    outputs: int, activation: str, samples: int, large: bool
) -> None:
    names = tuple(str(unit + 1) for unit in range(outputs))
    cost = "cross_entropy" if activation == "softmax" else "squared_error"
    sample = Sample((1.0,), (1.0, *(0.0,) * (outputs - 1)))
    weights = (((0.1,) * outputs,),)
    network = Network((("1",), names), (activation,), cost, 0.1, weights, None, samples=(sample,) * samples)
    assert Derivation(network).graph.is_large == large
