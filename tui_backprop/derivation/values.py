"""The values of a graph's quantities, worked out when they are asked for, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from tui_backprop.derivation.graph import Graph
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.in_order import in_order
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, Sum, symbols
from tui_backprop.maths.template import Units


class Values:
    """Values over plain floats, with any quantity's formula or number replaced.

    ``formulas`` are overrides: ids whose formula is another one (a known mistake); ``numbers`` are ids whose value is
    given (a learner's own entry). Both carry on to everything that uses them.
    """

    def __init__(
        self, graph: Graph, *, formulas: Mapping[str, Expr] | None = None, numbers: Mapping[str, float] | None = None
    ) -> None:
        self._graph = graph
        self._formulas = formulas or {}
        self._known: dict[str, float] = dict(numbers or {})

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
                formula = formulas[name]
                self._known[name] = self._graph.given(name) if formula is None else self._evaluate(name, formula)
        return self._known[quantity]

    def written(self, _node: Sum, _units: Units, _ref: Ref) -> Expr | None:
        """None: no sum is so long that it is written at once."""
        return None

    def _formula(self, quantity: str) -> Expr | None:
        return self._formulas.get(quantity) or self._graph.formula(quantity)

    def _evaluate(self, quantity: str, formula: Expr) -> float:
        result = evaluate(formula, self._known.__getitem__)
        if math.isfinite(result) or quantity in self._formulas:
            return result
        fallback = self._graph.fallback(quantity)
        return result if fallback is None else evaluate(fallback, self)


class NearValues:
    """A large network's values with some numbers replaced, carried on to the quantities whose formulas name them.

    Everything else is as it was worked out before: a change is not carried on through whole layers.
    """

    def __init__(
        self, graph: Graph, values: Callable[[str], float], numbers: Mapping[str, float]
    ) -> None:
        self._graph = graph
        self._values = values
        self._numbers = numbers

    def __call__(self, quantity: str) -> float:
        """The value of a quantity. Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`."""
        if quantity in self._numbers:
            return self._numbers[quantity]
        if not any(name in self._numbers for name in self._graph.sources(quantity)):
            return self._values(quantity)
        formula = self._graph.formula(quantity)
        if formula is None:
            return self._values(quantity)
        result = evaluate(formula, self._near)
        if not math.isfinite(result) and (fallback := self._graph.fallback(quantity)) is not None:
            result = evaluate(fallback, self._near)
        return result if math.isfinite(result) else self._values(quantity)

    def _near(self, quantity: str) -> float:
        return self._numbers[quantity] if quantity in self._numbers else self._values(quantity)
