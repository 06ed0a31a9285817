"""Names every mistake in a course's own file, ``course.toml``, with its line; and lists the files of a course."""

from __future__ import annotations

from pathlib import Path

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import format_path, read_text
from tui_backprop.course.lesson import Finding
from tui_backprop.course.library import Course
from tui_backprop.course.lines import find_line
from tui_backprop.course.syllabus import NAME, SIZE, lint_syllabus, syllabus_from_text


def lint_course(path: str | Path) -> tuple[Finding, ...]:
    """The mistakes of a ``course.toml``, in order. Raises :class:`ExerciseError` where there is no text to look at."""
    text = read_text(path, SIZE)
    syllabus, errors = syllabus_from_text(text, format_path(path))
    names = sorted(entry.name for entry in Course("", Path(path).parent).lessons())
    found = [Finding(error.line or 0, error.message) for error in errors]
    if not (errors and not syllabus.title and not syllabus.sections):
        found += [Finding(find_line(text, error.where) or 0, error.message)
                  for error in lint_syllabus(syllabus, names)]
    return tuple(sorted(set(found)))


def files_of(path: str | Path) -> tuple[Path, ...]:
    """The files to check in a course's folder; for a path that is no folder, itself.

    Raises :class:`ExerciseError` for a folder with neither a lesson nor an exercise.
    """
    folder = Path(path)
    if not folder.is_dir():
        return (folder,)
    course = Course("", folder)
    own = (folder / NAME,) if (folder / NAME).exists() else ()
    found = (*own, *(entry.path for entry in (*course.lessons(), *course.exercises())))
    if not found:
        raise ExerciseError("there is no course here: a course is a folder with lessons (.md) and exercises/*.toml",
                            format_path(folder))
    return found
