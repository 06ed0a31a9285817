"""An exam: answers are taken without saying whether they are right, and marked at the end, with follow-through."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import replace
from tui_backprop.derivation.naming import vocabulary_for
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.maths.numerals import to_text, typographic
from tui_backprop.tutor.calls_for_help import asks_for_help
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.entries import Feedback, StepEntry
from tui_backprop.tutor.heard import read_heard
from tui_backprop.tutor.marking import Mark, Marked, mark_answers
from tui_backprop.tutor.plan import nearest_first
from tui_backprop.tutor.readings import Reading, Unread
from tui_backprop.tutor.recorded_mode import EXAM
from tui_backprop.tutor.walk import FEW_STEPS, Walk

AT_END = "end"
"""Where an exam is recorded to be when its last step was passed and it is not handed in."""


class Exam(Walk):
    """A walk that judges nothing until :meth:`hand_in`. It asks what the exercise asks, and can't be narrowed.

    What the learner entered stands for the step's value: in the diagram, in later answers, in the marks. Any answer may
    be changed, by going back to it, until the exam is handed in.
    """

    mode = EXAM
    is_fixed = True
    reveals = "leave out"

    def __init__(self, exercise: Exercise, *, notation: Notation = HAND_OUT) -> None:
        super().__init__(exercise, notation=notation)
        self.marks: Marked | None = None
        self._open_truths: dict[str, bool] = {}

    @property
    def asks(self) -> bool:
        return True

    @property
    def handed_in(self) -> bool:
        return self.marks is not None

    @property
    def moves_freely(self) -> bool:
        return not self.handed_in

    @property
    def whereabouts(self) -> str:
        return self.here or AT_END

    @property
    def answers(self) -> dict[str, str]:
        """What the learner wrote, by the id of the step, as in an answer sheet."""
        return {quantity: entry.given for quantity, entry in self._entries.items() if entry.given is not None}

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the steps without an answer, from 1."""
        return tuple(place + 1 for place, quantity in enumerate(self.plan) if self.entry(quantity).given is None)

    def answer(self, text: str) -> Feedback:
        """Take an answer down and move on; only what cannot be read as a number is refused."""
        step = self._require_current()
        known = self._known_values(self.position)
        if asks_for_help(text):
            return Feedback(step.id, "invalid", False, self.hint())
        reading = read_heard(text, vocabulary_for(self.derivation.naming, known), known)
        if isinstance(reading, Unread):
            return Feedback(step.id, reading.verdict, False, reading.message, None, reading.start, reading.end)
        attempts = self.entry(step.id).attempts + 1
        self._entries[step.id] = StepEntry("answered", text, reading.value, attempts)
        self._read_later_ones_again()
        self.position += 1
        return Feedback(step.id, "noted", True, f"Noted: {self.statement(step.id)}", reading.value)

    @property
    def coarse(self) -> tuple[int, ...]:
        """The numbers (from 1) of the steps whose answers have fewer digits than are asked for, right or wrong.

        To leave out those that are exact would tell that they are right; only whole numbers and givens are.
        """
        return tuple(place + 1 for place, quantity in enumerate(self.plan) if self._is_coarse(quantity))

    def _is_coarse(self, quantity: str) -> bool:
        reading = read_heard(self.entry(quantity).given or "")
        if isinstance(reading, Unread) or reading.digits is None or reading.value.is_integer() \
                or abs(reading.value) in self._given_sizes:
            return False
        rule, expected = rule_for(self.derivation, quantity, self.precision), self.derivation.values(quantity)
        return (reading.digits.filled > Fraction(10) ** -rule.places(expected) if rule.is_by_places(expected)
                else reading.digits.count < rule.amount)

    @cached_property
    def _given_sizes(self) -> frozenset[float]:
        return frozenset(abs(self.derivation.values(given)) for given in self.derivation.graph.givens()[:FEW_STEPS])

    def hint(self) -> str:
        return "There are no hints in an exam. Press ! to leave this step out for now."

    def reveal(self) -> str:
        """Leave the step out and move on; an answer that it had is taken back."""
        step = self._require_current()
        if self._entries.pop(step.id, None) is not None:
            self._read_later_ones_again()
        self.position += 1
        return "Left out. You can come back to it until you hand in."

    def earned(self, quantity: str) -> bool:
        """May a value be shown: once handed in; before that a given, an entry, or what follows from givens alone?"""
        if self.handed_in or self.derivation.graph.kind(quantity) == "given":
            return True
        return self.entry(quantity).given is not None or self._open_truth(quantity)

    def shown(self, quantity: str) -> str | None:
        """The learner's own number until the exam is handed in."""
        entry = self.entry(quantity)
        if self.handed_in or entry.value is None:
            return super().shown(quantity)
        return _format_own(entry)

    def statement(self, quantity: str) -> str:
        if self.handed_in or self.entry(quantity).value is None:
            return super().statement(quantity)
        return self.explainer.equals(quantity, self.shown(quantity))

    def reused(self, quantity: str) -> bool:
        """Was this factor entered for an earlier gradient?"""
        return self.entry(quantity).given is not None and super().reused(quantity)

    def hand_in(self) -> Marked:
        """Mark everything. From now on the true values are shown."""
        self.marks = mark_answers(self.exercise, self.answers, self.derivation.notation)
        self.position = self.total
        return self.marks

    def mark_of(self, quantity: str) -> Mark | None:
        """A step's mark once the exam is handed in."""
        marks = self.marks.marks if self.marks else ()
        return next((mark for mark in marks if mark.id == quantity), None)

    def take_up(self, entries: Mapping[str, StepEntry], whereabouts: str, *, handed_in: bool = False) -> None:
        """Go on with the answers that were given: at the step where the exam was left, or with its marks."""
        for place, quantity in enumerate(self.plan):
            given = entries[quantity].given if quantity in entries else None
            if given:
                self.position = place
                self.answer(given)
        self.position = (self.plan.index(whereabouts) if whereabouts in self.plan
                         else self.total if whereabouts == AT_END else 0)
        if handed_in:
            self.hand_in()

    def _known_values(self, place: int) -> dict[str, float]:
        """The values that an answer at this place may name: givens, and the learner's own numbers of earlier steps."""
        values = {given: self.derivation.values(given) for given in self.derivation.graph.givens()}
        entered = ((name, self.entry(name).value) for name in self.plan[:place])
        values |= {name: value for name, value in entered if value is not None}
        return {name: values[name] for name in nearest_first(self.derivation, self.plan[place], values)}

    def _read_later_ones_again(self) -> None:
        """Read later answers again: one such as ``2(a_k − y)`` follows the earlier answers it names, as in marking."""
        for place in range(self.position + 1, self.total):
            entry = self.entry(self.plan[place])
            if entry.given is not None:
                known = self._known_values(place)
                reading = read_heard(entry.given, vocabulary_for(self.derivation.naming, known), known)
                if isinstance(reading, Reading):
                    self._entries[self.plan[place]] = replace(entry, value=reading.value)

    def _open_truth(self, quantity: str) -> bool:
        """Is this a step that is not asked, and made of none that is?"""
        if quantity not in self._open_truths:
            asked = quantity in self._asked or not self._asked
            self._open_truths[quantity] = not asked and all(
                self.derivation.graph.kind(name) == "given" or self._open_truth(name)
                for name in self.derivation.inputs_of(quantity))
        return self._open_truths[quantity]


def _format_own(entry: StepEntry) -> str:
    """The learner's number: as it was typed where that was a plain decimal, else in a few digits."""
    reading = read_heard(entry.given or "")
    if isinstance(reading, Reading) and reading.digits is not None:
        return typographic(reading.echo)
    return to_text(entry.value or 0.0, 6)
