"""Compiles templates to programs over NumPy arrays: how axes meet is decided once, then only arrays are worked on.

One formula serves a unit, a layer and thousands of updates of a whole network alike. Loads NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, assert_never

import numpy as np

from tui_backprop.dataclass import dataclass
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
    walk,
)
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS

Arrays = Mapping[Any, Any]
"""A program's input: the array of each leaf (a cell or a symbol) by the leaf's key."""
Axes = tuple[str, ...]
Leaf = Callable[[Cell | Symbol], tuple[Any, Axes]]
"""A leaf's key, and the names of its array's axes in order."""
_Computation = Callable[[Arrays], Any]


@dataclass(frozen=True, slots=True)
class Program:
    """``run(arrays)`` gives the template's value for all units at once, an array whose axes are ``axes``."""

    run: _Computation
    axes: Axes = ()


def compile_template(template: Expr, leaf: Leaf) -> Program:
    """The template as a program. Numbers that are not finite are results like others; whoever runs it may silence
    NumPy's warnings (``np.errstate``).
    """
    match template:
        case Cell() | Symbol():
            key, axes = leaf(template)
            return Program(lambda arrays: arrays[key], axes)
        case Number(exact):
            value = float(exact)
            return Program(lambda _: value)
        case Constant(name):
            constant = CONSTANTS[name]
            return Program(lambda _: constant)
        case Neg(part):
            inner = compile_template(part, leaf)
            return Program(lambda arrays: -inner.run(arrays), inner.axes)
        case Add(parts):
            return _fold(np.add, [compile_template(part, leaf) for part in parts])
        case Mul(parts):
            product = _fold(np.multiply, [compile_template(part, leaf) for part in parts])
            return _zero_wins(product, parts, leaf) if any(map(_may_be_infinite, parts)) else product
        case Div(top, bottom):
            return _fold(np.divide, [compile_template(top, leaf), compile_template(bottom, leaf)])
        case Pow(base, Number(exact)) if exact == 2:
            return _apply(np.square, [compile_template(base, leaf)])
        case Pow(base, exponent):
            return _fold(np.power, [compile_template(base, leaf), compile_template(exponent, leaf)])
        case Call(function, arguments):
            on_arrays = FUNCTIONS[function].on_arrays
            return _apply(lambda *values: on_arrays(np, *values), [compile_template(part, leaf) for part in arguments])
        case Sum(index, _, Mul(factors)) if len(factors) > 1:
            return _contract(index, [compile_template(factor, leaf) for factor in factors])
        case Sum(index, _, body):
            return _sum(index, compile_template(body, leaf))
        case IfSame(left, right, same, different):
            return _if_same((left, right), compile_template(same, leaf), compile_template(different, leaf))
        case Omitted():
            raise TypeError("terms that are left out have no value")
        case _:
            assert_never(template)


def order_axes(program: Program, axes: Axes) -> Program:
    """The same program with the axes of its result in the order of ``axes``."""
    if program.axes == axes:
        return program
    order, run = [program.axes.index(axis) for axis in axes], program.run
    return Program(lambda arrays: run(arrays).transpose(order), axes)


def _apply(function: Callable[..., Any], parts: list[Program]) -> Program:
    runs, axes = _align(parts)
    if len(runs) == 1:
        run = runs[0]
        return Program(lambda arrays: function(run(arrays)), axes)
    return Program(lambda arrays: function(*(run(arrays) for run in runs)), axes)


def _fold(combine: Callable[[Any, Any], Any], parts: list[Program]) -> Program:
    runs, axes = _align(parts)
    if len(runs) == 2:
        first, second = runs
        return Program(lambda arrays: combine(first(arrays), second(arrays)), axes)
    return Program(lambda arrays: reduce(combine, (run(arrays) for run in runs)), axes)


def _may_be_infinite(factor: Expr) -> bool:
    return any(isinstance(node, Div) or (isinstance(node, Call) and node.function in ("ln", "log", "exp"))
               for node in walk(factor))


def _zero_wins(product: Program, factors: tuple[Expr, ...], leaf: Leaf) -> Program:
    """The product, but 0 where one factor is 0 and another infinite (0·ln 0 in the entropies), as on single numbers."""
    runs, _ = _align([compile_template(factor, leaf) for factor in factors])

    def run(arrays: Arrays) -> Any:
        result = product.run(arrays)
        if np.isnan(result).any():
            values = np.broadcast_arrays(*(part(arrays) for part in runs))
            zero = reduce(np.logical_or, (value == 0 for value in values))
            undefined = reduce(np.logical_or, (np.isnan(value) for value in values))
            result = np.where(zero & ~undefined, 0.0, result)
        return result

    return Program(run, product.axes)


def _align(parts: list[Program]) -> tuple[list[_Computation], Axes]:
    """The programs, changed to give arrays that broadcast against each other, and the axes of those arrays."""
    axes = tuple(dict.fromkeys(axis for part in parts for axis in part.axes))
    return [_spread(part, axes) for part in parts], axes


def _spread(part: Program, axes: Axes) -> _Computation:
    if part.axes == axes[len(axes) - len(part.axes):]:
        return part.run
    order = [part.axes.index(axis) for axis in axes if axis in part.axes]
    index = tuple(slice(None) if axis in part.axes else None for axis in axes)
    run = part.run
    if order == sorted(order):
        return lambda arrays: run(arrays)[index]
    return lambda arrays: np.transpose(run(arrays), order)[index]


def _sum(index: str, body: Program) -> Program:
    if index not in body.axes:
        raise TypeError(f"a sum over {index!r} of what does not depend on it")
    place, run = body.axes.index(index), body.run
    return Program(lambda arrays: run(arrays).sum(axis=place), tuple(axis for axis in body.axes if axis != index))


def _contract(index: str, factors: list[Program]) -> Program:
    """Σ over ``index`` of the product of ``factors``; as a matrix product where two factors allow it."""
    if len(factors) == 2:
        left, right = factors if len(factors[0].axes) >= len(factors[1].axes) else factors[::-1]
        if set(left.axes) & set(right.axes) == {index} and len(right.axes) == 2:
            return _matrix_product(index, left, right)
    names = dict.fromkeys(axis for factor in factors for axis in factor.axes)
    letters = {axis: chr(ord("a") + n) for n, axis in enumerate(names)}
    rest = tuple(axis for axis in names if axis != index)
    inputs = ",".join("".join(letters[axis] for axis in factor.axes) for factor in factors)
    path = f"{inputs}->{''.join(letters[axis] for axis in rest)}"
    runs = [factor.run for factor in factors]
    return Program(lambda arrays: np.einsum(path, *(run(arrays) for run in runs), optimize=len(runs) > 2), rest)


def _matrix_product(index: str, left: Program, right: Program) -> Program:
    turned = left.axes.index(index)
    first, second = left.run, right.run
    rest = tuple(axis for axis in left.axes if axis != index)
    outer = tuple(axis for axis in right.axes if axis != index)
    if turned == len(left.axes) - 1:
        prepared = first
    else:
        def prepared(arrays: Arrays) -> Any:
            return np.moveaxis(first(arrays), turned, -1)
    if right.axes[0] == index:
        return Program(lambda arrays: prepared(arrays) @ second(arrays), rest + outer)
    return Program(lambda arrays: prepared(arrays) @ second(arrays).T, rest + outer)


def _if_same(pair: tuple[str, str], same: Program, different: Program) -> Program:
    (other, equal), axes = _align([different, same])
    place = axes.index(pair[0])
    spread = _spread(Program(lambda arrays: arrays["same"], pair), axes)

    def run(arrays: Arrays) -> Any:
        values = other(arrays)
        mask = spread({"same": np.eye(values.shape[place], dtype=bool)})
        return np.where(mask, equal(arrays), values)

    return Program(run, axes)
