"""Marks a sheet of answers: each step by the truth, or else by the learner's own earlier entries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Literal

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import UnknownIdError
from tui_backprop.derivation.ids import before_update
from tui_backprop.derivation.naming import vocabulary_for
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.tutor.calls_for_help import asks_for_help
from tui_backprop.tutor.display import format_value, rule_for
from tui_backprop.tutor.heard import read_heard
from tui_backprop.tutor.judging import judge_value
from tui_backprop.tutor.numbers import judge, read_number
from tui_backprop.tutor.own_values import OwnValues
from tui_backprop.tutor.plan import nearest_first, plan_steps
from tui_backprop.tutor.readings import Reading, Unread, Verdict
from tui_backprop.tutor.rules import Rule
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Row, Text
from tui_backprop.typeset.linear import linear

if TYPE_CHECKING:  # nobody waits for the mistakes before something is marked
    from tui_backprop.tutor.mistakes.diagnosis import Diagnosis

MarkVerdict = Literal["correct", "follow_through", "wrong", "invalid", "missing"]

VERDICTS: Final[Mapping[MarkVerdict, str]] = {
    "correct": "right: a mark",
    "follow_through": "right for the learner's own earlier values: a mark, but none for what with them only comes to "
                      "0 or 1",
    "wrong": "no mark",
    "invalid": "not to be read as a number, or with too few digits: no mark",
    "missing": "left out: no mark",
}
"""What each verdict means. These words stand in every report on marks, for people and for programs."""

_SCORES = frozenset({"correct", "follow_through"})
_NO_NUMBER = "This is no number."
_MOST_TEXT = 400
_MOST_SHOWN = 40
_MOST_BEHIND = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One step's mark. ``asked``: it counts; an answer to a step that is not asked is marked all the same.

    ``value`` is the number that was read, ``reason`` what is said of a wrong one; ``follows``: the wrong number results
    from earlier entries; ``told``: those of the mistakes that ``reason`` is about. ``mark --json`` has none of these.
    """

    id: str
    given: str | None
    verdict: MarkVerdict
    expected: float
    mistakes: tuple[str, ...]
    feedback: str
    asked: bool = True
    value: float | None = None
    reason: str = ""
    follows: bool = False
    told: tuple[str, ...] = ()

    @property
    def scores(self) -> bool:
        """Is the answer right, or right given the learner's own earlier answers?"""
        return self.verdict in _SCORES

    def to_dict(self) -> dict[str, Any]:
        """The mark as ``mark --json`` prints it."""
        return {"id": self.id, "given": self.given, "verdict": self.verdict, "expected": self.expected,
                "mistakes": list(self.mistakes), "feedback": self.feedback}


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked sheet. Every asked step counts 1 in ``out_of``, and 1 in ``score`` if right or rightly carried on.

    ``complaints``: one line for each part of the sheet that could not be marked, with the reason.
    """

    marks: tuple[Mark, ...]
    complaints: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        return sum(mark.scores for mark in self.marks if mark.asked)

    @property
    def out_of(self) -> int:
        return sum(mark.asked for mark in self.marks)

    def to_dict(self) -> dict[str, Any]:
        """What ``mark --json`` prints for one sheet."""
        return {"marks": [mark.to_dict() for mark in self.marks], "score": float(self.score),
                "out_of": float(self.out_of)}


def mark_answers(
    exercise: Exercise, answers: Mapping[str, object], notation: Notation = HAND_OUT, *, whole: bool = True
) -> Marked:
    """Mark ``answers``, a map of step ids to what the learner wrote.

    Names in answers are read, and feedback is written, in the notation. Raises ValueError, in one line, for an id that
    is no step's or an answer that is no text. Where the sheet need not be ``whole``, such parts become complaints and
    the rest is marked; then ValueError is raised only where nothing is left.
    """
    return _Marker(exercise, answers, notation, whole=whole).marked()


class _Marker:
    def __init__(
        self, exercise: Exercise, answers: Mapping[str, object], notation: Notation, *, whole: bool
    ) -> None:
        self._derivation = exercise.derive(notation)
        self._precision = exercise.precision
        self._asked = dict.fromkeys(plan_steps(self._derivation, exercise.ask))
        self._given: dict[str, str] = {}
        self._complaints: list[str] = []
        sound = [self._take(quantity, answer) for quantity, answer in answers.items()]
        if self._complaints and (whole or not any(sound)):
            raise ValueError(self._complaints[0])
        self._own = OwnValues(self._derivation, self._given, self._precision)

    def marked(self) -> Marked:
        """All marks, in the order of steps; answers to quantities that are not listed as steps come last."""
        order = self._derivation.order
        places = {quantity: order.find(quantity) for quantity in dict.fromkeys((*self._asked, *self._given))}
        listed = sorted(places, key=lambda quantity: (places[quantity] is None, places[quantity] or 0))
        marks = {quantity: self._mark(quantity) for quantity in self._own.in_order(listed)}
        return Marked(tuple(marks[quantity] for quantity in listed), tuple(self._complaints))

    def _take(self, quantity: str, answer: object) -> bool:
        """Take an answer down as it was written; False, with a complaint, where that cannot be done.

        Such an answer is marked as one that cannot be read; but null, which a program may write where nothing was
        answered, counts as no answer.
        """
        try:
            self._check(quantity)
            if answer is not None:
                self._given[quantity] = f"{str(answer)[:_MOST_SHOWN]}…"
                self._given[quantity] = _as_text(quantity, answer)
        except ValueError as error:
            self._complaints.append(str(error))
            return False
        return True

    def _check(self, quantity: object) -> None:
        if not isinstance(quantity, str):
            raise ValueError("answers: a step's id is text, such as \"z 1:j\"")
        if len(quantity) > _MOST_TEXT:
            raise ValueError(f"answers: a step's id is longer than {_MOST_TEXT} characters")
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
        judgement, found = judge_value(self._derivation, quantity, reading, [expected, *self._own.from_right(quantity)],
                                       self._rule(quantity), self._own.entries, self._own.entries)
        if isinstance(reading, Unread):
            unread = _NO_NUMBER if asks_for_help(given) else judgement.message  # a sheet has nobody to ask
            return Mark(quantity, given, "invalid", expected, (), unread, asked)
        if judgement.verdict == "correct":
            self._own.enter(quantity, reading, "right")
            return Mark(quantity, given, "correct", expected, (), judgement.message, asked)
        leads_to = partial(self._own.leads_to, quantity, reading.value)
        follows = leads_to(partial(self._is, "correct", reading, quantity)) is not None
        trivial = self._own.why_trivial(quantity, reading.value, expected) if follows else ""
        if follows and not trivial:
            self._own.enter(quantity, reading, "carried")
            return Mark(quantity, given, "follow_through", expected, (), self._tell_carried(quantity), asked)
        fits = judgement.verdict == "too_coarse"
        coarse = self._coarse(reading, quantity) if fits else self._coarse_for_own(reading, quantity)
        if coarse and not follows:
            self._own.enter(quantity, reading, "coarse")
            return Mark(quantity, given, "invalid", expected, (), coarse, asked, reading.value)
        wrong = self._wrong(quantity, given, reading, expected, asked, trivial, found)
        self._own.enter(quantity, reading, "carried" if follows else "slip")
        return wrong

    def _coarse(self, reading: Reading, quantity: str) -> str:
        """The message for an entry that is right as far as it goes, to somebody who cannot give it anew."""
        needed = self._rule(quantity).needed(self._derivation.values(quantity))
        return f"{reading.said} That fits, but it needs {needed}."

    def _coarse_for_own(self, reading: Reading, quantity: str) -> str:
        """The message for an entry that would be right for the learner's own values, given more digits; else empty."""
        own = self._own.leads_to(quantity, reading.value, partial(self._is, "too_coarse", reading, quantity))
        if own is None:
            return ""
        needed = self._own_rule(quantity, own).needed(own)
        return f"{reading.said} That fits your earlier values, but it needs {needed}."

    def _is(self, verdict: Verdict, reading: Reading, quantity: str, value: float) -> bool:
        """Is this the verdict on the entry, for a learner whose earlier entries lead to ``value``?"""
        return judge(reading, value, self._own_rule(quantity, value)).verdict == verdict

    def _own_rule(self, quantity: str, value: float) -> Rule:
        """How near an entry must come to what this learner's earlier entries lead to.

        An updated parameter is judged by its own change, but no more finely than the question asks: the learner can't
        know of more. Where nothing of the change shows in so many decimals, more are needed all the same.
        """
        how = self._rule(quantity)
        if how.change is None:
            return how
        change = value - self._derivation.values(before_update(quantity))
        unit = math.pow(10, -how.places(self._derivation.values(quantity)))
        if abs(change) > unit / 2:
            change = math.copysign(max(abs(change), 10 * unit), change)
        return replace(how, change=change)

    def _wrong(
        self, quantity: str, given: str, reading: Reading, expected: float, asked: bool, trivial: str,
        found: tuple[Diagnosis, ...],
    ) -> Mark:
        from tui_backprop.tutor.mistakes.diagnosis import list_told, sentence

        right = format_value(self._derivation, quantity, self._precision)
        reason = sentence(found)
        if trivial:
            reason = f"It follows from your earlier values, but {trivial}: no mark for that."
        feedback = " ".join(part for part in (reading.said, reason, f"The value is {right}.") if part)
        codes = tuple(each.code for each in found)
        told = () if trivial else tuple(each.code for each in list_told(found))
        return Mark(quantity, given, "wrong", expected, codes, feedback, asked, reading.value, reason,
                    follows=bool(trivial), told=told)

    def _tell_carried(self, quantity: str) -> str:
        """The message for a step that is right for earlier entries; it names them, where the step is made of few."""
        name = self._derivation.naming.name
        own = [linear(Row((name(step), EQUALS, Text(self._precision.shown(value)))), Glyphs.FULL)
               for step, value in self._own.behind(quantity)]
        if not 0 < len(own) <= _MOST_BEHIND:
            return "Right for the values found before: an earlier one differs."
        return f"Right for your {' and '.join(own)}."

    def _rule(self, quantity: str) -> Rule:
        return rule_for(self._derivation, quantity, self._precision)

    def _read(self, quantity: str, given: str) -> Reading | Unread:
        """The number written. It may name givens and steps answered before; such a step then stands for its answer."""
        if not any(map(str.isalpha, given)):
            return read_number(given)  # it names nothing, so that no names are made: by far most answers
        values = self._givens | self._own.entries
        names = vocabulary_for(self._derivation.naming, nearest_first(self._derivation, quantity, values))
        return read_heard(given, names, values)

    @cached_property
    def _givens(self) -> dict[str, float]:
        return {quantity: self._derivation.values(quantity) for quantity in self._derivation.graph.givens()}


def _as_text(quantity: str, answer: object) -> str:
    """The text of an answer. Raises ValueError for one that is neither text nor a number, or is too long."""
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise ValueError(f"answers: the answer to {quantity!r} must be text or a number")
    text = str(answer)
    if len(text) > _MOST_TEXT:
        raise ValueError(f"answers: the answer to {quantity!r} is longer than {_MOST_TEXT} characters")
    return text
