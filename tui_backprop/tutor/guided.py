"""Guided mode: the first step of each kind is worked and explained, the next half open, then they are asked whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import replace
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.tutor import half_open
from tui_backprop.tutor.asked import Asked, Opening
from tui_backprop.tutor.entries import Feedback, Status, StepEntry
from tui_backprop.tutor.fading import NEWCOMER, Experience, Outcome, kind_of, next_opening, twin_of
from tui_backprop.tutor.half_open import HalfOpen
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.readings import Reading, Unread
from tui_backprop.tutor.recorded_mode import GUIDED
from tui_backprop.tutor.wishes import wish

_WORKED: Final = "This one is worked for you: Enter goes on."
_YOURS: Final = "You have met this kind of step: now do the whole of it."


class Guided(Quiz):
    """A quiz that opens each step as far as the learner needs.

    ``experience``: how far the kinds of step are opened by what the learner has met before. A half-open step earns
    nothing and costs nothing: only what is asked whole counts for mastery.
    """

    mode = GUIDED

    def __init__(
        self, exercise: Exercise, *, narrowing: Narrowing = EVERYTHING, notation: Notation = HAND_OUT,
        experience: Experience = NEWCOMER,
    ) -> None:
        super().__init__(exercise, narrowing=narrowing, notation=notation, predictions=True)
        self._experience = experience
        self._openings: dict[str, Opening] = dict(experience.openings)
        self._helped = 0
        """How often help was given, or a slip made, at the gap of this step."""
        self._asked_whole: set[str] = set()
        """The kinds of step that were asked whole in this walk."""
        self._learnt: dict[str, Opening] = {}

    @property
    def opening(self) -> Opening:
        """How far the current step is opened."""
        return "whole" if self.here is None else self._opening_of(self.here)

    def _opening_of(self, quantity: str) -> Opening:
        """A new kind is worked; but half open where it repeats a known one, as the cost after an update does."""
        opening, twin = self._open(kind_of(self.derivation, quantity)), twin_of(self.derivation, quantity)
        return "half" if opening == "worked" and twin is not None and self._open(twin) != "worked" else opening

    def _open(self, kind: str) -> Opening:
        return self._openings.get(kind) or self._experience.opening(kind)

    @property
    def learnt(self) -> Mapping[str, Opening]:
        return self._learnt

    @property
    def asks(self) -> bool:
        return self.opening != "worked" or self.posed is not None

    @property
    def had_worked(self) -> bool:
        return any(entry.status == "shown" and not entry.filled for entry in self._entries.values())

    def remarks(self, quantity: str) -> str:
        return " ".join(filter(None, (wish(self.derivation, quantity), super().remarks(quantity))))

    @property
    def gap(self) -> HalfOpen | None:
        """The current step with its gap, where it is half open."""
        return half_open.half_open(self.derivation, self.here) if self.here and self.asked == "gap" else None

    @property
    def asked(self) -> Asked:
        half = self.opening == "half" and self.here is not None and self.posed is None
        return "gap" if half else super().asked

    @property
    def request(self) -> str:
        return half_open.request(self.gap) if self.gap is not None else super().request

    @property
    def encouragement(self) -> str:
        here = self.here
        if here is None or self.opening != "whole" or kind_of(self.derivation, here) in self._asked_whole:
            return ""
        return _YOURS

    def _judge(self, text: str) -> Feedback:
        step, gap = self._require_current(), self.gap
        if not self.asks:
            return Feedback(step.id, "invalid", False, _WORKED)
        if gap is not None:
            return self._judge_gap(gap, text)
        feedback = super()._judge(text)
        if feedback.accepted:
            self._note_end(step.id, "found" if self.entry(step.id).unaided else "helped")
        return feedback

    def hint(self) -> str:
        if self.gap is None:
            return super().hint()
        self._helped += 1
        return half_open.hint(self.explainer, self.gap, self._helped - 1, self.plan)

    def go_on_from(self, place: int) -> None:
        self._helped = 0
        super().go_on_from(place)

    def take_up(self, entries: Mapping[str, StepEntry], whereabouts: str, *, handed_in: bool = False) -> None:
        """Go on where an earlier session stopped: of the steps behind, those not answered were worked or half open."""
        super().take_up(entries, whereabouts, handed_in=handed_in)
        for quantity in self.plan[:self.position]:
            entry = self._entries.get(quantity, StepEntry())
            if entry.status == "open":
                self._entries[quantity] = replace(entry, status="shown", given="" if "gap" in entry.beside else None)

    def _judge_gap(self, gap: HalfOpen, text: str) -> Feedback:
        if self._calls_for_help(text):
            return Feedback(gap.quantity, "invalid", False, self.hint(), asked="gap")
        known = self._known()
        reading, own = self._read(known, text, gap.missing), self.entry(gap.missing).value
        feedback = half_open.judge_gap(self.explainer, gap, reading, own, known)
        if feedback.verdict == "wrong" and gap.is_whole:
            feedback = self._tell_slip(gap.quantity, reading, known) or feedback
        if feedback.verdict == "wrong":
            self._helped += 1
        if feedback.accepted:
            outcome: Outcome = "helped" if self._helped else "found"
            self._entries[gap.quantity] = replace(self.entry(gap.quantity), status="shown", given=text)
            self.position += 1
            self._note_end(gap.quantity, outcome)
            said = (f"{self.explainer.tell_derivation(gap.quantity)}.", self.remarks(gap.quantity))
            return replace(feedback, message=" ".join(filter(None, said)))
        return feedback

    def _tell_slip(self, quantity: str, reading: Reading | Unread, known: Collection[str]) -> Feedback | None:
        """What is said of a wrong number for a step asked whole, where a known mistake or rounding gives it."""
        from tui_backprop.tutor.judging import judge_step

        values = {name: self.derivation.values(name) for name in known}
        feedback = judge_step(self.derivation, quantity, reading, self._references(quantity), self.precision,
                              self._own_values(quantity), values)
        told = bool(feedback.mistakes) or feedback.verdict == "too_coarse"
        return replace(feedback, asked="gap", mistakes=(), likely=False) if told else None

    def _pass(self, status: Status) -> str:
        step, opening = self._require_current(), self.opening
        said = super()._pass(status)
        self._note_end(step.id, "shown" if status == "revealed" else "seen", opening)
        return ". ".join(filter(None, (said, self.remarks(step.id))))

    def _note_end(self, quantity: str, outcome: Outcome, opening: Opening | None = None) -> None:
        """Note how a step ended, which decides how far the next of its kind is opened."""
        kind, opening = kind_of(self.derivation, quantity), opening or self._opening_of(quantity)
        if opening == "whole":
            self._asked_whole.add(kind)
        self._openings[kind] = next_opening(opening, outcome)
        self._learnt = {kind: self._openings[kind]}
        self._helped = 0

    @property
    def _goes_on_where_left(self) -> bool:
        return True
