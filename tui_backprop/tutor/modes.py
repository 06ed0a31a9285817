"""The modes in which an exercise can be done. A further one is a kind of walk, and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.notation import Notation
from tui_backprop.tutor import recorded_mode
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.recorded_mode import RecordedMode
from tui_backprop.tutor.walk import Walk, Watch

if TYPE_CHECKING:
    from tui_backprop.tutor.fading import Experience


class Beginning(Protocol):
    """Begins a walk at its first step.

    ``experience`` is called by the modes that depend on what the learner met before.
    """

    def __call__(
        self, exercise: Exercise, *, narrowing: Narrowing, notation: Notation, experience: Callable[[], Experience]
    ) -> Walk: ...


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of doing an exercise: its ``key``, its title, and what it means in a sentence.

    ``recorded``: what the walks that it begins are recorded as. Of several modes recorded alike, the plain one has the
    recorded word for its key.
    """

    key: str
    title: str
    meaning: str
    recorded: RecordedMode
    begin: Beginning


def _begin_guided(
    exercise: Exercise, *, narrowing: Narrowing, notation: Notation, experience: Callable[[], Experience]
) -> Walk:
    from tui_backprop.tutor.guided import Guided  # a plain quiz does not wait for it

    return Guided(exercise, narrowing=narrowing, notation=notation, experience=experience())


def _begin_exam(
    exercise: Exercise, *, narrowing: Narrowing, notation: Notation, experience: Callable[[], Experience]
) -> Walk:
    from tui_backprop.tutor.exam import Exam

    del narrowing, experience  # an exam asks what the exercise asks
    return Exam(exercise, notation=notation)


def _simply(walk: Callable[..., Walk], **options: bool) -> Beginning:
    """Begins a kind of walk that does not depend on what the learner met before."""
    def begin(
        exercise: Exercise, *, narrowing: Narrowing, notation: Notation, experience: Callable[[], Experience]
    ) -> Walk:
        del experience
        return walk(exercise, narrowing=narrowing, notation=notation, **options)

    return begin


GUIDED: Final = Mode(
    "guided", "Guided", "A new kind of step is worked for you. The next one has a number missing. Then you do it all.",
    recorded_mode.GUIDED, _begin_guided)
QUIZ: Final = Mode("quiz", "Quiz", "Each value is asked for before it is shown.", Quiz.mode, _simply(Quiz))
FORMULAS: Final = Mode(
    "formulas", "Quiz with formulas", "Each kind of factor is asked for as an expression, then as a number.",
    Quiz.mode, _simply(Quiz, formulas=True))
PREDICTIONS: Final = Mode(
    "predictions", "Quiz with predictions",
    "The sign before the size. Then what reuse saves, and which weight matters most.", Quiz.mode,
    _simply(Quiz, predictions=True))
QUIZZES: Final = (FORMULAS, PREDICTIONS)
"""Quizzes that ask for more. The one chosen last is kept as a setting, named by its key."""
MODES: Final[Mapping[str, Mode]] = {mode.key: mode for mode in (
    GUIDED,
    PREDICTIONS,
    QUIZ,
    FORMULAS,
    Mode("watch", "Watch", "Each step is shown and explained. Enter goes on.", Watch.mode, _simply(Watch)),
    Mode("exam", "Exam", "No hints, and no word until you hand in. Then it is marked.", recorded_mode.EXAM,
         _begin_exam),
)}
"""The modes by their keys, in the order in which they are offered."""
