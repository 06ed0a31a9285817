"""The value of an expression over floats. (Over arrays: :mod:`tui_backprop.maths.template`.)"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, Protocol

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS

Lookup = Callable[[str], float]


class ByName(Protocol):
    """Numbers by name: a mapping, or anything that is read like one."""

    def __getitem__(self, name: str, /) -> float: ...


Prepared = Callable[[ByName], float]


def evaluate(expr: Expr, value: Lookup) -> float:
    """The value of ``expr``, where ``value(name)`` gives each symbol's.

    Sums and products run left to right. An undefined value (``0/0``, ``ln(−1)``) is NaN, one that is too large an
    infinity; ``0·ln 0`` is 0, as the entropies define it. Never raises for numeric reasons.
    """
    return value(expr.name) if type(expr) is Symbol else prepare(expr)(_Lookup(value))


def prepare(expr: Expr) -> Prepared:
    """``expr`` as a function of its symbols' numbers: three times as fast where one expression is evaluated often.

    Raises TypeError for a template node.
    """
    make = _MAKERS.get(type(expr))
    if make is None:
        raise TypeError(f"a template node has no value before it is bound: {expr!r}")
    return make(expr)


class _Lookup:
    """A look-up function that can be read like a mapping."""

    __slots__ = ("_value",)

    def __init__(self, value: Lookup) -> None:
        self._value = value

    def __getitem__(self, name: str) -> float:
        return self._value(name)


def _always(value: float) -> Prepared:
    return lambda _numbers: value


def _all(parts: Sequence[Expr]) -> Callable[[ByName], Sequence[float]]:
    """The values of several expressions at once. Symbols alone, as they nearly always are, are fetched in one go."""
    if len(parts) > 1 and all(type(part) is Symbol for part in parts):
        return itemgetter(*(part.name for part in parts if isinstance(part, Symbol)))
    prepared = [prepare(part) for part in parts]
    return lambda numbers: [part(numbers) for part in prepared]


def _add(expr: Add) -> Prepared:
    first, *others = map(prepare, expr.terms)

    def add(numbers: ByName) -> float:
        result = first(numbers)
        for term in others:
            result += term(numbers)
        return result

    return add


def _multiply(expr: Mul) -> Prepared:
    factors_of = _all(expr.factors)

    def multiply(numbers: ByName) -> float:
        factors = factors_of(numbers)
        result = math.prod(factors)
        if result and result == result:
            return result
        return 0.0 if 0.0 in factors and not any(map(math.isnan, factors)) else result

    return multiply


def _negate(expr: Neg) -> Prepared:
    operand = prepare(expr.operand)
    return lambda numbers: -operand(numbers)


def _of_two(one: Expr, other: Expr, work_out: Callable[[float, float], float]) -> Prepared:
    first, second = prepare(one), prepare(other)
    return lambda numbers: work_out(first(numbers), second(numbers))


def _call(expr: Call) -> Prepared:
    function, arguments_of = FUNCTIONS[expr.function].on_floats, _all(expr.arguments)
    return lambda numbers: function(*arguments_of(numbers))


_MAKERS: Final[Mapping[type[Expr], Callable[[Any], Prepared]]] = {
    Symbol: lambda expr: itemgetter(expr.name),
    Number: lambda expr: _always(_as_float(expr.value.numerator, expr.value.denominator)),
    Constant: lambda expr: _always(CONSTANTS[expr.name]),
    Add: _add,
    Mul: _multiply,
    Neg: _negate,
    Div: lambda expr: _of_two(expr.numerator, expr.denominator, divide),
    Pow: lambda expr: _of_two(expr.base, expr.exponent, power),
    Call: _call,
}
"""How each kind of node is worked out. A table, since a match takes more than twice the time, and this is what a
diagnosis does most.
"""


def divide(numerator: float, denominator: float) -> float:
    if denominator != 0:
        return numerator / denominator
    return math.nan if numerator == 0 or math.isnan(numerator) else math.copysign(math.inf, numerator)


def power(base: float, exponent: float) -> float:
    """``base ** exponent`` over the reals: NaN where there is no real value, infinity where it is too large or 0 is
    divided by.
    """
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


def _as_float(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if numerator > 0 else -math.inf
