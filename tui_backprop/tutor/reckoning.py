"""What somebody did who works out a lesson's number wrongly: slips of the sum that one of its hints gives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from tui_backprop.course.lesson import Check
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Number, children, product, rebuild, symbols
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.maths.plain import plain
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.numbers import check_number, read_number
from tui_backprop.tutor.part_slips import ADDS, POINT_MISPLACED, TO_BE, list_slips
from tui_backprop.tutor.readings import Reading
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex
from tui_backprop.typeset.typed import as_set

_HAS = "That has"
_TURNED = f"is taken off. {TO_BE.format('added')}"
_PAIR = 2
_NEGATIVE = late_pattern(r"(?<=[·/+−] )−[\d.]+")
"""A number below 0 behind a sign, which stands in brackets."""
_DIGITS = 3
"""A slip is known by so many digits."""
_SAME, _HALF = 1e-9, 0.5 + 1e-9
_OF_WHOLE, _OF_PART = 2, 3
"""So many digits must fit a slip in the whole formula, or in one of its many parts: fewer fit by chance."""
_APART = 0.01
"""By so large a share a slip's number must differ from the right one: what lies nearer may be rounding."""


def tell_reckoning(check: Check, text: str) -> str:
    """What to say of a wrong number that a slip in the sum of a hint gives; empty where none does."""
    right = read_number(check.answer[0])
    if not isinstance(right, Reading) or (reckoned := _find_sum(check)) is None:
        return ""
    if right.value.is_integer() and isinstance(reckoned, Add):
        return ""  # what is counted is no sum to the learner, and small numbers are met by chance
    typed = read_number(text)
    is_sum = isinstance(typed, Reading) and typed.digits is None
    for wrong, say, fewest in _slips(reckoned):
        if is_sum and not say.startswith(_HAS):  # "That is …" would be false of what was typed
            continue
        value = _value_of(wrong)
        if value is not None and abs(value - right.value) > _APART * abs(right.value) and (
                _is(text, value, fewest, exactly=right.value.is_integer())):
            return _as_sure(say, value, right.value)
    return ""


def _as_sure(say: str, value: float, right: float) -> str:
    """What is said, as far as it is sure: a sum of factors may be met by chance."""
    if say == POINT_MISPLACED and right.is_integer():
        return _of_whole(value, right)
    return say.replace(ADDS, "Did you add?")


def _of_whole(value: float, right: float) -> str:
    """What to say of a whole number that has a 0 too many or too few."""
    return f"That is ten times too {'large' if abs(value) > abs(right) else 'small'}."


def _is(text: str, value: float, fewest: int, *, exactly: bool) -> bool:
    """Is this the number, or that rounded to the digits typed, ``fewest`` or more? Of whole numbers ``exactly``."""
    typed = read_number(text)
    if not isinstance(typed, Reading):
        return False
    if exactly or math.isclose(typed.value, value, rel_tol=_SAME):
        return math.isclose(typed.value, value, rel_tol=_SAME)
    if typed.digits is None:
        return _is_near(text, value)
    return typed.digits.count >= fewest and abs(typed.value - value) <= _HALF * float(typed.digits.last)


def _is_near(text: str, value: float) -> bool:
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
        if value is not None and _is_near(check.answer[0], value):
            return _without_ones(expr)
    return None


def _without_ones(expr: Expr) -> Expr:
    """A longer product without its factors of 1, which nobody reckons with; in a product of two, 1 says something."""
    if isinstance(expr, Mul) and len(expr.factors) > _PAIR:
        kept = tuple(factor for factor in expr.factors if factor != Number(Fraction(1)))
        return product(kept) if kept else expr
    return rebuild(expr, _without_ones)


def _value_of(expr: Expr) -> float | None:
    """The value of a formula of numbers; None where it has none."""
    try:
        value = evaluate(expr, _no_value)
    except ArithmeticError:
        return None
    return value if math.isfinite(value) else None


def _no_value(name: str) -> float:
    raise KeyError(name)


def _slips(whole: Expr) -> Iterator[tuple[Expr, str, int]]:
    """The slips of a formula, those of the whole first, then those made in one of its parts.

    Each with what to say, and the digits that must fit.
    """
    yield from ((wrong, say, _OF_WHOLE) for wrong, say in _likely(whole))
    for factor in whole.factors if isinstance(whole, Mul) else ():
        yield factor, f"That is {_said(factor)} alone. Here {_said(whole)} is asked for.", _OF_WHOLE
    yield from ((wrong, say, _OF_PART) for wrong, say in _in_parts(whole))


def _likely(expr: Expr) -> Iterator[tuple[Expr, str]]:
    """The slips of a formula's own form, without a term taken off that is to be added: nobody does that."""
    return (slip for slip in list_slips(expr, _said) if not slip[1].endswith(_TURNED))


def _in_parts(whole: Expr) -> Iterator[tuple[Expr, str]]:
    """The formula with a slip in one of its parts; what is said names the part, since it is not true of the whole."""
    for place, part in enumerate(children(whole)):
        *own, tenfold, tenth = _likely(part)
        for wrong, _ in own:
            told = f"{_HAS} {_with_sign(whole, wrong)} where {_with_sign(whole, part)} belongs."
            yield _with_part(whole, place, wrong), told
        for wrong, _ in (tenfold, tenth) if children(part) and not isinstance(part, Neg) else ():
            yield _with_part(whole, place, wrong), f"In {_said(part)} the decimal point is in the wrong place."
        for wrong, say in _in_parts(part):
            yield _with_part(whole, place, wrong), say


def _with_part(whole: Expr, place: int, part: Expr) -> Expr:
    places = iter(range(len(children(whole))))
    return rebuild(whole, lambda each: part if next(places) == place else each)


def _with_sign(whole: Expr, part: Expr) -> str:
    """A part as it stands in the whole: what is taken off with its minus."""
    if not isinstance(whole, Neg):
        return _said(part)
    is_below, bare = True, part
    while isinstance(bare, Neg):
        is_below, bare = not is_below, bare.operand
    return f"{'−' if is_below else '+'} {_said(bare)}"


def _said(expr: Expr) -> str:
    if isinstance(expr, Neg) and isinstance(expr.operand, Neg):
        return _said(expr.operand.operand)
    return _NEGATIVE.sub(r"(\g<0>)", as_set(plain(expr)))
