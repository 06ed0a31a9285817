"""The records as the rest of the program uses them."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path

from tests.records.disks import FailingDisk
from tests.records.samples import START, quiz
from tui_backprop.records import notes
from tui_backprop.records.events import LINE_SIZE
from tui_backprop.records.folder import read_folder
from tui_backprop.records.journal import Journal


def journal(folder: Path, session: str, clock: float = START, disk: FailingDisk | None = None) -> Journal:
    """A journal whose clock stands still."""
    numbers = count(1)
    return Journal(
        folder, clock=lambda: clock, ids=lambda: f"{session}{next(numbers)}", disk=disk.disk() if disk else None
    )


def test_a_session_goes_on_where_the_last_one_was_closed(tmp_path: Path) -> None:
    with journal(tmp_path, "a") as first:
        for note in quiz():
            first.record(note)
        first.record(notes.moved("a 2:k", exercise="exercise-2"))
        before = first.history
    second = journal(tmp_path, "b")
    assert second.history == before
    assert second.history.resume is not None
    assert second.history.resume.run.step == "a 2:k"


def test_the_history_has_a_note_at_once(tmp_path: Path) -> None:
    with journal(tmp_path, "a") as records:
        assert records.history.resume is None
        for note in quiz():
            records.record(note)
        assert len(records.history.exercises["exercise-2"][0].steps) == 3
        assert len(records.events) == 4


def test_with_a_standing_or_wrong_clock_events_keep_their_order(tmp_path: Path) -> None:
    expected = []
    for session, clock in [("z", START), ("a", START), ("m", 0.0), ("b", -5.0), ("c", 1e12), ("0", START)]:
        with journal(tmp_path, session, clock) as records:
            expected += [records.record(note) for note in quiz()]
    assert read_folder(tmp_path).events == tuple(expected)
    assert len({event.time for event in expected}) == len(expected)


def test_a_sessions_name_is_not_taken_twice(tmp_path: Path) -> None:
    for _ in range(3):
        with journal(tmp_path, "a") as records:
            records.record(notes.moved("s", exercise="exercise-2"))
    assert [event.session for event in read_folder(tmp_path).events] == ["a1", "a2", "a3"]


def test_reset_and_undo(tmp_path: Path) -> None:
    with journal(tmp_path, "a") as records:
        for note in [*quiz("exercise-1"), *quiz("exercise-2")]:
            records.record(note)
        before = records.history
        first = records.reset("exercise-1")
        assert list(records.history.exercises) == ["exercise-2"]
        second = records.reset()
        assert records.history.exercises == {}
        records.undo(second)
        records.undo(first)
        assert records.history == before
    assert journal(tmp_path, "b").history == before


def test_on_a_disk_that_can_only_be_read_the_quiz_goes_on(tmp_path: Path) -> None:
    records = journal(tmp_path, "a", disk=FailingDisk(errno.EROFS, at="open"))
    told: list[str | None] = []
    for note in quiz():
        records.record(note, lambda: told.append(records.warning))
    assert records.flush()
    assert len(told) == 4
    assert all(warning is not None and "can only be read" in warning for warning in told)
    assert len(records.history.exercises["exercise-2"][0].steps) == 3
    assert not records.close()


def test_a_running_session_takes_in_what_another_one_notes(tmp_path: Path) -> None:
    with journal(tmp_path, "a") as here, journal(tmp_path, "b") as there:
        here.record(notes.opened("exercise-2", digest="d1", detail="full"))
        assert here.flush()
        assert not here.refresh()
        assert there.refresh()
        for note in quiz():
            there.record(note)
        assert there.flush()
        assert here.refresh()
        assert not here.refresh()
        here.record(notes.answered("z 9:j", "9", "correct", exercise="exercise-2", value=9.0))
        [run] = here.history.exercises["exercise-2"]
        assert set(run.steps) == {"z 1:j", "z 2:j", "z 3:j", "z 9:j"}
        assert here.flush()
        there.refresh()
        assert there.history == here.history
    assert journal(tmp_path, "c").history == here.history


def test_of_the_resets_that_stand_the_last_is_taken_back_first(tmp_path: Path) -> None:
    with journal(tmp_path, "a") as records:
        for note in [*quiz("exercise-1"), *quiz("exercise-2")]:
            records.record(note)
        before = records.history
        first = records.reset("exercise-1")
        second = records.reset()
        assert records.resets == (first, second)
    with journal(tmp_path, "b") as records:
        records.undo(records.resets[-1])
        assert list(records.history.exercises) == ["exercise-2"]
        records.undo(records.resets[-1])
        assert records.resets == ()
        assert records.history == before


def test_what_is_too_long_for_a_line_is_told_and_kept_in_memory(tmp_path: Path) -> None:
    records = journal(tmp_path, "a")
    long = "1" * 1900  # few long names: a million characters a second are written anywhere, a million names are not
    parameters = {f"w 1:{number}->{long}": 0.1 for number in range(LINE_SIZE // len(long))}
    records.record(notes.edited(parameters, exercise="exercise-2"))
    assert records.flush()
    assert records.warning is not None
    assert "too long to be saved (over 4 MB)" in records.warning
    for note in quiz():
        records.record(note)
    assert records.flush()
    assert "too long" in records.warning
    assert len(records.events) == 5
    assert not records.close()
    assert len(read_folder(tmp_path).events) == 4


def test_what_only_waits_in_memory_is_exported_too(tmp_path: Path) -> None:
    records = journal(tmp_path / "full", "a", disk=FailingDisk(errno.ENOSPC))
    for note in quiz():
        records.record(note)
    assert records.flush()
    assert records.export(tmp_path / "out.jsonl") == 4
    with journal(tmp_path / "elsewhere", "b") as other:
        assert other.take_in(tmp_path / "out.jsonl").added == 4
        assert other.history == records.history
