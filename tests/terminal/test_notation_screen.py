"""Choosing a notation: every one with its formulas, kept, and used by what is opened next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.apps import ASCII, FULL, home_app
from tests.terminal.screen_text import check_golden, screen_text
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS
from tui_backprop.desk.notation_view import CHOICES, choice_line, sample_setter
from tui_backprop.records.journal import Journal
from tui_backprop.records.settings import keep_notation, recall_notation
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.typeset.glyphs import Glyphs


async def test_what_is_chosen_is_kept_for_the_next_time(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    app = home_app(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "down", "enter")
        assert "Notation: Nielsen." in screen_text(app)
        await pilot.press("n")
        assert "[x] Nielsen" in screen_text(app)
    journal.close()
    assert recall_notation(Journal(tmp_path).history) == NOTATIONS["nielsen"]


async def test_escape_leaves_it_as_it_was(tmp_path: Path) -> None:
    app = home_app(Journal(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "escape", "n")
        assert "[x] The course's own" in screen_text(app)


def test_what_is_asked_for_this_time_comes_before_what_is_kept(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        assert recall_notation(journal.history) == HAND_OUT
        keep_notation(journal, NOTATIONS["mazur"])
        assert recall_notation(journal.history) == NOTATIONS["mazur"]
        assert recall_notation(journal.history, "nielsen") == NOTATIONS["nielsen"]


@pytest.mark.parametrize("glyphs", Glyphs)
def test_every_sample_fits_the_narrowest_screen(glyphs: Glyphs) -> None:
    for notation in CHOICES:
        assert len(choice_line(notation, glyphs)) <= 52
        assert sample_setter(notation)(glyphs, 56, 99).width <= 56


@pytest.mark.parametrize(
    ("name", "size", "capabilities"),
    [("80x24", (80, 24), FULL), ("60x20", (60, 20), FULL), ("120x40", (120, 40), FULL), ("ascii", (60, 20), ASCII)])
async def test_how_it_looks(name: str, size: tuple[int, int], capabilities: Capabilities, tmp_path: Path) -> None:
    app = home_app(Journal(tmp_path), capabilities)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n", "down")
        check_golden(f"notations_{name}", screen_text(app))
