"""One session's own file of events: opened exclusively, only ever appended to, and synced before it is relied on.

Where the disk cannot take a line, the line waits in memory with a warning, and is written with the next one. No two
sessions write to one file, so no lock is needed, not even on a network file system.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tui_backprop.course.files import format_path
from tui_backprop.dataclass import dataclass
from tui_backprop.records.events import LINE_SIZE, Event, LineError, encode
from tui_backprop.records.folder import SUFFIX
from tui_backprop.records.private import create_private, make_private_folder, sync_folder

_MOST_FILES = 99
_GONE = frozenset({"ESTALE", "EBADF", "ENODEV", "ENXIO"})
"""After these errors a new file is tried; after others the same file may take the line later."""
_MOST = f"{LINE_SIZE // 2**20} MB"
TOO_LONG = f"One thing you did is too long to be saved (over {_MOST}); it counts while this program runs."
RESTORED = "The file of your records was deleted or cut short while this program ran; this session is saved once more."
_SAFE = "nothing you type is lost while this program runs"


@dataclass(frozen=True, slots=True)
class Disk:
    """The system calls that the log makes; a test passes some that fail."""

    open: Callable[[Path], int] = create_private
    write: Callable[[int, bytes], int] = os.write
    sync: Callable[[int], None] = os.fsync
    cut: Callable[[int, int], None] = os.ftruncate
    look: Callable[[int], os.stat_result] = os.fstat


class Log:
    """The file of one session, made with the first event. Not to be used by several threads at once."""

    def __init__(self, folder: Path, session: str, disk: Disk | None = None) -> None:
        self.folder = folder
        self.session = session
        self.warning: str | None = None
        """One sentence for the learner while events wait in memory, or when one can never be saved, else None."""
        self._disk = disk or Disk()
        self._file: int | None = None
        self._waiting: list[bytes] = []
        self._written: list[bytes] = []
        self._restored: str | None = None
        self._whole = 0
        self._torn = False
        self._refused: str | None = None
        self._refused_count = 0
        self._trouble = ""

    @property
    def complete(self) -> bool:
        """Is everything on the disk that should be?"""
        return not self._waiting and self._refused is None

    @property
    def waiting(self) -> int:
        """How many events are in memory only."""
        return len(self._waiting)

    @property
    def brief(self) -> str | None:
        """The warning in few words, at most 56 characters, or None."""
        if self._trouble:  # not while a first try is under way, on the writer's thread
            return f"Not saved yet: {self._trouble}."
        if self._refused:
            return "One thing you did is too long to be saved."
        return "Your records were deleted, and are saved once more." if self._restored else None

    @property
    def loss(self) -> str | None:
        """One sentence on what would be lost if the program ended now; None where nothing would."""
        if self.complete:
            return None
        count = len(self._waiting) + self._refused_count
        why = f": {self._trouble}" if self._waiting and self._trouble else ""
        return f"Not saved: {'one thing' if count == 1 else f'{count} things'} you did in this session{why}."

    def append(self, events: Iterable[Event]) -> None:
        """Write the events to the disk, and before them what still waits. Never raises; see :attr:`warning`."""
        for event in events:
            try:
                self._waiting.append(encode(event))
            except LineError:
                self.warning = self._refused = TOO_LONG
                self._refused_count += 1
        self.retry()

    def retry(self) -> bool:
        """Try again to write what waits to the disk; True where nothing waits any more."""
        if not self._waiting:
            return True
        try:
            if self._file is not None and self._is_damaged(self._file):
                self._close_file()
                self._waiting = [*self._written, *self._waiting]
                self._written, self._restored = [], RESTORED
            if self._file is None:
                self._file = self._create()
            self._put(self._file)
        except OSError as error:
            self._trouble = trouble_of(error, self.folder).brief
            self.warning = warning_of(error, self.folder)
            if error_name(error) in _GONE:
                self._close_file()
            return False
        self.warning, self._trouble = self._refused or self._restored, ""
        return True

    def close(self) -> None:
        """Try a last time, and close the file."""
        self.retry()
        self._close_file()

    def _is_damaged(self, file: int) -> bool:
        """Has another program deleted the file, or cut it short?"""
        status = self._disk.look(file)
        return os.name == "posix" and (status.st_nlink == 0 or status.st_size < self._whole)

    def _put(self, file: int) -> None:
        """Write all that waits, in one piece.

        Half a line that an earlier failure left is cut off; where that fails too, the piece begins on a line of its
        own.
        """
        block = b"".join(self._waiting)
        if self._torn:
            with suppress(OSError):
                self._disk.cut(file, self._whole)
            block = b"\n" + block
        self._torn = True
        left = block
        while left:
            written = self._disk.write(file, left)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left = left[written:]
        self._disk.sync(file)
        self._torn = False
        self._whole += len(block)
        self._written += self._waiting
        self._waiting.clear()

    def _create(self) -> int:
        if not self.folder.is_absolute():
            raise FileNotFoundError(errno.ENOENT, "there is no home folder")
        make_private_folder(self.folder)
        for number in range(1, _MOST_FILES + 1):
            name = f"{self.session}{SUFFIX}" if number == 1 else f"{self.session}-{number}{SUFFIX}"
            with suppress(FileExistsError):
                file = self._disk.open(self.folder / name)
                sync_folder(self.folder)
                return file
        raise OSError(errno.EEXIST, "too many files of one session")

    def _close_file(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file, self._whole = None, 0


@dataclass(frozen=True, slots=True)
class DiskTrouble:
    """Why the disk does not take a line: in few words, in full with the place, and what to do about it."""

    brief: str
    what: str
    remedy: str


def warning_of(error: OSError, folder: Path) -> str:
    """One sentence: what happened, that nothing is lost so far, and what to do."""
    trouble = trouble_of(error, folder)
    return f"Not saved yet: {trouble.what}; {_SAFE}; {trouble.remedy}, and all is saved with your next answer."


def trouble_of(error: OSError, folder: Path) -> DiskTrouble:
    """What happened, and what to do about it, from the system's error."""
    place = format_path(folder)
    match error_name(error):
        case "ENOSPC" | "EFBIG":
            return DiskTrouble("the disk is full", "the disk is full", "free some space")
        case "EDQUOT":
            used_up = "your share of the disk is used up"
            return DiskTrouble(used_up, used_up, "delete some files")
        case "EROFS":
            read_only = f"{place} is on a disk that can only be read"
            return DiskTrouble("the disk can only be read", read_only, "ask for a folder you can write to")
        case "EACCES" | "EPERM":
            forbidden = f"there is no permission to write in {place}"
            return DiskTrouble("no permission to write there", forbidden, "ask its owner for it")
        case _:
            unknown = f"{place} cannot be written ({error.strerror or error})"
            return DiskTrouble("the records cannot be written", unknown, "check that folder")


def error_name(error: OSError) -> str:
    """The name of the error, such as ENOSPC; numbers differ between systems."""
    return errno.errorcode.get(error.errno or 0, "")
