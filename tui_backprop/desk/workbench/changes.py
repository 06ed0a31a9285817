"""What changes how an exercise is done: its numbers, its mode, what is asked and the notation.

Where answers would be lost, a question comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.notation import Notation
from tui_backprop.desk.workbench.ending import YesNo
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.modes import Mode
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.walk import Walk

_FIXED = "In an exam the numbers stay as they are."
_RESTARTED_TRAINED = "The steps start again with the trained numbers. u in the table of parameters takes them back."
_OVER = "These are the marks of your last exam here. r begins another one."
_RESTARTED = "The steps start again with the new number."


class SetupChanges:
    """Changes a :class:`Setup`. ``say`` shows a message; ``ask`` a question to be answered before anything else."""

    def __init__(self, setup: Setup, say: Callable[[str], None], ask: Callable[[YesNo], None]) -> None:
        self._setup, self._say, self._ask = setup, say, ask

    @property
    def _walk(self) -> Walk:
        return self._setup.sitting.walk

    def why_not(self, quantity: str, text: str) -> str | None:
        """Why a parameter cannot have this value; None where it can."""
        return _FIXED if self._walk.is_fixed else self._setup.numbers.why_not(quantity, text)

    def edit(self, quantity: str, text: str) -> None:
        """Change a parameter."""
        def go_on() -> None:
            self._setup.edit(quantity, text)
            self._say(_RESTARTED)

        name = self._walk.derivation.name_of(quantity)
        question = f"Start the steps again with {name} = {text}? Undo brings your answers back."
        self._do(YesNo(question, go_on, lambda: self._say("Nothing is changed.")))

    def go_on_with(self, exercise: Exercise) -> None:
        """Go on with the numbers of a training."""
        def go_on() -> None:
            self._setup.go_on_with(exercise)
            self._say(_RESTARTED_TRAINED)

        change = YesNo("Begin again from the first step, with the trained numbers? u brings back these.", go_on)
        if self._walk.position:
            self._ask(change)
        else:
            self._do(change)

    def _do(self, change: YesNo) -> None:
        """Do it: at once where no answer would be lost, else after a yes."""
        if self._walk.has_answers:
            self._ask(change)
        else:
            change.yes()

    def undo(self) -> None:
        """Go back to the numbers before the last change, and to the answers given with them."""
        self._say("The last change is taken back." if self._setup.undo() else "There is no change to take back.")

    def again(self) -> None:
        """Begin another round, with the updated parameters."""
        self._setup.again()
        self._say("Another round, from the new weights. F2 and u lead back to how the last one went.")

    def restart(self) -> None:
        """Begin with the same numbers from the first step; after a yes where something would be lost."""
        walk = self._walk
        if walk.finished and not walk.moves_freely:
            question = self._setup.ending.unsaved
        elif walk.has_answers or walk.position:
            count = walk.answered
            answers = "answer" if count == 1 else many(count, "answer")
            lost = f" Your {answers} will not count any more." if count else ""
            question = f"Start again from the first step?{lost}"
        else:
            question = ""
        if question:
            self._ask(YesNo(question, self.restart_now))
        else:
            self.restart_now()

    def choose(self, mode: Mode) -> None:
        """Go on in another mode; after a yes where that gives an exam's answers up."""
        walk = self._walk
        if mode is self._setup.mode:
            self._say(_OVER if self._is_marked else mode.meaning)
        elif walk.moves_freely and walk.has_answers:
            count = many(walk.answered, "answer")
            question = f"Give the exam up? Its {count} will not count, and next time it begins anew."
            self._ask(YesNo(question, lambda: self.choose_now(mode, given_up=True)))
        elif walk.shows_all and walk.position and not mode.recorded.is_exam:
            seen = f"the first {many(walk.position, 'step')}" if walk.position < walk.total else "all steps"
            question = f"You have watched {seen}. Be asked from step 1 on?"
            self._ask(YesNo(question, lambda: self.choose_now(mode, from_start=True), lambda: self.choose_now(mode)))
        else:
            self.choose_now(mode)

    def narrow(self, narrowing: Narrowing) -> None:
        """Ask only for this; finished steps stay finished."""
        self._setup.narrow(narrowing)
        if self._setup.goal_name:
            self._say(f"Only what {self._setup.goal_name} needs is asked.")
        else:
            self._say("Only what is not mastered is asked." if narrowing.known else "Everything is asked.")

    def use(self, notation: Notation) -> None:
        """Go on in another notation."""
        if self._walk.is_fixed:
            self._say("An exam goes on in the notation it was begun in.")
            return
        self._setup.use(notation)
        self._say(f"Notation: {notation.title}.")

    @property
    def _is_marked(self) -> bool:
        """Is this an exam that is handed in?"""
        return self._walk.is_fixed and not self._walk.moves_freely

    def restart_now(self) -> None:
        """Begin with the same numbers from the first step."""
        self._setup.restart()
        self._say("From the first step again.")

    def choose_now(self, mode: Mode, *, given_up: bool = False, from_start: bool = False) -> None:
        """Go on in another mode, with the exam in hand ``given_up``, or ``from_start`` on."""
        from_exam = self._walk.is_fixed and not self._is_marked
        if given_up:
            self._setup.restart()
        self._setup.choose(mode)
        if from_start:
            self._setup.restart()
        if self._is_marked:
            self._say(_OVER)
            return
        note = "" if not from_exam else " The exam is given up." if given_up else " The exam waits."
        self._say(f"{mode.title}: {mode.meaning}{note}")
