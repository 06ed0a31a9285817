"""How easily a number is a known mistake's by chance: of many mistaken numbers, some lie close to any that is typed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from tui_backprop.dataclass import dataclass

_AROUND: Final = 2.0
"""Mistaken numbers are counted from the number by this factor down to this factor up."""
_LIKELIER: Final = 0.3
"""A mistake counts as one that might have been told as well up to so much behind it."""
_LEAST: Final = 0.005


@dataclass(frozen=True, slots=True)
class Tried:
    """A mistaken number that was compared with the one entered, and how likely its mistake is."""

    value: float
    rank: float


def expected_hits(tried: Iterable[Tried], rank: float, value: float, start: float, width: float) -> float:
    """How many mistakes that are about as likely as ``rank`` any number about as large would be, on average.

    ``start``: what the numbers are counted from: 0, or the old value of an updated parameter. ``width``: of the range
    that counts as one number.
    """
    size = value - start
    if not size or not width:
        return _LEAST
    cells = {round(each.value / width) for each in tried
             if each.rank <= rank + _LIKELIER and 1 / _AROUND < (each.value - start) / size < _AROUND}
    return max(len(cells) * width / abs(size) / (2 * math.log(_AROUND)), _LEAST)
