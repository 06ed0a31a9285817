"""A number for a step: is it right, and if not, which mistake is it? And a right one with a slip's further digits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import before_update
from tui_backprop.maths.precision import Precision
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.numbers import Judgement, Reading, Unread, agrees, judge
from tui_backprop.tutor.rules import Rule

if TYPE_CHECKING:  # nobody waits for the mistakes before there is one
    from tui_backprop.tutor.mistakes.diagnosis import Diagnosis

_MOST_DIGITS: Final = 12
"""Beyond these, digits are a calculator's last ones and tell nothing."""
_FAR: Final = 10.0
_MUCH: Final = 1.9
_NEARLY: Final = 1.1
"""By which factor a number is off that is far off, much too large, a little too large."""


def judge_value(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], how: Rule,
    own: Mapping[str, float], known: Mapping[str, float],
) -> tuple[Judgement, tuple[Diagnosis, ...]]:
    """Judge a number for a quantity, and name the mistakes that give a wrong one.

    ``references``: what counts as right, the true value first; ``own``: the learner's own numbers that it may be made
    of; ``known``: the numbers of all steps that the learner has before them. A number that only just passes for right
    is wrong where it is what a known mistake gives.
    """
    judgement = judge(reading, references, how)
    if isinstance(reading, Unread):
        return judgement, ()
    doubted = judgement.verdict == "correct" and not any(agrees(reading, reference, how) for reference in references)
    if judgement.verdict != "wrong" and not doubted:
        return judgement, ()
    from tui_backprop.tutor.mistakes.diagnosis import diagnose

    found = diagnose(derivation, quantity, reading.value, how, own, known, doubted=doubted)
    return replace(judgement, verdict="wrong") if found and doubted else judgement, found


def judge_step(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], precision: Precision,
    own: Mapping[str, float], known: Mapping[str, float],
) -> Feedback:
    """Judge a number for a step, and say what it is; the arguments are those of :func:`judge_value`."""
    how = rule_for(derivation, quantity, precision)
    judgement, found = judge_value(derivation, quantity, reading, references, how, own, known)
    accepted, message = judgement.verdict == "correct", judgement.message
    if judgement.verdict == "wrong" and isinstance(reading, Reading):
        from tui_backprop.tutor.mistakes.diagnosis import sentence

        message = f"{reading.said} {sentence(found) or what_is_known(reading.value, references[0], how)}"
    elif judgement.verdict == "too_coarse" and isinstance(reading, Reading):
        message = _old_or_new(derivation, quantity, reading, how) or message
    return Feedback(quantity, judgement.verdict, accepted, message, judgement.value,
                    judgement.start, judgement.end, tuple(each.code for each in found))


def what_is_known(value: float, expected: float, how: Rule) -> str:
    """What can be said of a wrong number where no mistake explains it: its sign, and its size, without the value."""
    if how.change is not None:
        return _what_is_known_of_step(value - (expected - how.change), how.change)
    if expected == 0:
        return "That is not the value: is one of its factors 0, or do its terms cancel?"
    if value == 0:
        return "The value is not 0."
    sign = "The sign is right" if (value > 0) == (expected > 0) else "The sign is not right"
    if abs(abs(value) - abs(expected)) <= how.tolerance(expected):
        return f"{sign}, the size is."
    but = "but" if sign.endswith("is right") else "and"
    return f"{sign}, {but} the number is {_compare(abs(value), abs(expected))}."


def _what_is_known_of_step(moved: float, change: float) -> str:
    """The same of an updated parameter, by how far it moved and how far it should."""
    if change == 0:
        return "That is another number than before. How large is its gradient here, and so the step?"
    if moved == 0:
        return "That is the old value. Where does the step take it?"
    if (moved > 0) != (change > 0):
        return f"The step goes the wrong way. From the old value it should go {'up' if change > 0 else 'down'}."
    return f"The step goes the right way, but it is {_compare(abs(moved), abs(change))}."


def _compare(size: float, expected: float) -> str:
    """How a size stands to the right one, in words that leave the number open."""
    ratio = size / expected
    way, more = ("too large", ratio) if ratio > 1 else ("too small", 1 / ratio if ratio else math.inf)
    if more > _FAR:
        return f"far {way}, by more than a factor of 10"
    return f"much {way}" if more > _MUCH else way if more > _NEARLY else f"a little {way}"


def _old_or_new(derivation: Derivation, quantity: str, reading: Reading, how: Rule) -> str:
    """An updated parameter as it was before: the new one rounded, or no step at all. Empty for any other entry."""
    if not how.change or reading.value != derivation.values(old := before_update(quantity)):
        return ""
    from tui_backprop.tutor.mistakes.diagnosis import named

    request = how.request(derivation.values(quantity))
    return named(derivation, f"{reading.said} That is {{{old}}} as it was, or the new one rounded: {request}.")


def remark(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], precision: Precision,
    own: Mapping[str, float],
) -> str:
    """What to say of a right number with more digits than asked for, where those are a known mistake's; else empty.

    Mazur's printed cost after the update is such a one: right to three digits, and with all nine the number that comes
    of updated weights.
    """
    digits = precision.digits(references[0])
    if isinstance(reading, Unread) or reading.digits is None or not 0 < digits < reading.digits.count <= _MOST_DIGITS:
        return ""
    count = reading.digits.count
    exact = Rule(amount=count)
    if any(exact.near(reading.value, reference) for reference in references):
        return ""
    from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence

    found = [each for each in diagnose(derivation, quantity, reading.value, exact, own, doubted=True)
             if each.code != "rounded_early"]
    if not found:
        return ""
    return f"That is right to {digits} digits. With all {count} it is the number of a known slip: {sentence(found[:1])}"
