"""Walks over trees and graphs: down a tree, to everything that a goal needs, in the order of evaluation.

None is recursive: what people type, and what a large network is made of, may be deeper than Python's stack.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from graphlib import CycleError
from typing import TypeVar

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


def depth_first(roots: Iterable[T], parts: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """The roots and all their parts, each before its own parts, in reading order; what occurs twice comes twice."""
    waiting = list(roots)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(tuple(parts(node))))


def depth_first_once(roots: Iterable[H], parts: Callable[[H], Iterable[H]]) -> tuple[H, ...]:
    """As :func:`depth_first`, but each node only once, where it first occurs."""
    opened: set[H] = set()

    def parts_once(node: H) -> Iterable[H]:
        if node in opened:
            return ()
        opened.add(node)
        return parts(node)

    return tuple(dict.fromkeys(depth_first(roots, parts_once)))


def reach(
    goals: Iterable[H], needs: Callable[[H], Iterable[H]], wanted: Callable[[H], bool] = lambda _: True
) -> dict[H, tuple[H, ...]]:
    """The goals and everything they need, nearest first, each with its direct needs.

    What is not ``wanted`` is left out, with all that only it needs. ``wanted`` is called once for each need, so perhaps
    several times for one thing.
    """
    found = {goal: tuple(needs(goal)) for goal in goals}
    waiting = list(found)
    for name in waiting:
        for other in found[name]:
            if other not in found and wanted(other):
                found[other] = tuple(needs(other))
                waiting.append(other)
    return found


def in_order(goal: H, needs: Callable[[H], Iterable[H]]) -> tuple[H, ...]:
    """The goal and everything it needs, each once and behind what it needs itself; the goal comes last.

    Raises :class:`graphlib.CycleError` where something needs itself in the end.
    """
    opened: set[H] = {goal}
    done: dict[H, None] = {}
    path = [(goal, iter(needs(goal)))]
    while path:
        node, left = path[-1]
        for other in left:
            if other in done:
                continue
            if other in opened:
                raise CycleError("something needs itself in the end", [name for name, _ in path])
            opened.add(other)
            path.append((other, iter(needs(other))))
            break
        else:
            done[node] = None
            path.pop()
    return tuple(done)
