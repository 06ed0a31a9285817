"""The values of a graph's quantities, worked out when they are asked for, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from tui_backprop.derivation.graph import Graph
from tui_backprop.derivation.ids import Ref
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
        """The value of a quantity. Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`.

        Not recursive in the depth of the graph: a circuit may be a chain of a thousand gates.
        """
        known = self._known
        if quantity in known:
            return known[quantity]
        waiting = [quantity]
        while waiting:
            current = waiting[-1]
            if current in known:
                waiting.pop()
                continue
            formula = self._formula(current)
            if formula is None:
                known[current] = self._graph.given(current)
                continue
            missing = [name for name in symbols(formula) if name not in known]
            if missing:
                waiting.extend(missing)
            else:
                known[current] = self._evaluate(current, formula)
        return known[quantity]

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
