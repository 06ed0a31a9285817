"""Where files may be opened and saved: anywhere, or on a shared host in one folder alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import format_path, open_anywhere, open_files_by

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINKS
_roots: list[Path] = []
_installed: list[Path] = []


def confine(folder: Path, installed: Iterable[Path]) -> None:
    """Keep all files that learners open and save in this folder. Raises ExerciseError where there is no such folder.

    ``installed``: folders of courses, whose files are read wherever they are.
    """
    if not folder.is_dir():
        raise ExerciseError("there is no such folder: make it first", format_path(folder))
    _roots[:] = [Path(os.path.realpath(folder))]
    _installed[:] = [Path(os.path.abspath(each)) for each in installed]
    open_files_by(_open_inside)


def release() -> None:
    """Let files lie anywhere again."""
    _roots.clear()
    open_files_by(open_anywhere)


def find_confinement() -> Path | None:
    """The folder that files are kept in; None where they may lie anywhere."""
    return _roots[0] if _roots else None


def check_inside(path: Path) -> None:
    """Refuse a path that leads out of the folder, be it by ``..`` or by a soft or hard link. Raises ExerciseError."""
    root, real = find_confinement(), real_path(path)
    if root is None:
        return
    if not real.is_relative_to(root):
        raise _outside(root, path)
    if _has_other_names(path):
        raise _with_other_names(path)


def _open_inside(path: str | os.PathLike[str], flags: int = 0) -> int:
    """Open a file of the folder for reading, part by part, so that no link can have come between since it was checked.

    Files of installed courses are opened as they are. Raises as :func:`~tui_backprop.course.files.open_to_read`.
    """
    root = find_confinement()
    if root is None or any(Path(os.path.abspath(path)).is_relative_to(folder) for folder in _installed):
        return open_anywhere(path, flags)
    real = real_path(Path(path))
    if not real.is_relative_to(root):
        raise _outside(root, path)
    with folder_of(real) as folder:
        descriptor = open_anywhere(real if folder is None else real.name, flags | _NO_LINKS, dir_fd=folder)
    if _has_several(os.fstat(descriptor)):
        os.close(descriptor)
        raise _with_other_names(path)
    return descriptor


def _outside(root: Path, path: str | os.PathLike[str]) -> ExerciseError:
    return ExerciseError(f"this is outside {format_path(root)}, where your files belong: choose a place in it",
                         format_path(Path(path)))


def _with_other_names(path: str | os.PathLike[str]) -> ExerciseError:
    return ExerciseError("this file has a second name, which may be outside your folder: use a copy of it",
                         format_path(Path(path)))


def real_path(path: Path) -> Path:
    """The path without links. Raises ExerciseError."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):  # also a link that was changed meanwhile
        raise ExerciseError("this is not a possible file name: choose another", format_path(path)) from None


@contextmanager
def folder_of(path: Path) -> Iterator[int | None]:
    """The open folder of a path without links, to use by ``dir_fd``; None where files may lie anywhere.

    From the folder that files are confined to each part is opened by itself, so that none can have become a link since
    the path was checked. Raises OSError, and ValueError for a path outside.
    """
    root = find_confinement()
    if root is None or os.open not in os.supports_dir_fd:
        yield None
        return
    folder = os.open(root, _FOLDER)
    try:
        for part in path.parent.relative_to(root).parts:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


def _has_other_names(path: Path) -> bool:
    """Is it a file with more than one hard link?"""
    try:
        found = os.stat(path)
    except (OSError, ValueError):  # there is none
        return False
    return _has_several(found)


def _has_several(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_nlink > 1
