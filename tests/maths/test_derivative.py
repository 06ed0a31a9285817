"""Derivatives: written as a teacher would, and equal to SymPy's."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest
import sympy
from hypothesis import assume, given

from tests.effort import examples, pairs
from tests.maths.expressions import NAMES, expressions
from tests.maths.oracle import SYMPY_FUNCTIONS, to_sympy
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Pow, children, walk
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.parse import parse
from tui_backprop.maths.plain import plain
from tui_backprop.maths.simplify import simplify


@pytest.mark.parametrize(("text", "by_x"), [
    ("5", "0"), ("y", "0"), ("x", "1"), ("-x", "-1"), ("3x + 2", "3"), ("x + y", "1"), ("x - y", "1"), ("y - x", "-1"),
    ("x*y", "y"), ("y*x", "y"), ("-y*x", "-y"), ("x*x", "2 * x"), ("x^2", "2 * x"), ("x^3", "3 * x^2"), ("x^1", "1"),
    ("x^0", "0"), ("x^-1", "-x^(-2)"), ("1/x", "-(1 / x^2)"), ("y/x", "-(y / x^2)"), ("x/y", "1 / y"), ("x/2", "0.5"),
    ("x^2/2", "x"), ("1/2*x^2", "x"), ("0.5x^2", "x"), ("x^2/3", "2 * x / 3"), ("x^3*y", "3 * x^2 * y"),
    ("(x-y)^2", "2 * (x - y)"), ("1/2*(x-y)^2", "x - y"), ("(x-y)^2/n", "2 * (x - y) / n"), ("w*x + b", "w"),
    ("exp(x)", "exp(x)"), ("exp(-x)", "-exp(-x)"), ("e^(2x)", "2 * e^(2 * x)"), ("2^x", "2^x * ln(2)"), ("ln(x)",
    "1 / x"),
    ("sqrt(x)", "1 / (2 * sqrt(x))"), ("abs(x)", "sign(x)"), ("abs(x-1)", "sign(x - 1)"), ("relu(x)", "step(x)"),
    ("relu(w*x)", "step(w * x) * w"), ("tanh(x)", "1 - tanh(x)^2"), ("sigmoid(x)", "sigmoid(x) * (1 - sigmoid(x))"),
    ("softplus(x)", "sigmoid(x)"), ("max(x, y)", "0.5 * (1 + sign(x - y))"), ("step(x) + sign(x)", "0"),
    ("-(y*ln(x) + (1-y)*ln(1-x))", "-(y / x - (1 - y) / (1 - x))"), ("(x+1)/(x-1)", "(x - 1 - (x + 1)) / (x - 1)^2"),
    ("max(x, y, z)", "0.5 * (1 + sign(x - max(y, z)))"),
])
def test_prints_as_a_teacher_would_write_it(text: str, by_x: str) -> None:
    assert plain(derivative(parse(text), "x")) == by_x


@pytest.mark.parametrize(("text", "point", "slope"), [
    ("abs(x)", 0.0, 0.0), ("relu(x)", 0.0, 0.0), ("leaky_relu(x)", 0.0, 0.01), ("max(x, 1)", 1.0, 0.5),
    ("min(1, x)", 1.0, 0.5),
    ("step(x)", 0.0, 0.0), ("max(x, x)", 3.0, 1.0), ("min(x, x, x)", 3.0, 1.0),
])
def test_at_a_kink_the_contract_s_side_is_taken(text: str, point: float, slope: float) -> None:
    assert evaluate(derivative(parse(text), "x"), {"x": point}.__getitem__) == slope


FORMS = ["{f}(x)", "{f}(2x - 1)", "{f}(x^2 + y)", "x * {f}(y*x)", "{f}(x)/(1 + x^2)", "{f}({f}(x))", "{f}(x)^2",
    "{f}(x)^y"]


@pytest.mark.parametrize(("function", "form"), pairs(sorted(FUNCTIONS), FORMS))
def test_agrees_with_sympy_for_every_function(function: str, form: str) -> None:
    """At random points away from kinks, wherever SymPy has a finite real value."""
    x, y = sympy.symbols("x y", real=True)
    expr = parse(form.format(f=function), {"x": "x", "y": "y"})
    ours = derivative(expr, "x")
    theirs = sympy.lambdify((x, y), sympy.diff(to_sympy(expr, {"x": x, "y": y}), x), modules=["math", _REAL])
    dice = random.Random(form + function)
    compared = 0
    for _ in range(120):
        point = {"x": dice.uniform(-2, 2), "y": dice.uniform(0.1, 2)}
        wanted = _real(theirs, point)
        if wanted is not None:
            assert evaluate(ours, point.__getitem__) == pytest.approx(wanted, rel=1e-8, abs=1e-10)
            compared += 1
    assert compared >= 10


def test_agrees_with_sympy_for_powers_quotients_and_several_arguments() -> None:
    x, y = sympy.symbols("x y", positive=True)
    texts = ["x^y", "y^x", "x^x", "(x*y)/(x + y)^2", "max(x, y, x*y)", "min(x^2, y)", "x/(y/(x/y))", "e^(-x^2)",
    "pi^x/ln(x + 2)",
             "-(x - (y - x*(2 - x)))", "x^0.5*x^-3", "ln(x^2*y)/sqrt(x)", "((x + 1)^2 - 1)^3", "3*2*x*4*x"]
    dice = random.Random(1)
    for text in texts:
        expr = parse(text, {"x": "x", "y": "y"})
        theirs = sympy.lambdify((x, y), sympy.diff(to_sympy(expr, {"x": x, "y": y}), x), modules=["math", _REAL])
        for _ in range(20):
            point = {"x": dice.uniform(0.1, 3), "y": dice.uniform(0.1, 3)}
            assert evaluate(derivative(expr, "x"), point.__getitem__) == pytest.approx(theirs(**point), rel=1e-9)


@examples(400)
@given(expressions)
def test_simplifying_never_changes_a_value(expr: Expr) -> None:
    point = dict(zip(NAMES, (0.7, -1.3, 2.25, 0.4), strict=True)).__getitem__
    assume(_is_well_conditioned(expr, point))
    assert evaluate(simplify(expr), point) == pytest.approx(evaluate(expr, point), rel=1e-6, abs=1e-6)


def _is_well_conditioned(expr: Expr, point: Callable[[str], float]) -> bool:
    """Do no huge values cancel, and does no jump or power hang on the last bits?"""
    for node in walk(expr):
        value = evaluate(node, point)
        if not abs(value) < 1e6:
            return False
        jumps = isinstance(node, Pow) or (isinstance(node, Call) and node.function in ("step", "sign"))
        if jumps and abs(evaluate(children(node)[0], point)) < 1e-6:
            return False
    return True


def _real(function: object, point: dict[str, float]) -> float | None:
    assert callable(function)
    try:
        value = function(**point)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _heaviside(x: float, at_0: float = 0.0) -> float:
    return at_0 if x == 0 else float(x > 0)


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


_REAL = {"Heaviside": _heaviside, "sign": _sign, "DiracDelta": lambda *_: 0.0, "Abs": abs}


def test_every_function_has_an_oracle() -> None:
    assert set(SYMPY_FUNCTIONS) == set(FUNCTIONS)
