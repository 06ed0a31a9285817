"""What follows from a learner's own entries: the values they lead to, however the learner went on and rounded."""

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
from tui_backprop.tutor.numbers import Reading
from tui_backprop.tutor.rules import Rule

EntryStanding = Literal["right", "coarse", "carried", "slip"]
"""How an entry came about: right; right with too few digits; right for the entries before it; or wrong of itself."""

_MOST_SLIPS: Final = 4
_NEAR: Final = 1e-9


class OwnValues:
    """The entries of one sheet. ``given`` are the ids it answers; what it leaves out is worked out from what it has."""

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
        """Take an entry down; what is marked after it may be made of it."""
        self._readings[quantity], self._standing[quantity] = reading, standing

    def in_order(self, listed: Collection[str]) -> Iterable[str]:
        """These in an order in which each comes after all it is made of, in whatever detail it is worked out."""
        if not self._beyond:
            return listed
        return [quantity for quantity in _sources_first(listed, self._made_of) if quantity in listed]

    def from_right(self, quantity: str) -> list[float]:
        """What a step comes to from the right entries alone, which may be rounded.

        Not where rounding leaves nothing of it: from a = 1.00, which is right for 0.9996, a(1 − a) would be 0.
        """
        right, expected = self._of("right"), self._derivation.values(quantity)
        return [own for own in self._values(quantity, right) if not vanishes(own, expected)] if right else []

    def leads_to(self, quantity: str, value: float, near: Callable[[float], bool]) -> float | None:
        """What a step comes to for this learner, where that is this value; else None.

        From all entries; from those with digits enough; or from the slips alone, by a learner who went on with more
        digits than were written down. ``near`` judges the value against one it may be.
        """
        slips = self._of("slip")
        kept = (self.entries, self._of("right", "carried", "slip"), slips)
        exact = (own for numbers in kept if numbers for own in self._values(quantity, numbers) if near(own))
        between = (min(max(value, min(ends)), max(ends)) for name in deque(slips, maxlen=_MOST_SLIPS)
                   for ends in self._ranges(quantity, slips, name))
        return next(chain(exact, (own for own in between if own == value or near(own))), None)

    def why_trivial(self, quantity: str, value: float, expected: float) -> str:
        """How carrying left nothing to work out: it came to 0 or 1, or a wrong 1 was in a product; else empty."""
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
        """The entries that a step is made of and that differ from the truth, with their numbers."""
        made_of = self._derivation.inputs_at_hand(quantity)
        return tuple((name, self._readings[name].value) for name in made_of
                     if self._standing.get(name) in ("slip", "coarse", "carried"))

    def _of(self, *standings: EntryStanding) -> dict[str, float]:
        return {name: reading.value for name, reading in self._readings.items() if self._standing[name] in standings}

    def _values(self, quantity: str, numbers: Mapping[str, float]) -> Iterator[float]:
        """What the step comes to from these, by each way it can be worked out."""
        return (derivation.values_with(numbers=numbers)(quantity) for derivation in self._ways)

    def _ranges(self, quantity: str, slips: Mapping[str, float], name: str) -> Iterator[tuple[float, float]]:
        """Between which values the step may lie, where a slip was written down rounded."""
        digits = self._readings[name].digits
        if digits is not None:
            half = min(float(digits.filled) / 2, Rule.of(self._precision).rounding(slips[name]))
            low, high = ({**slips, name: slips[name] + side} for side in (-half, half))
            yield from zip(self._values(quantity, low), self._values(quantity, high), strict=True)

    @cached_property
    def _ways(self) -> tuple[Derivation, ...]:
        """The exercise's own detail; and the others, where a sheet answers what only they list."""
        own = self._derivation
        if not self._beyond or own.graph.cost is None:
            return (own,)
        others = (Derivation(own.task, detail, own.notation) for detail in DETAILS if detail != own.detail)
        return (own, *others)

    def _made_of(self, quantity: str) -> list[str]:
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
    """Is this 0 or 1, and should not be?"""
    return any(_is(value, trivial) and not _is(expected, trivial) for trivial in (0.0, 1.0))


def _is(value: float, number: float) -> bool:
    return math.isclose(value, number, rel_tol=_NEAR, abs_tol=_NEAR)
