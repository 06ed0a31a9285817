"""What a circuit's gate does, in a sign or a short word."""

from __future__ import annotations

from collections.abc import Callable

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Text
from tui_backprop.typeset.linear import linear

SEVERAL = "fn"
"""The sign of a gate that does several things at once, whose formula is too long to be written in it."""
_LONGEST_CONSTANT, _LONGEST_FORMULA = 4, 10


def symbol_of(expression: Expr, name: Callable[[str], Layout] = Text) -> str:
    """What a gate does, as a sign or a short word: ``+``, ``×2``, ``max``; or its formula, if short."""
    sign = _sign(expression)
    if sign is None:
        written = linear(formula(expression, name), Glyphs.FULL).replace(" ", "")
        sign = written if len(written) <= _LONGEST_FORMULA else SEVERAL
    return sign


def _sign(expression: Expr) -> str | None:
    match expression:
        case Add(terms):
            return _join(terms, "+")
        case Mul(factors):
            return _join(factors, "×")
        case Neg(Symbol()):
            return "−"
        case Div(Symbol(), Symbol()):
            return "÷"
        case Div(Symbol(), below) if constant := _constant(below):
            return f"/{constant}"
        case Pow(Symbol(), Symbol()):
            return "^"
        case Pow(Symbol(), exponent) if constant := _constant(exponent):
            return f"^{constant}"
        case Call(function, arguments) if all(isinstance(part, Symbol) for part in arguments):
            return FUNCTIONS[function].shown
        case _:
            return None


def _join(parts: tuple[Expr, ...], sign: str) -> str | None:
    """The sign of a sum or product of names, with one number if there is one: ``+``, ``−``, ``+1``, ``×2``."""
    names = [part for part in parts if isinstance(part, Symbol)]
    others = [part for part in parts if not isinstance(part, Symbol)]
    if not others:
        return sign
    if len(names) != 1 or len(others) != 1:
        return None
    other = others[0]
    if sign == "+" and isinstance(other, Neg):
        if isinstance(other.operand, Symbol):
            return "−" if other is parts[1] else None
        sign, other = "−", other.operand
        if other is not parts[1] and parts[1] is names[0]:
            return None
    constant = _constant(other)
    return f"{sign}{constant}" if constant else None


def _constant(expression: Expr) -> str:
    """A short number as text; empty for any other expression."""
    if not isinstance(expression, Number | Constant):
        return ""
    text = linear(formula(expression, Text), Glyphs.ASCII)
    return text if len(text) <= _LONGEST_CONSTANT and not text.startswith("-") else ""
