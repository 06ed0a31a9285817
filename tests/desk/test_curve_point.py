"""A point that is moved and takes steps."""

from __future__ import annotations

import pytest

import tui_backprop as tb
from tui_backprop.derivation import Derivation
from tui_backprop.desk.plots.point import cost_point, formula_point
from tui_backprop.maths.parse import parse


def test_a_step_is_the_exercise_s_update() -> None:
    exercise = tb.load("exercise-2")
    point = cost_point(exercise, "w 1:i->j")
    assert point.step_down().x == pytest.approx(Derivation(exercise.task).values("w' 1:i->j"), abs=1e-15)
    assert point.sentence() == "At wᵢⱼ = 0.86: C = 0.3632, slope −0.557. A step leads to C = 0.333."
    assert point.place.endswith("slope −0.557.")


def test_moves_are_round_and_stay_on_the_picture() -> None:
    point = cost_point(tb.load("exercise-2"), "w 1:i->j")
    assert point.move == 0.1
    assert point.move_on(1).x == 0.9
    assert point.move_on(-1).x == 0.8
    assert point.move_on(1).move_on(-1).x == 0.8
    assert point.move_on(10_000).x == point.ground.high
    assert point.move_on(-10_000).x == point.ground.low


def test_the_point_can_be_given_anything_a_lesson_names() -> None:
    for against in ("w 2:j->k", "a 1:j", "a 0:i"):
        assert cost_point(tb.load("exercise-2"), against).sentence()
    point = formula_point(parse("(x - 1)^2", {"x": "x"}), "x", -2, 4, rate=0.1)
    assert point.x == -0.5
    assert point.step_down().x == pytest.approx(-0.5 + 0.1 * 3)


def test_an_overshooting_step_brings_a_wider_picture() -> None:
    point = formula_point(parse("x^2", {"x": "x"}), "x", -2, 2, at=1.5, rate=3.0)
    after = point.step_down()
    assert after.x == -7.5
    assert after.ground.low < -7.5 < 37.5 < after.ground.high


def test_at_a_corner_and_where_there_is_no_value_it_is_said() -> None:
    pole = formula_point(parse("1/x", {"x": "x"}), "x", -2, 2, at=0.0, rate=0.1)
    assert "no finite value" in pole.sentence()
    assert pole.step_down() == pole or pole.next is None
    assert "flat" in formula_point(parse("relu(x)", {"x": "x"}), "x", -2, 2, at=-1.0).sentence()
