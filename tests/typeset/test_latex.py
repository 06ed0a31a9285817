"""Layouts as LaTeX and as MathML: the forms lessons and worksheets rely on, and nothing left unescaped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given

from tests.typeset.layouts import any_layouts
from tui_backprop.typeset.latex import escape_words, latex, left_out
from tui_backprop.typeset.layout import Fenced, Layout, Scripted, Text, number_text, operator, partial, row, symbol
from tui_backprop.typeset.mathml import mathml

WEIGHT = symbol("w", "jk", "(L)")
SQUARED = Scripted(Fenced(row(symbol("a", "k"), operator(" − "), Text("y"))), sup=number_text("2"))
ROOT = row(Text("√", "function"), Fenced(Text("x")))


@pytest.mark.parametrize(("layout", "text"), [
    (partial(Text("C"), WEIGHT), r"\frac{\partial C}{\partial w_{jk}^{(L)}}"),
    (row(number_text("2"), Fenced(row(symbol("a", "k"), operator(" − "), Text("y")))), r"2\left(a_{k} - y\right)"),
    (SQUARED, r"\left(a_{k} - y\right)^{2}"),
    (symbol("w′", "jk", "(L)"), r"{w'}_{jk}^{(L)}"),
    (Scripted(Fenced(symbol("a′", "k")), sup=number_text("2")), r"\left({a'}_{k}\right)^{2}"),
    (symbol("net", "h1"), r"\mathrm{net}_{h1}"),
    (partial(Text("Loss"), symbol("ŷ", "k")), r"\frac{\partial\mathrm{Loss}}{\partial\hat{y}_{k}}"),
    (symbol("w", "24", "3", sup_first=True), "w_{24}^{3}"),
    (Scripted(operator("∑"), Text("k")), r"\sum_{k}"),
    (row(Text("ReLU", "function"), Fenced(symbol("z", "k"))), r"\operatorname{ReLU}\left(z_{k}\right)"),
    (row(Text("σ′", "function"), Fenced(Text("z"))), r"\sigma'\left(z\right)"),
    (row(Text("ln", "function"), Fenced(Text("z"))), r"\ln\left(z\right)"),
    (ROOT, r"\sqrt{x}"),
    (row(Text("a"), operator(" · "), Text("b")), r"a \cdot b"),
    (row(Text("½", "number"), Text("C")), r"\tfrac{1}{2}C"),
    (number_text("−0.5"), "-0.5"),
    (Text("50% of {all} $5_#&\\", "words"), r"\text{50\% of \{all\} \$5\_\#\&\textbackslash{}}"),
    (Text("[?]", "blank"), r"\boxed{?}"),
    (Text("…", "blank"), r"\dots"),
    (row(Text("η"), Text("C")), r"\eta C"),
])
def test_latex_is_what_a_teacher_would_write(layout: Layout, text: str) -> None:
    assert latex(layout) == text


def test_words_for_running_text_keep_their_signs() -> None:
    assert escape_words("a_j → 3 & “so” 数") == r"a\_j $\rightarrow$ 3 \& " + '\\textquotedbl{}so\\textquotedbl{} '


@given(any_layouts)
def test_braces_and_brackets_of_latex_always_match(layout: Layout) -> None:
    text = latex(layout)
    depth = 0
    for brace in re.findall("[{}]", re.sub(r"\\[{}]", "", text)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"\\left(?![a-z])", text)) == len(re.findall(r"\\right(?![a-z])", text))


@given(any_layouts)
def test_latex_has_no_comment_no_dollar_and_no_character_outside_latin_1(layout: Layout) -> None:
    text = latex(layout)
    assert not re.search(r"(?<!\\)[%#~]|(?<![\\ ])&", text)
    assert all(ord(character) < 0x100 and character.isprintable() for character in text)


def test_mathml_has_the_fractions_and_scripts_of_the_layout() -> None:
    assert mathml(partial(Text("C"), WEIGHT)) == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mrow><mi>∂</mi><mi>C</mi></mrow><mrow><mi>∂</mi>'
        "<msubsup><mi>w</mi><mrow><mi>j</mi><mi>k</mi></mrow><mi>(L)</mi></msubsup></mrow></mfrac></math>")
    assert "<msqrt><mi>x</mi></msqrt>" in mathml(ROOT)
    assert "<mo>·</mo>" in mathml(row(Text("a"), operator(" · "), Text("b")))


@given(any_layouts)
def test_mathml_is_well_formed_xml_with_nothing_but_maths_in_it(layout: Layout) -> None:
    tree = ElementTree.fromstring(mathml(layout))
    children = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "msqrt": 1}
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        assert name in {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mtable", "mtr", "mtd", *children}
        assert len(element) == children.get(name, len(element))
        assert not element.attrib or name == "mspace" or (name == "mo" and set(element.attrib) == {"lspace", "rspace"})


def test_letters_that_a_title_may_have_and_those_left_out() -> None:
    assert escape_words("Żółw, Příklad") == "Żółw, Příklad"
    assert escape_words("Ποιά") == r"$\Pi$o$\iota$$\alpha$"
    assert escape_words("Ά") == r"\'{A}"
    assert left_out("Σ α é ő x − 数, Цена, 数") == "数Цена"
    assert left_out("e\u0301 plain") == ""
