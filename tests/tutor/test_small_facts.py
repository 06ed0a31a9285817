"""Small facts that a learner sees and no larger test looks at: each was found by changing the line that decides it."""

from __future__ import annotations

import pytest

from tests.test_one_entry import NETWORK
from tui_backprop import course
from tui_backprop.course.read import exercise_from_text
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.maths.expression import Symbol, symbols
from tui_backprop.tutor.debrief import debrief_of
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import StepEntry
from tui_backprop.tutor.exam import AT_END, Exam
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.judging import what_is_known
from tui_backprop.tutor.mistakes.diagnosis import diagnose, workings_of
from tui_backprop.tutor.narrowing import to_skill
from tui_backprop.tutor.nudge import nudge, sentences
from tui_backprop.tutor.posed import Posed, judge_posed
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.rules import Rule
from tui_backprop.tutor.search import step_words
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
    text = "format = 1\ntitle = 't'\n[circuit]\ninputs = { x = 3.0 }\ngates = ['f = x^2']\nlearning_rate = 0.5\n"
    assert exercise_from_text(text, "rate", "rate.toml").solve().to_dict()["updated"] == {"x": 0.0}


def test_one_skill_alone_is_asked() -> None:
    exercise = course.load("exercise-2")
    derivation = exercise.derive()
    for skill in skills_in(derivation):
        plan = Quiz(exercise, narrowing=to_skill(derivation, skill.key)).plan
        assert {skill_of(derivation, step) for step in plan} == {skill}
    assert list(Quiz(exercise, narrowing=to_skill(derivation, "no such skill")).plan) == list(Quiz(exercise).plan)


@pytest.mark.parametrize(("size", "digits", "said"), [
    (1e-4, 6, "agree in all digits shown."), (0.01, 6, "agree to 5 digits."),
    (0.1, 4, "agree to 3 digits."), (2.0, 1, "Take a smaller nudge.")])
def test_a_nudge_says_how_far_it_agrees(size: float, digits: int, said: str) -> None:
    found = nudge(Quiz(course.load("sigmoid-chain")), "w 1:i->j", size)
    assert found.agreeing == digits
    assert said in " ".join(sentences(found))


def test_the_end_tells_the_commonest_slip_first_and_what_may_be_chance_last() -> None:
    quiz = Quiz(course.load("exercise-2"))
    slips = {"z 1:j": ("sign", "wrong_layer"), "a 1:j": ("wrong_layer", "factor_two"), "z 2:k": ("factor_two",)}
    quiz.restore({step: StepEntry(slips=codes) for step, codes in slips.items()}, None)
    told = debrief_of(quiz)
    assert list(told.slips) == ["factor_two", "sign", "wrong_layer"]
    assert (told.worked, told.filled, told.jumped) == (0, 0, 0)


@pytest.mark.parametrize(("gradient", "taken"), [
    ("df/dm", ["df/ds"]), ("df/dz", ["df/dx", "df/dy", "df/dw", "df/dp", "df/dm", "df/ds"])])
def test_a_gates_gradient_is_not_taken_for_one_that_comes_later_an_inputs_may_be(
    gradient: str, taken: list[str]
) -> None:
    slips = workings_of(course.load("circuit-max").derive()).slips(gradient).values()
    assert [slip.formula.name for slip in slips
            if isinstance(slip.formula, Symbol) and slip.way.startswith("of ")] == taken


def test_nothing_that_comes_later_is_taken_for_what_goes_into_a_unit() -> None:
    derivation = course.load("mazur").derive()
    for quantity in (each for each in derivation.order if each.startswith("z ")):
        slips = (slip for slip in workings_of(derivation).slips(quantity).values() if " takes a " in slip.way)
        taken = {parse_id(name) for slip in slips for name in symbols(slip.formula)}
        layers = {ref.layer for ref in taken if ref.role == "a"}
        assert max(layer or 0 for layer in layers) < (parse_id(quantity).layer or 0)


@pytest.mark.parametrize(("hidden", "biases", "trained", "names"), [
    (1, "0.1", "true", ["b₁", "b₂"]), (2, "0.1, 0.1", "true", ["bₕ₁", "bₕ₂", "bₒ₁"]),
    (2, "0.1, 0.1", "false", ["b₁", "b₁", "b₂"]), (2, "0.1, 0.2", "false", ["bₕ₁", "bₕ₂", "bₒ₁"])])
def test_a_layer_has_one_bias_where_it_has_one_unit_or_fixed_ones_that_are_the_same(
    hidden: int, biases: str, trained: str, names: list[str]
) -> None:
    text = NETWORK.replace("{activation}", "sigmoid").replace("{cost}", "squared_error").replace(
        "[0.1]", f"[{biases}]").replace("[[samples]]", f"train_biases = {trained}\n[[samples]]")
    if hidden == 2:
        text = text.replace('["j"]', '["h", "j"]').replace("[[[0.86]], [[0.66]]]", "[[[0.86, 0.2]], [[0.66], [0.3]]]")
    derivation = exercise_from_text(text, "biases", "biases.toml").derive(NOTATIONS["mazur"])
    assert [derivation.name_of(each) for each in derivation.graph.givens() if each.startswith("b ")] == names


def test_a_slope_of_softmax_for_the_other_case_is_told_as_that() -> None:
    exercise = course.load("softmax-2-3-2")
    derivation = exercise.derive(detail="full")
    a, other = (derivation.values(f"a 2:{unit}") for unit in ("o1", "o2"))
    for quantity, number, said in (("da/dz 2:o1,o1", -a * a, "For the unit itself"),
                                   ("da/dz 2:o2,o1", other * (1 - other), "which is the same output's")):
        assert any(said in each.say for each in diagnose(derivation, quantity, number))


def test_a_path_is_found_by_what_it_goes_via() -> None:
    derivation = course.load("mazur").derive()
    assert {"via" in step_words(derivation, each).split() for each in derivation.order if " via " in each} == {True}
    assert "via" not in step_words(derivation, "dC/da 1:h1").split()


def test_an_update_of_a_large_number_is_asked_for_in_digits_where_none_is_behind_the_point() -> None:
    asked = [Rule(change=change).tell_digits(1234.0) for change in (3.0, 20.0, 200.0)]
    assert asked == ["1 decimal", "4 significant digits", "3 significant digits"]


def test_an_answer_that_is_changed_in_an_exam_is_the_second_to_its_step() -> None:
    exam = Exam(course.load("exercise-2"))
    exam.answer("0.602")
    exam.go_to(0)
    exam.answer("0.6")
    assert (exam.entry("z 1:j").attempts, exam.entry("z 1:j").given, exam.here) == (2, "0.6", "a 1:j")


def test_an_exam_is_taken_up_at_its_first_step_where_it_was_left_nowhere_and_at_its_end_where_it_was_over() -> None:
    places = []
    for whereabouts in ("", "no such step", "C", AT_END):
        exam = Exam(course.load("exercise-2"))
        exam.take_up({"z 1:j": StepEntry(given="0.602")}, whereabouts)
        places.append(exam.here)
    assert places == ["z 1:j", "z 1:j", "C", None]
