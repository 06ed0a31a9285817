"""The value of an expression over floats. (Over arrays: :mod:`tui_backprop.maths.template`.)"""

from __future__ import annotations

import math
from collections.abc import Callable

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS


def evaluate(expr: Expr, value: Callable[[str], float]) -> float:
    """The value of ``expr``, where ``value(name)`` gives each symbol's.

    Sums and products run left to right. What has no value (``0/0``, ``ln(−1)``) is NaN and what is too large an
    infinity; ``0·ln 0`` is 0, as the entropies have it. Never raises for numeric reasons.
    """
    match expr:
        case Symbol(name):
            return value(name)
        case Number(exact):
            return _as_float(exact.numerator, exact.denominator)
        case Constant(name):
            return CONSTANTS[name]
        case Add(terms):
            result = evaluate(terms[0], value)
            for term in terms[1:]:
                result += evaluate(term, value)
            return result
        case Mul(factors):
            return _multiply([evaluate(factor, value) for factor in factors])
        case Neg(operand):
            return -evaluate(operand, value)
        case Div(numerator, denominator):
            return divide(evaluate(numerator, value), evaluate(denominator, value))
        case Pow(base, exponent):
            return power(evaluate(base, value), evaluate(exponent, value))
        case Call(function, arguments):
            return FUNCTIONS[function].on_floats(*(evaluate(a, value) for a in arguments))
    raise TypeError(f"a template node has no value before it is bound: {expr!r}")


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
