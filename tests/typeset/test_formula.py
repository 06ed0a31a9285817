"""Expressions in type: the way a teacher writes them, and meaning the same when read back."""

from __future__ import annotations

import math
from fractions import Fraction as Exact

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Add, Call, Div, Expr, Mul, Neg, Number, Pow, Symbol, number, walk
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.parse import parse
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Tagged, Text, number_text, partial, symbol
from tui_backprop.typeset.linear import linear

VALUES = {"a_k": 0.397, "a_j": 0.7, "w_jk": -0.5, "y": 1.0, "x": -2.0, "z": 0.1, "b": 0.25, "n": 3.0, "w_9,12": 1.5}
NAMES = {**{name: name for name in VALUES}, "w_{9,12}": "w_9,12"}


def named(name: str) -> Layout:
    letter, _, sub = name.partition("_")
    return symbol(letter, sub)


def substituted(name: str) -> Layout:
    return number_text(f"{VALUES[name]:g}")


def read(text: str) -> Expr:
    return parse(text, NAMES)


def shown(text: str, glyphs: Glyphs = Glyphs.FULL) -> str:
    return linear(formula(read(text), named), glyphs)


@pytest.mark.parametrize(("typed", "set_in_type", "with_numbers"), [
    ("2(a_k - y)", "2(aₖ − y)", "2(0.397 − 1)"),
    ("a_k(1 - a_k)", "aₖ(1 − aₖ)", "0.397(1 − 0.397)"),
    ("w_jk a_j + b", "wⱼₖ · aⱼ + b", "(−0.5) · 0.7 + 0.25"),
    ("w_jk + b", "wⱼₖ + b", "−0.5 + 0.25"),
    ("1 - w_jk", "1 − wⱼₖ", "1 − (−0.5)"),
    ("b + w_jk", "b + wⱼₖ", "0.25 + (−0.5)"),
    ("-w_jk", "−wⱼₖ", "−(−0.5)"),
    ("2 a_k w_jk", "2aₖ · wⱼₖ", "2 · 0.397 · (−0.5)"),
    ("3x^2 + 2x - 1", "3x² + 2x − 1", "3 · (−2)² + 2 · (−2) − 1"),
    ("x^(-1)", "x⁻¹", "(−2)⁻¹"),
    ("e^z", "eᶻ", "e^(0.1)"),
    ("(a_k - y)/(a_k(1 - a_k))", "(aₖ − y)/(aₖ(1 − aₖ))", "(0.397 − 1)/(0.397(1 − 0.397))"),
    ("2(a_k - y)/n", "2(aₖ − y)/n", "2(0.397 − 1)/3"),
    ("1/(1 + exp(-z))", "1/(1 + exp(−z))", "1/(1 + exp(−0.1))"),
    ("x - (y - z)", "x − (y − z)", "−2 − (1 − 0.1)"),
    ("x - (-z)", "x − (−z)", "−2 − (−0.1)"),
    ("x/(y/z)", "x/(y/z)", "−2/(1/0.1)"),
    ("(x/y)/z", "(x/y)/z", "(−2/1)/0.1"),
    ("sigmoid(z)(1 - sigmoid(z))", "σ(z)(1 − σ(z))", "σ(0.1)(1 − σ(0.1))"),
    ("1 - tanh(z)^2", "1 − tanh(z)²", "1 − tanh(0.1)²"),
    ("relu(z)", "ReLU(z)", "ReLU(0.1)"),
    ("max(0, z)", "max(0, z)", "max(0, 0.1)"),
    ("log(a_k)", "ln(aₖ)", "ln(0.397)"),
    ("sqrt(n) + abs(x)", "√(n) + |x|", "√(3) + |−2|"),
    ("-(y ln(a_k) + (1 - y)ln(1 - a_k))", "−(y · ln(aₖ) + (1 − y) · ln(1 − aₖ))",
     "−(1 · ln(0.397) + (1 − 1) · ln(1 − 0.397))"),
    ("(x + y)(y + z)", "(x + y)(y + z)", "(−2 + 1)(1 + 0.1)"),
    ("pi n", "π · n", "π · 3"),
    ("0.01 x + 2*3", "0.01x + 2 · 3", "0.01 · (−2) + 2 · 3"),
])
def test_formulas_read_as_a_teacher_writes_them(typed: str, set_in_type: str, with_numbers: str) -> None:
    assert shown(typed) == set_in_type
    assert linear(formula(read(typed), substituted), Glyphs.FULL) == with_numbers


@pytest.mark.parametrize(("name", "full", "ascii_text"), [
    ("squared_error", "(aₖ − yₖ)²", "(a_k - y_k)^2"),
    ("half_squared_error", "½(aₖ − yₖ)²", "0.5(a_k - y_k)^2"),
    ("mean_squared_error", "(aₖ − yₖ)²/n", "(a_k - y_k)^2/n"),
    ("cross_entropy", "−yₖ · ln(aₖ)", "-y_k * ln(a_k)"),
])
def test_costs_are_set_from_their_templates(name: str, full: str, ascii_text: str) -> None:
    layout = formula(COSTS[name].part, named)
    assert linear(layout, Glyphs.FULL) == full
    assert linear(layout, Glyphs.ASCII) == ascii_text


def test_sums_over_units_and_kronecker_deltas_are_set_in_words_and_signs() -> None:
    softmax = ACTIVATIONS["softmax"]
    assert linear(formula(softmax.formula, named), Glyphs.FULL) == "exp(zⱼ)/(∑ₖ exp(zₖ))"
    assert linear(formula(softmax.formula, named), Glyphs.ASCII) == "exp(z_j)/(sum_k exp(z_k))"
    assert linear(formula(softmax.derivative, named), Glyphs.FULL) == "aⱼ(1 − aⱼ) if i = j, else −aᵢ · aⱼ"


@pytest.mark.parametrize(("typed", "letter", "told"), [
    ("max(x, y)", "x", "(1 if x > y, else 0)"), ("max(x, y)", "y", "(1 if y > x, else 0)"),
    ("min(x, y)", "x", "(1 if y > x, else 0)"), ("max(x, 0)", "x", "(1 if x > 0, else 0)"),
    ("max(2x, y)", "x", "2(1 if 2x > y, else 0)"), ("max(x - 1, y)", "y", "(1 if 1 + y > x, else 0)"),
    ("max(x, y, z)", "y", "(1 if max(y, z) > x, else 0)(1 if y > z, else 0)"), ("abs(x)", "x", "sign(x)"),
])
def test_the_slope_of_max_reads_as_a_choice(typed: str, letter: str, told: str) -> None:
    slope = derivative(parse(typed, {name: name for name in "xyz"}), letter)
    assert linear(formula(slope, Text, choices=True), Glyphs.FULL) == told
    assert "sign" in linear(formula(slope, Text), Glyphs.FULL)


def test_derivatives_as_symbols_are_joined_by_dots() -> None:
    factors = {"f": partial(Text("z"), Text("w")), "g": partial(Text("C"), Text("a"))}
    assert linear(formula(Mul((Symbol("f"), Symbol("g"))), factors.__getitem__), Glyphs.FULL) == "∂z/∂w · ∂C/∂a"
    update = Add((Symbol("w"), Neg(Mul((Symbol("r"), Symbol("g"))))))
    assert linear(formula(update, lambda n: factors.get(n, Text(n))), Glyphs.FULL) == "w − r · ∂C/∂a"


def test_a_power_of_a_symbol_with_a_layer_is_bracketed() -> None:
    layout = formula(Pow(Symbol("a"), number(2)), lambda _: symbol("a", "k", "(L)"))
    assert linear(layout, Glyphs.FULL) == "(aₖ⁽ᴸ⁾)²"


def weighted_sum(terms: int, *, bias: bool) -> Expr:
    products = tuple(Mul((Symbol(f"w_{n}"), Symbol(f"a_{n}"))) for n in range(1, terms + 1))
    return Add((*products, Symbol("b")) if bias else products)


def test_long_sums_keep_their_first_two_terms_and_their_last() -> None:
    long = formula(weighted_sum(784, bias=False), named, elide=6)
    assert linear(long, Glyphs.FULL) == "w₁ · a₁ + w₂ · a₂ + … + w₇₈₄ · a₇₈₄"
    biased = formula(weighted_sum(784, bias=True), named, elide=6)
    assert linear(biased, Glyphs.ASCII) == "w_1 * a_1 + w_2 * a_2 + ... + w_784 * a_784 + b"


@pytest.mark.parametrize("elide", [None, 7])
def test_sums_are_whole_up_to_the_limit(elide: int | None) -> None:
    assert "…" not in linear(formula(weighted_sum(7, bias=False), named, elide=elide), Glyphs.FULL)


def test_terms_left_out_are_never_set() -> None:
    asked: list[str] = []

    def note(name: str) -> Layout:
        asked.append(name)
        return named(name)

    formula(weighted_sum(784, bias=False), note, elide=6)
    assert len(asked) == 6


def test_each_factor_can_be_tagged() -> None:
    layout = formula(read("2(a_k - y)"), named, tag=lambda e: e.name if isinstance(e, Symbol) else None)
    assert Tagged("a_k", symbol("a", "k")) in _nodes(layout)
    assert Tagged("y", Text("y")) in _nodes(layout)
    assert linear(layout, Glyphs.FULL) == "2(aₖ − y)"


def _nodes(layout: object) -> list[object]:
    fields = getattr(layout, "__dataclass_fields__", {})
    parts = [getattr(layout, name) for name in fields] if fields else list(layout) if isinstance(layout, tuple) else []
    return [layout, *(inner for part in parts for inner in _nodes(part))]


exact = st.one_of(st.integers(-9, 9).map(Exact), st.fractions(-5, 5, max_denominator=12)).map(Number)
leaves = st.one_of(exact, st.sampled_from(sorted(VALUES)).map(Symbol))


def _grow(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    functions = st.sampled_from([name for name, f in FUNCTIONS.items() if f.most == 1 and name != "abs"])
    return st.one_of(
        several.map(Add), several.map(Mul), parts.map(Neg), st.builds(Div, parts, parts),
        st.builds(Pow, parts, st.integers(-2, 3).map(number)), st.builds(Call, functions, st.tuples(parts)),
        st.builds(Call, st.sampled_from(["max", "min"]), several),
    )


expressions: st.SearchStrategy[Expr] = st.recursive(leaves, _grow, max_leaves=10)


@given(expressions)
def test_what_is_shown_in_ascii_reads_back_as_the_same_value(expr: Expr) -> None:
    """Brackets are left out only where they are not needed: the grammar's parser is the judge."""
    text = linear(formula(expr, named), Glyphs.ASCII)
    expected = evaluate(expr, VALUES.__getitem__)
    assume(all(math.isfinite(evaluate(node, VALUES.__getitem__)) for node in walk(expr)) and len(text) < 400)
    assert evaluate(read(text), VALUES.__getitem__) == pytest.approx(expected, rel=1e-9, abs=1e-9), text


def test_a_product_that_begins_with_nothing_has_no_minus() -> None:
    zero = formula(read("-(y ln(a_k))"), lambda name: number_text("0" if name == "y" else "0.5"))
    assert linear(zero, Glyphs.FULL) == "0 · ln(0.5)"
