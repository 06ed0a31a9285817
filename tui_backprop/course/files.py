"""Reads a text file that somebody else wrote: whole, bounded, UTF-8, with nothing in it that could reach a terminal.

Only regular files are opened, and their size is looked at before their content. Every failure is an
:class:`~tui_backprop.course.exercise.ExerciseError` of one line.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.patterns import late_pattern

COURSE_FILE = "course.toml"
MEGABYTE = 1024 * 1024
EXERCISE_SIZE = 8 * MEGABYTE
"""The largest exercise file: a 784-128-10 network with four samples is about 3 MB."""
LARGE_FILE = 100_000
"""An exercise file from so many bytes on takes a while to read, which is shown."""
LESSON_SIZE = 200 * 1024
"""The largest lesson file: fifteen minutes of reading are about 15 kB."""

UNSAFE = late_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that no text may hold: controls but tab and newline, line separators, marks that turn text around."""

_INVISIBLE = late_pattern("[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u3164"
                        "\ufe00-\ufe0f\ufeff\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]")
"""Has no width of its own: fillers, selectors and colours of the character before."""
_FOREIGN = late_pattern("[^\x00-\u02ff]+")
_MOST_MARKS = 2
"""Over a letter; a tower of them would reach into other lines."""

FRONT_MATTER = late_pattern(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""The TOML at the head of a lesson, between two lines ``+++``."""

_RAW_UNSAFE = late_pattern(f"(?!\r\n){UNSAFE.pattern}")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_text(path: str | Path, most_bytes: int = EXERCISE_SIZE) -> str:
    """The text of a file, with Unix line ends and without a byte order mark. Raises :class:`ExerciseError`."""
    file = format_path(path)
    try:
        content = _read_bytes(path, most_bytes)
    except ExerciseError:
        raise
    except OSError as error:
        raise ExerciseError(_reason(error), file) from None
    except ValueError:
        raise ExerciseError("this is not a possible file name: check it", file) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExerciseError("this is not UTF-8 text: save the file as UTF-8", file, line) from None
    if found := _RAW_UNSAFE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ExerciseError(f"the character U+{ord(found[0]):04X} is not allowed in a file: take it out", file, line)
    return tidy(text.replace("\r\n", "\n"))


def open_anywhere(path: str | os.PathLike[str], flags: int = 0, dir_fd: int | None = None) -> int:
    """Open a file for reading, whatever it is; ``flags`` as of :func:`os.open`. The caller closes the descriptor."""
    return os.open(path, _FLAGS | flags, dir_fd=dir_fd)


_way_to_open: list[Callable[[str | os.PathLike[str]], int]] = [open_anywhere]


def open_files_by(way: Callable[[str | os.PathLike[str]], int]) -> None:
    """Have all files that others wrote opened in this way."""
    _way_to_open[:] = [way]


def open_to_read(path: str | os.PathLike[str]) -> int:
    """Open a file that somebody else wrote; the caller closes the descriptor.

    Raises OSError, ValueError for an impossible name, and ExerciseError where files are confined to a folder and it is
    not in there.
    """
    return _way_to_open[0](path)


def tidy(text: str) -> str:
    """The text without invisible characters, and with at most two accents over a letter."""
    return text if text.isascii() else _FOREIGN.sub(_thin, _INVISIBLE.sub("", text))


def _thin(found: re.Match[str]) -> str:
    """A piece of text without marks of format, and with few marks over each letter, whatever the script.

    What Unicode gives no meaning to, so that nobody knows how wide it is, becomes U+FFFD.
    """
    from unicodedata import category  # most texts never need it

    kept, marks = [], 0
    for char in found[0]:
        kind = category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind != "Cf" and marks <= _MOST_MARKS:
            kept.append("\ufffd" if kind in ("Co", "Cn") else char)
    return "".join(kept)


def digest_of(text: str) -> str:
    """A short hash of a file's text, by which a change of the file is noticed."""
    return str(_sha256()(text.encode("utf-8", "replace")).hexdigest()[:16])


def _sha256() -> Callable[[bytes], Any]:
    """Python's own SHA-256, under the name of its version; :mod:`hashlib` would load a large library first."""
    for module in ("_sha2", "_sha256"):
        try:
            own: Callable[[bytes], Any] = import_module(module).sha256
        except ImportError:
            continue
        return own
    import hashlib

    return hashlib.sha256


def is_plain_name(name: str) -> bool:
    """May a file of this name be listed? One that moves the cursor, turns the line around or hides may not."""
    return name.isprintable() and tidy(name) == name


def read_head(path: Path, most_bytes: int = 4096) -> str:
    """The first characters of a file, for a list of titles; empty where the file cannot be read. Never raises."""
    try:
        descriptor = open_to_read(path)
    except (OSError, ValueError):
        return ""
    try:
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        content = os.read(descriptor, most_bytes) if regular else b""
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return tidy(UNSAFE.sub("", content.decode("utf-8-sig", errors="replace")))


def name_of(path: str | Path) -> str:
    """The name of an exercise or lesson in a file of its own, as it may be printed."""
    return format_path(Path(path).stem)


def format_path(path: str | Path) -> str:
    """A path as it may be printed: in one line, whatever characters its name has."""
    return printable(str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def printable(text: str) -> str:
    """Text from a file as a message may quote it: what cannot be printed stands as its escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _read_bytes(path: str | Path, most_bytes: int) -> bytes:
    with ExitStack() as stack:
        descriptor = open_to_read(path)
        stack.callback(os.close, descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder: name a file in it" if stat.S_ISDIR(status.st_mode) else "no regular file: name one"
            raise ExerciseError(f"this is {kind}", format_path(path))
        content = b""
        while len(content) <= most_bytes >= status.st_size:
            piece = os.read(descriptor, most_bytes + 1 - len(content))
            if not piece:
                return content
            content += piece
    most = f"{most_bytes // MEGABYTE} MB" if most_bytes >= MEGABYTE else f"{most_bytes // 1024} kB"
    raise ExerciseError(f"the file is too large: {most} are the most that is read", format_path(path))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file: check its name and folder"
    if isinstance(error, PermissionError):
        return "there is no permission to read this file: ask its owner for it"
    if isinstance(error, NotADirectoryError):
        return "a part of this path is a file, not a folder: check the path"
    return f"the file cannot be read ({error.strerror or 'unknown reason'}): check the path"
