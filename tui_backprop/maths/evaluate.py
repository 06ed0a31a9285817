"""The value of an expression over floats. (Over arrays: :mod:`tui_backprop.maths.template`.)"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from operator import add, itemgetter, mul, neg
from typing import Any, Final, Protocol

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS

Lookup = Callable[[str], float]


class ByName(Protocol):
    """Numbers by name: a mapping, or anything that is read like one."""

    def __getitem__(self, name: str, /) -> float: ...


Prepared = Callable[[ByName], float]
Column = list[float]


class Columns(Protocol):
    """Columns of numbers by name, each with a number for each row."""

    rows: int

    def __getitem__(self, name: str, /) -> Column: ...


ColumnsPrepared = Callable[[Columns], Column]
Operation = Callable[..., float]


def evaluate(expr: Expr, value: Lookup) -> float:
    """The value of ``expr``, where ``value(name)`` gives each symbol's.

    Sums and products run left to right. An undefined value (``0/0``, ``ln(−1)``) is NaN, one that is too large an
    infinity; ``0·ln 0`` is 0, as the entropies define it. Never raises for numeric reasons.
    """
    if type(expr) is Symbol:
        return value(expr.name)
    take_apart = _OPERATIONS.get(type(expr))
    if take_apart is None:
        return _constant(expr)
    operation, parts = take_apart(expr)
    return operation(*[value(part.name) if type(part) is Symbol else evaluate(part, value) for part in parts])


def prepare(expr: Expr) -> Prepared:
    """``expr`` as a function of its symbols' numbers: three times as fast where one expression is evaluated often.

    Raises TypeError for a template node.
    """
    if type(expr) is Symbol:
        return itemgetter(expr.name)
    take_apart = _OPERATIONS.get(type(expr))
    if take_apart is None:
        constant = _constant(expr)
        return lambda _numbers: constant
    operation, parts = take_apart(expr)
    if names := _names(parts):
        arguments_of = itemgetter(*names)
        return lambda numbers: operation(*arguments_of(numbers))
    match [prepare(part) for part in parts]:
        case [one]:
            return lambda numbers: operation(one(numbers))
        case [one, two]:
            return lambda numbers: operation(one(numbers), two(numbers))
        case several:
            return lambda numbers: operation(*[part(numbers) for part in several])


def prepare_columns(expr: Expr) -> ColumnsPrepared:
    """``expr`` as a function of columns of numbers, row by row: ten times as fast as :func:`prepare` for many rows.

    Each row's number is the same, bit for bit, as :func:`evaluate` gives.
    """
    if type(expr) is Symbol:
        return itemgetter(expr.name)
    take_apart = _OPERATIONS.get(type(expr))
    if take_apart is None:
        constant = _constant(expr)
        return lambda numbers: [constant] * numbers.rows
    operation, parts = take_apart(expr)
    if names := _names(parts):
        columns_of = itemgetter(*names)
        return lambda numbers: _row_by_row(operation, columns_of(numbers))
    prepared = [prepare_columns(part) for part in parts]
    return lambda numbers: _row_by_row(operation, [part(numbers) for part in prepared])


def _names(parts: Sequence[Expr]) -> Sequence[str]:
    """The names of two or more symbols, which are fetched in one go; empty where there is anything else."""
    names = [part.name for part in parts if type(part) is Symbol]
    return names if 1 < len(names) == len(parts) else ()


def _row_by_row(operation: Operation, columns: Sequence[Column]) -> Column:
    if operation is not _multiply:
        return list(map(operation, *columns))
    products = list(map(mul, *columns)) if len(columns) == 2 else [math.prod(row) for row in zip(*columns, strict=True)]
    total = sum(products)
    if all(products) and total == total:  # neither 0 nor NaN is among them, and so each is as _multiply gives it
        return products
    return list(map(_multiply, *columns))


def _constant(expr: Expr) -> float:
    """The value of a number or a named constant; TypeError for any other node that has no parts."""
    if type(expr) is Number:
        return _as_float(expr.value.numerator, expr.value.denominator)
    if type(expr) is Constant:
        return CONSTANTS[expr.name]
    raise TypeError(f"a template node has no value before it is bound: {expr!r}")


def _add_up(total: float, *terms: float) -> float:
    for term in terms:
        total += term
    return total


def _multiply(*factors: float) -> float:
    result = math.prod(factors)
    if result and result == result:
        return result
    return 0.0 if 0.0 in factors and not any(map(math.isnan, factors)) else result


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


_OPERATIONS: Final[Mapping[type[Expr], Callable[[Any], tuple[Operation, Sequence[Expr]]]]] = {
    Add: lambda expr: (add if len(expr.terms) == 2 else _add_up, expr.terms),
    Mul: lambda expr: (_multiply, expr.factors),
    Neg: lambda expr: (neg, (expr.operand,)),
    Div: lambda expr: (divide, (expr.numerator, expr.denominator)),
    Pow: lambda expr: (power, (expr.base, expr.exponent)),
    Call: lambda expr: (FUNCTIONS[expr.function].on_floats, expr.arguments),
}
"""How each kind of node is worked out. A table, since a match takes more than twice the time, and this is what a
diagnosis does most.
"""


def _as_float(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if numerator > 0 else -math.inf
