"""Ends for certain: two seconds after the end is asked for, the terminal is given back, whatever the program does."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from typing import Any

INTERRUPTED = 130
PATIENCE = 1.5
"""Seconds that the program gets to end by itself."""
_RESTORE = b"\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?1049l\x1b[?25h\x1b[0m\r\n"
"""Codes that end all reports (keys, pastes, mouse, focus) and bring back the main screen and the cursor."""


class ProcessEnding:
    """Restores the terminal as it was when this was made, and ends the process if it has not ended in time."""

    def __init__(self) -> None:
        self._settings = _settings()
        self._is_expected = self._has_ended = False

    def expect(self, status: int) -> None:
        """Note that the program was asked to end. Further calls change nothing.

        It may be called in a signal's handler, between any two lines of the main thread, so it takes no lock: a thread
        of ``threading`` takes one to begin with, which the interrupted line may hold.
        """
        if not self._is_expected:
            self._is_expected = True
            _thread.start_new_thread(self._force_in_time, (status,))

    def listen_to_interrupts(self) -> None:
        """Until the app listens itself: Ctrl-C ends the program, even where an import swallows the exception."""
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, _number: int, _frame: object) -> None:
        self.expect(INTERRUPTED)
        raise KeyboardInterrupt

    def done(self) -> None:
        """Note that the program has ended by itself."""
        self._has_ended = True

    def _force_in_time(self, status: int) -> None:
        time.sleep(PATIENCE)
        if self._has_ended:
            return
        try:
            os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, _RESTORE)
            _restore(self._settings)
        finally:
            os._exit(status)


def _settings() -> list[Any] | None:
    try:
        import termios

        return termios.tcgetattr(0)
    except (ImportError, OSError, ValueError):  # Windows; no terminal
        return None
    except termios.error:
        return None


def _restore(settings: list[Any] | None) -> None:
    if settings is not None:
        import termios

        termios.tcsetattr(0, termios.TCSANOW, settings)
