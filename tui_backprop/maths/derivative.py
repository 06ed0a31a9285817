"""The derivative of an expression by one of its symbols. Each function's own derivative stands in its table entry."""

from __future__ import annotations

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
from tui_backprop.maths.simplify import ONE, ZERO, add, call, divide, multiply, negate, power, simplified


def derivative(expr: Expr, name: str) -> Expr:
    """∂expr/∂name, lightly simplified. ``expr`` holds no template nodes.

    At a kink it takes the grammar's side: ``step(0)`` and ``sign(0)`` are 0, a tie of ``max`` passes half to each.
    """
    match expr:
        case Number() | Constant():
            return ZERO
        case Symbol(other):
            return ONE if other == name else ZERO
        case Add(terms):
            return add(*(derivative(term, name) for term in terms))
        case Mul(factors):
            return _of_product(factors, name)
        case Neg(operand):
            return negate(derivative(operand, name))
        case Div(numerator, denominator):
            return _of_quotient(numerator, denominator, name)
        case Pow(base, exponent):
            return _of_power(base, exponent, name)
        case Call(function, arguments):
            partials = FUNCTIONS[function].derivative(*arguments)
            inner = (derivative(argument, name) for argument in arguments)
            return add(*(multiply(simplified(outer), part) for outer, part in zip(partials, inner, strict=True)))
        case TemplateNode():
            raise TypeError(f"a template node has no derivative before it is bound: {expr!r}")
        case _:
            assert_never(expr)


def _of_product(factors: tuple[Expr, ...], name: str) -> Expr:
    terms = []
    for position, factor in enumerate(factors):
        if depends(factor, name):
            changed = (*factors[:position], derivative(factor, name), *factors[position + 1:])
            terms.append(multiply(*map(simplified, changed)))
    return add(*terms)


def _of_quotient(numerator: Expr, denominator: Expr, name: str) -> Expr:
    over, under = simplified(numerator), simplified(denominator)
    if not depends(denominator, name):
        return divide(derivative(numerator, name), under)
    rise = multiply(derivative(numerator, name), under)
    fall = multiply(over, derivative(denominator, name))
    return divide(add(rise, negate(fall)), power(under, number(2)))


def _of_power(base: Expr, exponent: Expr, name: str) -> Expr:
    root, raised = simplified(base), simplified(exponent)
    if not depends(exponent, name):
        lower = power(root, add(raised, negate(ONE)))
        return multiply(raised, lower, derivative(base, name))
    growth = multiply(derivative(exponent, name), call("ln", root))
    if depends(base, name):
        growth = add(growth, divide(multiply(raised, derivative(base, name)), root))
    return multiply(power(root, raised), growth)


def depends(expr: Expr, name: str) -> bool:
    """Does the symbol occur in the expression?"""
    return any(isinstance(node, Symbol) and node.name == name for node in walk(expr))
