"""Turns what is typed as it was heard, ``open bracket x plus 1 close bracket``, ``a 0``, ``point one``, into signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui_backprop.dataclass import replace
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Reading, Unread

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WHOLE = {**{word: str(number) for number, word in enumerate((*_DIGITS, *_TEENS))},
          **{word: str(10 * number) for number, word in enumerate(_TENS, 2)},
          **{f"{word}{joint}{one}": str(10 * number + unit) for number, word in enumerate(_TENS, 2)
             for unit, one in enumerate(_DIGITS) if unit for joint in (" ", "-")},
          "nought": "0", "a half": "1/2", "one half": "1/2", "a third": "1/3", "one third": "1/3"}
_BRACKETS = {"open bracket": "(", "close bracket": ")"}
_POINT = late_pattern(r"\b(?:(\d+) )?point((?: (?:oh|\d+)\b)+)", re.IGNORECASE)
"""A decimal, once its words are figures."""
_WORDS = late_pattern(
    rf"\b({'|'.join(sorted((*_WHOLE, *_BRACKETS), key=len, reverse=True))})\b", re.IGNORECASE)
_MINUS = late_pattern(r"^\s*(?:minus|negative) (?=[\d.,]+\s*$)", re.IGNORECASE)
"""Before a number alone, whose digits then count."""
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_SCALE = "|".join(_SCALES)
_LARGE = late_pattern(rf"\b(a|\d+) ({_SCALE})\b(?:(?: and)? (\d+)\b(?! (?:{_SCALE})))?", re.IGNORECASE)
_POWER = late_pattern(r"\bto the power(?: of)? (\S+)", re.IGNORECASE)
_ORDINALS = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TO_THE = late_pattern(rf"(?<=\w) to the (?:(\d+)(?:th)?|({'|'.join(_ORDINALS)}))\b", re.IGNORECASE)
_PRIME = late_pattern(r"(?<=\w) prime\b", re.IGNORECASE)
_IN_LAYER = late_pattern(r"(?<=\w) in layer (\w+)(?: (minus|plus) (\d+))?,?", re.IGNORECASE)
_TO_SIGN = {"minus": "-", "plus": "+"}


def to_signs(text: str) -> str:
    """The text with signs in place of words: brackets, powers, primes, layers, and whole numbers."""
    if not any(map(str.isalpha, text)):
        return text
    text = _TO_THE.sub(lambda found: f"^{found[1] or 4 + _ORDINALS.index(found[2].lower())}", text)
    text = _WORDS.sub(lambda found: {**_WHOLE, **_BRACKETS}[found[1].lower()], _POWER.sub(r"^\1", text))
    text = _LARGE.sub(_large, text)
    text = _POINT.sub(lambda found: f"{found[1] or 0}.{''.join(found[2].lower().replace('oh', '0').split())}", text)
    text = _MINUS.sub("-", text)
    text = _PRIME.sub("'", text)
    return _IN_LAYER.sub(lambda found: f"^({found[1]}{_TO_SIGN.get(found[2] or '', '')}{found[3] or ''})", text)


def read_heard(
    text: str, names: Mapping[str, str] | Vocabulary | None = None, values: Mapping[str, float] | None = None,
) -> Reading | Unread:
    """As :func:`~tui_backprop.tutor.numbers.read_number`, of signs or of words; words have no place to point at."""
    signs = to_signs(text)
    read = read_number(signs, names, values)
    return replace(read, start=0, end=0) if signs != text and isinstance(read, Unread) else read


def _large(found: re.Match[str]) -> str:
    """A number of hundreds, thousands or millions, and what is added to it."""
    count = 1 if found[1].lower() == "a" else int(found[1])
    return str(count * _SCALES[found[2].lower()] + int(found[3] or 0))
