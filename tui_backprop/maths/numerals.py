"""Numbers as they are shown to people."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final


def to_text(value: float, significant_digits: int = 3) -> str:
    """``value`` in at most ``significant_digits`` digits, without zeros at the end, with a typographic minus.

    0.397, −1.21, 0, 1.5e−7; up to 15 digits before the point are never shortened: 1921, and not 1920, for 1920.8. It
    rounds the decimal that Python writes, as on paper: a half goes up. NaN and infinities are named in words.
    """
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else "too large" if value > 0 else "−(too large)"
    if value == int(value) and abs(value) < 1e15:
        return typographic(str(int(value)))
    whole = leading_power(value) + 1 if abs(value) < 1e15 else 0
    digits = _round(value, max(significant_digits, whole)).normalize()
    power = digits.adjusted()
    if -6 < power < 15:
        return typographic(f"{digits:f}")
    mantissa = digits.scaleb(-power)
    return typographic(f"{mantissa:f}e{power}")


def round_to_text(value: float, significant_digits: int) -> str:
    """As :func:`to_text`, but in no more digits than these, except a whole number: 1900 for 1920.8 in two."""
    shortened = math.isfinite(value) and value != int(value)
    return to_text(float(_round(value, significant_digits)) if shortened else value, significant_digits)


def _round(value: float, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(repr(value)))


def tell_value(name: str, value: float, significant_digits: int = 3) -> str:
    """``C = 0.3632`` for a reader who has met no other way of writing; of what is nearly 0 only that it is."""
    if 0 < value < NEARLY_0:
        return f"{name} < {NEARLY_0:f}".rstrip("0")
    return f"{name} = {to_text(value, significant_digits)}"


NEARLY_0: Final = 1e-5
"""Below this :func:`to_text` writes a power of ten."""


def to_places(value: float, places: int) -> str:
    """``value`` with ``places`` digits behind the point, rounded as :func:`to_text` does; the minus is ASCII."""
    if not math.isfinite(value):
        return to_text(value)
    context = Context(prec=400, rounding=ROUND_HALF_UP)
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), context=context):f}"


def typographic(text: str) -> str:
    """A number's text with the minus sign of typeset mathematics."""
    return text.replace("-", "−")


def to_signed_text(value: float, significant_digits: int) -> str:
    """As :func:`to_text`, with a plus before what has no minus."""
    return add_sign(to_text(value, significant_digits))


def add_sign(text: str) -> str:
    """A number's text with a plus, where it has no minus."""
    return text if text.startswith("−") else f"+{text}"


def many(count: int, what: str) -> str:
    """A count with its noun, in the singular or plural: ``1 step``, ``3 steps``, ``2 entries``."""
    if count == 1:
        return f"1 {what}"
    return f"{count} {what.removesuffix('y')}ies" if what.endswith("y") else f"{count} {what}s"


def leading_power(value: float) -> int:
    """The power of ten of a number's first significant digit: 0 for 1.2054, −1 for 0.24. ``value`` is not 0."""
    return Decimal(repr(value)).adjusted()
