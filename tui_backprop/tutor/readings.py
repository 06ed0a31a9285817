"""What was read of an answer and what is said of it, as data: a quiz is on the screen before any answer is read."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Expr

Verdict = Literal["correct", "too_coarse", "wrong", "invalid", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Digits:
    """How finely a plain decimal was typed.

    ``count``: its significant digits, from the first that is not 0. ``last``: what one unit of its last digit is worth;
    ``filled``: the same for a whole number whose zeros at the end may only fill it up (1200).
    """

    count: int
    last: Fraction
    filled: Fraction

    def unit(self, expected: float) -> Fraction:
        """What a unit of its last digit is worth in an answer to ``expected``: if that is whole, each digit counts."""
        return self.last if expected.is_integer() else self.filled


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read. ``digits`` is None where an expression was typed, which is never too coarse.

    ``echo``: the value in a few digits. ``notes``: sentences on how text was read that could be meant otherwise.
    """

    text: str
    expr: Expr
    value: float
    echo: str
    digits: Digits | None = None
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What was read, as the first sentence of an answer."""
        return " ".join((*self.notes, f"I read {self.echo}."))


@dataclass(frozen=True, slots=True)
class Unread:
    """Text that could not be read as one number: the reason, and the range of the text it is about.

    ``not_found``: the quantities it uses that have no value yet.
    """

    verdict: Literal["invalid", "ambiguous"]
    message: str
    start: int
    end: int
    not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said about an answer. ``value`` is None where no number could be read.

    ``start`` and ``end``: the part of the text that could not be read, else 0. ``invalid``, ``ambiguous`` and
    ``too_coarse`` answers cost nothing and may be typed again.
    """

    verdict: Verdict
    value: float | None
    message: str
    start: int = 0
    end: int = 0
