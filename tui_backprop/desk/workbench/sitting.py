"""A walk together with its record: what the learner does in the walk is also noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tui_backprop.course.exercise import Exercise
from tui_backprop.records.history import ExerciseRun
from tui_backprop.records.journal import Journal
from tui_backprop.records.notes import aside
from tui_backprop.records.session import Recorder, Start, restore, take_up
from tui_backprop.tutor.asked import BESIDE, Asked
from tui_backprop.tutor.edit import list_changed_values
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.walk import Walk

if TYPE_CHECKING:
    from tui_backprop.tutor.marking import Marked

Painter = Callable[[Feedback, str], Callable[[], None]]
"""Takes a judgement and the typed text; returns the function to call, from another thread, once it is saved."""
_JUDGES = ("heard", "judging", "names_here", "own_values", "manners", "predictions", "mistakes.diagnosis")
"""The modules that read and judge an answer."""


def load_judges() -> None:
    """Import what the question did not need, so that its answer does not wait for it."""
    for name in _JUDGES:
        import_module(f"tui_backprop.tutor.{name}")


class Logbook:
    """Records one exercise under ``name``, compared with its file; without a journal, nowhere."""

    def __init__(self, journal: Journal | None, name: str, original: Exercise) -> None:
        self.journal = journal
        self.name = name if journal is None else journal.history.find_beginning(name, original.digest)
        self.original = original

    def left(self) -> Start:
        """Where the learner left the exercise."""
        return Start(self.original) if self.journal is None else take_up(self.journal, self.name, self.original)

    def run_of(self, exercise: Exercise, mode: str) -> ExerciseRun | None:
        """The run recorded for the exercise with these numbers in this mode; None where there is none."""
        if self.journal is None:
            return None
        return self.journal.history.run(self.name, digest=self.original.digest, mode=mode, detail=exercise.detail,
                                        parameters=list_changed_values(exercise, self.original))

    def list_met(self, exercise: Exercise) -> frozenset[str]:
        """The steps that were tried with the numbers of this exercise, ever. Reads all records."""
        if self.journal is None:
            return frozenset()
        from tui_backprop.records.attempts import list_tried  # few sittings need it

        return list_tried(self.journal.attempts, self.name, self.original.digest,
                          list_changed_values(exercise, self.original))

    def sit(self, walk: Walk, run: ExerciseRun | None = None, *, again: bool = False) -> Sitting:
        """A sitting at a fresh walk, taken up where this run was left; ``again``: begun from the first step."""
        restore(walk, run)
        sitting = self._at(walk, again=again)
        if run is not None and not again:
            sitting.typed = run.typed
        return sitting

    def sit_on(self, walk: Walk, before: Walk) -> Sitting:
        """A sitting at a fresh walk, with the same numbers, in which all that was done in ``before`` is done."""
        walk.restore(before.entries, before.skipped_to)
        sitting = self._at(walk)
        sitting.note_place()
        return sitting

    def _at(self, walk: Walk, *, again: bool = False) -> Sitting:
        if self.journal is None:
            return Sitting(walk, None)
        return Sitting(walk, Recorder(self.journal, self.name, self.original, walk, again=again))


class Sitting:
    """One learner at one walk: does a thing in the walk, and notes it."""

    def __init__(self, walk: Walk, recorder: Recorder | None) -> None:
        self.walk = walk
        self._recorder = recorder
        self.typed: Sequence[str] = ()
        """What is typed and noted but not given yet, after the name of what it answers."""

    @property
    def warning(self) -> str | None:
        """One sentence while something cannot be saved; else None."""
        return self._recorder.warning if self._recorder else None

    def answer(self, text: str, painter: Painter | None = None) -> Feedback:
        """Judge an answer; the painter's function is called once it is saved."""
        self.typed = ()
        feedback = self.walk.answer(text)
        self._note_answer(feedback, text, painter)
        return feedback

    def _note_answer(self, feedback: Feedback, text: str, painter: Painter | None) -> None:
        painted = painter(feedback, text) if painter is not None else None
        if self._recorder is not None and not feedback.repeated:
            self._recorder.note_answer(feedback, text, painted)
        elif painted is not None:
            painted()

    @property
    def draft(self) -> str:
        """What was typed for the current question, and not given yet when it was left."""
        return self.typed[1] if self.typed and self.typed[0] == self._asked_name else ""

    def note_typed(self, text: str) -> None:
        """Note what stands in the prompt as the learner leaves; nothing where it is noted already."""
        typed = (self._asked_name, text) if text else ()
        if self._recorder is not None and self.walk.here is not None and typed != tuple(self.typed):
            self.typed = typed
            self._recorder.note_typed(self._asked_name, text)

    @property
    def _asked_name(self) -> str:
        return aside(self.walk.here or "", self.walk.asked)

    def note_answer_beside(self, feedback: Feedback, text: str, painter: Painter | None = None) -> None:
        """Note an answer to a question beside a finished step; the painter's function is called once it is saved."""
        if feedback.right:
            self.walk.note_answer_beside(feedback.id, feedback.asked)
        self._note_answer(feedback, text, painter)

    def note_shown_beside(self, quantity: str, asked: Asked) -> None:
        """Note that the answer to a question beside a step was shown."""
        self.walk.note_answer_beside(quantity, asked)
        if self._recorder is not None:
            self._recorder.note_reveal(quantity, asked)

    def hint(self, *, told: str = "") -> str:
        """The next hint for the current step that is not ``told`` already."""
        step, asked, said = self.walk.here, self.walk.asked, self.walk.hint()
        if said == told:
            said = self.walk.hint()
        if self._recorder and step is not None and self.walk.gives_hints:
            self._recorder.note_hint(step, asked)
        return said

    def reveal(self) -> str:
        """Show the value that is asked for, or in an exam leave the step out; gives the message."""
        walk, step = self.walk, self.walk.here
        if step is None:
            return ""
        self.typed = ()
        asked, place, had_answer = walk.asked, walk.position, walk.entry(step).given is not None
        said = walk.reveal()
        if self._recorder and (walk.entry(step).status == "revealed" or asked in BESIDE):
            self._recorder.note_reveal(step, asked)
        elif self._recorder and walk.position != place:
            if had_answer:
                self._recorder.note_withdrawal(step)
            self._recorder.note_place()
        return said

    def advance(self) -> str:
        """Show the next step, which is not asked for; gives the message."""
        said = self.walk.advance()
        self.note_place()
        return said

    def go_on_from(self, place: int) -> None:
        """Go on from a later step; those before it count as shown."""
        self.walk.go_on_from(place)
        self.note_place()

    def go_to(self, place: int) -> None:
        """Go to the step at this place, where the walk moves freely."""
        self.walk.go_to(place)
        self.note_place()

    def note_looked_up(self, quantities: Sequence[str]) -> None:
        """Note values that were shown before they were found: answers there no longer count as unaided."""
        for quantity in quantities:
            self.walk.note_looked_up(quantity)
            if self._recorder:
                self._recorder.note_hint(quantity)

    def note_hand_in(self, marks: Marked) -> None:
        """Note that the exam was handed in and marked."""
        if self._recorder:
            self._recorder.note_hand_in(marks)

    def finish(self) -> None:
        """Note that nothing is left to do."""
        if self._recorder:
            self._recorder.note_finish()

    def note_place(self) -> None:
        """Note where the walk is."""
        if self._recorder:
            self._recorder.note_place()
