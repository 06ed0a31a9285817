"""Lines in dots, and cells of two colours."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.drawing.canvas import Canvas, Dot, two_roles
from tui_backprop.typeset.glyphs import Glyphs

PLACE = st.one_of(st.floats(-50, 90), st.floats())
POINTS = st.lists(st.one_of(st.none(), st.tuples(PLACE, PLACE)), max_size=12)
BRAILLE_FROM = 0x2800


def dots(canvas: Canvas) -> set[tuple[int, int]]:
    """The dots of a canvas, as column and row in dots."""
    bits = [(0x01, 0, 0), (0x02, 0, 1), (0x04, 0, 2), (0x40, 0, 3),
            (0x08, 1, 0), (0x10, 1, 1), (0x20, 1, 2), (0x80, 1, 3)]
    return {(2 * column + x, 4 * row + y)
            for row, line in enumerate(canvas.lines()) for column, character in enumerate(line) if character != " "
            for bit, x, y in bits if (ord(character) - BRAILLE_FROM) & bit}


def drawn(points: list[Dot | None], width: int = 8, height: int = 4) -> set[tuple[int, int]]:
    canvas = Canvas(width, height, Glyphs.FULL)
    canvas.polyline(points, "curve")
    return dots(canvas)


def test_a_curve_is_no_staircase_of_cells() -> None:
    """A gentle slope climbs dot by dot: eight heights over four rows of cells, a dot a column."""
    found = drawn([(0, 15), (15, 8)])
    assert {x for x, _ in found} == set(range(16))
    assert {y for _, y in found} == set(range(8, 16))


def test_a_line_has_no_holes() -> None:
    found = drawn([(0, 0), (15, 15), (15, 3)])
    assert all(any((x + dx, y + dy) in found for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0))
               for x, y in found)
    assert {(0, 0), (15, 15), (15, 3)} <= found


def test_none_and_what_is_not_finite_leave_a_gap() -> None:
    for gap in (None, (math.nan, 3.0), (4.0, math.inf)):
        assert drawn([(0, 0), (2, 0), gap, (8, 0), (10, 0)]) == {(x, 0) for x in (0, 1, 2, 8, 9, 10)}


def test_a_point_alone_is_a_dot() -> None:
    assert drawn([None, (3, 5), None]) == {(3, 5)}


def test_a_line_from_far_away_enters_where_it_should() -> None:
    assert drawn([(-1e12, 4), (1e12, 4)]) == {(x, 4) for x in range(16)}
    assert drawn([(-100, -100), (100, 100)]) == {(n, n) for n in range(16)}
    assert drawn([(0, 1e9), (15, 1e9)]) == set()


@given(points=POINTS)
def test_whatever_the_points_the_picture_keeps_its_size(points: list[Dot | None]) -> None:
    for glyphs in Glyphs:
        canvas = Canvas(7, 3, glyphs)
        canvas.polyline(points, "curve", dash=(2, 3))
        assert [sum(len(text) for text, _ in row) for row in canvas.runs()] == [7, 7, 7]


@pytest.mark.parametrize("glyphs", [Glyphs.CONSOLE, Glyphs.ASCII])
def test_without_braille_every_cell_on_the_line_is_marked(glyphs: Glyphs) -> None:
    canvas = Canvas(4, 2, glyphs)
    canvas.polyline([(0, 0), (7, 7)], "curve", mark="*")
    assert canvas.lines() == ("**", "  **")


def test_a_dashed_line_leaves_dots_out() -> None:
    canvas = Canvas(8, 1, Glyphs.FULL)
    canvas.polyline([(0, 0), (15, 0)], "tangent", dash=(2, 2))
    assert 6 <= len(dots(canvas)) <= 9


def test_a_cell_has_a_colour_above_and_one_below() -> None:
    canvas = Canvas(4, 1, Glyphs.FULL)
    for column, (upper, lower) in enumerate([("a", "b"), ("a", "b"), ("b", "b"), ("b", "b")]):
        canvas.halves(column, 0, upper, lower)
    assert canvas.runs() == ((("▀▀", two_roles("a", "b")), ("  ", two_roles("plain", "b"))),)


def test_text_and_lines_lie_over_the_colours() -> None:
    canvas = Canvas(3, 1, Glyphs.FULL)
    for column in range(3):
        canvas.halves(column, 0, "a", "b")
    canvas.text(1, 0, "1", "point")
    canvas.dot(4, 3, "path")
    assert canvas.runs() == ((("▀", "a/b"), ("1", "point/a"), ("⡀", "path/a")),)
