"""How much a number in a lesson may be off: honest work refused and slips let through, by the part that may be lost.

``python -m tests.soak_lesson_numbers`` prints the table of ``docs/judgement.md``. Honest work: a product of one to
three factors, each rounded (or in the last column cut off) to the digits asked for, as is their product. Slips: every
wrong number that the lessons name, and every right one, at each question of its lesson that it is wrong for.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from unittest.mock import patch

from tui_backprop import course
from tui_backprop.course.lesson import Check, Lesson
from tui_backprop.tutor import checks
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Reading

LOST = (0.0, 0.002, 0.004, 0.006, 0.008, 0.01, 0.02)
TRIES = 20
FAR = 0.05
"""A number that is off by more passes by no rule tried here."""
Shorten = Callable[[float, int], float]


def rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def cut(value: float, digits: int) -> float:
    """The value without the digits after these."""
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return float(f"{math.trunc(round(value / unit, 6)) * unit:.12g}")


def number_of(text: str) -> float | None:
    read = read_number(text)
    return read.value if isinstance(read, Reading) else None


def numbers_of(lesson: Lesson) -> Iterator[tuple[Check, float]]:
    for block in lesson.blocks:
        if isinstance(block, Check) and block.kind == "number" and (value := number_of(block.answer[0])):
            yield block, value


def honest(value: float, digits: int, shorten: Shorten, rng: random.Random) -> Iterator[float]:
    for count in (1, 2, 3):
        for _ in range(TRIES):
            factors = [rng.uniform(1, 10) for _ in range(count - 1)]
            factors.append(value / math.prod(factors))
            yield shorten(math.prod(shorten(factor, digits) for factor in factors), digits)


def slips(lesson: Lesson, check: Check, right: float) -> Iterator[float]:
    digits = check.significant_digits
    for other, value in numbers_of(lesson):
        answers = [*(number_of(wrong.answer[0]) for wrong in other.wrong), value]
        short = (rounded(slip, digits) for slip in answers if slip)
        yield from (slip for slip in short if slip != rounded(right, digits))


def share(asked: Iterable[tuple[Check, float, Iterable[float]]], right: bool) -> str:
    """Of the numbers given to each question, the part judged so."""
    judged = [abs(number - value) <= FAR * abs(value) and checks.judge_check(check, repr(number)).right
              for check, value, numbers in asked for number in numbers]
    return f"{100 * judged.count(right) / len(judged):.2f} % of {len(judged)}"


def main() -> None:
    lessons = [course.load_lesson(entry.name) for entry in course.lessons()]
    asked = [(lesson, check, value) for lesson in lessons for check, value in numbers_of(lesson)]
    long = [(check, value) for _, check, value in asked if rounded(value, check.significant_digits) != value]
    for lost in LOST:
        with patch.object(checks, "_LOST", lost):
            taken = share(((check, value, slips(lesson, check, value)) for lesson, check, value in asked), True)
            refused = [share(((check, value, honest(value, check.significant_digits, shorten, random.Random(1)))
                              for check, value in long), False) for shorten in (rounded, cut)]
        print(f"| {100 * lost:.1f} % | {taken} | {' | '.join(refused)} |", flush=True)


if __name__ == "__main__":
    main()
