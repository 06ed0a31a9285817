"""The history of earlier sessions, read fast: a summary of the files that have not changed, and the other events.

The summary is a cache. It is made from the files alone, believed only while each of them is as it was, and may be
deleted at any time. Without it five thousand events take a tenth of a second, with it a tenth of that, and no old file
is opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui_backprop.dataclass import dataclass, field, fields
from tui_backprop.records.events import Event, Json, LineError, seal, unseal
from tui_backprop.records.folder import FolderReading, read_files, record_files
from tui_backprop.records.history import ExerciseRun, History, StepState
from tui_backprop.records.private import read_bytes, write_whole
from tui_backprop.records.replay import hides_earlier, replay

NAME = "summary.json"
VERSION = 8
"""To be raised whenever the same events would lead to another history."""
WORTH_IT = 500
"""A summary is written when this many events are in none yet."""
_BLANK_RUN, _BLANK_STEP = ExerciseRun(), StepState()

Stamp = tuple[int, int]
"""A file's size in bytes, and the time of its last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Past:
    """The history of the files as they were when they were looked at.

    ``latest`` is the last event's time, ``files`` the stamp of each regular file; ``fresh`` counts the events that were
    read from files and not taken from a summary; ``reading`` says what was left out, and holds no events.
    """

    history: History = field(default_factory=History)
    sessions: frozenset[str] = frozenset()
    latest: float = 0.0
    files: Mapping[str, Stamp] = field(default_factory=dict)
    reading: FolderReading = field(default_factory=FolderReading)
    fresh: int = 0


def read_past(folder: Path) -> Past:
    """The history of the folder's files. Never raises."""
    try:
        names = record_files(folder)
    except OSError:
        return Past(reading=FolderReading(unreadable=(str(folder),)))
    files = stamps(folder, names)
    summary = _load(folder / NAME)
    if summary is not None and summary.files.items() <= files.items():
        reading = read_files(folder, [name for name in names if name not in summary.files])
        if _comes_after(summary, reading.events):
            return _join(summary, files, reading)
    return _join(Past(), files, read_files(folder, names))


def save_past(folder: Path, past: Past) -> None:
    """Write the summary of these files, if it is worth it. It does not matter if the disk refuses it."""
    if past.fresh >= WORTH_IT:
        with suppress(OSError):
            write_whole(folder / NAME, seal(_record(past)))


def stamps(folder: Path, names: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of these files; those that are no regular files are left out."""
    return {name: stamp for name in names if (stamp := _stamp(folder / name)) is not None}


def _comes_after(summary: Past, events: Sequence[Event]) -> bool:
    """Do the events only add to the summary: are they later, of other sessions, and no reset?"""
    if not events:
        return True
    disjoint = summary.sessions.isdisjoint({event.session for event in events})
    return events[0].time > summary.latest and disjoint and not hides_earlier(events)


def _join(base: Past, files: Mapping[str, Stamp], reading: FolderReading) -> Past:
    events = reading.events
    return Past(
        replay(events, base.history),
        base.sessions | {event.session for event in events},
        events[-1].time if events else base.latest,
        files,
        FolderReading(damaged=base.reading.damaged + reading.damaged, unreadable=reading.unreadable),
        base.fresh + len(events),
    )


def _stamp(path: Path) -> Stamp | None:
    """The file's stamp; None if it is no regular file."""
    with suppress(OSError):
        status = os.lstat(path)
        if stat.S_ISREG(status.st_mode):
            return status.st_size, status.st_mtime_ns
    return None


def _record(past: Past) -> dict[str, Json]:
    """The past as JSON. Files that could not be read are left out, so that they are tried each time."""
    readable = {name: list(stamp) for name, stamp in past.files.items() if name not in past.reading.unreadable}
    history = past.history
    return {
        "version": VERSION,
        "files": readable,
        "sessions": sorted(past.sessions),
        "latest": past.latest,
        "damaged": past.reading.damaged,
        "settings": history.settings,
        "openings": history.openings,
        "exercises": _runs_record(history.exercises),
        "lessons": _runs_record(history.lessons),
    }


def _runs_record(subjects: Mapping[str, Sequence[ExerciseRun]]) -> dict[str, Json]:
    return {name: [_run_record(run) for run in runs] for name, runs in subjects.items()}


def _run_record(run: ExerciseRun) -> dict[str, Json]:
    return {**_fields(run), "steps": {name: _fields(step) for name, step in run.steps.items()}}


def _fields(row: ExerciseRun | StepState) -> dict[str, Json]:
    """The fields that differ from their defaults, by name: a summary is read at every start, and should be short."""
    blank = _BLANK_RUN if isinstance(row, ExerciseRun) else _BLANK_STEP
    values = ((field.name, getattr(row, field.name)) for field in fields(row))
    return {name: value for name, value in values if value != getattr(blank, name)}


def _load(path: Path) -> Past | None:
    """The past in a summary; None if there is no summary, or none that can be believed."""
    try:
        record = unseal(read_bytes(path))
        return _past(record) if record["version"] == VERSION else None
    except (OSError, LineError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _past(record: Mapping[str, Any]) -> Past:
    return Past(
        History(_runs(record["exercises"]), _runs(record["lessons"]), record["settings"],
                record["openings"]),
        frozenset(record["sessions"]),
        float(record["latest"]),
        {name: (size, changed) for name, (size, changed) in record["files"].items()},
        FolderReading(damaged=int(record["damaged"])),
    )


def _runs(subjects: Mapping[str, Any]) -> dict[str, tuple[ExerciseRun, ...]]:
    return {name: tuple(map(_run, records)) for name, records in subjects.items()}


def _run(record: Mapping[str, Any]) -> ExerciseRun:
    steps = {name: StepState(**_tuples(step)) for name, step in record["steps"].items()}
    return ExerciseRun(**_tuples(record) | {"steps": steps})


def _tuples(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with tuples for the lists of JSON; none of our fields is a list."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
