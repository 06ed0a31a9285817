"""Where the keyboard and the news are while somebody works at the workbench."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import app_with, at_step, bench, type_in
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.widgets.prompt import Prompt


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


async def test_after_a_choice_the_prompt_has_the_keyboard(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        for keys in ("f3 home down down enter enter", "f4 enter", "f5 down enter", "ctrl+n enter"):
            await pilot.press("f2")
            assert not isinstance(pilot.app.focused, Prompt)
            await pilot.press(*keys.split())
            assert isinstance(pilot.app.focused, Prompt), keys


async def test_a_wrong_number_gives_way_to_what_is_typed_next(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "9.9")
        await pilot.press("0", "full_stop", "6", "0", "2", "enter")
        assert journal.flush()
        await pilot.pause()
        assert bench(pilot).walk.entry("z 1:j").status == "answered"


async def test_what_could_not_be_read_is_mended_where_it_stands(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "2*(0.301")
        await pilot.press("right_parenthesis", "enter")
        assert journal.flush()
        await pilot.pause()
        assert bench(pilot).walk.entry("z 1:j").status == "answered"
        await type_in(pilot, journal, "0.602x")
        await pilot.press("backspace", "enter")
        assert journal.flush()
        await pilot.pause()
        assert bench(pilot).walk.entry("a 1:j").status == "answered"


async def test_a_number_typed_after_what_could_not_be_read_takes_its_place(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "sigma(0.3)", "0.602")
        assert bench(pilot).walk.entry("z 1:j").status == "answered"


async def test_a_message_stays_with_its_step(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.602", "9.9")
        assert "I read 9.9" in screen_text(pilot.app)
        await pilot.press("pageup")
        assert "I read 9.9" not in screen_text(pilot.app)
        await pilot.press("pagedown")
        assert "I read 9.9" in screen_text(pilot.app)


async def test_a_long_question_on_a_small_screen_begins_with_its_beginning(journal: Journal) -> None:
    async with app_with("mazur", journal).run_test(size=(60, 20)) as pilot:
        assert "│ What arrives at the unit" in screen_text(pilot.app)
        assert "│ You have  wᵢ₁,ₕ₁ = 0.15   aᵢ₁ = 0.05" in screen_text(pilot.app)
        await at_step(pilot, "dC/dw 2:h1->o1")
        text = screen_text(pilot.app)
        assert "│ You have  " in text
        assert "∂zₒ₁" in text


async def test_the_functions_of_a_network_are_named_before_any_hint(journal: Journal) -> None:
    async with app_with("mazur", journal).run_test(size=(80, 24)) as pilot:
        assert "sigmoid · half squared error" in screen_text(pilot.app)
        await at_step(pilot, "a 1:h1")
        assert "Its activation function: sigmoid." in screen_text(pilot.app)


async def test_an_exam_is_begun_again_only_after_a_yes(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "end", "enter")
        await type_in(pilot, journal, *["1"] * bench(pilot).walk.total, "y")
        await pilot.press("escape", "r")
        assert "Begin the exam again?" in screen_text(pilot.app)
        await pilot.press("n")
        assert bench(pilot).walk.finished
        await pilot.press("r", "y")
        assert bench(pilot).walk.position == 0
