"""What a solution says is given: each sample by itself, nothing twice, and what the functions mean."""

from __future__ import annotations

import pytest

from tests.export.hostile import deep_network
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.outline import list_given_rows
from tui_backprop.export.text import solution_text
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear


def given(exercise: Exercise, notation: str = "hand-out") -> dict[str, list[str]]:
    derivation = Derivation(exercise.task, exercise.detail, NOTATIONS[notation])
    return {row.label: [linear(item, Glyphs.FULL) for item in row.items] for row in list_given_rows(derivation)}


def text(name: str, glyphs: Glyphs = Glyphs.FULL, *, markdown: bool = False) -> list[str]:
    exercise = course.load(name)
    solution = Solution(exercise.title, Derivation(exercise.task, exercise.detail))
    return list(solution_text(solution, solution.steps, glyphs, markdown=markdown))


def test_a_batch_has_a_row_for_each_sample() -> None:
    lines = text("batch-of-three")
    assert "  sample 2: aᵢ = 1.5, y = 0.7" in lines
    assert "| sample 2 | `a_i = 1.5`, `y = 0.7` |" in text("batch-of-three", Glyphs.ASCII, markdown=True)


def test_a_bias_that_a_layer_shares_is_given_once() -> None:
    assert given(course.load("mazur"), "mazur")["biases (not trained)"] == ["b₁ = 0.35", "b₂ = 0.6"]
    assert len(given(course.load("mazur"))["biases (not trained)"]) == 4


@pytest.mark.parametrize(("name", "notation", "row", "said"), [
    ("exercise-2", "hand-out", "activation", ["ReLU", "ReLU(z) = max(0, z)"]),
    ("exercise-2", "hand-out", "cost", ["squared error", "C = (a − y)²"]),
    ("mazur", "mazur", "activation", ["sigmoid", "σ(net) = 1/(1 + exp(−net))"]),
    ("mazur", "mazur", "cost", ["half squared error", "Eₜₒₜₐₗ = ∑ₖ ½(outₖ − targetₖ)²"]),
    ("batch-of-three", "hand-out", "activation", ["identity", "a = z"]),
    ("batch-of-three", "hand-out", "cost",
     ["squared error", "C = (a − y)²", "of each sample; for the batch the mean of these"]),
])
def test_activation_and_cost_come_with_their_formula(name: str, notation: str, row: str, said: list[str]) -> None:
    assert given(course.load(name), notation)[row] == said


def test_two_activations_are_defined_in_their_order() -> None:
    assert given(deep_network())["activation"] == [
        "tanh", "tanh(z) = (exp(z) − exp(−z))/(exp(z) + exp(−z))", "then softmax", "aⱼ = exp(zⱼ)/(∑ₖ exp(zₖ))"]
    assert given(deep_network())["cost"] == ["cross-entropy", "C = ∑ₖ (−yₖ · ln(aₖ))"]


@pytest.mark.parametrize("name", ["softmax-2-3-2", "mazur", "macleod", "two-paths"])
def test_a_long_formula_is_broken_before_a_sign_of_sum(name: str) -> None:
    for line in text(name):
        assert len(line) <= 80
        assert not line.endswith(("·", "+", "−", "=")), line


def test_indices_look_alike_where_one_has_no_small_letter() -> None:
    derivation = Derivation(deep_network().task)
    assert linear(derivation.naming.name("a 1:a"), Glyphs.FULL).startswith("a_a")
    assert linear(derivation.naming.name("a 1:b"), Glyphs.FULL).startswith("a_b")
    assert any(spelling.startswith("aₐ") for spelling in derivation.naming.spellings("a 1:a"))
    assert linear(Derivation(course.load("exercise-2").task).naming.name("a 1:j"), Glyphs.FULL) == "aⱼ"
