"""Finds which quantities a formula is made of from its template, without writing a sum over hundreds of givens out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import assert_never

from tui_backprop.maths.expression import (
    Add,
    Call,
    Cell,
    Constant,
    Div,
    Expr,
    IfSame,
    Mul,
    Neg,
    Number,
    Omitted,
    Pow,
    Sum,
    Symbol,
    children,
)

Ranges = Mapping[str, range]
"""The units that each index variable runs over; a variable that stands for one unit has a range of one."""


def cells(
    template: Expr, ranges: Ranges, size: Callable[[int], int], wanted: Callable[[Cell], bool]
) -> Iterator[tuple[Cell, dict[str, int]]]:
    """The wanted cells of a template, each with the units that it stands for; a cell that occurs twice comes twice.

    ``size(offset)`` is the number of units of the layer ``offset`` layers on.
    """
    match template:
        case Cell(_, _, indices):
            if wanted(template):
                for units in product(*(ranges[index] for index in indices)):
                    yield template, dict(zip(indices, units, strict=True))
        case Sum(index, offset, body):
            yield from cells(body, {**ranges, index: range(size(offset))}, size, wanted)
        case IfSame(left, right, same, different):
            fixed = len(ranges[left]) == len(ranges[right]) == 1
            branches = (same if ranges[left] == ranges[right] else different,) if fixed else (same, different)
            for branch in branches:
                yield from cells(branch, ranges, size, wanted)
        case Add() | Mul() | Neg() | Div() | Pow() | Call() | Number() | Constant() | Symbol() | Omitted():
            for part in children(template):
                yield from cells(part, ranges, size, wanted)
        case _:
            assert_never(template)
