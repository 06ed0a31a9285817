"""Misread givens: the right formula with a number copied wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui_backprop.maths.evaluate import evaluate
from tui_backprop.tutor.mistakes.workings import Base, Workings

_MOST: Final = 12
"""With more givens in a formula almost any number could come from a misread one."""
_SAME: Final = 1e-9


def is_misreading(workings: Workings, quantity: str, value: float, base: Base) -> bool:
    """Is the value what the step comes to when one of its own givens is misread?"""
    formula = workings.formula(quantity)
    givens = [name for name in workings.find_parts(quantity) if workings.formula(name) is None]
    if formula is None or len(givens) > _MOST:
        return False
    for given in givens:
        for number in _misreadings(base(given)):
            def read(name: str, given: str = given, number: float = number) -> float:
                return number if name == given else base(name)

            result = evaluate(formula, read)
            if abs(result - value) <= _SAME * max(abs(result), abs(value)):
                return True
    return False


def _misreadings(number: float) -> Iterator[float]:
    """What a number may be misread as: without its sign, with its point moved, with two digits exchanged."""
    yield from (abs(number), 10 * number, number / 10)
    digits = repr(abs(number))
    for place in range(len(digits) - 1):
        if digits[place:place + 2].isdecimal() and digits[place] != digits[place + 1]:
            swapped = float(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2:])
            yield swapped if number > 0 else -swapped
