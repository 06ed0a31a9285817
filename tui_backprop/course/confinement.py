"""Where files may be opened and saved: anywhere, or on a shared host in one folder alone."""

from __future__ import annotations

import os
from pathlib import Path

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import shown_path

_roots: list[Path] = []


def confine(folder: Path) -> None:
    """From now on what learners open and save lies in this folder. Raises ExerciseError where there is none."""
    if not folder.is_dir():
        raise ExerciseError("there is no such folder: make it first", shown_path(folder))
    _roots[:] = [Path(os.path.realpath(folder))]


def release() -> None:
    """Everywhere again."""
    _roots.clear()


def confined_to() -> Path | None:
    """The folder that everything lies in, if there is one."""
    return _roots[0] if _roots else None


def check_inside(path: Path) -> None:
    """Raises ExerciseError for a path that leads out of the folder, be it by ``..`` or by a link."""
    root = confined_to()
    if root is not None and not Path(os.path.realpath(path)).is_relative_to(root):
        raise ExerciseError(f"this is outside {shown_path(root)}, where your files belong: choose a place in it",
                            shown_path(path))
