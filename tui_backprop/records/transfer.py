"""Exports the records as one file, to take to another machine, and imports such a file, whoever made it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui_backprop.course.confinement import check_inside
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import format_path, open_to_read
from tui_backprop.course.save import check_place, write_file
from tui_backprop.dataclass import dataclass
from tui_backprop.maths.numerals import many
from tui_backprop.records.events import Event, LineError, clean_note, encode
from tui_backprop.records.folder import IMPORTED, SUFFIX, in_order, new_session, read_folder
from tui_backprop.records.lines import read_lines
from tui_backprop.records.private import make_private_folder, read_bytes, write_whole

IMPORT_SIZE = 16 * 1024 * 1024
"""The most bytes of a file that are imported: some 80,000 answers."""
_DAY = 86400.0


class RecordsError(ValueError):
    """An export or import that cannot be done, told in one line."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import: how many events were ``added`` or ``known`` already, how many lines were ``refused``."""

    added: int
    known: int
    refused: int

    @property
    def message(self) -> str:
        """The result in a sentence without its point."""
        refused = f", {many(self.refused, 'line')} refused" if self.refused else ""
        return f"{many(self.added, 'event')} added, {self.known} known already{refused}"


def export_records(folder: Path, file: Path) -> int:
    """Write every event of the folder to a new file, in order, each once; gives their number.

    The same records give the same bytes. The file is private to the user, and is whole or not there. Raises
    :class:`RecordsError`.
    """
    return export_events(read_folder(folder).events, file)


def export_events(events: Sequence[Event], file: Path) -> int:
    """Write these events to a new file; gives their number. Raises :class:`RecordsError`."""
    _check(check_place, file)
    if os.path.lexists(file):
        raise RecordsError(f"{format_path(file)}: this is there already: give a name that is not")
    with _refusing(file):
        write_file(Path(os.path.realpath(file)), _lines(events), 0o600)
    return len(events)


def import_records(
    folder: Path, file: Path, *, clock: Callable[[], float] = time.time, ids: Callable[[], str] = new_session
) -> ImportResult:
    """Add to the folder the events of an exported file that it does not have. Raises :class:`RecordsError`.

    Nothing of the file is trusted: lines that are no events, or are dated later than tomorrow, are refused, control
    characters left out. Nothing that is there is changed, and a second import adds nothing.
    """
    events, refused = _read(file)
    known = {event.key for event in read_folder(folder).events}
    fresh: dict[tuple[str, int], Event] = {}
    for event in events:
        if event.key not in known and event.key not in fresh:
            clean = _clean(event, clock() + _DAY)
            if clean is None:
                refused += 1
            else:
                fresh[event.key] = clean
    if fresh:
        with _refusing(folder):
            make_private_folder(folder)
            write_whole(folder / f"{IMPORTED}{ids()}{SUFFIX}", _lines(in_order(fresh.values())))
    return ImportResult(len(fresh), len({event.key for event in events} & known), refused)


def _read(file: Path) -> tuple[list[Event], int]:
    """The events of an exported file, and how many of its lines hold none."""
    _check(check_inside, file)
    try:
        content = read_bytes(file, IMPORT_SIZE, open_to_read)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecordsError(f"{format_path(file)}: this cannot be read ({reason}): name an exported file") from None
    if len(content) >= IMPORT_SIZE:
        raise RecordsError(f"{format_path(file)}: this is over {IMPORT_SIZE // 2**20} MB, more than records come to: "
                           "name an exported file")
    events, damaged = read_lines(content + b"\n")  # nobody is writing to it: a piece at its end is no line to come
    if content.strip() and not events:
        raise RecordsError(f"{format_path(file)}: there are no records in this: name an exported file")
    return events, damaged


def _check(place: Callable[[Path], None], file: Path) -> None:
    try:
        place(file)
    except ExerciseError as error:
        raise RecordsError(str(error)) from None


def _clean(event: Event, latest: float) -> Event | None:
    """The event as it may be kept; None where it may not."""
    try:
        return event._replace(note=clean_note(event.note)) if event.time <= latest else None
    except LineError:
        return None


def _lines(events: Iterable[Event]) -> bytes:
    return b"".join(map(encode, events))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn a failure to write to ``path`` into a :class:`RecordsError` of one line."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecordsError(f"{format_path(path)}: this cannot be written ({reason}): give another place") from None
