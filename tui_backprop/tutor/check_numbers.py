"""How near a typed number comes to the right one of a lesson's question: rounded, cut off, or in too few digits."""

from __future__ import annotations

import math

from tui_backprop.course.lesson import Check
from tui_backprop.dataclass import replace
from tui_backprop.maths.numerals import to_text
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.check_texts import is_short
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Judgement, Reading

ROUGH_DIGITS = 3
"""So many digits of a number tell a slip."""
_WHOLE, _NOT_IT = "Near, but the number here is whole.", "Near, but not it."
_ONE = 1.1
"""Units of the last digit: as much as cutting off the others, or rounding the wrong way, makes."""
_FLOATS = 1e-9
"""What is lost in reckoning with 16 digits."""
_HALF = 0.5 + 1e-9
_LOST = 0.006
"""The share of a number that is lost where it is cut off, or where others were rounded to three digits before."""


def read_both(check: Check, text: str) -> tuple[Reading, Reading] | None:
    """The number that is typed and the one that is right; None where none is asked for, or either is none."""
    if check.kind != "number":
        return None
    typed, right = read_number(text), read_number(check.answer[0])
    return (typed, right) if isinstance(typed, Reading) and isinstance(right, Reading) else None


def is_right_rounded(typed: Reading, right: Reading) -> bool:
    """Is this the right number in fewer digits?"""
    return typed.digits is not None and abs(typed.value - right.value) <= _HALF * float(typed.digits.last)


def look_alike(typed: Reading, right: Reading, amount: int) -> bool:
    """Are two numbers the same in so many significant digits?"""
    return f"{typed.value:.{amount - 1}e}" == f"{right.value:.{amount - 1}e}"


def is_nearly(check: Check, text: str) -> bool:
    """Is this the right number but for the last digit, of as many as are asked for: cut off, or rounded wrongly?"""
    if (both := read_both(check, text)) is None:
        return False
    (typed, right), least = both, max(check.significant_digits, ROUGH_DIGITS)
    if typed.digits is None or typed.digits.count < least or right.value.is_integer():
        return False
    return abs(typed.value - right.value) <= _ONE * float(typed.digits.last)


def accept_rounded(check: Check, text: str) -> str:
    """The right number, where the typed one is off by no more than rounding on the way loses; else empty.

    A whole number is counted, and nothing is lost on the way.
    """
    both = read_both(check, text)
    if both is None or both[1].value.is_integer():
        return ""
    typed, right = both
    lost = _LOST * 10.0 ** (ROUGH_DIGITS - max(check.significant_digits, ROUGH_DIGITS))
    near = abs(typed.value - right.value) <= lost * abs(right.value)
    return to_text(right.value, check.significant_digits + 1) if near else ""


def leaves_zeros_out(check: Check, text: str) -> bool:
    """Is this the right number rounded to the digits asked for, zeros at its end left out?"""
    both = read_both(check, text)
    return both is not None and look_alike(*both, check.significant_digits)


def echo_all(check: Check, judged: Judgement) -> Judgement:
    """The judgement with the number read to as many digits as are asked for, where these are more than are told."""
    if judged.value is None or check.significant_digits <= _TOLD:
        return judged
    short, whole = (f"I read {to_text(judged.value, digits)}." for digits in (_TOLD, check.significant_digits))
    return replace(judged, message=judged.message.replace(short, whole))


_TOLD = 6
"""The digits to which a sum that was typed is told."""


def tell_whole(expected: Reading, text: str) -> str:
    """What to say of another number than the whole one that is right; empty where it is that, or that is not whole.

    6.001 is a row of the table, and not its limit; and what is counted is not rounded.
    """
    typed = read_number(text)
    if not isinstance(typed, Reading) or not expected.value.is_integer() or typed.value == expected.value:
        return ""
    if typed.value.is_integer():
        return _NOT_IT
    return _WHOLE if typed.digits is not None else ""


def wants_all(check: Check) -> bool:
    """Must all digits of the right number be typed? Not of one that is asked for as "about" so much."""
    return is_short(check) and not any(_ABOUT.search(run.text) for run in check.prompt)


_ABOUT = late_pattern(r"\babout\b")


def is_exactly(expected: Reading, text: str) -> bool:
    """Is this that number, and no other near it? Where all digits are asked for, 9.614 and 9.62 are no 9.61."""
    typed = read_number(text)
    return isinstance(typed, Reading) and math.isclose(typed.value, expected.value, rel_tol=_FLOATS)


def has_one_digit(text: str) -> bool:
    """Is this a number of one digit, which fits to many others?"""
    typed = read_number(text)
    return isinstance(typed, Reading) and typed.digits is not None and typed.digits.count == 1
