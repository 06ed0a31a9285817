"""Whether this terminal shows the course's characters is asked at the first start, and what is chosen is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import screen_text
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.theme import DARK, LIGHT
from tui_backprop.typeset.glyphs import Glyphs

QUESTION = "? Can you read ∂C/∂wⱼₖ and ▓░? If not, press F8."


def tutor(journal: Journal, capabilities: Capabilities = FULL, *, keeps_glyphs: bool = True) -> TutorApp:
    return TutorApp(capabilities, lambda: HomeScreen(journal, keeps_glyphs=keeps_glyphs))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=str)
async def test_a_newcomer_is_asked_and_after_the_first_thing_done_nobody_is(
    size: tuple[int, int], tmp_path: Path,
) -> None:
    with Journal(tmp_path) as journal:
        app = tutor(journal)
        async with app.run_test(size=size) as pilot:
            assert QUESTION in screen_text(app)
            assert "Start here." in screen_text(app)
            await pilot.press("enter", "escape")
            await pilot.pause()
            assert "Can you read" not in screen_text(app)
            assert "Start here." not in screen_text(app)


async def test_the_characters_and_colours_chosen_are_there_at_the_next_start_at_such_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with Journal(tmp_path) as journal:
        app = tutor(journal)
        async with app.run_test() as pilot:
            await pilot.press("f8", "f8", "f7")
            assert "Can you read" not in screen_text(app)  # of ASCII there is nothing to ask
    with Journal(tmp_path) as journal:
        app = tutor(journal)
        async with app.run_test():
            assert app.glyphs is Glyphs.ASCII
            assert app.theme == LIGHT.name
    monkeypatch.setenv("TERM", "tmux-256color")
    with Journal(tmp_path) as journal:
        app = tutor(journal)
        async with app.run_test():
            assert app.glyphs is Glyphs.FULL
            assert app.theme == DARK.name


async def test_what_is_asked_for_at_the_start_counts_this_time_and_is_not_kept(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        app = tutor(journal)
        async with app.run_test() as pilot:
            await pilot.press("f8")
        app = tutor(journal, ASCII, keeps_glyphs=False)
        async with app.run_test():
            assert app.glyphs is Glyphs.ASCII
        app = tutor(journal)
        async with app.run_test():
            assert app.glyphs is Glyphs.CONSOLE
