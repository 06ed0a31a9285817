"""An expression as one line of plain ASCII that the grammar reads back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol, TemplateNode

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 10, 20, 25, 30, 40


def plain(expr: Expr, symbol: Callable[[str], str] = str) -> str:
    """``expr`` in the learner's grammar, with ``*`` written out and no bracket that is not needed.

    ``symbol`` spells a symbol's name. Parsing the result gives an expression of the same value.
    """
    return _write(expr, symbol)[0]


def plain_sum(columns: Sequence[Sequence[str]]) -> str:
    """A sum of products of numbers, or of numbers, as :func:`plain` would write it.

    ``columns`` are the numbers as texts: the first of every column make the first product, and so on; one column is a
    sum of its numbers. Made for sums of hundreds of terms, whose expression would take long.
    """
    place = Symbol("_")
    plus, times = (plain(joined((place, place))).strip("_") for joined in (Add, Mul))
    if len(columns) == 1:
        return plus.join(columns[0]).replace("+ -", "- ")
    count, step = len(columns[0]), 2 * len(columns)
    pieces = [times] * (step * count)
    for nth, column in enumerate(columns):
        pieces[2 * nth::step] = column
    pieces[step - 1::step] = [plus] * count
    return "".join(pieces[:-1])


def _write(expr: Expr, symbol: Callable[[str], str]) -> tuple[str, int]:
    """The text and how tightly its outermost operator binds."""

    def part(operand: Expr, least: int) -> str:
        text, binding = _write(operand, symbol)
        return text if binding >= least else f"({text})"

    match expr:
        case Number(value):
            return _number(value)
        case Constant(name):
            return name, _ATOM
        case Symbol(name):
            return symbol(name), _ATOM
        case Add(terms):
            return part(terms[0], _PRODUCT) + "".join(_term(term, part) for term in terms[1:]), _SUM
        case Mul(factors):
            return " * ".join((part(factors[0], _PRODUCT), *(part(f, _SIGN) for f in factors[1:]))), _PRODUCT
        case Div(numerator, denominator):
            return f"{part(numerator, _PRODUCT)} / {part(denominator, _SIGN)}", _PRODUCT
        case Neg(operand):
            return f"-{part(operand, _POWER)}", _SIGN
        case Pow(base, exponent):
            return f"{part(base, _ATOM)}^{part(exponent, _POWER)}", _POWER
        case Call(function, arguments):
            return f"{function}({', '.join(part(a, 0) for a in arguments)})", _ATOM
        case TemplateNode():
            raise TypeError(f"a template node has no plain text before it is bound: {expr!r}")
        case _:
            assert_never(expr)


def _term(term: Expr, part: Callable[[Expr, int], str]) -> str:
    if isinstance(term, Neg):
        return f" - {part(term.operand, _PRODUCT)}"
    return f" + {part(term, _PRODUCT)}"


def _number(value: Fraction) -> tuple[str, int]:
    digits = decimal(abs(value))
    text, binding = (digits, _ATOM) if digits else (f"{abs(value.numerator)} / {value.denominator}", _PRODUCT)
    if value >= 0:
        return text, binding
    return f"-{text}", _SIGN if binding == _ATOM else _PRODUCT


def decimal(value: Fraction) -> str | None:
    """A fraction as the decimal that equals it, in at most 60 digits; None where there is none."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    places = max(twos, fives)
    if denominator != 1 or places > 400:
        return None
    digits = str(abs(value.numerator) * 10**places // value.denominator)
    kept = digits.rstrip("0") or "0"
    if len(kept) > 60:
        return None
    sign = "-" if value < 0 else ""
    leading = len(digits) - 1 - places  # the power of ten of the first digit
    if kept != "0" and not -7 < leading < 21:
        return f"{sign}{kept[0]}{'.' if kept[1:] else ''}{kept[1:]}e{leading}"
    whole = digits.rjust(places + 1, "0")
    return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)
