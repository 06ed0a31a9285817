"""Worked problems that others printed, with the numbers that learners and printers got wrong, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.tutor.quiz import Quiz

DECISION = """
format = 1
title = "A 3-2-1 network of a textbook on data mining"
[network]
layers = [["x1", "x2", "x3"], ["u4", "u5"], ["u6"]]
activation = "sigmoid"
cost = "half_squared_error"
learning_rate = 0.9
weights = [
  { "x1->u4" = 0.2, "x1->u5" = -0.3, "x2->u4" = 0.4, "x2->u5" = 0.1, "x3->u4" = -0.5, "x3->u5" = 0.2 },
  { "u4->u6" = -0.3, "u5->u6" = -0.2 },
]
biases = [{ u4 = -0.4, u5 = 0.2 }, { u6 = 0.1 }]
[[samples]]
inputs = { x1 = 1.0, x2 = 0.0, x3 = 1.0 }
targets = { u6 = 1.0 }
[answers]
decimals = 3
"""
HALVES = """
format = 1
title = "A 1-1-2-1 network of a question, all its weights a half: they were left out in both layers"
[network]
layers = [["x"], ["h"], ["p", "q"], ["o"]]
activation = "sigmoid"
cost = "half_squared_error"
learning_rate = 0.5
weights = [{ "x->h" = 0.5 }, { "h->p" = 0.5, "h->q" = 0.5 }, { "p->o" = 0.5, "q->o" = 0.5 }]
biases = [{ h = 1.0 }, { p = 1.0, q = 1.0 }, { o = 1.0 }]
[[samples]]
inputs = { x = 1.0 }
targets = { o = 0.2 }
"""
NEURON = """
format = 1
title = "A neuron of a video lecture"
[circuit]
inputs = { x1 = 2.0, x2 = 0.0, w1 = -3.0, w2 = 1.0, b = 6.8813735870195432 }
gates = ["n = x1 * w1 + x2 * w2 + b", "o = tanh(n)"]
"""


def answer(tmp_path: Path, text: str, step: str, typed: str) -> tuple[str, str]:
    """The verdict on a number at a step that is reached with right ones, and the likeliest code of a wrong one."""
    file = tmp_path / "printed.toml"
    file.write_text(text, encoding="utf-8")
    quiz = Quiz(course.load(str(file)))
    while quiz.here != step:
        quiz.answer(repr(quiz.derivation.values(str(quiz.here))))
    feedback = quiz.answer(typed)
    return feedback.verdict, next(iter(feedback.mistakes), "")


@pytest.mark.parametrize(("text", "step", "typed", "verdict", "code"), [
    (DECISION, "z 2:u6", "-0.105", "correct", ""), (DECISION, "dC/db 1:u4", "0.009", "correct", ""),
    (DECISION, "w' 2:u4->u6", "-0.261", "correct", ""), (DECISION, "w' 1:x3->u4", "-0.508", "correct", ""),
    (DECISION, "w' 1:x2->u5", "0.1", "correct", ""), (DECISION, "b' 2:u6", "0.218", "correct", ""),
    (DECISION, "w' 2:u4->u6", "-0.339", "wrong", "ascent"),
    (DECISION, "dC/db 2:u6", "-0.526", "wrong", "activation_derivative_missing"),
    (HALVES, "dC/dw 1:x->h", "0.00376496", "wrong", "weight_factor_missing"),
    (NEURON, "n", "0.8814", "correct", ""), (NEURON, "do/dx1", "-1.5", "correct", ""),
    (NEURON, "d[o]/dn", "0.293", "wrong", "square_missing"),
    (NEURON, "d[o]/dn", "0.207", "wrong", "derivative_of_other_function"),
])
def test_a_printed_number_is_right_and_a_learners_slip_is_named(
    tmp_path: Path, text: str, step: str, typed: str, verdict: str, code: str
) -> None:
    assert answer(tmp_path, text, step, typed) == (verdict, code)
