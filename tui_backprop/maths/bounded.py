"""Evaluation with a running error bound: a float, and how far the true value may be from it.

The bounds follow the usual first-order analysis (Higham, Accuracy and Stability of Numerical Algorithms, ch. 3), with
every rounding counted twice over so that second-order terms are covered.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, assert_never

from tui_backprop.maths.evaluate import power
from tui_backprop.maths.expression import (
    Add,
    Call,
    Constant,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    TemplateNode,
    children,
)
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS

_ROUNDING = 2.0**-51


class Bounded(NamedTuple):
    """``value`` ± ``error``. NaN with no error: there certainly is no value. An infinite error: nothing is known."""

    value: float
    error: float


UNKNOWN = Bounded(math.nan, math.inf)
UNDEFINED = Bounded(math.nan, 0.0)


def evaluate_bounded(expr: Expr, point: Mapping[str, float]) -> Bounded:
    """The value of ``expr`` at ``point`` with a bound for its error. Never raises for numeric reasons."""
    match expr:
        case Symbol(name):
            return Bounded(point[name], 0.0)
        case Number(exact):
            try:
                value = exact.numerator / exact.denominator
            except OverflowError:
                return UNKNOWN
            return Bounded(value, abs(value) * _ROUNDING if exact.denominator != 1 else 0.0)
        case Constant(name):
            return Bounded(CONSTANTS[name], CONSTANTS[name] * _ROUNDING)
        case Neg(operand):
            inner = evaluate_bounded(operand, point)
            return Bounded(-inner.value, inner.error)
        case Add() | Mul() | Div() | Pow() | Call():
            return _several(expr, point)
        case TemplateNode():
            raise TypeError(f"a template node has no value before it is bound: {expr!r}")
        case _:
            assert_never(expr)


def _several(expr: Add | Mul | Div | Pow | Call, point: Mapping[str, float]) -> Bounded:
    parts = [evaluate_bounded(part, point) for part in children(expr)]
    if any(math.isnan(part.value) for part in parts):
        return UNDEFINED if UNDEFINED.error in [part.error for part in parts if math.isnan(part.value)] else UNKNOWN
    match expr:
        case Add():
            return _add(parts)
        case Mul():
            return _multiply(parts)
        case Div():
            return _divide(*parts)
        case Pow():
            return _power(*parts)
        case Call(function, _):
            return _call(function, parts)
        case _:
            assert_never(expr)


def _add(terms: list[Bounded]) -> Bounded:
    value = error = 0.0
    for term in terms:
        value += term.value
        error += term.error + abs(value) * _ROUNDING
    return _check(value, error)


def _multiply(factors: list[Bounded]) -> Bounded:
    value, error = 1.0, 0.0
    for factor in factors:
        error = error * (abs(factor.value) + factor.error) + abs(value) * factor.error
        value *= factor.value
        error += abs(value) * _ROUNDING
    return _check(value, error)


def _divide(above: Bounded, below: Bounded) -> Bounded:
    if abs(below.value) <= below.error or below.value == 0:
        return UNDEFINED if below.error == 0 else UNKNOWN
    value = above.value / below.value
    error = (above.error + abs(value) * below.error) / (abs(below.value) - below.error)
    return _check(value, error + abs(value) * _ROUNDING)


def _power(base: Bounded, exponent: Bounded) -> Bounded:
    whole = exponent.error == 0 and exponent.value == int(exponent.value)
    if abs(base.value) <= base.error:
        harmless = base.error == 0 and exponent.error == 0 and exponent.value > 0
        return Bounded(0.0, 0.0) if harmless else UNKNOWN
    if base.value < 0 and not whole:
        return UNDEFINED if exponent.error < abs(exponent.value - round(exponent.value)) else UNKNOWN
    value = power(base.value, exponent.value)
    share = abs(exponent.value) * base.error / (abs(base.value) - base.error)
    share += abs(math.log(abs(base.value))) * exponent.error
    if not share < 1e-3:
        return UNKNOWN
    return _check(value, abs(value) * (2 * share + 2 * _ROUNDING))


def _call(function: str, arguments: list[Bounded]) -> Bounded:
    values = [argument.value for argument in arguments]
    error = sum(argument.error for argument in arguments)
    x = values[0]
    value = FUNCTIONS[function].on_floats(*values)
    match function:
        case "step" | "sign":
            return UNKNOWN if abs(x) <= error and error else Bounded(value, 0.0)
        case "ln" | "log" | "sqrt":
            if x <= error:
                certain = x + error < 0 or (x <= 0 and error == 0 and function != "sqrt")
                return UNDEFINED if certain else UNKNOWN
            slope = 1 / (x - error) if function != "sqrt" else 0.5 / math.sqrt(x - error)
            error *= slope
        case "exp":
            error = UNKNOWN.error if error > 1e-3 else 2 * value * error
        case _:
            pass
    return _check(value, error + 4 * abs(value) * _ROUNDING)


def _check(value: float, error: float) -> Bounded:
    """``value`` ± ``error``, or ``UNKNOWN`` where either of them overflowed."""
    return Bounded(value, error) if math.isfinite(value) and math.isfinite(error) else UNKNOWN
