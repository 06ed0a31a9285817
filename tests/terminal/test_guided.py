"""Guided mode at the workbench, by keys: worked, by which rule, half open; left and taken up; offered to a newcomer."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.apps import FULL
from tests.terminal.screen_text import screen_text
from tui_backprop import course
from tui_backprop.desk.contents import entries_of
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.history import History
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.workbench.screen import WorkbenchScreen


async def test_a_first_step_is_worked_then_one_number_is_asked(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    bench = Workbench(Setup(course.load("exercise-2"), journal=journal))
    async with TutorApp(FULL, lambda: WorkbenchScreen(bench)).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "up", "up", "enter")
        assert "GUIDED" in screen_text(pilot.app)
        assert "0.86 · 0.7 = 0.602" in screen_text(pilot.app)
        await pilot.press("x")
        assert "By which rule?" in screen_text(pilot.app)
        rule = bench.rule
        assert rule is not None
        await pilot.press("abc"[rule.right], "enter")
        assert journal.flush()
        await pilot.pause()
        assert bench.rule is None
        await pilot.press("enter", "enter")
        assert "0.66 · [?]" in screen_text(pilot.app)
        assert bench.walk.asked == "gap"


async def test_a_long_remark_leaves_the_picture_on_a_small_screen(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    bench = Workbench(Setup(course.load("exercise-2"), journal=journal, mode="guided"))
    async with TutorApp(FULL, lambda: WorkbenchScreen(bench)).run_test(size=(60, 20)) as pilot:
        while bench.walk.asked != "gap":
            await pilot.press("enter")
        for typed in ("c", "0.602 + c"):
            await pilot.press("ctrl+u", *(_KEYS.get(each, each) for each in typed), "enter")
            assert journal.flush()
            await pilot.pause()
            text = screen_text(pilot.app)
            assert "(i)" in text
            assert "found." in text
        await pilot.resize_terminal(80, 24)
        assert "Parameters" in screen_text(pilot.app)
        assert bench.news


_KEYS = {" ": "space", ".": "full_stop", "+": "plus"}


async def test_a_network_is_drawn_in_one_way_at_every_step(tmp_path: Path) -> None:
    bench = Workbench(Setup(course.load("two-paths"), journal=Journal(tmp_path)))
    async with TutorApp(FULL, lambda: WorkbenchScreen(bench)).run_test(size=(60, 20)) as pilot:
        for _ in range(12):
            assert "· 2 units" in screen_text(pilot.app)  # cut out, be its formula a line or a fraction
            await pilot.press("exclamation_mark")
            assert "· 2 units" in screen_text(pilot.app)
            await pilot.press("enter")


def test_who_has_done_no_exercise_is_offered_the_first_one_guided() -> None:
    first = next(entry for entry in entries_of(History()) if not entry.key.startswith("lesson "))
    assert first.key == "guided exercise-1"


def test_who_was_guided_goes_on_guided_and_has_done_what_was_gone_through(tmp_path: Path) -> None:
    names = [entry.key for entry in course.exercises()]
    following = names[names.index("exercise-1") + 1]
    with Journal(tmp_path) as journal:
        bench = Workbench(Setup(course.load("exercise-1"), name="exercise-1", journal=journal, mode="guided"))
        for _ in range(2):  # worked, then half open
            while not bench.walk.finished:
                gap, posed = bench.walk.gap, bench.walk.posed
                if posed is not None:
                    assert bench.sitting.answer("abcdefgh"[posed.right]).right
                elif not bench.walk.asks:
                    bench.sitting.advance()
                else:
                    missing = gap.missing if gap is not None else str(bench.walk.here)
                    assert bench.sitting.answer(repr(bench.walk.derivation.values(missing))).accepted
            thing = bench.ending.next_thing
            assert thing is not None
            if thing.intent == "again":
                assert journal.flush()
                shown = entries_of(journal.history)
                assert next(entry for entry in shown if entry.key == "exercise exercise-1").standing == "done"
                bench.advance()
        assert thing is not None
        assert (thing.intent, thing.exercise) == ("open", following)
        assert thing.text.endswith(", guided")
        assert bench.setup.keeps_mode == "guided"
        assert journal.flush()
        assert f"guided {following}" in [entry.key for entry in entries_of(journal.history)]


def test_how_far_steps_are_opened_is_remembered(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        first = Workbench(Setup(course.load("exercise-1"), name="exercise-1", journal=journal, mode="guided"))
        while not first.walk.finished:
            first.sitting.advance()
    with Journal(tmp_path) as journal:
        assert not [attempt for attempt in journal.attempts if attempt.unaided]
        second = Workbench(Setup(course.load("exercise-2"), name="exercise-2", journal=journal, mode="guided"))
        assert second.walk.asked == "gap"
