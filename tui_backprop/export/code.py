"""Prints expressions as code of an array language: the same trees that are evaluated and set in type.

A template's index variables become axes: ``a[j]`` of every sample has the axes (s, j), a weight (i, j), always in that
order. A sum over a shared axis becomes a matrix product where the axes allow one, else an ``einsum``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, assert_never

from tui_backprop.dataclass import dataclass, replace
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
    rebuild,
)
from tui_backprop.maths.plain import decimal
from tui_backprop.maths.template import flat_product

LOOSEST, COMPARED, SUM, PRODUCT, SIGN, POWER, ATOM = 0, 5, 10, 20, 25, 30, 40
"""How tightly Python's operators bind."""

SAMPLES = "s"
"""The axis of samples: the rows of every matrix."""
KEPT = "*"
"""An axis of length 1 that is left where a sum was taken, so that the result can be broadcast."""


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of code, how tightly its outermost operator binds, and its axes in order."""

    text: str
    binding: int = ATOM
    axes: tuple[str, ...] = ()

    def within(self, least: int) -> str:
        """The text, in parentheses where it binds less than ``least``."""
        return self.text if self.binding >= least else f"({self.text})"


class Dialect(Protocol):
    """What differs between Python's ``math``, NumPy and PyTorch."""

    @property
    def module(self) -> str:
        """The name before the functions on arrays: ``np``."""
        ...

    def constant(self, name: str) -> str:
        """The code of a named constant of the grammar."""
        ...

    def call(self, function: str, arguments: Sequence[Code]) -> Code:
        """The code of a function of the grammar, applied to arguments."""
        ...

    def total(self, array: Code, axis: int, *, keep: bool) -> Code:
        """The code of the sum along an axis; ``keep``: the axis stays, with length 1."""
        ...


class Printer:
    """Prints expressions in a dialect. ``name`` gives the code of a symbol or a template's cell.

    ``units`` is the size of a layer in which every activation depends on every pre-activation.
    """

    def __init__(self, dialect: Dialect, name: Callable[[Symbol | Cell], Code], units: int = 1) -> None:
        self.dialect = dialect
        self.name = name
        self.units = units

    def statement(self, expr: Expr) -> Code:
        """The expression as the right-hand side of an assignment: a sum over an axis drops that axis."""
        if isinstance(expr, Sum):
            return self._sum(expr, keep=False)
        return self.code(expr)

    def code(self, expr: Expr) -> Code:
        """The expression as part of another."""
        match expr:
            case Symbol() | Cell():
                return self.name(expr)
            case Number():
                return number_code(expr)
            case Constant(name):
                return Code(self.dialect.constant(name))
            case Neg(operand):
                inner = self.code(operand)
                return Code(f"-{inner.within(POWER)}", SIGN, inner.axes)
            case Add(terms):
                return self._add(terms)
            case Mul(factors):
                return self._multiply(factors)
            case Div(top, bottom):
                above, below = _align([self.code(top), self.code(bottom)])
                return Code(f"{above.within(PRODUCT)} / {below.within(SIGN)}", PRODUCT, _wider(above, below))
            case Pow(base, exponent):
                root, power = _align([self.code(base), self.code(exponent)])
                return Code(f"{root.within(ATOM)} ** {power.within(POWER)}", POWER, _wider(root, power))
            case Call(function, arguments):
                return self.dialect.call(function, _align([self.code(argument) for argument in arguments]))
            case Sum():
                return self._sum(expr, keep=True)
            case IfSame(left, right, same, different):
                return self._if_same((left, right), self.code(same), self.code(different))
            case Omitted():
                raise TypeError("terms that are left out cannot be worked out")
            case _:
                assert_never(expr)

    def _add(self, terms: tuple[Expr, ...]) -> Code:
        signs = [isinstance(term, Neg) for term in terms[1:]]
        bare = [terms[0], *(term.operand if isinstance(term, Neg) else term for term in terms[1:])]
        codes = _align([self.code(term) for term in bare])
        text = codes[0].within(PRODUCT)
        for negative, code in zip(signs, codes[1:], strict=True):
            text += f" {'-' if negative else '+'} {code.within(PRODUCT)}"
        return Code(text, SUM, _wider(*codes))

    def _multiply(self, factors: tuple[Expr, ...]) -> Code:
        codes = _align([self.code(factor) for factor in factors])
        text = " * ".join((codes[0].within(PRODUCT), *(code.within(SIGN) for code in codes[1:])))
        return Code(text, PRODUCT, _wider(*codes))

    def _sum(self, expr: Sum, *, keep: bool) -> Code:
        factors = expr.body.factors if isinstance(expr.body, Mul) else (expr.body,)
        codes = [self.code(factor) for factor in factors]
        with_axes = [code for code in codes if code.axes]
        if len({code.axes for code in with_axes}) > 1:
            return self._contract(expr.index, codes)
        whole = self.code(expr.body)
        return self.dialect.total(whole, whole.axes.index(expr.index), keep=keep)

    def _contract(self, index: str, codes: list[Code]) -> Code:
        """A sum of products over an axis that several factors have, as a matrix product or else an ``einsum``."""
        rest = order_axes({axis for code in codes for axis in code.axes} - {index})
        if len(codes) == 2 and (found := _matrix_product(index, codes[0], codes[1], rest)):
            return found
        spelled = ",".join("".join(code.axes) for code in codes)
        arrays = ", ".join(code.text for code in codes)
        return Code(f'{self.dialect.module}.einsum("{spelled}->{"".join(rest)}", {arrays})', ATOM, rest)

    def _if_same(self, pair: tuple[str, str], same: Code, different: Code) -> Code:
        axes = order_axes({*pair, *same.axes, *different.axes})
        one, other = (spread(code, axes) for code in (same, different))
        module = self.dialect.module
        return Code(f"{module}.where({module}.eye({self.units}) == 1, {one.text}, {other.text})", ATOM, axes)


def number_code(expr: Number) -> Code:
    """The code of an exact number: a decimal where there is one, else a quotient, which Python rounds to the float."""
    value = expr.value
    digits = decimal(abs(value))
    text = digits or f"{abs(value.numerator)} / {value.denominator}"
    if value < 0:
        return Code(f"-{text}", SIGN if digits else PRODUCT)
    return Code(text, ATOM if digits else PRODUCT)


def order_axes(axes: set[str]) -> tuple[str, ...]:
    """The axes in the order that they have in all arrays: samples, then i, j, k."""
    return tuple(sorted(axes, key=lambda axis: (axis != SAMPLES, axis)))


def spread(code: Code, axes: tuple[str, ...]) -> Code:
    """The code with an axis of length 1 for each of ``axes`` it lacks; unchanged where NumPy broadcasts by itself."""
    if not code.axes or code.axes == axes or code.axes == axes[len(axes) - len(code.axes):]:
        return code
    if len(code.axes) == len(axes) and KEPT in code.axes:
        return code
    places = ", ".join(":" if axis in code.axes else "None" for axis in axes)
    return Code(f"{code.within(ATOM)}[{places}]", ATOM, axes)


def guard(expr: Expr, least: Expr) -> Expr:
    """The expression with logarithms in products taken of at least ``least``: so 0 · ln 0 is 0, as in the tutor."""
    if isinstance(expr, Mul):
        return Mul(tuple(guard(_guard_factor(factor, least), least) for factor in expr.factors))
    return rebuild(expr, lambda part: guard(part, least))


def _guard_factor(factor: Expr, least: Expr) -> Expr:
    if isinstance(factor, Call) and factor.function in ("ln", "log"):
        return Call(factor.function, (Call("max", (*factor.arguments, least)),))
    return factor


def expand(template: Expr, definition: Callable[[Cell], Expr | None]) -> Expr:
    """The template with each cell replaced by its definition, if it has one, and nested products made flat."""
    if isinstance(template, Cell):
        found = definition(template)
        return template if found is None else expand(found, definition)
    whole = rebuild(template, lambda part: expand(part, definition))
    return flat_product(whole.factors) if isinstance(whole, Mul) else whole


def shift_layers(template: Expr, offset: int, names: dict[str, str]) -> Expr:
    """The template moved on by ``offset`` layers, with its index variables renamed."""
    if isinstance(template, Cell):
        indices = tuple(names.get(index, index) for index in template.indices)
        return replace(template, offset=template.offset + offset, indices=indices)
    if isinstance(template, Mul):
        return Mul(tuple(shift_layers(factor, offset, names) for factor in template.factors))
    raise TypeError(f"only cells and their products are moved to another layer: {template!r}")


def _align(codes: list[Code]) -> list[Code]:
    axes = order_axes({axis for code in codes for axis in code.axes if axis != KEPT})
    return [spread(code, axes) for code in codes]


def _wider(*codes: Code) -> tuple[str, ...]:
    """The axes of a result: those of the operand that has most; an axis that was only kept counts less."""
    return max((code.axes for code in codes), key=lambda axes: (len(axes), KEPT not in axes), default=())


def _matrix_product(index: str, left: Code, right: Code, rest: tuple[str, ...]) -> Code | None:
    if len(left.axes) != 2 or len(right.axes) != 2 or set(left.axes) & set(right.axes) != {index}:
        return None
    first, second = (left, right) if rest[0] in left.axes else (right, left)
    before = first.within(SIGN) if first.axes[1] == index else f"{first.within(ATOM)}.T"
    after = second.within(SIGN) if second.axes[0] == index else f"{second.within(ATOM)}.T"
    return Code(f"{before} @ {after}", PRODUCT, rest)
