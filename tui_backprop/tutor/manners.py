"""How gates treat slopes: plus passes them on, times swaps its inputs, max routes. One sentence for each slope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.maths.expression import Add, Call, Expr, Mul, Neg, Symbol, children, substitute, symbols
from tui_backprop.tutor.asking import say_formula


@dataclass(frozen=True, slots=True)
class _At:
    """An operation and the ``part`` the slope is taken by. ``value``: the slope's; ``said``: writes an expression."""

    operation: Expr
    part: Expr
    value: float
    said: Callable[[Expr], str]


def manner(derivation: Derivation, quantity: str) -> str:
    """How the gate behaves that a slope goes through, in a sentence; empty where it is neither plus, times nor max."""
    pair = derivation.graph.slope_of(quantity)
    if pair is None:
        return ""
    whole, part = pair
    formula = derivation.graph.formula(whole)
    if formula is not None and part not in symbols(formula):  # a merged factor: through the unit, into its sum
        formula = substitute(formula, lambda name: derivation.graph.formula(name) if name != part else None)
    if formula is None or symbols(formula).count(part) != 1:
        return ""
    slope = derivation.values(quantity)

    way = _way_to(formula, part)
    for operation, inner in reversed(way):
        found = _MANNERS.get(_gate(operation))
        if found is not None and not (slope == 0 and any(_gate(above) == "max" for above, _ in way)
                                      and _gate(operation) != "max"):
            return found(_At(operation, inner, slope, partial(say_formula, derivation)))
        if found is None and not isinstance(operation, Neg):
            return ""
    return ""


def _way_to(expr: Expr, part: str) -> list[tuple[Expr, Expr]]:
    """The operations around a quantity, from the outermost, each with the operand that holds it."""
    way: list[tuple[Expr, Expr]] = []
    while not isinstance(expr, Symbol):
        inner = next(child for child in children(expr) if part in symbols(child))
        way.append((expr, inner))
        expr = inner
    return way


def _gate(operation: Expr) -> str:
    match operation:
        case Add():
            return "plus"
        case Mul():
            return "times"
        case Call(function="max" | "relu"):
            return "max"
        case _:
            return ""


def _plus(at: _At) -> str:
    turned = isinstance(at.part, Neg)
    name = at.said(at.part.operand if isinstance(at.part, Neg) else at.part)
    if turned:
        return f"Minus passes on with the sign turned: {name} is taken away, so its slope is −1."
    return f"Plus passes on: {name} is added, so its slope is 1."


def _times(at: _At) -> str:
    assert isinstance(at.operation, Mul)
    others = tuple(factor for factor in at.operation.factors if factor is not at.part)
    other = at.said(others[0] if len(others) == 1 else Mul(others))
    return f"In a product the slope for {at.said(at.part)} is the other factor, {other}."


def _max(at: _At) -> str:
    assert isinstance(at.operation, Call)
    if at.operation.function == "relu":
        passes = "on, so all passes" if at.value else "off, so nothing passes"
        return f"A ReLU is a switch: the unit is {passes}."
    if at.value not in (0, 1):
        return "A max passes all to the larger one: at a tie each of the two gets half."
    return f"Max routes: all goes to the larger one; {at.said(at.part)} is the {'larger' if at.value else 'smaller'}."


_MANNERS: Final[Mapping[str, Callable[[_At], str]]] = {"plus": _plus, "times": _times, "max": _max}
