"""The values of a graph's quantities, worked out when they are asked for, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from tui_backprop.derivation.graph import Graph
from tui_backprop.maths.evaluate import Prepared, evaluate, prepare
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.maths.walks import in_order

Rounding = Callable[[str, float], float]
"""``rounding(id, value)`` is the value with which all further work is done."""
BackEnd = Callable[[str], float | None]
"""Gives a value by id that is worked out elsewhere, such as in an array of a whole layer; else None."""


Ready = tuple[tuple[str, ...], Prepared]
"""A formula made ready to be evaluated often: the names in it, and a function of their numbers."""


class Formulas(Protocol):
    """Where formulas come from: a graph, or an object that keeps those of a graph."""

    def formula(self, quantity: str, /) -> Expr | None:
        """The formula as it is evaluated, symbols being ids; None for a given."""
        ...

    def fallback(self, quantity: str, /) -> Expr | None:
        """A second formula of the same value, for where the first overflows; None where there is none."""
        ...

    def is_far_out(self, quantity: str, values: Callable[[str], float], /) -> bool:
        """Is the formula too inexact here, so that the fallback is to be taken?"""
        ...

    def given(self, quantity: str, /) -> float:
        """The number of a given."""
        ...


class Values:
    """Values over floats, with any quantity's formula or number replaced: the one evaluator of a graph.

    ``formulas`` maps ids to other formulas (a known mistake); ``numbers`` maps ids to given values (a learner's own
    entry). Both carry on to everything that uses them. ``rounding`` is applied to every value that is worked out. A
    value that ``back_end`` has is not worked out here. ``ready`` is filled with the graph's own formulas; whoever
    evaluates one graph many times gives the same table each time.
    """

    def __init__(
        self, graph: Formulas, *, formulas: Mapping[str, Expr] | None = None,
        numbers: Mapping[str, float] | None = None, rounding: Rounding | None = None, back_end: BackEnd | None = None,
        ready: dict[str, Ready | None] | None = None,
    ) -> None:
        self._graph = graph
        self._ready = ready
        self._formulas = formulas or {}
        self._known = _Known(numbers or {}, back_end)
        self._rounding = rounding
        self._back_end = back_end

    def __call__(self, quantity: str) -> float:
        """The value of a quantity; not recursive in the depth of the graph, which may be a chain of a thousand gates.

        Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`, and :class:`graphlib.CycleError` where an
        override names a quantity that is made of the one it is for.
        """
        if quantity in self._known:  # as nearly always
            return self._known[quantity]
        value = None if self._back_end is None else self._back_end(quantity)
        if value is None:
            found: dict[str, Prepared | None] = {}

            def missing(name: str) -> Iterable[str]:
                names, found[name] = self._make_ready(name) or ((), None)
                return filter(self._is_missing, names)

            for name in in_order(quantity, missing):
                self._work_out(name, found[name])
            return self._known[quantity]
        return value

    def in_turn(self, quantities: Iterable[str]) -> None:
        """Work these quantities out, each from those before it; all other values come from the back end."""
        for name in quantities:
            formula = self._formula(name)
            self._work_out(name, None if formula is None else prepare(formula))

    def again(self, steps: Iterable[tuple[str, Prepared]]) -> None:
        """Work these quantities out by prepared formulas, each from those before it. None may need its fallback."""
        known, rounding = self._known, self._rounding
        for name, work_out in steps:
            result = work_out(known)
            known[name] = result if rounding is None else rounding(name, result)

    def _is_missing(self, quantity: str) -> bool:
        return quantity not in self._known and (self._back_end is None or self._back_end(quantity) is None)

    def _formula(self, quantity: str) -> Expr | None:
        return self._formulas.get(quantity) or self._graph.formula(quantity)

    def _make_ready(self, quantity: str) -> Ready | None:
        """The formula made ready; None for a given."""
        kept = self._ready if quantity not in self._formulas else None
        if kept is not None and quantity in kept:
            return kept[quantity]
        formula = self._formula(quantity)
        ready = None if formula is None else (symbols(formula), prepare(formula))
        if kept is not None:
            kept[quantity] = ready
        return ready

    def _work_out(self, quantity: str, prepared: Prepared | None) -> None:
        if prepared is None:
            self._known[quantity] = self._graph.given(quantity)
            return
        result = prepared(self._known)
        if quantity not in self._formulas and (
                not math.isfinite(result) or self._graph.is_far_out(quantity, self._known.__getitem__)):
            fallback = self._graph.fallback(quantity)
            result = result if fallback is None else evaluate(fallback, self)
        self._known[quantity] = result if self._rounding is None else self._rounding(quantity, result)


class _Known(dict[str, float]):
    """Known values; one that is missing is looked for in the back end."""

    def __init__(self, numbers: Mapping[str, float], back_end: BackEnd | None) -> None:
        super().__init__(numbers)
        self._back_end = back_end

    def __missing__(self, name: str) -> float:
        value = self._back_end(name) if self._back_end is not None else None
        if value is None:
            raise KeyError(name)
        return value


def values_near(graph: Graph, values: Callable[[str], float], numbers: Mapping[str, float]) -> Callable[[str], float]:
    """A large network's values with some numbers replaced, carried on to the quantities whose formulas name them.

    Everything else is as it was worked out before: a change is not carried on through whole layers.
    """
    def near(quantity: str) -> float:
        if quantity in numbers or not any(name in numbers for name in graph.sources(quantity)):
            return numbers[quantity] if quantity in numbers else values(quantity)
        changed = Values(graph, numbers=numbers, back_end=values)
        changed.in_turn([quantity])
        result = changed(quantity)
        return result if math.isfinite(result) else values(quantity)

    return near
