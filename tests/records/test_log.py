"""A session's file: private, its own, whole after any failure."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.disks import ERRORS, FailingDisk
from tests.records.samples import SESSION, quiz, stamped
from tui_backprop.records.folder import read_folder
from tui_backprop.records.log import RESTORED, Disk, Log
from tui_backprop.records.private import create_private

EVENTS = stamped(*quiz(answers=9))


def test_nothing_is_made_before_the_first_event(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "records"
    log = Log(folder, SESSION)
    log.close()
    assert not folder.exists()
    log.append(EVENTS)
    assert read_folder(folder).events == tuple(EVENTS)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_others_cannot_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "records"
    Log(folder, SESSION).append(EVENTS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / f"{SESSION}.jsonl").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / f"{SESSION}.jsonl").write_bytes(b"mine")
    (tmp_path / f"{SESSION}-2.jsonl").symlink_to(tmp_path / "elsewhere")
    log = Log(tmp_path, SESSION)
    log.append(EVENTS)
    assert log.warning is None
    assert (tmp_path / f"{SESSION}.jsonl").read_bytes() == b"mine"
    assert not (tmp_path / "elsewhere").exists()
    assert read_folder(tmp_path).events == tuple(EVENTS)


def test_each_append_is_one_write_and_one_sync(tmp_path: Path) -> None:
    calls: list[str] = []

    def write(file: int, content: bytes) -> int:
        calls.append("write")
        return os.write(file, content)

    log = Log(tmp_path, SESSION, Disk(create_private, write, lambda _file: calls.append("sync")))
    for event in EVENTS[:3]:
        log.append([event])
    log.append(EVENTS[3:])
    assert calls == ["write", "sync"] * 4


@given(
    st.sampled_from(ERRORS),
    st.sampled_from(["open", "write", "sync"]),
    st.lists(st.integers(0, 400), max_size=12),
    st.lists(st.booleans(), min_size=len(EVENTS), max_size=len(EVENTS)),
    st.booleans(),
)
def test_after_any_failures_everything_is_there(
    error: int, at: str, first: list[int], failing: list[bool], cuts: bool
) -> None:
    disk = FailingDisk(bytes_first=iter(first), at=at, cuts=cuts)
    with TemporaryDirectory() as name:
        log = Log(Path(name), SESSION, disk.disk())
        for number, (event, fails) in enumerate(zip(EVENTS, failing, strict=True), 1):
            disk.error = error if fails else None
            log.append([event])
            assert (log.warning is None) == (log.waiting == 0)
            if not fails:
                assert log.warning is None
                assert read_folder(Path(name)).events == tuple(EVENTS[:number])
        disk.error = None
        log.close()
        assert log.warning is None
        assert read_folder(Path(name)).events == tuple(EVENTS)


@pytest.mark.parametrize("cuts", [True, False])
def test_a_failed_line_is_cut_off_or_left_alone_on_its_line(tmp_path: Path, cuts: bool) -> None:
    disk = FailingDisk(errno.ENOSPC, iter([50]), cuts=cuts)
    log = Log(tmp_path, SESSION, disk.disk())
    log.append(EVENTS[:1])
    assert (tmp_path / f"{SESSION}.jsonl").stat().st_size == 50
    disk.error = None
    log.append(EVENTS[1:2])
    reading = read_folder(tmp_path)
    assert reading.events == tuple(EVENTS[:2])
    assert reading.damaged == (0 if cuts else 1)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (
            errno.ENOSPC,
            "Not saved yet: the disk is full; nothing you type is lost while this program runs; free some space, ",
        ),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EROFS, "/records is on a disk that can only be read"),
        (errno.EACCES, "there is no permission to write in "),
        (errno.EIO, "/records cannot be written (Input/output error)"),
    ],
)
def test_the_warning_says_what_happened_and_what_to_do(tmp_path: Path, error: int, part: str) -> None:
    log = Log(tmp_path / "records", SESSION, FailingDisk(error).disk())
    log.append(EVENTS[:1])
    assert log.warning is not None
    assert part in log.warning
    assert "\n" not in log.warning
    assert log.warning.endswith(", and all is saved with your next answer.")
    assert log.brief is not None
    assert log.brief.startswith("Not saved yet: ")
    assert len(log.brief) <= 56
    assert log.loss == f"Not saved: one thing you did in this session: {log.brief.removeprefix('Not saved yet: ')}"


def test_a_full_device(tmp_path: Path) -> None:
    log = Log(tmp_path, SESSION, Disk(open=lambda _path: os.open("/dev/full", os.O_WRONLY)))
    log.append(EVENTS)
    assert "the disk is full" in str(log.warning)
    assert log.waiting == len(EVENTS)
    log.close()


def test_no_home_folder_means_memory() -> None:
    log = Log(Path("~/.local/state/tui-backprop"), SESSION)
    log.append(EVENTS)
    assert "there is no home folder" in str(log.warning)
    assert not Path("~").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "records").write_bytes(b"mine")
    log = Log(tmp_path / "records", SESSION)
    log.append(EVENTS)
    assert log.waiting == len(EVENTS)
    (tmp_path / "records").unlink()
    assert log.retry()
    assert log.warning is None
    assert read_folder(tmp_path / "records").events == tuple(EVENTS)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tests.records.samples import SESSION, quiz, stamped
from tui_backprop.records.log import Log
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
log = Log(Path(sys.argv[1]), SESSION)
for event in stamped(*quiz(answers=9)):
    log.append([event])
print(log.warning)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(log.retry(), log.waiting)
"""


def test_the_system_cuts_a_write_short(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    warning, after = run.stdout.splitlines()
    assert "the disk is full" in warning
    assert after == "True 0"
    reading = read_folder(tmp_path)
    assert reading.events == tuple(EVENTS)
    assert reading.damaged == 0


def test_nothing_is_said_while_a_write_is_under_way(tmp_path: Path) -> None:
    """The screen asks from its own thread, at any time."""
    asked: list[str | None] = []

    def write(file: int, content: bytes) -> int:
        asked.append(log.brief)
        return os.write(file, content)

    log = Log(tmp_path, SESSION, Disk(create_private, write, os.fsync, os.ftruncate))
    log.append(EVENTS)
    assert asked == [None]
    assert log.brief is None


@pytest.mark.parametrize("harm", ["deleted", "cut short", "emptied"])
def test_a_file_that_goes_while_it_is_written_is_noticed_and_made_good(tmp_path: Path, harm: str) -> None:
    log = Log(tmp_path, SESSION)
    log.append(EVENTS[:4])
    assert log.warning is None
    file = tmp_path / f"{SESSION}.jsonl"
    if harm == "deleted":
        file.unlink()
    else:
        os.truncate(file, 0 if harm == "emptied" else file.stat().st_size - 10)
    log.append(EVENTS[4:])
    assert log.complete
    assert log.warning == RESTORED
    assert read_folder(tmp_path).events == tuple(EVENTS)
    log.close()
    assert read_folder(tmp_path).events == tuple(EVENTS)
