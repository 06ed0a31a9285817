"""What is said of a wrong answer is plain and true: by what was typed, by its plainest name, and of what was asked."""

from __future__ import annotations

import pytest

from tests.tutor.test_leads import quiz_at


@pytest.mark.parametrize(("exercise", "step", "typed", "code", "said"), [
    # A minus before a power is no turned sign.
    ("exercise-1", "C", "-0.76^2", "bracket_lost", "(−3)²"),
    # The step is taken off, so nobody added it: the gradient's minus is lost.
    ("exercise-1", "w' 1:j->k", "0.48-0.1*0.76", "sign", "takes the step off, which is right"),
    ("exercise-2", "w' 1:i->j", "0.86-0.1*0.557", "sign", "takes the step off, which is right"),
    ("exercise-1", "w' 1:j->k", "0.48+0.1*(-0.76)", "ascent", "steps the wrong way"),
    # Another exercise's rate, not half of the cost; the rate alone; the gradient's size.
    ("softmax-2-3-2", "b' 2:o1", "0.0542", "other_rate", "with the rate 0.1"),
    ("exercise-1", "w' 1:j->k", "0.86", "other_rate", "with the rate 0.5"),
    ("exercise-1", "w' 1:j->k", "0.38", "factor_missing", "wⱼₖ less r"),
    ("exercise-1", "w' 1:j->k", "0.58", "factor_missing", "wⱼₖ plus r"),
    ("exercise-3", "w' 1:j->j", "0.344", "value_for_gradient", "sign turned round"),
    ("exercise-3", "dC/da 2:k", "-0.849", "cost_for_derivative", "That is −2("),
    ("circuit-max", "s", "-14", "sign", "This gate adds them all."),
])
def test_a_slip_is_booked_as_what_it_was(exercise: str, step: str, typed: str, code: str, said: str) -> None:
    feedback = quiz_at(exercise, step).answer(typed)
    assert feedback.mistakes[0] == code
    assert said in feedback.message


@pytest.mark.parametrize(("exercise", "step", "typed", "said"), [
    ("exercise-1", "da/dw 1:j->k", "zk", "That is zₖ."),
    ("exercise-2", "dC/da 2:k", "wij", "That is wᵢⱼ."),
    ("circuit-two-paths", "d[s]/dy", "y", "That is y itself."),  # which is 1, as its slope is
    ("circuit-two-paths", "d[s]/dx", "x", "That is x itself."),
    ("circuit-two-gates", "d[q]/dx", "-4", "That is ∂f/∂q, which comes back to q. Here the gate's own slope ∂q/∂x is"),
    ("exercise-1", "C", "-0.5776", "the sign is not. A cost made of squares is never below 0."),
    ("softmax-2-3-2", "C", "-1.07156", "The logarithm of a number below 1 is below 0, and the minus in front turns"),
    ("circuit-two-gates", "d[f]/dq", "4", "the sign is not. It is z as it stands, with its own sign."),
])
def test_a_name_is_told_as_that_name_whatever_its_number(exercise: str, step: str, typed: str, said: str) -> None:
    feedback = quiz_at(exercise, step).answer(typed)
    assert feedback.verdict == "wrong"
    assert said in feedback.message


@pytest.mark.parametrize(("exercise", "step", "typed"), [
    ("exercise-1", "da/dw 1:j->k", "aj"), ("exercise-2", "a 1:j", "zj"), ("circuit-two-paths", "d[s]/dy", "1"),
    ("circuit-two-paths", "d[f]/dt", "s"),
])
def test_a_name_that_is_the_formula_is_right(exercise: str, step: str, typed: str) -> None:
    assert quiz_at(exercise, step).answer(typed).accepted


def test_a_digit_more_than_asked_for_accuses_nobody() -> None:
    """0.6568 comes of honest work with three digits, and is 0.657 where 0.658 is right."""
    quiz = quiz_at("softmax-2-3-2", "a 2:o1", "{:.2e}")
    feedback = quiz.answer("0.6568")
    assert feedback.accepted
    assert "slip" not in feedback.message
    assert "right to" not in feedback.message


@pytest.mark.parametrize(("typed", "said"), [
    ("0.62", "The digits are right, but one is left out."), ("0.620", "The digits are right, but one is left out."),
    ("0.206", "The sign is right, but the number is much too small."),
])
def test_digits_are_told_as_they_were_typed(typed: str, said: str) -> None:
    assert quiz_at("exercise-2", "z 1:j").answer(typed).message == f"I read {typed}. {said}"


@pytest.mark.parametrize(("exercise", "step", "typed", "said"), [
    ("softmax-2-3-2", "z 2:o2", "0.565", "That is aₕ₁ alone. It is still to be multiplied by wₕ₁,ₒ₂."),
    ("softmax-2-3-2", "z 2:o2", "-0.565", "That is aₕ₁ with its sign turned round. Here wₕ₁,ₒ₂ · aₕ₁ is asked for."),
    ("two-paths", "dC/da 1:4", "1", "That is ∂a₅/∂z₅ alone. It is still to be multiplied by ∂C/∂a₅."),
    ("two-paths", "b' 1:3", "0.1", "That is r alone. It is still to be multiplied by ∂C/∂b₃."),  # and b₃ is 0.1 too
    ("exercise-1", "w' 1:j->k", "-0.76", "That is ∂C/∂wⱼₖ alone. It is still to be multiplied by r."),
    ("exercise-1", "w' 1:j->k", "-0.0076", "That has r in it twice."),
    ("exercise-1", "w' 1:j->k", "0.076", "For r · ∂C/∂wⱼₖ: the sign is not right, the size is."),
    ("exercise-1", "C", "0.24", "That leaves y out. It is still to be taken off."),
    ("exercise-1", "C", "1.24", "There y is added. It is to be taken off."),
    # Of the whole step only what somebody does who looks at it, and no number met by chance.
    ("exercise-1", "C", "0.2888", "Taken for the whole step: "),
    ("exercise-1", "w' 1:j->k", "0.404", "Taken for the whole step: "),
    ("exercise-2", "C'", "0.7326", "For w′ᵢⱼ · aᵢ: the sign is right, but the number is too large."),
])
def test_a_smaller_question_hears_of_its_own_slips(exercise: str, step: str, typed: str, said: str) -> None:
    quiz = quiz_at(exercise, step)
    for unexplained in ("51", "62"):
        quiz.answer(unexplained)
    assert quiz.asked == "part"
    feedback = quiz.answer(typed)
    assert feedback.verdict == "wrong"
    assert said in feedback.message


@pytest.mark.parametrize(("exercise", "step", "typed", "said"), [
    # A weight for what comes out of the unit; ReLU's slope for its value, which may be the target as well.
    ("exercise-1", "a 1:k", "0.48", "That is wⱼₖ. Here it is asked what comes out of the unit."),
    ("exercise-2", "a 1:j", "0.86", "That is wᵢⱼ. Here it is asked what comes out of the unit."),
    ("exercise-2", "a 1:j", "1", "That is the slope of the activation function. Here its value at zⱼ is asked for."),
    ("two-paths", "a 1:3", "1", "That is the slope of the activation function. Here its value at z₃ is asked for."),
    ("two-paths", "a 2:5", "1", "That is the slope of the activation function. Here its value at z₅ is asked for."),
    ("exercise-1", "a 1:k", "1", "That is y, the target. Here it is asked what comes out of the unit. Or else: that is "
     "the slope of the activation function."),
    # An activation, which is ∂z/∂w as well.
    ("softmax-2-3-2", "dC/dw 2:h1->o2", "-0.31", "That is aₕ₂. Here ∂C/∂wₕ₁,ₒ₂ is asked for."),
    ("two-paths", "da/dz 1:4", "0.97", "The slope of ReLU is either 0 or 1. Which is it here?"),
    ("two-paths", "da/dz 1:3", "0.795", "The slope of ReLU is either 0 or 1. Which is it here?"),
    # A later step's number is not told by its name: that would give it away.
    ("two-paths", "b' 1:3", "0.199", "That belongs to another step, still to come. Here b′₃ is asked for."),
    ("exercise-3", "dC/dw 1:i->j", "-0.344",
     "That belongs to another step, still to come. Here ∂C/∂wᵢⱼ⁽ᴸ⁻¹⁾ is asked for."),
    # The plain slip in two digits, and no double one that gives those two exactly.
    ("two-paths", "dC/da 2:5", "0.45", "That is a₅ − y: the square brings a 2 down in front."),
    ("exercise-3", "dC/da 2:k", "-0.65", "That is aₖ⁽ᴸ⁾ − y: the square brings a 2 down in front."),
    ("softmax-2-3-2", "dC/dw 2:h1->o1", "0.46",
     "That has wₕ₁,ₒ₁ where aₕ₁ belongs. When wₕ₁,ₒ₁ grows a little, how many times as much does the sum grow?"),
    ("exercise-2", "dC/dw 2:j->k", "-0.795",
     "That has wⱼₖ where aⱼ belongs. When wⱼₖ grows a little, how many times as much does the sum grow?"),
    # Other numbers that were ticked are not said to come of another weight by chance.
    ("softmax-2-3-2", "dC/da 1:h1", "-0.1315", "The sign is not right, and the number is much too near 0."),
])
def test_a_number_is_called_by_its_plainest_name(exercise: str, step: str, typed: str, said: str) -> None:
    read = typed.replace("-", "−")
    assert quiz_at(exercise, step).answer(typed).message == f"I read {read}. {said}"
