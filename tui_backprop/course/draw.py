"""Random numbers for exercises: two digits each, spread over their range, all different, none of them 0."""

from __future__ import annotations

from random import Random

_FEWEST_DIGITS, _MOST_DIGITS = 2, 6
_POSITIVE = 0.6
"""The share of positive numbers: more than half, so that not every ReLU is off."""


def spread_numbers(count: int, random: Random) -> list[float]:
    """``count`` numbers between −1 and 1 whose sizes all differ: ``0.37``, ``-0.82``; more digits for very many."""
    digits = _FEWEST_DIGITS
    while len(sizes := _sizes(digits)) < count and digits < _MOST_DIGITS:
        digits += 1
    numbers = [sizes[random.randrange(place * len(sizes) // count, (place + 1) * len(sizes) // count)]
               for place in range(count)]
    random.shuffle(numbers)
    scale = 10**digits
    return [(1 if random.random() < _POSITIVE else -1) * size / scale for size in numbers]


def _sizes(digits: int) -> list[int]:
    """The sizes from 0.1 to 1 with just so many digits after the point, times a power of ten."""
    return [size for size in range(10 ** (digits - 1), 10**digits) if size % 10]
