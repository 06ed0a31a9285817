"""Whoever works rightly scores, in any network: with exact numbers, with rounded ones, or after one early slip."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.effort import examples, some
from tests.strategies import circuits, exercises, networks
from tests.tutor.sheets import sheet
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.tutor.marking import Mark, Marked, mark_answers
from tui_backprop.tutor.plan import plan_steps

small = networks(most_layers=3, most_units=2, most_samples=2)
several = exercises(st.one_of(small, circuits()))


def lost(marked: Marked) -> list[Mark]:
    return [mark for mark in marked.marks if mark.asked and mark.verdict not in ("correct", "follow_through")]


def slipped(value: float) -> float:
    """Another number, by nobody's rounding."""
    return value + math.copysign(0.37 * abs(value) + 0.313, value)


@examples(40)
@given(several, st.booleans())
def test_exact_answers_get_full_marks(exercise: Exercise, backwards: bool) -> None:
    marked = mark_answers(exercise, sheet(exercise, backwards=backwards))
    assert lost(marked) == []
    assert all(mark.verdict == "correct" for mark in marked.marks)


@examples(40)
@given(several)
def test_answers_rounded_at_every_step_get_full_marks(exercise: Exercise) -> None:
    written = sheet(exercise, rounded=True)
    assume(all(math.isfinite(float(text)) for text in written.values()))
    # Where a rounded 1.00 leaves a(1 - a) = 0, nothing is worked out any more.
    trivial = {quantity for quantity, text in written.items() if is_trivial(float(text))}
    assert {mark.id for mark in lost(mark_answers(exercise, written))} <= trivial


@examples(40)
@given(several, st.data(), st.booleans(), st.booleans())
def test_one_early_slip_costs_one_step(
    exercise: Exercise, data: st.DataObject, rounded: bool, backwards: bool,
) -> None:
    plan = plan_steps(Derivation(exercise.task, exercise.detail), exercise.ask)
    where = data.draw(st.sampled_from(list(plan)))
    written = sheet(exercise, slips={where: slipped}, rounded=rounded, backwards=backwards)
    assume(all(math.isfinite(float(text)) for text in written.values()))
    marked = mark_answers(exercise, written)
    trivial = {quantity for quantity, text in written.items() if is_trivial(float(text))}
    assert where in {mark.id for mark in lost(marked)} <= {where} | trivial


def is_trivial(value: float) -> bool:
    return math.isclose(value, 0, abs_tol=1e-9) or math.isclose(value, 1)


@pytest.mark.parametrize("name", some(["exercise-2", "exercise-3", "mazur", "softmax-2-3-2", "batch-of-three"]))
def test_a_calculator_that_keeps_more_digits_than_are_written_down_costs_nothing(name: str) -> None:
    exercise = course.load(name)
    plan = plan_steps(Derivation(exercise.task, exercise.detail), exercise.ask)
    for where in some(list(plan[:len(plan) // 2:2])):
        written = sheet(exercise, slips={where: slipped}, rounded=True, calculator=True)
        trivial = {quantity for quantity, text in written.items() if is_trivial(float(text))}
        assert {mark.id for mark in lost(mark_answers(exercise, written))} - trivial == {where}


@pytest.mark.parametrize(("name", "own", "detail"), some(list(product(
    ["exercise-3", "mazur", "softmax-2-3-2", "batch-of-three"], DETAILS, DETAILS))))
def test_a_sheet_of_another_detail_carries_its_slips_on_too(name: str, own: Detail, detail: Detail) -> None:
    exercise = replace(course.load(name), detail=own)
    order = Derivation(exercise.task, detail).order
    where = next(quantity for role in ("dC/dz", "dC/da") for quantity in order if role in quantity)
    written = sheet(exercise, slips={where: slipped}, rounded=True, detail=detail, backwards=True)
    marked = mark_answers(exercise, written)
    assert [mark.id for mark in marked.marks if mark.verdict not in ("correct", "follow_through", "missing")] == [where]
    assert sum(mark.verdict == "follow_through" for mark in marked.marks) > 1


def test_the_order_of_a_sheet_changes_no_mark() -> None:
    exercise = course.load("mazur")
    forth, back = (sheet(exercise, slips={"z 1:h1": slipped, "dC/da 2:o1": slipped}, backwards=way)
                   for way in (False, True))
    assert list(forth) == list(back)[::-1]
    assert mark_answers(exercise, forth) == mark_answers(exercise, back)
