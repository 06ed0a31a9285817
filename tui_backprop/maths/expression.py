"""Expressions as plain immutable trees.

A tree keeps the shape it was written in: ``2(a − y)`` stays a product of two factors, because that is what a
learner must see. Nothing here simplifies behind the writer's back. A subtraction is an added :class:`Neg`.

:class:`Cell`, :class:`Sum` and :class:`IfSame` make a *template*: one formula that serves every unit of a layer
(:func:`tui_backprop.maths.template.bind`) and a whole layer at once (as arrays).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final, assert_never, cast

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.walks import depth_first


class ExprNode:
    """The base of all nodes. Python's operators build bigger expressions; ``a + b + c`` becomes one sum."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Expr:
        return Add((*_terms(self), as_expr(other)))

    def __radd__(self, other: Operand) -> Expr:
        return as_expr(other) + as_expr(self)

    def __sub__(self, other: Operand) -> Expr:
        return Add((*_terms(self), Neg(as_expr(other))))

    def __rsub__(self, other: Operand) -> Expr:
        return as_expr(other) - as_expr(self)

    def __mul__(self, other: Operand) -> Expr:
        return Mul((*_factors(self), as_expr(other)))

    def __rmul__(self, other: Operand) -> Expr:
        return as_expr(other) * as_expr(self)

    def __truediv__(self, other: Operand) -> Expr:
        return Div(as_expr(self), as_expr(other))

    def __rtruediv__(self, other: Operand) -> Expr:
        return Div(as_expr(other), as_expr(self))

    def __pow__(self, other: Operand) -> Expr:
        return Pow(as_expr(self), as_expr(other))

    def __neg__(self) -> Expr:
        return Neg(as_expr(self))


@dataclass(frozen=True, slots=True)
class Number(ExprNode):
    """An exact rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Constant(ExprNode):
    """A named constant of the grammar, ``e`` or ``pi`` (:data:`tui_backprop.maths.functions.CONSTANTS`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Symbol(ExprNode):
    """A named quantity. In a derivation the name is the quantity's id, such as ``a 1:j``."""

    name: str


@dataclass(frozen=True, slots=True)
class Add(ExprNode):
    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Mul(ExprNode):
    factors: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Neg(ExprNode):
    operand: Expr


@dataclass(frozen=True, slots=True)
class Div(ExprNode):
    numerator: Expr
    denominator: Expr


@dataclass(frozen=True, slots=True)
class Pow(ExprNode):
    base: Expr
    exponent: Expr


@dataclass(frozen=True, slots=True)
class Call(ExprNode):
    """A function of :mod:`tui_backprop.maths.functions` applied to its arguments."""

    function: str
    arguments: tuple[Expr, ...]


class TemplateNode(ExprNode):
    """A node that has no value until its template is bound to units."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Cell(TemplateNode):
    """In a template: the quantity ``role`` of the layer ``offset`` layers on, at the units named by index variables.

    ``Cell("w", 0, ("i", "j"))`` is the weight into unit j of this layer from unit i of the one before;
    ``Cell("a", -1, ("i",))`` an activation of the layer before. No indices: one quantity for the whole network.
    """

    role: str
    offset: int = 0
    indices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum(TemplateNode):
    """In a template: the sum of ``body`` over the units ``index`` of the layer ``offset`` layers on."""

    index: str
    offset: int
    body: Expr


@dataclass(frozen=True, slots=True)
class IfSame(TemplateNode):
    """In a template: ``same`` where two index variables name one unit, else ``different`` (Kronecker's delta)."""

    left: str
    right: str
    same: Expr
    different: Expr


@dataclass(frozen=True, slots=True)
class Omitted(TemplateNode):
    """Terms of a long sum that are not written out where it is shown. It has no value."""


Expr = Number | Constant | Symbol | Add | Mul | Neg | Div | Pow | Call | Cell | Sum | IfSame | Omitted
"""Any node of an expression: these kinds, and no other."""
Operand = Expr | int | Fraction


def as_expr(value: ExprNode | int | Fraction) -> Expr:
    """An expression from an expression or an exact number."""
    return cast(Expr, value) if isinstance(value, ExprNode) else Number(Fraction(value))


def number(value: int | Fraction | str) -> Number:
    """The constant ``value``; text is read as an exact decimal."""
    return Number(Fraction(value))


def call(function: str, *arguments: Operand) -> Call:
    return Call(function, tuple(as_expr(a) for a in arguments))


def product(factors: tuple[Expr, ...]) -> Expr:
    """The product of one or more factors; of one factor, itself."""
    return factors[0] if len(factors) == 1 else Mul(factors)


def total(terms: tuple[Expr, ...]) -> Expr:
    """The sum of one or more terms; of one term, itself."""
    return terms[0] if len(terms) == 1 else Add(terms)


def _no_parts(_expr: Expr) -> tuple[Expr, ...]:
    return ()


_PARTS: Final[Mapping[type[Expr], Callable[[Any], tuple[Expr, ...]]]] = {
    Number: _no_parts, Constant: _no_parts, Symbol: _no_parts, Cell: _no_parts, Omitted: _no_parts,
    Add: attrgetter("terms"), Mul: attrgetter("factors"), Call: attrgetter("arguments"),
    Neg: lambda expr: (expr.operand,), Sum: lambda expr: (expr.body,),
    Div: attrgetter("numerator", "denominator"), Pow: attrgetter("base", "exponent"),
    IfSame: attrgetter("same", "different"),
}
"""How each kind of node is taken apart. A table, since a match takes three times as long, and every walk does this."""


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node, in reading order."""
    return _PARTS[type(expr)](expr)


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same node with ``change`` applied to each of its direct parts."""
    match expr:
        case Number() | Constant() | Symbol() | Cell() | Omitted():
            return expr
        case Add(parts):
            return Add(tuple(change(p) for p in parts))
        case Mul(parts):
            return Mul(tuple(change(p) for p in parts))
        case Call(function, parts):
            return Call(function, tuple(change(p) for p in parts))
        case Neg(part):
            return Neg(change(part))
        case Div(left, right):
            return Div(change(left), change(right))
        case Pow(left, right):
            return Pow(change(left), change(right))
        case Sum(index, offset, part):
            return Sum(index, offset, change(part))
        case IfSame(a, b, left, right):
            return IfSame(a, b, change(left), change(right))
        case _:
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node of the tree, parents before children, left before right."""
    return depth_first((expr,), children)


def symbols(expr: Expr) -> tuple[str, ...]:
    """The names of the symbols in an expression, each once, in reading order."""
    found: dict[str, None] = {}
    waiting: list[Expr] = [expr]
    while waiting:  # walk(expr), in half the time: every value that is worked out asks for these names
        node = waiting.pop()
        if isinstance(node, Symbol):
            found[node.name] = None
        else:
            waiting.extend(reversed(children(node)))
    return tuple(found)


def substitute(expr: Expr, replacement: Callable[[str], Expr | None]) -> Expr:
    """The expression with each symbol replaced by ``replacement(name)``, or kept where that is None."""
    if isinstance(expr, Symbol):
        return replacement(expr.name) or expr
    return rebuild(expr, lambda part: substitute(part, replacement))


def _terms(expr: ExprNode) -> tuple[Expr, ...]:
    return expr.terms if isinstance(expr, Add) else (as_expr(expr),)


def _factors(expr: ExprNode) -> tuple[Expr, ...]:
    return expr.factors if isinstance(expr, Mul) else (as_expr(expr),)
