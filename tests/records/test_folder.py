"""Whatever is in the folder, every whole event is read and nothing is raised."""

from __future__ import annotations

import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.records.samples import OTHER, SESSION, any_events, any_history, lines, quiz, stamped, write
from tui_backprop.records import private
from tui_backprop.records.events import LINE_SIZE, Event, encode
from tui_backprop.records.folder import FolderReading, new_session, read_folder, records_folder
from tui_backprop.records.replay import replay


@given(any_history, st.randoms(use_true_random=False))
@examples(50)
def test_files_are_merged_in_order_each_event_once(events: list[Event], chance: random.Random) -> None:
    with TemporaryDirectory() as name:
        for session in (SESSION, OTHER):
            own = [event for event in events if event.session == session]
            write(Path(name), f"{session}.jsonl", lines(own))
        copies = [event for event in events if chance.random() < 0.5]
        write(Path(name), "import-x.jsonl", lines(chance.sample(copies, len(copies))))
        reading = read_folder(Path(name))
    assert reading == FolderReading(tuple(sorted(events, key=lambda event: event[:3])))
    assert reading.remark is None


@given(st.lists(any_events, min_size=1, max_size=5, unique_by=lambda event: event.key), st.data())
@examples(50)
def test_a_torn_last_line_is_dropped_at_whatever_byte(events: list[Event], data: st.DataObject) -> None:
    last = encode(events[-1])
    kept = data.draw(st.integers(0, len(last) - 1))
    with TemporaryDirectory() as name:
        write(Path(name), f"{SESSION}.jsonl", lines(events[:-1]) + last[:kept])
        reading = read_folder(Path(name))
    whole = events if kept == len(last) - 1 else events[:-1]
    assert reading == FolderReading(tuple(sorted(whole, key=lambda event: event[:3])))


@given(
    any_history, st.lists(st.binary(min_size=1, max_size=40).filter(lambda piece: piece.strip(b"\n") != b"")), st.data()
)
@examples(50)
def test_garbage_between_lines_harms_no_line(events: list[Event], garbage: list[bytes], data: st.DataObject) -> None:
    pieces = data.draw(st.permutations([*map(encode, events), *(b"\n" + piece + b"\n" for piece in garbage)]))
    with TemporaryDirectory() as name:
        write(Path(name), f"{SESSION}.jsonl", b"".join(pieces))
        reading = read_folder(Path(name))
    assert reading.events == tuple(sorted(events, key=lambda event: event[:3]))
    assert reading.damaged >= len(garbage)
    replay(reading.events)


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    content = bytearray(lines(stamped(*quiz())))
    content[20] ^= 1
    write(tmp_path, f"{SESSION}.jsonl", bytes(content))
    (tmp_path / "folder.jsonl").mkdir()
    assert read_folder(tmp_path).remark == (
        "Left out of your records: 1 damaged line and 1 file that cannot be read; everything else is there."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    events = stamped(*quiz())
    elsewhere = write(tmp_path / "elsewhere", "a", lines(stamped(*quiz(), session=OTHER)))
    records = tmp_path / "records"
    write(records, f"{SESSION}.jsonl", lines(events))
    write(records, "notes.txt", b"mine")
    (records / "link.jsonl").symlink_to(elsewhere)
    (records / "loop.jsonl").symlink_to("loop.jsonl")
    (records / "zero.jsonl").symlink_to("/dev/zero")
    os.mkfifo(records / "pipe.jsonl")
    reading = read_folder(records)
    assert reading == FolderReading(tuple(events), 0, ("link.jsonl", "loop.jsonl", "pipe.jsonl", "zero.jsonl"))


def test_no_folder_is_an_empty_history(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none") == FolderReading()
    assert read_folder(write(tmp_path, "file", b"")) == FolderReading()


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object) -> object:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, f"{SESSION}.jsonl", lines(stamped(*quiz())))
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbidden)
        assert read_folder(tmp_path) == FolderReading(unreadable=(f"{SESSION}.jsonl",))
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", forbidden)
        assert read_folder(tmp_path) == FolderReading(unreadable=(str(tmp_path),))


def test_of_a_huge_file_the_beginning_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = stamped(*quiz(answers=20))
    path = write(tmp_path, f"{SESSION}.jsonl", lines(events) + b"x" * (LINE_SIZE + 1) + b"\n")
    os.truncate(path, 10**11)
    monkeypatch.setattr(private, "FILE_SIZE", LINE_SIZE * 2)
    assert read_folder(tmp_path).events == tuple(events)


def test_a_session_is_believed_about_itself(tmp_path: Path) -> None:
    true, false = stamped(*quiz("exercise-1")), stamped(*quiz("exercise-2"))
    write(tmp_path, f"{SESSION}.jsonl", lines(true))
    write(tmp_path, "import-0.jsonl", lines(false))
    assert read_folder(tmp_path).events == tuple(true)


def test_where_the_records_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert records_folder({"TUI_BACKPROP_STATE": "lab"}) == tmp_path / "lab" / "records"
    assert records_folder({}).parts[-2:] == ("tui-backprop", "records")


def test_session_names() -> None:
    assert new_session(lambda: 0.0, lambda size: bytes(range(size))) == "19700101T000000Z-0001020304050607"
    assert new_session() != new_session()
