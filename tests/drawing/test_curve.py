"""Curves as they are drawn."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.plots.curve import CurvePicture, draw_curve
from tui_backprop.drawing.plots.roles import CURVE, POINT, STEP
from tui_backprop.typeset.glyphs import Glyphs

PARABOLA = tuple((n / 20, (n / 20 - 2) ** 2) for n in range(-20, 101))
PICTURE = CurvePicture(PARABOLA, (0.0, 4.0), -4.0, (1.2, 0.64), ("w", "C"), "−r·∂C/∂w")
NUMBER = st.one_of(st.floats(-1e3, 1e3), st.floats())


def in_role(canvas: Canvas, role: str) -> str:
    """All that is drawn in a role."""
    return "".join(text for row in canvas.runs() for text, each in row if each == role)


def text(picture: CurvePicture, glyphs: Glyphs = Glyphs.FULL, width: int = 60, height: int = 16) -> str:
    return "\n".join(draw_curve(picture, width, height, glyphs).lines())


@pytest.mark.parametrize("glyphs", list(Glyphs))
def test_point_slope_and_step_are_told_in_every_level(glyphs: Glyphs) -> None:
    drawn = text(PICTURE, glyphs)
    assert ("slope -4" if glyphs is Glyphs.ASCII else "slope −4") in drawn
    assert "+1.2" in drawn
    assert glyphs is not Glyphs.ASCII or drawn.isascii()
    assert in_role(draw_curve(PICTURE, 60, 16, glyphs), POINT).strip() in ("●", "■", "o")


def test_the_step_is_an_arrow_on_its_own_row() -> None:
    rows = draw_curve(PICTURE, 60, 16, Glyphs.FULL).lines()
    assert "├" in rows[-3]
    assert "→ −r·∂C/∂w = +1.2" in rows[-3]
    back = draw_curve(replace(PICTURE, here=(3.0, 1.0), slope=2.0, next=(1.0, 1.0)), 60, 16, Glyphs.FULL).lines()
    assert "←" in back[-3]
    assert "−2" in back[-3]


def test_a_step_out_of_the_picture_says_so() -> None:
    assert "beyond the picture" in text(replace(PICTURE, next=(80.0, 6000.0), heights=(0.0, 9.0)))


def test_a_covered_curve_shows_the_point_alone() -> None:
    canvas = draw_curve(replace(PICTURE, covered=True), 60, 16, Glyphs.FULL)
    assert in_role(canvas, CURVE) == ""
    assert "○" not in in_role(canvas, STEP)
    assert in_role(canvas, POINT).strip() == "●"


def test_own_steps_are_numbered_and_those_of_descent_have_letters() -> None:
    own, descent = ((0.0, 4.0), (1.0, 1.0)), ((0.5, 2.25), (3.0, 1.0))
    shown = text(replace(PICTURE, own=own, descent=descent, here=None, next=None))
    assert all(sign in shown for sign in "12ab")


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=2, max_size=30), NUMBER, NUMBER, NUMBER,
       st.integers(0, 50), st.integers(0, 20), st.sampled_from(Glyphs))
def test_whatever_the_numbers_a_picture_of_its_size_comes_out(
    points: list[tuple[float, float]], x: float, cost: float, slope: float, width: int, height: int, glyphs: Glyphs,
) -> None:
    xs = sorted({x for x, _ in points if math.isfinite(x)})
    curve = tuple(zip(xs, (cost for _, cost in points), strict=False))
    if len(curve) < 2:
        return
    canvas = draw_curve(CurvePicture(curve, (x, cost), slope, (x + 1, cost)), width, height, glyphs)
    rows = canvas.runs()
    assert len(rows) == height
    assert all(sum(len(part) for part, _ in row) == width for row in rows)


def test_a_tick_stands_as_high_as_what_it_marks_and_the_tangent_leaves_the_curve() -> None:
    """A level line at a tick is drawn as the axis is, through the middle of its row."""
    level = replace(PICTURE, points=((0.0, 0.0), (1.0, 0.0), (1.5, 10.0), (2.0, 10.0)), here=None, next=None)
    rows = draw_curve(level, 60, 16, Glyphs.FULL).lines()
    for tick, sign in ((" 0┤", "⠤"), ("10┤", "⠤")):
        assert sign * 3 in next(row for row in rows if row.startswith(tick))
    curve = draw_curve(replace(PICTURE, next=None), 60, 16, Glyphs.ASCII).lines()
    assert sum("." in row and "*" in row and row.index(".") + 3 < row.index("*") for row in curve[1:-2]) >= 2
