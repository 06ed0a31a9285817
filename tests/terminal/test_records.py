"""Forgetting, bringing back, export and import, by their keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.records.samples import START, quiz
from tests.terminal.apps import ASCII, FULL, home_app
from tests.terminal.screen_text import check_golden, screen_text
from tests.terminal.typing import paste
from tui_backprop.desk.records import EVERYTHING, NOTHING_TO_UNDO, RecordsDesk, Subject
from tui_backprop.records import notes
from tui_backprop.records.folder import read_folder
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.records.screen import RecordsScreen

CHAIN = Subject(exercise="exercise-2")
LESSON = Subject(lesson="08-a-simple-chain")


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A day is the same day everywhere."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def filled(folder: Path, session: str = "s") -> Journal:
    """Four answers in two exercises, a lesson begun, a file of one's own opened."""
    times = count(START)
    journal = Journal(folder, clock=lambda: next(times), ids=lambda: f"{session}1")
    for note in [*quiz("exercise-2"), *quiz("exercise-1", answers=1), notes.opened(lesson=LESSON.lesson),
                 notes.opened("/home/ann/own.toml")]:
        journal.record(note)
    assert journal.flush()
    return journal


def test_the_question_says_how_much_is_lost(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        desk = RecordsDesk(journal)
        assert desk.question(CHAIN) == "Forget your 3 answers in “Exercise 2 · A deep chain”?"
        assert desk.question(EVERYTHING) == "Forget everything, which is 4 answers?"
        assert desk.question(LESSON) == "Forget your place in “Lesson: A simple chain”?"
        assert desk.question(Subject(exercise="mazur")) is None
        assert [row.title for row in desk.rows] == [
            "own", "Lesson: A simple chain", "Exercise 1 · A simple chain", "Exercise 2 · A deep chain"]


def test_what_is_forgotten_counts_no_more_and_comes_back_later(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        desk = RecordsDesk(journal)
        before, on_disk = journal.history, len(read_folder(tmp_path).events)
        assert desk.forget(CHAIN) == "Forgotten: 3 answers. Press u to undo that, now or later."
        assert desk.forget(EVERYTHING).startswith("Forgotten: 1 answer.")
        assert desk.rows == ()
    with Journal(tmp_path) as later:
        assert len(read_folder(tmp_path).events) == on_disk + 2
        desk = RecordsDesk(later)
        assert desk.summary.startswith("No answers count now. What you did is kept in ")
        assert desk.undo() == "Back again: 1 answer."
        assert desk.undo() == "Back again: 3 answers in “Exercise 2 · A deep chain”."
        assert desk.undo() == NOTHING_TO_UNDO
        assert later.history == before


async def test_one_key_asks_and_only_yes_forgets(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("slash", *"deep chain exercises", "tab")
            for no in ("enter", "n", "escape", "x", "d"):
                await pilot.press("d")
                assert "? Forget your 3 answers in “Exercise 2 · A deep chain”?" in screen_text(pilot.app)
                await pilot.press(no)
                assert "Forget your" not in screen_text(pilot.app)
            assert "exercise-2" in journal.history.exercises
            await pilot.press("d", "y")
            assert "✓ Forgotten: 3 answers." in screen_text(pilot.app)
            assert "exercise-2" not in journal.history.exercises
            assert "Mazur" not in screen_text(pilot.app)
            await pilot.press("u")
            assert "✓ Back again: 3 answers in “Exercise 2 · A deep chain”." in screen_text(pilot.app)
            assert "exercise-2" in journal.history.exercises


@pytest.mark.parametrize(
    ("name", "size", "capabilities"),
    [("80x24", (80, 24), FULL), ("60x20", (60, 20), FULL), ("120x40", (120, 40), FULL), ("ascii", (80, 24), ASCII)],
)
async def test_how_it_looks(
    name: str, size: tuple[int, int], capabilities: Capabilities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with filled(tmp_path / "state" / "records") as journal:
        async with home_app(journal, capabilities).run_test(size=size) as pilot:
            await pilot.press("r", "down", "d")
            check_golden(f"records_{name}", screen_text(pilot.app))


async def test_everything_is_forgotten_and_brought_back(tmp_path: Path) -> None:
    with filled(tmp_path) as journal:
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            await pilot.press("r", "a", "y")
            assert journal.history.exercises == journal.history.lessons == {}
            await pilot.press("escape")
            assert "Continue" not in screen_text(pilot.app)
            await pilot.press("r", "u", "escape")
            assert "Continue" in screen_text(pilot.app)


async def to_file(pilot: Pilot[None], key: str, file: Path) -> None:
    """Export or import by its key, with this file's path in place of the one that is proposed."""
    await pilot.press(key, "ctrl+u")
    await paste(pilot, str(file))
    await pilot.press("enter")


async def test_the_records_go_to_a_file_and_come_from_one(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with filled(tmp_path / "here") as journal:
        async with home_app(journal).run_test(size=(200, 24)) as pilot:
            await pilot.press("r")
            await to_file(pilot, "e", out)
            assert f"events of your records are now in {out}" in screen_text(pilot.app)
            await to_file(pilot, "e", out)
            assert "this is there already" in screen_text(pilot.app)
            await pilot.press("i", "escape")
            assert isinstance(pilot.app.screen, RecordsScreen)
    with Journal(tmp_path / "there") as other:
        async with home_app(other).run_test(size=(200, 24)) as pilot:
            await pilot.press("r")
            await to_file(pilot, "i", out)
            assert "8 events added, 0 known already." in screen_text(pilot.app)
            assert "Exercise 2" in screen_text(pilot.app)
        assert other.history == journal.history


async def test_what_another_session_did_is_there_on_coming_back(tmp_path: Path) -> None:
    with filled(tmp_path) as here, Journal(tmp_path) as there:
        async with home_app(there).run_test(size=(80, 24)) as pilot:
            await pilot.press("r")
            for note in quiz("mazur", answers=2):
                here.record(note)
            assert here.flush()
            await pilot.press("escape")
            assert "Continue: Mazur" in screen_text(pilot.app)


async def test_records_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    filled(tmp_path).close()
    (tmp_path / "torn.jsonl").write_bytes(b"{}\nnonsense\n")
    (tmp_path / "folder.jsonl").mkdir()
    with Journal(tmp_path) as journal:
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            said = " ".join(screen_text(pilot.app).split())
            assert "Left out of your records: 2 damaged lines and 1 file that cannot be read; everything else" in said
            await pilot.press("r")
            assert "Left out of your records" in screen_text(pilot.app)
            assert "4 answers in 1 session" in screen_text(pilot.app)
