"""Learners on paper: sheets worked out exactly, with rounding at every step, or with slips carried on to the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import Detail
from tui_backprop.maths.numerals import leading_power
from tui_backprop.tutor.plan import plan_steps

DIGITS: Final = 3
Slip = Callable[[float], float]


def sheet(
    exercise: Exercise, *, slips: Mapping[str, Slip] | None = None, rounded: bool = False, backwards: bool = False,
    calculator: bool = False, detail: Detail | None = None,
) -> dict[str, str]:
    """What a learner writes who works every asked step out of the steps before, as written.

    ``slips`` changes the number at some steps; ``rounded`` writes no digit more than is asked for; a ``calculator``
    keeps all digits of what is written rounded; ``backwards`` hands the answers over in the opposite order; ``detail``
    is another than the exercise's.
    """
    derivation = Derivation(exercise.task, detail or exercise.detail)
    entries: dict[str, float] = {}
    written: dict[str, str] = {}
    for quantity in plan_steps(derivation, exercise.ask):
        own = derivation.values_with(numbers=entries)
        value = own(quantity)
        if slips and quantity in slips:
            value = slips[quantity](value)
        old = own(quantity.replace("'", "", 1)) if derivation.graph.kind(quantity) == "update" else None
        written[quantity] = as_written(value, exercise.precision.amount, old) if rounded else repr(value)
        entries[quantity] = value if calculator else float(written[quantity])
    return dict(reversed(written.items())) if backwards else written


def as_written(value: float, digits: int = DIGITS, old: float | None = None) -> str:
    """The number with so many significant digits; an updated parameter so that two digits of its change show."""
    if value == old:
        return repr(value)
    places = digits - 1 - leading_power(value) if value else 0
    if old is not None:
        places = max(places, 1 - leading_power(value - old))
    return f"{value:.{places}f}" if places >= 0 else f"{value:.{digits - 1}e}"
