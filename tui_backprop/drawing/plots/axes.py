"""Scales and ticks: they turn numbers into places, and give the round numbers at an axis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.numerals import leading_power, to_text, typographic

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FAR = 10.0
"""Heights so many times above most others are cut off, since everything else would look flat."""
HEADROOM = 0.04
"""The room over the highest and under the lowest height shown, as a share of what lies between."""
_FEWEST, _MOST = 4, 13
"""Significant digits at ticks that lie closer together, or are larger, than decimals can well show."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from ``low`` to ``high`` to places from ``start`` to ``end``; logarithmically if ``log``."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False
    whole: bool = False
    """Are these numbers counted, so that only whole ones are marked?"""

    def at(self, value: float) -> float:
        """The place of a value; NaN where it has none (0 and below on a logarithmic scale)."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return math.nan
        low, high, value = (math.log10(each) for each in (self.low, self.high, value)) if self.log else (
            self.low, self.high, value)
        share = (value - low) / (high - low) if high != low else 0.5
        return self.start + share * (self.end - self.start)

    def value(self, place: float) -> float:
        """The value at a place."""
        share = (place - self.start) / (self.end - self.start) if self.end != self.start else 0.5
        if self.log:
            return float(10 ** (math.log10(self.low) + share * (math.log10(self.high) - math.log10(self.low))))
        return self.low + share * (self.high - self.low)

    def holds(self, value: float) -> bool:
        return math.isfinite(value) and self.low <= value <= self.high

    def ticks(self, most: int) -> tuple[float, ...]:
        """Round numbers on this scale, at most ``most`` (but one where there is any)."""
        return powers(self.low, self.high, most) if self.log else ticks(self.low, self.high, most, self.whole)


def ticks(low: float, high: float, most: int, whole: bool = False) -> tuple[float, ...]:
    """The multiples of 1, 2, 2.5 or 5 times a power of ten from ``low`` to ``high``, at most ``most`` of them.

    ``whole``: of a whole number.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low or most < 1:
        return ()
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (step * scale for scale in (1, 10, 100) for step in _STEPS[:-1]):
        step = factor * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most and (step.is_integer() or not whole):
            return tuple(n * step + 0.0 for n in range(first, last + 1))
    return ()


def powers(low: float, high: float, most: int) -> tuple[float, ...]:
    """The powers of ten from ``low`` to ``high``, or if these are too few their 1-2-5 multiples; at most ``most``."""
    if not 0 < low < high < math.inf or most < 1:
        return ()
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for factors, every in (((1, 2, 5), 1), *(((1,), every) for every in (1, 2, 5, 10, 25, 100, 300))):
        found = [factor * 10.0 ** power for power in range(first, last + 1) if power % every == 0 for factor in factors]
        found = [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
        if len(found) <= most:
            return tuple(found)
    return ()


def tick_texts(values: Sequence[float]) -> tuple[str, ...]:
    """The numbers at the ticks, all with as many decimals as the finest needs."""
    if len(values) < 2:
        return tuple(map(to_text, values))
    step = min(abs(b - a) for a, b in pairwise(values))
    largest = max(map(abs, values))
    if largest >= 1e6 or step < 1e-5:
        alike = (tuple(to_text(value, digits) for value in values) for digits in range(_FEWEST, _MOST))
        return next((texts for texts in alike if len({*texts}) == len(texts)), tuple(map(to_text, values)))
    places = max(0, 1 - leading_power(step))
    texts = [f"{value:.{places}f}" for value in values]
    while places and all(text.endswith("0") for text in texts):
        texts, places = [text[:-1] for text in texts], places - 1
    return tuple(typographic(text.removesuffix(".").replace("-0", "0") if float(text) == 0 else text.removesuffix("."))
                 for text in texts)


def power_texts(values: Sequence[float]) -> tuple[str, ...]:
    """The numbers at the ticks of a logarithmic scale: ``0.01``, ``1``, ``1e−5``."""
    return tuple(to_text(value) if 1e-3 <= value < 1e5 else
                 typographic(f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e"))
                 for value in values)


def height_range(heights: Iterable[float], inside: Iterable[float] = ()) -> tuple[float, float]:
    """The range of heights that a picture shows. Heights that are not finite do not count.

    All of ``inside`` lie in it. A few heights far above all others are cut off.
    """
    finite = sorted(height for height in heights if math.isfinite(height))
    must = [height for height in inside if math.isfinite(height)]
    if not finite and not must:
        return 0.0, 1.0
    kept = finite or must
    low, high = kept[0], kept[-1]
    most = kept[min(len(kept) * 9 // 10, len(kept) - 1)]
    if high - low > _FAR * (most - low) > 0:
        high = low + 2 * (most - low)
    low, high = min([low, *must]), max([high, *must])
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        half = max(abs(low) * 0.5, 0.5)
        return low - half, high + half
    if 0 < low < 0.2 * high:
        low = 0.0
    room = HEADROOM * (high - low)
    return (low if low == 0 else low - room), high + room
