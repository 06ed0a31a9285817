"""One exercise that is being done: what the learner does, the messages about it, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import assert_never

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.workbench import view
from tui_backprop.desk.workbench.ending import Ending, YesNo
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.sitting import Painter, Sitting
from tui_backprop.desk.workbench.typing import Typing, typing_at, typing_beside
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.maths.numerals import many
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.modes import QUIZ, Mode
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.plan import parameter_of
from tui_backprop.tutor.posed import Posed, judge_posed
from tui_backprop.tutor.rule_question import open_question
from tui_backprop.tutor.search import givens_finder
from tui_backprop.tutor.walk import Walk, Watch
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_FIXED = "In an exam the numbers stay as they are."
_RESTARTED_TRAINED = "The steps start again with the trained numbers. u in the table of parameters takes them back."
_OVER = "These are the marks of your last exam here. r begins another one."
_RESTARTED = "The steps start again with the new number."


class Workbench:
    """One exercise at the workbench; it takes the arguments of :class:`Setup`.

    ``said``: the message about the step that is asked for; ``looking``: the place of an earlier step that is looked at;
    ``revealing``: was that one just shown? ``doubt``: a question to be answered with yes or no first.
    """

    def __init__(
        self, exercise: Exercise, *, name: str = "", journal: Journal | None = None, mode: str | None = None,
        offered: str | None = None, notation: Notation = HAND_OUT, from_lesson: bool = False, practised: str = "",
    ) -> None:
        self.setup = Setup(exercise, name=name, journal=journal, mode=mode, offered=offered, notation=notation,
                           from_lesson=from_lesson, practised=practised)
        self.leaves = False
        """Is the learner done here, and on the way back?"""
        self.said: tuple[Paragraph, ...] = ()
        self.looking: int | None = None
        self.revealing = False
        self.doubt: YesNo | None = None
        self.rule: Posed | None = None
        """By which rule the step to be seen goes, while that is asked."""
        self.opens = ""
        """The exercise that the learner goes on to from here, by its name."""

    # What is shown.

    @property
    def sitting(self) -> Sitting:
        return self.setup.sitting

    @property
    def walk(self) -> Walk:
        return self.setup.sitting.walk

    @property
    def ending(self) -> Ending:
        """What stands at the end of the walk."""
        return self.setup.ending

    @property
    def place(self) -> int:
        """The place of the step that is shown; the number of steps means the end."""
        return self.walk.position if self.looking is None else self.looking

    @property
    def shown_step(self) -> str | None:
        """The id of the step that is shown; None at the end."""
        return self.walk.plan[self.place] if self.place < self.walk.total else None

    @property
    def explains(self) -> bool:
        """Is the step that is shown explained, and not asked for?"""
        return self.looking is not None or not self.walk.asks

    @property
    def news(self) -> tuple[Paragraph, ...]:
        """The messages: about the step that is asked for, while it is shown; and that something cannot be saved."""
        warning = self.sitting.warning
        said = self.said if self.looking is None or self._is_explained else ()
        if self.revealing:
            said = (*self.said, Paragraph("Enter goes on.", role="key"))
        return (*said, Paragraph(warning, "!", "bad")) if warning else said

    @property
    def posed(self) -> Posed | None:
        """The choice or whole number that is asked for beside the value of a step; None where nothing is."""
        return self.rule or (self.walk.posed if self.looking is None else None)

    @property
    def _is_explained(self) -> bool:
        """Is there a message about the step that is looked at: by which rule it goes?"""
        step = self.shown_step
        return self.rule is not None or (step is not None and "rule" in self.walk.entry(step).beside)

    @property
    def typing(self) -> Typing | None:
        """What is to be typed now; None where nothing is."""
        walk = self.walk
        if self.rule is not None:
            return typing_beside(walk, self.shown_step, self.rule)
        if self.looking is not None:
            return None
        if walk.here is None:
            asking = self.ending.asking
            return Typing("reply", asking.placeholder, asking.suggestion, (walk, asking.text)) if asking else None
        if not walk.asks:
            return None
        return typing_at(walk, walk.here)

    def offers(self, intent: str) -> bool:
        """Would this do something now?"""
        walk = self.walk
        match intent:
            case "advance":
                if self.rule is not None:
                    return False
                if walk.finished and self.looking is None:
                    return self.ending.next_thing is not None
                return self.looking is not None or not walk.asks
            case "look back":
                return self.place > 0
            case "explain":
                return self.rule is None and self._rule_question() is not None
            case "again":
                return walk.finished and self.looking is None and not walk.is_fixed and bool(walk.results())
            case "narrow" | "nudge" | "curve":
                return not walk.is_fixed
            case "hand_in" | "write_sheet" | "practise":
                return walk.finished and self.looking is None and intent in self.ending.keys
            case _:
                return True

    @property
    def parameter_in_hand(self) -> str | None:
        """The id of the weight, bias or input that the current step is about; None where it is about none."""
        return None if self.walk.here is None else parameter_of(self.walk.derivation, self.walk.here)

    def find_parameters(self, text: str) -> Sequence[int]:
        """The places in the table of parameters that match a name, an id or a word."""
        return givens_finder(self.walk.derivation).find(text)

    # What the learner does.

    def answer(self, text: str, painter: Painter) -> None:
        """Judge an answer; the painter's function is called once it is saved."""
        if self.rule is not None and (step := self.shown_step) is not None:
            feedback = judge_posed(step, self.rule, text)
            if feedback.right:
                self.rule = None
            self.sitting.note_answer_beside(feedback, text, painter)
            return
        self._to_the_question()
        self.sitting.answer(text, painter)

    def explain(self) -> None:
        """Ask by which rule the worked step goes that is shown."""
        self.rule, self.said = self._rule_question(), ()

    def drop_rule(self) -> None:
        """Leave the question by which rule unanswered."""
        self.rule, self.said = None, ()

    def _rule_question(self) -> Posed | None:
        step = self.shown_step
        return open_question(self.walk, step) if step is not None and self.explains else None

    def judged(self, feedback: Feedback, text: str, width: int) -> None:
        """Show a judgement, on so many columns."""
        smaller = self.walk.here == feedback.id and bool(self.walk.request) and feedback.asked == "value"
        self.said = view.judgement_paragraphs(feedback, text, width, smaller=smaller)

    def reply(self, text: str) -> None:
        """Answer a question at the end."""
        self._do_at_end(lambda: self.ending.reply(text))

    def do_at_end(self, intent: str) -> None:
        """Do what a key does at the end."""
        if self.offers(intent):
            self._do_at_end(self.ending.keys[intent])

    def _do_at_end(self, deed: Callable[[], str | None]) -> None:
        try:
            self._say(deed() or "")
        except ExerciseError as error:
            self.said = (wrong(str(error)),)
        doubt = self.ending.doubt if self.walk.finished else None
        if doubt is not None:
            no = None if doubt.no is None else partial(self._do_at_end, doubt.no)
            self.doubt = YesNo(doubt.text, partial(self._do_at_end, doubt.yes), no)

    def hint(self) -> None:
        """Show the next hint."""
        if self.rule is not None:
            self.said = (Paragraph(self.rule.hint, "?", "note"),)
        elif self.walk.here is not None:
            said = self.sitting.hint(told=self.walk.explainer.question(self.walk.here).goal)
            self._say(said, mark="?")

    def reveal(self) -> None:
        """Show the value asked for and how it is found, until the learner goes on; in an exam, leave the step out."""
        step, place = self.walk.here, self.walk.position
        if self.rule is not None and (seen := self.shown_step) is not None:
            self.said, self.rule = (Paragraph(self.rule.shown, role="note"),), None
            self.sitting.note_shown_beside(seen, "rule")
            return
        if step is None:
            return
        said = self.sitting.reveal()
        if self.walk.entry(step).status == "revealed":
            self._say(f"Shown: {said}")
            self.looking, self.revealing = place, True
        else:
            self._say(said)

    def advance(self) -> None:
        """Go back from an earlier step; else on to the next step or, at the end, do the one thing to do next."""
        if self.looking is not None:
            self._to_the_question()
        elif self.walk.finished:
            self._do_next()
        elif self.offers("advance"):
            self.said = (right(f"Step {self.walk.number:,}: {self.sitting.advance()}"),)

    def _do_next(self) -> None:
        thing = self.ending.next_thing
        match thing.intent if thing else None:
            case "again":
                self.again()
            case "restart":
                self._restart()
            case "quiz":
                self._choose(QUIZ)
            case "leave":
                self.leaves = True
            case "open":
                self.opens = thing.exercise if thing else ""
            case None:
                pass
            case never:
                assert_never(never)

    def look(self, by: int) -> None:
        """Look at earlier steps, and forward again."""
        self.look_at(self.place + by)

    def look_at(self, place: int) -> None:
        """Go to the step at this place, to look at it or to change its answer."""
        if self.walk.moves_freely:
            self.sitting.go_to(place)
            self._say("")
        else:
            self._to_the_question()
            place = max(place, 0)
            self.looking = place if place < self.walk.position else None  # what is open is asked, never explained

    def go_to(self, place: int) -> None:
        """Go to a step chosen in the list: back to look at it, or on from there, and those before count as shown."""
        if place <= self.walk.position or self.walk.moves_freely:
            self.look_at(place)
            return
        self.sitting.go_on_from(place)
        self._say(f"Going on from step {self.walk.number:,}. What lies before it is shown.")

    def note_looked_up(self, quantities: Sequence[str]) -> None:
        """Note values that were shown before they were found: answers there no longer count as unaided."""
        self.sitting.note_looked_up(quantities)

    def why_not(self, quantity: str, text: str) -> str | None:
        """Why a parameter cannot have this value; None where it can."""
        return _FIXED if self.walk.is_fixed else self.setup.numbers.why_not(quantity, text)

    def edit(self, quantity: str, text: str) -> None:
        """Change a parameter: at once where no answer would be lost, else after a yes."""
        def go_on() -> None:
            self.setup.edit(quantity, text)
            self._say(_RESTARTED)

        if not self.walk.has_answers:
            go_on()
            return
        name = linear(self.walk.derivation.naming.name(quantity), Glyphs.FULL)
        question = f"Start the steps again with {name} = {text}? Undo brings your answers back."
        self.doubt = YesNo(question, go_on, lambda: self._say("Nothing is changed."))

    def go_on_with(self, exercise: Exercise) -> None:
        """Go on with the numbers of a training: at once where no answer would be lost, else after a yes."""
        def go_on() -> None:
            self.setup.go_on_with(exercise)
            self._say(_RESTARTED_TRAINED)

        if not self.walk.has_answers and not self.walk.position:
            go_on()
            return
        self.doubt = YesNo("Begin again from the first step, with the trained numbers? u brings back these.", go_on)

    def undo(self) -> None:
        """Go back to the numbers before the last change, and to the answers given with them."""
        self._say("The last change is taken back." if self.setup.undo() else "There is no change to take back.")

    def again(self) -> None:
        """Begin another round, with the updated parameters."""
        self.setup.again()
        self._say("Another round, from the new weights.")

    def restart(self) -> None:
        """Begin with the same numbers from the first step; after a yes where something would be lost."""
        walk = self.walk
        if walk.finished and not walk.moves_freely:
            question = self.ending.unsaved
        elif walk.has_answers or walk.position:
            count = walk.answered
            answers = "answer" if count == 1 else many(count, "answer")
            lost = f" Your {answers} will not count any more." if count else ""
            question = f"Start again from the first step?{lost}"
        else:
            question = ""
        if question:
            self.doubt = YesNo(question, self._restart)
        else:
            self._restart()

    def choose(self, mode: Mode) -> None:
        """Go on in another mode; after a yes where that gives an exam's answers up."""
        walk = self.walk
        if mode is self.setup.mode:
            self._say(_OVER if self._is_marked else mode.meaning)
        elif walk.moves_freely and walk.has_answers:
            count = many(walk.answered, "answer")
            question = f"Give the exam up? Its {count} will not count, and next time it begins anew."
            self.doubt = YesNo(question, lambda: self._choose(mode, given_up=True))
        elif isinstance(walk, Watch) and walk.position and mode.recorded != Exam.mode:
            seen = f"the first {many(walk.position, 'step')}" if walk.position < walk.total else "all steps"
            question = f"You have watched {seen}. Be asked from step 1 on?"
            self.doubt = YesNo(question, lambda: self._choose(mode, from_start=True), lambda: self._choose(mode))
        else:
            self._choose(mode)

    def narrow(self, narrowing: Narrowing) -> None:
        """Ask only for this; finished steps stay finished."""
        self.setup.narrow(narrowing)
        if self.setup.goal_name:
            self._say(f"Only what {self.setup.goal_name} needs is asked.")
        else:
            self._say("Only what is not mastered is asked." if narrowing.known else "Everything is asked.")

    def use(self, notation: Notation) -> None:
        """Go on in another notation."""
        if self.walk.is_fixed:
            self._say("An exam goes on in the notation it was begun in.")
            return
        self.setup.use(notation)
        self._say(f"Notation: {notation.title}.")

    @property
    def _is_marked(self) -> bool:
        """Is this an exam that is handed in?"""
        return self.walk.is_fixed and not self.walk.moves_freely

    def _to_the_question(self) -> None:
        """Go back from a step that is looked at to the question."""
        self.looking, self.revealing, self.rule = None, False, None

    def _say(self, text: str, *, mark: str = "") -> None:
        self._to_the_question()
        self.said = (Paragraph(text, mark, "note"),) if text else ()

    def _restart(self) -> None:
        self.setup.restart()
        self._say("From the first step again.")

    def _choose(self, mode: Mode, *, given_up: bool = False, from_start: bool = False) -> None:
        from_exam = self.walk.is_fixed and not self._is_marked
        if given_up:
            self.setup.restart()
        self.setup.choose(mode)
        if from_start:
            self.setup.restart()
        if self._is_marked:
            self._say(_OVER)
            return
        note = "" if not from_exam else " The exam is given up." if given_up else " The exam waits."
        self._say(f"{mode.title}: {mode.meaning}{note}")
