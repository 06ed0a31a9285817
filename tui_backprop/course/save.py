"""Saves an exercise file where its author says: whole or not at all, and over no other file unless that is meant.

Over a file that is in the way goes nothing but what was saved with the state in which the file was as that was agreed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui_backprop.course.confinement import check_inside, folder_of, real_path
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import format_path, read_text
from tui_backprop.dataclass import dataclass
from tui_backprop.user_folders import APP

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file it is, its size in bytes, and when it was last written, in nanoseconds since 1970."""

    device: int
    number: int
    size: int
    written: int

    @classmethod
    def of(cls, path: Path, folder: int | None = None) -> FileState:
        """The state of the file at a path, of a link itself; ``folder``: where the path begins. Raises OSError."""
        status = os.stat(path, dir_fd=folder, follow_symlinks=False)
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class FileInTheWayError(FileExistsError):
    """There is a file of that name. Whoever may replace it saves again, with its ``state``."""

    def __init__(self, path: Path, state: FileState) -> None:
        super().__init__(format_path(path))
        self.state = state


def save_text(
    path: Path, text: str, is_ours: Callable[[str], bool], *, replace: FileState | None = None, private: bool = False
) -> None:
    """Write a file with this text; ``private``: nobody else may read it.

    A file that exists is replaced only where it still is in the state ``replace``, and ``is_ours`` accepts its text as
    one that the program wrote. Raises FileInTheWayError for an existing file unless there is ``replace``, and
    ExerciseError where it fails.
    """
    try:
        check_place(path)
        if path.is_dir():
            raise ExerciseError("this is a folder: add a file's name", format_path(path))
        exists, real = os.path.lexists(path), real_path(path)
        if exists and replace is not None:
            _check_ours(path, is_ours)
        elif exists:
            raise FileExistsError
        write_file(real, text.encode("utf-8"), 0o600 if private else 0o666, replace=replace if exists else None)
    except FileExistsError:  # there may be one since a moment ago
        raise FileInTheWayError(path, FileState.of(real if os.path.lexists(real) else path)) from None
    except ExerciseError:
        raise
    except OSError as error:
        raise ExerciseError(_reason(error), format_path(path)) from None
    except ValueError:
        raise ExerciseError("this is not a possible file name: choose another", format_path(path)) from None


def check_place(path: Path) -> None:
    """Refuse a place that belongs to other programs, or lies outside where files may be. Raises ExerciseError."""
    check_inside(path)
    real = real_path(path)
    home = Path(os.path.realpath(os.path.expanduser("~")))
    below_home = real.relative_to(home).parts if real.is_relative_to(home) else ()
    hidden = any(part.startswith(".") for part in below_home) and APP not in below_home
    if real.name.startswith(".") or path.name.startswith(".") or hidden:
        raise ExerciseError("names that begin with a point belong to other programs: choose another",
                            format_path(path))


def _check_ours(path: Path, is_ours: Callable[[str], bool]) -> None:
    try:
        ours = is_ours(read_text(path))
    except ExerciseError:
        ours = False
    if not ours:
        raise ExerciseError("there is a file of another kind here: choose another name", format_path(path))


def write_file(path: Path, content: bytes, mode: int, *, replace: FileState | None = None) -> None:
    """Write a file beside its place and put it there whole, so that no half of one is ever found.

    ``path`` holds no links. Raises FileExistsError where there is a file by then, unless ``replace``, and ExerciseError
    where that has changed since; OSError, and ValueError where it leads out of the folder that files are confined to.
    """
    part = f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part"
    with folder_of(path) as folder:
        here = path.parent if folder is None else Path()
        _write_new(here / part, content, mode, folder)
        try:
            if replace is not None:
                _check_unchanged(here / path.name, folder, replace)
                os.replace(here / part, here / path.name, src_dir_fd=folder, dst_dir_fd=folder)
            else:
                _put_new(here / part, here / path.name, content, mode, folder)
        finally:
            with suppress(OSError):
                os.unlink(here / part, dir_fd=folder)


def _check_unchanged(name: Path, folder: int | None, agreed: FileState) -> None:
    """Refuse a file that is not as it was when it was agreed to replace it."""
    if FileState.of(name, folder) != agreed:
        raise ExerciseError("this file has changed since you were asked: look at it, then save again", name.name)


def _put_new(part: Path, name: Path, content: bytes, mode: int, folder: int | None) -> None:
    """Give the part its name, which no file may have yet; where a disk knows no second names, write it again."""
    try:
        os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _write_new(name, content, mode, folder)


def _write_new(name: Path, content: bytes, mode: int, folder: int | None) -> None:
    """Write a file that is not there yet; what there is of it is taken away where that fails."""
    descriptor = os.open(name, _FLAGS, mode, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as output:
            output.write(content)
            output.flush()
            os.fsync(output.fileno())
    except OSError:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
        raise


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder: make it first, or choose another"
    if isinstance(error, PermissionError):
        return "there is no permission to write here: choose another folder"
    return f"the file cannot be written ({error.strerror or 'unknown reason'}): choose another place"
