"""Signals that come while the loop waits: each is answered at once, whichever thread the system gives it to."""

from __future__ import annotations

import signal
import socket
from asyncio import AbstractEventLoop


class Waking:
    """Wakes the waiting loop whenever a signal comes.

    Python handles signals in its main thread, between two of its lines. A signal that another thread takes, or that
    comes just before the loop begins to wait, would otherwise be handled at the next key, or never.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        loop.add_reader(self._heard, self._heard.recv, 4096)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)

    def end(self) -> None:
        """Stop waking the loop."""
        signal.set_wakeup_fd(-1)
        self._loop.remove_reader(self._heard)
        self._heard.close()
        self._told.close()
