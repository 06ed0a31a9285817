"""What is asked can be narrowed, by real keys; and a quiz is taken up as narrowed as it was left."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.records.learner import NAME, Learner
from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import app_with
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.modes import MODES
from tui_backprop.tutor.narrowing import EVERYTHING, Narrowing, valid

SUMS_RIGHT = ("0.602", "0.602", "0.3973", "0.3973")


async def test_what_is_mastered_is_shown_and_the_rest_is_asked_and_so_it_is_taken_up_again(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer(*SUMS_RIGHT)
        Learner(journal, again=True)
        async with app_with(NAME, journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("f4", "down")
            assert "Shown, not asked: the weighted sum into a unit; activation: ReLU." in screen_text(pilot.app)
            await pilot.press("enter")
            assert "Only what is not mastered is asked." in screen_text(pilot.app)
            assert "step 1 of 10" in screen_text(pilot.app)
            assert "aₖ = 0.3973" in screen_text(pilot.app)
    with Journal(tmp_path) as journal:
        async with app_with(NAME, journal).run_test(size=(60, 20)) as pilot:
            assert "Not mastered yet · Exercise 2 · A deep chain   QUIZ   1/10" in screen_text(pilot.app)
            await pilot.press("f4", "home", "enter")
            assert "Everything is asked." in screen_text(pilot.app)
            assert "1/14" in screen_text(pilot.app) or "step 1 of 14" in screen_text(pilot.app)


async def test_a_newcomer_who_asks_for_it_is_told_that_nothing_is_mastered_yet(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        async with app_with(NAME, journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("f4", "down")
            assert "You have mastered none of its skills yet, so this asks for everything." in screen_text(pilot.app)
            await pilot.press("enter")
            assert "Everything is asked." in screen_text(pilot.app)


def test_a_quiz_of_one_weight_is_taken_up_as_one_of_it(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = Workbench(Setup(course.load(NAME), journal=journal))
        bench.changes.narrow(Narrowing("w 2:j->k"))
        assert [said.text for said in bench.said] == ["Only what wⱼₖ needs is asked."]
    with Journal(tmp_path) as journal:
        bench = Workbench(Setup(course.load(NAME), journal=journal))
        assert bench.setup.title.startswith("Only wⱼₖ · ")
        assert "da/dw 1:i->j" not in bench.walk.plan
        bench.changes.choose(MODES["exam"])
        assert "dC/dw 1:i->j" in bench.walk.plan
    with Journal(tmp_path) as journal:
        bench = Workbench(Setup(course.load(NAME), journal=journal))
        assert isinstance(bench.walk, Exam)
        bench.changes.choose(MODES["quiz"])
        assert bench.walk.narrowing == Narrowing("w 2:j->k")


def test_the_end_says_what_was_mastered_on_the_way(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = Workbench(Setup(course.load(NAME), journal=journal))
        for answer in SUMS_RIGHT:
            bench.answer(answer, lambda *_: lambda: None)
        while not bench.walk.finished:
            bench.reveal()
        said = [paragraph.text for paragraph in bench.ending.paragraphs()]
        assert "Mastered now: the weighted sum into a unit; activation: ReLU." in said


@examples(50)
@given(st.text(), st.lists(st.text()))
def test_whatever_the_records_say_a_quiz_is_narrowed_to_what_there_is(goal: str, known: list[str]) -> None:
    exercise = course.load(NAME)
    derivation = Derivation(exercise.task, exercise.detail)
    found = valid(Narrowing(goal, tuple(known)), derivation)
    assert found == EVERYTHING or goal.startswith("w ") or set(found.known) <= set(known)

