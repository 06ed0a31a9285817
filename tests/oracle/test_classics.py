"""Ten thousand rounds of the most-read worked example, with and without its mistake."""

from __future__ import annotations

import math
from functools import cache

import pytest

from tests.derivation.classics import MISTAKE, classics
from tui_backprop.derivation.values import Values

MAZUR = classics()["mazur-2-2-2"]
FIGURES = ("a_after_10000:o1", "a_after_10000:o2", "C_after_10000")
ROUNDS = 10_000


@cache
def trained(*, mistaken: bool) -> tuple[Values, Values]:
    """The derivation's values with the weights after one round less, and after all of them."""
    formulas = MAZUR.mistaken_formulas if mistaken else {}
    updates = [quantity for quantity in MAZUR.derivation.order if MAZUR.derivation.graph.kind(quantity) == "update"]
    values = MAZUR.derivation.values_with(formulas=formulas)
    for _ in range(ROUNDS):
        before, weights = values, {quantity.replace("'", ""): values(quantity) for quantity in updates}
        values = MAZUR.derivation.values_with(numbers=weights, formulas=formulas)
    return before, values


@pytest.mark.parametrize("mistaken", [False, True])
def test_ten_thousand_rounds(mistaken: bool) -> None:
    prefix = MISTAKE if mistaken else ""
    _, values = trained(mistaken=mistaken)
    for key, quantity in zip(FIGURES, ("a 2:o1", "a 2:o2", "C"), strict=True):
        assert math.isclose(values(quantity), MAZUR.computed[prefix + key], rel_tol=1e-9)
        if key.startswith("a"):  # printed to nine decimals: they are those of the mistake, and not the right ones
            assert MAZUR.figure(key).is_printed(values(quantity)) == mistaken


def test_the_printed_cost_is_that_after_one_round_less() -> None:
    values, _ = trained(mistaken=False)
    assert math.isclose(values("C"), MAZUR.computed["C_after_9999"], rel_tol=1e-9)
    assert MAZUR.figure("C_after_9999").is_printed(values("C"))
    assert not MAZUR.figure("C_after_10000").is_printed(values("C'"))
