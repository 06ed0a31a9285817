"""Formulas in words: what a screen reader says is unambiguous, and has no sign in it."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.typeset.layouts import course_layouts
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.read_latex import parse_latex
from tui_backprop.typeset.spoken import count_weights, pronounce, speak_message, speak_text, spell, turn_ends


@pytest.mark.parametrize(("text", "words"), [
    (r"w_{jk}", "w from j to k"), (r"w_{i1,h1}", "w from i1 to h1"), (r"\|x\|^2", "the norm of x squared"),
    (r"\frac{d}{dx} x^2", "d by d x of x squared"), (r"\lim_{h \to 0} h", "the limit as h goes to 0 of h"),
    (r"a_{current \space layer}", "a current layer"),
    (r"w_{jk}^{(L)} + a", "w from j to k in layer L, plus a"), ("w_{j,k}", "w from j to k"),
    (r"\nabla_\theta J(\theta)", "the gradient by theta of J of theta"),
    (r"w_{jk}^{(L)}", "w from j to k in layer L"),
    (r"w_{jk}' = w_{jk} - r", "w prime from j to k equals w from j to k minus r"),
    (r"\partial a_j / \partial w_{ij}", "d a j by d w from i to j"), ("a_j / w", "a j over w"),
    (r"\frac{\partial C}{\partial a_k} = -1.2", "d C by d a k equals minus 1.2"),
    ("2(a_k - y)", "2 times open bracket a k minus y close bracket"),
    ("(a - y)^2", "open bracket a minus y close bracket squared"),
    ("f(g(x))", "f of g of x"),
    (r"0.5 \cdot (-1.5)", "0.5 times minus 1.5"),
    (r"x^3 + 3x^{n-1}", "x cubed plus 3 times x to the power n minus 1, end of power"),
    (r"\sum_k w_k a_k", "the sum over k of w k times a k"),
    (r"\sigma(z) = \frac{1}{1 + e^{-z}}",
     "sigma of z equals the fraction 1, over 1 plus e to the power minus z, end of fraction"),
    (r"-y\ln a", "minus y times the log of a"), (r"w\sigma(z)", "w times sigma of z"),
    (r"\max(z, -z)", "max of z and minus z"), (r"\frac{\partial d}{\partial b}", "the slope of d for b"),
    (r"3\max(0, z)", "3 times max of 0 and z"), (r"\max\{0, z\}", "max of open brace 0, z close brace"),
    (r"\theta^* - W^\dagger", "theta star minus W dagger"), (r"w_{w'}", "w w prime"),
    (r"-y\ln a - (1 - y)\ln b",
     "minus y times the log of a, minus open bracket 1 minus y close bracket times the log of b"),
    (r"\sigma(z) + 1", "sigma of z, plus 1"), ("w_{13} = 0.4", "w from 1 to 3 equals 0.4"),
    (r"\ln a", "the log of a"), (r"\sqrt{x}", "the square root of x"), (r"W^\top x", "W transposed times x"),
    (r"\hat{y} \in \mathbb{R}", "y hat in R"), (r"\nabla C", "gradient of C"), (r"\delta_k \eta", "delta k times eta"),
])
def test_a_formula_is_said_as_one_would_read_it_out(text: str, words: str) -> None:
    assert pronounce(parse_latex(text)) == words


@given(course_layouts)
def test_no_sign_is_left_to_be_guessed_at(layout: Layout) -> None:
    """Words and functions' names in a formula stay as they are."""
    if "words" not in repr(layout) and "function" not in repr(layout):
        assert not set(pronounce(layout)) & set("∂·−=∑+²₁′½…→")


@pytest.mark.parametrize(("text", "words"), [
    ("Work out ∂C/∂wⱼₖ⁽ᴸ⁾ = 2(aₖ − y).",
     "Work out d C by d w from j to k in layer L, equals 2 times open bracket a k minus y close bracket."),
    ("w′ᵢⱼ = wᵢⱼ − r · ∂C/∂wᵢⱼ", "w prime from i to j equals w from i to j minus r times d C by d w from i to j"),
    ("I read 0.397. That is right.", "I read 0.397. That is right."),
    ("a₁² and δ₃, x", "a 1 squared and delta 3, x"),
    ("C = (a − y)²", "C equals open bracket a minus y close bracket squared"),
    ("1 − [?]², 1/3 of dC/da5", "1 minus the gap squared, 1 over 3 of d C by d a5"),
    ("A power is typed with ^, as in w^12.", "A power is typed with caret, as in w caret 12."),
    ("C = (C₁ + C₂)/3", "C equals open bracket C 1 plus C 2 close bracket over 3"),
    ("σ(x) = 0.5 and f(g(x))", "sigma of x equals 0.5 and f of g of x"),
    ("ReLU(z) = max(0, z)", "ReLU of z equals max of 0 and z"),
    ("1/(1 + exp(−z))", "1 over open bracket 1 plus e to the minus z close bracket"),
    ("∂f/∂b via d = ∂d/∂b · ∂f/∂d",
     "d f by d b via d equals the slope of d for b times the slope of f for d"),
    ("∂[f]/∂d = c", "the slope of f in square brackets for d equals c"), ("1 if z > w", "1 if z is above w"),
    ("Step 1 of 8: the cost. C = ?", "Step 1 of 8: the cost. C equals what?"),
    ("Which is it? To go on type ? alone. ! shows it, for 3!",
     "Which is it? To go on type a question mark alone. An exclamation mark shows it, for 3!"),
    ("[f] is this gate alone", "f in square brackets is this gate alone"), ("= 3x² = 6x", "equals 3 times x squared "
     "equals 6 times x"), ("the 2nd, [?]", "the 2nd, the gap"),
    ("No. [?] stands for zₖ.", "No. The gap stands for z k."),
    ("(There g is 4.) The unit(s) of step 3 (of 5)", "(There g is 4.) The unit(s) of step 3 (of 5)"),
])
def test_running_text_is_said_too(text: str, words: str) -> None:
    assert speak_text(text) == words


@pytest.mark.parametrize(("text", "words"), [
    ("I read 2(aₖ − y). That is right.", "I read 2 times open bracket a k minus y close bracket. That is right."),
    ("Leave out the “=”: type it.", "Leave out the “equals”: type it."),
    ("Not yet: I read wⱼₖ·∂C/∂aₖ. Then b₂.", "Not yet: I read w from j to k times d C by d a k. Then b 2."),
    ("I read −0.603. That is aₖ − y.", "I read minus 0.603. That is a k minus y."),
])
def test_what_was_typed_is_read_back(text: str, words: str) -> None:
    assert speak_message(text) == words


@pytest.mark.parametrize(("text", "words"), [
    ("w_{A,top} = 0.48", "w from A to top equals 0.48"), ("w_A,top, w_B", "w from A to top, w B"),
    ("∂z_out/∂w_Aq", "d z out by d w from A to q"),
    ("w′_{b1,q}: 0.5 → 0.518", "w prime from b1 to q: 0.5 becomes 0.518"), ("∑ₖ ½(ŷₖ − y)", "the sum over k of "
     "one half times open bracket y hat k minus y close bracket"),
    ("wⱼₖ⁽ᴸ⁻¹⁾ is new", "w from j to k in layer L minus 1 is new"), ("ŷ = 1", "y hat equals 1"),
    ("∂netₒ₁/∂w₅", "d net o 1 by d w 5"), ("w³₁₂", "w from 1 to 2 in layer 3"), ("−.76, .5", "minus 0.76, 0.5"),
    ("0.1 · (−0.76)", "0.1 times minus 0.76"),
])
def test_names_of_other_authors_and_of_longer_units_are_said(text: str, words: str) -> None:
    assert speak_text(text) == words


@pytest.mark.parametrize(("text", "words"), [
    (r"w_{jk}^{(L-1)}", "w j k with L minus 1 above in brackets"), ("w_{j,k}", "w j comma k"),
    (r"W_{2,1}^{(1)}", "capital W 2 comma 1 with 1 above in brackets"), (r"{w^3}_{24}", "w 2 4 with 3 above"),
    (r"a_k^{(L)} = 1", "a k with L above in brackets, equals 1"),
])
def test_where_the_text_is_about_names_every_sign_of_them_is_spelled(text: str, words: str) -> None:
    assert spell(parse_latex(text)) == words


def test_a_weight_is_said_from_the_end_that_its_notation_names_first() -> None:
    said = "w prime from k to j equals w from k to j, minus"
    assert turn_ends(said) == "w prime to k from j equals w to k from j, minus"
    assert turn_ends("W 1 2 in layer 3, times W x") == "W to 1 from 2 in layer 3, times W x"


def test_the_number_of_a_weight_is_not_heard_as_its_two_ends() -> None:
    assert count_weights("w from 1 to 2 equals 0.4, w 3, w from j to k") == "w 12 equals 0.4, w 3, w from j to k"
