"""Marks a sheet of answers: each step by the truth, or else by the learner's own earlier entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, UnknownIdError
from tui_backprop.derivation.naming import names_for
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.tutor.display import rule_for, shown_value
from tui_backprop.tutor.mistakes import diagnose, sentence
from tui_backprop.tutor.numbers import Reading, Unread, judge, read_number
from tui_backprop.tutor.plan import givens_of, nearest_first, planned_steps
from tui_backprop.tutor.rules import Rule

MarkVerdict = Literal["correct", "follow_through", "wrong", "invalid", "missing"]

_SCORES = frozenset({"correct", "follow_through"})
_TRIVIAL = (0.0, 1.0)
_MOST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """One step's mark. ``asked``: it counts; what is answered beyond that is marked all the same."""

    id: str
    given: str | None
    verdict: MarkVerdict
    expected: float
    mistakes: tuple[str, ...]
    feedback: str
    asked: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The mark as ``mark --json`` prints it."""
        return {"id": self.id, "given": self.given, "verdict": self.verdict, "expected": self.expected,
                "mistakes": list(self.mistakes), "feedback": self.feedback}


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked sheet. Every asked step counts 1 in ``out_of``, and 1 in ``score`` if right or rightly carried on."""

    marks: tuple[Mark, ...]

    @property
    def score(self) -> int:
        return sum(mark.verdict in _SCORES for mark in self.marks if mark.asked)

    @property
    def out_of(self) -> int:
        return sum(mark.asked for mark in self.marks)

    def to_dict(self) -> dict[str, Any]:
        """What ``mark --json`` prints for one sheet."""
        return {"marks": [mark.to_dict() for mark in self.marks], "score": float(self.score),
                "out_of": float(self.out_of)}


def mark_answers(exercise: Exercise, answers: Mapping[str, object], notation: Notation = HAND_OUT) -> Marked:
    """Mark ``answers``, step id to what the learner wrote. ValueError, in one line, for an id that is no step's.

    Names in answers are read, and feedback is written, in the notation.
    """
    return _Marker(exercise, answers, notation).marked()


class _Marker:
    def __init__(self, exercise: Exercise, answers: Mapping[str, object], notation: Notation) -> None:
        self._derivation = Derivation(exercise.task, exercise.detail, notation)
        self._digits = exercise.significant_digits
        self._asked = dict.fromkeys(planned_steps(self._derivation, exercise.ask))
        self._given = {quantity: _as_text(quantity, answer) for quantity, answer in answers.items()}
        for quantity in self._given:
            self._check(quantity)
        self._entries: dict[str, float] = {}
        self._right: dict[str, float] = {}

    def marked(self) -> Marked:
        """All marks, in the order of steps; what is answered beyond the listed steps comes last."""
        order = self._derivation.order
        beyond = [quantity for quantity in self._given if quantity not in self._asked]
        places = {quantity: order.find(quantity) for quantity in (*self._asked, *beyond)}
        ordered = sorted(places, key=lambda quantity: (places[quantity] is None, places[quantity] or 0))
        return Marked(tuple(self._mark(quantity) for quantity in ordered))

    def _check(self, quantity: str) -> None:
        try:
            kind = self._derivation.graph.kind(quantity)
        except UnknownIdError as error:
            raise ValueError(f"answers: {error}") from None
        if kind == "given":
            raise ValueError(f"answers: {quantity!r} is given, and is not asked")

    def _mark(self, quantity: str) -> Mark:
        expected, asked = self._derivation.values(quantity), quantity in self._asked
        given = self._given.get(quantity)
        if given is None or not given.strip():
            return Mark(quantity, None, "missing", expected, (), "No answer.", asked)
        reading = self._read(quantity, given)
        right = [expected, *self._from(self._right, quantity)]
        judgement = judge(reading, right, rule_for(self._derivation, quantity, self._digits))
        if isinstance(reading, Unread) or judgement.verdict in ("invalid", "ambiguous", "too_coarse"):
            return Mark(quantity, given, "invalid", expected, (), judgement.message, asked)
        carried = self._from(self._entries, quantity)
        self._entries[quantity] = reading.value
        if judgement.verdict == "correct":
            self._right[quantity] = reading.value
            return Mark(quantity, given, "correct", expected, (), judgement.message, asked)
        if self._follows(reading, quantity, carried, expected):
            return Mark(quantity, given, "follow_through", expected, (), _CARRIED, asked)
        return self._wrong(quantity, given, reading, expected, asked)

    def _wrong(self, quantity: str, given: str, reading: Reading, expected: float, asked: bool) -> Mark:
        earlier = {name: value for name, value in self._entries.items() if name != quantity}
        how = rule_for(self._derivation, quantity, self._digits)
        found = diagnose(self._derivation, quantity, reading.value, how, earlier)
        right = shown_value(self._derivation, quantity, self._digits)
        feedback = " ".join(part for part in (reading.said, sentence(found), f"The value is {right}.") if part)
        return Mark(quantity, given, "wrong", expected, tuple(each.code for each in found), feedback, asked)

    def _read(self, quantity: str, given: str) -> Reading | Unread:
        """The number written; it may name givens, and steps answered before, which then stand for those answers."""
        givens = [quantity for quantity, _ in givens_of(self._derivation)]
        values = {quantity: self._derivation.values(quantity) for quantity in givens} | self._entries
        names = names_for(self._derivation.naming, nearest_first(self._derivation, quantity, values))
        return read_number(given, names, values)

    def _from(self, entries: Mapping[str, float], quantity: str) -> list[float]:
        """What a step comes to from these entries; steps between that have none are worked out from those that do."""
        return [self._derivation.values_with(numbers=entries)(quantity)] if entries else []

    def _follows(self, reading: Reading, quantity: str, carried: Iterable[float], expected: float) -> bool:
        """Right for the learner's own entries; no credit where they make the step trivial."""
        for value in carried:
            if value in _TRIVIAL and value != expected:
                continue
            change = rule_for(self._derivation, quantity, self._digits).change
            if change is not None:
                change = value - self._derivation.values(quantity.replace("'", "", 1))
            if judge(reading, value, Rule(amount=self._digits, change=change)).verdict == "correct":
                return True
        return False


_CARRIED = "Right for the values found before: an earlier one differs."


def _as_text(quantity: object, answer: object) -> str:
    if not isinstance(quantity, str):
        raise ValueError("answers: a step's id is text, such as \"z 1:j\"")
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise ValueError(f"answers: the answer to {quantity!r} must be text or a number")
    text = str(answer)
    if len(text) > _MOST_TEXT:
        raise ValueError(f"answers: the answer to {quantity!r} is longer than {_MOST_TEXT} characters")
    return text
