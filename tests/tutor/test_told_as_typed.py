"""A lead is true of what was typed: of its digits, its operations, the path it belongs to, and where the slip is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.tutor.test_leads import quiz_at


@pytest.mark.parametrize(("exercise", "step", "typed", "codes"), [
    # 0.5/−1.52 is −0.329: in three digits that is no chance, in two it is.
    ("exercise-1", "dC/dw 1:j->k", "-0.329", ("divided_factors",)),
    ("exercise-1", "dC/dw 1:j->k", "-0.33", ()),
    ("exercise-2", "dC/dw 2:j->k", "-0.499", ("divided_factors",)),
    ("exercise-2", "dC/dw 2:j->k", "-0.5", ()),
    # Where every number is whole, any whole number is some mistake's; the likely ones are told all the same.
    ("circuit-two-paths", "df/dy", "4", ()),
    ("circuit-two-paths", "df/dy", "7", ("path_twice",)),
    ("circuit-two-paths", "df/dy", "3", ("path_missing",)),
])
def test_few_digits_are_a_mistakes_only_where_it_is_likely(
    exercise: str, step: str, typed: str, codes: tuple[str, ...]
) -> None:
    assert quiz_at(exercise, step).answer(typed).mistakes[:1] == codes


@pytest.mark.parametrize(("exercise", "step", "typed", "reply"), [
    # 2 is b's neighbour as well, but this is a product; and so is it in numbers.
    ("circuit-two-paths", "s", "x*y", "I read 2. That multiplies what this gate adds."),
    ("circuit-two-paths", "s", "1·2", "I read 2. That multiplies what this gate adds."),
    ("circuit-two-paths", "s", "x", "I read 2. That leaves one term of the sum out."),
    ("exercise-1", "dC/dw 1:j->k", "0.5 + (-1.52)",
     "I read −1.02. Those are the right factors, added. The chain rule multiplies them."),
    # One of the numbers that the product is made of is another: which one shows where it is typed out.
    ("mazur", "dC/dw 2:h1->o1", "0.741*0.187*0.4", "I read 0.0554268. That has wₕ₁,ₒ₁ where aₕ₁ belongs. When wₕ₁,ₒ₁ "
     "grows a little, how many times as much does the sum grow?"),
    ("mazur", "dC/dw 2:h1->o1", "0.741·0.187·0.597",
     "I read 0.0827245. That takes aₕ₂. Which activation does this weight multiply?"),
    # Of the whole, what is said of a part is not true: 3² is not x.
    ("chain-rule", "f", "3^2", "I read 9. That has x where g belongs."),
    ("chain-rule", "f", "x^2", "I read 9. That has x where g belongs."),
    ("chain-rule", "df/dx", "2*g", "I read 14. That leaves ∂g/∂x out of the product."),
    ("chain-rule", "d[g]/dx", "2x",
     "I read 6. That is the part with x itself. How much does it grow when x grows by 1?"),
    ("power-rule", "f", "3^2", "I read 9. That raises 3 to the power x. It is the other way round."),
    ("power-rule-constants", "f", "(3*5)^2 + 4",
     "I read 229. The exponent belongs to what it stands at, not to the whole product."),
    ("chain-rule", "g", "6", "I read 6. That leaves one term of the sum out."),
    ("exercise-1", "dC/da 1:k", "ak - y", "I read −0.76. That is aₖ − y: the square brings a 2 down in front."),
])
def test_what_was_typed_out_is_told_as_that_alone(exercise: str, step: str, typed: str, reply: str) -> None:
    assert quiz_at(exercise, step).answer(typed).message == reply


@pytest.mark.parametrize(("exercise", "step", "typed", "taken", "through"), [
    ("circuit-two-paths", "df/dy via t", "2", "s", "t"),
    ("two-outputs", "dC/da 1:h via 2:m", "0.252", "aₙ", "aₘ"),
])
def test_another_paths_part_is_told_as_that(exercise: str, step: str, typed: str, taken: str, through: str) -> None:
    feedback = quiz_at(exercise, step).answer(typed)
    assert f"That comes back through {taken}." in feedback.message
    assert f"comes back through {through}." in feedback.message
    assert feedback.mistakes[0] == "wrong_layer"


@pytest.mark.parametrize(("typed", "reply"), [
    ("0.73", "The sign is not right. The size is, as far as its digits go: give 3 significant digits."),
    ("0.72", "The sign is not right. The size is, as far as its digits go: give 3 significant digits."),
    ("0.7", "The sign is not right, and the number is a little too near 0."),
])
def test_a_sign_is_told_before_the_digits(typed: str, reply: str) -> None:
    assert quiz_at("exercise-2", "dC/dw 2:j->k").answer(typed).message == f"I read {typed}. {reply}"


@pytest.mark.parametrize(("typed", "smaller"), [
    (("-0.722", "-0.722"), "You have a′ₖ − y = −0.722. Now the whole: what is (a′ₖ − y)²?"),  # the square is missing
    (("0.722", "0.722"), "A smaller step first: what is a′ₖ − y?"),  # and here its sign is turned round
    (("0.444", "0.555"), "A smaller step first: what is w′ⱼₖ · aⱼ?"),
])
def test_the_smaller_question_begins_where_the_slip_is(typed: Sequence[str], smaller: str) -> None:
    quiz = quiz_at("exercise-1", "C'")
    for text in typed:
        quiz.answer(text)
    assert quiz.request == smaller


@pytest.mark.parametrize(("exercise", "step", "typed", "said"), [
    # The trap of a letter that two layers share; weights and bias of the unit beside; a step from an activation.
    ("exercise-3", "dC/dw 2:j->k", "-0.521", "That takes aⱼ⁽ᴸ⁻²⁾."),
    ("exercise-3", "z 1:j", "1.1", "That leaves the weights out."),
    ("two-paths", "z 1:3", "0.37", "That has the weights into z₄."),
    ("two-paths", "z 1:3", "1.02", "That adds b₄, the bias of another unit."),
    ("exercise-1", "w' 1:j->k", "0.316", "That starts from aₖ."),
    ("exercise-1", "w' 1:j->k", "-1.24", "It is the other way round, and with the learning rate."),
    ("exercise-1", "a 1:k", "1", "That is y, the target."),
    ("exercise-2", "z 1:j", "0.462", "That takes wⱼₖ for wᵢⱼ."),
    ("circuit-max", "d[m]/dz", "2", "That is z itself."),
    # 0.3854 with the old weight, 0.3848 with the old activations: both are 0.378 in the end.
    ("exercise-3", "C'", "0.378", "I read 0.378. Is everything new in the new forward pass?"),
    ("two-paths", "b' 2:5", "0.711", "From the old value it should go down, and not nearly so far."),
])
def test_cousins_of_known_slips_are_told(exercise: str, step: str, typed: str, said: str) -> None:
    assert said in quiz_at(exercise, step).answer(typed).message


@pytest.mark.parametrize(("exercise", "step", "typed"), [
    ("exercise-2", "w' 1:i->j", "0.922"),  # the new weight on the way back, or inputs and weights changed about
    ("exercise-2", "a 2:k", "0"), ("circuit-max", "f", "-10"),
    ("two-paths", "dC/dw 2:3->5", "0.89"),
])
def test_what_is_not_known_is_not_said_and_nothing_is_said_twice(exercise: str, step: str, typed: str) -> None:
    message = quiz_at(exercise, step).answer(typed).message
    assert "Or else" not in message
    assert "comes from" not in message


def test_a_smaller_questions_own_slip_is_told_as_of_it() -> None:
    quiz = quiz_at("exercise-1", "C")
    quiz.answer("0.76")
    quiz.answer("0.76")
    assert quiz.asked == "part"
    assert quiz.answer("0.76").message == "I read 0.76. For aₖ − y: the sign is not right, the size is."


@pytest.mark.parametrize(("exercise", "step", "typed", "reply"), [
    ("exercise-2", "da/dw 2:j->k", "0.36", "The sign is right, but the number is too small."),
    ("exercise-2", "da/dw 2:j->k", "0.507", "The sign is right, but the number is too small."),
    ("exercise-1", "dC/da 1:k", "-1.24", "The sign is right, but the number is too near 0."),
    ("two-paths", "da/dz 2:5", "0.86", "The slope of ReLU is either 0 or 1. Which is it here?"),
    ("softmax-2-3-2", "dC/dz 2:o1", "0", "That is ∂C/∂aₒ₁: its pre-activation moves the other outputs too."),
])
def test_what_is_told_leads_nowhere_else(exercise: str, step: str, typed: str, reply: str) -> None:
    assert quiz_at(exercise, step).answer(typed).message == f"I read {typed.replace('-', '−')}. {reply}"


def test_the_slope_of_the_last_gate_alone_is_read_as_it_is_written() -> None:
    for typed in ("d[f]/dq", "∂[f]/∂q · ∂f/∂f"):
        assert quiz_at("circuit-two-gates", "df/dq").answer(typed).accepted
    assert "∂[f]/∂z is not found yet" in quiz_at("circuit-two-gates", "df/dq").answer("d[f]/dz").message
