"""Numbers as they are shown to people."""

from __future__ import annotations

import math
from decimal import Context, Decimal


def shown(value: float, significant_digits: int = 3, *, keep_zeros: bool = False) -> str:
    """``value`` in at most so many significant digits, zeros at the end left out, with a typographic minus.

    ``keep_zeros``: where rounding made them, they stay: −1.30 for −1.30304.

    0.397, −1.21, 0, 1.5e−7; whole numbers up to 15 digits are never shortened. NaN and infinities are named in words.
    """
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else "too large" if value > 0 else "−(too large)"
    if value == int(value) and abs(value) < 1e15:
        return typographic(str(int(value)))
    rounded = Context(prec=significant_digits).create_decimal(Decimal(repr(value)))
    digits = rounded if keep_zeros and rounded != Decimal(repr(value)) else rounded.normalize()
    power = digits.adjusted()
    if -6 < power < 15:
        return typographic(f"{digits:f}")
    mantissa = digits.scaleb(-power)
    return typographic(f"{mantissa:f}e{power}")


def typographic(text: str) -> str:
    """A number's text with the minus sign of typeset mathematics."""
    return text.replace("-", "−")


def leading_power(value: float) -> int:
    """The power of ten of a number's first significant digit: 0 for 1.2054, −1 for 0.24. ``value`` is not 0."""
    return Decimal(repr(value)).adjusted()
