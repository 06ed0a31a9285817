"""A new activation, cost, function or notation is one entry: everything else follows from it.

Each is put into its table for the length of a test, and then solved, asked, diagnosed, explained and exported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.read import exercise_from_text
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.export.formats import FORMATS
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import call, number
from tui_backprop.maths.functions import FUNCTIONS, Function
from tui_backprop.maths.parse import parse
from tui_backprop.maths.plain import plain
from tui_backprop.network.activations import ACTIVATIONS, A, Activation, Z
from tui_backprop.network.costs import COSTS, Cost, Y
from tui_backprop.network.costs import A as OUTPUT
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence, workings_of
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.skills import skill_of, skills_in
from tui_backprop.tutor.wording import functions_of
from tui_backprop.typeset.glyphs import Glyphs

SIN = Function("sin", "sin", "torch.sin({})", math.sin, lambda np, x: np.sin(x),
               lambda x: (call("cos", x),))
COS = Function("cos", "cos", "torch.cos({})", math.cos, lambda np, x: np.cos(x),
               lambda x: (-call("sin", x),))
WAVE = Activation("wave", "wave", "Put the weighted sum into sin.", "The slope of sin is cos, at {z}.",
                  call("sin", Z), call("cos", Z))
SWISH = Activation("swish", "swish", "Multiply {z} by its sigmoid.", "Differentiate the product by {z}.",
                   Z * call("sigmoid", Z), call("sigmoid", Z) + A * (1 - call("sigmoid", Z)))
QUARTIC = Cost("quartic_error", "quartic error", "Output minus target, to the fourth power.",
               "The 4 comes down in front, and the power is 3.", None, "any", (OUTPUT - Y) ** 4,
               number(4) * (OUTPUT - Y) ** 3)
MY_WAY = replace(HAND_OUT, key="my-way", title="My way", activation="u", weight="θ", cost="E")

NETWORK = """format = 1
title = "One entry"
[network]
layers = [["i"], ["j"], ["k"]]
activation = ["{activation}", "identity"]
cost = "{cost}"
learning_rate = 0.1
weights = [[[0.86]], [[0.66]]]
biases = [[0.1], [-0.2]]
[[samples]]
inputs = [0.7]
targets = [1.0]
"""
CIRCUIT = """format = 1
title = "One entry"
[circuit]
inputs = { x = 0.3, y = -0.4 }
gates = ["q = sin(x)", "f = q*y"]
"""


def enter(monkeypatch: pytest.MonkeyPatch, table: Mapping[str, Any], *entries: Any) -> None:
    """Put entries into a table for the length of the test."""
    for entry in entries:
        monkeypatch.setitem(cast("dict[str, Any]", table), getattr(entry, "name", None) or entry.key, entry)


def use(exercise: Exercise, notation: Notation = HAND_OUT) -> str:
    """Solve it, ask it all, diagnose a wrong answer to each step, explain each, export it; all texts of that."""
    solution = exercise.solve()
    texts = [str(solution.to_dict())]
    quiz = Quiz(exercise, notation=notation)
    derivation = quiz.derivation
    explainer = Explainer(derivation, exercise.precision)
    while not quiz.finished:
        quantity = quiz.plan[quiz.position]
        texts += [*explainer.hints(quantity), str(skill_of(derivation, quantity)), explainer.question(quantity).title]
        for slip in list(workings_of(derivation).slips(quantity).values())[:2]:
            texts.append(sentence(diagnose(derivation, quantity, evaluate(slip.formula, derivation.values))))
        assert quiz.answer(repr(derivation.values(quantity))).verdict == "correct", quantity
    texts += [functions_of(derivation), *(skill.title for skill in skills_in(derivation))]
    for form in FORMATS.values():
        texts += form.solution_writer()(solution, solution.steps, Glyphs.FULL)
    return "\n".join(texts)


def network_with(activation: str = "sigmoid", cost: str = "squared_error") -> Exercise:
    text = NETWORK.replace("{activation}", activation).replace("{cost}", cost)
    return exercise_from_text(text, "one-entry", "one-entry.toml")


def test_a_new_function_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, FUNCTIONS, SIN, COS)
    assert equivalent(parse("sin(x)^2 + cos(x)^2 + x"), parse("1 + x")) != "different"
    assert plain(parse("2 sin(x)")) == "2 * sin(x)"
    texts = use(exercise_from_text(CIRCUIT, "one-entry", "one-entry.toml"))
    assert "torch.sin(x)" in texts
    assert "math.cos(x)" in texts


@pytest.mark.parametrize("entry", [WAVE, SWISH], ids=lambda entry: entry.name)
def test_a_new_activation_is_one_entry(monkeypatch: pytest.MonkeyPatch, entry: Activation) -> None:
    enter(monkeypatch, FUNCTIONS, SIN, COS)
    enter(monkeypatch, ACTIVATIONS, entry)
    texts = use(network_with(activation=entry.name))
    assert entry.rule.replace("{z}", "zⱼ") in texts
    assert f"activation: {entry.title}" in texts
    assert f"slope of the activation: {entry.title}" in texts


def test_a_new_cost_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, COSTS, QUARTIC)
    texts = use(network_with(cost="quartic_error"))
    assert "Output minus target, to the fourth power." in texts
    assert "The 4 comes down in front" in texts
    of_its_own = (line for line in texts.splitlines() if "This cost is quartic error." not in line)
    assert "square" not in "\n".join(of_its_own).replace("squared_error", "")


def test_a_new_notation_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, NOTATIONS, MY_WAY)
    texts = use(network_with(), NOTATIONS["my-way"])
    assert "∂E/∂uₖ" in texts
    assert "θᵢⱼ" in texts


@pytest.mark.parametrize(("cost", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_nobody_is_told_of_a_square_where_there_is_none(cost: str, output: str) -> None:
    text = NETWORK.replace("{activation}", "sigmoid").replace("identity", output).replace("{cost}", cost)
    derivation = exercise_from_text(text, "entropy", "entropy.toml").derive()
    a, slope = derivation.values("a 2:k"), "dC/da 2:k"
    told = sentence(diagnose(derivation, slope, (a - 1) ** 2))
    assert "square" not in told
    assert not any("square" in slip.say for slip in workings_of(derivation).slips(slope).values())
