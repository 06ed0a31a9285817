"""The workbench without its screen: a quiz with its numbers, its undo, its goal, and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.records.journal import Journal
from tui_backprop.records.session import Recorder, restore, take_up
from tui_backprop.tutor.edit import again, changed_values, edited
from tui_backprop.tutor.quiz import Feedback, Mode, Quiz
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

Painter = Callable[[Feedback, str], Callable[[], None]]


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
        self._goal: tuple[str, ...] | None = None
        self._earlier: list[Exercise] = []
        self.pending: tuple[str, str] | None = None
        start = take_up(journal, self._name, exercise) if journal is not None else None
        self.quiz = Quiz(start.exercise if start else exercise, mode=mode or (start.mode if start else "quiz"),
                         notation=notation)
        restore(self.quiz, start.run if start else None)
        self._recorder = self._new_recorder()

    @property
    def title(self) -> str:
        goal = f" · only {self._goal_name}" if self._goal else ""
        return self._original.title + goal

    @property
    def changed(self) -> frozenset[str]:
        """The givens that differ from the file's."""
        return frozenset(changed_values(self.quiz.exercise, self._original))

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

    def hint(self) -> str:
        """The next hint."""
        step = self.quiz.plan[self.quiz.position]
        said = self.quiz.hint()
        if said == self.quiz.question_of(step).goal:  # it stands in the question already
            said = self.quiz.hint()
        if self._recorder:
            self._recorder.hinted(step)
        return said

    def reveal(self) -> str:
        """Show the value asked for."""
        step = self.quiz.plan[self.quiz.position]
        said = self.quiz.reveal()
        if self._recorder:
            self._recorder.revealed(step)
        return said

    def advance(self) -> str:
        """In watch mode, the next step."""
        said = self.quiz.advance()
        if self._recorder:
            self._recorder.advanced()
        return said

    def why_not(self, quantity: str, text: str) -> str | None:
        """Why a parameter can't have this value; None where it can."""
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
        self._renew(self._earlier.pop())
        return True

    def again(self) -> None:
        """Another round, with the updated parameters."""
        self._go_on_with(again(self.quiz.exercise))

    def restart(self) -> None:
        """The same numbers from the first step."""
        self.quiz = self._new_quiz(self.quiz.exercise, self.quiz.mode)
        self._recorder = self._new_recorder(again=True)

    def switch_mode(self) -> str:
        """From quiz to watch, or back; what is done stays done."""
        mode: Mode = "watch" if self.quiz.mode == "quiz" else "quiz"
        self._keep_entries(self._new_quiz(self.quiz.exercise, mode))
        return ("Watch: each step is shown and explained. Enter goes on." if mode == "watch"
                else "Quiz: each value is asked for before it is shown.")

    def next_goal(self) -> str:
        """Another weight to differentiate, or all of them in turn."""
        graph = self.quiz.derivation.graph
        if not isinstance(graph, NetworkGraph):
            return "A circuit is asked as a whole."
        goals = [None, *(parameter.id for parameter in self.quiz.parameters if parameter.kind in ("weight", "bias"))]
        current = goals.index(self._goal_id) if self._goal_id in goals else 0
        chosen = goals[(current + 1) % len(goals)]
        self._goal = None if chosen is None else (chosen.partition(" ")[2],)
        self._goal_id = chosen
        self._keep_entries(self._new_quiz(self.quiz.exercise, self.quiz.mode))
        return "All weights are asked." if chosen is None else f"Only what {self._goal_name} needs is asked."

    _goal_id: str | None = None

    @property
    def _goal_name(self) -> str:
        return linear(self.quiz.derivation.naming.name(self._goal_id or "r"), Glyphs.FULL)

    def _go_on_with(self, exercise: Exercise) -> None:
        self._earlier.append(self.quiz.exercise)
        self._renew(exercise)

    def _renew(self, exercise: Exercise) -> None:
        """Other numbers: a run of their own, taken up where it was if there has been one."""
        self.quiz = self._new_quiz(exercise, self.quiz.mode)
        if self._journal is not None:
            run = self._journal.history.run(
                self._name, digest=self._original.digest, mode=self.quiz.mode, detail=exercise.detail,
                parameters=changed_values(exercise, self._original))
            if run is not None and not run.finished:
                restore(self.quiz, run)
        self._recorder = self._new_recorder()

    def _keep_entries(self, quiz: Quiz) -> None:
        quiz.restore(self.quiz.entries)
        self.quiz = quiz
        self._recorder = self._new_recorder()
        if self._recorder:
            self._recorder.advanced()

    def _new_quiz(self, exercise: Exercise, mode: Mode) -> Quiz:
        return Quiz(exercise, mode=mode, parameters=self._goal, notation=self._notation)

    def _new_recorder(self, *, again: bool = False) -> Recorder | None:
        if self._journal is None:
            return None
        return Recorder(self._journal, self._name, self._original, self.quiz, again=again)

