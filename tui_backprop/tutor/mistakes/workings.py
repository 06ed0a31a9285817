"""A derivation worked out again with mistakes in it, from where they are made down to the quantity that is asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.tutor.mistakes import backward, forward
from tui_backprop.tutor.mistakes.circuit import circuit_slips
from tui_backprop.tutor.mistakes.slip import Site, Slip
from tui_backprop.tutor.mistakes.update import update

_MOST_NODES = 400
"""So many quantities, counted back from the one asked, are worked out again at most."""

_MAKERS: Mapping[str, Callable[[Site], Iterator[Slip]]] = {
    "z": forward.pre_activation, "z'": forward.pre_activation, "a": forward.activation, "a'": forward.activation,
    "C": forward.cost, "C'": forward.cost, "da/dz": backward.slope, "dz/dw": backward.by_weight,
    "da/dw": backward.by_weight, "dz/da": backward.by_activation, "da/da": backward.by_activation,
    "via": backward.hidden_slope, "dC/dz": backward.delta, "dC/dw": backward.weight_gradient,
    "dC/db": backward.bias_gradient, "w'": update, "b'": update,
}


class Workings:
    """One derivation's formulas and slips, kept, so that one wrong answer after another is looked up quickly."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self._formulas: dict[str, Expr | None] = {}
        self._used: dict[str, tuple[str, ...]] = {}
        self._slips: dict[str, dict[str, Slip]] = {}

    @cached_property
    def large(self) -> bool:
        return self.derivation.graph.is_large

    def formula(self, quantity: str) -> Expr | None:
        """The formula as it is evaluated; None for a given."""
        if quantity not in self._formulas:
            formula = self.derivation.graph.formula(quantity)
            if formula is not None and not math.isfinite(evaluate(formula, self.derivation.values)):
                formula = self.derivation.graph.fallback(quantity) or formula
            self._formulas[quantity] = formula
        return self._formulas[quantity]

    def slips(self, quantity: str) -> Mapping[str, Slip]:
        """The known mistakes at one quantity by their way; of a mean, those of the mean itself."""
        if quantity not in self._slips:
            found: dict[str, Slip] = {}
            for slip in self._made(quantity):
                found.setdefault(slip.way, slip)
            self._slips[quantity] = found
        return self._slips[quantity]

    def levels(self, quantity: str) -> dict[str, int]:
        """The quantity and all it is made of, but for givens, with how many formulas lie between."""
        levels, waiting = {quantity: 0}, [quantity]
        for name in waiting:
            for used in self.made_of(name):
                if used not in levels and len(levels) < _MOST_NODES and self.formula(used) is not None:
                    levels[used] = levels[name] + 1
                    waiting.append(used)
        return levels

    def order(self, quantity: str, among: Mapping[str, int]) -> list[str]:
        """``among``, each after all it is made of; not recursive in the depth of the graph."""
        order: dict[str, None] = {}
        waiting = [(quantity, False)]
        opened: set[str] = set()
        while waiting:
            name, ready = waiting.pop()
            if ready:
                order[name] = None
            elif name not in opened:
                opened.add(name)
                waiting.append((name, True))
                waiting += [(used, False) for used in self.made_of(name) if used in among]
        return list(order)

    def downstream(self, order: list[str], sites: Collection[str]) -> list[str]:
        """Of ``order`` the sites and what is made of them."""
        touched = set(sites)
        for name in order:
            if not touched.isdisjoint(self.made_of(name)):
                touched.add(name)
        return [name for name in order if name in touched]

    def again(
        self, order: list[str], slips: Mapping[str, Expr], base: Callable[[str], float],
        rounded: Callable[[str, float], float] | None = None,
    ) -> float:
        """The last quantity of ``order`` with some formulas replaced, and all that uses them worked out again.

        ``rounded`` is done to every quantity's value on the way, but not to the last. Mistaken formulas take what they
        name as it is in ``base`` where it was not changed before.
        """
        changed: dict[str, float] = {}

        def value(name: str) -> float:
            return changed[name] if name in changed else base(name)

        for name in order:
            formula = slips.get(name)
            if formula is None and (rounded or not changed.keys().isdisjoint(self.made_of(name))):
                formula = self.formula(name)
            if formula is not None:
                result = evaluate(formula, value)
                changed[name] = rounded(name, result) if rounded and name != order[-1] else result
        return value(order[-1])

    def made_of(self, name: str) -> tuple[str, ...]:
        """What a quantity's formula names."""
        if name not in self._used:
            formula = self.formula(name)
            self._used[name] = symbols(formula) if formula is not None else ()
        return self._used[name]

    def _made(self, quantity: str) -> Iterator[Slip]:
        graph, formula = self.derivation.graph, self.formula(quantity)
        if isinstance(graph, CircuitGraph):
            yield from circuit_slips(graph, quantity)
        elif isinstance(graph, NetworkGraph) and formula is not None:
            ref = graph.ref(quantity)
            site = Site(self.derivation, graph, quantity, ref, formula)
            if graph.kind_of(ref) == "mean" or (ref.role == "C'" and graph.batch > 1 and ref.sample is None):
                yield from forward.mean(site)
            elif ref.role == "dC/da":
                yield from backward.cost_slope(site) if site.is_output else backward.hidden_slope(site)
            elif ref.role in _MAKERS:
                yield from _MAKERS[ref.role](site)
