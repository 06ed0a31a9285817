"""Layouts in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.typeset.layouts import any_layouts
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fenced, Fraction, Layout, Text, number_text, operator, partial, row, symbol
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.typed import as_set

A, B, C = Text("a"), Text("b"), Text("c")
DIFFERENCE = row(A, operator(" − "), B)
PRODUCT = row(A, operator(" · "), B)


@given(any_layouts, st.sampled_from(list(Glyphs)))
def test_one_line_is_one_line_without_control_characters(layout: Layout, glyphs: Glyphs) -> None:
    text = linear(layout, glyphs)
    assert text.isprintable()
    assert glyphs is not Glyphs.ASCII or text.isascii()


def test_a_derivative_in_one_line() -> None:
    gradient = partial(Text("C"), symbol("w", "jk", "(L)"))
    assert [linear(gradient, glyphs) for glyphs in Glyphs] == ["∂C/∂wⱼₖ⁽ᴸ⁾", "dC/dw_jk^(L)", "dC/dw_jk^(L)"]


@pytest.mark.parametrize(("layout", "text"), [
    (Fraction(DIFFERENCE, C), "(a − b)/c"),
    (Fraction(C, DIFFERENCE), "c/(a − b)"),
    (Fraction(PRODUCT, C), "(a · b)/c"),
    (Fraction(C, row(number_text("2"), A)), "c/(2a)"),
    (Fraction(row(number_text("2"), Fenced(DIFFERENCE)), C), "2(a − b)/c"),
    (Fraction(Fenced(DIFFERENCE), C), "(a − b)/c"),
    (Fraction(C, row(Text("exp", "function"), Fenced(DIFFERENCE))), "c/exp(a − b)"),
    (Fraction(Fraction(A, B), C), "(a/b)/c"),
    (Fraction(A, Fraction(B, C)), "a/(b/c)"),
    (Fraction(A, number_text("−0.5")), "a/(−0.5)"),
    (row(Fraction(number_text("1"), B), Fenced(DIFFERENCE)), "(1/b)(a − b)"),
    (row(number_text("2"), Fraction(A, B)), "2(a/b)"),
    (row(Fraction(A, B), Fraction(B, C)), "(a/b)(b/c)"),
    (row(C, operator(" · "), Fraction(A, B)), "c · a/b"),
    (row(operator("−"), Fraction(A, B)), "−a/b"),
    (row(Fraction(A, B), operator(", "), C), "a/b, c"),
])
def test_brackets_stand_only_where_the_line_needs_them(layout: Layout, text: str) -> None:
    assert linear(layout, Glyphs.FULL) == text


def test_control_characters_never_get_through() -> None:
    assert linear(Text("a\x1b[31m\nb"), Glyphs.FULL) == "a?[31m b"


@pytest.mark.parametrize(("text", "ascii_text"), [
    (Text("σ", "function"), "sigmoid"), (Text("σ′", "function"), "sigmoid'"),
    (Text("leakyReLU", "function"), "leaky_relu"),
    (Text("ReLU", "function"), "ReLU"), (Text("√", "function"), "sqrt"), (Text("ln", "function"), "ln"),
    (Text("σ"), "sigma"), (Text("−½", "number"), "-0.5"), (Text("-3", "number"), "-3"),
])
def test_ascii_spells_functions_as_they_are_typed(text: Text, ascii_text: str) -> None:
    assert linear(text, Glyphs.ASCII) == ascii_text


@pytest.mark.parametrize(("typed", "shown"), [
    ("x^0.5", "x^(0.5)"), ("0.5x^-0.5", "0.5x^(−0.5)"), ("x^12", "x¹²"),
    ("x^-2", "x⁻²"), ("w_12^2", "w₁₂²"), ("2 * a_k^(L)", "2 · aₖ⁽ᴸ⁾")])
def test_an_exponent_is_raised_whole(typed: str, shown: str) -> None:
    assert as_set(typed) == shown
