"""How easily a number is a known mistake's by chance: of many mistaken numbers, some lie close to any that is typed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from tui_backprop.tutor.mistakes.search import Tried

_AROUND: Final = 2.0
"""Mistaken numbers are counted from the number by this factor down to this factor up."""
_LIKELIER: Final = 0.3
"""A mistake counts as one that might have been told as well up to so much behind it."""
_LEAST: Final = 0.005


def expected_hits(
    tried: Iterable[tuple[float, Tried]], rank: float, value: float, start: float, width: float,
) -> float:
    """How many mistakes that are about as likely as ``rank`` any number about as large would be, on average.

    ``tried``: the mistaken numbers, and where they come from. ``start``: what the numbers are counted from: 0, or the
    old value of an updated parameter. ``width``: of the range that counts as one number.
    """
    size = value - start
    if not size or not width:
        return _LEAST
    cells = {round(number / width) for number, attempt in tried
             if 1 / _AROUND < (number - start) / size < _AROUND and attempt.candidate.rank <= rank + _LIKELIER}
    return max(len(cells) * width / abs(size) / (2 * math.log(_AROUND)), _LEAST)


def last_unit(value: float) -> float:
    """What one unit of the last digit of a number is worth; zeros at its end do not count."""
    return float(Decimal(1).scaleb(int(Decimal(repr(value)).normalize().as_tuple().exponent))) if value else 0.0
