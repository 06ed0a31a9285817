"""To another machine and back; and files from strangers."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from tests.effort import examples
from tests.records.samples import OTHER, SESSION, START, any_history, lines, quiz, stamped, write
from tui_backprop.records import transfer
from tui_backprop.records.attempts import first_attempts
from tui_backprop.records.events import Event, Note
from tui_backprop.records.folder import read_folder
from tui_backprop.records.transfer import ImportResult, RecordsError, export_records, import_records

EVENTS = stamped(*quiz())


def taken_in(folder: Path, file: Path, session: str = "i1") -> ImportResult:
    return import_records(folder, file, clock=lambda: 4.1e9, ids=lambda: session)


@given(any_history)
@examples(50)
def test_there_and_back(events: list[Event]) -> None:
    with TemporaryDirectory() as name:
        here, there, file = Path(name, "here"), Path(name, "there"), Path(name, "file")
        write(here, f"{SESSION}.jsonl", lines(events[::2]))
        write(here, "import-0.jsonl", lines(events[1:]))
        assert export_records(here, file) == len(events)
        assert taken_in(there, file) == ImportResult(len(events), 0, 0)
        assert read_folder(there) == read_folder(here)
        assert taken_in(there, file, "i2") == ImportResult(0, len(events), 0)
        assert taken_in(here, file) == ImportResult(0, len(events), 0)
        assert export_records(there, Path(name, "again")) == len(events)
        assert Path(name, "again").read_bytes() == file.read_bytes()


def test_only_what_is_new_is_added(tmp_path: Path) -> None:
    write(tmp_path / "here", f"{SESSION}.jsonl", lines(EVENTS[:2]))
    file = write(tmp_path, "file", lines(EVENTS) + b"garbage\n")
    assert taken_in(tmp_path / "here", file) == ImportResult(2, 2, 1)
    assert read_folder(tmp_path / "here").events == tuple(EVENTS)
    assert (tmp_path / "here" / f"{SESSION}.jsonl").read_bytes() == lines(EVENTS[:2])


def test_a_file_that_was_cut_short_says_so(tmp_path: Path) -> None:
    """In the folder of the records half a line at the end is one that is being written; a copy is complete or not."""
    cut = taken_in(tmp_path / "here", write(tmp_path, "file", lines(EVENTS)[:-9]))
    assert cut.message == "3 events added, 0 known already, 1 line refused"
    assert taken_in(tmp_path / "here", write(tmp_path, "whole", lines(EVENTS)[:-1])) == ImportResult(1, 3, 0)


def test_an_import_changes_nothing_that_is_there(tmp_path: Path) -> None:
    write(tmp_path / "here", f"{SESSION}.jsonl", lines(EVENTS))
    forged = [event._replace(time=1.0, note=Note("revealed", "exercise-2", step="s", data={})) for event in EVENTS]
    assert taken_in(tmp_path / "here", write(tmp_path, "file", lines(forged))) == ImportResult(0, 4, 0)
    assert read_folder(tmp_path / "here").events == tuple(EVENTS)


def test_what_could_reach_a_terminal_is_left_out(tmp_path: Path) -> None:
    hostile = Event(START, OTHER, 1, Note("answered", "e\x1b]0;x\x07", step="s\x9b", data={"extra": ["\u202e1"]}))
    assert taken_in(tmp_path / "here", write(tmp_path, "file", lines([hostile]))) == ImportResult(1, 0, 0)
    (kept,) = read_folder(tmp_path / "here").events
    assert kept.note == Note("answered", "e]0;x", step="s", data={"extra": ["1"]})


def test_a_date_in_the_future_would_come_before_all_that_is_yet_to_come(tmp_path: Path) -> None:
    file = write(tmp_path, "file", lines([Event(4.2e9, OTHER, 1, Note("moved", "exercise-2", data={}))]))
    assert taken_in(tmp_path / "here", file) == ImportResult(0, 0, 1)
    assert not (tmp_path / "here").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_both_files_are_private(tmp_path: Path) -> None:
    write(tmp_path / "here", f"{SESSION}.jsonl", lines(EVENTS))
    file, there = tmp_path / "file", tmp_path / "there"
    export_records(tmp_path / "here", file)
    taken_in(there, file)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file, there, there / "import-i1.jsonl")]
    assert modes == [0o600, 0o700, 0o600]


def refusal(folder: Path, file: Path) -> str:
    with pytest.raises(RecordsError) as caught:
        taken_in(folder, file)
    assert not folder.exists()
    return str(caught.value)


def test_files_that_are_no_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, file = tmp_path / "here", tmp_path / "file"
    assert refusal(here, file) == f"{file}: this cannot be read (No such file or directory): name an exported file"
    assert refusal(here, tmp_path) == f"{tmp_path}: this cannot be read (Is a directory): name an exported file"
    assert "no regular file" in refusal(here, Path("/dev/zero"))
    assert "not a possible file name" in refusal(here, Path("a\0b"))
    write(tmp_path, "file", b"title = 'my shopping'\n")
    assert refusal(here, file) == f"{file}: there are no records in this: name an exported file"
    monkeypatch.setattr(transfer, "IMPORT_SIZE", 10)
    assert "more than records come to" in refusal(here, file)


def test_an_empty_export_is_one(tmp_path: Path) -> None:
    assert export_records(tmp_path / "none", tmp_path / "file") == 0
    assert taken_in(tmp_path / "here", tmp_path / "file") == ImportResult(0, 0, 0)


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, "thesis.tex", b"mine")
    with pytest.raises(RecordsError, match="this is there already"):
        export_records(tmp_path / "here", file)
    assert file.read_bytes() == b"mine"


def test_an_export_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write(tmp_path / "here", f"{SESSION}.jsonl", lines(EVENTS))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordsError, match=r"this cannot be written \(No space left on device\)"):
        export_records(tmp_path / "here", tmp_path / "file")
    assert os.listdir(tmp_path) == ["here"]
    with pytest.raises(RecordsError, match="cannot be written"):
        export_records(tmp_path / "here", tmp_path / "missing" / "file")


def test_a_line_of_the_wrong_type_is_left_out_and_counted(tmp_path: Path) -> None:
    bad = Event(START, OTHER, 1, Note("answered", "exercise-1", data={"verdict": ["wrong"]}))
    file = write(tmp_path, "file", lines([bad, *EVENTS]))
    assert taken_in(tmp_path / "here", file) == ImportResult(len(EVENTS), 0, 1)
    write(tmp_path / "here", f"{OTHER}.jsonl", lines([bad]))  # as an older version may have taken it in
    assert first_attempts(read_folder(tmp_path / "here").events) == first_attempts(tuple(EVENTS))
