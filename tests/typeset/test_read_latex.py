"""The LaTeX of lessons is read, or refused with a sentence and a place; nothing else happens, whatever the text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.typeset.test_formula import expressions, named
from tui_backprop.maths.expression import Expr
from tui_backprop.typeset.box import draw
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs, cells
from tui_backprop.typeset.latex import latex
from tui_backprop.typeset.latex_commands import ENVIRONMENTS
from tui_backprop.typeset.layout import Fraction, Row, Text, number_text, symbol
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import MAX_DEPTH, MAX_LENGTH, LatexError, parse_latex


@pytest.mark.parametrize(("text", "full", "ascii_text"), [
    (r"\frac{\partial C}{\partial w_{jk}^{(L)}}", "∂C/∂wⱼₖ⁽ᴸ⁾", "dC/dw_jk^(L)"),
    (r"w^{(L)}_{j k}", "wⱼₖ⁽ᴸ⁾", "w_jk^(L)"),
    (r"w'_{jk}", "w′ⱼₖ", "w'_jk"),
    (r"w_{jk}'", "w′ⱼₖ", "w'_jk"),
    (r"w^{\prime}_{jk}", "w′ⱼₖ", "w'_jk"),
    (r"f^\prime(x)", "f′(x)", "f'(x)"),
    (r"{w'}_{jk}^{(L)}", "w′ⱼₖ⁽ᴸ⁾", "w'_jk^(L)"),
    (r"x^10", "x¹0", "x^1 0"),
    (r"x^{10}", "x¹⁰", "x^10"),
    (r"\frac12", "1/2", "1/2"),
    (r"\tfrac{1}{2}(a-y)^2", "½(a − y)²", "0.5(a - y)^2"),
    (r"2a+b=-1", "2a + b = −1", "2a + b = -1"),
    (r"a\cdot-b", "a · −b", "a * -b"),
    (r"2\left(a_k - y\right)", "2(aₖ − y)", "2(a_k - y)"),
    (r"\left|x\right|", "|x|", "|x|"),
    (r"[0, 1)", "[0, 1)", "[0, 1)"),
    (r"\ln a_k", "ln aₖ", "ln a_k"),
    (r"-y_k\ln a_k", "−yₖ ln aₖ", "-y_k ln a_k"),
    (r"(1-y)\log(1-a)", "(1 − y) log(1 − a)", "(1 - y) log(1 - a)"),
    (r"\theta^* = \theta^{*}", "θ* = θ*", "theta^* = theta^*"),
    (r"W^\dagger", "W†", "W^+"),
    (r"a_j^{[l]}", "aⱼ^[l]", "a_j^[l]"),
    (r"\max\{0, z\}", "max{0, z}", "max{0, z}"),
    (r"\pm 0{,}5", "±0,5", "+-0,5"),
    (r"\max(0, z)", "max(0, z)", "max(0, z)"),
    (r"\tanh(z)^2", "tanh(z)²", "tanh(z)^2"),
    (r"\sum_{i} w_i a_i + b", "∑ᵢ wᵢaᵢ + b", "sum_i w_i a_i + b"),
    (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ", "sum_{i=1}^n x_i"),
    (r"\sqrt{x + 1}", "√(x + 1)", "sqrt(x + 1)"),
    (r"\sigma'(z)", "σ′(z)", "sigmoid'(z)"),
    (r"\delta_k \eta", "δₖη", "delta_k eta"),
    (r"\operatorname{ReLU}(z) = \mathrm{ReLU}(z)", "ReLU(z) = ReLU(z)", "ReLU(z) = ReLU(z)"),
    (r"a \text{ if } z > 0", "a if z > 0", "a if z > 0"),
    (r"x \to 0 \quad \nabla C \approx 0.25", "x → 0   ∇C ≈ 0.25", "x -> 0   grad C ~ 0.25"),
    (r"a_1 + \dots + a_n", "a₁ + … + aₙ", "a_1 + ... + a_n"),
    (r"\boxed{?}", "[?]", "[?]"),
    (r"50\,\%", "50 %", "50 %"),
    ("a ≤ 1 · δ", "a ≤ 1 · δ", "a <= 1 * delta"),
    ("", "", ""),
    (r"\hat{y} - \bar x", "ŷ − x\u0304", "yhat - xbar"),
    (r"\tilde{w}_{jk}", "w\u0303ⱼₖ", "wtilde_jk"),
    (r"W^\top \odot \delta", "Wᵀ ⊙ δ", "W^T (.) delta"),
    (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ", "x in R^n"),
    (r"\mathcal{L} \propto \|w\|^2", "ℒ ∝ ‖w‖²", "L ~ ||w||^2"),
    (r"\forall i: \ell \sim \mathcal{D}", "∀i: ℓ ∼ D", "for all i: l ~ D"),
    (r"\arg\min_k C", "arg minₖ C", "arg min_k C"),
    (r"\begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}", "{z, if z > 0; 0, otherwise",
     "{z, if z > 0; 0, otherwise"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1, 2; 3, 4]", "[1, 2; 3, 4]"),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c", "a = b; = c"),
    (r"\left( \textunderscore \right)^n", "(_)ⁿ", "(_)^n"),
])
def test_lessons_formulas_are_read(text: str, full: str, ascii_text: str) -> None:
    layout = parse_latex(text)
    assert linear(layout, Glyphs.FULL) == full
    assert linear(layout, Glyphs.ASCII) == ascii_text


def test_a_formula_becomes_the_tree_it_is() -> None:
    assert parse_latex(r"\frac{1}{a_k}") == Fraction(number_text("1"), symbol("a", "k"))
    assert parse_latex("2a") == Row((number_text("2"), Text("a")))


@pytest.mark.parametrize(("text", "position", "words"), [
    (r"a + \foo", 4, r"\foo is not known here"),
    ("{a", 0, "this { is never closed with }"),
    ("a}", 1, "this } closes nothing: its { is missing"),
    (r"\left(a", 0, r"this \left is never closed with \right"),
    (r"\left a \right)", 6, r"a is not a bracket; after \left one must stand"),
    ("a_", 1, "something is missing after _"),
    ("_a", 0, "nothing stands before this _"),
    ("a_b_c", 3, "two subscripts on one symbol: put braces around them"),
    (r"\frac{a}", 0, r"something is missing after \frac"),
    (r"\frac\frac abc", 0, r"put braces around what stands after \frac"),
    (r"\text a", 0, r"words in braces are missing after \text"),
    ("a & b", 2, "& cannot stand in a formula"),
    ("wⱼ", 1, "ⱼ is written _j here"),
    ("x²", 1, "² is written ^2 here"),
    (r"a \\ b", 2, r"\\ starts a new line, which one formula cannot have"),
    (r"\begin{cases} a", 0, r"this \begin is never closed with \end"),
    (r"\begin{tabular} a \end{tabular}", 0,
     f"there is no environment tabular here: use one of {', '.join(ENVIRONMENTS)}"),
    (r"\begin{cases} a \end{aligned}", 16, r"\begin{cases} is closed by another name"),
    (r"\hat{ab}", 0, r"\hat goes over one letter"),
    ("a\x1b", 1, r"'\x1b' cannot stand in a formula"),
    ("{" * (MAX_DEPTH + 1), MAX_DEPTH, f"brackets are nested more than {MAX_DEPTH} deep"),
    ("a" * (MAX_LENGTH + 1), MAX_LENGTH, f"this formula has {MAX_LENGTH + 1} characters; {MAX_LENGTH} is the most"),
])
def test_what_cannot_be_read_is_refused_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(LatexError) as refused:
        parse_latex(text)
    assert (refused.value.message, refused.value.position) == (words, position)


_PIECES = st.sampled_from([
    "{", "}", "(", ")", "[", "]", "_", "^", "'", " ", "a", "w", "2", ".", ",", "+", "-", "=", "/", "\\", "&", "%",
    r"\frac", r"\tfrac", r"\sqrt", r"\left", r"\right", r"\text", r"\operatorname", r"\partial", r"\cdot", r"\sum",
    r"\ln", r"\sigma", r"\prime", r"\quad", r"\boxed", r"\begin", r"\end", r"\\", "{cases}",
    r"\hat", r"\mathbb", r"\big", r"\{", r"\}", "²", "ⱼ", "\u0301", "数",
])


@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=20).map("".join)))
@example(r"\left\right\left\right")
@example(r"{\left}")
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(LatexError):
        layout = parse_latex(text)
        for glyphs in Glyphs:
            box = draw(layout, glyphs)
            assert {cells(line) for line in box.lines} <= {box.width}
            assert not box.lines or 0 <= box.baseline < box.height
            assert "\n" not in linear(layout, glyphs)
        assert "\n" not in latex(layout)


@given(expressions)
def test_what_is_written_as_latex_reads_back_as_the_same_formula(expr: Expr) -> None:
    layout = formula(expr, named)
    written = latex(layout)
    if len(written) <= MAX_LENGTH:
        assert linear(parse_latex(written), Glyphs.FULL) == linear(layout, Glyphs.FULL)
