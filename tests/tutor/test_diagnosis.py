"""Which mistake a wrong number is. The wrong numbers are worked out here by plain arithmetic, not by the tutor."""

from __future__ import annotations

import pytest

from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.diagnosis import SENTENCES, diagnose
from tui_backprop.tutor.quiz import Quiz

# Exercise 2: i = 0.7, w_ij = 0.86, w_jk = 0.66, y = 1, r = 0.1.
A_J, A_K = 0.7 * 0.86, 0.7 * 0.86 * 0.66
SLOPE = 2 * (A_K - 1)
G_JK, G_IJ = A_J * SLOPE, 0.7 * 0.66 * SLOPE

EXERCISE_2 = [
    ("dC/da 2:k", A_K - 1, "factor_two"), ("dC/da 2:k", 2 * (1 - A_K), "sign"),
    ("dC/da 2:k", (A_K - 1) ** 2, "cost_for_derivative"), ("da/dw 2:j->k", 0.66, "operand_swapped"),
    ("da/dw 2:j->k", 0.7, "wrong_layer"), ("da/da 2:j->k", A_J, "operand_swapped"),
    ("da/da 2:j->k", 0.66 - 0.1 * G_JK, "updated_weight"), ("dC/dw 2:j->k", SLOPE, "input_factor_missing"),
    ("dC/dw 2:j->k", A_J + SLOPE, "added_factors"), ("dC/dw 2:j->k", G_JK / 2, "factor_two"),
    ("dC/dw 1:i->j", 0.7 * (0.66 - 0.1 * G_JK) * SLOPE, "updated_weight"),
    ("w' 2:j->k", 0.66 + 0.1 * G_JK, "ascent"), ("w' 2:j->k", 0.66 - G_JK, "learning_rate_missing"),
    ("w' 2:j->k", -0.1 * G_JK, "step_only"), ("w' 2:j->k", 0.86 - 0.1 * G_JK, "wrong_base"),
]


@pytest.mark.parametrize(("quantity", "value", "code"), EXERCISE_2)
def test_a_slip_in_exercise_2_is_named(quantity: str, value: float, code: str) -> None:
    codes, said = diagnose(Derivation(course.load("exercise-2").task, "merged"), quantity, value)
    assert code in codes
    assert said


def test_a_sigmoids_slope_at_the_wrong_point_and_a_missing_bias() -> None:
    derivation = Derivation(course.load("mazur").task, "full")
    z = 0.15 * 0.05 + 0.2 * 0.1 + 0.35
    assert "derivative_at_wrong_point" in diagnose(derivation, "da/dz 1:h1", z * (1 - z))[0]
    assert "bias_missing" in diagnose(derivation, "z 1:h1", z - 0.35)[0]
    assert "one_input_missing" in diagnose(derivation, "z 1:h1", z - 0.2 * 0.1)[0]
    assert "pre_activation_for_activation" in diagnose(derivation, "a 1:h1", z)[0]
    one_path = 0.7413650695523157 * 0.18681560180895948 * 0.4
    assert "path_missing" in diagnose(derivation, "dC/da 1:h1", one_path)[0]


def test_a_sum_is_told_from_a_mean() -> None:
    derivation = Derivation(course.load("batch-of-three").task, "full")
    total = sum(derivation.values(f"#{n} dC/dw 1:i->k") for n in (1, 2, 3))
    assert "sum_for_mean" in diagnose(derivation, "dC/dw 1:i->k", total)[0]


def test_a_gradient_through_a_relu_that_is_off_is_named_so() -> None:
    derivation = Derivation(course.load("off-relu").task, "full")
    off = [step for step in derivation.steps if step.id.startswith("da/dz") and step.value == 0]
    assert off
    unit = off[0].id.partition(" ")[2]
    gradients = [step for step in derivation.steps if step.kind == "gradient" and step.id.endswith(f"->{unit[2:]}")]
    past_the_gate = [derivation.values(step.uses[0]) * derivation.values(step.uses[2]) for step in gradients]
    named = [diagnose(derivation, step.id, value)[0] for step, value in zip(gradients, past_the_gate, strict=True)]
    assert any("relu_gate_ignored" in codes for codes in named)


def test_the_quiz_says_which_mistake_it_is_and_never_accuses_a_right_value() -> None:
    quiz = Quiz(course.load("exercise-2"), diagnose=diagnose)
    while quiz.current is not None and quiz.current.id != "dC/da 2:k":
        assert quiz.answer(repr(quiz.current.value)).mistakes == ()
    feedback = quiz.answer("0.397-1")
    assert feedback.mistakes[0] == "factor_two"
    assert "What does the square bring down in front?" in feedback.message
    assert quiz.answer("-1.205").mistakes == ()


def test_every_shipped_step_can_be_wrong_in_every_way_without_a_fault() -> None:
    for entry in course.exercises():
        exercise = course.load(entry.name)
        derivation = Derivation(exercise.task, exercise.detail)
        for step in derivation.steps[:30]:
            for value in (-step.value / 2, step.value + 1):
                codes, said = diagnose(derivation, step.id, value)
                assert bool(codes) == bool(said)
                assert all(code in SENTENCES for code in codes)
