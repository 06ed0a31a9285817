"""Which lead a wrong number gets: a mistake that was made, and none where no mistake was."""

from __future__ import annotations

import numpy as np
import pytest

from tests.soak_chance import Chance, enter
from tui_backprop import course
from tui_backprop.tutor.guided import Guided
from tui_backprop.tutor.quiz import Quiz


def quiz_at(exercise: str, quantity: str, type_in: str = "{!r}") -> Quiz:
    """The quiz at a step, after right answers typed in this format."""
    quiz = Quiz(course.load(exercise))
    while quiz.here != quantity:
        quiz.answer(type_in.format(quiz.derivation.values(str(quiz.here))))
    return quiz


@pytest.mark.parametrize(("exercise", "quantity", "typed", "code", "said"), [
    # A weight for the activation, compared with the target: with the 2 of the square and without it.
    ("exercise-1", "dC/da 1:k", 2 * (0.48 - 1), "operand_swapped", "wⱼₖ for aₖ"),
    ("exercise-1", "dC/da 1:k", 0.48 - 1, "operand_swapped", "wⱼₖ for aₖ"),
    ("exercise-1", "C", (0.48 - 1) ** 2, "operand_swapped", "wⱼₖ for aₖ"),
    # What the cost is made of, and its slope, given for it.
    ("exercise-1", "C", 0.48 * 0.5, "wrong_layer", "That is aₖ."),
    ("exercise-1", "C", 2 * (0.24 - 1), "value_for_gradient", "slope of the cost"),
    ("exercise-1", "z 1:k", 0.48 / 0.5, "divided_factors", "That divides."),
    # The slope by a bias is not 0, that of a product not 1, and the weight itself is no gradient.
    ("two-paths", "dC/db 2:5", 0, "derivative_of_other_function", "moves nothing"),
    ("two-paths", "dz/dw 2:3->5", 1, "derivative_of_other_function", "slope of a sum"),
    ("two-paths", "dC/dw 1:1->3", 0.4, "value_for_gradient", "itself"),
    # Another unit's activation, exactly, is no coarse 0.66.
    ("exercise-2", "da/da 2:j->k", 0.7, "wrong_layer", "an activation"),
    # The product with what comes next, where one factor is asked for.
    ("exercise-2", "da/da 2:j->k", 0.66 * 2 * (0.7 * 0.86 * 0.66 - 1), "wrong_layer", "already ∂C/∂aⱼ"),
    # One path taken off another.
    ("circuit-two-paths", "df/dy", 3 - 2, "sign", "takes one path off"),
    # Doubled where it is squared; the exponent kept where the 2 comes down.
    ("exercise-1", "C", 2 * (1 - 0.24), "square_missing", "doubles the difference"),
    ("exercise-1", "dC/da 1:k", -2 * (0.24 - 1) ** 2, "cost_for_derivative", "exponent drops by one"),
    # One sample's number for the mean of a batch.
    ("batch-of-three", "dC/dw 1:i->k", 2 * (0.6 * 1.5 + 0.2 - 0.7) * 1.5, "one_input_missing", "sample 2 alone"),
    # A gradient of another layer, the new value of another weight, a number on the screen.
    ("exercise-2", "dC/dw 1:i->j", -0.725627, "wrong_layer", "of another layer"),
    ("exercise-2", "w' 1:i->j", 0.732563, "wrong_layer", "another parameter"),
    ("exercise-1", "dC/dw 1:j->k", 0.24, "wrong_layer", "That is aₖ."),
    # A slope on its own step is no product that something was left out of.
    ("sigmoid-chain", "da/dz 1:j", 1, "activation_derivative_missing", "no activation function"),
])
def test_a_slip_of_newcomers_is_told(exercise: str, quantity: str, typed: float, code: str, said: str) -> None:
    feedback = quiz_at(exercise, quantity).answer(f"{typed:.4g}")
    assert feedback.verdict == "wrong"
    assert feedback.mistakes[0] == code
    assert said in feedback.message


def test_numbers_without_a_cause_are_hardly_ever_told_a_mistake() -> None:
    """A small part of ``python -m tests.soak_chance``."""
    found, rng = Chance(), np.random.default_rng(3)
    derivation = course.load("exercise-2").derive()
    for quantity in derivation.order[::3]:
        enter(found, derivation, quantity, rng)
    assert found.entered.total() > 20
    assert found.told.total() <= 2, found.leads


@pytest.mark.parametrize(("typed", "said"), [
    ("0.42", "The digits are right, their order is not."), ("0.43", "The sign is right, but the number is"),
])
def test_digits_changed_about_are_told_as_that_and_are_no_mistake(typed: str, said: str) -> None:
    feedback = Quiz(course.load("exercise-1")).answer(typed)
    assert said in feedback.message
    assert not feedback.mistakes


def test_what_was_not_told_is_held_against_nobody() -> None:
    """One digit that a far-fetched slip happens to give is too large, and no slip of the debrief either."""
    quiz = quiz_at("softmax-2-3-2", "dC/dz 2:o1")
    feedback = quiz.answer("0.6")
    assert feedback.message == "I read 0.6. The sign is right, but the number is a little too small."
    assert feedback.mistakes == ()
    assert quiz.entry("dC/dz 2:o1").slips == ()


def test_a_name_that_is_asked_for_is_not_taken_for_another() -> None:
    quiz = quiz_at("exercise-2", "a 2:k")
    for typed in ("ak", "C", "2 ak"):
        feedback = quiz.answer(typed)
        assert feedback.verdict == "invalid"
        assert "Did you mean" not in feedback.message


def test_a_gap_tells_a_whole_a_sign_and_the_name_that_was_typed() -> None:
    walk = Guided(course.load("exercise-1"))
    while walk.gap is None or walk.gap.quantity != "C'":
        if walk.asks and walk.posed is None and walk.gap is None:
            walk.answer(repr(walk.derivation.values(str(walk.here))))
        else:
            walk.reveal()
    assert walk.gap.missing == "a' 1:k"  # it stands nowhere: the way to it is the point of the step
    assert walk.hint() == (
        "In the place of [?] the formula has a′ₖ. Go through the network once more, with the new weights.")
    assert "The size is right, the sign is not." in walk.answer("-0.278").message
    assert "That is the whole of it already." in walk.answer("0.521284").message
    assert "That is aₖ." in walk.answer("ak").message


@pytest.mark.parametrize(("exercise", "step", "typed", "reply"), [
    ("softmax-2-3-2", "a 2:o1", "0.657", "I read 0.657. The last digit is cut off here. Round it instead."),
    ("exercise-2", "C'", "0.282", "I read 0.282. Only its last digit is off. Keep more digits on the way."),
    ("two-paths", "w' 2:3->5", "0.713", "I read 0.713. The last digit is cut off here. Round it instead."),
    ("two-paths", "dC/db 1:4", "-0.49", "I read −0.49. That fits to 2 digits: give 3 significant digits."),
    ("two-paths", "dC/dw 1:1->3", "0.42", "I read 0.42. That is cut off after 2 digits: give 3 significant digits."),
])
def test_a_number_that_is_nearly_right_is_told_what_is_wrong_with_its_last_digit(
    exercise: str, step: str, typed: str, reply: str
) -> None:
    quiz = quiz_at(exercise, step)
    assert quiz.answer(typed).message == reply
    assert quiz.entry(step).attempts == 0
