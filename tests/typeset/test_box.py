"""Boxes of text: every shape can be drawn, its rows are equally wide, and its tagged parts are where they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.typeset.layouts import any_layouts, course_layouts
from tui_backprop.typeset.box import Box, Span, above, beside, draw, draw_in, line_box
from tui_backprop.typeset.glyphs import Glyphs, cells
from tui_backprop.typeset.layout import (
    Fenced,
    Fraction,
    Layout,
    Scripted,
    Tagged,
    Text,
    join,
    number_text,
    operator,
    partial,
    row,
    symbol,
)
from tui_backprop.typeset.linear import linear, style_of, untagged

levels = st.sampled_from(list(Glyphs))
WEIGHT = symbol("w", "jk", "(L)")


def text_of(layout: Layout, glyphs: Glyphs) -> str:
    return "\n".join(draw(layout, glyphs).lines)


@given(any_layouts, levels)
def test_every_layout_is_drawn_with_lines_of_one_width(layout: Layout, glyphs: Glyphs) -> None:
    box = draw(layout, glyphs)
    assert {cells(line) for line in box.lines} == {box.width}
    assert 0 <= box.baseline < box.height
    assert all(line.isprintable() for line in box.lines)


@given(any_layouts)
def test_ascii_is_ascii(layout: Layout) -> None:
    assert text_of(layout, Glyphs.ASCII).isascii()


@given(any_layouts, levels)
def test_spans_lie_within_the_box(layout: Layout, glyphs: Glyphs) -> None:
    box = draw(layout, glyphs)
    for span in box.spans:
        assert 0 <= span.row < box.height
        assert 0 <= span.column <= span.column + span.width <= box.width


@given(any_layouts, levels)
def test_a_box_of_one_line_says_what_the_one_line_form_says(layout: Layout, glyphs: Glyphs) -> None:
    box = draw(layout, glyphs)
    if box.height == 1 and "Grid(" not in repr(layout):  # cells have room between them, in a line commas
        assert box.lines[0] == linear(layout, glyphs)


@given(st.lists(course_layouts.map(untagged), min_size=1, max_size=4), levels)
def test_a_span_covers_exactly_what_was_tagged(bodies: list[Layout], glyphs: Glyphs) -> None:
    """What stands at a part's span in a formula is what that part alone looks like, in the formula's style."""
    style = style_of(bodies, glyphs)
    whole = draw(join([Tagged(f"part {index}", body) for index, body in enumerate(bodies)], " + "), glyphs)
    for index, body in enumerate(bodies):
        spans = [span for span in whole.spans if span.tag == f"part {index}"]
        found = [_cut(whole.lines[span.row], span.column, span.width) for span in spans]
        assert found == list(draw_in(body, style).lines)


def _cut(line: str, column: int, width: int) -> str:
    """The characters in these cells of a line (the random course texts take one cell each)."""
    return line[column:column + width]


def test_a_tagged_fraction_is_a_rectangle_of_three_rows() -> None:
    factor = Tagged("dz/dw 2:j->k", partial(symbol("z", "k"), symbol("w", "jk")))
    box = draw(row(Text("C"), operator(" = "), factor), Glyphs.FULL)
    assert box.lines == ("    ∂zₖ ", "C = ────", "    ∂wⱼₖ")
    assert box.spans == tuple(Span("dz/dw 2:j->k", line, 4, 4) for line in range(3))


@pytest.mark.parametrize(("layout", "full", "console", "ascii_text"), [
    (WEIGHT, "wⱼₖ⁽ᴸ⁾", "w_jk^(L)", "w_jk^(L)"),
    (symbol("w", "jk", "(L-1)"), "wⱼₖ⁽ᴸ⁻¹⁾", "w_jk^(L-1)", "w_jk^(L-1)"),
    (symbol("w", "jk", "(L−1)"), "wⱼₖ⁽ᴸ⁻¹⁾", "w_jk^(L−1)", "w_jk^(L-1)"),
    (symbol("w′", "jk", "(L)"), "w′ⱼₖ⁽ᴸ⁾", "w'_jk^(L)", "w'_jk^(L)"),
    (symbol("w", "1,12"), "w₁,₁₂", "w_1,12", "w_{1,12}"),
    (symbol("w", "1,c"), "w_1,c", "w_1,c", "w_{1,c}"),
    (symbol("w", "24", "3", sup_first=True), "w³₂₄", "w^3_24", "w^3_24"),
    (symbol("w", "5", "+"), "w₅⁺", "w_5^+", "w_5^+"),
    (symbol("ŷ", "k"), "ŷₖ", "yhat_k", "yhat_k"),
    (symbol("a", "h1"), "aₕ₁", "a_h1", "a_h1"),
    (symbol("x", sup="q"), "x^q", "x^q", "x^q"),
    (symbol("x", sup="ab"), "xᵃᵇ", "x^(ab)", "x^(ab)"),
    (symbol("x", sup="12"), "x¹²", "x^12", "x^12"),
    (symbol("δ", "k"), "δₖ", "delta_k", "delta_k"),
])
def test_scripts_stand_on_one_row_the_lower_first(layout: Layout, full: str, console: str, ascii_text: str) -> None:
    assert [text_of(layout, glyphs) for glyphs in Glyphs] == [full, console, ascii_text]


def test_one_subscript_that_is_missing_in_unicode_changes_them_all_and_no_superscript() -> None:
    formula = row(symbol("a", "c"), operator(" · "), WEIGHT)
    assert text_of(formula, Glyphs.FULL) == "a_c · w_jk⁽ᴸ⁾"


def test_fallback_scripts_do_not_run_into_the_next_name() -> None:
    formula = row(symbol("a", "j"), symbol("w", "jk"))
    assert text_of(formula, Glyphs.FULL) == "aⱼwⱼₖ"
    assert text_of(formula, Glyphs.ASCII) == "a_j w_jk"


def test_a_minus_never_runs_into_a_fraction_bar() -> None:
    negative = row(operator("−"), Fraction(symbol("y", "k"), symbol("a", "k")))
    assert text_of(negative, Glyphs.FULL) == "  yₖ\n− ──\n  aₖ"
    assert text_of(negative, Glyphs.ASCII) == "   y_k \n- -----\n   a_k "


def test_the_bar_of_a_single_character_is_no_minus() -> None:
    assert text_of(Fraction(number_text("1"), Text("n")), Glyphs.FULL) == " 1 \n───\n n "


def test_outer_bars_are_longer_than_inner_ones() -> None:
    nested = Fraction(Fraction(Text("ab"), Text("cd")), Text("e"))
    assert text_of(nested, Glyphs.FULL) == " ab \n ── \n cd \n────\n e  "


@pytest.mark.parametrize(("glyphs", "lines"), [
    (Glyphs.FULL, ("⎛∂C⎞²", "⎜──⎟ ", "⎝∂a⎠ ")),
    (Glyphs.CONSOLE, ("/dC\\^2", "│──│  ", "\\da/  ")),
    (Glyphs.ASCII, ("/ dC \\^2", "|----|  ", "\\ da /  ")),
])
def test_brackets_are_as_tall_as_what_they_hold(glyphs: Glyphs, lines: tuple[str, ...]) -> None:
    squared = Scripted(Fenced(partial(Text("C"), Text("a"))), sup=number_text("2"))
    assert draw(squared, glyphs).lines == lines


def test_boxes_beside_each_other_share_a_baseline() -> None:
    tall = Box(("1", "-", "2"), 1)
    low = Box(("a", "b"), 0)
    assert beside(tall, low).lines == ("1 ", "-a", "2b")
    assert beside(tall, low).baseline == 1


def test_boxes_above_each_other_are_padded_to_one_width() -> None:
    assert above(line_box("abc"), line_box("d").tagged("t"), centred=True) == Box(
        ("abc", " d "), 0, (Span("t", 1, 1, 1),))
