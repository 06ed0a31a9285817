"""A step in sentences and lines: its hints, its formula with numbers, a part of it, and what it comes to."""

from __future__ import annotations

from typing import Final

from tui_backprop.derivation import Derivation, Step
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, Symbol, symbols
from tui_backprop.maths.numerals import shown
from tui_backprop.tutor.asking import said_formula
from tui_backprop.tutor.display import EXTRA_DIGITS, shown_value
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Row, Text, operator
from tui_backprop.typeset.linear import linear

LONG_SUM: Final = 6
"""Terms of a sum that are shown before it is shortened."""
WITH_SYMBOLS: Final = 3
"""The rung of the hints that is the rule with this step's symbols, counted from 1."""
EQUALS: Final = operator(" = ")
_SHOW: Final = "Press ! to see the value."


def hints(derivation: Derivation, quantity: str, digits: int) -> tuple[str, ...]:
    """The ladder: what the step is for, the rule, the rule with these symbols, with the numbers."""
    words, step = words_for(derivation, quantity), derivation.step(quantity)
    symbols = linear(Row((step.name, EQUALS, step.formula_layout(elide=LONG_SUM))), Glyphs.FULL)
    numbers = linear(Row((step.name, EQUALS, with_numbers(derivation, step, digits))), Glyphs.FULL)
    return (words.goal, words.rule, f"Here: {symbols}", f"With the numbers: {numbers}. {_SHOW}")


def explanation(derivation: Derivation, quantity: str, digits: int) -> tuple[tuple[Layout, ...], ...]:
    """A step that is done, as rows to be lined up: name = formula, and under it = with numbers = value."""
    step = derivation.step(quantity)
    value: Layout = Text(shown_value(derivation, quantity, digits), "number")
    if not isinstance(step.formula, Symbol):
        value = Row((with_numbers(derivation, step, digits), EQUALS, value))
    return ((step.name, EQUALS, step.formula_layout(elide=LONG_SUM)), (Text(""), EQUALS, value))


def with_numbers(derivation: Derivation, step: Step, digits: int) -> Layout:
    """A step's formula with the numbers on the screen."""
    names = {derivation.values(name): shown_value(derivation, name, digits) for name in step.symbols}
    return step.substituted_layout(lambda value: names[value].replace("−", "-"), elide=LONG_SUM)


def said_equals(derivation: Derivation, quantity: str, value: str) -> str:
    """``name = value`` in one line."""
    return linear(Row((derivation.naming.name(quantity), EQUALS, Text(value, "number"))), Glyphs.FULL)


def part_equals(derivation: Derivation, part: Expr, digits: int) -> str:
    """A part of a step with its value: ``aₖ − y = −0.6027``."""
    return f"{said_formula(derivation, part)} = {shown(evaluate(part, derivation.values), digits + EXTRA_DIGITS)}"


def part_hint(derivation: Derivation, part: Expr, digits: int) -> str:
    """A part of a step with the numbers in it."""
    def number(name: str) -> Layout:
        return Text(shown_value(derivation, name, digits).replace("−", "-"), "number")

    numbers = linear(set_formula(part, number, elide=LONG_SUM), Glyphs.FULL)
    new = next((name for name in symbols(part) if "'" in name), None)
    whence = f" {said_formula(derivation, Symbol(new))} is what comes out with the new weights." if new else ""
    return f"With the numbers: {said_formula(derivation, part)} = {numbers}.{whence} {_SHOW}"
