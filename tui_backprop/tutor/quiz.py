"""The quiz: each value is asked for before it is shown; it decides what is right, and which help there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import replace
from tui_backprop.derivation.naming import vocabulary_for
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, number
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.tutor.asked import Asked
from tui_backprop.tutor.asking import has_formula, judge_formula, name_of_part, part_entered, part_of, say_formula
from tui_backprop.tutor.calls_for_help import as_last, asks_for_help
from tui_backprop.tutor.display import as_number
from tui_backprop.tutor.entries import Feedback, Status
from tui_backprop.tutor.explaining import LONG_SUM, WITH_SYMBOLS
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing
from tui_backprop.tutor.readings import Judgement, Reading, Unread
from tui_backprop.tutor.recorded_mode import QUIZ
from tui_backprop.tutor.rules import Rule
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

if TYPE_CHECKING:
    from tui_backprop.tutor.posed import Posed

_WHOLE_AGAIN: Final = "Now the whole step again."
_MANY: Final = 4
"""After so many wrong answers to a step, whatever they were, a smaller question comes."""


class Quiz(Walk):
    """A walk that asks for each value before it shows it.

    What reads and judges an answer is imported by the first one: the question does not wait for it.

    ``formulas``: each kind of factor is first asked for as an expression. ``predictions``: what can be told before it
    is worked out is asked first.
    """

    mode = QUIZ
    gives_hints = True

    def __init__(
        self, exercise: Exercise, *, narrowing: Narrowing = EVERYTHING, notation: Notation = HAND_OUT,
        formulas: bool = False, predictions: bool = False,
    ) -> None:
        super().__init__(exercise, narrowing=narrowing, notation=notation)
        self.formulas, self.predictions = formulas, predictions
        self._predictions_at = lru_cache(maxsize=4)(self._ask_predictions)
        self.part: Expr | None = None
        self._had: Expr | None = None
        """A part that was entered for the whole, twice: the formula is asked for then."""
        self._parted: set[str] = set()
        self._tried: dict[str, list[Reading | Unread]] = {}
        """The refused answers to each step."""

    @property
    def asks(self) -> bool:
        return True

    def go_on_from(self, place: int) -> None:
        self.part = self._had = None
        super().go_on_from(place)

    @property
    def asked(self) -> Asked:
        """What is asked for at the current step: its value, first its formula, or a part of it."""
        if self.part is not None:
            return "part"
        if self.posed is not None:
            return self.posed.asked
        return "formula" if self._wants_formula() else "value"

    @property
    def request(self) -> str:
        if self.part is not None:
            return f"A smaller step first: what is {say_formula(self.derivation, self.part)}?"
        if self.posed is not None:
            return self.posed.request
        if self._had is not None:
            formula = linear(self._require_current().formula_layout(elide=LONG_SUM), Glyphs.FULL)
            return f"You have {self._tell_had(self._had)}. Now the whole: what is {formula}?"
        if self.asked == "formula":
            name = linear(self._require_current().name, Glyphs.FULL)
            return f"Which expression is {name}? Write it with names, not numbers."
        return ""

    def _tell_had(self, part: Expr) -> str:
        """A part that was entered, with its value: by its name where it has one."""
        name = name_of_part(self.derivation, self._require_current().id, part)
        return self.explainer.part_equals(part) if name is None else self.explainer.equals(name)

    def answer(self, text: str) -> Feedback:
        """Judge an answer to the current step, in signs or in words as it is read out.

        A right value moves on; any other leaves the quiz at the step.
        """
        from tui_backprop.tutor.heard import to_signs

        signs = to_signs(text)
        feedback = self._judge(signs)
        return feedback if signs == text else replace(feedback, start=0, end=0)

    def _judge(self, text: str) -> Feedback:
        from tui_backprop.tutor.judging import judge_step, remark

        step, asked = self._require_current(), self.asked
        if self._calls_for_help(text):
            return Feedback(step.id, "invalid", False, self._hint_beyond_the_goal(), asked=asked)
        if self.posed is not None:
            return self._judge_prediction(self.posed, text)
        known = self._known()
        if asked == "formula":
            return self._judge_formula(
                judge_formula(self.derivation, step.id, text, self._vocabulary(known, text)), text)
        reading = self._read(known, text)
        values = {name: self.derivation.values(name) for name in known}
        references, own = self._references(step.id), self._own_values(step.id)
        feedback = judge_step(self.derivation, step.id, reading, references, self.precision, own, values)
        feedback = replace(feedback, repeated=self._is_repeated(feedback, text))
        whole = f"Taken for the whole step: {feedback.message}"
        if asked == "part" and feedback.verdict == "too_coarse":
            feedback = replace(feedback, message=whole)
        elif asked == "part" and feedback.verdict != "correct":
            judged = self._judge_part(reading)
            likelier = judged.verdict == "wrong" and feedback.likely and not judged.likely
            return replace(judged, message=whole) if likelier and not self._is_near_part(reading) else judged
        stuck = self._note(feedback, text)
        if self.part is not None and asked != "part":
            self._into_part(reading)
            return feedback
        feedback = replace(feedback, message=" ".join((feedback.message, *self._tell_tries(feedback))))
        if stuck:  # no part of it is smaller than the step: the formula is told, to put the numbers in
            feedback = replace(feedback, message=f"{feedback.message} {self._tell_formula(step.id)}")
        if not feedback.accepted:
            self._tried.setdefault(step.id, []).append(reading)
        if feedback.accepted:
            self.position += 1
            self.part = self._had = None
            said = self.statement(step.id)
            more = remark(self.derivation, step.id, reading, references, self.precision, own)
            return replace(feedback, message=". ".join(filter(None, (said, more or self.remarks(step.id)))))
        return feedback

    @property
    def posed(self) -> Posed | None:
        """The prediction that is asked for now: the first at this step that is not made yet."""
        if self.here is None or not self.predictions or self.part is not None or self._had is not None:
            return None
        made = self.entry(self.here).beside
        return next((posed for asked, posed in self._predictions_at(self.here) if asked not in made), None)

    def _ask_predictions(self, quantity: str) -> Sequence[tuple[Asked, Posed]]:
        from tui_backprop.tutor.predictions import PREDICTIONS  # few quizzes ask for them

        posed = ((prediction.asked, prediction.pose(self.explainer, quantity)) for prediction in PREDICTIONS)
        return [(asked, each) for asked, each in posed if each is not None]

    def _judge_prediction(self, posed: Posed, text: str) -> Feedback:
        from tui_backprop.tutor.posed import judge_posed

        feedback = judge_posed(self._require_current().id, posed, text)
        if feedback.right:
            self.note_answer_beside(feedback.id, posed.asked)
        return feedback

    def remarks(self, quantity: str) -> str:
        """How the gate behaves that a slope goes through; and after the last gradient, what reuse has saved."""
        from tui_backprop.tutor.manners import manner
        from tui_backprop.tutor.predictions import ends_gradients, reuse_said

        saved = "" if self.predictions or not ends_gradients(self.derivation, quantity) else reuse_said(self.derivation)
        return " ".join(filter(None, (manner(self.derivation, quantity), saved)))

    def hint(self) -> str:
        """The next hint for the current step. The value itself, which would come last, is not given here."""
        step = self._require_current()
        entry = self.entry(step.id)
        if self.part is not None:
            return self.explainer.part_hint(self.part)
        if self.posed is not None:
            return self.posed.hint
        rungs = self.explainer.hints(step.id)
        if entry.hints >= len(rungs):
            return as_last(rungs[-1])
        self._entries[step.id] = replace(entry, hints=entry.hints + 1)
        return rungs[entry.hints]

    def _vocabulary(self, known: Collection[str], text: str) -> Vocabulary:
        """The names that an answer may use, if it uses any."""
        from tui_backprop.tutor.names_here import list_unknown

        named = (*known, *list_unknown(self, known)) if any(map(str.isalpha, text)) else ()
        return vocabulary_for(self.derivation.naming, named)

    def _read(self, known: Collection[str], text: str, wanted: str = "") -> Reading | Unread:
        """An answer to the current step, or to what is ``wanted`` at its gap, as a number.

        A refusal says of a name in it what it stands for here.
        """
        from tui_backprop.tutor.names_here import with_names_here
        from tui_backprop.tutor.numbers import read_number

        values = {name: self.derivation.values(name) for name in known}
        reading = read_number(text, self._vocabulary(known, text), values)
        if isinstance(reading, Unread):
            return with_names_here(self.derivation, wanted or self._require_current().id, reading, text)
        return reading

    def _calls_for_help(self, text: str) -> bool:
        """Is this a call for help, and no name that is known here, such as h, and no unit's?"""
        name, naming = text.strip(), self.derivation.naming
        return asks_for_help(text) and not any(name in unit for unit in naming.unit_labels()) \
            and name not in vocabulary_for(naming, self._known())

    def _hint_beyond_the_goal(self) -> str:
        """The next hint that says more than the question does."""
        said = self.hint()
        return self.hint() if said == self.explainer.question(self._require_current().id).goal else said

    def reveal(self) -> str:
        """Show the current step's value and move on; of a part that is asked for, show its value and go back."""
        if self.part is not None:
            part, self.part = self.part, None
            return f"{self.explainer.part_equals(part)}. {_WHOLE_AGAIN}"
        if self.posed is not None:
            posed = self.posed
            self.note_answer_beside(self._require_current().id, posed.asked)
            return posed.shown
        return super().reveal()

    def _pass(self, status: Status) -> str:
        self._had = None
        return super()._pass(status)

    def _is_repeated(self, feedback: Feedback, text: str) -> bool:
        """Is this the wrong answer that was given just before? It is no new mistake, and costs nothing."""
        entry, tried = self.entry(feedback.id), self._tried.get(feedback.id, [])
        same = entry.given == text or (bool(tried) and isinstance(tried[-1], Reading)
                                       and tried[-1].value == feedback.value)
        return feedback.verdict == "wrong" and entry.attempts > 0 and same

    def _tell_tries(self, feedback: Feedback) -> Iterator[str]:
        """What there is to say of a wrong answer that was given before, and after very many."""
        tried = self._tried.get(feedback.id, [])
        if feedback.verdict == "wrong" and any(
                isinstance(reading, Reading) and reading.value == feedback.value for reading in tried):
            yield "You gave that before."
        if feedback.verdict == "wrong" and len(tried) >= 2 * _MANY:
            yield "! shows it."

    def _note(self, feedback: Feedback, text: str) -> bool:
        """Keep the result of a judged value.

        After the same slip twice, two wrong answers without a name, or a few of any sort, a smaller question follows;
        True where there is none to ask.
        """
        if feedback.verdict not in ("correct", "wrong"):
            return False
        entry = self.entry(feedback.id)
        unnamed = not feedback.mistakes and not entry.mistakes and entry.attempts > 0
        again = not feedback.accepted and (unnamed or entry.attempts >= _MANY - 1
                                           or not entry.mistakes.isdisjoint(feedback.mistakes))
        if not feedback.repeated:
            last = entry.mistakes if feedback.accepted else frozenset(feedback.mistakes)
            entry = replace(entry, given=text, attempts=entry.attempts + 1, mistakes=last,
                            slips=(*entry.slips, *feedback.mistakes[:1]))
        if feedback.accepted:
            entry = replace(entry, status="answered", value=feedback.value)
        self._entries[feedback.id] = entry
        if again and feedback.id not in self._parted and self.derivation.values(feedback.id):
            self._parted.add(feedback.id)
            self.part = part_of(self.derivation, feedback.id)
            return self.part is None
        return False

    def _tell_formula(self, quantity: str) -> str:
        """The step's formula. It is no hint that was asked for: after two wrong answers nothing is unaided anyway."""
        return f"{self.explainer.hints(quantity)[WITH_SYMBOLS - 1]}."

    def _judge_formula(self, feedback: Feedback, text: str) -> Feedback:
        if feedback.right:
            self._entries[feedback.id] = replace(self.entry(feedback.id), formula=text)
            return replace(feedback, message=f"{feedback.message} That is right. Now its value.")
        return feedback

    def _judge_part(self, reading: Reading | Unread) -> Feedback:
        from tui_backprop.tutor.judging import what_is_known

        step, part = self._require_current(), self.part
        assert part is not None  # asked is "part"
        judgement, message, own = self._judge_as(part, reading), "", ""
        if judgement.verdict == "wrong" and isinstance(reading, Reading):
            known = what_is_known(reading.value, evaluate(part, self.derivation.values), Rule.of(self.precision))
            message = f"{reading.said} For {say_formula(self.derivation, part)}: {known[0].lower()}{known[1:]}"
            if own := self._tell_part(part, reading):
                message = f"{reading.said} {own}"
        feedback = Feedback(step.id, judgement.verdict, False, message or judgement.message, judgement.value,
                            judgement.start, judgement.end, asked="part", likely=bool(own))
        if feedback.right:
            self.part = None
            return replace(feedback, message=f"{self.explainer.part_equals(part)}. {_WHOLE_AGAIN}")
        return feedback

    def _tell_part(self, part: Expr, reading: Reading) -> str:
        """What somebody did who answers the smaller question so; empty where that is not known."""
        from tui_backprop.tutor.part_slips import tell_part  # most smaller questions are answered rightly

        bases = self._bases(self._require_current().id)
        return tell_part(
            self.derivation, part, lambda wrong: self._judge_from(bases, wrong, reading).verdict == "correct")

    def _is_near_part(self, reading: Reading | Unread) -> bool:
        """Is it the part's number but for its sign or a factor of 2? Then it answers the smaller question."""
        assert self.part is not None  # asked is "part"
        tries = ("-1", "2", "-2", "0.5", "-0.5") if isinstance(reading, Reading) else ()
        return any(self._judge_as(number(times) * self.part, reading).verdict == "correct" for times in tries)

    def _judge_as(self, part: Expr, reading: Reading | Unread) -> Judgement:
        """Judge a part's value by the same numbers as the step's: the true ones, the screen's, the learner's own."""
        return self._judge_from(self._bases(self._require_current().id), part, reading)

    def _judge_from(
        self, bases: Sequence[Callable[[str], float]], part: Expr, reading: Reading | Unread
    ) -> Judgement:
        from tui_backprop.tutor.numbers import judge

        return judge(reading, [evaluate(part, base) for base in bases], Rule.of(self.precision))

    def _into_part(self, reading: Reading | Unread) -> None:
        """Ask for a part now. A learner who has entered a part's value is asked what the formula makes of it.

        With the sign turned round, it is that part which is asked for.
        """
        step = self._require_current()
        tried = [each for each in (reading, *self._tried.get(step.id, ())) if isinstance(each, Reading)]
        turned = [replace(each, value=-each.value) for each in tried]
        bases = self._bases(step.id)  # once for all parts, of which a wide layer's sum has hundreds

        def entered(readings: Sequence[Reading], part: Expr) -> bool:
            return any(self._judge_from(bases, part, each).verdict == "correct" for each in readings)

        first = self.part
        had = part_entered(self.derivation, step.id, partial(entered, tried))
        if had is None and first is not None and entered(tried, first):
            had = first
        if had is not None:
            self.part, self._had = None, had
            self._entries[step.id] = replace(self.entry(step.id), hints=WITH_SYMBOLS)
        else:
            self.part = part_entered(self.derivation, step.id, partial(entered, turned)) or first

    def _references(self, quantity: str) -> list[float]:
        """The values that count as right: the true one; that from the numbers on the screen; that from the learner's
        own.

        Without those of which rounding leaves nothing: from a = 1.00, which is right for 0.9996, a(1 − a) would be 0.
        """
        from tui_backprop.tutor.own_values import vanishes

        expected, *rounded = (base(quantity) for base in self._bases(quantity))
        return [expected, *(value for value in rounded if not vanishes(value, expected))]

    def _bases(self, quantity: str) -> list[Callable[[str], float]]:
        """The sets of values that a step may be worked out from, each as a function of the id."""
        used, kind = self.derivation.inputs_at_hand(quantity), self.derivation.graph.kind
        steps = [name for name in used if kind(name) != "given"]  # givens are shown with digits to spare
        on_screen = {name: as_number(self.explainer.shown(name)) for name in steps}
        own = self._own_values(quantity)
        bases: list[Callable[[str], float]] = [self.derivation.values, self.derivation.values_near(on_screen)]
        return [*bases, self.derivation.values_near(own)] if own else bases

    def _own_values(self, quantity: str) -> Mapping[str, float]:
        """The learner's own accepted numbers for what a step is made of."""
        used = self.derivation.inputs_at_hand(quantity)
        return {name: value for name in used if (value := self.entry(name).value) is not None}

    def _wants_formula(self) -> bool:
        """Is the current step's formula asked for first, and not found yet here or at a step like it?"""
        if not self.formulas or self.here is None:
            return False
        shape = self.derivation.graph.shape_of  # who has found the formula of one knows those of all of its shape
        found = {shape(name) for name, entry in self._entries.items() if entry.formula}
        return shape(self.here) not in found and has_formula(self.derivation, self.here)

    def _known(self) -> Sequence[str]:
        """The ids that an answer may name: the givens, and what is earned."""
        from tui_backprop.tutor.names_here import list_known

        return list_known(self)
