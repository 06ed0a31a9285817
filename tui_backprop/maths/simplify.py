"""Light simplification, so that a derivative prints as a teacher would write it.

Only what nobody would leave standing goes: 0·x, 1·x, x + 0, −−x, x¹, x⁰, sums and products of plain numbers, x + x,
2x/2, x/x. Nothing is multiplied out or factored. Each function builds one kind of node from parts already simplified.
"""

from __future__ import annotations

from fractions import Fraction
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
    children,
    number,
    product,
    rebuild,
    total,
)
from tui_backprop.maths.walks import depth_first

ZERO = number(0)
ONE = number(1)


def simplify(expr: Expr) -> Expr:
    """``expr`` with the simplifications of this module made everywhere; of equal value wherever ``expr`` has one."""
    expr = rebuild(expr, simplify)
    match expr:
        case Add(terms):
            return add(*terms)
        case Mul(factors):
            return multiply(*factors)
        case Neg(operand):
            return negate(operand)
        case Div(numerator, denominator):
            return divide(numerator, denominator)
        case Pow(base, exponent):
            return power(base, exponent)
        case Number() | Constant() | Symbol() | Call() | TemplateNode():
            return expr
        case _:
            assert_never(expr)


def negate(operand: Expr) -> Expr:
    match operand:
        case Neg(inner):
            return inner
        case Number(value):
            return Number(-value)
        case Mul((Number(value), *rest)) if value < 0:
            return multiply(Number(-value), *rest)
        case _:
            return Neg(operand)


def add(*terms: Expr) -> Expr:
    """A sum: like terms counted together where the first of them stands, zeros left out."""
    counts: dict[Expr, Fraction] = {}
    for term in _flat_terms(terms):
        coefficient, rest = split(term)
        if rest not in counts:
            counts[rest] = coefficient
        elif coefficient:
            counts[rest] += coefficient
    kept = tuple(_with_coefficient(count, rest) for rest, count in counts.items() if count)
    return total(tuple(map(_as_term, kept)) if len(kept) > 1 else kept) if kept else ZERO


def multiply(*factors: Expr) -> Expr:
    """A product: the plain numbers as one factor in front, signs before all, ``1/x`` factors as one division."""
    coefficient = Fraction(1)
    above: list[Expr] = []
    below: list[Expr] = []
    for node in depth_first(factors, lambda node: children(node) if isinstance(node, Neg | Mul) else ()):
        match node:
            case Number(value):
                coefficient *= value
            case Neg():
                coefficient = -coefficient
            case Mul():
                pass
            case Div(Number(value), denominator):
                coefficient *= value
                below.append(denominator)
            case factor:
                above.append(factor)
    if not coefficient:
        return ZERO
    whole = _with_coefficient(coefficient, product(tuple(above)) if above else ONE)
    return divide(whole, multiply(*below)) if below else whole


def divide(numerator: Expr, denominator: Expr) -> Expr:
    """A quotient: common numbers and equal sides cancelled, the sign before it; a division by 0 is left as it is."""
    above, upper = split(numerator)
    below, lower = split(denominator)
    if not below:
        return Div(numerator, denominator)
    ratio = above / below
    if not ratio:
        return ZERO
    if upper == lower:
        return Number(ratio)
    over = _with_coefficient(Fraction(abs(ratio.numerator)), upper)
    under = _with_coefficient(Fraction(ratio.denominator), lower)
    whole = over if under == ONE else Div(over, under)
    return negate(whole) if ratio < 0 else whole


def power(base: Expr, exponent: Expr) -> Expr:
    if exponent == ONE:
        return base
    if exponent == ZERO:
        return ONE
    folded = exact(Pow(base, exponent)) if isinstance(base, Number) and isinstance(exponent, Number) else None
    small = folded is not None and folded.numerator.bit_length() + folded.denominator.bit_length() < 128
    return Number(folded) if folded is not None and small else Pow(base, exponent)


def call(function: str, *arguments: Expr) -> Expr:
    """A function's value; ``ln e`` is 1."""
    if function in ("ln", "log") and arguments == (Constant("e"),):
        return ONE
    return Call(function, arguments)


def split(expr: Expr) -> tuple[Fraction, Expr]:
    """An expression as a number times the rest: −2x as (−2, x), 3 as (3, 1)."""
    match expr:
        case Number(value):
            return value, ONE
        case Neg(operand):
            coefficient, rest = split(operand)
            return -coefficient, rest
        case Mul((Number(value), *rest)):
            return value, product(tuple(rest)) if rest else ONE
        case _:
            return Fraction(1), expr


def _with_coefficient(coefficient: Fraction, rest: Expr) -> Expr:
    if coefficient < 0:
        return negate(_with_coefficient(-coefficient, rest))
    if rest == ONE:
        return Number(coefficient)
    if coefficient == 1:
        return rest
    return Mul((Number(coefficient), *(rest.factors if isinstance(rest, Mul) else (rest,))))


def _as_term(term: Expr) -> Expr:
    """A negative number as a subtraction: −3 as ``Neg(3)``."""
    return Neg(Number(-term.value)) if isinstance(term, Number) and term.value < 0 else term


def _flat_terms(terms: tuple[Expr, ...]) -> list[Expr]:
    flat: list[Expr] = []
    for term in terms:
        if isinstance(term, Add):
            flat.extend(_flat_terms(term.terms))
        else:
            flat.append(term)
    return flat
