"""Which steps are asked for, and which belong together in a chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tui_backprop.course.exercise import Ask
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.order import Order
from tui_backprop.maths.expression import Mul, Symbol
from tui_backprop.maths.walks import reach
from tui_backprop.tutor.skills import skill_of

_LOOK_AHEAD = 60
"""How many steps on, at most, the product of a factor is looked for."""


def plan_steps(derivation: Derivation, ask: Ask, known: Collection[str] = ()) -> Sequence[str]:
    """The ids of the steps to ask for, in order: all, unless the exercise or the learner narrows them.

    ``known``: keys of skills whose steps are not asked for.
    """
    order = derivation.order
    if ask.parameters is None and ask.kinds is None and not known:
        return order
    kinds, kind = ask.kinds, derivation.graph.kind

    def is_asked(quantity: str) -> bool:
        of_this_kind = kinds is None or kind(quantity) in kinds
        return of_this_kind and not (known and (skill := skill_of(derivation, quantity)) and skill.key in known)

    if ask.parameters is None:
        return order.only(is_asked) or order
    return tuple(sorted(filter(is_asked, _find_needed(derivation, ask.parameters)), key=order.index)) or order


def _find_needed(derivation: Derivation, parameters: tuple[str, ...]) -> set[str]:
    """Every step that the gradients and updates of these parameters are made of, themselves included."""
    graph = derivation.graph
    asked = [graph.parameter_id(parameter) for parameter in parameters]
    goals = [graph.goal, *(goal(parameter) for parameter in asked for goal in (graph.gradient_id, graph.update_id))]
    steps = [quantity for quantity in goals if quantity in derivation.order]
    return {quantity for quantity in reach(steps, graph.sources) if quantity in derivation.order}


def chain_of(derivation: Derivation, quantity: str) -> tuple[str, tuple[str, ...]] | None:
    """The product that a step is part of, and its factors.

    It is the step itself where that is a product, else the next product that uses the step. A product is a gradient, a
    path's term, δ, or a hidden unit's ∂C/∂a: whatever is made of factors only.
    """
    place = derivation.order.find(quantity)
    if place is None:
        return None
    if factors := _factors(derivation, quantity):
        return quantity, factors
    if derivation.graph.kind(quantity) not in ("factor", "path"):
        return None
    for later in derivation.order[place + 1:place + 1 + _LOOK_AHEAD]:
        factors = _factors(derivation, later)
        if quantity in factors and derivation.graph.kind(later) == "gradient":
            return later, factors
    for later in derivation.order[place + 1:place + 1 + _LOOK_AHEAD]:
        factors = _factors(derivation, later)
        if quantity in factors:
            return later, factors
    return None


def _factors(derivation: Derivation, quantity: str) -> tuple[str, ...]:
    """The quantities whose product this one is, at least two and all of them steps; else none."""
    formula = derivation.formula(quantity)
    if not isinstance(formula, Mul) or derivation.graph.kind(quantity) in ("pre_activation", "gate"):
        return ()
    factors = tuple(part.name for part in formula.factors if isinstance(part, Symbol))
    steps = all(derivation.graph.kind(name) != "given" and derivation.order.find(name) is not None for name in factors)
    return factors if len(factors) == len(formula.factors) and steps else ()


def nearest_first(derivation: Derivation, quantity: str, names: Iterable[str]) -> list[str]:
    """The names, those of the quantity's own sample first: in a batch all samples share one name such as a_k."""
    graph = derivation.graph
    if graph.batch == 1:
        return list(names)
    sample = graph.sample_of(quantity)
    return sorted(names, key=lambda name: graph.sample_of(name) not in (None, sample))


def results_of(derivation: Derivation) -> Order:
    """What an update changes: every updated parameter, and the cost after it."""
    graph = derivation.graph
    return derivation.order.only(lambda quantity: graph.kind(quantity) == "update" or quantity == graph.goal_after)
