"""Reads a number as people write it, and judges it.

A number may be any expression of the learner's grammar over the names that are known. Reading and judging are two
steps: :func:`read_number` gives a :class:`Reading`, and :func:`judge` compares it with one or more right values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from tui_backprop.dataclass import replace
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.exact import exact
from tui_backprop.maths.expression import Expr, Neg, Number, symbols
from tui_backprop.maths.numerals import leading_power, many, to_text, typographic
from tui_backprop.maths.parse import AmbiguousError, ParseError, read
from tui_backprop.maths.spelling import Vocabulary, fold
from tui_backprop.maths.undefined import why_undefined
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.calls_for_help import asks_for_help
from tui_backprop.tutor.readings import Digits, Judgement, Reading, Unread
from tui_backprop.tutor.rules import Rule, rule, within

_AFTER_EQUALS = late_pattern(
    r"(?:.*[=≈~]|[^=≈~\d:]*[^\W\d_][^=≈~:]*(?::|\bis\b))\s*(?P<value>[^=≈~\s][^=≈~]*)", re.DOTALL | re.IGNORECASE)
"""The answer after ``name =`` or after a calculation and an equals sign, after the sign alone, or after ``name:``."""
_FULL_STOP = late_pattern(r"(?P<value>.*\d[.,]\d+)[.?!;]+\s*|(?P<whole>.*\d)[?!;]+\s*", re.DOTALL)
"""A number at the end of a sentence."""
_ROUGHLY = late_pattern(r"\s*(?:about|around|approx(?:\.|imately)?|roughly|ca\.?)\s+(?P<value>\S.*)",
                        re.DOTALL | re.IGNORECASE)
"""A number after a word that says it is a rounded one."""
_POWER_OF_TEN = late_pattern(r"\s*(?P<number>[-+−–]?[\d.,]+)\s*[xX×*·⋅]\s*10\s*[-−–]\s*(?P<power>\d{1,2})\s*")
"""8.22x10-2: as a calculator's display is copied, and a subtraction to anybody else."""
_NUMERALS = frozenset("0123456789-+.")
_DECIMAL = late_pattern(r"[+-]*(?P<whole>\d*)[.,]?(?P<places>\d*)(?:[eE](?P<power>[+-]?\d+))?")


def read_number(
    text: str,
    names: Mapping[str, str] | Vocabulary | None = None,
    values: Mapping[str, float] | None = None,
) -> Reading | Unread:
    """``text`` as a number.

    ``names`` maps the spellings that may be used to quantities; ``values`` gives the numbers of those that are known so
    far. A quantity with a name and no value may not be used yet. Never raises: what cannot be read is an
    :class:`Unread`.
    """
    values = values or {}
    if asks_for_help(text) and text.strip() not in (names or ()):
        return Unread("invalid", "For a hint type ? alone.", 0, len(text))
    plain = set(text) <= _NUMERALS and not text.endswith(".")  # most often: it needs no search for names
    if not plain and (copied := _POWER_OF_TEN.fullmatch(text)):
        typed = f"{copied['number']}e-{copied['power']}"
        return Unread("ambiguous", f"Is that a power of 10? Then type {typed}.", 0, len(text))
    named = None if plain else _AFTER_EQUALS.fullmatch(text) or _FULL_STOP.fullmatch(text) or _ROUGHLY.fullmatch(text)
    if named is not None:  # z = 0.24: what is asked for is known, and the answer is what follows
        start, end = named.span(named.lastgroup or 0)
        inner = read_number(text[start:end], names, values)
        if isinstance(inner, Unread):
            return replace(inner, start=inner.start + start, end=inner.end + start)
        return replace(inner, text=text)
    try:
        parsed = read(text, names or {})
    except ParseError as refusal:
        verdict: Literal["invalid", "ambiguous"] = "ambiguous" if isinstance(refusal, AmbiguousError) else "invalid"
        return Unread(verdict, refusal.message, refusal.start, refusal.end)
    if missing := tuple(name for name in symbols(parsed.expr) if name not in values):
        message = "This uses a value that is not found yet: use only what is given or already found."
        return Unread("invalid", message, 0, len(text), missing)
    value = _value(parsed.expr, values)
    if not math.isfinite(value):
        return Unread("invalid", why_undefined(parsed.expr, values.__getitem__), 0, len(text))
    if value == 0 and isinstance(parsed.expr, Number) and parsed.expr.value:
        return Unread("invalid", "This is too small to be told from 0 here.", 0, len(text))
    digits = _digits(text) if _is_literal(parsed.expr) else None
    echo = typographic(_tidy(text)) if digits else to_text(value, 6)
    return Reading(text, parsed.expr, value, echo, digits, parsed.notes)


def judge(reading: Reading | Unread, expected: float | Sequence[float], how: Rule | None = None) -> Judgement:
    """Is the number right? ``expected``: the right value, or several that count as right, the true one first.

    A plain decimal with fewer significant digits than asked for is right only where it is the right value rounded; one
    that is merely right to the digits typed is too coarse.
    """
    if isinstance(reading, Unread):
        return Judgement(reading.verdict, None, reading.message, reading.start, reading.end)
    how = how or Rule()
    references = [expected] if isinstance(expected, int | float) else list(expected)
    if any(_is_right(reading, reference, how) for reference in references):
        return Judgement("correct", reading.value, f"{reading.said} That is right.")
    coarse = next(filter(None, (tell_coarse(reading, reference, how) for reference in references)), "")
    if coarse:
        return Judgement("too_coarse", reading.value, f"{reading.said} {coarse}")
    return Judgement("wrong", reading.value, f"{reading.said} That is not the value asked for.")


def check_number(text: str, expected: float, *, significant_digits: int | None = None, relative: float | None = None,
                 absolute: float | None = None, decimals: int | None = None) -> Judgement:
    """Judge ``text``, a number as people write it, against the value ``expected``.

    State at most one rule (see :class:`tui_backprop.tutor.rules.Rule`); without one, 3 significant digits are asked
    for. Verdicts: ``correct too_coarse wrong invalid ambiguous``. Raises ValueError for more than one rule, an
    impossible one, or an ``expected`` that is not a finite number.
    """
    how = rule(significant_digits, relative, absolute, decimals)
    if not isinstance(expected, int | float) or not math.isfinite(expected):
        raise ValueError(f"expected is {expected!r}: it must be a finite number")
    return judge(read_number(text), float(expected), how)


def _is_right(reading: Reading, expected: float, how: Rule) -> bool:
    digits = reading.digits
    if digits is not None and how.measure == "significant_digits":
        if digits.count >= how.amount and _is_rounded(reading, expected, digits, how):
            return True
        if digits.count < how.amount:
            return how.near(reading.value, expected) and within(reading.value, expected, how.rounding(expected))
    return how.near(reading.value, expected)


def agrees(reading: Reading, expected: float, how: Rule) -> bool:
    """Is it ``expected`` in all the digits that are asked for, or ``expected`` rounded to the digits typed?"""
    if how.alike(reading.value, expected):
        return True
    digits = reading.digits
    enough = digits is not None and float(digits.last) < 2 * how.unit(expected)  # both are powers of ten
    return digits is not None and enough and within(reading.value, expected, float(digits.last / 2))


def _is_rounded(reading: Reading, expected: float, digits: Digits, how: Rule) -> bool:
    """Is it a value that an update leaves as it was, rounded to the digits typed?"""
    return how.change == 0 and expected != 0 and within(reading.value, expected, float(digits.last / 2))


def _is_coarse(reading: Reading, expected: float) -> bool:
    """Is it right to the digits typed, and to at least one digit of the right value? 1 is not a coarse 0.6."""
    if reading.digits is None or reading.value == 0 or expected == 0:
        return False
    coarsest = 0.5 * math.pow(10, leading_power(expected))
    return within(reading.value, expected, min(float(reading.digits.unit(expected) / 2), coarsest))


def tell_coarse(reading: Reading, expected: float, how: Rule) -> str:
    """The message for a number that is right as far as its digits go, which does not say that it is right; or empty."""
    if not _is_coarse(reading, expected):
        return ""
    last = leading_power(float(reading.digits.unit(expected))) if reading.digits else 0
    count = leading_power(reading.value) - last + 1
    return f"That fits to {many(count, 'digit')}: {how.request(expected)}."


def _value(expr: Expr, values: Mapping[str, float]) -> float:
    """The value of an expression, exact where it is rational: 0.3 − 0.1 − 0.2 is 0 to a person."""
    rational = exact(expr, lambda name: Fraction(repr(float(values[name]))))
    return evaluate(expr, values.__getitem__) if rational is None else evaluate(Number(rational), values.__getitem__)


def _is_literal(expr: Expr) -> bool:
    while isinstance(expr, Neg):
        expr = expr.operand
    return isinstance(expr, Number)


def _tidy(text: str) -> str:
    return fold(text).text.replace(" ", "").strip("()").replace(",", ".")


def _digits(text: str) -> Digits | None:
    found = _DECIMAL.fullmatch(_tidy(text))
    if found is None:
        return None
    typed = (found["whole"] + found["places"]).lstrip("0")
    filling = 0 if found["places"] else len(typed) - len(typed.rstrip("0"))
    power = int(found["power"] or 0) - len(found["places"])
    return Digits(len(typed), Fraction(10) ** power, Fraction(10) ** (power + filling))
