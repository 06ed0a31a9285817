"""Ten thousand rounds of the most-read worked example, with and without its mistake."""

from __future__ import annotations

import math

import pytest

from tests.derivation.classics import MISTAKE, Classic, classics
from tui_backprop.derivation.values import Values

MAZUR = classics()["mazur-2-2-2"]
FIGURES = ("a_after_10000:o1", "a_after_10000:o2", "C_after_10000")


def after(case: Classic, rounds: int, *, mistaken: bool) -> Values:
    """The derivation's values with the weights that so many rounds lead to."""
    formulas = case.mistaken_formulas if mistaken else {}
    updates = [quantity for quantity in case.derivation.order if case.derivation.graph.kind(quantity) == "update"]
    weights: dict[str, float] = {}
    for _ in range(rounds):
        values = case.derivation.values_with(numbers=weights, formulas=formulas)
        weights = {quantity.replace("'", ""): values(quantity) for quantity in updates}
    return case.derivation.values_with(numbers=weights, formulas=formulas)


@pytest.mark.parametrize("mistaken", [False, True])
def test_ten_thousand_rounds(mistaken: bool) -> None:
    prefix = MISTAKE if mistaken else ""
    values = after(MAZUR, 10_000, mistaken=mistaken)
    for key, quantity in zip(FIGURES, ("a 2:o1", "a 2:o2", "C"), strict=True):
        assert math.isclose(values(quantity), MAZUR.computed[prefix + key], rel_tol=1e-9)
        if key.startswith("a"):  # printed to nine decimals: they are those of the mistake, and not the right ones
            assert MAZUR.figure(key).is_printed(values(quantity)) == mistaken


def test_the_printed_cost_is_that_after_one_round_less() -> None:
    values = after(MAZUR, 9_999, mistaken=False)
    assert math.isclose(values("C"), MAZUR.computed["C_after_9999"], rel_tol=1e-9)
    assert MAZUR.figure("C_after_9999").is_printed(values("C"))
    assert not MAZUR.figure("C_after_10000").is_printed(values("C'"))
