"""The value of an expression over floats. (Over arrays: :mod:`tui_backprop.maths.template`.)"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS

Lookup = Callable[[str], float]


def evaluate(expr: Expr, value: Lookup) -> float:
    """The value of ``expr``, where ``value(name)`` gives each symbol's.

    Sums and products run left to right. What has no value (``0/0``, ``ln(−1)``) is NaN and what is too large an
    infinity; ``0·ln 0`` is 0, as the entropies have it. Never raises for numeric reasons.
    """
    if type(expr) is Symbol:  # by far most nodes
        return value(expr.name)
    rule = _RULES.get(type(expr))
    if rule is None:
        raise TypeError(f"a template node has no value before it is bound: {expr!r}")
    return rule(expr, value)


def _add(expr: Add, value: Lookup) -> float:
    first, *others = expr.terms
    result = evaluate(first, value)
    for term in others:
        result += evaluate(term, value)
    return result


_RULES: Final[Mapping[type[Expr], Callable[[Any, Lookup], float]]] = {
    Number: lambda expr, _value: _as_float(expr.value.numerator, expr.value.denominator),
    Constant: lambda expr, _value: CONSTANTS[expr.name],
    Add: _add,
    Mul: lambda expr, value: _multiply([evaluate(factor, value) for factor in expr.factors]),
    Neg: lambda expr, value: -evaluate(expr.operand, value),
    Div: lambda expr, value: divide(evaluate(expr.numerator, value), evaluate(expr.denominator, value)),
    Pow: lambda expr, value: power(evaluate(expr.base, value), evaluate(expr.exponent, value)),
    Call: lambda expr, value: FUNCTIONS[expr.function].on_floats(*(evaluate(a, value) for a in expr.arguments)),
}
"""How each kind of node is worked out. A table, since a match takes more than twice the time, and this is what a
diagnosis does most.
"""


def divide(numerator: float, denominator: float) -> float:
    if denominator != 0:
        return numerator / denominator
    return math.nan if numerator == 0 or math.isnan(numerator) else math.copysign(math.inf, numerator)


def power(base: float, exponent: float) -> float:
    """``base ** exponent`` over the reals; NaN where the result is none."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


def _multiply(factors: list[float]) -> float:
    if 0.0 in factors and not any(map(math.isnan, factors)):
        return 0.0
    result = factors[0]
    for factor in factors[1:]:
        result *= factor
    return result


def _as_float(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if numerator > 0 else -math.inf
