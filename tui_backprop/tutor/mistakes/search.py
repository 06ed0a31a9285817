"""Where a known mistake may have been made, and what follows: the candidates for a wrong number.

A mistake is made at the step itself, at one quantity before it, at all units of a layer, or in every layer; wherever it
is made, all that follows is worked out again. Candidates are made one by one, the nearest first, so that the search can
end as soon as there is a likely answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from tui_backprop.dataclass import dataclass, field
from tui_backprop.derivation.ids import before_update
from tui_backprop.maths.expression import Expr, Symbol, number, symbols
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.slip import Slip
from tui_backprop.tutor.mistakes.together import Together
from tui_backprop.tutor.mistakes.workings import Chain, MadeOnce, Numbers, Workings

_EARLIER: Final = 1.0
"""Added to the rank where the mistake was made at a formula before the step that is asked for, …"""
_FURTHER: Final = 0.2
"""… and added again for each formula between the two."""
_MADE_OF_LATER: Final = 3.0
"""Added to the rank of what is made at an earlier step of the numbers of later ones."""
_DEPTH: Final = 4
"""How many formulas back a mistake in a single quantity is looked for."""
_JUST_BEFORE: Final = 12
"""The numbers of so many steps back may be entered once more."""
_MOST_SITES: Final = 80
_MOST_SLIPS: Final = 6000
"""So many slips are tried that are made in a whole layer; in a larger graph, those nearest to the step."""
_SLIPPED_BY: Final = (1, -1, 2, -2)
"""By so many places a decimal point slips."""
_COPIED: Final = frozenset({known.WRONG_LAYER.code, known.NOT_UPDATED.code, known.COST_FOR_DERIVATIVE.code,
                            known.VALUE_FOR_GRADIENT.code})
_ANYTHING: Final = 2.0
"""Added to the rank where a 0 would be another step's number: it may be anything."""
_HARDLY_OFF: Final = 0.02
"""A number that differs from the right one by a smaller share is most likely a matter of rounding."""


_AT_ONCE: Final = 40
"""So many mistakes at most are worked out at once."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake and the number it leads to.

    ``formulas``: the changed formulas of earlier quantities, the nearest to the step first; empty where the mistake is
    made at the step itself.
    """

    code: str
    rank: float
    say: str
    value: float
    formulas: Mapping[str, Expr] = field(default_factory=dict)
    told: bool = True
    """Is it likely enough to be told?"""
    whole: bool = True
    """Does the number entered equal this one in all its digits?"""
    copied: bool = False
    """Is it another number on the screen, put in the wrong place?"""
    other: str = ""
    """The quantity whose number it is, where another one's was entered as it stands."""
    few: bool = False
    """Is it the number entered only as far as the few digits of that go?"""
    likewise: Mapping[str, Expr] = field(default_factory=dict)
    """Of a mistake made at the step itself: the formulas of earlier quantities that are changed as well."""


class Tried:
    """A number that a mistake leads to. The mistake itself is made out where it is asked for: of hundreds, few are."""

    __slots__ = ("_made", "_make", "value")

    def __init__(self, value: float, make: Callable[[], Candidate]) -> None:
        self.value, self._make = value, make
        self._made: Candidate | None = None

    @property
    def candidate(self) -> Candidate:
        if self._made is None:
            self._made = self._make()
        return self._made


def search(workings: Workings, quantity: str, numbers: Numbers) -> Iterator[Tried]:
    """The known mistakes that may lead to a number for the step, those at the step itself first."""
    together = Together(workings, numbers)
    cost = workings.chain([quantity]).cost
    for slip in workings.slips(quantity).values():
        workings.work += cost
        wrong = together.alone(slip.formula)
        yield Tried(wrong, partial(_at_step, slip, wrong, numbers))
    for candidate in _slip_point(numbers[quantity]):
        yield _as_attempt(candidate)
    if not workings.large:
        for candidate in _list_copied(workings, quantity, numbers):
            yield _as_attempt(candidate)
        yield from _Region(workings, quantity, numbers, together).attempts()


def _as_attempt(candidate: Candidate) -> Tried:
    return Tried(candidate.value, lambda: candidate)


def _at_step(slip: Slip, wrong: float, numbers: Numbers) -> Candidate:
    """The candidate for a slip that is made at the step itself."""
    names = symbols(slip.formula) if slip.code in _COPIED else ()
    copied = any(wrong == numbers[name] for name in names)
    anything = _ANYTHING if copied and not wrong and slip.mistake is known.WRONG_LAYER else 0.0
    other = slip.formula.name if isinstance(slip.formula, Symbol) and slip.mistake is known.WRONG_LAYER else ""
    return Candidate(slip.code, slip.rank + anything, slip.say, wrong, copied=copied, other=other)


def _slip_point(value: float) -> Iterator[Candidate]:
    """The right digits, with the decimal point in another place."""
    mistake = known.POINT_SLIPPED
    for power in _SLIPPED_BY if value else ():
        yield Candidate(mistake.code, mistake.rank + 0.5 * (abs(power) - 1),
                        "The digits are right, the decimal point is not.", value * 10.0 ** power)


def _list_copied(workings: Workings, quantity: str, numbers: Numbers) -> Iterator[Candidate]:
    """The number of one of the steps just before this one."""
    order = workings.derivation.order
    place = order.find(quantity) or 0
    mistake = known.WRONG_LAYER
    for name in order[max(0, place - _JUST_BEFORE):place][::-1]:
        if numbers[name] == float(f"{numbers[name]:.0e}"):
            continue  # a single digit may be anything
        say = f"That is {{{_plainest(workings, name, numbers)}}}. Here {{{quantity}}} is asked for."
        yield Candidate(mistake.code, mistake.rank + 0.4, say, numbers[name], copied=True)


def _plainest(workings: Workings, name: str, numbers: Numbers) -> str:
    """What a factor's number is called: nobody says ∂z/∂w of what is plainly an activation."""
    if workings.derivation.graph.kind(name) != "factor":
        return name
    return next((part for part in workings.find_parts(name) if numbers[part] == numbers[name]), name)


@dataclass(frozen=True, slots=True)
class _Places:
    """Quantities at which one mistake is made alike, the nearest to the step first, and what follows from them."""

    sites: tuple[str, ...]
    chain: Chain


class _Region:
    """The quantities that a step is made of, as far back as mistakes are looked for."""

    def __init__(self, workings: Workings, quantity: str, numbers: Numbers, together: Together) -> None:
        self.workings, self.quantity, self.numbers, self.together = workings, quantity, numbers, together
        self.levels = workings.levels(quantity)
        self.order = workings.order(quantity, self.levels)
        self.graph = workings.derivation.graph
        self._places: dict[tuple[str, ...], _Places] = {}
        self._slips = MadeOnce[Mapping[str, Slip]](self._find_slips)
        self._seen: set[tuple[str, tuple[str, ...]]] = set()

    def attempts(self) -> Iterator[Tried]:
        """Mistakes shortly before the step, and then those of whole layers, however far back."""
        for sites in self._near_sites():
            yield from self._try([(way, tuple(sites)) for way in self._find_shared_ways(sites)])
        for candidate in (*self._take_input_as_one(), *self._round_early()):
            yield _as_attempt(candidate)
        for habits in self._habits():
            yield from self._try(habits)

    def _try(self, planned: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Tried]:
        """Ways to be mistaken, each with the sites where it is taken; without those that have come before.

        Those of the same sites are worked out at once, not too many, since the search may end at any of them.
        """
        ways: dict[tuple[str, ...], list[str]] = {}
        for way, sites in planned:
            if (way, sites) not in self._seen:
                ways.setdefault(sites, []).append(way)
        found: dict[tuple[str, tuple[str, ...]], float] = {}
        for key in planned:
            way, sites = key
            places = self._at(sites)
            self.workings.work += places.chain.cost
            if key in self._seen:
                continue
            if key not in found:
                now, ways[sites] = ways[sites][:_AT_ONCE], ways[sites][_AT_ONCE:]
                mistaken = {site: [slips[each].formula for each in now]
                            for site in sites for slips in (self._slips[site],)}
                values = self.together.work_out(places.chain.names, mistaken, len(now))
                found |= {(each, sites): value for each, value in zip(now, values, strict=True)}
            yield Tried(found[key], partial(self._carry, way, places, found[key]))
        self._seen.update(planned)

    def _at(self, sites: tuple[str, ...]) -> _Places:
        """The sites with what follows from them; kept, for many ways have the same sites."""
        if sites not in self._places:
            nearest_first = tuple(sorted(sites, key=self.levels.__getitem__))
            self._places[sites] = _Places(nearest_first, self.workings.downstream(self.order, sites))
        return self._places[sites]

    def _carry(self, way: str, places: _Places, value: float) -> Candidate:
        """The candidate for a way to be mistaken that is taken at all these sites."""
        slips = {site: self._slips[site][way] for site in places.sites}
        nearest, slip = next(iter(slips.items()))
        formulas = {site: other.formula for site, other in slips.items()}
        if nearest == self.quantity:
            # Of a sign that is turned here and before, nothing is said: the size is another one then.
            told = len(slips) == 1 or slip.mistake is not known.SIGN
            return Candidate(slip.code, slip.rank + (not told), slip.say, value, told=told,
                             likewise={site: formula for site, formula in formulas.items() if site != nearest})
        mistake = known.MISTAKES[slip.mistake.carried_as or slip.code]
        rank = mistake.rank + slip.unlikely + _EARLIER + _FURTHER * (self.levels[nearest] - 1)
        if mistake is known.VALUE_FOR_GRADIENT and self.graph.kind(nearest) == "gradient":
            rank += _MADE_OF_LATER
        # Another path's number is entered for a path's; who adds the paths up has both before them.
        told = not (self.graph.kind(nearest) == "path" and mistake is known.WRONG_LAYER)
        return Candidate(mistake.code, rank, slip.say, value, formulas, told=told)

    def _near_sites(self) -> Iterator[list[str]]:
        """Places shortly before the step: one quantity (of every sample alike), or all units of a layer."""
        sites = [name for name, level in self.levels.items() if 1 <= level <= _DEPTH][:_MOST_SITES]
        yield from _distinct(_group(sites, self.graph.of_any_sample), _group(sites, self.graph.of_any_unit))

    def _find_shared_ways(self, sites: Sequence[str]) -> Iterator[str]:
        """The ways to be mistaken that are possible at all these sites."""
        first, *others = (self._slips[name] for name in sites)
        yield from (way for way in first if all(way in other for other in others))

    def _habits(self) -> Iterator[Sequence[tuple[str, tuple[str, ...]]]]:
        """Each way to be mistaken with sets of sites that share it: a layer's, all of one kind, or all that have it."""
        ways: dict[str, list[str]] = {}
        gathered = 0
        for site in self.levels:
            gathered += len(self._slips[site])
            if gathered > _MOST_SLIPS:
                break
            for way, slip in self._slips[site].items():
                if slip.mistake.spread != "place":
                    ways.setdefault(way, []).append(site)
        same_sort, any_unit = MadeOnce(self.graph.of_same_sort), MadeOnce(self.graph.of_any_unit)
        groupings: Sequence[Callable[[str, list[str]], list[list[str]]]] = (
            self._everywhere, lambda _, sites: _group(sites, same_sort.__getitem__),
            lambda _, sites: _group(sites, any_unit.__getitem__))
        before: dict[tuple[str, tuple[str, ...]], None] = {}
        for grouping in groupings:
            planned = {(way, tuple(members)): None for way, sites in ways.items() for members in grouping(way, sites)}
            yield [each for each in planned if each not in before]
            before |= planned

    def _everywhere(self, way: str, sites: list[str]) -> list[list[str]]:
        """For a mistake made wherever it can be: its sites without those marked ``apart``, and all its sites."""
        slips = {site: self._slips[site][way] for site in sites}
        if all(slip.mistake.spread != "everywhere" for slip in slips.values()):
            return []
        own = [site for site in sites if not slips[site].apart]
        return [sorted(members) for members in (own, sites) if members]

    def _find_slips(self, site: str) -> Mapping[str, Slip]:
        copies = isinstance(self.workings.formula(site), Symbol)  # a number that is taken as it is: ∂z/∂a is a weight
        return self.workings.slips(site, nearby=self.levels[site] <= 1 + copies)

    def _take_input_as_one(self) -> Iterator[Candidate]:
        """∂C/∂w = 2w − 2y, as in the course's source: right where the only input is 1, and nowhere else."""
        graph = self.workings.derivation.graph
        given = graph.only_input
        if given is not None and graph.kind(self.quantity) in ("gradient", "update"):
            value = self.workings.again(self.workings.chain([given, *self.order]), {given: number(1)}, self.numbers)
            mistake = known.INPUT_FACTOR_MISSING
            yield Candidate(mistake.code, mistake.rank + _EARLIER,
                            f"That is what comes of {{{given}}} = 1. Which formulas does {{{given}}} stand in?", value)

    def _round_early(self) -> Iterator[Candidate]:
        """Every intermediate value rounded to fewer digits than are asked for."""
        right, size = self.numbers[self.quantity], self._size()
        whole = {name for name in self.order if isinstance(self.workings.formula(name), Symbol)} | {self.quantity}
        every = self.workings.chain(self.order)
        for digits in (2, 1):
            value = self.workings.again(every, {}, self.numbers, partial(_round, digits, whole))
            off = abs(value - right) / size if size else math.inf
            mistake = known.ROUNDED_EARLY
            yield Candidate(mistake.code, 0.0 if off < _HARDLY_OFF else mistake.rank, value=value,
                            say="A value was rounded on the way. Keep more digits until the end.")

    def _size(self) -> float:
        """The size of the quantity; for an updated parameter, of its change."""
        is_update = self.workings.derivation.graph.kind(self.quantity) == "update"
        return abs(self.numbers[self.quantity] - (self.numbers[before_update(self.quantity)] if is_update else 0.0))


def _distinct(*groupings: Iterable[list[str]]) -> Iterator[list[str]]:
    """The groups of all groupings, without those whose members have come before."""
    seen: set[tuple[str, ...]] = set()
    for members in (members for groups in groupings for members in groups):
        if tuple(members) not in seen:
            seen.add(tuple(members))
            yield members


def _group(sites: Iterable[str], key: Callable[[str], str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for site in sorted(sites):
        groups.setdefault(key(site), []).append(site)
    return [groups[each] for each in sorted(groups)]


def _round(digits: int, whole: Collection[str], name: str, value: float) -> float:
    return float(f"{value:.{digits - 1}e}") if math.isfinite(value) and name not in whole else value
