"""What is to be worked out first: a goal and all it needs, however deep, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from graphlib import TopologicalSorter
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def in_order(goal: T, needs: Callable[[T], Iterable[T]]) -> Iterable[T]:
    """The goal and all it needs, each once and after what it needs itself; the goal last.

    Raises :class:`graphlib.CycleError` where something needs itself in the end.
    """
    needed = {goal: tuple(needs(goal))}
    if not needed[goal]:
        return (goal,)
    waiting = [goal]
    for name in waiting:
        for other in needed[name]:
            if other not in needed:
                needed[other] = tuple(needs(other))
                waiting.append(other)
    return TopologicalSorter(needed).static_order()
