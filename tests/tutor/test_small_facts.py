"""Small facts that a learner sees and no larger test looks at: each was found by changing the line that decides it."""

from __future__ import annotations

import pytest

from tui_backprop import course
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.maths.expression import Symbol
from tui_backprop.tutor.debrief import debrief_of
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import StepEntry
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.judging import what_is_known
from tui_backprop.tutor.mistakes.diagnosis import workings_of
from tui_backprop.tutor.narrowing import to_skill
from tui_backprop.tutor.nudge import nudge, sentences
from tui_backprop.tutor.posed import Posed, judge_posed
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.skills import skill_of, skills_in


def test_a_wrong_count_is_wrong_and_says_which_way() -> None:
    posed = Posed("reuse", "How many?", 5, "Five.", too_low="More.", too_high="Fewer.")
    found = [judge_posed("z 1:j", posed, text) for text in ("4", "5", "6", "x")]
    assert [(each.verdict, each.message) for each in found] == [
        ("wrong", "More."), ("correct", "Five."), ("wrong", "Fewer."),
        ("invalid", "A whole number is asked for here.")]
    assert not any(each.accepted for each in found)  # the step itself is still to be answered


@pytest.mark.parametrize(("name", "way"), [("exercise-1", "up"), ("too-high", "down")])
def test_a_step_the_wrong_way_is_told_the_way(name: str, way: str) -> None:
    exercise = course.load(name)
    derivation = exercise.derive()
    quantity = next(step for step in derivation.order if step.startswith("w' "))
    rule = rule_for(derivation, quantity, exercise.precision)
    assert rule.change
    assert (rule.change > 0) == (way == "up")
    new = derivation.values(quantity)
    assert f"it should go {way}" in what_is_known(new - 3 * rule.change, new, rule)
    assert "the right way" in what_is_known(new + rule.change, new, rule)
    assert "the old value" in what_is_known(new - rule.change, new, rule)


def test_an_exam_shows_givens_and_entries_and_nothing_else_before_it_is_handed_in() -> None:
    exam = Exam(course.load("exercise-2"))
    first, second = exam.plan[:2]
    assert exam.earned("w 1:i->j")
    assert not exam.earned(first)
    exam.answer("0.1")
    assert exam.earned(first)
    assert not exam.earned(second)
    exam.hand_in()
    assert exam.earned(second)


def test_a_name_that_needs_its_layer_is_spelled_with_it() -> None:
    exercise = course.load("exercise-3")
    explainer = Explainer(exercise.derive(), exercise.precision)
    assert explainer.spell_with_layer("z 2:k") == "a_j^(L-1)"
    assert not explainer.spell_with_layer("dC/da 2:k")


@pytest.mark.parametrize(("notation", "titles"), [
    ("hand-out", ["L−2", "L−1", "L"]), ("nielsen", ["layer 1", "layer 2", "layer 3"]),
    ("mazur", ["input", "hidden", "output"])])
def test_layers_have_the_titles_of_the_notation(notation: str, titles: list[str]) -> None:
    naming = course.load("exercise-2").derive(NOTATIONS[notation]).naming
    assert isinstance(naming, NetworkNaming)
    assert [naming.layer_title(layer) for layer in range(3)] == titles


def test_only_a_circuit_with_a_rate_has_updated_inputs() -> None:
    assert "updated" not in course.load("circuit-two-gates").solve().to_dict()
    assert course.load("circuit-max").solve().to_dict()["updated"]


def test_one_skill_alone_is_asked() -> None:
    exercise = course.load("exercise-2")
    derivation = exercise.derive()
    for skill in skills_in(derivation):
        plan = Quiz(exercise, narrowing=to_skill(derivation, skill.key)).plan
        assert {skill_of(derivation, step) for step in plan} == {skill}
    assert list(Quiz(exercise, narrowing=to_skill(derivation, "no such skill")).plan) == list(Quiz(exercise).plan)


@pytest.mark.parametrize(("size", "digits", "said"), [
    (1e-4, 6, "agree in all digits shown."), (0.1, 4, "agree to 4 digits."), (2.0, 1, "Take a smaller nudge.")])
def test_a_nudge_says_how_far_it_agrees(size: float, digits: int, said: str) -> None:
    found = nudge(Quiz(course.load("sigmoid-chain")), "w 1:i->j", size)
    assert found.agreeing == digits
    assert said in " ".join(sentences(found))


def test_the_end_tells_the_commonest_slip_first_and_what_may_be_chance_last() -> None:
    quiz = Quiz(course.load("exercise-2"))
    slips = {"z 1:j": ("sign", "wrong_layer"), "a 1:j": ("wrong_layer", "factor_two"), "z 2:k": ("factor_two",)}
    quiz.restore({step: StepEntry(slips=codes) for step, codes in slips.items()}, None)
    assert list(debrief_of(quiz).slips) == ["factor_two", "sign", "wrong_layer"]


@pytest.mark.parametrize(("gradient", "taken"), [
    ("df/dm", ["df/ds"]), ("df/dz", ["df/dx", "df/dy", "df/dw", "df/dp", "df/dm", "df/ds"])])
def test_a_gates_gradient_is_not_taken_for_one_that_comes_later_an_inputs_may_be(
    gradient: str, taken: list[str]
) -> None:
    slips = workings_of(course.load("circuit-max").derive()).slips(gradient).values()
    assert [slip.formula.name for slip in slips
            if isinstance(slip.formula, Symbol) and slip.way.startswith("of ")] == taken
