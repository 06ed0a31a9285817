"""Judges a number for a step: right or wrong, which mistake it is, and whether further digits betray a slip."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import before_update
from tui_backprop.maths.expression import Call, Symbol
from tui_backprop.maths.numerals import many
from tui_backprop.maths.precision import Precision
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.numbers import agrees, judge, tell_coarse
from tui_backprop.tutor.readings import Judgement, Reading, Unread
from tui_backprop.tutor.rules import Rule

if TYPE_CHECKING:  # nobody waits for the mistakes before there is one
    from tui_backprop.tutor.mistakes.diagnosis import Diagnosis

_LIKELY: Final = 1.4
"""A mistake of a lower rank, made at the step itself, is what somebody does who looks at that step."""
_BEYOND: Final = 3
"""So many digits beyond those asked for betray a slip; fewer may be what rounding on the way left."""
_MOST_DIGITS: Final = 12
"""Beyond these, digits are a calculator's last ones and tell nothing."""
_FLOATS: Final = 1e-9
_HARDLY: Final = 0.02
"""By what share a number may be off that was entered with few digits and is no other number before it is that."""
_FAR: Final = 10.0
CUT_OFF: Final = "The last digit is cut off here. Round it instead."
_KEEP_MORE: Final = "Keep more digits on the way."
NEARLY: Final = f"Only its last digit is off. {_KEEP_MORE}"
_NEARLY_BEYOND: Final = f"Only the last of the digits asked for is off. {_KEEP_MORE}"
_ROUNDED: Final = "rounded_early"
_ANOTHERS: Final = "wrong_layer"
_PERHAPS_ROUNDED: Final = " Perhaps a value was rounded on the way."
_A_LITTLE: Final = "a little"
_HALF_A_DIGIT: Final = 0.5
"""Units that are powers of ten differ where one is less than this of the other."""
_TELLING: Final = 2
"""So many digits of the right number show that it was cut off: one digit may be any number's."""
_MUCH: Final = 1.9
_NEARLY: Final = 1.1
"""How many times too large or too small a number is that is far off, much off, or more than a little off."""


def judge_value(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], how: Rule,
    own: Mapping[str, float], known: Mapping[str, float],
) -> tuple[Judgement, tuple[Diagnosis, ...]]:
    """Judge a number for a quantity, and name the mistakes that give a wrong one.

    ``references``: what counts as right, the true value first; ``own``: the learner's own numbers that it may be made
    of; ``known``: the numbers of all steps that the learner has before them. A number that only just passes for right
    is wrong where it is what a known mistake gives; so is one with few digits that is a mistaken number exactly, such
    as the input 0.7 where 0.66 is right.
    """
    judgement = judge(reading, references, how)
    if isinstance(reading, Unread):
        return judgement, ()
    if judgement.verdict == "correct" and isinstance(reading.expr, Symbol):
        from tui_backprop.tutor.mistakes.as_typed import find_value_for_slope

        slope = find_value_for_slope(derivation, quantity, reading.expr)
        return (judgement, ()) if slope is None else (replace(judgement, verdict="wrong"), (slope,))
    doubted = judgement.verdict == "correct" and not any(agrees(reading, reference, how) for reference in references)
    coarse = judgement.verdict == "too_coarse" and how.change is None and not _is_hardly_off(reading.value, references)
    if judgement.verdict != "wrong" and not doubted and not coarse:
        return judgement, ()
    from tui_backprop.tutor.mistakes.as_typed import find_typed
    from tui_backprop.tutor.mistakes.diagnosis import diagnose

    if judgement.verdict == "wrong" and (typed := find_typed(derivation, quantity, reading.expr)):
        return judgement, (typed,)
    unit = None if reading.digits is None else float(reading.digits.unit(references[0]))
    found = diagnose(derivation, quantity, reading.value, how, own, known, doubted=doubted or coarse, unit=unit)
    if coarse:
        found = tuple(each for each in found if each.here and math.isclose(each.value, reading.value, rel_tol=_FLOATS))
    return replace(judgement, verdict="wrong") if found else judgement, found


def _is_hardly_off(value: float, references: Sequence[float]) -> bool:
    return any(abs(value - reference) <= _HARDLY * abs(reference) for reference in references)


def judge_step(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], precision: Precision,
    own: Mapping[str, float], known: Mapping[str, float],
) -> Feedback:
    """Judge a number for a step, with a message; the arguments are those of :func:`judge_value`."""
    how = rule_for(derivation, quantity, precision)
    judgement, found = judge_value(derivation, quantity, reading, references, how, own, known)
    accepted, message, words = judgement.verdict == "correct", judgement.message, _words_of(found)
    if found and found[0].code == _ANOTHERS:
        words = _of_a_switch(derivation, quantity) or words
    is_number = isinstance(reading, Reading) and not isinstance(reading.expr, Symbol)
    if isinstance(reading, Reading) and is_number and judgement.verdict == "wrong" and (
            nearly := _how_nearly(reading, references, how, found)):
        return Feedback(quantity, "too_coarse", False, f"{reading.said} {nearly}", reading.value)
    if judgement.verdict == "wrong" and isinstance(reading, Reading):
        known_of_it = words or _of_a_switch(derivation, quantity) or _turned_and_nearly(reading, references[0], how) \
            or what_is_known(reading.value, references[0], how)
        perhaps = _PERHAPS_ROUNDED if not words and _A_LITTLE in known_of_it and _may_be_rounded(reading, found) else ""
        message = f"{reading.said} {known_of_it}{perhaps}"
    elif judgement.verdict == "too_coarse" and isinstance(reading, Reading):
        message = _old_or_new(derivation, quantity, reading, how) or message
    told = found if words else ()  # a mistake too far-fetched to be told is not recorded either
    return Feedback(quantity, judgement.verdict, accepted, message, judgement.value,
                    judgement.start, judgement.end, tuple(each.code for each in told),
                    likely=bool(told) and told[0].here and told[0].rank < _LIKELY)


def _of_a_switch(derivation: Derivation, quantity: str) -> str:
    """What to say of a wrong slope that can only be 0 or 1; empty for any other."""
    formula = derivation.formula(quantity)
    is_switch = isinstance(formula, Call) and formula.function == "step"
    return "The slope of ReLU is either 0 or 1. Which is it here?" if is_switch else ""


def _how_nearly(reading: Reading, references: Sequence[float], how: Rule, found: Sequence[Diagnosis]) -> str:
    """What to say of a number that is right but for its last digit, or for digits it lacks; empty for any other.

    So near, only a mistake at this very step is a better explanation than a number rounded on the way. ``references``:
    what counts as right, the true value first.
    """
    expected = references[0]
    if _is_cut_off(reading.value, expected, how.last_unit(expected)):
        return CUT_OFF
    if found and found[0].here and found[0].told and found[0].code != _ROUNDED:
        return ""
    digits = reading.digits
    if digits is not None and how.change is None and float(digits.last) > how.unit(expected):
        if coarse := next(filter(None, (tell_coarse(reading, reference, how) for reference in references)), ""):
            return coarse
        if digits.count >= _TELLING and _is_cut_off(reading.value, expected, float(digits.last)):
            return f"That is cut off after {many(digits.count, 'digit')}: {how.request(expected)}."
    beyond = digits is not None and how.change is None and float(digits.last) < _HALF_A_DIGIT * how.unit(expected)
    nearly = _NEARLY_BEYOND if beyond else NEARLY
    return nearly if any(how.near(reading.value, reference) for reference in references) else ""


def _may_be_rounded(reading: Reading, found: Sequence[Diagnosis]) -> bool:
    enough = reading.digits is not None and reading.digits.count >= _TELLING
    return enough and any(each.code == _ROUNDED for each in found)


def _turned_and_nearly(reading: Reading, expected: float, how: Rule) -> str:
    """What to say of a number with the wrong sign whose size lacks digits, or is off in its last one; else empty."""
    if how.change is not None or reading.digits is None or reading.digits.count < _TELLING:
        return ""
    match _how_nearly(replace(reading, value=-reading.value), [expected], how, ()):
        case "":
            return ""
        case nearly if nearly.endswith(_KEEP_MORE):
            return "The sign is not right, and the last digit is a little off."
        case nearly if nearly == CUT_OFF:
            return "The sign is not right, and the last digit is cut off instead of rounded."
        case _:
            return f"The sign is not right. The size is, as far as its digits go: {how.request(expected)}."


def _is_cut_off(value: float, expected: float, unit: float) -> bool:
    """Is it the right number without what follows the digit that is worth this unit, where it should be rounded?"""
    return bool(unit and value) and math.isclose(value, math.trunc(expected / unit) * unit, rel_tol=_FLOATS)


def _words_of(found: Sequence[Diagnosis]) -> str:
    if not found:  # as with every right answer: it does not wait for the mistakes' words
        return ""
    from tui_backprop.tutor.mistakes.diagnosis import sentence

    return sentence(found)


def what_is_known(value: float, expected: float, how: Rule) -> str:
    """What to say of a wrong number that no mistake explains: about its sign and size, without the right value."""
    if how.change is not None:
        return _what_is_known_of_step(value - (expected - how.change), how.change)
    if expected == 0:
        return "That is not the value: is one of its factors 0, or do its terms cancel?"
    if value == 0:
        return "The value is not 0."
    sign = "The sign is right" if (value > 0) == (expected > 0) else "The sign is not right"
    if abs(abs(value) - abs(expected)) <= how.tolerance(expected) and not sign.endswith("is right"):
        return f"{sign}, the size is."
    if sign.endswith("is right") and _are_exchanged(value, expected, how):
        nearest, right = (round(number / how.unit(expected)) for number in (value, expected))
        left_out = not nearest % 10 and right % 10
        return f"The digits are right, {'but one is left out' if left_out else 'their order is not'}."
    but = "but" if sign.endswith("is right") else "and"
    below = value < 0 or expected < 0
    return f"{sign}, {but} the number is {_compare(abs(value), abs(expected), below=below)}."


def _are_exchanged(value: float, expected: float, how: Rule) -> bool:
    """Are two neighbouring digits changed about, of those that are asked for?"""
    unit = how.unit(expected)
    if not unit:
        return False
    typed, right = (str(round(abs(number) / unit)) for number in (value, expected))
    pairs = range(len(right) - 1)
    turned = {right[:at] + right[at + 1] + right[at] + right[at + 2:] for at in pairs if right[at] != right[at + 1]}
    return math.isclose(value / unit, round(value / unit), rel_tol=_FLOATS) and typed in turned


def _what_is_known_of_step(moved: float, change: float) -> str:
    """The same for an updated parameter, by how far it moved and how far it should have."""
    if change == 0:
        return "That is another number than before. How large is its gradient here, and so the step?"
    if moved == 0:
        return "That is the old value. Where does the step take it?"
    if (moved > 0) != (change > 0):
        far = ", and not nearly so far" if abs(moved) > _MUCH * abs(change) else ""
        return f"The step goes the wrong way. From the old value it should go {'up' if change > 0 else 'down'}{far}."
    return f"The step goes the right way, but it is {_compare(abs(moved), abs(change))}."


def _compare(size: float, expected: float, *, below: bool = False) -> str:
    """How a size compares with the right one, in words that do not give the number away.

    ``below``: of numbers below 0, of which the larger is the one nearer 0.
    """
    large, small = ("too far from 0", "too near 0") if below else ("too large", "too small")
    ratio = size / expected
    way, more = (large, ratio) if ratio > 1 else (small, 1 / ratio if ratio else math.inf)
    if more > _FAR * (1 + _FLOATS):
        return f"much {way}, by more than a factor of 10"
    return f"much {way}" if more > _MUCH else way if more > _NEARLY else f"{_A_LITTLE} {way}"


def _old_or_new(derivation: Derivation, quantity: str, reading: Reading, how: Rule) -> str:
    """The message where the old value was entered for an updated parameter; empty for any other entry."""
    if not how.change or reading.value != derivation.values(old := before_update(quantity)):
        return ""
    from tui_backprop.tutor.mistakes.diagnosis import put_names

    request = how.request(derivation.values(quantity))
    return put_names(derivation, f"{reading.said} That is {{{old}}} as it was, or the new one rounded: {request}.")


def remark(
    derivation: Derivation, quantity: str, reading: Reading | Unread, references: Sequence[float], precision: Precision,
    own: Mapping[str, float],
) -> str:
    """What to say of a right number whose further digits are those of a known mistake; else empty.

    Mazur's printed cost after the update is an example: it is right to three digits, and with all nine digits it is the
    number that follows from updated weights.
    """
    digits = precision.digits(references[0])
    if isinstance(reading, Unread) or reading.digits is None:
        return ""
    count, exact = reading.digits.count, Rule(amount=reading.digits.count)
    telling = 0 < digits <= count - _BEYOND and count <= _MOST_DIGITS
    if not telling or any(exact.near(reading.value, reference) for reference in references) or not any(
            Rule.of(precision).alike(reading.value, reference) for reference in references):
        return ""
    from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence

    found = [each for each in diagnose(derivation, quantity, reading.value, exact, own, doubted=True)
             if each.code != _ROUNDED]
    said = sentence(found[:1])
    return said and f"That is right to {digits} digits. With all {count} it is the number of a known slip: {said}"
