"""What somebody did who works out a lesson's number wrongly: slips of the sum that one of its hints gives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from tui_backprop.course.lesson import Check
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, Mul, Neg, Number, children, rebuild, symbols
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.tutor.numbers import check_number, read_number
from tui_backprop.tutor.part_slips import list_slips
from tui_backprop.tutor.readings import Reading
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Text
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex

_DIGITS = 3
"""A slip is known by so many digits."""
_APART = 0.01
"""By so large a share a slip's number must differ from the right one: what lies nearer may be rounding."""


def tell_reckoning(check: Check, text: str) -> str:
    """What to say of a wrong number that a slip in the sum of a hint gives; empty where none does."""
    right = read_number(check.answer[0])
    if not isinstance(right, Reading) or (reckoned := _find_sum(check)) is None:
        return ""
    for wrong, say in _slips(reckoned):
        value = _value_of(wrong)
        if value is not None and abs(value - right.value) > _APART * abs(right.value) and _is(text, value):
            return say
    return ""


def _is(text: str, value: float) -> bool:
    return check_number(text, value, significant_digits=_DIGITS).verdict == "correct"


@lru_cache(maxsize=256)
def _find_sum(check: Check) -> Expr | None:
    """The formula of numbers in a hint that comes to the right answer; None where there is none."""
    for run in (run for hint in check.hints for run in hint if run.kind == "math"):
        try:
            expr = parse(linear(parse_latex(run.text), Glyphs.ASCII), {})
        except (LatexError, ParseError):
            continue
        value = None if isinstance(expr, Number) or symbols(expr) else _value_of(expr)
        if value is not None and _is(check.answer[0], value):
            return expr
    return None


def _value_of(expr: Expr) -> float | None:
    """The value of a formula of numbers; None where it has none."""
    try:
        value = evaluate(expr, _no_value)
    except ArithmeticError:
        return None
    return value if math.isfinite(value) else None


def _no_value(name: str) -> float:
    raise KeyError(name)


def _slips(whole: Expr) -> Iterator[tuple[Expr, str]]:
    """The slips of a formula, those of the whole first, then those made in one of its parts."""
    yield from list_slips(whole, _said)
    for factor in whole.factors if isinstance(whole, Mul) else ():
        yield factor, f"That is {_said(factor)} alone. Here {_said(whole)} is asked for."
    yield from _in_parts(whole)


def _in_parts(whole: Expr) -> Iterator[tuple[Expr, str]]:
    """The formula with a slip in one of its parts; what is said names the part, since it is not true of the whole."""
    for place, part in enumerate(children(whole)):
        *own, _, _ = list_slips(part, _said)
        for wrong, _ in own:
            yield _with_part(whole, place, wrong), f"That has {_said(wrong)} where {_said(part)} belongs."
        for wrong, say in _in_parts(part):
            yield _with_part(whole, place, wrong), say


def _with_part(whole: Expr, place: int, part: Expr) -> Expr:
    places = iter(range(len(children(whole))))
    return rebuild(whole, lambda each: part if next(places) == place else each)


def _said(expr: Expr) -> str:
    if isinstance(expr, Neg) and isinstance(expr.operand, Neg):
        return _said(expr.operand.operand)
    return linear(set_formula(expr, Text), Glyphs.FULL)
