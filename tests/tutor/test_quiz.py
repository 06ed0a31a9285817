"""The quiz: what is asked, what is right, what help is given, what is known."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.effort import examples
from tests.strategies import exercises
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.maths.precision import Precision
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.edit import again, edit
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.quiz import Quiz


def quiz_at(quantity: str, name: str = "exercise-2") -> Quiz:
    quiz = Quiz(course.load(name))
    while quiz.current is not None and quiz.current.id != quantity:
        quiz.answer(repr(quiz.current.value))
    return quiz


@pytest.mark.parametrize("text", ["-1.205", "2*(0.397-1)", "−1,2054", "2(a_k - y)", "2ak-2y", "-1.21", "−1.20536"])
def test_a_right_answer_in_any_spelling_moves_on(text: str) -> None:
    quiz = quiz_at("dC/da 2:k")
    assert quiz.answer(text).accepted
    assert quiz.shown("dC/da 2:k") == "−1.205"
    assert quiz.current is not None
    assert quiz.current.id == "da/dw 2:j->k"


@pytest.mark.parametrize(("text", "verdict"), [
    ("-0.603", "wrong"), ("1.205", "wrong"), ("-1.2", "too_coarse"), ("2(ak", "invalid"), ("1,205", "ambiguous"),
    ("q", "invalid"), ("w_jk'", "invalid"), ("", "invalid"),
])
def test_anything_else_leaves_the_step_open(text: str, verdict: str) -> None:
    quiz = quiz_at("dC/da 2:k")
    feedback = quiz.answer(text)
    assert (feedback.verdict, feedback.accepted) == (verdict, False)
    assert quiz.shown("dC/da 2:k") is None
    assert quiz.entry("dC/da 2:k").attempts == (verdict == "wrong")


@pytest.mark.parametrize(("text", "said"), [
    ("aj", "Two units are called j: type a_j^(L-1) or a_j^(L-2)."),
    ("dC/daj", "I do not know “dC/daj”: it is no step of this exercise."),
    ("2a_j", "Two units are called j: type a_j^(L-1) or a_j^(L-2).")])
def test_a_name_of_two_units_is_told_how_each_is_typed(text: str, said: str) -> None:
    assert quiz_at("dC/dw 2:j->k", "exercise-3").answer(text).message.startswith(said)


@pytest.mark.parametrize(("text", "said"), [
    ("ak", "aₖ is what is asked for: work it out from zₖ."),
    ("dC/dak", "∂C/∂aₖ is not found yet: use only what is given or already found."),
    ("η", "I do not know “η”. Here it is r."), ("w1*x", "I do not know “w1”. Here it is wᵢⱼ."),
    ("dC/daj", "I do not know “dC/daj”: it is no step of this exercise."),
    ("softmax(zk)", "A softmax is typed with exp: exp of this unit’s z, over the sum of exp(z) of all its units.")])
def test_a_name_that_stands_for_no_number_is_told_what_it_is_here(text: str, said: str) -> None:
    assert quiz_at("a 2:k").answer(text).message == said


def test_a_step_of_a_batch_says_its_sample() -> None:
    question = quiz_at("#2 z 1:k", "batch-of-three").question
    assert question is not None
    assert question.title == "the weighted sum into a unit, sample 2"


def test_a_name_without_its_layer_is_read_where_one_alone_is_meant() -> None:
    assert quiz_at("w' 2:j->k", "exercise-3").answer("wjk - r dC/dwjk").accepted
    early = quiz_at("z 1:j", "exercise-3")
    assert early.answer("a_j^(L-1)").message.endswith("is not found yet: use only what is given or already found.")
    assert early.answer("aj^(L-2)*0.48 + ai wij").accepted


@pytest.mark.parametrize(("quantity", "text", "verdict"), [
    ("dC/dw 1:i->j", "-0.557", "correct"), ("dC/dw 1:i->j", "-0.56", "too_coarse"), ("w' 1:i->j", "0.916", "correct"),
    ("w' 2:j->k", "0.66", "wrong"), ("dC/da 2:k", "-0.603", "wrong"), ("z 1:j", "0.602", "correct")])
def test_answers_in_decimals(quantity: str, text: str, verdict: str) -> None:
    exercise = replace(course.load("exercise-2"), precision=Precision(3, "decimals"))
    quiz = Quiz(exercise)
    while quiz.here is not None and quiz.here != quantity:
        assert quiz.answer(f"{quiz.derivation.values(quiz.here):.3f}").accepted
    feedback = quiz.answer(text)
    assert feedback.verdict == verdict
    assert quiz.explainer.digits_asked(quantity) == "3 decimals"
    if verdict == "too_coarse":
        assert feedback.message.endswith("give 3 decimals.")


def test_a_value_not_yet_found_may_not_be_named() -> None:
    quiz = quiz_at("z 2:k")
    assert quiz.answer("a_k").verdict == "invalid"


def test_working_on_with_ones_own_rounded_entries_is_right() -> None:
    quiz = Quiz(course.load("exercise-2"))
    for text in ("0.602", "0.602", "0.397", "0.397", "0.363", "-1.21", "0.602"):
        assert quiz.answer(text).accepted
    assert quiz.answer("0.602*-1.21").accepted


def test_the_old_weight_does_not_pass_for_the_new_one() -> None:
    quiz = quiz_at("w' 2:j->k")
    assert quiz.answer("0.66").verdict == "wrong"
    assert quiz.answer("0.7326").accepted


def test_the_old_weight_may_be_the_new_one_rounded() -> None:
    """0.66 is the old weight; with a gradient of −0.02 it is the new one too, to two digits."""
    quiz = Quiz(edit(course.load("exercise-2"), "r", "0.001"))
    while quiz.current is not None and quiz.current.id != "w' 2:j->k":
        quiz.answer(repr(quiz.current.value))
    feedback = quiz.answer("0.66")
    assert feedback.verdict == "too_coarse"
    assert feedback.message == ("I read 0.66. That is wⱼₖ as it was, or the new one rounded: "
                                "give 5 decimals, so that the change shows.")
    assert quiz.answer("0.66000").mistakes[0] == "not_updated"


def test_hints_go_from_the_goal_to_the_numbers_and_count() -> None:
    quiz = quiz_at("dC/da 2:k")
    ladder = [quiz.hint() for _ in range(4)]
    assert len(set(ladder)) == 4
    assert "2(aₖ − y)" in ladder[2]
    assert "2(0.3973 − 1)" in ladder[3]
    assert not any("1.205" in rung for rung in ladder)
    last = ladder[-1].removesuffix("Press ! to see the value.")
    assert quiz.hint() == f"{last}There is no further hint: ! shows the answer."
    quiz.answer("-1.205")
    assert not quiz.entry("dC/da 2:k").unaided


def test_a_reveal_shows_the_value_and_is_no_success() -> None:
    quiz = quiz_at("dC/da 2:k")
    assert quiz.reveal() == "∂C/∂aₖ = −1.205"
    assert quiz.entry("dC/da 2:k").status == "revealed"


def test_one_weight_only_asks_what_its_gradient_needs() -> None:
    plan = Quiz(course.load("exercise-2"), narrowing=Narrowing("w 2:j->k")).plan
    assert "da/dw 2:j->k" in plan
    assert "da/dw 1:i->j" not in plan


def test_a_factor_found_before_is_marked_as_reused() -> None:
    quiz = quiz_at("dC/dw 1:i->j")
    assert quiz.reused("dC/da 2:k")
    assert not quiz.reused("da/da 2:j->k")


def test_an_edit_and_another_round_change_the_numbers() -> None:
    exercise = course.load("exercise-2")
    assert Quiz(edit(exercise, "w 1:i->j", "1/2")).derivation.values("z 1:j") == 0.35
    assert Quiz(again(exercise)).derivation.values("w 2:j->k") == pytest.approx(0.732562672, rel=1e-12)
    for text in ("", "abc", "1/0", "nan"):
        with pytest.raises(ValueError, match=r"\w"):
            edit(exercise, "w 1:i->j", text)
    with pytest.raises(ValueError, match="above 0"):
        edit(exercise, "r", "0")


@examples(15)
@given(exercises())
def test_the_true_value_and_what_the_screen_shows_are_always_right(exercise: Exercise) -> None:
    if exercise.derive().first_not_finite() is not None:
        return
    quiz = Quiz(exercise)
    while (step := quiz.current) is not None:
        if not quiz.answer(repr(step.value)).accepted:
            raise AssertionError(step.id)
        assert quiz.shown(step.id) is not None


def test_a_wrong_number_is_told_which_mistake_it_is_and_a_right_one_is_not_accused() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while quiz.current is not None and quiz.current.id != "dC/da 2:k":
        assert quiz.answer(repr(quiz.current.value)).mistakes == ()
    feedback = quiz.answer("0.397-1")
    assert feedback.mistakes[0] == "factor_two"
    assert "I read −0.603." in feedback.message
    assert quiz.answer("-1.205").mistakes == ()


def test_a_slip_carried_on_from_ones_own_rounded_number_is_named() -> None:
    quiz = quiz_at("z 2:k")
    for text in ("0.397", "0.397", "0.364", "-1.21", "0.602"):
        assert quiz.answer(text).accepted
    assert "added_factors" in quiz.answer("0.602-1.21").mistakes


def test_nothing_is_said_of_an_exponent_where_there_is_none() -> None:
    feedback = quiz_at("dC/dw 2:j->k").answer("-1.205")
    assert feedback.mistakes[0] == "input_factor_missing"
    assert "exponent" not in feedback.message


def test_a_rounded_one_does_not_make_the_slope_after_it_nothing() -> None:
    network = Network(layers=(("i",), ("j",)), activations=("sigmoid",), cost="squared_error", learning_rate=0.1,
                      weights=(((7.7,),),), biases=None, samples=(Sample((1.0,), (0.5,)),))
    quiz = Quiz(Exercise("saturated", "Saturated", network))
    for text in ("7.7", "1.00"):  # the sigmoid of 7.7 is 0.99955
        assert quiz.answer(text).accepted
    while quiz.question is not None and quiz.question.id != "da/dz 1:j":
        quiz.reveal()
    assert not quiz.answer("0").accepted
    assert quiz.answer("0.000452").accepted
