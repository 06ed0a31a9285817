"""Templates: one formula for every unit of a layer.

:func:`bind` writes a template out for given units, as an ordinary expression. :func:`evaluate_block` evaluates the
same template for whole layers at once, over NumPy arrays whose axes carry the names of the index variables; a
:class:`Sum` of a product becomes a matrix product there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tui_backprop.maths.expression import (
    Add,
    Call,
    Cell,
    Div,
    Expr,
    IfSame,
    Mul,
    Neg,
    Number,
    Pow,
    Sum,
    product,
    rebuild,
    total,
)
from tui_backprop.maths.functions import FUNCTIONS

Units = Mapping[str, int]
"""Which unit (its number in its layer) each index variable stands for."""
LongSum = Callable[[Sum, Units], Expr | None]
"""What to write in place of a sum's terms; None: the terms."""


def bind(
    template: Expr, units: Units, size: Callable[[int], int], cell: Callable[[Cell, Units], Expr],
    long: LongSum | None = None,
) -> Expr:
    """The template written out for ``units``: sums spelled out, cells replaced by ``cell(node, units)``.

    ``size(offset)`` is the number of units of the layer ``offset`` layers on. ``long`` may put something else in the
    place of a sum's terms; where it gives None, they are written out.
    """

    def bound(part: Expr, units: Units) -> Expr:
        match part:
            case Cell():
                return cell(part, units)
            case Sum(index, offset, body):
                instead = long(part, units) if long is not None else None
                return instead or total(tuple(bound(body, {**units, index: n}) for n in range(size(offset))))
            case IfSame(left, right, same, different):
                return bound(same if units[left] == units[right] else different, units)
            case Mul(factors):
                return flat_product(tuple(bound(factor, units) for factor in factors))
            case Add(terms):
                return _flat_total(tuple(bound(term, units) for term in terms))
        return rebuild(part, lambda inner: bound(inner, units))

    return bound(template, units)


def flat_product(factors: tuple[Expr, ...]) -> Expr:
    """The product with products among its factors opened up: a chain of factors is one chain."""
    opened = (part for factor in factors for part in (factor.factors if isinstance(factor, Mul) else (factor,)))
    return product(tuple(opened))


def _flat_total(terms: tuple[Expr, ...]) -> Expr:
    opened = (part for term in terms for part in (term.terms if isinstance(term, Add) else (term,)))
    return total(tuple(opened))


@dataclass(frozen=True, slots=True)
class Block:
    """An array whose axes are named by index variables, in order."""

    array: Any
    axes: tuple[str, ...] = ()


def evaluate_block(template: Expr, cell: Callable[[Cell], Block]) -> Block:
    """The template's value for all units at once. ``cell`` gives each cell's block, its axes named as its indices.

    Loads NumPy; call it only where arrays are already wanted.
    """
    import numpy as np

    return _Evaluator(np, cell).value(template)


@dataclass(frozen=True, slots=True)
class _Evaluator:
    np: Any
    cell: Callable[[Cell], Block]

    def value(self, expr: Expr) -> Block:
        match expr:
            case Cell():
                return self.cell(expr)
            case Number(exact):
                return Block(float(exact))
            case Sum(index, _, body):
                return self._sum(index, body)
            case IfSame(left, right, same, different):
                return self._if_same((left, right), self.value(same), self.value(different))
            case Add(parts):
                return self._fold(self.np.add, parts)
            case Mul(parts):
                return self._fold(self.np.multiply, parts)
            case Neg(part):
                inner = self.value(part)
                return Block(-inner.array, inner.axes)
            case Div(top, bottom):
                return self._fold(self.np.divide, (top, bottom))
            case Pow(base, exponent):
                return self._fold(self.np.power, (base, exponent))
            case Call(function, arguments):
                arrays, axes = self._aligned([self.value(a) for a in arguments])
                return Block(FUNCTIONS[function].on_arrays(self.np, *arrays), axes)
        raise TypeError(f"not a template node: {expr!r}")

    def _fold(self, combine: Callable[[Any, Any], Any], parts: tuple[Expr, ...]) -> Block:
        arrays, axes = self._aligned([self.value(part) for part in parts])
        result = arrays[0]
        with self.np.errstate(all="ignore"):
            for array in arrays[1:]:
                result = combine(result, array)
        return Block(result, axes)

    def _aligned(self, blocks: list[Block]) -> tuple[list[Any], tuple[str, ...]]:
        """The arrays reshaped so that equal axes meet and the others broadcast."""
        axes = tuple(dict.fromkeys(axis for block in blocks for axis in block.axes))
        return [self._spread(block, axes) for block in blocks], axes

    def _spread(self, block: Block, axes: tuple[str, ...]) -> Any:
        if block.axes == axes:
            return block.array
        order = [block.axes.index(axis) for axis in axes if axis in block.axes]
        turned = self.np.transpose(block.array, order)
        shape = iter(turned.shape)
        return turned.reshape([next(shape) if axis in block.axes else 1 for axis in axes])

    def _sum(self, index: str, body: Expr) -> Block:
        if isinstance(body, Mul):
            return self._contract(index, [self.value(factor) for factor in body.factors])
        block = self.value(body)
        rest = tuple(axis for axis in block.axes if axis != index)
        return Block(block.array.sum(axis=block.axes.index(index)), rest)

    def _contract(self, index: str, factors: list[Block]) -> Block:
        names = dict.fromkeys(axis for block in factors for axis in block.axes)
        letters = {axis: chr(ord("a") + n) for n, axis in enumerate(names)}
        rest = tuple(axis for axis in names if axis != index)
        inputs = ",".join("".join(letters[axis] for axis in block.axes) for block in factors)
        output = "".join(letters[axis] for axis in rest)
        arrays = [block.array for block in factors]
        return Block(self.np.einsum(f"{inputs}->{output}", *arrays, optimize=True), rest)

    def _if_same(self, axes: tuple[str, str], same: Block, different: Block) -> Block:
        arrays, joined = self._aligned([different, same])
        count = different.array.shape[different.axes.index(axes[0])]
        mask = self._spread(Block(self.np.eye(count, dtype=bool), axes), joined)
        return Block(self.np.where(mask, arrays[1], arrays[0]), joined)
