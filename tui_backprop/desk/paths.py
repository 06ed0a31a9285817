"""Paths as people type them: ``~`` is the home folder; a bare name is in the folder of the learner's own exercises."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from tui_backprop.course.confinement import check_inside, find_confinement
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import UNSAFE
from tui_backprop.course.library import own_course

SUFFIX = ".toml"
_MOST_NAMES = 2000


def own_folder() -> Path:
    """The folder of a learner's own exercises.

    It is the folder that files are confined to, if there is one; else it is among the user's data; for somebody without
    a home it is the current folder.
    """
    if (root := find_confinement()) is not None:
        return root
    course = own_course()
    return Path() if course is None else course.folder / "exercises"


def expand_home(text: str) -> Path:
    """The path with the home folder put in. Raises ExerciseError where there is no such home."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ExerciseError(f"there is no home folder {text.partition('/')[0]}: write the path in full") from None


def read_path(text: str) -> Path:
    """The path that is typed. Raises ExerciseError for an empty text, or one that cannot be a path."""
    text = text.strip()
    if not text:
        raise ExerciseError("type a file's name")
    if UNSAFE.search(text):
        raise ExerciseError("this is not a possible file name: choose another")
    path = expand_home(text)
    alone = os.sep not in text and "/" not in text and not text.startswith("~")
    return own_folder() / path if alone else path


def path_to_save(text: str) -> Path:
    """As :func:`read_path`, with ``.toml`` added where there is no ending."""
    path = read_path(text)
    folder_meant = text.strip().endswith(("/", os.sep))
    return path if path.suffix or folder_meant or not path.name else path.with_name(path.name + SUFFIX)


def path_to_open(text: str) -> Path:
    """As :func:`read_path`, for a file that exists: a bare name may also be in the current folder."""
    path = read_path(text)
    here = Path(text.strip()).expanduser()
    found = next((each for each in (here, path, Path(f"{path}{SUFFIX}")) if _is_file(each)), None)
    chosen = found or (path if _exists(path.parent) and path.parent != own_folder() else here)
    check_inside(chosen)
    return chosen


def format_short(path: Path) -> str:
    """A path with ``~`` for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def name_for(title: str) -> str:
    """A file's name made from a title: ``my-network``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40] or "exercise"


def complete_path(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, continued as far as there is only one way, and the names that match it. Never raises."""
    folder, separator, begun = text.rpartition("/")
    try:
        root = Path(folder + separator).expanduser() if separator else Path()
        names = sorted(_names(root, begun))
        if not separator:
            names = sorted({*names, *_names(own_folder(), begun)})
    except (OSError, ValueError, RuntimeError):
        return text, ()
    if not names:
        return text, ()
    common = next(names[0][:n] for n in range(len(names[0]), -1, -1) if all(x.startswith(names[0][:n]) for x in names))
    return f"{folder}{separator}{common}", tuple(names)


def _names(folder: Path, begun: str) -> list[str]:
    """The exercise files and folders whose names begin so; folders end in a slash."""
    found: list[str] = []
    if not folder.is_dir() or not _is_inside(folder):
        return found
    with os.scandir(folder) as entries:
        for entry in entries:
            hidden = entry.name.startswith(".") and not begun.startswith(".")
            if entry.name.startswith(begun) and not hidden and not UNSAFE.search(entry.name):
                if entry.is_dir():
                    found.append(entry.name + "/")
                elif entry.name.endswith(SUFFIX):
                    found.append(entry.name)
            if len(found) >= _MOST_NAMES:
                break
    return found


def _is_inside(path: Path) -> bool:
    try:
        check_inside(path)
    except ExerciseError:
        return False
    return True


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
