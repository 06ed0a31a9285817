"""Expressions handed to SymPy, the oracle that nobody here wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import LEAKY_SLOPE

SYMPY_FUNCTIONS: Mapping[str, Any] = {
    "exp": sympy.exp, "ln": sympy.log, "log": sympy.log, "sqrt": sympy.sqrt, "abs": sympy.Abs, "max": sympy.Max,
    "min": sympy.Min, "relu": lambda x: sympy.Max(x, 0), "sign": sympy.sign, "tanh": sympy.tanh,
    "leaky_relu": lambda x: sympy.Piecewise((x, x > 0), (sympy.Rational(LEAKY_SLOPE) * x, True)),
    "step": lambda x: sympy.Heaviside(x, 0), "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
}


def to_sympy(expr: Expr, symbols: Mapping[str, Any]) -> Any:
    """The same expression as SymPy's, each function by its definition."""
    def part(operand: Expr) -> Any:
        return to_sympy(operand, symbols)

    match expr:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name):
            return {"e": sympy.E, "pi": sympy.pi}[name]
        case Symbol(name):
            return symbols[name]
        case Add(terms):
            return sympy.Add(*map(part, terms))
        case Mul(factors):
            return sympy.Mul(*map(part, factors))
        case Neg(operand):
            return -part(operand)
        case Div(numerator, denominator):
            return part(numerator) / part(denominator)
        case Pow(base, exponent):
            return part(base) ** part(exponent)
        case Call(function, arguments):
            return SYMPY_FUNCTIONS[function](*map(part, arguments))
    raise TypeError(expr)
