"""The values of a graph's quantities, worked out when they are asked for, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping

from tui_backprop.derivation.graph import Graph
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.in_order import in_order
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, Sum, symbols
from tui_backprop.maths.template import Units

Rounding = Callable[[str, float], float]
"""What becomes of a quantity's value on the way, by its id."""


class Values:
    """Values over plain floats, with any quantity's formula or number replaced: the one evaluator of single formulas.

    ``formulas`` are overrides: ids whose formula is another one (a known mistake); ``numbers`` are ids whose value is
    given (a learner's own entry). Both carry on to everything that uses them. ``rounding`` is done to every value that
    is worked out. ``base`` has the values that are not worked out here: all but those ``again``.
    """

    def __init__(
        self, graph: Graph, *, formulas: Mapping[str, Expr] | None = None, numbers: Mapping[str, float] | None = None,
        rounding: Rounding | None = None, base: Callable[[str], float] | None = None, again: Container[str] = (),
    ) -> None:
        self._graph = graph
        self._formulas = formulas or {}
        self._known: dict[str, float] = dict(numbers or {})
        self._rounding = rounding
        self._base = base
        self._again = again

    def __call__(self, quantity: str) -> float:
        """The value of a quantity; not recursive in the depth of the graph, which may be a chain of a thousand gates.

        Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`, and :class:`graphlib.CycleError` where an
        override names a quantity that is made of the one it is for.
        """
        if quantity not in self._known:
            formulas: dict[str, Expr | None] = {}

            def missing(name: str) -> list[str]:
                formula = formulas[name] = self._formula(name)
                return [] if formula is None else [used for used in symbols(formula) if used not in self._known]

            for name in in_order(quantity, missing):
                self._known[name] = self._worked_out(name, formulas[name])
        return self._known[quantity]

    def written(self, _node: Sum, _units: Units, _ref: Ref) -> Expr | None:
        """None: no sum is so long that it is written at once."""
        return None

    def _formula(self, quantity: str) -> Expr | None:
        """What a quantity is worked out by; None where its value is given, or known to the base."""
        if self._base is not None and quantity not in self._again:
            return None
        return self._formulas.get(quantity) or self._graph.formula(quantity)

    def _worked_out(self, quantity: str, formula: Expr | None) -> float:
        if formula is None:
            return self._graph.given(quantity) if self._base is None else self._base(quantity)
        result = self._evaluate(quantity, formula)
        return result if self._rounding is None else self._rounding(quantity, result)

    def _evaluate(self, quantity: str, formula: Expr) -> float:
        result = evaluate(formula, self._known.__getitem__)
        if quantity in self._formulas:
            return result
        if math.isfinite(result) and not self._graph.is_far_out(quantity, self._known.__getitem__):
            return result
        fallback = self._graph.fallback(quantity)
        return result if fallback is None else evaluate(fallback, self)


def values_near(graph: Graph, values: Callable[[str], float], numbers: Mapping[str, float]) -> Callable[[str], float]:
    """A large network's values with some numbers replaced, carried on to the quantities whose formulas name them.

    Everything else is as it was worked out before: a change is not carried on through whole layers.
    """
    def near(quantity: str) -> float:
        if quantity in numbers or not any(name in numbers for name in graph.sources(quantity)):
            return numbers[quantity] if quantity in numbers else values(quantity)
        result = Values(graph, numbers=numbers, base=values, again=(quantity,))(quantity)
        return result if math.isfinite(result) else values(quantity)

    return near
