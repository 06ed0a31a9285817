"""The numbers in the shipped lessons are the exercises' own, and no wrong answer passes for a right one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from tui_backprop.course import lessons, load, load_lesson
from tui_backprop.course.lesson import Check, NetworkPicture
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.parse import parse
from tui_backprop.tutor.numbers import check_number


def shipped(kind: str) -> Iterator[tuple[str, str, Check]]:
    """The lesson's name, its network's name, and each of its checks of this kind."""
    for entry in lessons():
        blocks = load_lesson(entry.name).blocks
        network = next(block.source for block in blocks if isinstance(block, NetworkPicture))
        for block in blocks:
            if isinstance(block, Check) and block.kind == kind:
                yield entry.name, str(network), block


def values(network: str) -> dict[str, float]:
    """Every value of the exercise's derivation, in full detail."""
    exercise = load(network)
    return {quantity: derivation.values(quantity)
            for derivation in (Derivation(exercise.task, "full"),) for quantity in derivation.order}


def number(answer: str) -> float:
    return evaluate(parse(answer, {}), lambda _name: math.nan)


@pytest.mark.parametrize(("lesson", "network", "check"), list(shipped("number")), ids=lambda part: str(part)[:20])
def test_a_number_asked_for_is_a_value_of_the_exercise(lesson: str, network: str, check: Check) -> None:
    right = number(check.answer[0])
    assert any(math.isclose(right, value, rel_tol=1e-12) for value in values(network).values()), lesson
    digits = check.significant_digits
    assert check_number(check.answer[0], right, significant_digits=digits).verdict == "correct"
    for wrong in check.wrong:
        assert check_number(wrong.answer[0], right, significant_digits=digits).verdict == "wrong", wrong.answer


LETTERS = {"a_i": "a 0:i", "a_j": "a 1:j", "a_k": "a 2:k", "w_ij": "w 1:i->j", "w_jk": "w 2:j->k", "y": "y 2:k"}
"""The letters of the deep chain, as ids."""


def test_the_formulas_of_the_deep_chain_give_its_gradients() -> None:
    exercise = load("exercise-2")
    derivation = Derivation(exercise.task, "full")

    def value(formula: str, check: Check) -> float:
        names = {name: name for name in check.variables}
        return evaluate(parse(formula, names), lambda name: derivation.values(LETTERS[name]))

    checks = [check for lesson, _, check in shipped("formula") if lesson == "09-deep-chain"]
    assert checks
    for check in checks:
        right = derivation.values("dC/dw 1:i->j")
        assert math.isclose(value(check.answer[0], check), right, rel_tol=1e-12)
        for wrong in check.wrong:
            assert not math.isclose(value(wrong.answer[0], check), right, rel_tol=1e-3)
