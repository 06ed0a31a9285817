"""Wrong derivatives made by SymPy of random expressions: each mistake is named, and no right form is accused."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from random import Random

import pytest
import sympy

from tui_backprop.maths.parse import parse
from tui_backprop.tutor.mistakes.derivatives import diagnose_derivative

X = sympy.Symbol("x", real=True)
NAMES = {"x": "x"}
AMOUNT = 3
"""Random expressions of each shape."""


def named(asked: sympy.Expr, typed: sympy.Expr) -> str:
    """The code of the mistake that is seen in an answer; empty where none is."""
    one, other = (parse(str(each).replace("Abs", "abs"), NAMES) for each in (asked, typed))
    found = diagnose_derivative(one, "x", other)
    return found.code if found is not None else ""


def polynomial(dice: Random) -> dict[int, int]:
    """Coefficients by exponent, those of 2 and more, and a constant."""
    exponents = dice.sample(range(2, 7), dice.randint(1, 3))
    return {exponent: dice.choice([-1, 1]) * dice.randint(2, 9) for exponent in exponents} | {0: dice.randint(2, 9)}


def differs(one: sympy.Expr, other: sympy.Expr) -> bool:
    """Has one another value than the other somewhere? Simplifying would take many times as long."""
    return any(not isclose(*(float(each.subs(X, place)) for each in (one, other)), rel_tol=1e-9)
               for place in (0.37, 0.83, 1.29))


def summed(parts: dict[int, sympy.Expr]) -> sympy.Expr:
    return sympy.Add(*parts.values())


def polynomials(dice: Random) -> Iterator[tuple[sympy.Expr, sympy.Expr, str]]:
    """The power rule and its kin."""
    p = polynomial(dice)
    asked = summed({n: c * X ** n for n, c in p.items()})
    right = sympy.diff(asked, X)
    yield asked, summed({n: n * c * X ** n for n, c in p.items()}), "exponent_kept"
    yield asked, summed({n: c * X ** (n - 1) for n, c in p.items() if n}), "exponent_not_in_front"
    yield asked, right + p[0], "constant_kept"
    yield asked, right + 1, "constant_as_one"
    yield asked, -right, "sign"
    if max(p) > 2:  # of 7x², 14 is the exponent lowered twice as well
        yield asked, sympy.diff(asked, X, 2), "differentiated_twice"
    yield asked, sympy.integrate(asked, X), "integrated"


def nested(dice: Random) -> Iterator[tuple[sympy.Expr, sympy.Expr, str]]:
    """The chain rule, round a power and round a function."""
    inner = dice.randint(2, 9) * X ** dice.randint(2, 4) + dice.randint(2, 9)
    slope = sympy.diff(inner, X)
    n = dice.randint(3, 6)
    function = dice.choice([sympy.exp, sympy.tanh, sympy.log, sympy.sqrt])
    for outer in (lambda u: u ** n, function):
        u = sympy.Symbol("u", positive=True)
        lower = sympy.diff(outer(u), u)
        asked = outer(inner)
        yield asked, lower.subs(u, inner), "inner_slope_missing"
        yield asked, lower.subs(u, X) * slope, "outer_at_variable"
        yield asked, lower.subs(u, inner) + slope, "sum_for_product"
        yield asked, lower.subs(u, slope), "outer_at_slope"
        yield asked, slope, "outer_slope_missing"
        yield asked, -sympy.diff(asked, X), "sign"


def products(dice: Random) -> Iterator[tuple[sympy.Expr, sympy.Expr, str]]:
    one = dice.randint(2, 9) * X ** dice.randint(2, 4)
    other = dice.choice([sympy.exp, sympy.tanh])(dice.randint(2, 5) * X)
    yield one * other, sympy.diff(one, X) * sympy.diff(other, X), "product_of_slopes"
    yield one * other, sympy.diff(one, X) * other, "half_a_product"
    yield one / (X ** 2 + 1), sympy.diff(one, X) / (2 * X), "quotient_of_slopes"


@pytest.mark.parametrize("shape", [polynomials, nested, products], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("seed", range(AMOUNT))
def test_each_wrong_derivative_is_named(shape: object, seed: int) -> None:
    assert callable(shape)
    for asked, typed, code in shape(Random(seed)):
        if differs(typed, sympy.diff(asked, X)):
            assert named(asked, typed) == code, f"{asked}: {typed}"


@pytest.mark.parametrize("shape", [polynomials, nested, products], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("seed", range(AMOUNT))
def test_no_form_of_the_right_derivative_is_accused(shape: object, seed: int) -> None:
    assert callable(shape)
    for asked in {asked for asked, _, _ in shape(Random(seed))}:
        right = sympy.diff(asked, X)
        for form in (right, sympy.expand(right), sympy.factor(right)):
            assert named(asked, form) == "", f"{asked}: {form}"
