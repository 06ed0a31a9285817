"""Which expressions count as the same: a table of cases, SymPy's rewritings, and mutants of the course's formulas."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest
import sympy
from hypothesis import given

from tests.effort import examples, some
from tests.maths.expressions import expressions
from tests.maths.oracle import to_sympy
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Number, Pow, Symbol, children, rebuild, symbols
from tui_backprop.maths.parse import parse
from tui_backprop.maths.plain import plain

mpmath: Any = importlib.import_module("mpmath")

NAMES = {name: name for name in ["a", "b", "d", "g", "n", "r", "w", "x", "y", "z"]} | {
    name: name for name in ("a_i", "a_j", "a_k", "w_ij", "w_jk", "w_1", "w_2", "a_1", "a_2", "δ_1", "δ_2")}

SAME = """
2(a-y) | 2a-2y
2(a-y) | -2(y-a)
2(a-y) | (a-y)*2
2(a-y) | (a-y)+(a-y)
2(a-y) | 2a + -2y
(a-y)^2 | a^2-2a y+y^2
(a-y)^2 | (y-a)^2
(a-y)² | (a-y)(a-y)
(a-y)^2/2 | 1/2*(a-y)^2
½(a−y)² | 0.5(a-y)^2
(a-y)^2/n | 1/n*(a-y)^2
a(1-a) | a-a^2
a(1-a) | -a(a-1)
1-a^2 | (1-a)(1+a)
1-a^2 | -(a^2-1)
3x^2 | 3x*x
3x^2 | x^2+x^2+x^2
x^2/2 | 0.5x^2
x^-1 | 1/x
-x^-2 | -1/x^2
1/x^2 | (1/x)^2
x/x | 1
1/x*x | 1
x^2/x | x
(x^2-1)/(x-1) | x+1
0.1+0.2 | 0.3
0.1*3 | 0.3
1/3+1/3+1/3 | 1
2^10 | 1024
2^-1 | 0.5
x^0 | 1
x - x | 0
0x | 0
x*y | y*x
x+y | y+x
x-(y-z) | x-y+z
x/(y/z) | x*z/y
x/y/z | x/(y*z)
x^2^3 | x^8
(x^2)^3 | x^6
(x+1)^20 | (1+x)^20
(x+y)^3 | x^3+3x^2 y+3x y^2+y^3
1/(1-x)+1/(1+x) | 2/(1-x^2)
a/(b/w) | a*w/b
(a-y)/(a(1-a)) | (1-y)/(1-a)-y/a
w*a+b | b+a*w
w_1 a_1 + w_2 a_2 | a_2 w_2 + a_1 w_1
w - r g | w + -r*g
w - r*2(a-y)*x | w - 2 r x (a-y)
w - r*2(a-y)*x | w + 2 r x (y-a)
2 pi x | pi*x + x pi
e*x | x*e
e^2*x | x*e*e
sqrt(x^2) | abs(x)
sqrt(x^2) | |x|
sqrt(x)^2 | x ; x
sqrt(x^2) | x ; x
sqrt(x y) | sqrt(x)sqrt(y) ; x y
x^0.5 | sqrt(x)
x^(1/2) | sqrt(x)
x^(3/2) | x*sqrt(x)
(x^2)^(1/2) | |x|
1/sqrt(x) | sqrt(x)/x
sqrt(2)sqrt(3) | sqrt(6)
sqrt(8) | 2sqrt(2)
sqrt(2)^2 | 2
exp(x)exp(y) | exp(x+y)
exp(x)^2 | exp(2x)
exp(-x) | 1/exp(x)
exp(x) | e^x
exp(2x) | e^(x+x)
exp(ln(x)) | x ; x
ln(exp(x)) | x
ln(e^x) | x
ln(x^2) | 2ln(x) ; x
ln(x^2) | 2ln(|x|)
ln(x y) | ln(x)+ln(y) ; x y
ln(x/y) | ln(x)-ln(y) ; x y
ln(1/x) | -ln(x)
log(x) | ln(x)
ln(sqrt(x)) | ln(x)/2
x^y | exp(y ln(x)) ; x
2^x | exp(x ln(2))
relu(x) | max(0,x)
relu(x) | max(x,0)
relu(x) | (x+abs(x))/2
relu(x) | x*step(x)
relu(x) - relu(-x) | x
relu(x) + relu(-x) | |x|
relu(2x) | 2relu(x)
relu(relu(x)) | relu(x)
abs(-x) | abs(x)
abs(x y) | abs(x)abs(y)
abs(x)^2 | x^2
|x|/x | sign(x)
x*sign(x) | |x|
max(x,y) | max(y,x)
max(x,y) | (x+y+|x-y|)/2
min(x,y) | -max(-x,-y)
max(x,y)+min(x,y) | x+y
max(x,max(y,z)) | max(x,y,z)
step(x)+step(-x) | 1
step(x)^2 | step(x)
leaky_relu(x) | max(x, 0.01x)
leaky_relu(x) | relu(x) - 0.01relu(-x)
leaky_relu(x) | 0.01x + 0.99relu(x)
sigmoid(x) | 1/(1+exp(-x))
sigmoid(x) | exp(x)/(1+exp(x))
σ(x) | 1/(1+e^-x)
1-sigmoid(x) | sigmoid(-x)
sigmoid(x)(1-sigmoid(x)) | exp(-x)/(1+exp(-x))^2
sigmoid(x)(1-sigmoid(x)) | sigmoid(x)-sigmoid(x)^2
sigmoid(x)sigmoid(-x) | sigmoid(x)(1-sigmoid(x))
tanh(x) | 2sigmoid(2x)-1
tanh(x) | (exp(x)-exp(-x))/(exp(x)+exp(-x))
1-tanh(x)^2 | (1-tanh(x))(1+tanh(x))
1-tanh(x)^2 | 4/(exp(x)+exp(-x))^2
-tanh(x) | tanh(-x)
softplus(x) | ln(1+exp(x))
softplus(x)-softplus(-x) | x
softplus(x) | -ln(sigmoid(-x))
-(y ln(a)+(1-y)ln(1-a)) | -y ln(a)-(1-y)ln(1-a) ; a
-(y ln(a)+(1-y)ln(1-a)) | (y-1)ln(1-a)-y ln(a) ; a
ln(a)-ln(1-a) | ln(a/(1-a)) ; a
-y/a | -(y/a)
exp(a)/(exp(a)+exp(b)) | sigmoid(a-b)
exp(a)/(exp(a)+exp(b)) | 1/(1+exp(b-a))
"""

OTHER = """
2(a-y) | 2(y-a)
2(a-y) | a-y
2(a-y) | 2a-y
2(a-y) | (a-y)^2
2(a-y) | 2a(a-y)
2(a-y) | 2(a+y)
(a-y)^2 | a^2-y^2
(a-y)^2 | a^2+y^2
(a-y)^2 | (a+y)^2
(a-y)^2/2 | (a/2-y)^2
a(1-a) | a-a
a(1-a) | 1-a
a(1-a) | a(a-1)
a(1-a) | a-2a^2
1-a^2 | (1-a)^2
1-a^2 | 1-2a
3x^2 | 3x^3
3x^2 | 2x^3
3x^2 | (3x)^2
3x^2 | x^2
x^-1 | -x
-x^-2 | x^-2
1/x | ln(x)
1/2x | 1/(2x)
-x^2 | (-x)^2
x^2^3 | (x^2)^3
x | x+1e-9
x | 1.000000001x
0.333 | 1/3
0.3333333333333333 | 1/3
3.14159265358979 | pi
2.718281828459045 | e
0.1+0.2 | 0.30000000000000004
x-y | y-x
x/y | y/x
x/y/z | x/(y/z)
w*a+b | w*(a+b)
w*a+b | w+a*b
w_1 a_1 + w_2 a_2 | w_1 a_2 + w_2 a_1
w - r g | w + r g
w - r g | w - g
w - r g | w - r^2 g
w - r g | (w - r) g
w - r g | -r g
x | 0
x | y
1 | 2
x/(y-y) | 1
1/0 | 1
sqrt(x^2) | x
sqrt(x)^2 | x
sqrt(x^2) | -x
sqrt(x+y) | sqrt(x)+sqrt(y)
sqrt(x y) | sqrt(x)sqrt(y)
sqrt(x) | x/2
ln(x^2) | 2ln(x)
ln(x y) | ln(x)+ln(y)
ln(x+y) | ln(x)+ln(y)
ln(x)/ln(y) | ln(x/y) ; x y
ln(2x) | 2ln(x)
exp(ln(x)) | x
exp(x+y) | exp(x)+exp(y)
exp(x) | x^e
exp(-x) | -exp(x)
exp(x^2) | exp(x)^2
exp(x) | exp(x)+1e-9
relu(x) | x
relu(x) | abs(x)
relu(x) | step(x)
relu(x) | x ; y
relu(-x) | -relu(x)
relu(x+y) | relu(x)+relu(y)
relu(x-100) | 0
max(x,100) | x
max(x,100) | 100
max(3x,100) | 3x
max(x,y) | x
max(x,y) | min(x,y)
abs(x) | x
abs(x+y) | abs(x)+abs(y)
step(x) | sign(x)
step(x) | 1-step(x)
step(x)+step(-x) | 0
leaky_relu(x) | relu(x)
leaky_relu(x) | max(x,0.1x)
sigmoid(x) | 1/(1-exp(-x))
sigmoid(x) | 1/(1+exp(x))
sigmoid(x) | tanh(x)
sigmoid(x)(1-sigmoid(x)) | x(1-x)
sigmoid(x)(1-sigmoid(x)) | sigmoid(x)
1-tanh(x)^2 | tanh(x)(1-tanh(x))
1-tanh(x)^2 | 1-tanh(x^2)
1-tanh(x)^2 | 1+tanh(x)^2
softplus(x) | relu(x)
softplus(x) | ln(exp(x)-1)
softplus(x) | exp(x)
-(y ln(a)+(1-y)ln(1-a)) | -y ln(a) ; a
-(y ln(a)+(1-y)ln(1-a)) | y ln(a)+(1-y)ln(1-a) ; a
-(y ln(a)+(1-y)ln(1-a)) | -(y ln(a)+(1-y)ln(1+a)) ; a
-y/a | y/a
exp(a)/(exp(a)+exp(b)) | exp(a)/exp(b)
exp(a)/(exp(a)+exp(b)) | a/(a+b)
relu(x)*1e-20+1 | 1
2305843009213693951x | 0
2^61*x | x
x^2305843009213693950 | 1
(2^61-1)y + x | x
x^(1/3) | x^0.3333333333
"""

UNDECIDED = """
1/(x-x) | 1/(y-y)
sqrt(-1-x^2) | sqrt(-1-x^2)
ln(x)+ln(-x) | ln(-x)+ln(x)
0/0 | 0/0
ln(-1) | ln(-1)
exp(1000+x^2) | exp(1000+x^2)
exp(x+1e6) | 2exp(x+1e6) ; x
"""


def _rows(table: str, verdict: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    rows = []
    for line in table.strip().splitlines():
        sides, _, positive = line.partition(" ; ")
        left, right = sides.split(" | ")
        rows.append((left, right, tuple(positive.split()), verdict))
    return rows


TABLE = _rows(SAME, "equivalent") + _rows(OTHER, "different") + _rows(UNDECIDED, "undecided")


@pytest.mark.parametrize(("left", "right", "positive", "verdict"), TABLE)
def test_table(left: str, right: str, positive: tuple[str, ...], verdict: str) -> None:
    one, other = parse(left, NAMES), parse(right, NAMES)
    assert equivalent(one, other, positive) == verdict
    assert equivalent(other, one, positive) == verdict


@dataclass(frozen=True)
class Formula:
    """One of the course's formulas. ``domain``: between which numbers its symbols lie for the oracle."""

    text: str
    domain: tuple[float, float] = (-2.0, 2.0)

    @property
    def expr(self) -> Expr:
        return parse(self.text, NAMES)

    @property
    def positive(self) -> tuple[str, ...]:
        return symbols(self.expr) if self.domain[0] > 0 else ()


_FRACTIONS = (0.05, 0.95)
COURSE = [Formula(text) for text in (
    "w*a + b", "w_1*a_1 + w_2*a_2 + b", "relu(w*a + b)", "leaky_relu(w*a + b)", "1/(1 + exp(-z))", "sigmoid(w*a + b)",
    "tanh(w*a)", "softplus(z)", "(a - y)^2", "1/2*(a - y)^2", "(a - y)^2/n", "2(a - y)", "2(a - y)/n", "a(1 - a)",
    "1 - a^2",
    "step(z)", "sigmoid(z)*(1 - sigmoid(z))", "1 - tanh(z)^2", "a_j*2(a_k - y)", "a_i*w_jk*2(a_k - y)",
    "a_i*step(z)*w_jk*2(a_k - y)", "2(a_k - y)*a_k(1 - a_k)*w_jk*a_j(1 - a_j)*a_i", "w_1*δ_1 + w_2*δ_2", "w - r*g",
    "w - r*2(a - y)*a_j", "3x^2", "-1/x^2", "4x^3 - 2x + 5", "exp(a)/(exp(a) + exp(b))", "2(w*x - y)*x",
    "(w*x + b - y)^2",
    "exp(-x)*(1 - x)", "-a_i*a_k",
)] + [Formula(text, _FRACTIONS) for text in (
    "-(y*ln(a) + (1 - y)*ln(1 - a))", "-y*ln(a)", "-y/a", "(a - y)/(a(1 - a))", "ln(x)/x", "sqrt(x)*y", "1/(2*sqrt(x))",
)]


def _mutants(expr: Expr) -> Iterator[Expr]:
    """Each place changed in one way: sign, factor, exponent, or operand."""
    yield from _changed_here(expr, symbols(expr))
    yield from _inside(expr, symbols(expr))


def _inside(expr: Expr, names: tuple[str, ...]) -> Iterator[Expr]:
    for position, part in enumerate(children(expr)):
        for mutant in (*_changed_here(part, names), *_inside(part, names)):
            yield _with_parts(expr, [mutant if n == position else child for n, child in enumerate(children(expr))])


def _with_parts(expr: Expr, parts: list[Expr]) -> Expr:
    waiting = iter(parts)
    return rebuild(expr, lambda _: next(waiting))


def _changed_here(part: Expr, names: tuple[str, ...]) -> Iterator[Expr]:
    yield Neg(part)
    yield Number(Fraction(2)) * part
    yield Number(Fraction(1, 2)) * part
    yield part + 1
    match part:
        case Neg(inner):
            yield inner
        case Pow(base, Number(power)):
            yield base
            yield Pow(base, Number(power + 1))
        case Number(value):
            yield Number(value + 1)
        case Symbol(name):
            yield from (Symbol(other) for other in names if other != name)
            yield part * part
        case Add(parts) | Mul(parts):
            for n in range(len(parts)):
                rest = parts[:n] + parts[n + 1:]
                yield rest[0] if len(rest) == 1 else type(part)(rest)


@lru_cache(maxsize=2)  # a formula stays while its mutants come and go
def _in_mpmath(expr: Expr, names: tuple[str, ...]) -> Callable[..., Any]:
    at = {name: sympy.Symbol(f"v{n}", real=True) for n, name in enumerate(names)}
    compiled: Callable[..., Any] = sympy.lambdify(list(at.values()), to_sympy(expr, at), "mpmath")
    return compiled


def _oracle_differs(formula: Formula, mutant: Expr) -> bool:
    """Do 40 digits at 12 points tell the mutant from the formula?"""
    names = symbols(formula.expr)
    pair = [_in_mpmath(side, names) for side in (formula.expr, mutant)]
    dice = random.Random(formula.text)
    with mpmath.workdps(40):
        for _ in range(12):
            point = [mpmath.mpf(dice.uniform(*formula.domain)) for _ in names]
            try:
                one, other = (mpmath.mpmathify(side(*point)) for side in pair)
            except (ZeroDivisionError, ValueError):
                continue
            if abs(one - other) > mpmath.mpf(10) ** -20:
                return True
    return False


@pytest.mark.parametrize("formula", some(COURSE), ids=lambda f: f.text)
def test_no_mutant_of_a_course_formula_is_accepted(formula: Formula) -> None:
    different = [m for m in dict.fromkeys(_mutants(formula.expr)) if _oracle_differs(formula, m)]
    assert len(different) >= 5
    assert [plain(m) for m in different if equivalent(m, formula.expr, formula.positive) == "equivalent"] == []


def test_there_are_more_than_525_mutants() -> None:
    assert sum(len(set(_mutants(formula.expr))) for formula in COURSE) > 525


REWRITINGS = [sympy.expand, sympy.factor, sympy.together, sympy.cancel, sympy.simplify, lambda e: sympy.expand(-e) * -1,
              lambda e: sympy.Mul(2, sympy.expand(e / 2), evaluate=False), sympy.nsimplify]


@pytest.mark.parametrize("formula", some(COURSE), ids=lambda f: f.text)
def test_no_equivalent_rewriting_is_refused(formula: Formula) -> None:
    """SymPy's rewritings, printed by SymPy and read back by our parser."""
    at = {name: sympy.Symbol(name, positive=bool(formula.positive), real=True) for name in symbols(formula.expr)}
    original = to_sympy(formula.expr, at)
    for rewrite in REWRITINGS:
        text = _in_our_words(rewrite(original))
        verdict = equivalent(parse(text, NAMES), formula.expr, formula.positive)
        assert verdict == "equivalent", text


def _in_our_words(expression: Any) -> str:
    """SymPy's own printing, with the names of our functions."""
    if expression.has(sympy.cosh):
        expression = expression.rewrite(sympy.exp)
    step, leaky_relu = sympy.Function("step"), sympy.Function("leaky_relu")
    expression = expression.replace(sympy.Heaviside, lambda x, _=0: step(x))
    expression = expression.replace(lambda e: isinstance(e, sympy.Piecewise), lambda e: leaky_relu(e.args[0][0]))
    return str(expression).replace("Max(", "max(").replace("Min(", "min(").replace("Abs(", "abs(")


@examples(200)
@given(expressions, expressions)
def test_any_two_expressions_get_a_verdict_and_the_same_one_in_either_order(left: Expr, right: Expr) -> None:
    verdict = equivalent(left, right)
    assert verdict == equivalent(right, left)
    assert equivalent(left, left) != "different"
