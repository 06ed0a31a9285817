"""With the summary or without it, the past is the same; and the summary is never in the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.records.samples import OTHER, SESSION, START, any_history, lines, quiz, stamped, write
from tui_backprop.records import notes, past
from tui_backprop.records.events import Event, Note, seal
from tui_backprop.records.folder import in_order, read_folder
from tui_backprop.records.journal import Journal
from tui_backprop.records.past import NAME, Past, read_past, save_past
from tui_backprop.records.replay import replay

FIRST = stamped(*quiz("exercise-1"), notes.setting("notation", "plain"))
LATER = stamped(*quiz("exercise-2"), session=OTHER, start=START + 100)


@pytest.fixture(autouse=True)
def _every_summary_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "WORTH_IT", 0)


def opened_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Past, list[str]]:
    """What the files come to, and which of them were opened for it."""
    opened: list[str] = []
    system_open = os.open

    def noted(path: Path, flags: int, mode: int = 0o777) -> int:
        opened.append(Path(path).name)
        return system_open(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", noted)
        return read_past(folder), sorted(opened)


def summed(folder: Path) -> Past:
    """What the files come to, with a summary written."""
    found = read_past(folder)
    save_past(folder, found)
    return found


@given(any_history, any_history)
@examples(25)
def test_a_summary_and_what_came_after_are_the_whole(earlier: list[Event], later: list[Event]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, f"{SESSION}.jsonl", lines(earlier))
        summed(folder)
        assert read_past(folder).history == replay(in_order(earlier))
        write(folder, f"{OTHER}.jsonl", lines([event._replace(session="third") for event in later]))
        once, whole = read_past(folder), replay(read_folder(folder).events)
        assert once.history == whole
        save_past(folder, once)
        assert read_past(folder).history == whole


@examples(40)
@given(any_history, st.integers(0, 12))
def test_later_events_of_other_sessions_can_be_added(events: list[Event], cut: int) -> None:
    merged = in_order(events)
    head = [event._replace(session="head") for event in merged[:cut]]
    tail = [event for event in merged[cut:] if event.note.kind not in (notes.EventKind.RESET, notes.EventKind.UNDONE)]
    assert replay(tail, replay(head)) == replay([*head, *tail])


def test_old_files_are_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, f"{SESSION}.jsonl", lines(FIRST))
    summed(tmp_path)
    write(tmp_path, f"{OTHER}.jsonl", lines(LATER))
    found, opened = opened_files(tmp_path, monkeypatch)
    assert opened == [f"{OTHER}.jsonl", NAME]
    assert found.history == replay([*FIRST, *LATER])
    assert found.latest == LATER[-1].time
    assert found.sessions == {SESSION, OTHER}
    assert found.fresh == len(LATER)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([*LATER, Event(START + 500, OTHER, 9, notes.reset())], id="a reset"),
        pytest.param(stamped(*quiz("exercise-1", 5), session=OTHER), id="a session of the same time"),
        pytest.param([event._replace(time=START + 900) for event in FIRST], id="copies"),
    ],
)
def test_what_does_not_only_add_means_reading_all(tmp_path: Path, later: list[Event]) -> None:
    write(tmp_path, f"{SESSION}.jsonl", lines(FIRST))
    summed(tmp_path)
    write(tmp_path, "later.jsonl", lines(later))
    assert read_past(tmp_path).history == replay(read_folder(tmp_path).events)


def test_a_changed_or_missing_file_means_reading_all(tmp_path: Path) -> None:
    file = write(tmp_path, f"{SESSION}.jsonl", lines(FIRST[:2]))
    summed(tmp_path)
    file.write_bytes(lines(FIRST))
    assert read_past(tmp_path).history == replay(FIRST)
    summed(tmp_path)
    file.unlink()
    assert read_past(tmp_path) == Past()


def test_an_unreadable_file_is_tried_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, f"{SESSION}.jsonl", lines(FIRST))
    write(tmp_path, f"{OTHER}.jsonl", lines(LATER))

    def failing(path: Path) -> bytes:
        if path.name.startswith(OTHER):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return path.read_bytes()

    with monkeypatch.context() as patch:
        patch.setattr("tui_backprop.records.folder.read_bytes", failing)
        assert summed(tmp_path).history == replay(FIRST)
    assert read_past(tmp_path).history == replay([*FIRST, *LATER])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"{}",
        seal({}),
        seal({"version": 1}),
        seal({"version": 2}),
        seal({"version": 1, "files": 3}),
    ],
)
def test_a_bad_summary_is_no_matter(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, f"{SESSION}.jsonl", lines(FIRST))
    write(tmp_path, NAME, content)
    assert read_past(tmp_path).history == replay(FIRST)
    assert summed(tmp_path).history == replay(FIRST)
    assert read_past(tmp_path).fresh == 0


@given(st.integers(0, 10_000), st.integers(1, 255))
@examples(50)
def test_a_changed_byte_in_a_summary_is_noticed(place: int, change: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, f"{SESSION}.jsonl", lines(FIRST))
        summed(folder)
        content = bytearray((folder / NAME).read_bytes())
        content[place % len(content)] ^= change
        (folder / NAME).write_bytes(content)
        assert read_past(folder).history == replay(FIRST)


def test_a_summary_is_written_at_the_end_and_used_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, f"{SESSION}.jsonl", lines(FIRST))
    clock, note = (lambda: START + 1000), Note("moved", "exercise-1", step="C")
    with Journal(tmp_path, clock=clock, ids=lambda: "b") as journal:
        journal.record(note)
    found, opened = opened_files(tmp_path, monkeypatch)
    assert opened == ["b.jsonl", NAME]
    assert found.history == journal.history


def test_a_disk_that_does_not_take_the_summary(tmp_path: Path) -> None:
    found = Past(fresh=1)
    save_past(tmp_path / "none", found)
    assert list(tmp_path.iterdir()) == []
