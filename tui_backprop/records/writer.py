"""Writes on a thread of its own: a judgement is painted once it is on the disk, and no key waits for the disk."""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from tui_backprop.records.events import Event
from tui_backprop.records.log import Log

Done = Callable[[], None]


class Writer:
    """A queue and one thread in front of a :class:`Log`. The thread begins with the first event.

    Events that are queued together are written together: one write, one sync, then each event's ``done``.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._queue: deque[tuple[Event, Done | None]] = deque()
        self._change = threading.Condition()  # on an RLock: a signal's handler may flush while its thread records
        self._busy = False
        self._closed = False
        self._ended = True

    @property
    def warning(self) -> str | None:
        """The log's warning: why events wait in memory, or None."""
        return self._log.warning

    @property
    def brief(self) -> str | None:
        """The warning in a few words, or None."""
        return self._log.brief

    @property
    def loss(self) -> str | None:
        """One sentence on what would be lost if the program ended now; None where nothing would."""
        if self.pending:
            return f"Not saved: {self.pending} of the things you did in this session: the disk does not answer."
        return self._log.loss

    @property
    def pending(self) -> int:
        """How many events have not been tried yet; they stay in the queue while a network's disk hangs."""
        return len(self._queue) + self._busy

    def record(self, event: Event, done: Done | None = None) -> None:
        """Queue an event. ``done`` is called, from another thread, once it is on the disk or there is a warning.

        Raises RuntimeError after :meth:`close`.
        """
        with self._change:
            if self._closed:
                raise RuntimeError("the records are closed")
            self._queue.append((event, done))
            if self._ended:
                self._start()
            self._change.notify_all()

    def flush(self, timeout: float | None = 5.0) -> bool:
        """Wait at most ``timeout`` seconds until all that is queued has been tried; True where it has."""
        with self._change:
            return self._change.wait_for(lambda: not self._queue and not self._busy, timeout)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Write what is queued and end the thread; True where all is on the disk. May be called twice."""
        with self._change:
            self._closed = True
            self._change.notify_all()
            ended = self._change.wait_for(lambda: self._ended, timeout)
        atexit.unregister(self.close)
        return ended and self._log.complete

    def _start(self) -> None:
        atexit.register(self.close)
        self._ended = False
        threading.Thread(target=self._run, name="records", daemon=True).start()

    def _run(self) -> None:
        while batch := self._next_batch():
            self._log.append(event for event, _ in batch)
            for _, done in batch:
                if done is not None:
                    with suppress(Exception):  # a screen that is gone must not stop the saving of what comes after
                        done()
            with self._change:
                self._busy = False
                self._change.notify_all()
        self._log.close()
        with self._change:
            self._ended = True
            self._change.notify_all()

    def _next_batch(self) -> list[tuple[Event, Done | None]]:
        """All that is queued, as soon as there is anything; nothing once the writer is closed."""
        with self._change:
            self._change.wait_for(lambda: bool(self._queue) or self._closed)
            batch = list(self._queue)
            self._queue.clear()
            self._busy = bool(batch)
            return batch
