"""A walk through an exercise, step after step: where it is, what happened at each step, and what is known so far.

What is asked for, and what becomes of an answer, is decided by the kinds of walk: a quiz, an exam, one that is watched.
A walk knows nothing of a terminal and writes nothing to files; screens show its state and pass on what the learner
does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import replace
from tui_backprop.derivation import Step
from tui_backprop.derivation.ids import before_update
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.tutor.asked import Asked
from tui_backprop.tutor.entries import Change, Feedback, Question, Status, StepEntry
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing
from tui_backprop.tutor.plan import chain_of, plan_steps, results_of
from tui_backprop.tutor.recorded_mode import WATCH, RecordedMode

if TYPE_CHECKING:
    from tui_backprop.tutor.half_open import HalfOpen
    from tui_backprop.tutor.marking import Mark
    from tui_backprop.tutor.posed import Posed

FEW_STEPS: Final = 400
"""Where there are at most so many steps, all are looked at; of more, only those near by."""
_JUMPED: Final = 2000
"""Nobody does so many steps in a row: a longer walk is taken up where it was left, even with open steps before."""
_NOTHING: Final = StepEntry()


class Walk:
    """What the workbench needs of any walk. By itself it asks nothing, and :meth:`advance` shows step after step.

    ``mode`` is what it is recorded as. ``gives_hints``: there is help to ask for. ``shows_all``: no value is kept back.
    ``is_fixed``: numbers, notation and what is asked for stay as the exercise has them. ``narrowing``: what the learner
    narrows it to, besides what the exercise says.
    """

    mode: ClassVar[RecordedMode] = RecordedMode("")
    gives_hints: ClassVar[bool] = False
    is_fixed: ClassVar[bool] = False
    shows_all: ClassVar[bool] = False
    reveals: ClassVar[str] = "show"
    """What :meth:`reveal` does, in a word."""

    def __init__(
        self, exercise: Exercise, *, narrowing: Narrowing = EVERYTHING, notation: Notation = HAND_OUT
    ) -> None:
        self.exercise = exercise
        self.precision = exercise.precision
        self.derivation = exercise.derive(notation)
        self.explainer = Explainer(self.derivation, self.precision)
        self.narrowing = narrowing
        goal = narrowing.parameters
        ask = exercise.ask if goal is None else replace(exercise.ask, parameters=goal)
        self.plan: Sequence[str] = plan_steps(self.derivation, ask, narrowing.known)
        self.position = 0
        self.skipped_to: str | None = None
        self._entries: dict[str, StepEntry] = {}

    @property
    def total(self) -> int:
        return len(self.plan)

    @property
    def number(self) -> int:
        """The number of the current step, from 1; at the end, the number of steps."""
        return min(self.position + 1, self.total)

    @property
    def finished(self) -> bool:
        return self.position >= self.total

    @property
    def asks(self) -> bool:
        """Is something typed at the current step?"""
        return False

    @property
    def had_worked(self) -> bool:
        """Was a step worked for the learner whose like will be asked for the next time?"""
        return False

    @property
    def gap(self) -> HalfOpen | None:
        """The current step with the gap that is asked for, where it is half open; else None."""
        return None

    @property
    def posed(self) -> Posed | None:
        """The choice or whole number that is asked for before the current step's value; None where nothing is."""
        return None

    def remarks(self, quantity: str) -> str:
        """What there is to say of a finished step besides its outcome; often nothing."""
        del quantity
        return ""

    def note_answer_beside(self, quantity: str, asked: Asked) -> None:
        """Note that a question beside the step's value is answered."""
        entry = self.entry(quantity)
        self._entries[quantity] = replace(entry, beside=entry.beside | {asked})

    @property
    def learnt(self) -> Mapping[str, str]:
        """How far the next steps of a kind are opened after the step done last, in walks that open steps by degrees."""
        return {}

    @property
    def moves_freely(self) -> bool:
        """May the learner go to any step, to answer it or to change its answer?"""
        return False

    @property
    def here(self) -> str | None:
        """The id of the current step; None at the end."""
        return None if self.finished else self.plan[self.position]

    @property
    def whereabouts(self) -> str | None:
        """As :attr:`here`, for taking the walk up again; None where there is nothing left to do."""
        return self.here

    @property
    def current(self) -> Step | None:
        return None if self.finished else self.derivation.step(self.plan[self.position])

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return None if self.finished else self.explainer.question(self.plan[self.position])

    @property
    def asked(self) -> Asked:
        """What is asked for at the current step."""
        return "value"

    @property
    def request(self) -> str:
        """What is asked for now, in a sentence, where it is not simply the step's value; else empty."""
        return ""

    @property
    def encouragement(self) -> str:
        """A sentence on why all of the current step is asked for now, where that is new; else empty."""
        return ""

    def entry(self, quantity: str) -> StepEntry:
        """What happened at a step so far. A skipped step counts as shown."""
        entry = self._entries.get(quantity, _NOTHING)
        return replace(entry, status="shown") if entry.status == "open" and self._is_skipped(quantity) else entry

    @property
    def entries(self) -> Mapping[str, StepEntry]:
        """What happened at every step that was touched."""
        return self._entries

    @property
    def has_answers(self) -> bool:
        """Would starting again lose something the learner typed?"""
        return any(entry.given is not None for entry in self._entries.values())

    @property
    def answered(self) -> int:
        """How many steps were found; refused answers do not count."""
        return sum(entry.status == "answered" for entry in self._entries.values())

    def mark_of(self, quantity: str) -> Mark | None:
        """A step's mark, where the walk is marked."""
        del quantity
        return None

    def earned(self, quantity: str) -> bool:
        """May this value be shown: a given, a step done, or one that is not asked and whose turn has come?"""
        if self.derivation.graph.kind(quantity) == "given":
            return True
        if self.entry(quantity).status != "open":
            return True
        place = self.derivation.order.find(quantity)
        if place is None:
            return all(self.earned(used) for used in self.derivation.inputs_of(quantity)) and self.finished
        return self.finished or (quantity not in self._asked and place < self._reached)

    def shown(self, quantity: str) -> str | None:
        """A value as the screen shows it; None while it is not earned."""
        return self.explainer.shown(quantity) if self.earned(quantity) else None

    def statement(self, quantity: str) -> str:
        """A step's outcome in one line: name = value."""
        return self.explainer.equals(quantity)

    def reused(self, quantity: str) -> bool:
        """Was this factor found for an earlier gradient? Not working it out again is the point of back-propagation."""
        place = self.derivation.order.find(quantity)
        if place is None or not self.earned(quantity) or self.here is None:
            return False
        chain = chain_of(self.derivation, self.here)
        first = chain and chain_of(self.derivation, quantity)
        return bool(chain and first and quantity in chain[1] and first[0] != chain[0])

    def results(self) -> Sequence[Change]:
        """Every updated parameter, before and after, in the order of steps, and last the cost."""
        return Made(results_of(self.derivation), self._change)

    def answer(self, text: str) -> Feedback:
        """Judge an answer to the current step. Where nothing is asked for, none is accepted."""
        del text
        return Feedback(self._require_current().id, "invalid", False, "Nothing is asked here.")

    def hint(self) -> str:
        """The next hint for the current step; empty where nothing is asked for."""
        return ""

    def reveal(self) -> str:
        """Show the current step's value and move on."""
        return self._pass("revealed")

    def advance(self) -> str:
        """Show the current step, which is not asked for, and move on."""
        return self._pass("shown")

    def note_looked_up(self, quantity: str) -> None:
        """Note that a step's value was seen elsewhere: it counts as if all hints had been given."""
        rungs = len(self.explainer.hints(quantity))
        self._entries[quantity] = replace(self.entry(quantity), hints=rungs)

    def go_on_from(self, place: int) -> None:
        """Go on from a later step. The open ones before it count as shown, however many there are."""
        self.position = min(max(place, self.position), self.total - 1)
        self.skipped_to = self.plan[self.position]

    def go_to(self, place: int) -> None:
        """Go to the step at this place, where the walk moves freely; the number of steps means the end."""
        if self.moves_freely:
            self.position = max(0, min(place, self.total))

    def restore(self, entries: Mapping[str, StepEntry], skipped_to: str | None) -> None:
        """Take these entries, and go to the first step that is neither done nor skipped."""
        self._entries = {quantity: entry for quantity, entry in entries.items() if quantity in self.derivation.order}
        self.skipped_to = skipped_to
        if skipped_to is not None and skipped_to in self.plan:
            self.position = self.plan.index(skipped_to)
        while self.here is not None and self.entry(self.here).status != "open":
            self.position += 1

    def take_up(self, entries: Mapping[str, StepEntry], whereabouts: str, *, handed_in: bool = False) -> None:
        """Go on where an earlier session stopped."""
        del handed_in  # only an exam needs it
        left = whereabouts if self._goes_on_where_left and whereabouts in self.derivation.order else None
        self.restore(entries, left)

    @property
    def _goes_on_where_left(self) -> bool:
        return not self.asks or self.total > _JUMPED

    def _pass(self, status: Status) -> str:
        step = self._require_current()
        self._entries[step.id] = replace(self.entry(step.id), status=status)
        self.position += 1
        return self.statement(step.id)

    def _is_skipped(self, quantity: str) -> bool:
        if self.skipped_to is None:
            return False
        place, end = self.derivation.order.find(quantity), self.derivation.order.find(self.skipped_to)
        return place is not None and end is not None and place < end

    def _change(self, quantity: str) -> Change:
        old = before_update(quantity)
        return Change(old, quantity, self.explainer.shown(old), self.explainer.shown(quantity))

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(self.plan) if len(self.plan) <= FEW_STEPS else frozenset()

    @property
    def _reached(self) -> int:
        """How far the order of all steps has come: steps before it that are not asked for are shown."""
        return self.derivation.order.find(self.plan[self.position]) or 0

    def _require_current(self) -> Step:
        step = self.current
        if step is None:
            raise RuntimeError("the walk is finished: there is no step to answer")
        return step


class Watch(Walk):
    """A walk that shows and explains each step."""

    mode = WATCH
    shows_all = True
