"""The lines of a circuit between two columns: each source has an upright of its own, so that every line can be traced.

Lines of different sources never touch. Where they cross, one passes in front of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import DOWN, LEFT, RIGHT, UP
from tui_backprop.maths.walks import reach

Corner = tuple[int, int]
"""A column and a row, where a line turns."""


@dataclass(frozen=True, slots=True)
class Net:
    """All lines of one source across a gap: the row where they leave it, and those where they arrive."""

    leaves: int
    arrives: frozenset[int]

    @property
    def straight(self) -> bool:
        return self.arrives == {self.leaves}

    def reach(self) -> tuple[int, int]:
        """The rows of its upright, first and last."""
        return min(self.leaves, *self.arrives), max(self.leaves, *self.arrives)


@dataclass(frozen=True, slots=True)
class Route:
    """How a net crosses the gap: on one upright, or on two with a row between where it has to go round another."""

    tracks: tuple[int, ...] = ()
    between: int | None = None


def route(nets: Sequence[Net], height: int) -> tuple[list[Route], int] | None:
    """A way for each net, its tracks counted from the left, and the number of tracks; None where there is no way."""
    parts: list[tuple[int, Net]] = [(n, net) for n, net in enumerate(nets) if not net.straight]
    taken = {row for net in nets for row in (net.leaves, *net.arrives)}
    between: dict[int, int] = {}
    while (order := _in_order(parts)) is None:
        split = next((n for n, _ in parts if n not in between and _in_a_ring(n, parts)), None)
        free = next((row for row in range(height) if row not in taken), None)
        if split is None or free is None:
            return None
        taken.add(free)
        between[split] = free
        net = nets[split]
        place = next(place for place, (n, _) in enumerate(parts) if n == split)
        parts[place:place + 1] = [(split, Net(net.leaves, frozenset({free}))), (split, Net(free, net.arrives))]
    ways: list[Route] = [Route() for _ in nets]
    tracks: list[tuple[tuple[int, Net], int]] = []
    for part in (parts[place] for place in order):
        others = (track for other, track in tracks if _before(other, part, parts) or _overlap(other[1], part[1]))
        tracks.append((part, max(others, default=-1) + 1))
        ways[part[0]] = Route((*ways[part[0]].tracks, tracks[-1][1]), between.get(part[0]))
    return ways, max((track for _, track in tracks), default=-1) + 1


def _overlap(one: Net, other: Net) -> bool:
    """Do their uprights share a row, so that they cannot stand in one column?"""
    return max(one.reach()[0], other.reach()[0]) <= min(one.reach()[1], other.reach()[1])


def _before(first: tuple[int, Net], second: tuple[int, Net], parts: Sequence[tuple[int, Net]]) -> bool:
    """Must the first upright stand left of the second, because one arrives in the row where the other leaves?"""
    if first[0] == second[0]:
        return parts.index(first) < parts.index(second)
    return first[1].leaves in second[1].arrives


def _in_order(parts: Sequence[tuple[int, Net]]) -> list[int] | None:
    """The uprights from left to right; None where some must stand left of one another in a circle."""
    numbers = range(len(parts))
    sorter = TopologicalSorter(
        {n: [m for m in numbers if m != n and _before(parts[m], parts[n], parts)] for n in numbers})
    try:
        sorter.prepare()
    except CycleError:
        return None
    free: list[int] = []
    order: list[int] = []
    while sorter.is_active():
        free += sorter.get_ready()
        best = min(free, key=lambda n: (_crossings_saved(n, set(numbers) - {n, *order}, parts), n))
        free.remove(best)
        order.append(best)
        sorter.done(best)
    return order


def _crossings_saved(first: int, others: Iterable[int], parts: Sequence[tuple[int, Net]]) -> int:
    """How many more crossings there are with this upright left of the others than right of them."""
    net = parts[first][1]
    return sum(_crossings(net, parts[n][1]) - _crossings(parts[n][1], net) for n in others)


def _in_a_ring(number: int, parts: Sequence[tuple[int, Net]]) -> bool:
    """Must this net stand left of itself, because of other nets between?"""
    own = next(part for part in parts if part[0] == number)


    def right_of(part: tuple[int, Net]) -> list[tuple[int, Net]]:
        return [other for other in parts if other[0] not in (number, part[0]) and _before(part, other, parts)]

    return any(_before(part, own, parts) for part in reach(right_of(own), right_of))


def _crossings(left: Net, right: Net) -> int:
    """How often two nets cross where the first net's upright is left of the second's."""
    top, bottom = right.reach()
    count = sum(top < row < bottom for row in left.arrives)
    top, bottom = left.reach()
    return count + (top < right.leaves < bottom)


def corners(way: Route, first_track: int, leaves: int, arrives: int) -> Iterator[Corner]:
    """The corners of one line across the gap. Tracks are two columns apart."""
    if not way.tracks:
        return
    row = leaves
    for track in way.tracks[:-1]:
        yield first_track + 2 * track, row
        row = way.between if way.between is not None else arrives
        yield first_track + 2 * track, row
    yield first_track + 2 * way.tracks[-1], row
    yield first_track + 2 * way.tracks[-1], arrives


def trace(points: Sequence[Corner]) -> dict[Corner, int]:
    """The cells of a line along these corners, each with the sides that it reaches."""
    sides: dict[Corner, int] = {}
    for (column0, row0), (column1, row1) in pairwise(points):
        step = (column1 > column0) - (column1 < column0), (row1 > row0) - (row1 < row0)
        if step == (0, 0):
            continue
        out = {(1, 0): RIGHT, (-1, 0): LEFT, (0, 1): DOWN, (0, -1): UP}[step]
        back = {RIGHT: LEFT, LEFT: RIGHT, DOWN: UP, UP: DOWN}[out]
        cell = column0, row0
        while cell != (column1, row1):
            sides[cell] = sides.get(cell, 0) | out
            cell = cell[0] + step[0], cell[1] + step[1]
            sides[cell] = sides.get(cell, 0) | back
    return sides or dict.fromkeys(points[:1], LEFT | RIGHT)
