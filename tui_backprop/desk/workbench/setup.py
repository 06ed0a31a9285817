"""How an exercise is done: with which numbers, in which mode, narrowed to what, in which notation."""

from __future__ import annotations

from contextlib import suppress

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.following import exercise_after
from tui_backprop.desk.workbench.ending import Ending
from tui_backprop.desk.workbench.exam_end import ExamEnd
from tui_backprop.desk.workbench.numbers import EditedNumbers
from tui_backprop.desk.workbench.round_end import RoundEnd
from tui_backprop.desk.workbench.sitting import Logbook, Sitting
from tui_backprop.records import notes
from tui_backprop.records.history import ExerciseRun
from tui_backprop.records.journal import Journal
from tui_backprop.records.session import narrowing_of, notation_of
from tui_backprop.records.settings import keep_notation
from tui_backprop.tutor.edit import again as updated
from tui_backprop.tutor.edit import with_fresh_numbers
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.fading import NEWCOMER, Experience
from tui_backprop.tutor.modes import GUIDED, MODES, QUIZ, QUIZZES, Mode
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing, list_mastered, to_skill
from tui_backprop.tutor.skills import SKILLS, Skill, skill_of, skills_in
from tui_backprop.tutor.walk import Walk

_MOST_DRAWN = 50


class Setup:
    """How an exercise is done. Whenever any of it changes, :attr:`sitting` becomes a new one with another walk.

    ``name`` is the exercise's key in the records; without a journal nothing is noted. ``mode``: the key of the mode to
    use; ``offered``: of the mode to begin in, where no run is left to go on with. ``from_lesson``: the learner came
    from a lesson. ``practised``: the key of the one skill that is asked for; a run that is past its steps begins again.
    """

    def __init__(
        self, exercise: Exercise, *, name: str = "", journal: Journal | None = None, mode: str | None = None,
        offered: str | None = None, notation: Notation = HAND_OUT, from_lesson: bool = False, practised: str = "",
    ) -> None:
        self._journal = journal
        self.is_newcomer = journal is not None and not journal.history.exercises and not from_lesson
        """Has the learner done no exercise yet, and come here without a lesson?"""
        self.back_to = "the lesson" if from_lesson else "your progress" if practised else ""
        """Where the learner came from on the way, in words; empty for the contents."""
        self._log = Logbook(journal, name or exercise.name, exercise)
        self._narrowing = EVERYTHING
        self.notation = notation
        start = self._log.left()
        key = mode or (offered if start.run is None else None)
        self.mode = MODES[key or start.mode.word]
        settings = journal.history.settings if journal is not None else {}
        if self.mode is QUIZ:
            self.mode = next((quiz for quiz in QUIZZES if settings.get(quiz.key)), QUIZ)
        self.numbers = EditedNumbers(exercise, start.exercise)
        run = start.run if start.mode == self.mode.recorded else None
        walk = self._new_walk(run)
        if run is not None and (narrowing := narrowing_of(run, walk)) != EVERYTHING:
            self._narrowing = narrowing
            walk = self._new_walk(run)
        self.sitting = self._log.sit(walk, run)
        self._ending: Ending | None = None
        self._practised = practised
        if self._practice != EVERYTHING:
            self._practise()

    @property
    def _practice(self) -> Narrowing:
        """The narrowing to the skill that is practised."""
        return to_skill(self.sitting.walk.derivation, self._practised)

    def practise(self, skill: str) -> str:
        """Ask for the steps of this skill alone, in another round where there are new weights; gives a message."""
        self._practised = skill
        self._practise()
        return f"Only “{SKILLS[skill].title}” is asked. F4 asks for everything again."

    def _practise(self) -> None:
        """Ask for the steps of the one skill that is practised.

        If they are all done, from the first one again: where that is possible with the updated numbers, since a skill
        is mastered at different ones; else with drawn ones.
        """
        self._narrowing = self._practice
        if self.mode not in (QUIZ, *QUIZZES):
            self.mode = QUIZ
        before = self.sitting.walk
        plan = self._new_walk().plan
        is_over = all(step in before.entries for step in plan) or self._is_met(self.numbers.exercise)
        if before.is_fixed:
            self.restart()
        elif not is_over:
            self._change_walk()
        elif before.results() and not self._is_met(updated(self.numbers.exercise)):
            self.again()
        else:
            self._draw_numbers()

    def _is_met(self, exercise: Exercise) -> bool:
        """Were all steps of the skill that is practised tried with these numbers before?"""
        met, walk = self._log.list_met(exercise), self._new_walk()
        skills = {step: skill_of(walk.derivation, step) for step in walk.plan}
        return bool(met) and all(
            step in met for step, skill in skills.items() if skill is not None and skill.key == self._practised)

    def _draw_numbers(self) -> None:
        """Begin with drawn numbers that were not met yet; with the same ones where none are found."""
        for seed in range(1, _MOST_DRAWN):
            with suppress(ValueError):
                drawn = with_fresh_numbers(self.numbers.original, seed)
                if not self._is_met(drawn):
                    self.go_on_with(drawn)
                    return
        self.restart()

    @property
    def keeps_mode(self) -> str | None:
        """The key of the mode in which the next exercise is begun too; None where that is its own matter."""
        return GUIDED.key if self.mode is GUIDED else None

    @property
    def title(self) -> str:
        """The exercise's title; before it what is asked for where that is not all, since a long title is cut."""
        known = self.sitting.walk.narrowing.known
        asked = (
            f"Only {self.goal_name} · " if self.goal_name else
            f"Practice: {SKILLS[self._practised].title} · " if known and self._narrowing == self._practice else
            "Not mastered yet · " if known else "")
        return asked + self._log.original.title

    @property
    def goal_name(self) -> str:
        """The name of the one weight or bias that is asked for; empty where all are."""
        walk = self.sitting.walk
        goal = walk.narrowing.goal
        return walk.derivation.name_of(goal) if goal is not None else ""

    @property
    def mastered(self) -> tuple[Skill, ...]:
        """The skills of this exercise that are mastered, and not due again."""
        return list_mastered(self.sitting.walk.derivation, self._journal.standing()) if self._journal else ()

    @property
    def ending(self) -> Ending:
        """The ending of this walk. Reads all records."""
        if self._ending is None:
            self._ending = self._new_ending()
        return self._ending

    def edit(self, quantity: str, text: str) -> None:
        """Give a parameter another value. Raises ValueError, with one sentence, where it cannot have it."""
        self.numbers.edit(quantity, text)
        self._renew()

    def go_on_with(self, exercise: Exercise) -> None:
        """Go on with the numbers of this exercise."""
        self.numbers.replace(exercise)
        self._renew()

    def undo(self) -> bool:
        """Go back to the numbers before the last change, and to the answers given with them; False where none was."""
        undone = self.numbers.undo()
        if undone:
            self._renew(finished_too=True)
        return undone

    def again(self) -> None:
        """Begin another round, with the updated parameters."""
        derivation = self.sitting.walk.derivation
        goal, after = derivation.graph.goal, derivation.graph.goal_after
        self.numbers.update(derivation.values(goal) if after in derivation.order else None)
        self._renew()

    def restart(self) -> None:
        """Begin with the same numbers from the first step."""
        self._sit(self._log.sit(self._new_walk(), again=True))

    def choose(self, mode: Mode) -> None:
        """Go on in another mode; finished steps stay finished, and an exam waits until it is chosen again."""
        from_exam, self.mode = self.sitting.walk.is_fixed, mode
        if self._journal is not None:
            for quiz in QUIZZES:
                self._journal.record(notes.setting(quiz.key, mode is quiz))
        if from_exam or mode.recorded.is_exam:
            self._renew(mode_changed=True)
        else:
            self._change_walk()

    def narrow(self, narrowing: Narrowing) -> None:
        """Ask only for this; finished steps stay finished."""
        self._narrowing = narrowing
        self._change_walk()

    def use(self, notation: Notation) -> None:
        """Go on in another notation, which is kept for other exercises too."""
        self.notation = notation
        if self._journal is not None:
            keep_notation(self._journal, notation)
        self._change_walk()

    def _renew(self, *, mode_changed: bool = False, finished_too: bool = False) -> None:
        """Sit down with other numbers, or to an exam: a run of its own, taken up where it was if there was one.

        ``finished_too``: a finished run is shown at its end, and not begun again.
        """
        run = self._log.run_of(self.numbers.exercise, self.mode.recorded.word)
        if run is not None and run.finished and not finished_too and run.result is None:
            run = None
        if run is not None and mode_changed and not self.mode.recorded.is_exam:  # back from an exam
            self._narrowing = narrowing_of(run, self.sitting.walk)
        self._sit(self._log.sit(self._new_walk(run), run))

    def _change_walk(self) -> None:
        """Sit down with the same numbers in another way; finished steps stay finished."""
        self._sit(self._log.sit_on(self._new_walk(), self.sitting.walk))

    def _new_walk(self, run: ExerciseRun | None = None) -> Walk:
        return self.mode.begin(self.numbers.exercise, narrowing=self._narrowing,
                               notation=notation_of(run, self.notation), experience=self._experience)

    def _experience(self) -> Experience:
        return self._journal.experience() if self._journal is not None else NEWCOMER

    def _sit(self, sitting: Sitting) -> None:
        self.sitting, self._ending = sitting, None

    def _new_ending(self) -> Ending:
        walk = self.sitting.walk
        run = self._log.run_of(walk.exercise, walk.mode.word)
        if isinstance(walk, Exam):
            is_over = walk.handed_in and run is not None and run.finished
            return ExamEnd(walk, self.sitting, self._log.name, self.practise, is_over=is_over)
        newly = self._journal.list_newly_mastered(run.started) if self._journal and run else ()
        mastered = [skill for skill in newly if skill in skills_in(walk.derivation)]  # others are of other exercises
        following = exercise_after(self._log.name, self._journal.history) if self._journal else None
        if following is not None and self.keeps_mode is not None:
            following = (following[0], f"{following[1]}, {self.mode.title.lower()}")
        return RoundEnd(walk, self.numbers.costs, mastered, following, back_to=self.back_to, practise=self.practise)
