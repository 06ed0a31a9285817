"""The thread that writes: in order, told when it is done, nothing lost at the end."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.records.disks import FailingDisk
from tests.records.samples import SESSION, quiz, stamped
from tui_backprop.records.folder import read_folder
from tui_backprop.records.log import Disk, Log
from tui_backprop.records.writer import Writer

EVENTS = stamped(*quiz(answers=9))


def test_done_is_called_when_the_event_is_on_the_disk(tmp_path: Path) -> None:
    writer = Writer(Log(tmp_path, SESSION))
    seen: list[int] = []
    for event in EVENTS:
        writer.record(event, lambda: seen.append(len(read_folder(tmp_path).events)))
    assert writer.flush()
    assert len(seen) == len(EVENTS)
    assert all(count >= number for number, count in enumerate(seen, 1))
    assert writer.close()


def test_recording_does_not_wait_for_a_hanging_disk(tmp_path: Path) -> None:
    free = threading.Event()

    def sync(_file: int) -> None:
        free.wait()

    writer = Writer(Log(tmp_path, SESSION, Disk(sync=sync)))
    done = threading.Event()
    writer.record(EVENTS[0], done.set)
    assert not writer.flush(timeout=0.01)
    assert not writer.close(timeout=0.01)
    assert writer.pending == 1
    assert not done.is_set()
    free.set()
    assert writer.close()
    assert done.is_set()
    assert writer.pending == 0


def test_what_is_queued_together_is_synced_once(tmp_path: Path) -> None:
    begun, free, syncs = threading.Event(), threading.Event(), []

    def sync(_file: int) -> None:
        begun.set()
        free.wait()
        syncs.append(1)

    writer = Writer(Log(tmp_path, SESSION, Disk(sync=sync)))
    writer.record(EVENTS[0])
    begun.wait()
    for event in EVENTS[1:]:
        writer.record(event)
    free.set()
    assert writer.close()
    assert len(syncs) == 2
    assert read_folder(tmp_path).events == tuple(EVENTS)


def test_a_full_disk_is_told_and_made_good(tmp_path: Path) -> None:
    disk = FailingDisk(errno.ENOSPC)
    writer = Writer(Log(tmp_path, SESSION, disk.disk()))
    warnings: list[str | None] = []
    writer.record(EVENTS[0], lambda: warnings.append(writer.warning))
    writer.flush()
    disk.error = None
    writer.record(EVENTS[1], lambda: warnings.append(writer.warning))
    writer.flush()
    assert warnings[0] is not None
    assert warnings[1] is None
    assert writer.close()
    assert read_folder(tmp_path).events == tuple(EVENTS[:2])


def test_closing_tells_if_something_stays_unsaved(tmp_path: Path) -> None:
    writer = Writer(Log(tmp_path, SESSION, FailingDisk(errno.EIO).disk()))
    writer.record(EVENTS[0])
    assert not writer.close()


def test_a_screen_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    def gone() -> None:
        raise RuntimeError("the app is not running")

    writer = Writer(Log(tmp_path, SESSION))
    for event in EVENTS:
        writer.record(event, gone)
    assert writer.close()
    assert read_folder(tmp_path).events == tuple(EVENTS)


def test_closing_twice_and_recording_after_it(tmp_path: Path) -> None:
    writer = Writer(Log(tmp_path, SESSION))
    assert writer.close()
    assert writer.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError, match="closed"):
        writer.record(EVENTS[0])


ENDING = """
import os, signal, sys, time
from pathlib import Path
from tests.records.samples import SESSION, quiz, stamped
from tui_backprop.records.log import Disk, Log
from tui_backprop.records.private import create_private
from tui_backprop.records.writer import Writer
def slow(file):
    time.sleep(0.05)
    os.fsync(file)
writer = Writer(Log(Path(sys.argv[1]), SESSION, Disk(create_private, os.write, slow)))
def record_all():
    for event in stamped(*quiz(answers=9)):
        writer.record(event)
def ended(number, frame):
    writer.flush()
    os._exit(0)
signal.signal(signal.SIGTERM, ended)
record_all()
if sys.argv[2] == "error":
    raise SystemExit(3)
if sys.argv[2] == "signal":
    os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.parametrize("how", ["end", "error", "signal"])
def test_the_end_of_the_program_waits_for_the_queue(tmp_path: Path, how: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ENDING, str(tmp_path), how], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.returncode == (3 if how == "error" else 0)
    assert read_folder(tmp_path).events == tuple(EVENTS)
