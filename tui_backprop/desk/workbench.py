"""The workbench without its screen: a quiz with its numbers, its undo, its goal, and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.choices import CHOICES, Choice
from tui_backprop.desk.exam_end import ExamEnd
from tui_backprop.maths.numerals import many
from tui_backprop.records import notes
from tui_backprop.records.history import Run
from tui_backprop.records.journal import Journal
from tui_backprop.records.session import Recorder, narrowing_of, notation_of, restore, take_up
from tui_backprop.records.settings import keep_notation
from tui_backprop.tutor.edit import again, changed_values, edited
from tui_backprop.tutor.exam import Exam, begin
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing, mastered_in
from tui_backprop.tutor.plan import parameter_of
from tui_backprop.tutor.quiz import Feedback, Mode, Quiz
from tui_backprop.tutor.search import givens_finder
from tui_backprop.tutor.skills import Skill
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

Painter = Callable[[Feedback, str], Callable[[], None]]

_FORMULAS = "formulas"
"""The setting that is kept from one session to the next."""
_FIXED = "In an exam the numbers stay as they are."


class Workbench:
    """One exercise in hand. ``name`` is what it is recorded under; without a journal nothing is noted."""

    def __init__(
        self, exercise: Exercise, *, name: str = "", journal: Journal | None = None, mode: Mode | None = None,
        notation: Notation = HAND_OUT,
    ) -> None:
        self._original = exercise
        self._name = name or exercise.name
        self._journal = journal
        self._notation = notation
        self._earlier: list[tuple[Exercise, tuple[float, ...]]] = []
        self.costs: tuple[float, ...] = ()
        """The cost before each update of this series of rounds; an edit begins another series."""
        self.pending: tuple[str, str] | None = None
        self._formulas = bool(journal and journal.history.settings.get(_FORMULAS))
        start = take_up(journal, self._name, exercise) if journal is not None else None
        how = mode or (start.mode if start else "quiz")
        run = start.run if start and start.mode == how else None
        self._narrowing = EVERYTHING
        self.quiz = self._new_quiz(start.exercise if start else exercise, how, run)
        if run is not None and (narrowing := narrowing_of(run, self.quiz)) != EVERYTHING:
            self._narrowing = narrowing
            self.quiz = self._new_quiz(self.quiz.exercise, how, run)
        restore(self.quiz, run)
        self._recorder = self._new_recorder()
        self.ending = self._new_ending()

    @property
    def title(self) -> str:
        goal, known = self._goal_name, self.quiz.narrowing.known
        return self._original.title + (f" · only {goal}" if goal else " · not mastered yet" if known else "")

    @property
    def changed(self) -> frozenset[str]:
        """The givens that differ from the file's."""
        if self._compared is not self.quiz.exercise:  # after an update of a large network it may be all of them
            self._compared = self.quiz.exercise
            self._changed = frozenset(changed_values(self.quiz.exercise, self._original))
        return self._changed

    _compared: Exercise | None = None
    _changed: frozenset[str] = frozenset()

    @property
    def warning(self) -> str | None:
        """One sentence while what is done can't be saved."""
        return self._recorder.warning if self._recorder else None

    def answer(self, text: str, painter: Painter) -> None:
        """Judge an answer; the painter's call comes once it is safe."""
        feedback = self.quiz.answer(text)
        painted = painter(feedback, text)
        if self._recorder is None:
            painted()
        else:
            self._recorder.answered(feedback, text, painted)

    @property
    def exam(self) -> Exam | None:
        """The exam in hand, if it is one."""
        return self.quiz if isinstance(self.quiz, Exam) else None

    @property
    def asks(self) -> bool:
        """Is anything to be typed now: the answer to a step, or to a question at the end of an exam?"""
        if self.quiz.finished:
            return self.ending is not None and self.ending.asking is not None
        return self.quiz.mode != "watch"

    @property
    def prompt_use(self) -> Literal["quiz", "exam", "reply"]:
        """What is typed now: an answer, an exam's answer, or a reply to a question."""
        return "reply" if self.quiz.finished else "exam" if self.exam else "quiz"

    @property
    def placeholder(self) -> str:
        """What the empty prompt says."""
        if self.quiz.finished:
            return self.ending.asking.placeholder if self.ending and self.ending.asking else ""
        if self.quiz.asked == "formula":
            return "a formula"
        if self.exam is not None:
            return f"a number with {self.quiz.digits_asked}; ! leaves the step out"
        return f"a number with {self.quiz.digits_asked}, or an expression"

    @property
    def suggestion(self) -> str:
        """What stands in the prompt to be taken or changed: an exam's earlier answer, a name for the sheet's file."""
        if self.exam is None:
            return ""
        if self.quiz.finished:
            return self.ending.asking.suggestion if self.ending and self.ending.asking else ""
        return self.quiz.entry(self.quiz.plan[self.quiz.position]).given or ""

    def go_on_from(self, place: int) -> str:
        """Go on from a step further on; what lies before it counts as shown."""
        self.quiz.go_on_from(place)
        if self._recorder:
            self._recorder.advanced()
        return f"Going on from step {self.quiz.number:,}. What lies before it is shown."

    def go_to(self, place: int) -> None:
        """In an exam: to the step at this place, to answer it or to change its answer."""
        if self.exam is not None and not self.exam.handed_in:
            self.exam.go_to(place)
            if self._recorder:
                self._recorder.advanced()

    def reply(self, text: str) -> str:
        """Answer a question at the end of an exam. ExerciseError, in one line, where the sheet can't be written."""
        if self.ending is None:
            return ""
        said = self.ending.reply(text)
        if self.exam is not None and self.exam.marks is not None and self.ending.stage == "name" and self._recorder:
            self._recorder.handed_in(self.exam.marks)
        if self.ending.stage == "done" and self._recorder:
            self._recorder.finished()
        return said

    def hint(self) -> str:
        """The next hint."""
        step = self.quiz.plan[self.quiz.position]
        said = self.quiz.hint()
        if self.exam is not None:
            return said
        if said == self.quiz.question_of(step).goal:  # it stands in the question already
            said = self.quiz.hint()
        if self._recorder:
            self._recorder.hinted(step)
        return said

    def reveal(self) -> str:
        """Show the value asked for."""
        step = self.quiz.plan[self.quiz.position]
        had_answer = self.quiz.entry(step).given is not None
        part, said = self.quiz.asked == "part", self.quiz.reveal()
        if self._recorder and self.exam is not None:
            if had_answer:
                self._recorder.withdrawn(step)
            self._recorder.advanced()
        elif self._recorder and not part:
            self._recorder.revealed(step)
        return said if self.exam or part else f"Shown: {said}"

    def advance(self) -> str:
        """In watch mode, the next step."""
        said = f"Step {self.quiz.number:,}: {self.quiz.advance()}"
        if self._recorder:
            self._recorder.advanced()
        return said

    def find_parameters(self, text: str) -> Sequence[int]:
        """The places in the table of parameters that a name, an id or a word means."""
        return givens_finder(self.quiz.derivation).find(text)

    def why_not(self, quantity: str, text: str) -> str | None:
        """Why a parameter can't have this value; None where it can."""
        if self.exam is not None:
            return _FIXED
        try:
            edited(self.quiz.exercise, quantity, text)
        except ValueError as error:
            return str(error)
        return None

    def ask_edit(self, quantity: str, text: str) -> bool:
        """Change a parameter at once where no answer would be lost; otherwise remember it, to be confirmed."""
        self.pending = (quantity, text)
        if self.quiz.has_answers:
            return False
        self.confirm_edit()
        return True

    @property
    def edit_question(self) -> str:
        """What is asked before an edit that starts the steps again."""
        quantity, text = self.pending or ("", "")
        name = linear(self.quiz.derivation.naming.name(quantity), Glyphs.FULL)
        return f"Start the steps again with {name} = {text}? Undo brings your answers back. Type y or n."

    def confirm_edit(self) -> None:
        """Carry the remembered edit out."""
        if self.pending is not None:
            quantity, text = self.pending
            self.pending = None
            self._go_on_with(edited(self.quiz.exercise, quantity, text))

    def drop_edit(self) -> None:
        """Forget the edit."""
        self.pending = None

    def undo(self) -> bool:
        """Back to the numbers before the last change, and to the answers given with them."""
        if not self._earlier:
            return False
        exercise, self.costs = self._earlier.pop()
        self._renew(exercise, finished_too=True)
        return True

    def again(self) -> None:
        """Another round, with the updated parameters."""
        quiz = self.quiz
        costs = (*self.costs, quiz.derivation.values("C")) if "C'" in quiz.derivation.order else ()
        self._go_on_with(again(quiz.exercise), costs)

    def restart(self) -> None:
        """The same numbers from the first step."""
        self.quiz = self._new_quiz(self.quiz.exercise, self.quiz.mode)
        self._recorder = self._new_recorder(again=True)
        self.ending = self._new_ending()

    @property
    def unsaved_sheet(self) -> str:
        """What to ask before an exam is begun again whose sheet is in no file yet; else empty."""
        if self.ending is None or not self.ending.exam.handed_in or self.ending.stage in ("done", "once more"):
            return ""
        return "Begin the exam again? Its answer sheet is not written yet, and would not be."

    @property
    def choice(self) -> Choice:
        """How the exercise is done now."""
        return "formulas" if self.quiz.formulas and self.quiz.mode == "quiz" else self.quiz.mode

    def choose(self, choice: Choice) -> str:
        """Do it in another way; what is done stays done, and an exam waits until it is chosen again."""
        if choice == self.choice:
            return CHOICES[choice][1]
        given_up = bool(self.gives_up(choice))
        if given_up:
            self.restart()
        self._formulas = choice == "formulas"
        if self._journal is not None:
            self._journal.record(notes.setting(_FORMULAS, self._formulas))
        mode: Mode = "quiz" if choice == "formulas" else choice
        from_exam = self.exam is not None
        if from_exam or mode == "exam":
            self._renew(self.quiz.exercise, mode)
        else:
            self._keep_entries(self._new_quiz(self.quiz.exercise, mode))
        if self.exam is not None and self.exam.handed_in:
            return "These are the marks of your last exam here."
        note = "" if not from_exam else " The exam is given up." if given_up else " The exam waits."
        return f"{CHOICES[choice][0]}: {CHOICES[choice][1]}{note}"

    def gives_up(self, choice: Choice) -> str:
        """What to ask before an exam is left for a way in which its values are shown; else empty."""
        answers = len(self.exam.answers) if self.exam is not None and not self.exam.handed_in else 0
        if not answers or choice == "exam":
            return ""
        return f"Give the exam up? Its {many(answers, 'answer')} will not count, and next time it begins anew."

    def narrow(self, narrowing: Narrowing) -> str:
        """Ask only for this; what is done stays done."""
        self._narrowing = narrowing
        self._keep_entries(self._new_quiz(self.quiz.exercise, self.quiz.mode))
        if self._goal_name:
            return f"Only what {self._goal_name} needs is asked."
        return "Only what is not mastered is asked." if narrowing.known else "Everything is asked."

    @property
    def mastered(self) -> tuple[Skill, ...]:
        """The skills of this exercise that are mastered, and not due again."""
        return mastered_in(self.quiz.derivation, self._journal.standing()) if self._journal else ()

    @property
    def newly_mastered(self) -> tuple[Skill, ...]:
        """What this way through the exercise, which is at its end, has mastered."""
        if self._ended is not self.quiz:  # all records are read for it
            run = self._run_of(self.quiz.exercise, self.quiz.mode)
            self._ended = self.quiz
            self._newly = self._journal.mastered_since(run.started) if self._journal and run else ()
        return self._newly

    _ended: Quiz | None = None
    _newly: tuple[Skill, ...] = ()

    @property
    def parameter_in_hand(self) -> str | None:
        """The weight, bias or input that the current step is about, by its id; None where it is about none."""
        if self.quiz.finished:
            return None
        return parameter_of(self.quiz.derivation, self.quiz.plan[self.quiz.position])

    def looked_up(self, quantities: Sequence[str]) -> None:
        """Values that were shown before they were found: an answer there is not unaided any more."""
        for quantity in quantities:
            self.quiz.looked_up(quantity)
            if self._recorder:
                self._recorder.hinted(quantity)

    @property
    def notation(self) -> Notation:
        return self._notation

    def use(self, notation: Notation) -> str:
        """Go on in another notation; it is kept for the other exercises too."""
        if self.exam is not None:
            return "An exam goes on in the notation it was begun in."
        self._notation = notation
        if self._journal is not None:
            keep_notation(self._journal, notation)
        self._keep_entries(self._new_quiz(self.quiz.exercise, self.quiz.mode))
        return f"Notation: {notation.title}."

    @property
    def _goal_name(self) -> str:
        """The one weight or bias that is asked for; empty where no one is."""
        goal = self.quiz.narrowing.goal
        return linear(self.quiz.derivation.naming.name(goal), Glyphs.FULL) if goal is not None else ""

    def _go_on_with(self, exercise: Exercise, costs: tuple[float, ...] = ()) -> None:
        self._earlier.append((self.quiz.exercise, self.costs))
        self.costs = costs
        self._renew(exercise)

    def _renew(self, exercise: Exercise, mode: Mode | None = None, *, finished_too: bool = False) -> None:
        """Other numbers or an exam: a run of its own, taken up where it was if there has been one.

        ``finished_too``: one that came to its end is shown at its end, and not begun again.
        """
        how = mode or self.quiz.mode
        run = self._run_of(exercise, how)
        if run is not None and run.finished and not finished_too and run.result is None:
            run = None
        if run is not None and mode not in (None, "exam"):  # back from an exam
            self._narrowing = narrowing_of(run, self.quiz)
        self.quiz = self._new_quiz(exercise, how, run)
        restore(self.quiz, run)
        self._recorder = self._new_recorder()
        self.ending = self._new_ending()

    def _keep_entries(self, quiz: Quiz) -> None:
        quiz.restore(self.quiz.entries, self.quiz.skipped_to)
        self.quiz = quiz
        self._recorder = self._new_recorder()
        if self._recorder:
            self._recorder.advanced()

    def _new_quiz(self, exercise: Exercise, mode: Mode, run: Run | None = None) -> Quiz:
        return begin(exercise, mode, narrowing=self._narrowing, notation=notation_of(run, self._notation),
                     formulas=self._formulas)

    def _new_ending(self) -> ExamEnd | None:
        if not isinstance(self.quiz, Exam):
            return None
        run = self._run_of(self.quiz.exercise, "exam") if self.quiz.handed_in else None
        return ExamEnd(self.quiz, self._name, is_over=run is not None and run.finished)

    def _new_recorder(self, *, again: bool = False) -> Recorder | None:
        if self._journal is None:
            return None
        return Recorder(self._journal, self._name, self._original, self.quiz, again=again)

    def _run_of(self, exercise: Exercise, mode: Mode) -> Run | None:
        """What is recorded of an exercise with these numbers."""
        if self._journal is None:
            return None
        return self._journal.history.run(self._name, digest=self._original.digest, mode=mode, detail=exercise.detail,
                                         parameters=changed_values(exercise, self._original))
