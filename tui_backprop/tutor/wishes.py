"""Wishes: every output wants its activation to go up or down; a hidden unit hears the sum of their slopes."""

from __future__ import annotations

from tui_backprop.derivation import Derivation
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_text

_DIGITS = 4
_MOST = 4


def wish(derivation: Derivation, quantity: str) -> str:
    """What a slope of the cost by an activation asks for, in a sentence; empty where there are not several outputs.

    The slopes stand there as they travel; a wish goes the other way, downhill for the cost.
    """
    graph = derivation.graph
    place = graph.wish_of(quantity)
    if place is None:
        return ""
    unit, is_output = place
    name, value = derivation.name_of(unit), derivation.values(quantity)
    if is_output:
        return f"{name} is an output, and its slope is {_told(value)}: it wants to go {_tell_wanted(value)}."
    formula = derivation.formula(quantity)
    heard = [_told(derivation.values(path)) for path in symbols(formula)] if formula is not None else []
    return f"{name} hears the sum of the wishes: {_list(heard)}, together {_told(value)}. It should go " \
           f"{_tell_wanted(value)}."


def _list(heard: list[str]) -> str:
    """The wishes in a row; of many the first, and how many more."""
    if len(heard) > _MOST:
        return f"{', '.join(heard[:_MOST])} and {len(heard) - _MOST} more"
    return " and ".join(filter(None, (", ".join(heard[:-1]), *heard[-1:])))


def _told(slope: float) -> str:
    return to_text(slope, _DIGITS)


def _tell_wanted(slope: float) -> str:
    """The direction of a wish."""
    return "neither up nor down" if slope == 0 else "up" if slope < 0 else "down"
