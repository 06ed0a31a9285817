"""Files that nobody else can read: created exclusively, read up to a limit, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FILE_SIZE = 64 * 1024 * 1024
"""The most bytes of a file that are read: two hundred thousand answers."""

_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _BINARY | _NO_LINKS


def create_private(path: Path) -> int:
    """Create a file that nobody else can read, to append to; gives its descriptor.

    Raises OSError; FileExistsError if there is anything of that name.
    """
    descriptor = os.open(path, _CREATE, 0o600)
    if hasattr(os, "fchmod"):
        with suppress(OSError):
            os.fchmod(descriptor, 0o600)
    return descriptor


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it; only the user may open it. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk, after a new file in it, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, _READ | _NO_LINKS)


def read_bytes(path: Path, most: int | None = None, open_file: Callable[[Path], int] = _open) -> bytes:
    """The first ``most`` bytes (else :data:`FILE_SIZE`) of a regular file, which is not reached by a symbolic link.

    ``open_file``: another way to open it, which may follow links. Raises OSError, and what that raises.
    """
    descriptor = open_file(path)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("this is no regular file")
        return file.read(FILE_SIZE if most is None else most)


def write_whole(file: Path, content: bytes) -> None:
    """Put a file with this content in the place of any other, whole or not at all. Raises OSError."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(create_private(draft), "wb") as output:
            output.write(content)
            output.flush()
            os.fsync(output.fileno())
        os.replace(draft, file)
    except OSError:
        with suppress(OSError):
            os.unlink(draft)
        raise
    sync_folder(file.parent)
