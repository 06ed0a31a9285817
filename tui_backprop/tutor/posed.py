"""A question beside a step's value: a choice between a few answers, or a whole number; judged at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tui_backprop.dataclass import dataclass, field
from tui_backprop.tutor.asked import Asked
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.options import bare_letter, offer_letters, option_letter
from tui_backprop.tutor.readings import Reading
from tui_backprop.typeset.glyphs import Glyphs, plain_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Posed:
    """A question: ``right`` is the place of the right one of its ``choices``, or the right number where there are none.

    ``told``: what is said once it is answered; ``replies``: to wrong choices, by their places; ``names``: other ways to
    name a choice, with its place. ``too_low`` and ``too_high``: replies to wrong numbers; ``hint``: help.
    ``from_picture``: it is answered from the picture of the network, which must stay in sight.
    """

    asked: Asked
    request: str
    right: int
    told: str
    choices: tuple[str, ...] = ()
    replies: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    too_low: str = ""
    too_high: str = ""
    hint: str = ""
    from_picture: bool = False

    @property
    def lettered(self) -> tuple[tuple[str, str], ...]:
        """The choices as lines, each with its mark, ``a)``; short ones in one line, whose own mark is empty."""
        options = [(f"{option_letter(n)})", choice) for n, choice in enumerate(self.choices, 1)]
        in_one = "     ".join(f"{mark} {choice}" for mark, choice in options).replace(" ", "\u00a0")
        return (("", in_one),) if options and len(in_one) <= _SHORT else tuple(options)

    @property
    def shown(self) -> str:
        """The message that shows the answer to a learner who has not found it."""
        answer = self.choices[self.right] if self.choices else str(self.right)
        return f"Shown: {answer}. {self.told if self.asked in ('reuse', 'why') else ''}".rstrip()

    @property
    def how(self) -> str:
        """How to answer, for an empty prompt."""
        return offer_letters(len(self.choices)) if self.choices else "a whole number"


_SHORT = 54


def judge_posed(quantity: str, posed: Posed, text: str) -> Feedback:
    """Judge an answer: right, wrong with its reply, or invalid where it means no choice."""
    if posed.choices:
        return _judge_choice(quantity, posed, text)
    reading = read_number(text)
    if not isinstance(reading, Reading) or not reading.value.is_integer():
        return Feedback(quantity, "invalid", False, "A whole number is asked for here.", asked=posed.asked)
    if reading.value == posed.right:
        return Feedback(quantity, "correct", False, posed.told, reading.value, asked=posed.asked)
    reply = posed.too_low if reading.value < posed.right else posed.too_high
    return Feedback(quantity, "wrong", False, reply, reading.value, asked=posed.asked)


def _judge_choice(quantity: str, posed: Posed, text: str) -> Feedback:
    typed = plain_text(text, Glyphs.ASCII).strip().casefold().strip("().")
    letters = {option_letter(n + 1): n for n in range(len(posed.choices))}
    own = {plain_text(choice, Glyphs.ASCII).casefold(): n for n, choice in enumerate(posed.choices)}
    chosen, read = {**own, **letters, **posed.names}.get(typed, letters.get(bare_letter(text))), ""
    if chosen is None and (chosen := posed.names.get(_sign_of(text))) is not None:
        read = f"Of {text.strip()} only the sign counts here: {posed.choices[chosen]}. "
    if chosen is None:
        return Feedback(quantity, "invalid", False, f"Choose by letter: {posed.how}.", asked=posed.asked)
    if chosen == posed.right:
        return Feedback(quantity, "correct", False, f"{read}{posed.told}", asked=posed.asked)
    reply = posed.replies.get(chosen, "That is not it.")
    return Feedback(quantity, "wrong", False, f"{read}{reply}", asked=posed.asked)


def _sign_of(text: str) -> str:
    """The sign of a number as ``+``, ``-`` or ``0``, for somebody who has worked it out; empty for anything else."""
    reading = read_number(text)
    return "" if not isinstance(reading, Reading) else "+" if reading.value > 0 else "-" if reading.value < 0 else "0"


def shuffle(options: Sequence[T], about: str) -> list[T]:
    """The options shuffled, always in the same order for the same ``about``."""
    from random import Random  # a plain quiz poses nothing

    mixed = list(options)
    Random(about).shuffle(mixed)
    return mixed
