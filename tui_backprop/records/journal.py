"""A learner's records as the rest of the program uses them: the history, new notes, and whether they are saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui_backprop.dataclass import replace
from tui_backprop.records import notes
from tui_backprop.records.events import LATEST_TIME, Event, Note, clean_note
from tui_backprop.records.folder import FolderReading, in_order, new_session, read_files, record_files, records_folder
from tui_backprop.records.history import History
from tui_backprop.records.log import Disk, Log
from tui_backprop.records.past import read_past, save_past, stamps
from tui_backprop.records.replay import counting, hides_earlier, replay, standing_resets
from tui_backprop.records.writer import Done, Writer

if TYPE_CHECKING:
    from tui_backprop.records.transfer import ImportResult
    from tui_backprop.tutor.fading import Experience
    from tui_backprop.tutor.mastery import Attempt, Mastery
    from tui_backprop.tutor.skills import Skill

_TICK = 1e-6
"""An event is dated at least so many seconds after all events that this session knows, whatever the clock says."""


class Journal:
    """The records of one learner, open for one session. Nothing is written before the first note.

    ``clock`` gives seconds since 1970, ``ids`` a name for the session; tests pass their own.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        ids: Callable[[], str] = new_session,
        disk: Disk | None = None,
    ) -> None:
        self.folder = records_folder() if folder is None else folder
        self._past = read_past(self.folder)
        self.session = ids()
        while self.session in self._past.sessions:
            self.session = ids()
        self._clock = clock
        self._last = self._past.latest
        self._reading = self._past.reading
        self._seen = self._past.files
        self._earlier: tuple[Event, ...] | None = None
        self._others_went_on = False
        self._own: list[Event] = []
        self._stamping = threading.Lock()
        self._history: History | None = None
        self._writer = Writer(Log(self.folder, self.session, disk))

    @property
    def history(self) -> History:
        """The history that follows from all events, this session's among them."""
        if self._history is None:
            whole = self._others_went_on or hides_earlier(self._own)
            self._history = replay(self._all()) if whole else replay(self._own, self._past.history)
        return self._history

    @property
    def events(self) -> tuple[Event, ...]:
        """All events that no reset hides, in order, for mastery and a teacher's tables. Reads every file."""
        return counting(self._all())

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The first attempts at every step, in order; mastery is counted from them. Reads every file."""
        from tui_backprop.records.attempts import first_attempts

        return first_attempts(self._all())

    def standing(self) -> Mapping[str, Mastery]:
        """How each skill stands now, other sessions' answers among them."""
        from tui_backprop.tutor.mastery import mastery

        self.refresh()
        return mastery(self.attempts, self._clock())

    def experience(self) -> Experience:
        """What the learner has met before, which decides how far guided mode opens steps. Reads every file."""
        from tui_backprop.tutor.fading import Experience, from_attempts

        self.refresh()
        return Experience(self.history.openings, from_attempts(self.attempts))

    def list_newly_mastered(self, began: float) -> tuple[Skill, ...]:
        """The skills that are mastered now and were not at the time ``began``, in seconds since 1970."""
        from tui_backprop.tutor.mastery import newly_mastered

        return newly_mastered(self.attempts, began, self._clock())

    @property
    def resets(self) -> tuple[Event, ...]:
        """The resets that were not taken back, the latest last: :meth:`undo` takes it."""
        return standing_resets(self._all())

    def refresh(self) -> bool:
        """Read what other sessions have noted since the last look; True where there is anything new."""
        try:
            names = [name for name in record_files(self.folder) if not name.startswith(self.session)]
        except OSError:
            return False
        seen = stamps(self.folder, names)
        if seen == self._seen:
            return False
        self._seen = seen
        self._read(names)
        self._others_went_on, self._history = True, None
        return True

    def _read(self, names: Sequence[str]) -> None:
        """Read these files of other sessions. Notes of this session are dated after all that is in them."""
        self._reading = read_files(self.folder, names)
        self._earlier = tuple(event for event in self._reading.events if event.session != self.session)
        with self._stamping:
            self._last = max([self._last, *(event.time for event in self._earlier[-1:])])

    def _all(self) -> tuple[Event, ...]:
        """Every event: for a replay after a reset, and for callers whom the summary of the past does not serve."""
        if self._earlier is None:
            try:
                self._read([name for name in record_files(self.folder) if not name.startswith(self.session)])
            except OSError:
                self._reading, self._earlier = FolderReading(unreadable=(str(self.folder),)), ()
        return in_order((*(self._earlier or ()), *self._own))

    @property
    def warning(self) -> str | None:
        """One sentence for the learner while something is only in memory; else None."""
        return self._writer.warning

    @property
    def brief(self) -> str | None:
        """The warning in few words, to fit under an answer, or None; the screen of the records shows it whole."""
        return self._writer.brief

    @property
    def loss(self) -> str | None:
        """After :meth:`close`: one sentence on what was not saved, or None."""
        return self._writer.loss

    @property
    def remark(self) -> str | None:
        """One sentence on which parts of the earlier records could not be read, or None."""
        return self._reading.remark

    @property
    def pending(self) -> int:
        """How many notes are still on their way to the disk."""
        return self._writer.pending

    def record(self, note: Note, done: Done | None = None) -> Event:
        """Note what happened. Returns at once; the history holds it at once.

        ``done`` is called, from another thread, when the event is on the disk, or in memory with a :attr:`warning`:
        only then is a judgement painted.
        """
        with self._stamping:
            now = self._clock()
            sane = 0 <= now < LATEST_TIME - 1  # a clock that says anything else is not believed
            self._last = round(max(now if sane else 0.0, self._last + _TICK), 6)
            event = Event(self._last, self.session, len(self._own) + 1, clean_note(note))
            self._own.append(event)
            self._history = None
            self._writer.record(event, done)
        return event

    def reset(self, exercise: str = "", *, lesson: str = "") -> Event:
        """Forget an exercise or a lesson; with no name, everything. :meth:`undo` takes it back."""
        return self.record(notes.reset(exercise=exercise, lesson=lesson))

    def undo(self, reset: Event) -> Event:
        """Take a reset back."""
        return self.record(notes.undone(reset))

    def export(self, file: Path) -> int:
        """Write every event to a new file, waiting ones too; gives their number. Raises :class:`RecordsError`."""
        from tui_backprop.records.transfer import export_events

        return export_events(self._all(), file)

    def take_in(self, file: Path) -> ImportResult:
        """Add the events of an exported file. Raises :class:`RecordsError`."""
        from tui_backprop.records.transfer import import_records

        self.flush()
        came = import_records(self.folder, file)
        self.refresh()
        return came

    def flush(self, timeout: float | None = 5.0) -> bool:
        """Wait until every note is on the disk, or in memory with a warning; True where that is so in time."""
        return self._writer.flush(timeout)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Write what is left and end; True where everything is on the disk."""
        saved = self._writer.close(timeout)
        if saved:
            save_past(self.folder, self._past)
            self._past = replace(self._past, fresh=0)
        return saved

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
