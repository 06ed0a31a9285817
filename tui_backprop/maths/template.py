"""Templates: one formula for every unit of a layer.

:func:`bind` writes a template out for given units, as an ordinary expression. :func:`evaluate_block` evaluates the
same template for whole layers at once, over NumPy arrays whose axes carry the names of the index variables; a
:class:`Sum` of a product becomes a matrix product there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, assert_never

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
    number,
    product,
    rebuild,
    total,
)

Units = Mapping[str, int]
"""Which unit (its number in its layer) each index variable stands for."""
LongSum = Callable[[Sum, Units], Expr | None]
"""Gives what to write in place of a sum's terms, or None to write the terms out."""


def bind(
    template: Expr, units: Units, size: Callable[[int], int], cell: Callable[[Cell, Units], Expr],
    long: LongSum | None = None,
) -> Expr:
    """The template written out for ``units``: sums spelled out, cells replaced by ``cell(node, units)``.

    ``size(offset)`` is the number of units of the layer ``offset`` layers on. ``long`` may put something else in the
    place of a sum's terms; where it gives None, they are written out.
    """

    def write_out(part: Expr, units: Units) -> Expr:
        match part:
            case Cell():
                return cell(part, units)
            case Sum(index, offset, body):
                instead = long(part, units) if long is not None else None
                return instead or total(tuple(write_out(body, {**units, index: n}) for n in range(size(offset))))
            case IfSame(left, right, same, different):
                return write_out(same if units[left] == units[right] else different, units)
            case Mul(factors):
                return flat_product(tuple(write_out(factor, units) for factor in factors))
            case Add(terms):
                return _flat_total(tuple(write_out(term, units) for term in terms))
            case Number() | Constant() | Symbol() | Neg() | Div() | Pow() | Call() | Omitted():
                return rebuild(part, lambda inner: write_out(inner, units))
            case _:
                assert_never(part)

    return write_out(template, units)


def flat_product(factors: tuple[Expr, ...]) -> Expr:
    """The product with products among its factors opened up: a chain of factors is one chain."""
    opened = (part for factor in factors for part in (factor.factors if isinstance(factor, Mul) else (factor,)))
    return product(tuple(opened))


def _flat_total(terms: tuple[Expr, ...]) -> Expr:
    opened = (part for term in terms for part in (term.terms if isinstance(term, Add) else (term,)))
    return total(tuple(opened))


def split_at_same(template: Expr) -> Expr:
    """Σ_i of a product that holds ``IfSame(i, j, …)``, split so that it needs no array over both i and j.

    It becomes Σ_i of the product for different units, plus, outside the sum, the difference that i = j makes. Any other
    template is returned as it is.
    """
    if not isinstance(template, Sum) or not isinstance(template.body, Mul):
        return template
    index, factors = template.index, template.body.factors
    choice = next((factor for factor in factors if isinstance(factor, IfSame) and factor.left == index), None)
    if choice is None:
        return template
    rest = tuple(factor for factor in factors if factor is not choice)
    more, *at_same = (_rename_index(part, index, choice.right) for part in (choice.different, *rest))
    return Sum(index, template.offset, _open_product(choice.different, *rest)) + product(
        (choice.same - more, *at_same))


def _open_product(first: Expr, *rest: Expr) -> Expr:
    """The product as one flat chain of factors, in which a minus is a factor of −1."""
    opened = (number(-1), first.operand) if isinstance(first, Neg) else (first,)
    return flat_product((*opened, *rest))


def _rename_index(template: Expr, index: str, other: str) -> Expr:
    """The template with the index variable ``other`` in place of ``index``."""
    if isinstance(template, Cell):
        return Cell(template.role, template.offset, tuple(other if i == index else i for i in template.indices))
    return rebuild(template, lambda part: _rename_index(part, index, other))


@dataclass(frozen=True, slots=True)
class NamedArray:
    """An array, and the index variables that name its axes, in order."""

    array: Any
    axes: tuple[str, ...] = ()


def evaluate_block(template: Expr, cell: Callable[[Cell], NamedArray]) -> NamedArray:
    """The template's value for all units at once. ``cell`` gives each cell's block, its axes named as its indices.

    Loads NumPy; call it only where arrays are already wanted.
    """
    import numpy as np

    from tui_backprop.maths.compiled import compile_template

    arrays: dict[Expr, Any] = {}

    def leaf(node: Expr) -> tuple[Expr, tuple[str, ...]]:
        if not isinstance(node, Cell):
            raise TypeError(f"not a template node: {node!r}")
        block = cell(node)
        arrays[node] = block.array
        return node, block.axes

    program = compile_template(template, leaf)
    with np.errstate(all="ignore"):
        return NamedArray(program.run(arrays), program.axes)
