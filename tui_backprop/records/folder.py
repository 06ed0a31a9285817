"""The folder of the records: where it is, and every event in its files, whatever state they are in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from pathlib import Path

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.numerals import many
from tui_backprop.records.events import Event
from tui_backprop.records.lines import read_lines
from tui_backprop.records.private import read_bytes
from tui_backprop.user_folders import state_folder

STATE_VARIABLE = "TUI_BACKPROP_STATE"
"""The environment variable that names another state folder, for labs and tests."""
SUFFIX = ".jsonl"
IMPORTED = "import-"
"""How the name of an imported file begins. Of two events with one key, that of a session's own file is believed."""

_ORDER = itemgetter(0, 1, 2)


@dataclass(frozen=True, slots=True)
class FolderReading:
    """What the files hold: ``events`` in order, each once; how many ``damaged`` lines; which ``unreadable`` files."""

    events: tuple[Event, ...] = ()
    damaged: int = 0
    unreadable: tuple[str, ...] = ()

    @property
    def remark(self) -> str | None:
        """One sentence on what was left out; None where nothing was."""
        left_out = []
        if self.damaged:
            left_out.append(many(self.damaged, "damaged line"))
        if count := len(self.unreadable):
            left_out.append("1 file that cannot be read" if count == 1 else f"{count} files that cannot be read")
        return f"Left out of your records: {' and '.join(left_out)}; everything else is there." if left_out else None


def records_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where this user's records are kept. The folder need not exist; without a home folder the path is relative."""
    given = (os.environ if environment is None else environment).get(STATE_VARIABLE)
    if given:
        return Path(given).absolute() / "records"
    return Path(state_folder()) / "records"


def new_session(clock: Callable[[], float] = time.time, entropy: Callable[[int], bytes] = os.urandom) -> str:
    """A name for a session that no other has: the time, for people who look into the folder, and 64 random bits."""
    now = time.gmtime(max(0.0, clock()))
    return f"{time.strftime('%Y%m%dT%H%M%SZ', now)}-{entropy(8).hex()}"


def read_folder(folder: Path) -> FolderReading:
    """Every whole event of every file, in order, each once. A folder that is not there holds nothing. Never raises."""
    try:
        return read_files(folder, record_files(folder))
    except OSError:
        return FolderReading(unreadable=(str(folder),))


def record_files(folder: Path) -> list[str]:
    """The names of the folder's files of events; none if there is no folder. Raises OSError if it cannot be read."""
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(SUFFIX))
    except (FileNotFoundError, NotADirectoryError):
        return []


def read_files(folder: Path, names: Iterable[str]) -> FolderReading:
    """Every whole event of these files, in order, each once. Never raises."""
    found: dict[tuple[str, int], Event] = {}
    damaged, unreadable = 0, []
    for name in sorted(names, key=lambda name: name.startswith(IMPORTED)):
        try:
            content = read_bytes(folder / name)
        except OSError:
            unreadable.append(name)
            continue
        events, bad = read_lines(content)
        damaged += bad
        for event in events:
            found.setdefault(event.key, event)
    return FolderReading(in_order(found.values()), damaged, tuple(unreadable))


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events by time, then session, then sequence."""
    return tuple(sorted(events, key=_ORDER))
