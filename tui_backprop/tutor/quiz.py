"""The quiz itself: which value is asked, whether an answer is right, what help is given, and what is known by now.

It knows nothing of a terminal and writes nothing down; screens show its state and pass on what the learner does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Step
from tui_backprop.derivation.ids import before_update
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.naming import names_for
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr
from tui_backprop.tutor.asking import formula_key, has_formula, judge_formula, part_of, said_formula
from tui_backprop.tutor.display import as_number, asked_digits, digits_note, shown_value
from tui_backprop.tutor.entries import Asked, Change, Entry, Feedback, Mode, Parameter, Question, Status
from tui_backprop.tutor.explaining import (
    LONG_SUM,
    WITH_SYMBOLS,
    explanation,
    hints,
    part_equals,
    part_hint,
    said_equals,
)
from tui_backprop.tutor.judging import judge_step, remark
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing
from tui_backprop.tutor.numbers import Reading, Unread, judge, read_number
from tui_backprop.tutor.own_values import vanishes
from tui_backprop.tutor.plan import chain_of, givens_of, nearest_first, planned_steps, results_of
from tui_backprop.tutor.rules import Rule
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.linear import linear

__all__ = ["Asked", "Change", "Entry", "Feedback", "Mode", "Parameter", "Question", "Quiz", "Status"]


class Quiz:
    """One way through an exercise.

    ``narrowing`` is what the learner narrows it to, beside what the exercise says. ``formulas``: each kind of factor is
    asked as an expression first. In watch mode nothing is asked: :meth:`advance` shows step after step.
    """

    def __init__(
        self, exercise: Exercise, *, mode: Mode = "quiz", narrowing: Narrowing = EVERYTHING,
        notation: Notation = HAND_OUT, formulas: bool = False,
    ) -> None:
        self.exercise = exercise
        self.mode: Mode = mode
        self.derivation = exercise.derive(notation)
        self.narrowing = narrowing
        goal = narrowing.parameters
        ask = exercise.ask if goal is None else replace(exercise.ask, parameters=goal)
        self.plan: Sequence[str] = planned_steps(self.derivation, ask, narrowing.known)
        self.position = 0
        self.formulas = formulas
        self.part: Expr | None = None
        self._had: Expr | None = None
        """A part that was entered for the whole, twice: the formula is asked for then."""
        self._parted: set[str] = set()
        self._entries: dict[str, Entry] = {}
        self.skipped_to: str | None = None

    @property
    def digits(self) -> int:
        return self.exercise.significant_digits

    @property
    def total(self) -> int:
        return len(self.plan)

    @property
    def number(self) -> int:
        """Which step this is, from 1; at the end, how many there were."""
        return min(self.position + 1, self.total)

    @property
    def finished(self) -> bool:
        return self.position >= self.total

    @property
    def current(self) -> Step | None:
        return None if self.finished else self.derivation.step(self.plan[self.position])

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return None if self.finished else self.question_of(self.plan[self.position])

    def question_of(self, quantity: str) -> Question:
        """What is asked at a step."""
        words = words_for(self.derivation, quantity)
        return Question(quantity, words.title, words.goal, self.derivation.naming.name(quantity))

    def entry(self, quantity: str) -> Entry:
        """What happened at a step so far. What was skipped counts as shown."""
        entry = self._entries.get(quantity, _NOTHING)
        return replace(entry, status="shown") if entry.status == "open" and self._is_skipped(quantity) else entry

    def go_on_from(self, place: int) -> None:
        """Go on from a step further on. The open ones before it count as shown, however many there are."""
        self.part = self._had = None
        self.position = min(max(place, self.position), self.total - 1)
        self.skipped_to = self.plan[self.position]

    def _is_skipped(self, quantity: str) -> bool:
        if self.skipped_to is None:
            return False
        place, end = self.derivation.order.find(quantity), self.derivation.order.find(self.skipped_to)
        return place is not None and end is not None and place < end

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What happened at every step that was touched."""
        return self._entries

    @property
    def has_answers(self) -> bool:
        """Would starting again lose something the learner typed?"""
        return any(entry.given is not None for entry in self._entries.values())

    def earned(self, quantity: str) -> bool:
        """May this value be shown: a given, a step done, or one that is not asked and whose turn has come?"""
        if self.derivation.graph.kind(quantity) == "given":
            return True
        if self.entry(quantity).status != "open":
            return True
        place = self.derivation.order.find(quantity)
        if place is None:
            return all(self.earned(used) for used in self.derivation.inputs_of(quantity)) and self.finished
        return self.finished or (quantity not in self._asked and place < self._reached)

    def shown(self, quantity: str) -> str | None:
        """A value as the screen shows it; None while it is not earned."""
        return shown_value(self.derivation, quantity, self.digits) if self.earned(quantity) else None

    @property
    def asked(self) -> Asked:
        """What is asked for at the current step: its value, first its formula, or a part of it."""
        if self.part is not None:
            return "part"
        return "formula" if self._wants_formula() else "value"

    @property
    def request(self) -> str:
        """What is asked for now where that is not simply the step's value, in a sentence; else empty."""
        if self.part is not None:
            return f"A smaller step first: what is {said_formula(self.derivation, self.part)}?"
        if self._had is not None:
            formula = linear(self._require_current().formula_layout(elide=LONG_SUM), Glyphs.FULL)
            return f"A smaller step: you have {said_formula(self.derivation, self._had)}. What is {formula}?"
        if self.asked == "formula":
            name = linear(self._require_current().name, Glyphs.FULL)
            return f"Which expression is {name}? Write it with names, not numbers."
        return ""

    @property
    def digits_asked(self) -> str:
        """How finely the current step's value is asked for: ``3 significant digits``, ``5 decimals``."""
        return asked_digits(self.derivation, self.plan[self.position], self.digits)

    @property
    def digits_note(self) -> str:
        """A sentence on that where it is not the digits that every step is asked for; else empty."""
        return digits_note(self.derivation, self.plan[self.position], self.digits)

    def answer(self, text: str) -> Feedback:
        """Judge an answer to the current step. A right value moves on; any other leaves the quiz at the step."""
        step, asked = self._require_current(), self.asked
        known = self._known()
        names = names_for(self.derivation.naming, known)
        if asked == "formula":
            return self._judged_formula(judge_formula(self.derivation, step.id, text, names), text)
        values = {name: self.derivation.values(name) for name in known}
        reading = read_number(text, names, values)
        references, own = self.references(step.id), self._own_values(step.id)
        feedback = judge_step(self.derivation, step.id, reading, references, self.digits, own, values)
        if asked == "part" and feedback.verdict not in ("correct", "too_coarse"):
            return self._judged_part(reading)
        self._note(feedback, text)
        if self.part is not None and asked != "part":
            self._into_part(reading)
            return replace(feedback, message=f"{feedback.message} A smaller step first.")
        if feedback.accepted:
            self.position += 1
            self.part = self._had = None
            said = self.statement(step.id)
            more = remark(self.derivation, step.id, reading, references, self.digits, own)
            return replace(feedback, message=f"{said}. {more}" if more else said)
        return feedback

    def _note(self, feedback: Feedback, text: str) -> None:
        """Keep what a judged value comes to; the same slip for the second time brings a smaller question."""
        if feedback.verdict not in ("correct", "wrong"):
            return
        entry = self.entry(feedback.id)
        again = not feedback.accepted and not entry.mistakes.isdisjoint(feedback.mistakes)
        entry = replace(entry, given=text, attempts=entry.attempts + 1, mistakes=frozenset(feedback.mistakes))
        if feedback.accepted:
            entry = replace(entry, status="answered", value=feedback.value)
        self._entries[feedback.id] = entry
        if again and feedback.id not in self._parted:
            self._parted.add(feedback.id)
            self.part = part_of(self.derivation, feedback.id)

    def _judged_formula(self, feedback: Feedback, text: str) -> Feedback:
        if feedback.right:
            self._entries[feedback.id] = replace(self.entry(feedback.id), formula=text)
            return replace(feedback, message=f"{feedback.message} That is right. Now its value.")
        return feedback

    def _judged_part(self, reading: Reading | Unread) -> Feedback:
        """A part's value, by the same numbers as the step's: the true ones, the screen's, the learner's own."""
        step, part = self._require_current(), self.part
        assert part is not None  # asked is "part"
        references = [evaluate(part, base) for base in self._bases(step.id)]
        judgement = judge(reading, references, Rule(amount=self.digits))
        feedback = Feedback(step.id, judgement.verdict, False, judgement.message, judgement.value,
                            judgement.start, judgement.end, asked="part")
        if feedback.right:
            self.part = None
            return replace(feedback, message=f"{self.part_equals(part)}. {_WHOLE_AGAIN}")
        return feedback

    def part_equals(self, part: Expr) -> str:
        """A part of the current step with its value: ``aₖ − y = −0.6027``."""
        return part_equals(self.derivation, part, self.digits)

    def _into_part(self, reading: Reading | Unread) -> None:
        """A part is asked for now; who has entered just that is asked what the formula makes of it instead."""
        part, step = self.part, self._require_current()
        if part is not None and self._judged_part(reading).right:  # which takes the part away
            self._had = part
            self._entries[step.id] = replace(self.entry(step.id), hints=WITH_SYMBOLS)

    def references(self, quantity: str) -> list[float]:
        """What counts as right: the true value; from the numbers on the screen; from the learner's own entries.

        Not where rounding leaves nothing of it: from a = 1.00, which is right for 0.9996, a(1 − a) would be 0.
        """
        expected, *rounded = (base(quantity) for base in self._bases(quantity))
        return [expected, *(value for value in rounded if not vanishes(value, expected))]

    def _bases(self, quantity: str) -> list[Callable[[str], float]]:
        """The values a step may be worked out from."""
        used, kind = self.derivation.inputs_at_hand(quantity), self.derivation.graph.kind
        steps = [name for name in used if kind(name) != "given"]  # givens are shown in full
        on_screen = {name: as_number(shown_value(self.derivation, name, self.digits)) for name in steps}
        own = self._own_values(quantity)
        bases: list[Callable[[str], float]] = [self.derivation.values, self.derivation.values_near(on_screen)]
        return [*bases, self.derivation.values_near(own)] if own else bases

    def _own_values(self, quantity: str) -> dict[str, float]:
        """The learner's own accepted numbers among what a step is made of."""
        used = self.derivation.inputs_at_hand(quantity)
        return {name: value for name in used if (value := self.entry(name).value) is not None}

    def hint(self) -> str:
        """The next rung of help for the current step; the last one is the value itself, which is not given here."""
        step = self._require_current()
        entry = self.entry(step.id)
        if self.part is not None:
            return part_hint(self.derivation, self.part, self.digits)
        rungs = self.hints_of(step.id)
        level = min(entry.hints, len(rungs) - 1)
        self._entries[step.id] = replace(entry, hints=min(entry.hints + 1, len(rungs)))
        return rungs[level]

    def looked_up(self, quantity: str) -> None:
        """A step's value was seen elsewhere: it counts as helped with all there is."""
        self._entries[quantity] = replace(self.entry(quantity), hints=len(self.hints_of(quantity)))

    def hints_of(self, quantity: str) -> tuple[str, ...]:
        """The ladder: what it is for, the rule, the rule with these symbols, with the numbers."""
        return hints(self.derivation, quantity, self.digits)

    def reveal(self) -> str:
        """Show the current step's value and move on; of a part, show the part's and go back to the step."""
        if self.part is not None:
            part, self.part = self.part, None
            return f"{self.part_equals(part)}. {_WHOLE_AGAIN}"
        return self._pass("revealed")

    def advance(self) -> str:
        """In watch mode: show the current step and move on."""
        return self._pass("shown")

    def statement(self, quantity: str) -> str:
        """A step's outcome in one line: name = value."""
        return self.said_equals(quantity, shown_value(self.derivation, quantity, self.digits))

    def said_equals(self, quantity: str, value: str) -> str:
        """``name = value`` in one line."""
        return said_equals(self.derivation, quantity, value)

    def explanation(self, quantity: str) -> tuple[tuple[Layout, ...], ...]:
        """A step that is done, as rows to be lined up: name = formula, and under it = with numbers = value."""
        return explanation(self.derivation, quantity, self.digits)

    def chain(self, quantity: str) -> tuple[str, tuple[str, ...]] | None:
        """The gradient a step belongs to and its factors in order, for the chain-rule panel; None for other steps."""
        return chain_of(self.derivation, quantity)

    def reused(self, quantity: str) -> bool:
        """Was this factor found for an earlier gradient? Not working it out again is the point of back-propagation."""
        place = self.derivation.order.find(quantity)
        if place is None or not self.earned(quantity) or self.finished:
            return False
        chain = self.chain(self.plan[self.position])
        first = chain and self.chain(quantity)
        return bool(chain and first and quantity in chain[1] and first[0] != chain[0])

    @cached_property
    def parameters(self) -> Sequence[Parameter]:
        """What the parameter table lists: inputs, weights, biases, targets, learning rate."""
        return Made(givens_of(self.derivation), lambda given: Parameter(*given))

    def results(self) -> Sequence[Change]:
        """Every updated parameter, before and after, in the order of steps, and last the cost."""
        return Made(results_of(self.derivation), self._change)

    def _change(self, quantity: str) -> Change:
        old = before_update(quantity)
        return Change(old, quantity, shown_value(self.derivation, old, self.digits),
                      shown_value(self.derivation, quantity, self.digits))

    def restore(self, entries: Mapping[str, Entry], skipped_to: str | None = None) -> None:
        """Take up where an earlier session stopped: at the first step that is neither done nor skipped."""
        self._entries = {quantity: entry for quantity, entry in entries.items() if quantity in self.derivation.order}
        self.skipped_to = skipped_to
        if skipped_to is not None and skipped_to in self.plan:
            self.position = self.plan.index(skipped_to)
        while not self.finished and self.entry(self.plan[self.position]).status != "open":
            self.position += 1

    def _wants_formula(self) -> bool:
        """Is the current step one whose formula is asked for first, and not found yet here or at one like it?"""
        if not self.formulas or self.finished or self.mode != "quiz":
            return False
        quantity = self.plan[self.position]
        key = formula_key(self.derivation, quantity)
        found = {formula_key(self.derivation, name) for name, entry in self._entries.items() if entry.formula}
        return key not in found and has_formula(self.derivation, quantity)

    def _pass(self, status: Status) -> str:
        step = self._require_current()
        self._entries[step.id] = replace(self.entry(step.id), status=status)
        self.position += 1
        self._had = None
        return self.statement(step.id)

    def _known(self) -> tuple[str, ...]:
        """What an answer may name: the givens, and what is earned."""
        if len(self.derivation.order) > _MANY:
            step = self._require_current()
            return tuple(name for name in self.derivation.inputs_at_hand(step.id)[:_NAMED] if self.earned(name))
        step, givens = self._require_current(), (parameter.id for parameter in self.parameters)
        earned = (quantity for quantity in self.derivation.order if self.earned(quantity))
        return tuple(nearest_first(self.derivation, step.id, (*givens, *earned)))

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(self.plan) if len(self.plan) <= _MANY else frozenset()

    @property
    def _reached(self) -> int:
        """How far the order of all steps has come: what lies before, and is not asked, is shown."""
        return self.derivation.order.find(self.plan[self.position]) or 0

    def _require_current(self) -> Step:
        step = self.current
        if step is None:
            raise RuntimeError("the quiz is finished: there is no step to answer")
        return step


_WHOLE_AGAIN = "Now the whole step again."
_NOTHING = Entry()
_MANY = 400
_NAMED = 40
"""So many quantities an answer may name in a large network; nobody types out a sum of hundreds."""
