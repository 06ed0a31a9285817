"""A number for a step: is it right, and if not, which mistake is it? And a right one with a slip's further digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import before_update
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.mistakes.diagnosis import diagnose, named, sentence
from tui_backprop.tutor.numbers import Reading, Unread, judge
from tui_backprop.tutor.rules import Rule

_MOST_DIGITS: Final = 12
"""Beyond these, digits are a calculator's last ones and tell nothing."""


def judge_step(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], digits: int,
    own: Mapping[str, float], known: Mapping[str, float],
) -> Feedback:
    """Judge a number for a step. ``references``: what counts as right, the true value first; ``own``: the learner's
    own numbers that it may be made of; ``known``: the numbers of all steps that the learner has before them.
    """
    how = rule_for(derivation, quantity, digits)
    judgement = judge(reading, references, how)
    accepted, message = judgement.verdict == "correct", judgement.message
    mistakes: tuple[str, ...] = ()
    if judgement.verdict == "wrong" and isinstance(reading, Reading):
        found = diagnose(derivation, quantity, reading.value, how, own, known)
        mistakes = tuple(each.code for each in found)
        said = sentence(found)
        message = f"{reading.said} {said}" if said else message
    elif judgement.verdict == "too_coarse" and isinstance(reading, Reading):
        message = _old_or_new(derivation, quantity, reading, how) or message
    return Feedback(quantity, judgement.verdict, accepted, message, judgement.value,
                    judgement.start, judgement.end, mistakes)


def _old_or_new(derivation: Derivation, quantity: str, reading: Reading, how: Rule) -> str:
    """An updated parameter as it was before: the new one rounded, or no step at all. Empty for any other entry."""
    if not how.change or reading.value != derivation.values(old := before_update(quantity)):
        return ""
    request = how.request(derivation.values(quantity))
    return named(derivation, f"{reading.said} That is {{{old}}} as it was, or the new one rounded: {request}.")


def remark(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], digits: int,
    own: Mapping[str, float],
) -> str:
    """What to say of a right number with more digits than asked for, where those are a known mistake's; else empty.

    Mazur's printed cost after the update is such a one: right to three digits, and with all nine the number that comes
    of updated weights.
    """
    if isinstance(reading, Unread) or reading.digits is None or not digits < reading.digits.count <= _MOST_DIGITS:
        return ""
    count = reading.digits.count
    exact = Rule(amount=count)
    if any(exact.near(reading.value, reference) for reference in references):
        return ""
    found = [each for each in diagnose(derivation, quantity, reading.value, exact, own) if each.code != "rounded_early"]
    if not found:
        return ""
    return f"That is right to {digits} digits. With all {count} it is the number of a known slip: {sentence(found[:1])}"
