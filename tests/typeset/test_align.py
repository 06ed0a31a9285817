"""Formulas lined up under each other, and broken where they are too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.typeset.layouts import any_layouts
from tui_backprop.typeset.align import align, draw_wrapped
from tui_backprop.typeset.box import Span, draw
from tui_backprop.typeset.glyphs import Glyphs, cells
from tui_backprop.typeset.layout import Layout, Tagged, Text, join, number_text, operator, partial, row, symbol

COST, WEIGHT = Text("C"), symbol("w", "ij")
HIDDEN, OUTPUT = symbol("a", "j"), symbol("a", "k")
FACTORS = (partial(HIDDEN, WEIGHT), partial(OUTPUT, HIDDEN), partial(COST, OUTPUT))
EQUALS, TIMES = operator(" = "), operator(" · ")
OPEN, NOTHING = Text("…", "blank"), Text("")


def chain(*factors: Layout, left: Layout = NOTHING) -> list[Layout]:
    cells_of_row: list[Layout] = [left]
    for factor in factors:
        cells_of_row += (EQUALS if len(cells_of_row) == 1 else TIMES, factor)
    return cells_of_row


PANEL = [
    chain(*FACTORS, left=partial(COST, WEIGHT)),
    chain(OPEN, OPEN, Tagged("asked", Text("[?]", "blank"))),
    chain(number_text("−0.556876")),
]


@pytest.mark.parametrize(("glyphs", "lines"), [
    (Glyphs.FULL, (
        " ∂C    ∂aⱼ    ∂aₖ   ∂C ",
        "──── = ──── · ─── · ───",
        "∂wᵢⱼ   ∂wᵢⱼ   ∂aⱼ   ∂aₖ",
        "     =  …   ·  …  · [?]",
        "     = −0.556876       ",
    )),
    (Glyphs.CONSOLE, (
        " dC     da_j    da_k    dC ",
        "───── = ───── · ──── · ────",
        "dw_ij   dw_ij   da_j   da_k",
        "      =  ...  · ...  · [?] ",
        "      = −0.556876          ",
    )),
    (Glyphs.ASCII, (
        "  dC       da_j      da_k      dC  ",
        "------- = ------- * ------ * ------",
        " dw_ij     dw_ij     da_j     da_k ",
        "        =   ...   *  ...   *  [?]  ",
        "        = -0.556876                ",
    )),
])
def test_the_chain_rule_and_its_values_are_lined_up(glyphs: Glyphs, lines: tuple[str, ...]) -> None:
    assert align(PANEL, glyphs).lines == lines


def test_the_factor_asked_for_is_found_where_it_stands() -> None:
    box = align(PANEL, Glyphs.FULL)
    assert box.spans == (Span("asked", 3, 20, 3),)
    assert box.baseline == 1


def test_a_chain_too_wide_goes_on_underneath() -> None:
    assert align(PANEL, Glyphs.FULL, width=20).lines == (
        " ∂C    ∂aⱼ    ∂aₖ",
        "──── = ──── · ───",
        "∂wᵢⱼ   ∂wᵢⱼ   ∂aⱼ",
        "     =  …   ·  … ",
        "     = −0.556876 ",
        "       ∂C        ",
        "     · ───       ",
        "       ∂aₖ       ",
        "     · [?]       ",
    )


def test_nothing_to_line_up_is_an_empty_line() -> None:
    assert align([], Glyphs.FULL).lines == ("",)


@given(st.lists(st.lists(any_layouts, max_size=5), max_size=3), st.sampled_from(list(Glyphs)),
       st.none() | st.integers(1, 40))
def test_anything_can_be_lined_up(rows: list[list[Layout]], glyphs: Glyphs, width: int | None) -> None:
    box = align(rows, glyphs, width)
    assert {cells(line) for line in box.lines} == {box.width}
    assert all(0 <= span.row < box.height and span.column + span.width <= box.width for span in box.spans)


LONG = row(symbol("z", "k"), EQUALS, join(
    [row(symbol("w", str(n)), TIMES, symbol("a", str(n))) for n in range(1, 7)], " + "), operator(" + "), Text("b"))


def test_a_formula_that_fits_is_not_broken() -> None:
    assert draw_wrapped(LONG, Glyphs.FULL, 80) == draw(LONG, Glyphs.FULL)


def test_long_sums_are_broken_before_a_plus_and_set_in_under_the_equals_sign() -> None:
    assert draw_wrapped(LONG, Glyphs.FULL, 28).lines == (
        "zₖ = w₁ · a₁ + w₂ · a₂    ",
        "   + w₃ · a₃ + w₄ · a₄    ",
        "   + w₅ · a₅ + w₆ · a₆ + b",
    )


def test_long_products_are_broken_before_a_dot() -> None:
    whole = row(partial(COST, WEIGHT), EQUALS, join(FACTORS, " · "))
    assert draw_wrapped(whole, Glyphs.FULL, 18).lines == (
        " ∂C    ∂aⱼ    ∂aₖ",
        "──── = ──── · ───",
        "∂wᵢⱼ   ∂wᵢⱼ   ∂aⱼ",
        "       ∂C        ",
        "     · ───       ",
        "       ∂aₖ       ",
    )


def test_a_formula_tagged_as_a_whole_is_broken_as_well() -> None:
    box = draw_wrapped(Tagged("all", LONG), Glyphs.FULL, 28)
    assert box.height == 3
    assert [span for span in box.spans if span.tag == "all"] == [Span("all", line, 0, box.width) for line in range(3)]


@given(any_layouts, st.sampled_from(list(Glyphs)), st.integers(1, 30))
def test_breaking_loses_nothing(layout: Layout, glyphs: Glyphs, width: int) -> None:
    wrapped = draw_wrapped(layout, glyphs, width)
    whole = draw(layout, glyphs)
    assert {cells(line) for line in wrapped.lines} == {wrapped.width}
    assert wrapped.width <= max(width, whole.width)
    if whole.height == 1:
        assert "".join(wrapped.lines).replace(" ", "") == whole.lines[0].replace(" ", "")
