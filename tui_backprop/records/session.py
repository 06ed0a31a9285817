"""Connects a walk with the records: notes each thing the learner does, and takes a run up where it was left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.records import notes
from tui_backprop.records.history import ExerciseRun
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.asked import BESIDE, Asked
from tui_backprop.tutor.edit import list_changed_values, with_values
from tui_backprop.tutor.entries import Feedback, Status, StepEntry
from tui_backprop.tutor.narrowing import Narrowing, valid
from tui_backprop.tutor.recorded_mode import QUIZ, RECORDED_MODES, RecordedMode
from tui_backprop.tutor.skills import skill_of
from tui_backprop.tutor.walk import Walk

if TYPE_CHECKING:
    from tui_backprop.tutor.marking import Marked


@dataclass(frozen=True, slots=True)
class Start:
    """How an exercise is begun: with its numbers, in which mode, and with the run that it continues, if any."""

    exercise: Exercise
    mode: RecordedMode = QUIZ
    run: ExerciseRun | None = None


def take_up(journal: Journal, name: str, original: Exercise) -> Start:
    """Where the learner left an exercise: the run touched last, if it is unfinished and the file is the same.

    ``name`` is the key under which the exercise is recorded: a shipped name, or a path.
    """
    runs = journal.history.exercises.get(name, ())
    run = runs[0] if runs else None
    if run is None or run.mode not in RECORDED_MODES or run.finished or run.digest != original.digest:
        return Start(original)
    try:
        exercise = with_values(original, run.parameters)
    except (ValueError, KeyError):
        return Start(original)
    return Start(exercise, RECORDED_MODES[run.mode], run)


class Recorder:
    """Notes what happens in one walk. ``painted`` is called, from another thread, once an answer is safe."""

    def __init__(self, journal: Journal, name: str, original: Exercise, walk: Walk, *, again: bool) -> None:
        self._journal = journal
        self._name = name
        self._walk = walk
        exercise = walk.exercise
        parameters = list_changed_values(exercise, original)
        earlier = journal.history.run(name, digest=original.digest, mode=walk.mode.word, detail=exercise.detail,
                                      parameters=parameters)
        at_start = walk.position == 0 and not walk.entries
        over = earlier is not None and earlier.finished and at_start  # the run is begun again, not continued
        journal.record(notes.opened(
            name, digest=original.digest, mode=walk.mode.word, detail=exercise.detail, parameters=parameters,
            again=again or over, notation=walk.derivation.notation.key if walk.is_fixed else "",
            goal=walk.narrowing.goal, known=walk.narrowing.known,
        ))

    @property
    def warning(self) -> str | None:
        """One short sentence for the learner while something could not be saved; else None."""
        return self._journal.brief

    def note_answer(self, feedback: Feedback, text: str, painted: Callable[[], None] | None = None) -> None:
        """Note an answer that was judged, or in an exam taken down; and the end of the quiz, if it was the last."""
        aside = notes.aside(feedback.id, feedback.asked)
        verdict = "" if feedback.verdict == "noted" else feedback.verdict
        self._journal.record(notes.answered(
            aside, text, verdict, exercise=self._name, value=feedback.value, mistakes=feedback.mistakes,
            skill=self._skill(feedback.id),
        ), painted)
        self._note_whereabouts()

    def note_hand_in(self, marks: Marked) -> None:
        """Note that an exam was handed in and marked."""
        right = [mark.id for mark in marks.marks if mark.scores]
        self._journal.record(notes.submitted(self._name, score=marks.score, out_of=marks.out_of, right=right))

    def note_withdrawal(self, quantity: str) -> None:
        """Note that an exam's answer was taken back: an empty one stands in its place."""
        self._journal.record(notes.answered(quantity, "", "", exercise=self._name))

    def note_finish(self) -> None:
        """Note that an exam's sheet is written, so that nothing is left to do."""
        self._journal.record(notes.finished(exercise=self._name))

    def note_hint(self, quantity: str, asked: Asked = "value") -> None:
        """Note that a hint was shown for a step, or for what is asked beside it."""
        hints, skill, name = self._walk.entry(quantity).hints, self._skill(quantity), _name_aside(quantity, asked)
        self._journal.record(notes.hinted(name, hints, exercise=self._name, skill=skill))

    def note_reveal(self, quantity: str, asked: Asked = "value") -> None:
        """Note that a step's value was shown before it was found."""
        name, skill = _name_aside(quantity, asked), self._skill(quantity)
        self._journal.record(notes.revealed(name, exercise=self._name, skill=skill))
        self._note_whereabouts()

    def note_place(self) -> None:
        """Note that, in watch mode, the next step was shown."""
        self._note_whereabouts()

    def note_typed(self, name: str, text: str) -> None:
        """Note what is typed for the step of this name and not given yet, as the learner leaves."""
        typed = (name, text) if text else ()
        self._journal.record(notes.moved(self._walk.whereabouts or "", exercise=self._name, typed=typed))

    def _skill(self, quantity: str) -> str:
        skill = skill_of(self._walk.derivation, quantity)
        return skill.key if skill else ""

    def _note_whereabouts(self) -> None:
        step, openings = self._walk.whereabouts, self._walk.learnt
        self._journal.record(notes.moved(step, exercise=self._name, openings=openings) if step is not None
                             else notes.finished(exercise=self._name, openings=openings))


def _name_aside(quantity: str, asked: Asked) -> str:
    """The name under which help is noted: help with a step's formula or part counts as help with the step itself."""
    return notes.aside(quantity, asked) if asked in BESIDE else quantity


def notation_of(run: ExerciseRun | None, chosen: Notation) -> Notation:
    """The notation in which a run goes on: for an exam that of its answers, else the one that is chosen."""
    return NOTATIONS.get(run.notation, chosen) if run is not None else chosen


def narrowing_of(run: ExerciseRun, walk: Walk) -> Narrowing:
    """What a run was narrowed to, without what is not valid for this walk's exercise."""
    return valid(Narrowing(run.goal or None, run.known), walk.derivation)


def restore(walk: Walk, run: ExerciseRun | None) -> None:
    """Bring a fresh walk to where a run was left."""
    if run is None:
        return
    entries: dict[str, StepEntry] = {}
    for name, state in run.steps.items():
        quantity, asked = notes.aside_of(name)
        entry = entries.get(quantity, StepEntry())
        if asked == "formula":
            entries[quantity] = replace(entry, formula=state.accepted)
        elif asked in BESIDE and state.done:
            entries[quantity] = replace(entry, beside=entry.beside | {asked})
        elif asked == "value":
            status: Status = "answered" if state.accepted is not None else "revealed" if state.revealed else "open"
            entries[quantity] = StepEntry(status, state.accepted or state.given, state.value, state.attempts,
                                          state.hints,
                                          frozenset(state.mistakes), entry.formula, entry.beside, state.mistakes[:1])
    walk.take_up(entries, run.step, handed_in=run.result is not None)
