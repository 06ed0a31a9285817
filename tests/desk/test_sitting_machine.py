"""Whatever a learner does in a quiz, it comes back from the quiz's own record as it was left."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.effort import examples
from tui_backprop import course
from tui_backprop.desk.workbench.sitting import Logbook, Sitting
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.quiz import Quiz

NAMES = ("exercise-1", "exercise-2", "exercise-3", "circuit-max", "batch-of-three")
UNREAD = ("", "2(", "q", "1,205", "w_jk'", "0.5 0.5", "∂", "[red]")


class Learner(RuleBasedStateMachine):
    """One learner at one quiz: answers right and wrong, asks for help, leaves, and comes back."""

    sitting: Sitting
    formulas: bool

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.journal = Journal(Path(self.folder.name))

    @initialize(name=st.sampled_from(NAMES), formulas=st.booleans())
    def open(self, name: str, formulas: bool) -> None:
        self.name, self.formulas = name, formulas
        self.sit()

    def sit(self) -> None:
        """As the workbench begins: the exercise, and what is recorded of it."""
        original = course.load(self.name)
        logbook = Logbook(self.journal, self.name, original)
        quiz = Quiz(original, formulas=self.formulas)
        self.sitting = logbook.sit(quiz, logbook.run_of(original, quiz.mode.word))

    @property
    def quiz(self) -> Quiz:
        assert isinstance(self.sitting.walk, Quiz)
        return self.sitting.walk

    def asks(self) -> bool:
        return not self.quiz.finished

    @precondition(asks)
    @rule()
    def answer_right(self) -> None:
        step, asked, place = self.quiz.current, self.quiz.asked, self.quiz.position
        assert step is not None
        feedback = self.sitting.answer(repr(step.value))
        assert asked != "value" or feedback.accepted
        assert self.quiz.position == place + feedback.accepted

    @precondition(asks)
    @rule(factor=st.sampled_from([-1.0, 0.5, 2.0, 10.0]), shift=st.sampled_from([0.0, 1.0, -0.25]))
    def answer_some_number(self, factor: float, shift: float) -> None:
        step, place = self.quiz.current, self.quiz.position
        assert step is not None
        before = self.quiz.entry(step.id)
        feedback = self.sitting.answer(repr(step.value * factor + shift))
        after = self.quiz.entry(step.id)
        assert self.quiz.position == place + feedback.accepted
        assert after.attempts - before.attempts in (0, 1)
        assert after.unaided is (feedback.accepted and not before.attempts and not before.hints)

    @precondition(asks)
    @rule(text=st.sampled_from(UNREAD))
    def answer_what_cannot_be_read(self, text: str) -> None:
        before, entries = self.quiz.position, dict(self.quiz.entries)
        assert not self.sitting.answer(text).accepted
        assert (self.quiz.position, dict(self.quiz.entries)) == (before, entries)

    @precondition(asks)
    @rule()
    def ask_for_a_hint(self) -> None:
        step = self.quiz.here
        assert step is not None
        before = self.quiz.entry(step).hints
        assert self.sitting.hint()
        assert self.quiz.entry(step).hints >= before

    @precondition(asks)
    @rule()
    def have_it_shown(self) -> None:
        step, of_a_part = self.quiz.here, self.quiz.asked == "part"
        assert step is not None
        assert self.sitting.reveal()
        assert of_a_part or self.quiz.entry(step).status == "revealed"

    @rule()
    def leave_and_come_back(self) -> None:
        before = self.state()
        assert self.journal.close()
        self.journal = Journal(Path(self.folder.name))
        self.sit()
        assert self.state() == before

    @rule()
    def forget_it_and_take_that_back(self) -> None:
        before, history = self.state(), self.journal.history
        reset = self.journal.reset(self.name)
        self.journal.undo(reset)
        assert self.journal.history == history
        self.sit()
        assert self.state() == before

    @rule()
    def turn_to_formulas_or_back(self) -> None:
        before = self.state()
        self.formulas = not self.formulas
        self.sit()
        assert self.state() == before

    def state(self) -> object:
        """All that must come back: where it is, and what happened at each step."""
        quiz = self.quiz
        touched = {step: entry for step, entry in quiz.entries.items() if entry.attempts or entry.hints
                   or entry.status != "open" or entry.formula is not None}
        return quiz.position, touched, [quiz.shown(step) for step in quiz.plan]

    @invariant()
    def only_what_is_earned_is_shown(self) -> None:
        quiz = self.quiz
        done = [quiz.entry(step).status != "open" for step in quiz.plan]
        assert done == [place < quiz.position for place in range(quiz.total)]
        assert [quiz.shown(step) is not None for step in quiz.plan] == done

    def teardown(self) -> None:
        self.journal.close()
        self.folder.cleanup()


TestLearner = Learner.TestCase
TestLearner.settings = examples(30, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow])
