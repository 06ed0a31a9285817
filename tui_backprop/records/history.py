"""The history that follows from the events: for each exercise and lesson its runs, for each run its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_backprop.dataclass import dataclass, field
from tui_backprop.records.events import Json
from tui_backprop.records.notes import aside_of
from tui_backprop.tutor.asked import Opening
from tui_backprop.tutor.recorded_mode import recorded_mode


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a run, or one check of a lesson.

    ``given`` is what was typed last, ``verdict`` its judgement; ``accepted`` and ``value`` are the right entry as typed
    and as read. ``attempts`` counts right and wrong entries, ``hints`` is the highest level shown, ``mistakes`` are the
    codes of the last wrong entry. ``unaided``: right at the first attempt, before any hint.
    """

    given: str | None = None
    verdict: str = ""
    accepted: str | None = None
    value: float | None = None
    attempts: int = 0
    hints: int = 0
    revealed: bool = False
    unaided: bool = False
    mistakes: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Is its value known, so that the step need not be asked again?"""
        return self.accepted is not None or self.revealed


@dataclass(frozen=True, slots=True)
class ExerciseRun:
    """One way through an exercise: the same file, mode, detail and parameters.

    ``parameters`` are the values that differ from the file's; ``step`` is where the learner is, empty at the start;
    ``result`` is the result of an exam, ``notation`` the key of the notation that its answers are read in, where that
    was noted. ``goal`` and ``known``: what it was narrowed to when it was opened last. ``completed``: it was finished,
    now or before it was begun again. ``typed``: what was typed and not given yet when it was left, after the name of
    what it answers; empty where nothing was. Times are seconds since 1970.
    """

    digest: str = ""
    mode: str = ""
    detail: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    step: str = ""
    steps: Mapping[str, StepState] = field(default_factory=dict)
    finished: bool = False
    result: Mapping[str, Json] | None = None
    started: float = 0.0
    touched: float = 0.0
    notation: str = ""
    completed: bool = False
    goal: str = ""
    known: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    def typed_at(self, name: str) -> str:
        """What was typed at this step, or question of a lesson, and not given yet when it was left."""
        return self.typed[1] if len(self.typed) == 2 and self.typed[0] == name else ""

    @property
    def done(self) -> int:
        """How many steps need not be asked again; in an exam, how many have an answer."""
        if recorded_mode(self.mode).is_exam:
            return sum(bool(state.given) for state in self.steps.values())
        return sum(state.done for name, state in self.steps.items() if aside_of(name) == (name, "value"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on: an exercise or a lesson (the other is empty), and its run."""

    exercise: str
    lesson: str
    run: ExerciseRun


@dataclass(frozen=True, slots=True)
class History:
    """All that counts of the records. ``exercises`` and ``lessons`` hold the runs of each, the last touched first.

    ``openings``: how far steps are opened in guided mode, by their kind.
    """

    exercises: Mapping[str, tuple[ExerciseRun, ...]] = field(default_factory=dict)
    lessons: Mapping[str, tuple[ExerciseRun, ...]] = field(default_factory=dict)
    settings: Mapping[str, Json] = field(default_factory=dict)
    openings: Mapping[str, Opening] = field(default_factory=dict)

    @property
    def unfinished(self) -> tuple[Place, ...]:
        """The exercises and lessons whose last touched run is not finished, the last touched first."""
        places = [Place(name, "", runs[0]) for name, runs in self.exercises.items() if _is_left(runs)]
        places += [Place("", name, runs[0]) for name, runs in self.lessons.items() if _is_left(runs)]
        return tuple(sorted(places, key=lambda place: place.run.touched, reverse=True))

    @property
    def resume(self) -> Place | None:
        """The place that "Continue" leads to, or None: a practice left without an answer gives way."""
        places = self.unfinished
        kept = (place for place in places if place.run.done or not place.run.known)
        return next(kept, places[0] if places else None)

    def run(
        self,
        exercise: str = "",
        *,
        lesson: str = "",
        digest: str = "",
        mode: str = "quiz",
        detail: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> ExerciseRun | None:
        """The run that an ``opened`` note with these fields continues; None if it begins a new one."""
        wanted = (digest, mode, detail, dict(parameters or {}))
        runs = self.lessons.get(lesson, ()) if lesson else self.exercises.get(exercise, ())
        return next((run for run in runs if (run.digest, run.mode, run.detail, run.parameters) == wanted), None)

    def find_beginning(self, key: str, digest: str, *, lesson: bool = False) -> str:
        """The key under which a lesson or an exercise is recorded.

        It is the name alone where this very file was begun when records did not name courses yet.
        """
        former = key.rpartition("/")[2]
        runs = (self.lessons if lesson else self.exercises).get(former, ())
        return former if any(run.digest == digest for run in runs) else key

    def finished(self, exercise: str = "", *, lesson: str = "") -> bool:
        """Was any run of this exercise or lesson ever finished?"""
        runs = self.lessons.get(lesson, ()) if lesson else self.exercises.get(exercise, ())
        return any(run.completed for run in runs)


def _is_left(runs: Sequence[ExerciseRun]) -> bool:
    """Is there something to go on with? Not in what was finished before and only looked at since."""
    begun = bool(runs[0].done) or any(state.done for state in runs[0].steps.values())  # what stands beside a value, too
    return not runs[0].finished and (begun or not any(run.completed for run in runs))
