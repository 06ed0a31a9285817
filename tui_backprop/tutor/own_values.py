"""Values that follow from a learner's own entries, in whatever way the learner went on and rounded."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Final, Literal

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.maths.expression import Mul, Symbol, symbols
from tui_backprop.maths.precision import Precision
from tui_backprop.maths.walks import in_order
from tui_backprop.tutor.readings import Reading
from tui_backprop.tutor.rules import Rule

EntryStanding = Literal["right", "coarse", "carried", "slip"]
"""How an entry came about: right; right with too few digits; right for the entries before it; or wrong of itself."""

_MOST_SLIPS: Final = 4
_NEAR: Final = 1e-9


class OwnValues:
    """The entries of one sheet. ``given``: the ids it answers; other values are worked out from its entries."""

    def __init__(self, derivation: Derivation, given: Collection[str], precision: Precision) -> None:
        self._derivation = derivation
        self._precision = precision
        self._beyond = any(quantity not in derivation.order for quantity in given)
        self._readings: dict[str, Reading] = {}
        self._standing: dict[str, EntryStanding] = {}

    @property
    def entries(self) -> dict[str, float]:
        """Every number entered so far."""
        return {quantity: reading.value for quantity, reading in self._readings.items()}

    def enter(self, quantity: str, reading: Reading, standing: EntryStanding) -> None:
        """Take an entry down; the entries that are marked after it may be made of it."""
        self._readings[quantity], self._standing[quantity] = reading, standing

    def in_order(self, listed: Collection[str]) -> Iterable[str]:
        """The listed ids, each after all it is made of in any of the three details."""
        if not self._beyond:
            return listed
        return [quantity for quantity in _sources_first(listed, self._find_sources) if quantity in listed]

    def from_right(self, quantity: str) -> list[float]:
        """The values of a step that follow from the right entries alone, which may be rounded.

        Without those of which rounding leaves nothing: from a = 1.00, which is right for 0.9996, a(1 − a) would be 0.
        """
        right, expected = self._of("right"), self._derivation.values(quantity)
        return [own for own in self._values(quantity, right) if not vanishes(own, expected)] if right else []

    def leads_to(self, quantity: str, value: float, near: Callable[[float], bool]) -> float | None:
        """The value of a step that follows for this learner and is near ``value``; None where none is.

        It may follow from all entries; from those with enough digits; or from the slips alone, for a learner who went
        on with more digits than were written down. ``near`` judges the learner's number against such a value.
        """
        slips = self._of("slip")
        kept = (self.entries, self._of("right", "carried", "slip"), slips)
        exact = (own for numbers in kept if numbers for own in self._values(quantity, numbers) if near(own))
        between = (min(max(value, min(ends)), max(ends)) for name in deque(slips, maxlen=_MOST_SLIPS)
                   for ends in self._ranges(quantity, slips, name))
        return next(chain(exact, (own for own in between if own == value or near(own))), None)

    def why_trivial(self, quantity: str, value: float, expected: float) -> str:
        """Why carrying on left nothing to work out: it gave 0 or 1, or a wrong 1 was a factor; else empty."""
        if vanishes(value, expected):
            return f"with them it only comes to {round(value)}"
        formula = self._derivation.formula(quantity)
        if not isinstance(formula, Mul):
            return ""
        names = [factor.name for factor in formula.factors if isinstance(factor, Symbol)]
        own = self._derivation.values_with(numbers=self.entries)
        others = [name for name in names if not _is(own(name), 1.0)]
        trivial = len(names) == len(formula.factors) and len(others) < 2 and any(
            self._standing.get(name) in ("slip", "coarse") for name in names if name not in others)
        return "a factor of 1 leaves nothing to work out" if trivial else ""

    def behind(self, quantity: str) -> tuple[tuple[str, float], ...]:
        """The wrong or coarse entries that a step is made of, with their numbers."""
        made_of = self._derivation.inputs_at_hand(quantity)
        return tuple((name, self._readings[name].value) for name in made_of
                     if self._standing.get(name) in ("slip", "coarse", "carried"))

    def _of(self, *standings: EntryStanding) -> dict[str, float]:
        return {name: reading.value for name, reading in self._readings.items() if self._standing[name] in standings}

    def _values(self, quantity: str, numbers: Mapping[str, float]) -> Iterator[float]:
        """The step's value from these numbers, by each way it can be worked out."""
        return (derivation.values_with(numbers=numbers)(quantity) for derivation in self._ways)

    def _ranges(self, quantity: str, slips: Mapping[str, float], name: str) -> Iterator[tuple[float, float]]:
        """The ends of the range in which the step may lie, since a slip was written down rounded."""
        digits = self._readings[name].digits
        if digits is not None:
            half = min(float(digits.filled) / 2, Rule.of(self._precision).rounding(slips[name]))
            low, high = ({**slips, name: slips[name] + side} for side in (-half, half))
            yield from zip(self._values(quantity, low), self._values(quantity, high), strict=True)

    @cached_property
    def _ways(self) -> tuple[Derivation, ...]:
        """The derivation in the exercise's detail; where a sheet answers steps that it does not list, in all."""
        own = self._derivation
        if not self._beyond or own.graph.cost is None:
            return (own,)
        others = (Derivation(own.task, detail, own.notation) for detail in DETAILS if detail != own.detail)
        return (own, *others)

    def _find_sources(self, quantity: str) -> list[str]:
        formulas = (way.graph.formula(quantity) for way in self._ways)
        return [name for formula in formulas if formula is not None for name in symbols(formula)]


def _sources_first(quantities: Iterable[str], made_of: Callable[[str], Iterable[str]]) -> list[str]:
    """The quantities with all they are made of, each after its own sources."""
    found: dict[str, None] = {}
    for goal in quantities:
        if goal not in found:
            new = in_order(goal, lambda quantity: [name for name in made_of(quantity) if name not in found])
            found.update(dict.fromkeys(tuple(new)))
    return list(found)


def vanishes(value: float, expected: float) -> bool:
    """Is ``value`` 0 or 1 although ``expected`` is not?"""
    return any(_is(value, trivial) and not _is(expected, trivial) for trivial in (0.0, 1.0))


def _is(value: float, number: float) -> bool:
    return math.isclose(value, number, rel_tol=_NEAR, abs_tol=_NEAR)
