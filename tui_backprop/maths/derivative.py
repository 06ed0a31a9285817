"""The derivative of an expression by one of its symbols. Each function's own derivative stands in its table entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from tui_backprop.maths.expression import (
    Add,
    Call,
    Constant,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    TemplateNode,
    number,
    walk,
)
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.simplify import ONE, ZERO, add, call, divide, multiply, negate, power, simplify

Outer = Callable[[Expr], Iterable[Expr]]
"""The slope of an outer function at what is inside it, as factors."""


class Rules:
    """The rules of differentiation, one method each. To differentiate by a changed rule, override its method."""

    def of(self, expr: Expr, name: str) -> Expr:
        """∂expr/∂name by these rules. ``expr`` holds no template nodes."""
        match expr:
            case Number() | Constant():
                return ZERO
            case Symbol(other):
                return self.symbol(expr, other == name)
            case Add(terms):
                return self.sum(terms, name)
            case Mul(factors):
                return self.product(factors, name)
            case Neg(operand):
                return negate(self.of(operand, name))
            case Div(numerator, denominator):
                return self.quotient(numerator, denominator, name)
            case Pow(base, exponent):
                return self.power(base, exponent, name)
            case Call(function, arguments):
                return self.call(function, arguments, name)
            case TemplateNode():
                raise TypeError(f"a template node has no derivative before it is bound: {expr!r}")
            case _:
                assert_never(expr)

    def symbol(self, symbol: Symbol, moves: bool) -> Expr:
        """The derivative of a symbol: 1 where it is the one we differentiate by (``moves``), else 0."""
        del symbol  # whichever it is
        return ONE if moves else ZERO

    def sum(self, terms: tuple[Expr, ...], name: str) -> Expr:
        slopes = [self.of(term, name) for term in terms]
        first = next((place for place, slope in enumerate(slopes) if slope is ZERO), None)  # holds the numbers' place
        return add(*(slope for place, slope in enumerate(slopes) if slope is not ZERO or place == first))

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        terms = []
        for position, factor in enumerate(factors):
            if depends(factor, name):
                changed = (*factors[:position], self.of(factor, name), *factors[position + 1:])
                terms.append(multiply(*map(simplify, changed)))
        return add(*terms)

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        under = simplify(denominator)
        if not depends(denominator, name):
            return divide(self.of(numerator, name), under)
        rise = multiply(self.of(numerator, name), under)
        fall = multiply(simplify(numerator), self.of(denominator, name))
        return divide(add(rise, negate(fall)), power(under, number(2)))

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        root, raised = simplify(base), simplify(exponent)
        if not depends(exponent, name):
            return self.chain(lambda inner: self.lower(inner, raised), base, name)
        growth = multiply(self.of(exponent, name), call("ln", root))
        if depends(base, name):
            growth = add(growth, divide(multiply(raised, self.of(base, name)), root))
        return multiply(power(root, raised), growth)

    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        """The factors that the power rule gives: the exponent, and the base to the exponent less one."""
        return exponent, power(base, add(exponent, negate(ONE)))

    def call(self, function: str, arguments: tuple[Expr, ...], name: str) -> Expr:
        def at(place: int) -> Outer:
            return lambda inner: (simplify(self.slope(
                function, (*arguments[:place], inner, *arguments[place + 1:]), place)),)

        return add(*(self.chain(at(place), argument, name) for place, argument in enumerate(arguments)))

    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        """A function's own slope by one of its arguments."""
        return FUNCTIONS[function].derivative(*arguments)[place]

    def chain(self, outer: Outer, inner: Expr, name: str) -> Expr:
        """The chain rule: the outer slope, taken at the inside, times the slope of the inside."""
        return multiply(*outer(simplify(inner)), self.of(inner, name))


_RULES = Rules()


def derivative(expr: Expr, name: str) -> Expr:
    """∂expr/∂name, lightly simplified. ``expr`` holds no template nodes.

    At a kink it takes the grammar's side: ``step(0)`` and ``sign(0)`` are 0, a tie of ``max`` passes half to each.
    """
    return _RULES.of(expr, name)


def depends(expr: Expr, name: str) -> bool:
    """Does the symbol occur in the expression?"""
    return any(isinstance(node, Symbol) and node.name == name for node in walk(expr))
