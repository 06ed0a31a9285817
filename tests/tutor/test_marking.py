"""Marking: by the truth, then by the learner's own earlier entries."""

from dataclasses import replace

import pytest

from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.marking import Marked, mark_answers

# Exercise 2 by hand, with z_k = 0.66 + 0.602 (added, not multiplied) and every later step right for that.
OWN_Z = 0.66 + 0.602
OWN_SLOPE = 2 * (OWN_Z - 1)
EARLY_SLIP = {
    "z 1:j": "0.602", "a 1:j": "0.602", "z 2:k": "1.262", "a 2:k": "1.262", "C": f"{(OWN_Z - 1) ** 2:.4f}",
    "dC/da 2:k": "2(a_k - y)", "da/dw 2:j->k": "0.602", "dC/dw 2:j->k": f"{0.602 * OWN_SLOPE:.4f}",
    "da/da 2:j->k": "0.66", "da/dw 1:i->j": "0.7", "dC/dw 1:i->j": f"{0.7 * 0.66 * OWN_SLOPE:.4f}",
    "w' 2:j->k": f"{0.66 - 0.1 * 0.602 * OWN_SLOPE:.4f}", "w' 1:i->j": "0.86",
}


def verdicts(marked: Marked) -> dict[str, str]:
    return {mark.id: mark.verdict for mark in marked.marks}


def test_an_early_wrong_value_costs_one_step_only() -> None:
    marked = mark_answers(course.load("exercise-2"), EARLY_SLIP)
    found = verdicts(marked)
    assert found["z 1:j"] == found["a 1:j"] == found["da/da 2:j->k"] == "correct"
    assert found["z 2:k"] == "wrong"
    carried = ("a 2:k", "C", "dC/da 2:k", "dC/dw 2:j->k", "dC/dw 1:i->j", "w' 2:j->k")
    assert [found[name] for name in carried] == ["follow_through"] * 6
    assert found["w' 1:i->j"] == "wrong"
    assert found["C'"] == "missing"
    assert (marked.score, marked.out_of) == (11, 14)


def test_steps_between_that_have_no_answer_are_worked_out() -> None:
    marked = mark_answers(course.load("exercise-2"), {"z 2:k": "1.262", "dC/dw 2:j->k": f"{0.602 * OWN_SLOPE:.4f}"})
    assert verdicts(marked)["dC/dw 2:j->k"] == "follow_through"


def test_no_credit_where_the_carried_value_is_trivial() -> None:
    assert verdicts(mark_answers(course.load("exercise-2"), {"z 2:k": "0", "a 2:k": "0"}))["a 2:k"] == "wrong"


def test_a_slip_of_1_in_a_product_leaves_nothing_to_work_out() -> None:
    marked = mark_answers(course.load("exercise-2"), {"a 1:j": "1.0", "z 2:k": "0.66", "a 2:k": "0.66", "C": "0.1156"})
    found = verdicts(marked)
    assert found["a 1:j"] == found["z 2:k"] == "wrong"
    assert found["a 2:k"] == found["C"] == "follow_through"
    assert next(mark.feedback for mark in marked.marks if mark.id == "z 2:k").startswith(
        "I read 0.66. It follows from your earlier values, but a factor of 1 leaves nothing to work out: no mark")


def test_rounding_to_1_does_not_make_everything_after_it_0() -> None:
    exercise = course.load("mazur")
    task = exercise.task
    assert isinstance(task, Network)
    saturated = replace(exercise, task=replace(task, samples=(Sample((0.05, 30.0), (0.01, 0.99)),)))
    found = verdicts(mark_answers(saturated, {"a 1:h1": "0.9997", "a 1:h2": "1.00", "da/dz 1:h2": "0"}))
    assert found["a 1:h2"] == "correct"
    assert found["da/dz 1:h2"] == "wrong"


def test_what_is_too_coarse_is_carried_on_all_the_same() -> None:
    wrong = {"z 2:k": "1.262", "a 2:k": "1.3", "dC/da 2:k": "0.6", "dC/dw 2:j->k": f"{0.602 * 0.6:.4f}"}
    found = verdicts(mark_answers(course.load("exercise-2"), wrong))
    assert found["dC/da 2:k"] == found["dC/dw 2:j->k"] == "follow_through"
    right = {"dC/da 2:k": "-1.2", "dC/dw 2:j->k": f"{0.602 * -1.2:.4f}", "dC/dw 1:i->j": f"{0.7 * 0.66 * -1.2:.4f}"}
    found = verdicts(mark_answers(course.load("exercise-2"), right))
    assert found["dC/da 2:k"] == "invalid"
    assert {found["dC/dw 2:j->k"], found["dC/dw 1:i->j"]} <= {"correct", "follow_through"}


def test_too_coarse_and_ambiguous_answers_are_invalid_and_say_so() -> None:
    marked = mark_answers(course.load("exercise-2"), {"dC/da 2:k": "-1.2", "C": "0,363", "z 1:j": "1,205"})
    by_id = {mark.id: mark for mark in marked.marks}
    assert by_id["dC/da 2:k"].verdict == "invalid"
    assert "significant digits" in by_id["dC/da 2:k"].feedback
    assert by_id["z 1:j"].verdict == "invalid"


def test_ids_of_another_detail_are_marked_but_not_counted() -> None:
    exercise = course.load("exercise-2")
    marked = mark_answers(exercise, {"dC/dz 2:k": "-1.205", "da/dz 2:k": "1"})
    beyond = [mark for mark in marked.marks if not mark.asked]
    assert [mark.verdict for mark in beyond] == ["correct", "correct"]
    assert marked.out_of == len(Derivation(exercise.task, exercise.detail).order)


SHIPPED = ["exercise-1", "exercise-3", "mazur", "softmax-2-3-2", "batch-of-three", "circuit-max"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_sheet_of_right_answers_scores_in_full(name: str) -> None:
    exercise = course.load(name)
    steps = Derivation(exercise.task, exercise.detail).steps
    marked = mark_answers(exercise, {step.id: repr(step.value) for step in steps})
    assert marked.score == marked.out_of == len(steps)


def test_null_in_a_sheet_is_no_answer() -> None:
    exercise = course.load("exercise-2")
    answers = {step.id: repr(step.value) for step in exercise.solve().steps}
    with_null: dict[str, object] = {**answers, "C": None}
    by_id = {mark.id: mark for mark in mark_answers(exercise, with_null).marks}
    assert (by_id["C"].verdict, by_id["C"].given) == ("missing", None)
    assert by_id["dC/da 2:k"].verdict == "correct"


def test_an_entry_too_coarse_for_the_learners_own_values_is_unclear_and_not_wrong() -> None:
    """From a_k = 0.462, a slip, C comes to 0.289444: 0.3 is that with one digit."""
    by_id = {mark.id: mark for mark in mark_answers(
        course.load("exercise-2"), {"a 2:k": "0.462", "C": "0.3", "dC/da 2:k": "-1.076"}).marks}
    assert by_id["a 2:k"].verdict == "wrong"
    assert by_id["C"].verdict == "invalid"
    assert by_id["C"].feedback == "I read 0.3. That fits your earlier values, but it needs 3 significant digits."
    assert by_id["dC/da 2:k"].verdict == "follow_through"


def test_what_is_right_for_the_learners_own_values_is_not_a_coarse_truth() -> None:
    """0.4 is the true 0.39732 with one digit; from a_j = 0.606, a slip, it is 0.39996 with three."""
    marked = mark_answers(course.load("exercise-2"), {"a 1:j": "0.606", "z 2:k": "0.4", "a 2:k": "0.4"})
    by_id = {mark.id: mark.verdict for mark in marked.marks}
    assert by_id["z 2:k"] == "follow_through"


def with_rate(name: str, rate: float) -> Exercise:
    exercise = course.load(name)
    assert isinstance(exercise.task, Network)
    return replace(exercise, task=replace(exercise.task, learning_rate=rate))


@pytest.mark.parametrize(("gradient", "entry", "verdict"), [
    ("-0.0555", "0.4806", "follow_through"),  # from 0.480555
    ("-0.0555", "0.4805", "wrong"),
    ("-0.0555", "0.48", "invalid"),
    ("-0.0032", "0.4800", "invalid"),  # from 0.480032: in four decimals it would be the old weight
])
def test_a_carried_update_is_judged_no_more_finely_than_is_asked(gradient: str, entry: str, verdict: str) -> None:
    small_step = with_rate("exercise-1", 0.01)  # a change of 0.0076: four decimals are asked for
    mark = mark_answers(small_step, {"dC/dw 1:j->k": gradient, "w' 1:j->k": entry}).marks[6]
    assert (mark.id, mark.verdict) == ("w' 1:j->k", verdict)
    needed = {"-0.0555": "it needs 4 decimals", "-0.0032": "it needs 6 decimals"}[gradient]
    assert verdict != "invalid" or f"That fits your earlier values, but {needed}, so" in mark.feedback


NO_SHEETS: list[dict[str, object]] = [
    {"z 9:j": "1"}, {"nonsense": "1"}, {"a 0:i": "0.7"}, {"z 9:j": None}, {"C": ["1"]}, {"C": "1" * 500},
]


@pytest.mark.parametrize("answers", NO_SHEETS)
def test_a_sheet_that_is_none_is_refused_in_one_line(answers: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^answers: ") as refusal:
        mark_answers(course.load("exercise-2"), answers)
    assert "\n" not in str(refusal.value)


def test_a_wrong_answer_is_marked_with_its_mistake() -> None:
    marked = mark_answers(course.load("exercise-2"), {"w' 2:j->k": repr(0.66 + 0.1 * -0.72562672), "C": "0.9"})
    by_id = {mark.id: mark for mark in marked.marks}
    assert by_id["w' 2:j->k"].mistakes[0] == "ascent"
    assert by_id["C"].mistakes == ()
