"""Works a derivation out again with mistakes in it, from where they are made to the quantity that is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeVar, assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, Family
from tui_backprop.derivation.values import Rounding, Values
from tui_backprop.maths.evaluate import ColumnsPrepared, Prepared, evaluate, prepare, prepare_columns
from tui_backprop.maths.expression import Expr, Mul, number, rebuild, symbols
from tui_backprop.maths.walks import in_order, reach
from tui_backprop.tutor.mistakes import backward, cost, factors, forward
from tui_backprop.tutor.mistakes.batches import mean, other_samples
from tui_backprop.tutor.mistakes.circuit import circuit_slips
from tui_backprop.tutor.mistakes.known import MISTAKES
from tui_backprop.tutor.mistakes.shape import by_shape
from tui_backprop.tutor.mistakes.slip import Site, Slip, StepAt
from tui_backprop.tutor.mistakes.update import update, value_for_gradient

V = TypeVar("V")
Base = Callable[[str], float]
"""The values from which a mistake is looked for: the true ones, or those that follow from the learner's own."""

_MOST_NODES = 400
_MOST_NAMED = 2400
"""How many quantities are worked out again for one that is asked for, at most, and how many names their formulas have.
"""


def _cost_slope(site: Site) -> Iterator[Slip]:
    return backward.cost_slope(site) if site.is_output else backward.hidden_slope(site)


_FAMILIES: Mapping[Family, Callable[[Site], Iterator[Slip]]] = {
    "sum": forward.pre_activation, "activation": forward.activation, "cost": cost.cost, "slope": factors.slope,
    "by_weight": factors.by_weight, "by_activation": factors.by_activation, "onwards": backward.hidden_slope,
    "cost_slope": _cost_slope, "delta": backward.delta, "gradient": backward.weight_gradient,
    "bias_gradient": backward.bias_gradient, "update": update, "by_shape": by_shape,
}


class MadeOnce(dict[str, V]):
    """Values by name, each made when it is first asked for and then kept."""

    def __init__(self, make: Callable[[str], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> V:
        value = self[name] = self._make(name)
        return value


class Numbers(MadeOnce[float]):
    """The values from which mistakes are looked for."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Quantities to be worked out one after another, and what that costs."""

    names: tuple[str, ...]
    cost: int


class Workings:
    """One derivation's formulas and slips, kept, so that one wrong answer after another is looked up quickly."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self._formulas: dict[str, Expr | None] = {}
        self._used: dict[str, tuple[str, ...]] = {}
        self._slips: dict[tuple[str, bool], dict[str, Slip]] = {}
        self._costs = MadeOnce[int](lambda name: len(self.find_parts(name)) + 1)
        self._steps = MadeOnce[Prepared](lambda name: prepare(self.as_expression(name)))
        self.columns = MadeOnce[ColumnsPrepared](lambda name: prepare_columns(self.as_expression(name)))
        """Each quantity's formula made ready for many rows of numbers."""
        self._prepared: dict[int, tuple[Expr, Prepared]] = {}
        self.work = 0
        """How many names were looked up in mistaken formulas and in those that follow: what the search costs."""

    @cached_property
    def large(self) -> bool:
        return self.derivation.graph.is_large

    def formula(self, quantity: str) -> Expr | None:
        """The formula as it is evaluated; None for a given."""
        if quantity not in self._formulas:
            formula = self.derivation.graph.formula(quantity)
            if formula is not None and not self._holds(quantity, formula):
                formula = self.derivation.graph.fallback(quantity) or formula
            if formula is not None and self.derivation.graph.kind(quantity) == "cost":
                formula = self._without_zeros(formula)
            self._formulas[quantity] = formula
        return self._formulas[quantity]

    def _holds(self, quantity: str, formula: Expr) -> bool:
        values = self.derivation.values
        return math.isfinite(evaluate(formula, values)) and not self.derivation.graph.is_far_out(quantity, values)

    def slips(self, quantity: str, *, nearby: bool = True) -> Mapping[str, Slip]:
        """The known mistakes at one quantity by their way; at a mean, those of the mean itself.

        Where it is not ``nearby``, slips that take another quantity for one of its own are left out.
        """
        key = quantity, nearby
        if key not in self._slips:
            found: dict[str, Slip] = {}
            for slip in self._make_slips(quantity, nearby):
                found.setdefault(slip.way, slip)
            self._slips[key] = found
            self.work += len(found) * 2
        return self._slips[key]

    def levels(self, quantity: str) -> dict[str, int]:
        """The quantity and all it is made of, without givens, each with the number of formulas in between."""
        nodes, named = 1, 0

        def wanted(used: str) -> bool:
            nonlocal nodes, named
            if nodes >= _MOST_NODES or named >= _MOST_NAMED or self.formula(used) is None:
                return False
            nodes, named = nodes + 1, named + len(self.find_parts(used))
            return True

        found, levels = reach((quantity,), self.find_parts, wanted), {quantity: 0}
        for name, uses in found.items():
            for used in uses:
                if used in found:
                    levels.setdefault(used, levels[name] + 1)
        return levels

    def order(self, quantity: str, among: Mapping[str, int]) -> list[str]:
        """The quantities of ``among`` that ``quantity`` is made of, each after all it is made of itself."""
        return list(in_order(quantity, lambda name: [used for used in self.find_parts(name) if used in among]))

    def chain(self, names: Sequence[str]) -> Chain:
        """What is to be worked out again; whoever does so with many mistakes makes it once."""
        return Chain(tuple(names), sum(map(self._costs.__getitem__, names)))

    def downstream(self, order: Sequence[str], sites: Collection[str]) -> Chain:
        """Those of ``order`` that are sites or are made of sites."""
        self.work += len(order) // 4
        touched = set(sites)
        found = []
        for name in order:
            if name in touched or not touched.isdisjoint(self.find_parts(name)):
                touched.add(name)
                found.append(name)
        return self.chain(found)

    def fallback(self, _quantity: str) -> None:
        """None: :meth:`formula` has chosen the fallback already where it is needed."""
        return

    def is_far_out(self, _quantity: str, _values: Base) -> bool:
        return False

    def given(self, quantity: str) -> float:
        return self.derivation.graph.given(quantity)

    def again(
        self, chain: Chain, slips: Mapping[str, Expr], numbers: Numbers, rounding: Rounding | None = None
    ) -> float:
        """The last quantity of a chain with some formulas replaced, and all of the chain worked out again.

        Quantities that are not in the chain are taken from ``numbers``.
        """
        self.work += chain.cost
        replaced = {name: self._ready(formula) for name, formula in slips.items()}
        values = Values(self, numbers=numbers, rounding=rounding, back_end=numbers.__getitem__)
        values.again((name, replaced.get(name) or self._steps[name]) for name in chain.names)
        return values(chain.names[-1])

    def as_expression(self, quantity: str) -> Expr:
        """The formula; of a given, its number."""
        return self.formula(quantity) or number(Fraction(self.given(quantity)))

    def _ready(self, formula: Expr) -> Prepared:
        """The formula prepared for evaluation, and kept by its identity, since comparing formulas takes longer."""
        found = self._prepared.get(id(formula))
        if found is None:
            found = self._prepared[id(formula)] = formula, prepare(formula)
        return found[1]

    def _without_zeros(self, formula: Expr) -> Expr:
        """The formula without products that are 0 because of a target of 0 or 1: nobody works out their logarithm."""
        if isinstance(formula, Mul) and any(self._is_given_zero(factor) for factor in formula.factors):
            return number(0)
        return rebuild(formula, self._without_zeros)

    def _is_given_zero(self, factor: Expr) -> bool:
        names = symbols(factor)
        return bool(names) and all(self.derivation.graph.kind(name) == "given" for name in names) \
            and evaluate(factor, self.derivation.values) == 0

    def find_parts(self, name: str) -> tuple[str, ...]:
        """The ids that a quantity's formula names."""
        if name not in self._used:
            formula = self.formula(name)
            self._used[name] = symbols(formula) if formula is not None else ()
        return self._used[name]

    def _make_slips(self, quantity: str, nearby: bool) -> Iterator[Slip]:
        graph, formula = self.derivation.graph, self.formula(quantity)
        if formula is None:
            return
        place = StepAt(self.derivation, quantity, formula, nearby)
        match graph:
            case CircuitGraph():
                yield from circuit_slips(graph, place)
            case NetworkGraph():
                place = Site(self.derivation, quantity, formula, nearby, graph, graph.ref(quantity))
                yield from _network_slips(place)
            case _:
                assert_never(graph)
        for mistake in MISTAKES.values():
            if mistake.made is not None:
                yield from mistake.made(place)


def _network_slips(site: Site) -> Iterator[Slip]:
    """The slips of a quantity by its role; at a mean, those of the mean itself."""
    graph, ref = site.graph, site.ref
    if graph.is_mean(ref):
        yield from mean(site)
        yield from value_for_gradient(site)
    elif family := ROLES[ref.role].slips:
        yield from _FAMILIES[family](site)
        yield from other_samples(site)
