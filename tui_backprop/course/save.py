"""Saves an exercise file where its author says: all of it or nothing, over no other file unless that is meant."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import shown_path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def save_text(path: Path, text: str, *, replace: bool = False) -> None:
    """Put a file with this text there. Raises FileExistsError unless ``replace``, and ExerciseError where it fails."""
    try:
        if path.is_dir():
            raise ExerciseError("this is a folder: add a file's name", shown_path(path))
        if not replace and os.path.lexists(path):
            raise FileExistsError(shown_path(path))
        _write(Path(os.path.realpath(path)), text.encode("utf-8"))
    except (FileExistsError, ExerciseError):
        raise
    except OSError as error:
        raise ExerciseError(_reason(error), shown_path(path)) from None
    except ValueError:
        raise ExerciseError("this is not a possible file name: choose another", shown_path(path)) from None


def _write(path: Path, content: bytes) -> None:
    """A file beside it first, which then takes its name."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, _FLAGS, 0o666), "wb") as output:
            output.write(content)
            output.flush()
            os.fsync(output.fileno())
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        raise


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder: make it first, or choose another"
    if isinstance(error, PermissionError):
        return "there is no permission to write here: choose another folder"
    return f"the file cannot be written ({error.strerror or 'unknown reason'}): choose another place"
