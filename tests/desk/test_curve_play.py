"""At the curve: nothing given away, predict first, step, overshoot, diverge, descend by hand."""

from __future__ import annotations

import pytest

import tui_backprop as tb
from tui_backprop.derivation import Derivation
from tui_backprop.desk.plots.curve_play import CurvePlay, CurveStage
from tui_backprop.desk.plots.play import RATES
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.walk import Walk, Watch


def play(name: str = "exercise-2", against: str = "w 1:i->j", kind: type[Walk] = Watch) -> CurvePlay:
    return CurvePlay(kind(tb.load(name)), against)


def stage(at: CurvePlay) -> CurveStage:
    return at.stage


def said(at: CurvePlay) -> str:
    return " ".join(f"{paragraph.mark} {paragraph.text}" for paragraph in at.paragraphs)


def opened(at: CurvePlay) -> CurvePlay:
    if at.stage is CurveStage.LOCKED:
        at.enter()
    at.skip()
    return at


def test_in_an_unfinished_quiz_it_asks_before_it_gives_something_away() -> None:
    at = play(kind=Quiz)
    assert stage(at) is CurveStage.LOCKED
    assert at.picture is None
    assert "You have not found C, ∂C/∂wᵢⱼ" in said(at)
    assert not any(character.isdigit() for character in said(at))
    at.enter()
    assert list(at.cover.revealed) == ["C", "dC/dw 1:i->j", "w' 1:i->j"]
    assert stage(at) is CurveStage.WAY


def test_a_finished_quiz_and_watching_hide_nothing() -> None:
    exercise = tb.load("exercise-2")
    quiz = Quiz(exercise)
    while not quiz.finished:
        quiz.reveal()
    assert CurvePlay(quiz, "w 1:i->j").stage is CurveStage.WAY
    assert play().stage is CurveStage.WAY


def test_prediction_comes_before_the_curve() -> None:
    at = play()
    assert at.covered
    assert at.picture is not None
    assert at.picture.covered
    assert at.picture.next is None
    at.sideways(1)
    assert said(at).startswith("✓ The slope is −0.557, and a step goes downhill: wᵢⱼ moves to the right.")
    at.upwards(1)
    assert "✗ C falls." in said(at)
    at.answer_far("0.06")
    assert "✓ About right." in said(at)
    assert "0.1 · 0.557 = 0.0557" in said(at)
    assert at.stage is CurveStage.OPEN
    assert not at.covered


@pytest.mark.parametrize(("answer", "mark"), [("0.0557", "✓"), ("-0.05", "✓"), ("0.5", "✗"), ("0", "✗"), ("?", "!")])
def test_about_how_far_is_taken_about(answer: str, mark: str) -> None:
    at = play()
    at.sideways(1)
    at.upwards(-1)
    at.answer_far(answer)
    assert said(at).startswith(mark)
    assert at.stage is (CurveStage.FAR if mark == "!" else CurveStage.OPEN)


def test_a_flat_place_stays_and_is_asked_about_too() -> None:
    at = opened(play())
    for _ in range(40):
        at.sideways(-1)
    at.ask()
    at.stays()
    assert said(at).startswith("✓ The slope is 0: there is no downhill. wᵢⱼ stays.")
    at.stays()
    assert "✓ C stays as it is." in said(at)


def test_a_step_is_the_engine_s_and_says_how_it_came_out() -> None:
    at = opened(play())
    after = Derivation(tb.load("exercise-2").task).values("w' 1:i->j")
    at.enter()
    assert at.point.x == pytest.approx(after, abs=1e-15)
    assert "✓ C fell: 0.3632 → 0.3329." in said(at)


def test_overshooting_and_divergence_are_said() -> None:
    at = opened(play())
    while at.rate < 5:
        at.upwards(1)
    at.enter()
    assert "leapt over the valley" in said(at)
    assert at.point.ground.low < at.point.x < at.point.ground.high
    while at.rate < 10:
        at.upwards(1)
    outcomes = []
    for _ in range(30):
        at.enter()
        outcomes.append(said(at))
    assert any("rose" in outcome or "stayed" in outcome for outcome in outcomes)


def test_a_descent_that_runs_away_stops_before_the_numbers_do() -> None:
    at = opened(CurvePlay(Watch(tb.load("circuit-two-paths")), "x"))
    while at.rate < 10:
        at.upwards(1)
    for _ in range(400):
        at.enter()
    assert at.point.spot.cost == at.point.spot.cost
    assert at.picture is not None


def test_rates_go_from_a_hundredth_to_ten() -> None:
    at = opened(play())
    for _ in range(20):
        at.upwards(1)
    assert at.rate == RATES[-1] == 10
    for _ in range(20):
        at.upwards(-1)
    assert at.rate == RATES[0] == 0.01


def test_descending_by_hand_covers_the_landscape_and_ends_beside_gradient_descent() -> None:
    at = opened(play())
    at.descend()
    assert at.covered
    start = at.point.x
    at.sideways(1)
    at.sideways(1)
    assert at.point.x == pytest.approx(start + 1)
    assert "C fell" in said(at)
    at.upwards(-1)
    at.sideways(1)
    at.enter()
    assert at.stage is CurveStage.OPEN
    assert len(at.own) == 4
    assert len(at.descent) == 3
    hill = at.point.ground.hill
    assert at.descent[0][0] == pytest.approx(start - at.rate * hill.spot(start).slope)
    assert "You (1, 2, …): 3 steps" in said(at)


def test_any_other_quantity_can_be_looked_at() -> None:
    at = opened(play("mazur", "w 1:i1->h1"))
    seen = {at.against}
    for _ in range(len(at.quantities)):
        at.next_quantity(1)
        seen.add(at.against)
        assert said(at)
    assert {"w 2:h2->o2", "b 1:h1", "a 1:h1"} <= seen


def test_a_bias_that_the_exercise_keeps_can_be_moved_and_does_not_step() -> None:
    at = play("mazur", "b 1:h1")
    assert stage(at) is CurveStage.OPEN
    assert "The exercise keeps bₕ₁ as it is: there is no step." in said(at)
    assert at.picture is not None
    assert at.picture.next is None
    before = at.point.x
    at.enter()
    assert at.point.x == before
    at.sideways(1)
    assert at.point.x > before


@pytest.mark.parametrize(("name", "against", "why"), [
    ("exercise-1", "a 1:k", "gradient descent changes the weights, and aₖ follows from them"),
    ("circuit-two-paths", "s", "gradient descent changes the inputs, and s follows from them"),
])
def test_no_step_is_taken_along_a_value_that_follows_from_others(name: str, against: str, why: str) -> None:
    at = play(name, against)
    assert at.stage is CurveStage.OPEN
    assert not at.moves
    assert why in said(at)
    assert "slope" in said(at)
    assert at.picture is not None
    assert at.picture.next is None
    before = at.point.x, at.rate
    for act in (at.enter, at.descend, at.ask, lambda: at.upwards(1)):
        act()
    assert (at.point.x, at.rate, at.stage) == (*before, CurveStage.OPEN)


def test_the_question_which_way_does_not_hold_its_answer() -> None:
    assert "hill" not in said(play())
