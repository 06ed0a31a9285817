"""One exercise that is being done: what the learner does, the messages about it, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import assert_never

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.desk.workbench import view
from tui_backprop.desk.workbench.changes import SetupChanges
from tui_backprop.desk.workbench.ending import Ending, YesNo
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.sitting import Painter, Sitting
from tui_backprop.desk.workbench.typing import Typing, typing_at, typing_beside
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.modes import QUIZ
from tui_backprop.tutor.posed import Posed, judge_posed
from tui_backprop.tutor.rule_question import open_question
from tui_backprop.tutor.search import givens_finder
from tui_backprop.tutor.walk import Walk

_FOR_A_NEWCOMER = "New to this? F5, guided: the first step of each kind is worked for you."


class Workbench:
    """One exercise at the workbench.

    ``said``: the message about the step that is asked for; ``looking``: the place of an earlier step that is looked at;
    ``revealing``: was that one just shown? ``doubt``: a question to be answered with yes or no first.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.leaves = False
        """Is the learner done here, and on the way back?"""
        self.looking: int | None = None
        self.revealing = False
        self.doubt: YesNo | None = None
        self.rule: Posed | None = None
        """By which rule the step to be seen goes, while that is asked."""
        self.said: tuple[Paragraph, ...] = ()
        if setup.is_newcomer and setup.mode is QUIZ:
            self._say(_FOR_A_NEWCOMER)
        self.changes = SetupChanges(self.setup, self._say, self._doubt)
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
    def is_looking_back(self) -> bool:
        """Does Escape lead back to the question or the end? From a value just shown it leaves, and asks nothing new."""
        return self.looking is not None and not (self.revealing and not self.walk.finished)

    @property
    def asked(self) -> tuple[Paragraph, ...]:
        """The question or the explanation of the step that is shown; nothing at the end."""
        if (step := self.shown_step) is None:
            return ()
        said = view.lay_out_posed(self.posed) if self.posed is not None else view.step_paragraphs(self.walk, step)
        return said[:1] if self.revealing and self.posed is None else said  # that it was shown is the news

    @property
    def news(self) -> tuple[Paragraph, ...]:
        """The messages: about the step that is asked for, while it is shown; and that something cannot be saved."""
        warning = self.sitting.warning
        said = self.said if self.looking is None or self._is_explained else ()
        if self.revealing and self.rule is None:
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
            return None if asking is None else Typing(
                asking.placeholder, (walk, asking.text), asking.suggestion, hints=False, reveals=False,
                what="an answer")
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
        return None if self.walk.here is None else self.walk.derivation.graph.parameter_of(self.walk.here)

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

    def show_judgement(self, feedback: Feedback, text: str, width: int) -> None:
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

    def give_nothing(self) -> None:
        """Say what to type, below what is said already."""
        if self.typing is not None:
            told = Paragraph(self.typing.empty, role="note")
            self.said = (*(said for said in self.said if said != told), told)

    def hint(self) -> None:
        """Show the next hint."""
        if self.rule is not None:
            self.said = (Paragraph(self.rule.hint, "?", "note"),)
        elif self.walk.here is not None:
            said = self.sitting.hint(told=self.walk.explainer.question(self.walk.here).goal)
            self._say(said, mark="?")

    def reveal(self) -> None:
        """Show the value asked for and how it is found, until the learner goes on; in an exam, leave the step out.

        Asked for once more where a value was just shown, it only goes on: nobody wants two values of one impatient key.
        """
        if self.revealing and self.rule is None:
            self._to_the_question()
            return
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
                self.changes.again()
            case "restart":
                self.changes.restart_now()
            case "quiz":
                self.changes.choose_now(QUIZ)
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

    def _to_the_question(self) -> None:
        """Go back from a step that is looked at to the question; what was said about that step stays with it."""
        if self.looking is not None and self._is_explained:
            self.said = ()
        self.looking, self.revealing, self.rule = None, False, None

    def _say(self, text: str, *, mark: str = "") -> None:
        self._to_the_question()
        self.said = (Paragraph(text, mark, "note"),) if text else ()

    def _doubt(self, question: YesNo) -> None:
        self.doubt = question
