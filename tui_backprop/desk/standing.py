"""How far a learner has come with each entry of the contents, by the records of each course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from tui_backprop import course
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import digest_of, read_text
from tui_backprop.records.history import ExerciseRun, History

Standing = Literal["new", "started", "done"]


def standing(entry: course.Entry, entries: Sequence[course.Entry], history: History) -> Standing:
    """How far the entry is. ``entries`` are all of its kind, since another course may use the same name."""
    runs = _runs(entry, entries, history)
    return "done" if any(run.completed for run in runs) else "started" if runs else "new"


def name_to_open(entry: course.Entry, entries: Sequence[course.Entry], history: History) -> str:
    """The name to open the entry by: its key, or its name alone where its records were made under that."""
    subjects = _subjects(entry, history)
    old = entry.name in subjects and not any(name in subjects for name in (entry.key, str(entry.path)))
    return entry.name if old and not _namesakes(entry, entries) else entry.key


def _runs(entry: course.Entry, entries: Sequence[course.Entry], history: History) -> list[ExerciseRun]:
    """The runs recorded under the entry's key, its path or, from earlier versions, its name alone.

    Where courses share the name, a run under it alone belongs to the file it was done with; if to none of them, to the
    first.
    """
    subjects = _subjects(entry, history)
    runs = [run for name in {entry.key, str(entry.path)} - {entry.name} for run in subjects.get(name, ())]
    former = subjects.get(entry.name, ())
    others = _namesakes(entry, entries)
    if former and others:
        own, taken = _digest(entry.path), {_digest(other.path) for other in others}
        is_first = next(each for each in entries if each.name == entry.name).path == entry.path
        former = tuple(run for run in former if run.digest == own or (is_first and run.digest not in taken))
    return [*runs, *former]


def _subjects(entry: course.Entry, history: History) -> Mapping[str, Sequence[ExerciseRun]]:
    return history.lessons if entry.kind == "lesson" else history.exercises


def _namesakes(entry: course.Entry, entries: Sequence[course.Entry]) -> list[course.Entry]:
    return [each for each in entries if each.name == entry.name and each.path != entry.path]


def _digest(path: Path) -> str:
    try:
        return digest_of(read_text(path))
    except ExerciseError:
        return ""
