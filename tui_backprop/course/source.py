"""The exercise that a block of a lesson names or holds."""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from pathlib import Path

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.lesson import Source
from tui_backprop.course.library import load


def load_source(source: Source, folder: Path) -> Exercise:
    """The exercise that a lesson in ``folder`` names or holds: one of its own course before any other.

    Raises :class:`ExerciseError`.
    """
    if isinstance(source, Exercise):
        return source
    own = folder / "exercises" / f"{source}.toml"
    try:
        status = os.stat(own)
    except (OSError, ValueError):
        return load(source)
    if not stat.S_ISREG(status.st_mode):
        return load(source)
    found = _read_own(own, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    if isinstance(found, ExerciseError):
        raise found.with_traceback(None)
    return found


@lru_cache(maxsize=4)
def _read_own(path: Path, _stamp: tuple[int, ...]) -> Exercise | ExerciseError:
    """The exercise in a file, or what is wrong in it: a lesson may name one file in a hundred of its blocks."""
    try:
        return load(path)
    except ExerciseError as error:
        return error
