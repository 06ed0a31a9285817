"""Windows too small to work in: a sentence, no answers that nobody sees, and all as it was once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.effort import some
from tests.terminal.apps import home_app
from tests.terminal.screen_text import screen_text
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.contents.home import HomeScreen


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


@pytest.mark.parametrize("size", some([(20, 5), (1, 1), (59, 24), (80, 19)]))
async def test_what_is_typed_stays_and_nothing_is_judged(size: tuple[int, int], journal: Journal) -> None:
    app = home_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, HomeScreen)
        app.screen.open("exercise exercise-1")
        await pilot.pause()
        await pilot.press(*"0.2")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        if size[0] * size[1] > 50:
            assert "needs 60" in shown
        await pilot.press("9", "enter", "escape")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "> 0.2 " in screen_text(app) + " "
        await pilot.press("4", "enter")
        assert journal.flush()  # judged, and safe
        await pilot.pause()
        assert "step 2 of 8" in screen_text(app)
    assert [event.note.data.get("given") for event in journal.events if event.note.kind == "answered"] == ["0.24"]


async def test_it_may_begin_small(journal: Journal) -> None:
    app = home_app(journal)
    async with app.run_test(size=(40, 12)) as pilot:
        assert "needs 60" in " ".join(screen_text(app).split())
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "Contents" in screen_text(app)


async def test_small_again_and_again_leaves_one_way_back(journal: Journal) -> None:
    app = home_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((10, 10), (5, 5), (10, 3), (300, 100), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
        await pilot.pause()
        assert len(app.screen_stack) == 1
