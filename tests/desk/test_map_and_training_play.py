"""At the map and at the training: what is shown, what is asked first, where keys lead."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

import tui_backprop as tb
from tui_backprop.derivation import Derivation
from tui_backprop.desk.plots.map_play import UPDATES, MapPlay
from tui_backprop.desk.plots.play import tell_change
from tui_backprop.desk.plots.training_play import TrainingPlay
from tui_backprop.drawing.plots.training import draw_training
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.walk import Walk, Watch
from tui_backprop.typeset.glyphs import Glyphs


def map_of(name: str = "exercise-2", against: str = "w 1:i->j", kind: type[Walk] = Watch) -> MapPlay:
    return MapPlay(kind(tb.load(name)), against)


def training_of(name: str = "exercise-2", kind: type[Walk] = Watch) -> TrainingPlay:
    return TrainingPlay(kind(tb.load(name)))


def worked(play: TrainingPlay) -> TrainingPlay:
    generation = play.generation
    for runs in play.work(lambda: play.generation == generation):
        play.take(runs)
    return play


def said(play: MapPlay | TrainingPlay) -> str:
    return " ".join(f"{paragraph.mark} {paragraph.text}" for paragraph in play.paragraphs)


@pytest.mark.parametrize("play", [map_of(kind=Quiz), training_of(kind=Quiz)])
def test_both_ask_before_they_give_something_away(play: MapPlay | TrainingPlay) -> None:
    assert play.cover.is_on
    assert "You have not found" in said(play)
    assert not any(character.isdigit() for character in said(play).replace("and 1 more", "").replace("and 3 more", ""))


def test_a_step_on_the_map_is_the_exercise_s_update_of_all_parameters() -> None:
    play = map_of("mazur", "w 1:i1->h1")
    values = Derivation(tb.load("mazur").task).values
    play.enter()
    assert play.here == pytest.approx(tuple(values(quantity.replace("w ", "w' ")) for quantity in play.pair), abs=1e-12)
    assert play.path[1] == pytest.approx(play.here, abs=1e-12)
    assert "C fell" in said(play)


def test_the_point_is_another_start() -> None:
    play = map_of()
    before = play.path
    play.move(3, -2)
    assert not play.path
    assert "The arrow points downhill" in said(play)
    play.descend()
    assert play.path[0] == pytest.approx(play.here)
    assert play.path != before
    play.start_again()
    assert play.path == before


def test_a_walk_goes_on_counting_from_where_it_began() -> None:
    play = map_of()
    start, before = play.here, play.path
    for n in range(1, 4):
        play.enter()
        assert (play.here, play.steps) == (play.path[n], n)
    assert play.path == before
    play.change_rate(1)
    assert play.path[:4] == before[:4]
    assert play.path[4] != before[4]
    for _ in range(UPDATES):
        play.enter()
    assert play.path[0] == start
    assert play.steps == UPDATES + 3
    assert play.is_walking


@pytest.mark.parametrize(("name", "against"), [
    ("mazur", "w 1:i1->h1"), ("circuit-max", "x"), ("two-paths", "w 1:1->3")])
def test_a_walk_stays_on_the_land_that_is_shown(name: str, against: str) -> None:
    """Where an exercise has more numbers than two, the others stay: the height told is that of the map."""
    play = map_of(name, against)
    play.rate = 0.01
    play.descend()
    heights = [play._cost(point) for point in play.path]
    assert len(heights) == UPDATES + 1
    assert all(after < before for before, after in pairwise(heights))


def test_what_learning_leaves_as_it_is_does_not_move() -> None:
    play = map_of("mazur", "b 1:h1")
    play.enter()
    assert play.path[5][0] == play.path[0][0]
    assert play.path[5][1] != play.path[0][1]
    play.choose("b 1:h1", "b 1:h2")
    assert "The exercise keeps both as they are" in said(play)
    assert not play.takes_steps


def test_on_flat_land_there_is_no_way_and_a_step_leads_nowhere() -> None:
    play = map_of()
    play.move(-20, 0)
    assert "It is flat here: no way leads down." in said(play)
    play.enter()
    assert "C stays 1. Where it is flat, a step leads nowhere." in said(play)


@pytest.mark.parametrize(("before", "after", "told"), [
    (0.5, 0.25, "C fell: 0.5 → 0.25."), (0.25, 0.5, "C rose: 0.25 → 0.5."), (0.5, 0.5, "C stays 0.5."),
    (0.50000002, 0.5, "C fell, by too little to see: 0.5 → 0.5."), (2e-5, 3e-6, "C fell: 0.00002 → less than 0.00001."),
])
def test_how_the_cost_went_is_told_as_it_can_be_read(before: float, after: float, told: str) -> None:
    assert tell_change("C", before, after).text == told


def test_zoom_and_pan_change_what_is_seen_and_the_point_stays_in_view() -> None:
    play = map_of()
    (left, right), _ = play.spans
    play.zoom(1)
    (near_left, near_right), _ = play.spans
    assert near_right - near_left == pytest.approx((right - left) / 2)
    play.zoom(-1)
    play.pan(1, 0)
    assert play.spans[0][0] > left
    for _ in range(100):
        play.move(1, 1)
    assert all(low <= place <= high for place, (low, high) in zip(play.here, play.spans, strict=True))
    assert play.draw(60, 20, Glyphs.FULL, True).lines()


def test_another_pair_never_has_one_quantity_on_both_axes() -> None:
    play = map_of()
    for axis in (0, 1, 1, 0, 1):
        for _ in range(len(play.quantities)):
            play.next_quantity(axis, 1)
            assert play.pair[0] != play.pair[1]


def test_moving_the_point_works_nothing_out_anew() -> None:
    play = map_of()
    play.draw(60, 20, Glyphs.FULL, True)
    kept = play._kept
    play.move(1, 0)
    play.draw(60, 20, Glyphs.FULL, True)
    assert play._kept is kept


def test_a_circuit_has_a_map_of_its_inputs() -> None:
    play = map_of("circuit-two-gates", "x")
    assert set(play.pair) <= {"x", "y", "z"}
    assert play.draw(60, 20, Glyphs.ASCII, False).lines()


def test_a_training_runs_as_planned_and_any_update_can_be_opened() -> None:
    play = worked(training_of())
    assert not play.is_running
    assert len(play.runs[0].costs) == 101
    play.move(-1)
    play.at = 3
    opened = play.opened()
    assert Derivation(opened.task).values("C") == pytest.approx(play.runs[0].costs[3], abs=1e-15)


def test_a_run_away_training_says_so_and_opens_no_update_without_numbers() -> None:
    play = training_of("circuit-two-paths")
    play.plan = type(play.plan)(2000, (10.0,))
    worked(play)
    if math.isfinite(play.runs[0].costs[-1]):
        return
    assert "grows without end" in said(play)
    play.at = 2000
    with pytest.raises(ValueError, match="too large"):
        play.opened()


def test_a_new_plan_ends_the_old_work() -> None:
    play = training_of()
    play.lengthen(1)
    generation = play.generation
    work = play.work(lambda: play.generation == generation)
    next(work)
    play.change_rate(1)
    assert list(work) == []
    assert play.runs == ()


def test_two_or_three_rates_stand_side_by_side() -> None:
    play = training_of()
    for count in (2, 3, 1):
        play.one_more_rate()
        assert len(set(play.plan.rates)) == count
    play.one_more_rate()
    worked(play)
    assert [run.rate for run in play.runs] == list(play.plan.rates)


def test_samples_are_taken_all_or_one_or_a_few_at_a_time() -> None:
    play = training_of("batch-of-three")
    seen = []
    for _ in range(3):
        seen.append(play.plan.batching.size)
        play.next_batching()
    assert seen == [None, 1, 2]
    play.next_batching()
    first = worked(play).runs
    play.next_seed()
    assert worked(play).runs != first
    assert "number 2" in said(play)


def test_a_cost_that_is_nearly_0_is_told_without_a_power_of_ten() -> None:
    play = training_of("first-network")
    play.take_rate(1.5)
    play.lengthen(1)
    told = said(worked(play))
    assert "C < 0.00001 with r = 1.5" in told
    assert "e−" not in told


def test_another_rate_is_one_that_is_not_drawn_yet() -> None:
    play = training_of("first-network")
    play.take_rate(5.0)
    for _ in range(2):
        play.one_more_rate()
    assert play.plan.rates == (5.0, 10.0, 2.0)


def test_a_training_is_told_to_those_who_see_no_curve_and_a_point_above_the_picture_is_marked() -> None:
    play = training_of("batch-of-three")
    assert play.course == ""
    assert worked(play).course == (
        "C = 0.1548 at the start, C = 0.1284 after update 1, C = 0.1087 after update 2, C = 0.04707 after update 25, "
        "C = 0.04693 after update 50.")
    play.take_rate(5.0)
    assert "↑" in draw_training(worked(play).picture, 70, 14, Glyphs.FULL).lines()[1]
