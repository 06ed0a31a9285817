"""Looking back shows what is done: a question that is open is never seen solved, whichever way leads there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_backprop import course
from tui_backprop.desk.workbench import view
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.modes import MODES
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.skills import skills_in

ASKING = [key for key in MODES if key != "watch"]


def opened(mode: str, name: str = "exercise-2") -> Workbench:
    return Workbench(Setup(course.load(name), mode=mode))


def _never_painted(feedback: Feedback, text: str) -> Callable[[], None]:
    del feedback, text
    return lambda: None


def shows_no_open_step(bench: Workbench) -> bool:
    """Is the step to be seen asked, or done; or one that is worked for a learner who meets its kind first?"""
    step, walk = bench.shown_step, bench.walk
    if step is None or not bench.explains:
        return True
    return walk.entry(step).status != "open" or (step == walk.here and not walk.asks)


def _seen_solved(bench: Workbench) -> list[str]:
    """What every way to an earlier step shows of open ones: where it led."""
    at, seen = bench.walk.position, []
    for by in (-1, -1, 1, 1, -at - 3, 2):
        bench.look(by)
        seen += [] if shows_no_open_step(bench) else [f"{by} steps from {at}"]
    for place in (-1, 0, at - 1, at):  # chosen in the list of steps; no further, that would be going on
        bench.go_to(place)
        seen += [] if shows_no_open_step(bench) else [f"step {place} chosen at {at}"]
    bench.look_at(at)
    return seen


@pytest.mark.parametrize("mode", ASKING)
def test_an_open_question_is_never_seen_solved(mode: str) -> None:
    bench = opened(mode)
    for _ in range(bench.walk.total):
        assert _seen_solved(bench) == []
        bench.answer("17.3", _never_painted)  # wrong, or no choice at all
        assert _seen_solved(bench) == []
        bench.reveal()
        bench.look_at(bench.walk.position)
        if bench.walk.finished:
            break
        bench.advance()


@pytest.mark.parametrize("mode", ASKING)
def test_back_is_offered_where_there_is_something_to_go_back_to(mode: str) -> None:
    bench = opened(mode)
    assert not bench.offers("look back")
    bench.look(-1)
    assert bench.looking is None
    while bench.walk.position == 0:
        bench.reveal()
    bench.look_at(1)
    assert bench.offers("look back")
    bench.look(-1)
    assert bench.place == 0
    assert not bench.offers("look back")


@pytest.mark.parametrize("mode", ASKING)
def test_looking_back_before_a_judgement_is_painted_solves_nothing(mode: str) -> None:
    bench = opened(mode)
    for text in ("17.3", "0.602", "0.602", "9.9"):
        bench.answer(text, _never_painted)
        bench.look(-1)
        assert shows_no_open_step(bench)


def test_a_question_about_the_gradients_before_the_first_step_shows_no_later_one() -> None:
    bench = opened("predictions", "two-paths")
    known = {skill.key for skill in skills_in(bench.walk.derivation)} - {"update", "cost-after"}
    bench.changes.narrow(Narrowing(known=tuple(known)))
    first = bench.shown_step
    assert bench.place == 0
    assert first is not None
    assert bench.posed is not None
    assert view.title_posed(bench.posed)
    assert bench.walk.earned(view.step_before(bench.walk, first))
