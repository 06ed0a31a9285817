"""A lesson's pages: no picture is cut by both pages on which it stands, and Tab finds it above the question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.effort import some
from tests.terminal.apps import ASCII
from tests.terminal.screen_text import screen_text
from tui_backprop import course
from tui_backprop.course.lesson import Check, ExerciseLink, NetworkPicture, Plot
from tui_backprop.records import notes
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.lesson.screen import THEIRS, LessonScreen

NAMES = ("01-slopes", "04-a-network-of-two-units", "06-the-loss-landscape", "12-other-activations-and-costs")


def read_whole(folder: Path, name: str) -> TutorApp:
    """An app in which every question of this lesson is done."""
    journal, lesson = Journal(folder), course.load_lesson(name)
    journal.record(notes.opened(lesson=name, digest=lesson.digest, mode="lesson"))
    for number in range(1, sum(isinstance(block, Check) for block in lesson.blocks) + 1):
        journal.record(notes.revealed(str(number), lesson=name))
    return TutorApp(ASCII, lambda: HomeScreen(journal, target=f"lesson {name}"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("name", some(NAMES))
async def test_each_picture_is_whole_on_one_page(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    app = read_whole(tmp_path, name)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        blocks, text = course.load_lesson(name).blocks, screen.text
        for key, first in (("pagedown", "home"), ("pageup", "end")):
            await pilot.press(first)
            whole = set()
            for _ in range(60):
                edges = text._edges()
                whole |= {place for place in range(len(edges) - 1)
                          if text.first <= edges[place] and edges[place + 1] - 1 <= text.first + text.size.height}
                before = text.first
                await pilot.press(key)
                if text.first == before:
                    break
            pictures = {place for place, block in enumerate(blocks) if isinstance(block, Plot | NetworkPicture)}
            assert pictures <= whole, (key, sorted(pictures - whole))


async def test_tab_finds_the_picture_above_the_question(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    app = TutorApp(ASCII, lambda: HomeScreen(journal, target="lesson 04-a-network-of-two-units"))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press(*"0.7", "enter")
        assert journal.flush()
        await pilot.pause()
        await pilot.pause()
        assert "(j)-" not in screen_text(app)
        await pilot.press(*"0.", "tab")
        await pilot.pause()
        await pilot.pause()
        assert "(j)-" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.pause()
        assert "> 0." in screen_text(app)
        assert "What is a_j?" in screen_text(app)


async def test_a_remark_never_covers_its_question(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    app = TutorApp(ASCII, lambda: HomeScreen(journal, target="lesson 10-two-inputs"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for text in ("3", "wjj"):
            await pilot.press(*text, "enter")
            assert journal.flush()
            await pilot.pause()
            await pilot.pause()
        assert "That is its name." in screen_text(app)
        assert "? Which edge carries" in screen_text(app)


async def test_beside_a_changed_picture_a_wrong_answer_is_told_whose_numbers_are_meant(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    app = TutorApp(ASCII, lambda: HomeScreen(journal, target="lesson 04-a-network-of-two-units"))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        for keys, says in ((("9", "enter"), False), (("tab", "right", "up", "escape", "9", "enter"), True)):
            await pilot.press(*keys)
            assert journal.flush()
            await pilot.pause()
            await pilot.pause()
            assert "That is not the value" in screen_text(app)
            assert (THEIRS in screen_text(app)) == says


async def test_after_an_exercise_is_done_the_next_one_is_brought_into_view(tmp_path: Path) -> None:
    app = read_whole(tmp_path, "01-slopes")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        await pilot.press("end")
        first, second = (place for place, block in enumerate(course.load_lesson("01-slopes").blocks)
                         if isinstance(block, ExerciseLink))
        screen.text.go_to(first - 6)
        screen.text.choose(first)
        assert second not in screen.text.links_in_view()
        done = notes.finished(exercise="power-rule")
        screen.journal.record(notes.opened(exercise="power-rule", digest="", mode="quiz"))
        screen.journal.record(done)
        screen._ask_again()
        await pilot.pause()
        assert second in screen.text.links_in_view()
        assert screen.text.link == second


async def test_where_exercises_are_in_view_tab_goes_from_one_to_the_next(tmp_path: Path) -> None:
    app = read_whole(tmp_path, "16-find-the-mistake")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        await pilot.press("end")
        await pilot.pause()
        assert "Tab next one" in screen_text(app)
        before = screen.text.link
        await pilot.press("tab")
        await pilot.pause()
        assert screen.text.link != before
        assert screen.text.link in screen.text.links_in_view()
