"""Files that nobody else reads: made exclusively, read within bounds, whole or not there."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE_SIZE = 64 * 1024 * 1024
"""So much of a file is read: two hundred thousand answers."""

_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _BINARY | _NO_LINKS


def create_private(path: Path) -> int:
    """Create a file that nobody else reads, to append to. Raises OSError, FileExistsError if anything is there."""
    descriptor = os.open(path, _CREATE, 0o600)
    if hasattr(os, "fchmod"):
        with suppress(OSError):
            os.fchmod(descriptor, 0o600)
    return descriptor


def make_private_folder(folder: Path) -> None:
    """Make the folder with those above it, itself closed to others. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Let the disk know of a new file's name, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read_bytes(path: Path, *, follow: bool, most: int | None = None) -> bytes:
    """So many bytes at ``most`` of a regular file, or else :data:`FILE_SIZE`; symbolic links only where ``follow``.

    Raises OSError.
    """
    descriptor = os.open(path, _READ | (0 if follow else _NO_LINKS))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("this is no regular file")
        return file.read(FILE_SIZE if most is None else most)


def write_whole(file: Path, content: bytes) -> None:
    """Put a file with this content there, in place of one of that name, all of it or nothing. Raises OSError."""
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
