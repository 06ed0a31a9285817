"""Mastery: first attempts without help, at different instances, and gaps that grow."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.mastery import INSTANCES, SITTING, Attempt, Mastery, mastery, newly_mastered, what_next
from tui_backprop.tutor.narrowing import EVERYTHING, list_mastered, tell_mastered, to_unmastered
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.skills import SKILLS, skill_of, skills_in

DAY = 86400.0
SUM = "weighted-sum"


def tries(*outcomes: tuple[str, float, bool]) -> list[Attempt]:
    """Attempts at weighted sums: instance, day, right at once."""
    return [Attempt(SUM, instance, day * DAY, unaided) for instance, day, unaided in outcomes]


def stands(attempts: Sequence[Attempt], day: float) -> Mastery:
    return mastery(attempts, day * DAY)[SUM]


def test_two_different_steps_right_at_once_are_mastery_and_one_is_not() -> None:
    assert stands(tries(("a", 0, True)), 0.1).state == "begun"
    assert stands(tries(("a", 0, True), ("a", 0.01, True)), 0.1).state == "begun"
    assert stands(tries(("a", 0, True), ("b", 0.01, True)), 0.1).state == "mastered"


def test_help_or_a_slip_at_one_of_two_is_no_mastery() -> None:
    assert stands(tries(("a", 0, True), ("b", 0, False)), 0.1).state == "begun"
    assert stands(tries(("a", 0, False), ("b", 0, True)), 0.1).state == "begun"
    assert stands(tries(("a", 0, False), ("b", 0, True), ("c", 0, True)), 0.1).state == "mastered"


def test_trying_a_missed_step_again_at_once_counts_for_nothing() -> None:
    """Its value was seen: to enter it is no sign of knowing it."""
    again = tries(("a", 0, False), ("b", 0, False), ("a", 0.01, True), ("b", 0.01, True))
    assert stands(again, 0.1) == stands(again[:2], 0.1)
    assert stands([*again, *tries(("a", 3, True), ("b", 3, True))], 3).state == "mastered"


def test_what_was_mastered_comes_round_again_and_is_never_lost() -> None:
    first = tries(("a", 0, True), ("b", 0, True))
    due = stands(first, 0).due / DAY
    assert due > 0.9
    assert stands(first, due + 0.1).state == "due"
    assert stands([*first, *tries(("c", 0.1, False))], 0.2).state == "due"


def test_gaps_grow_while_it_goes_well() -> None:
    attempts, day, gaps = tries(("a", 0, True), ("b", 0, True)), 0.0, []
    for instance in "cdef":
        due = stands(attempts, day).due / DAY
        gaps.append(due - day)
        day = due
        attempts += tries((instance, day, True))
    assert gaps == sorted(gaps)
    assert gaps[-1] > 4 * gaps[0]


def test_a_slip_brings_it_back_sooner() -> None:
    well = tries(("a", 0, True), ("b", 0, True), ("c", 3, True))
    badly = tries(("a", 0, True), ("b", 0, True), ("c", 3, False))
    assert stands(badly, 3).due < stands(well, 3).due


attempts_at_random = st.lists(
    st.tuples(st.sampled_from("abc"), st.floats(0, 40), st.booleans()), max_size=8,
).map(lambda rows: tries(*sorted(rows, key=lambda row: row[1])))
RANKS = ("new", "begun", "due", "mastered")


@given(attempts_at_random, st.integers(0, 7), st.floats(40, 60))
def test_a_wrong_try_at_a_step_tried_before_never_lowers_anything(
    attempts: list[Attempt], place: int, day: float
) -> None:
    if not attempts:
        return
    former = attempts[place % len(attempts)]
    retried = [*attempts, Attempt(SUM, former.instance, max(40 * DAY, former.time), unaided=False)]
    assert stands(retried, day) == stands(attempts, day)


@given(attempts_at_random)
def test_mastery_needs_two_different_instances(attempts: list[Attempt]) -> None:
    right = {attempt.instance for attempt in attempts if attempt.unaided}
    if stands(attempts, 40).state in ("mastered", "due"):
        assert len(right) >= INSTANCES


def test_a_sitting_is_one_review_however_many_steps_it_has() -> None:
    few = tries(("a", 0, True), ("b", 0, True))
    many = tries(*((str(n), n * SITTING / DAY / 100, True) for n in range(40)))
    assert stands(many, 0).due == pytest.approx(stands(few, 0).due, abs=SITTING)


def test_what_comes_next_is_what_was_forgotten_then_begun_then_new() -> None:
    done = (("update", "a"), ("cost-after", "a"), ("cost-after", "b"))
    attempts = [Attempt(skill, instance, 0, unaided=True) for skill, instance in done]
    keys = [each.skill.key for each in what_next(mastery(attempts, 100 * DAY).values())]
    assert keys[:3] == ["cost-after", "update", "slopes"]


@pytest.mark.parametrize("name", [entry.name for entry in course.exercises()])
def test_every_step_of_the_course_shows_a_skill(name: str) -> None:
    exercise = course.load(name)
    derivation = Derivation(exercise.task, exercise.detail)
    for quantity in derivation.order:
        skill = skill_of(derivation, quantity)
        if skill is None:  # the output of a circuit by itself, which is 1
            assert derivation.values(quantity) == 1
        else:
            assert SKILLS[skill.key] is skill


def test_functions_are_skills_of_their_own() -> None:
    def key(name: str, quantity: str) -> str:
        exercise = course.load(name)
        skill = skill_of(Derivation(exercise.task, exercise.detail), quantity)
        return skill.key if skill else ""

    assert key("mazur", "a 1:h1") == "activation:sigmoid"
    assert key("mazur", "da/dz 2:o1") == "activation-slope:sigmoid"
    assert key("exercise-2", "a 2:k") == "activation:relu"
    assert key("exercise-2", "C") == "cost:squared_error"
    assert key("exercise-2", "dC/da 2:k") == "cost-slope:squared_error"


def test_a_quiz_is_narrowed_to_what_is_not_mastered_and_asks_everything_where_nothing_would_be_left() -> None:
    exercise = course.load("exercise-2")
    derivation = Derivation(exercise.task, exercise.detail)
    skills = skills_in(derivation)
    assert set(skills) == {skill_of(derivation, step) for step in derivation.order}
    sums = list_mastered(derivation, mastery(tries(("a", 0, True), ("b", 0, True)), 0.1 * DAY))
    assert [skill.key for skill in sums] == [SUM]
    assert Quiz(exercise, narrowing=to_unmastered(derivation, sums)).plan[:2] == ["a 1:j", "a 2:k"]
    assert to_unmastered(derivation, skills) == EVERYTHING
    assert tell_mastered(derivation, skills).startswith("You have mastered all of its skills, so everything is asked")
    assert tell_mastered(derivation, sums) == "Shown, not asked: the weighted sum into a unit."
    assert tell_mastered(derivation, skills[:4], most=2).endswith("; and 2 more.")


def test_what_a_way_through_has_mastered_is_what_was_not_mastered_before_it() -> None:
    attempts = tries(("a", 0, True), ("b", 1, True), ("c", 1.1, True))
    assert [skill.key for skill in newly_mastered(attempts, 0.9 * DAY, 1.2 * DAY)] == [SUM]
    assert newly_mastered(attempts, 1.05 * DAY, 1.2 * DAY) == ()
    assert newly_mastered(attempts[:1], 0.0, 1.2 * DAY) == ()
