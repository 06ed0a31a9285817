"""How values are shown: with a digit more than is asked for, and enough that an update's change can be seen."""

from __future__ import annotations

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import before_update
from tui_backprop.maths.numerals import leading_power, to_places, to_text, typographic
from tui_backprop.maths.precision import THREE_DIGITS, Precision
from tui_backprop.tutor.rules import Rule, places_of

__all__ = ["as_number", "change_of", "digits_note", "format_value", "rule_for"]


_OF_A_GIVEN = 6
"""Significant digits of a given: after an update a weight may have seventeen, which nobody works with by hand."""


def format_value(
    derivation: Derivation, quantity: str, precision: Precision, value: float | None = None,
) -> str:
    """A quantity's value as the screen shows it, where it is asked for with this precision; or another value of it."""
    value = derivation.values(quantity) if value is None else value
    kind = derivation.graph.kind(quantity)
    if kind == "given":
        return to_text(value, max(_OF_A_GIVEN, precision.digits(value) + 3))
    if kind == "update" and (change := change_of(derivation, quantity)):
        places = max(0, places_of(change), precision.digits(value) - leading_power(value) if value else 0)
        text = to_places(value, min(places, 17))
        return typographic(text.rstrip("0").rstrip(".") if "." in text else text)
    return precision.shown(value)


def as_number(text: str) -> float:
    """The number that a shown text stands for, with a typographic minus."""
    return float(text.replace("−", "-"))


def change_of(derivation: Derivation, quantity: str) -> float:
    """An updated parameter's change, −r·g."""
    return derivation.values(quantity) - derivation.values(before_update(quantity))


def rule_for(derivation: Derivation, quantity: str, precision: Precision = THREE_DIGITS) -> Rule:
    """The rule that says how near an answer to a step must come."""
    change = change_of(derivation, quantity) if derivation.graph.kind(quantity) == "update" else None
    return Rule.of(precision, change)


def digits_note(derivation: Derivation, quantity: str, precision: Precision) -> str:
    """A sentence on how finely a step's value is asked for; empty where the exercise's usual digits are asked for."""
    rule, value = rule_for(derivation, quantity, precision), derivation.values(quantity)
    return f"{rule.request(value).capitalize()}." if rule.is_finer(value) else ""
