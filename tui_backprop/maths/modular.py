"""Compares rational functions modulo a large prime: exact, but for a tiny chance of error that is known.

Two rational functions that differ agree at a random point modulo p with a probability of at most degree / p (Schwartz
and Zippel). With a degree of at most a million, p = 2⁶¹ − 1 and three points that is below 1e-36.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from tui_backprop.maths.exact import exact
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
    walk,
)

_PRIME = 2**61 - 1
_MOST_DEGREE = 1_000_000
_POINTS = 3
_ATTEMPTS = 8


def is_rational(expr: Expr) -> bool:
    """Is this a quotient of polynomials in its symbols and constants, of reasonable degree?"""
    return _degree(expr) <= _MOST_DEGREE


def same_rational(left: Expr, right: Expr) -> bool | None:
    """Are two rational functions equal? None where both have no value anywhere (a division by 0)."""
    from random import Random  # few answers need it

    dice = Random(1847)
    names = sorted({node.name for side in (left, right) for node in walk(side) if isinstance(node, Symbol | Constant)})
    agreed = 0
    for _ in range(_ATTEMPTS):
        point = {name: dice.randrange(2, _PRIME) for name in names}
        values = _modulo(left, point), _modulo(right, point)
        if values[0] is None and values[1] is None:
            continue
        if values[0] != values[1]:
            return False
        agreed += 1
        if agreed == _POINTS:
            break
    return True if agreed else None


def _degree(expr: Expr) -> int:
    """A bound for the degrees of numerator and denominator; above ``_MOST_DEGREE`` for what is no rational function."""
    match expr:
        case Number():
            return 0
        case Symbol() | Constant():
            return 1
        case Neg(part):
            return _degree(part)
        case Add(parts) | Mul(parts):
            return sum(map(_degree, parts))
        case Div(numerator, denominator):
            return _degree(numerator) + _degree(denominator)
        case Pow(base, exponent):
            power = exact(exponent)
            root = _degree(base)
            if power is not None and power.denominator == 1 and abs(power) <= _MOST_DEGREE >= root:
                return max(1, root) * abs(power.numerator)
            return _MOST_DEGREE + 1
        case Call() | TemplateNode():
            return _MOST_DEGREE + 1
        case _:
            assert_never(expr)


def _modulo(expr: Expr, point: Mapping[str, int]) -> int | None:
    """The value modulo the prime; None where it divides by 0."""
    try:
        return _value(expr, point)
    except ZeroDivisionError:
        return None


def _value(expr: Expr, point: Mapping[str, int]) -> int:
    match expr:
        case Symbol(name) | Constant(name):
            return point[name]
        case Number(value):
            return _divide(value.numerator, value.denominator)
        case Add(terms):
            return sum(_value(term, point) for term in terms) % _PRIME
        case Mul(factors):
            product = 1
            for factor in factors:
                product = product * _value(factor, point) % _PRIME
            return product
        case Neg(operand):
            return -_value(operand, point) % _PRIME
        case Div(numerator, denominator):
            return _divide(_value(numerator, point), _value(denominator, point))
        case Pow(base, exponent):
            power = exact(exponent)
            if power is None:
                raise TypeError(f"not a rational function: {expr!r}")
            root = _value(base, point)
            raised = pow(root, abs(power.numerator), _PRIME)
            return raised if power >= 0 else _divide(1, raised)
        case Call() | TemplateNode():
            raise TypeError(f"not a rational function: {expr!r}")
        case _:
            assert_never(expr)


def _divide(numerator: int, denominator: int) -> int:
    if denominator == 1:
        return numerator % _PRIME
    if denominator % _PRIME == 0:
        raise ZeroDivisionError
    return numerator * pow(denominator, -1, _PRIME) % _PRIME
