"""The page of progress, by real keys."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.records.learner import Learner
from tests.terminal.apps import ASCII, FULL, home_app
from tests.terminal.screen_text import check_golden, screen_text
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.home import HomeScreen


async def test_what_is_mastered_stands_there_and_what_to_do_about_the_rest(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602", "0.602", "0.3973", "0.3973", "0.37", "0.3632")
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("p")
            text = screen_text(pilot.app)
            assert "2 skills mastered. Next: cost: squared error." in text
            assert "[-] cost: squared error                              0 of 1 right at once" in text
            assert "[x] the weighted sum into a unit" in text
            assert "2 of 2 right at once; again on" in text
            assert "A skill is mastered when 2 different steps in a row go right at once." in text
            await pilot.press("down")
            assert "Mastered. It is worth another look on" in screen_text(pilot.app)
            await pilot.press("escape")
            assert isinstance(pilot.app.screen, HomeScreen)


async def test_what_was_mastered_long_ago_is_to_be_refreshed(tmp_path: Path) -> None:
    with Journal(tmp_path, clock=lambda: time.time() - 90 * 86400) as journal:
        Learner(journal).answer("0.602", "0.602", "0.3973", "0.3973")
    with Journal(tmp_path) as journal:
        async with home_app(journal).run_test(size=(60, 20)) as pilot:
            await pilot.press("p")
            text = screen_text(pilot.app)
            assert "2 skills to be refreshed. Next: the weighted sum" in text
            assert "[~] the weighted sum into a unit 2 of 2 right at once" in text


async def test_where_there_is_no_room_for_the_day_the_titles_stay(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602", "0.602", "0.3973", "0.3973")
        async with home_app(journal).run_test(size=(60, 20)) as pilot:
            await pilot.press("p", "down", "down", "down", "down")
            assert "[x] the weighted sum into a unit 2 of 2 right at once" in screen_text(pilot.app)
            await pilot.press("home")
            assert "It is worth another look on" in screen_text(pilot.app)


async def test_a_newcomer_sees_where_to_begin_and_every_skill(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("p")
            assert "No skill is mastered yet. Next: slopes, rise over run." in screen_text(pilot.app)
            await pilot.press("end")
            assert "a gate's own slopes" in screen_text(pilot.app)


@pytest.mark.parametrize(("name", "size", "capabilities"), [
    ("80x24", (80, 24), FULL), ("60x20", (60, 20), FULL), ("120x40", (120, 40), FULL), ("ascii", (80, 24), ASCII),
])
async def test_what_it_looks_like(name: str, size: tuple[int, int], capabilities: Capabilities, tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602", "0.7", "0.602", "0.9", "0.3973", "0.4", "0.3973", "0.3632")
        async with home_app(journal, capabilities).run_test(size=size) as pilot:
            await pilot.press("p", "down")
            check_golden(f"progress_{name}", screen_text(pilot.app))


async def test_enter_practises_the_skill_alone_and_says_so(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602", "0.602", "0.3973", "0.3973", "0.37", "0.3632")
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("p", "enter")
            await pilot.pause()
            assert "Practice: cost: squared error" in screen_text(pilot.app)
            assert "zⱼ" not in screen_text(pilot.app).partition("You have")[0]
            await pilot.press(*"0.5776", "enter")
            assert journal.flush()
            await pilot.pause()
            assert "✓ C = 0.5776" in screen_text(pilot.app)
            assert "Enter: back to your progress." in screen_text(pilot.app)
            await pilot.press("enter")
            await pilot.pause()
            assert " Progress" in screen_text(pilot.app).partition("\n")[0]
