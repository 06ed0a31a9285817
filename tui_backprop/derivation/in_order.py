"""What a goal needs, however deep, without recursion: all of it, or in the order in which it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from graphlib import TopologicalSorter
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def reach(goals: Iterable[T], needs: Callable[[T], Iterable[T]]) -> dict[T, tuple[T, ...]]:
    """The goals and all they need, the nearest first, each with what it needs itself."""
    found = {goal: tuple(needs(goal)) for goal in goals}
    waiting = list(found)
    for name in waiting:
        for other in found[name]:
            if other not in found:
                found[other] = tuple(needs(other))
                waiting.append(other)
    return found


def in_order(goal: T, needs: Callable[[T], Iterable[T]]) -> Iterable[T]:
    """The goal and all it needs, each once and after what it needs itself; the goal last.

    Raises :class:`graphlib.CycleError` where something needs itself in the end.
    """
    needed = reach((goal,), needs)
    return TopologicalSorter(needed).static_order() if needed[goal] else (goal,)
