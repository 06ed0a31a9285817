"""What each question of the shipped lessons is worth, worked out by SymPy or by the engine, not copied from the lesson.

``KEYS`` has for each lesson one entry a question, in their order: a SymPy expression or a number for a number or a
formula, a text for a choice or an edge, a tuple for an order. A text that stands here alone is a word on an idea, with
nothing to work out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import sympy
from sympy import Rational, S, diff, symbols

from tui_backprop.course import load
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.network.model import Network
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import parse_latex
from tui_backprop.typeset.scripts import FROM_SUPERSCRIPT

Key = Any
"""An expression of SymPy, a number, a text or a tuple of texts."""

x, g, w, a, y, p, a_prev = symbols("x g w a y p a_prev")
a_0, a_1, w_01, w_12, w_23, a_i, a_j, a_k, w_ij, w_jk = symbols("a_0 a_1 w_01 w_12 w_23 a_i a_j a_k w_ij w_jk")


@lru_cache(maxsize=64)
def _derivation(exercise: str, notation: str = "hand-out") -> Derivation:
    return Derivation(load(exercise).task, "full", NOTATIONS[notation])


def of(exercise: str, quantity: str) -> float:
    """The engine's value of a quantity."""
    return _derivation(exercise).values(quantity)


def weights(exercise: str) -> int:
    """How many weights the exercise's network has."""
    return sum(step.id.startswith("dC/dw") for step in _derivation(exercise).steps)


def _layers(exercise: str) -> int:
    task = load(exercise).task
    assert isinstance(task, Network)
    return len(task.layers)


def called(exercise: str, quantity: str, notation: str, *choices: str) -> str:
    """The one of these formulas that is the quantity's name in a notation."""
    name = _letters(_derivation(exercise, notation).naming.name(quantity))
    return only({choice: parse_latex(choice.strip("$")) for choice in choices}, lambda layout: _letters(layout) == name)


def _letters(layout: Layout) -> tuple[str, str]:
    """A name's letter with its indices, and what stands above, whichever is written first."""
    written = linear(layout, Glyphs.FULL)
    above = "".join(sign for sign in written if sign in FROM_SUPERSCRIPT)
    return "".join(sign for sign in written if sign not in FROM_SUPERSCRIPT), above


def only(choices: Mapping[str, Any], fits: Callable[[Any], bool]) -> str:
    """The one choice whose expression fits."""
    found = [choice for choice, expression in choices.items() if fits(expression)]
    assert len(found) == 1, found
    return found[0]


def sign(value: float) -> str:
    return "above 0" if value > 0 else "below 0" if value < 0 else "exactly 0"


def steepest(exercise: str) -> str:
    """The edge whose gradient is largest in size."""
    gradients = [step for step in _derivation(exercise).steps if step.id.startswith("dC/dw")]
    return max(gradients, key=lambda step: abs(step.value)).id.removeprefix("dC/dw ")


def over(function: Callable[[Any], Any], at: str, to: str) -> Any:
    """Rise over run."""
    start, end = S(Rational(at)), S(Rational(to))
    return (function(end) - function(start)) / (end - start)


def square(value: Any) -> Any:
    return value ** 2


def slope(expression: Any, letter: Any, at: Any = None) -> Any:
    derivative = diff(expression, letter)
    return derivative if at is None else derivative.subs(letter, at)


def descent(rate: str, start: Any) -> Any:
    """Where a step from ``start`` leads in the valley x²."""
    return start - Rational(rate) * slope(x ** 2, x, start)


def chain_cost(weights: int) -> tuple[int, int]:
    """Multiplications for all gradients of a chain of units that are on: each from scratch, and with reuse.

    From scratch the weight that is n links from the output takes 1 for 2(a − y), n for the weights between, 1 for its
    input.
    """
    return sum(1 + links + 1 for links in range(weights)), 1 + (weights - 1) + weights


def two_two_one_cost() -> tuple[int, int]:
    """The same for the 2-2-1 network with biases, whose deltas are kept with reuse."""
    into_output, into_hidden, hidden = 2, 4, 2
    scratch = into_output * (1 + 1) + into_hidden * (1 + 1 + 1) + 1 + hidden * (1 + 1)
    return scratch, (1 + hidden) + into_output + into_hidden


def sigmoid(z: Any) -> Any:
    return 1 / (1 + sympy.exp(-z))


CHAIN_3 = (x ** 2 + 1) ** 3
SUM_F = a_0 * w_01 * w_12
E2_FORMULA = diff((w_jk * w_ij * a_i - y) ** 2, w_ij)
"""The gradient of the deep chain's first weight, with the hidden and the output activation written out."""

KEYS: Mapping[str, list[Key]] = {
    "01-slopes": [
        square(S(3)), square(Rational("3.1")), over(square, "3", "3.1"),
        slope(x ** 2, x, 3), over(square, "1", "1.01"),
        only({"$2x$": 2 * x, "$x^2$": x ** 2, "$x + 3$": x + 3, "$3x$": 3 * x},
             lambda e: all(e.subs(x, n) == slope(x ** 2, x, n) for n in (1, 3, 5))),
        sign(slope(x ** 2, x, -2)), slope(x ** 2, x, -2), slope(x ** 2, x, 0), 8 * Rational("0.01"),
        slope(x ** 3, x, 2),
        only({"$3x$": 3 * x, "$3x^2$": 3 * x ** 2, "$3x^3$": 3 * x ** 3, "$2x^3$": 2 * x ** 3},
             lambda e: e.subs(x, 2) == slope(x ** 3, x, 2)),
        diff(x ** 7, x), diff(x, x), diff(1 / x, x),
        over(lambda v: 5 * v, "2", "2.1"), diff(3 * x ** 2, x), diff(x ** 2 + 7, x), diff(x ** 3 + 4 * x - 9, x),
        diff(w * x, w), diff(w ** 2 * x, w), diff(3 / x, x),
    ],
    "02-the-chain-rule": [
        3 * 2, ((3 * x + 1) ** 2).subs(x, 1), over(lambda v: (3 * v + 1) ** 2, "1", "1.01"), slope(3 * x + 1, x),
        slope(g ** 2, g, 4), slope(3 * x + 1, x) * slope(g ** 2, g, 1),
        only({"multiply them": S(3) * 8, "add them": S(3) + 8, "put one into the other": S(2) * 3},
             lambda e: e == slope((3 * x + 1) ** 2, x, 1)),
        only({"$x^2$": x ** 2, "$x^2 + 1$": x ** 2 + 1, "$x^3$": x ** 3},
             lambda e: sympy.expand((g ** 3).subs(g, e) - CHAIN_3) == 0),
        diff(g ** 3, g), diff(x ** 2 + 1, x), diff(CHAIN_3, x), diff((2 * x - 5) ** 4, x), diff(x, x),
        diff(a_0 * w_01, w_01), diff(a_1 * w_12, a_1), diff(SUM_F, w_01),
        diff(SUM_F, w_01).subs({a_0: Rational("0.5"), w_01: 3, w_12: 4}),
        only({"$a_1$": a_1, "$w_{12}$": w_12, "$w_{23}$": w_23},
             lambda e: diff(a_1 * w_12 * w_23, w_12).has(e) and diff(SUM_F * w_23, w_01).has(e)),
    ],
    "03-two-derivatives": [
        square(S(3) - 5), "it falls" if slope((a - 5) ** 2, a, 3) < 0 else "it rises", slope((a - 5) ** 2, a, 3),
        diff(a - y, a), diff((a - y) ** 2, a),
        only({"when the guess is too low": -1, "when the guess is too high": 1},
             lambda miss: slope((a - 5) ** 2, a, 5 + miss) > 0),
        diff(w * a_prev, w), diff(w * a_prev, a_prev), sympy.Max(Rational("2.5"), 0), sympy.Max(Rational("-1.2"), 0),
        over(lambda v: sympy.Max(v, 0), "-1.2", "-1.1"), over(lambda v: sympy.Max(v, 0), "2.5", "2.6"),
        slope(sympy.Max(p, 0), p, Rational("0.24")),
        slope(sympy.Max(w * Rational("0.5"), 0), w, Rational("0.8")),
        slope(sympy.Max(Rational("0.8") * p, 0), p, Rational("0.5")),
        slope(sympy.Max(w * Rational("0.5"), 0), w, Rational("-0.8")),
        "nothing" if slope(sympy.Max(w * Rational("0.5"), 0), w, Rational("-0.8")) == 0 else "it falls",
    ],
    "04-a-network-of-two-units": [
        of("first-network", "w 1:j->k"), of("first-network", "a 0:j"), of("first-network", "a 1:k"),
        of("first-network", "C"), square(Rational("0.66") - 1),
        _layers("two-paths") - 2,
        weights("two-paths"), 3 * 4,
        Rational("0.5") * 2 - Rational("0.4") * 3 + Rational("0.1"), sympy.Max(Rational("-0.1"), 0),
        ("work out the activations", "work out the cost", "work out a slope for each weight", "change the weights"),
        "often it comes near; nobody promises it", (Rational("0.1") + Rational("0.2") + Rational("0.6")) / 3,
        "once, after the gradients are averaged",
    ],
    "05-notation": [
        "$L-2$", "the activation of unit k in the last layer", "1:i->j", "the number $z$",
        Rational("0.1") + Rational("0.4") + Rational("0.9") + Rational("0.5"), "it is the cost of the first sample",
        "$w_{kj}^{(L)}$" if NOTATIONS["3blue1brown"].to_from else "$w_{jk}^{(L)}$",
        of("two-paths", "w 1:2->3"),
        called("two-paths", "w 1:2->3", "3blue1brown", "$w_{1,0}^{(L-1)}$", "$w_{1,2}^{(L-1)}$", "$w_{0,1}^{(L-1)}$"),
        called("exercise-2", "w 1:i->j", "3blue1brown", "$w^{(L-1)}$", "$w^{(L)}$", "$w_{ji}$"),
        4 if NOTATIONS["nielsen"].to_from else 2,
        called("two-paths", "w 1:2->3", "nielsen", "${w^2}_{21}$", "${w^2}_{12}$", "${w^3}_{12}$", "${w^1}_{12}$"),
        r"$\frac{\partial C}{\partial z_k}$",
        {"$w_{4,5}$": "2:4->5"}[called("two-paths", "w 2:4->5", "russell-norvig", "$w_{4,5}$", "$w_{5,4}$")],
        called("two-paths", "b 2:5", "russell-norvig", "$w_{0,5}$", r"$\mathrm{in}_5$"),
        {r"$\mathrm{in}_4$": "$z_4$"}[called("two-paths", "z 1:4", "russell-norvig", r"$\mathrm{in}_4$", "$a_4$")],
        {"$a_1^{(1)}$": "$z_j$"}[called("two-paths", "z 1:3", "goodfellow", "$h_1^{(1)}$", "$a_1^{(1)}$")],
        {"$h_1^{(1)}$": "the activation $a_3^{(L-1)}$"}[
            called("two-paths", "a 1:3", "goodfellow", "$h_1^{(1)}$", "$a_1^{(1)}$")],
        called("two-paths", "z 2:5", "goodfellow", "$a_1^{(2)}$", "$h_1^{(2)}$", "$a_1^{(3)}$"),
        called("two-paths", "w 1:2->3", "goodfellow", "$W_{2,1}^{(1)}$", "$W_{1,2}^{(2)}$", "$W_{1,2}^{(1)}$"),
        {r"$\mathrm{net}_{h1}$": "$z_3$"}[
            called("mazur", "z 1:h1", "mazur", r"$\mathrm{net}_{h1}$", r"$\mathrm{out}_{h1}$")],
        called("mazur", "da/dz 2:o1", "mazur", r"$\frac{\partial \mathrm{net}_{o1}}{\partial \mathrm{out}_{o1}}$",
               r"$\frac{\partial \mathrm{out}_{o1}}{\partial \mathrm{net}_{o1}}$"),
        "the weight is a new one",
        {"ε": "Goodfellow", "η": "Nielsen"}[NOTATIONS["goodfellow"].rate],
        {"$a_1^{(1)}$": "Goodfellow"}[called("two-paths", "z 1:3", "goodfellow", "$a_1^{(1)}$", "${z^2}_1$")],
        "$w_{kj}^{(L)}$" if NOTATIONS["3blue1brown"].to_from else "$w_{jk}^{(L)}$",
    ],
    "06-the-loss-landscape": [
        sympy.solve(diff((a - Rational("0.9")) ** 2, a), a)[0],
        "it falls" if of("first-network", "dC/da 1:k") < 0 else "it rises", of("first-network", "dC/da 1:k"),
        "left, to a smaller number", descent("0.1", S(1)), descent("0.1", Rational("0.8")), descent("0.5", S(1)),
        descent("1", S(1)),
        "it jumps back and forth for ever" if descent("1", descent("1", S(1))) == 1 else "it flies off",
        descent("1.1", S(1)),
        "longer" if abs(slope(x ** 2, x, Rational("-1.2"))) > abs(slope(x ** 2, x, 1)) else "shorter",
        "a smaller rate" if of("rate-too-large", "C'") > of("rate-too-large", "C") else "more steps",
        "the slope is 0, so the weight stays", 12, S(10) ** 6, 6 + 3, "the first shrinks, the second grows",
    ],
    "07-the-chain-rule-on-the-network": [
        "the output grows and the cost falls" if of("first-network", "dC/dw 1:j->k") < 0 else "the output shrinks",
        (r"$\frac{\partial z_k}{\partial w_{jk}}$", r"$\frac{\partial a_k}{\partial z_k}$",
         r"$\frac{\partial C}{\partial a_k}$"),
        diff(w_jk * a_j, w_jk), of("first-network", "dz/dw 1:j->k"), of("first-network", "da/dz 1:k"),
        of("first-network", "dC/da 1:k"), of("first-network", "dC/dw 1:j->k"), "while the ReLU is on",
        of("first-network", "w' 1:j->k"), of("first-network", "C'"),
        diff((a_j * w_jk - y) ** 2, w_jk),
        only({"for all": {}, "for $a_j = 1$ and $y = 1$": {a_j: 1, y: 1},
              "for $a_j = 0.5$ and $y = 1$": {a_j: Rational("0.5"), y: 1}},
             lambda given: sympy.expand(diff((a_j * w_jk - y) ** 2, w_jk).subs(given) - (2 * w_jk - 2)) == 0),
        diff(w_jk * a_j + p, p),
        of("first-network", "dC/da 1:k"), "the gradients",
    ],
    "08-a-simple-chain": [
        of("exercise-1", "a 1:k"), of("exercise-1", "C"), sign(of("exercise-1", "dC/dw 1:j->k")),
        diff((a_k - y) ** 2, a_k), of("exercise-1", "dC/da 1:k"),
        only({"the input activation $a_j$": a_j, "the weight $w_{jk}$": w_jk, "the number 1": S(1)},
             lambda e: e == diff(w_jk * a_j, w_jk)),
        of("exercise-1", "dC/dw 1:j->k"),
        "up" if of("exercise-1", "w' 1:j->k") > of("exercise-1", "w 1:j->k") else "down",
        of("exercise-1", "w' 1:j->k"), of("exercise-1", "C'"),
        "less far" if abs(Rational("0.278") - 1) < abs(Rational("0.24") - 1) else "further",
    ],
    "09-deep-chain": [
        2 + 1, of("exercise-2", "a 1:j"), of("exercise-2", "a 2:k"), of("exercise-2", "C"), "2:j->k",
        "both below 0" if max(of("exercise-2", "dC/dw 1:i->j"), of("exercise-2", "dC/dw 2:j->k")) < 0 else "",
        of("exercise-2", "dC/da 2:k"), of("exercise-2", "dC/dw 2:j->k"), r"$\partial C / \partial a_k$",
        only({"the weight $w_{jk}$": w_jk, "the activation $a_j$": a_j, "the weight $w_{ij}$": w_ij},
             lambda e: e == diff(w_jk * a_j, a_j)),
        E2_FORMULA.subs(w_jk * w_ij * a_i, a_k), of("exercise-2", "dC/dw 1:i->j"), chain_cost(2)[1], chain_cost(10)[1],
        of("exercise-2", "w' 2:j->k"), of("exercise-2", "w' 1:i->j"),
        ("forward: all activations", "the cost", "the gradient of the last weight", "the gradient of the first weight",
         "both new weights"),
        steepest("exercise-2"),
    ],
    "10-two-inputs": [
        weights("exercise-3"), "1:j->j", of("exercise-3", "a 1:j"), of("exercise-3", "a 2:k"), of("exercise-3", "C"),
        "all below 0" if max(of("exercise-3", f"dC/dw {edge}") for edge in ("1:i->j", "1:j->j", "2:j->k")) < 0 else "",
        "no, their inputs differ", of("exercise-3", "dC/dw 2:j->k"), of("exercise-3", "dC/da 1:j"),
        of("exercise-3", "dC/dw 1:i->j"), of("exercise-3", "dC/dw 1:j->j"), 1 + 1 + 1 + 2,
        of("exercise-3", "w' 1:i->j"), of("exercise-3", "w' 1:j->j"), of("exercise-3", "w' 2:j->k"),
        "all down" if all(of("exercise-3-variant", f"w' {edge}") < of("exercise-3-variant", f"w {edge}")
                          for edge in ("1:h->j", "1:i->j", "2:j->k")) else "mixed",
    ],
    "11-several-paths": [
        of("two-outputs", "C"), of("two-outputs", "dC/da 2:m"),
        "to go up, strongly" if of("two-outputs", "dC/da 2:m") < -1 else "to go down, a little",
        of("two-outputs", "dC/da 2:n"), of("two-outputs", "dC/da 1:h via 2:m"), of("two-outputs", "dC/da 1:h via 2:n"),
        "their sum", of("two-outputs", "dC/da 1:h"), of("two-outputs", "dC/dw 1:i->h"),
        weights("two-paths") + 3, of("two-paths", "z 1:3"),
        of("two-paths", "a 2:5"), of("two-paths", "dC/da 2:5"),
        of("two-paths", "da/dz 2:5") * of("two-paths", "dC/da 2:5"),
        of("two-paths", "dC/dw 2:4->5"), sign(of("two-paths", "dC/db 1:4")),
        of("two-paths", "dC/db 1:4"), of("two-paths", "dC/dw 1:2->4"),
        of("two-paths", "w 1:1->3") * of("two-paths", "dC/db 1:3")
        + of("two-paths", "w 1:1->4") * of("two-paths", "dC/db 1:4"),
        two_two_one_cost()[1], S(2) ** 10, steepest("two-paths"),
    ],
    "12-other-activations-and-costs": [
        r"$\frac{\partial a_k}{\partial z_k}$", sigmoid(S(0)), slope(sigmoid(x), x, 0),
        Rational("0.9") * (1 - Rational("0.9")), slope(sigmoid(x), x, Rational("0.602")),
        of("sigmoid-chain", "dC/dw 2:j->k"), 1 - Rational("0.6") ** 2, "leaky ReLU", Rational("0.25") ** 5,
        "the first, next to the input" if steepest("fading-chain") == "5:q->k" else "the last, next to the cost",
        of("dead-relu", "w' 1:j->k"), Rational("4.28") - 5 * slope((w / 2 - 1) ** 2, w, Rational("4.28")),
        "it stays where it is, for ever" if Rational("-1.42") * Rational("0.5") < 0 else "it swings back",
        "a smaller rate",
        diff((a - y) ** 2 / 2, a), slope((a - Rational("0.5")) ** 2 / 4, a, Rational("0.9")),
        sympy.exp(0) / (3 * sympy.exp(0)), "they shrink",
        "when the right class has the share 1", Rational("0.34") - 1,
        r"no: input times $\delta$, and $\delta$ goes back over the weights",
    ],
    "13-batches": [
        of("batch-with-relu", "#3 a 1:k"), sign(of("batch-with-relu", "#1 dC/dw 1:i->k")),
        sign(of("batch-with-relu", "#3 dC/dw 1:i->k")), of("batch-with-relu", "#1 dC/dw 1:i->k"),
        of("batch-with-relu", "#2 dC/dw 1:i->k"), of("batch-with-relu", "dC/dw 1:i->k"),
        of("batch-with-relu", "w' 1:i->k"),
        only({"sample 1": (of("batch-with-relu", "#1 C"), "0.5", "0.6"),
              "sample 2": (of("batch-with-relu", "#2 C"), "1.2", "0.4"),
              "sample 3": (of("batch-with-relu", "#3 C"), "-0.9", "0.2")},
             lambda s: (max(of("batch-with-relu", "w' 1:i->k") * float(s[1]), 0) - float(s[2])) ** 2 > s[0] + 1e-12),
        (Rational("-0.25") + Rational("0.44") - Rational("0.2")) / 3,
        "misses up and down cancelled before they were multiplied by their own inputs", Rational("0.6"),
        of("batch-of-three", "dC/db 1:k"), S(1000) / 50, "a better estimate of the slope, for more work per step",
        "no one weight suits all three samples",
    ],
    "14-circuits": [
        (1 + 2) * 3, Rational("0.1"), of("circuit-two-gates", "d[f]/dq"), of("circuit-two-gates", "d[f]/dz"),
        of("circuit-two-gates", "df/dx"), of("circuit-two-gates", "df/dy"),
        sympy.Max(2, Rational("-0.9")) - sympy.Max(2, -1),
        only({r"$\max(z, 0)$": 0, r"$\max(z, 1)$": 1, r"$\max(z, -z)$": -x},
             lambda e: all(sympy.Max(v, e.subs(x, v) if e == -x else e) == max(v, 0) for v in (-2, 0, 2))),
        of("circuit-max", "df/ds"), of("circuit-max", "df/dx"), of("circuit-max", "df/dw"),
        of("circuit-two-paths", "df/dy via s"), of("circuit-two-paths", "df/dy"),
        ("of the square: $2q$", "of the minus: 1", "of the max: 1", "of the times: $x$"),
        of("exercise-1", "dC/dw 1:j->k"),
    ],
    "15-trust-but-check": [
        square(Rational("0.481") / 2 - 1), over(lambda v: square(v / 2 - 1), "0.48", "0.481"),
        "about $-0.76$: so the mistake is found", over(lambda v: square(v / 2 - 1), "0.479", "0.481"),
        "a rise of 0, so a slope of 0" if 0.48 + 1e-17 == 0.48 else "the exact slope",
        over(lambda v: sympy.Max(v, 0), "-0.002", "0.004"), 2 * 1000, "no", "`C.backward()`",
        of("exercise-1", "dC/dw 1:j->k"), 2 * of("exercise-1", "dC/dw 1:j->k"),
        ("the slope of the cost", "the ReLUs of the last layer", "the weights that lead back to the hidden units",
         "the inputs of the network"),
    ],
    "16-find-the-mistake": [
        only({"she turned the sign": -2, "she lost the 2 of the square": 1},
             lambda factor: factor * Rational("-0.76") == Rational("-0.76")),
        only({"he went uphill": Rational("0.48") + Rational("0.1") * Rational("-0.76"),
              "he left the rate out": Rational("0.48") + Rational("0.76")}, lambda e: e == Rational("0.404")),
        only({"from $2w - 2$, the formula of lesson 7": 2 * Rational("0.48") - 2,
              r"from $w \cdot 2(a_k - y)$": Rational("0.48") * Rational("-1.52"),
              "from the sum of the factors": Rational("0.5") - Rational("1.52")}, lambda e: e == Rational("-1.04")),
        Rational("0.48") - Rational("0.1") * (2 * Rational("0.48") - 2),
        only({"she took the weight where the input belongs": Rational("0.48") * Rational("-1.52"),
              "she lost the 2 of the square": Rational("0.5") * Rational("-0.76"),
              "she left the gate out": Rational("0.5") * Rational("-1.52")}, lambda e: e == Rational("-0.7296")),
        "the gradient points uphill, and we go against it", of("exercise-2", "w' 2:j->k"),
        "the new $w_{jk}$: she updated it first", "the gate: the unit is off", weights("mazur"), "to six digits",
        "the hidden layer was done with the output weights already updated", of("mazur", "w' 2:h1->o1"),
        "0.3, the old one",
        of("macleod", "w 2:top->out") * of("macleod", "da/dz 2:out") * of("macleod", "dC/da 2:out")
        * of("macleod", "da/dz 1:top"),
        "from the new weight, 0.2723, where the old one belongs",
        ("all activations", "all gradients, with the old weights", "all updates"),
        "nudging one weight of the first layer",
    ],
}
