"""Disks that fail as a test tells them to."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tui_backprop.records.log import Disk
from tui_backprop.records.private import create_private


@dataclass
class FailingDisk:
    """A disk that fails with ``error`` while it is set, after so many bytes of a write as ``bytes_first`` says."""

    error: int | None = None
    bytes_first: Iterator[int] = field(default_factory=lambda: iter(()))
    at: str = "write"
    cuts: bool = True

    def disk(self) -> Disk:
        """The disk as the log knows one."""
        return Disk(self._open, self._write, self._sync, self._cut)

    def _open(self, path: Path) -> int:
        self._fail("open")
        return create_private(path)

    def _write(self, file: int, content: bytes) -> int:
        if self.error is not None and (fit := min(next(self.bytes_first, 0), len(content))):
            return os.write(file, content[:fit])
        self._fail("write")
        return os.write(file, content)

    def _sync(self, file: int) -> None:
        self._fail("sync")
        os.fsync(file)

    def _cut(self, file: int, size: int) -> None:
        if not self.cuts:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        os.ftruncate(file, size)

    def _fail(self, place: str) -> None:
        if self.error is not None and place == self.at:
            raise OSError(self.error, os.strerror(self.error))


ERRORS = [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.EFBIG, errno.ESTALE]
