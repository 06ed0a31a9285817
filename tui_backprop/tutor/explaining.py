"""Explains a step in sentences and lines: its hints, its formula with numbers, a part of it, and its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import Derivation, Step
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Symbol, symbols, walk
from tui_backprop.maths.precision import Precision
from tui_backprop.tutor.asking import say_formula
from tui_backprop.tutor.calls_for_help import TO_SEE_IT
from tui_backprop.tutor.display import as_number, digits_note, format_value, rule_for
from tui_backprop.tutor.entries import Question
from tui_backprop.tutor.wording import title_for, words_for
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Layout, Row, Text, number_text
from tui_backprop.typeset.linear import linear

LONG_SUM: Final = 6
"""A sum of more terms than this is shown shortened."""
WITH_SYMBOLS: Final = 3
"""The number, from 1, of the hint that is the rule with this step's symbols."""
_MORE_DIGITS: Final = 4
"""So many numbers of digits are tried for what stands in a formula."""
_STEP_SAID: Final = ", where step(z) is 1 for z above 0, else 0"


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the steps of a derivation, with values to one digit more than ``precision`` asks for."""

    derivation: Derivation
    precision: Precision

    def question(self, quantity: str) -> Question:
        """What is asked at a step."""
        title, goal = title_for(self.derivation, quantity), words_for(self.derivation, quantity).goal
        return Question(quantity, title, goal, self.derivation.naming.name(quantity))

    def shown(self, quantity: str) -> str:
        """A value as the screen shows it."""
        return format_value(self.derivation, quantity, self.precision)

    def digits_asked(self, quantity: str) -> str:
        """How finely a step's value is asked for: ``3 digits are enough``, or the decimals that show a change.

        Significant digits are explained in a later lesson than the first exercises.
        """
        told = rule_for(self.derivation, quantity, self.precision).tell_digits(self.derivation.values(quantity))
        return f"{told.replace(' significant', '')} are enough" if "significant" in told else told

    def digits_note(self, quantity: str) -> str:
        """A sentence on how finely this step's value is asked for; empty where it is as at every step."""
        return digits_note(self.derivation, quantity, self.precision)

    def spell_with_layer(self, quantity: str) -> str:
        """How to type a name in this step's formula that means another quantity without its layer; empty for none."""
        naming = self.derivation.naming
        return next((naming.spellings(name)[0] for name in self.derivation.step(quantity).symbols
                     if all(naming.telling_apart(name))), "")

    def hints(self, quantity: str) -> tuple[str, ...]:
        """The hints in order: what the step is for, the rule, the rule with these symbols, with the numbers."""
        words, step = words_for(self.derivation, quantity), self.derivation.step(quantity)
        symbols = linear(Row((step.name, EQUALS, step.formula_layout(elide=LONG_SUM))), Glyphs.FULL)
        numbers = linear(Row((step.name, EQUALS, self.with_numbers(step))), Glyphs.FULL)
        if any(isinstance(node, Call) and node.function == "step" for node in walk(step.formula)):
            symbols += _STEP_SAID
        if not step.symbols:
            last = f"{linear(step.name, Glyphs.FULL)} is {self.shown(quantity)}, whatever the numbers are."
        else:
            last = f"With the numbers: {numbers}."
            if numbers != self.equals(quantity):  # a product with a slope of 1 is its other factor
                last += f" {TO_SEE_IT}"
        return (words.goal, words.rule, f"Here: {symbols}", last)

    def explanation(self, quantity: str) -> tuple[tuple[Layout, ...], ...]:
        """A step that is done, as rows to be aligned: name = formula, and under it = numbers = value.

        One row, where the formula is a number.
        """
        step = self.derivation.step(quantity)
        numbers: tuple[Layout, ...] = (EQUALS, number_text(self.shown(quantity)))
        if not isinstance(step.formula, Symbol) and symbols(step.formula):
            numbers = (EQUALS, self.with_numbers(step), *numbers)
        rows = (step.name, EQUALS, step.formula_layout(elide=LONG_SUM)), (Text(""), *numbers)
        return rows if symbols(step.formula) else rows[:1]

    def with_numbers(self, step: Step) -> Layout:
        """A step's formula with the numbers on the screen, or with more of their digits: see :meth:`finely_enough`."""
        texts = {self.derivation.values(name): text for name, text in self.finely_enough(step).items()}
        return step.lay_out_substituted(lambda value: texts[value].replace("−", "-"), elide=LONG_SUM)

    def finely_enough(self, step: Step) -> Mapping[str, str]:
        """The numbers in a step by their names. They are as on the screen, unless what is printed would be false then:

        0.4 · (−1.2) = −0.4801 is, and 0.4 · (−1.2003) = −0.4801 is true. Of a long sum not all terms are printed.
        """
        finely = [replace(self.precision, amount=self.precision.amount + more) for more in range(_MORE_DIGITS)]
        for precision in finely if len(step.symbols) <= LONG_SUM else finely[:1]:
            texts = {name: format_value(self.derivation, name, precision) for name in step.symbols}
            printed = _work_out(step, texts)
            if format_value(self.derivation, step.id, self.precision, printed) == self.shown(step.id):
                break
        return texts

    def with_gap(self, quantity: str, missing: str, gap: Layout) -> Layout:
        """A step's formula with the numbers on the screen, and ``gap`` in place of the number of ``missing``."""
        def number(name: str) -> Layout:
            return gap if name == missing else self._lay_out(name)

        step = self.derivation.step(quantity)
        return step.lay_out(step.evaluated, number, elide=LONG_SUM)

    def _lay_out(self, quantity: str) -> Layout:
        """A value as the screen shows it, to stand in a formula."""
        return number_text(self.shown(quantity).replace("−", "-"))

    def equals(self, quantity: str, value: str | None = None) -> str:
        """``name = value`` in one line; the true value where no other is passed."""
        said = number_text(self.shown(quantity) if value is None else value)
        return linear(Row((self.derivation.naming.name(quantity), EQUALS, said)), Glyphs.FULL)

    def tell_derivation(self, quantity: str) -> str:
        """How a step's value is found, in one line: name = formula = numbers = value."""
        return linear(Row(tuple(part for row in self.explanation(quantity) for part in row)), Glyphs.FULL)

    def part_equals(self, part: Expr) -> str:
        """A part of a step with its value: ``aₖ − y = −0.6027``."""
        value = evaluate(part, self.derivation.values)
        return f"{say_formula(self.derivation, part)} = {self.precision.shown(value)}"

    def part_hint(self, part: Expr) -> str:
        """A part of a step with the numbers in it."""
        numbers = linear(set_formula(part, self._lay_out, elide=LONG_SUM), Glyphs.FULL)
        new = next((name for name in symbols(part) if "'" in name and name not in self.derivation.order), None)
        whence = "" if new is None else (
            f" {say_formula(self.derivation, Symbol(new))} is what comes out with the new weights.")
        return f"With the numbers: {say_formula(self.derivation, part)} = {numbers}.{whence} {TO_SEE_IT}"


def _work_out(step: Step, texts: Mapping[str, str]) -> float:
    """What a step's formula comes to with the numbers that these texts stand for."""
    return evaluate(step.evaluated, lambda name: as_number(texts[name]))
