"""A learner's records, as the rest of the program uses them: what was, what is noted now, and whether it is safe."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from tui_backprop.records import notes
from tui_backprop.records.events import LATEST_TIME, Event, Note, cleaned_note
from tui_backprop.records.folder import in_order, new_session, read_folder, records_folder
from tui_backprop.records.history import History
from tui_backprop.records.log import Disk, Log
from tui_backprop.records.past import read_past, save_past
from tui_backprop.records.replay import counting, hides_earlier, replay
from tui_backprop.records.writer import Done, Writer

_TICK = 1e-6
"""Whatever the clock says, an event comes so many seconds after those that this session saw."""


class Journal:
    """The records of one learner, open for one session. Nothing is written before the first note.

    ``clock`` gives seconds since 1970, ``ids`` a name for the session; tests give their own.
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
        self._earlier: tuple[Event, ...] | None = None
        self._own: list[Event] = []
        self._stamping = threading.Lock()
        self._history: History | None = None
        self._writer = Writer(Log(self.folder, self.session, disk))

    @property
    def history(self) -> History:
        """What all events come to, this session's among them."""
        if self._history is None:
            whole = hides_earlier(self._own)
            self._history = replay(self._all()) if whole else replay(self._own, self._past.history)
        return self._history

    @property
    def events(self) -> tuple[Event, ...]:
        """All events that no reset hides, in order: for mastery and a teacher's tables. Reads every file."""
        return counting(self._all())

    def _all(self) -> tuple[Event, ...]:
        """Every event: after a reset, and for those who ask for them, the summary of the past is not enough."""
        if self._earlier is None:
            events = read_folder(self.folder).events
            self._earlier = tuple(event for event in events if event.session != self.session)
        return in_order((*self._earlier, *self._own))

    @property
    def warning(self) -> str | None:
        """One sentence for the learner while something is in memory only, else None."""
        return self._writer.warning

    @property
    def remark(self) -> str | None:
        """One sentence on what of the earlier records could not be read, or None."""
        return self._past.reading.remark

    @property
    def pending(self) -> int:
        """How many notes are still on their way to the disk."""
        return self._writer.pending

    def record(self, note: Note, done: Done | None = None) -> Event:
        """Note what happened. Returns at once; the history has it at once.

        ``done`` is called, from another thread, when the event is on the disk, or in memory with a :attr:`warning`: a
        judgement is painted then.
        """
        with self._stamping:
            now = self._clock()
            sane = 0 <= now < LATEST_TIME - 1  # a clock that says anything else is not believed
            self._last = round(max(now if sane else 0.0, self._last + _TICK), 6)
            event = Event(self._last, self.session, len(self._own) + 1, cleaned_note(note))
            self._own.append(event)
            self._history = None
            self._writer.record(event, done)
        return event

    def reset(self, exercise: str = "", *, lesson: str = "") -> Event:
        """Begin an exercise or a lesson as if it had never been opened; neither named: everything. See :meth:`undo`."""
        return self.record(notes.reset(exercise=exercise, lesson=lesson))

    def undo(self, reset: Event) -> Event:
        """Take a reset back."""
        return self.record(notes.undone(reset))

    def flush(self, timeout: float | None = 5.0) -> bool:
        """Wait until every note is on the disk, or in memory with a warning. Whether it is."""
        return self._writer.flush(timeout)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Write what is left and end. Whether everything is on the disk."""
        saved = self._writer.close(timeout)
        if saved:
            save_past(self.folder, self._past)
            self._past = replace(self._past, fresh=0)
        return saved

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
