"""The exact value of an expression of rational numbers, so that 0.3 − 0.1 − 0.2 is 0."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol, TemplateNode
from tui_backprop.maths.functions import FUNCTIONS

_MOST_BITS = 20_000


class _NoExactValueError(Exception):
    pass


def exact(expr: Expr, value: Callable[[str], Fraction | None] = lambda _: None) -> Fraction | None:
    """The rational value of ``expr``; None where it has none, or one of unreasonable size.

    ``value(name)`` gives each symbol's exact value, or None.
    """
    try:
        return _exact(expr, value)
    except (_NoExactValueError, ZeroDivisionError):
        return None


def _exact(expr: Expr, value: Callable[[str], Fraction | None]) -> Fraction:
    match expr:
        case Number(number):
            return number
        case Symbol(name):
            known = value(name)
            if known is None:
                raise _NoExactValueError
            return known
        case Add(terms):
            total = Fraction(0)
            for term in terms:
                total = _limit(total + _exact(term, value))
            return total
        case Mul(factors):
            product = Fraction(1)
            for factor in factors:
                product = _limit(product * _exact(factor, value))
            return product
        case Neg(operand):
            return -_exact(operand, value)
        case Div(numerator, denominator):
            return _limit(_exact(numerator, value) / _exact(denominator, value))
        case Pow(base, exponent):
            return _power(_exact(base, value), _exact(exponent, value))
        case Call(function, arguments) if (rational := FUNCTIONS[function].exact) is not None:
            return rational(*(_exact(argument, value) for argument in arguments))
        case Call() | Constant() | TemplateNode():
            raise _NoExactValueError
        case _:
            assert_never(expr)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    bits = base.numerator.bit_length() + base.denominator.bit_length()
    if exponent.denominator != 1 or abs(exponent.numerator) * bits > _MOST_BITS:
        raise _NoExactValueError
    return base**exponent.numerator


def _limit(number: Fraction) -> Fraction:
    if number.numerator.bit_length() + number.denominator.bit_length() > _MOST_BITS:
        raise _NoExactValueError
    return number
