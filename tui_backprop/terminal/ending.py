"""Ends for certain: two seconds after the end is asked for, the terminal is given back, whatever the program does."""

from __future__ import annotations

import _thread
import os
import sys
import time
from functools import cache

_signal = sys.modules["_signal"]  # Python itself begins with it; ``signal`` is a file that loads others
TYPE_CHECKING = False
"""``typing.TYPE_CHECKING`` without importing ``typing``: every verb imports this."""
if TYPE_CHECKING:
    from typing import Any

INTERRUPTED = 130
PATIENCE = 1.5
"""Seconds that the program gets to end by itself."""
_RESTORE = b"\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?1049l\x1b[?25h\x1b[0m\r\n"
"""Codes that end all reports (keys, pastes, mouse, focus) and bring back the main screen and the cursor."""


class ProcessEnding:
    """Ends the process if it has not ended in time, and gives the terminal back if it was taken."""

    def __init__(self) -> None:
        self._settings: list[Any] | None = None
        self._has_terminal = self._has_ended = False
        self._status: int | None = None
        self.asked: int | None = None
        """The status that the program was asked to end with; None where it was not."""

    def expect(self, status: int) -> None:
        """Note that the program was asked to end. Further calls change nothing.

        It may be called in a signal's handler, between any two lines of the main thread, so it takes no lock: a thread
        of ``threading`` takes one to begin with, which the interrupted line may hold.
        """
        if self.asked is None:
            self.asked = status
            _thread.start_new_thread(self._force_in_time, ())

    def leave(self, status: int) -> None:
        """Note that the program is leaving with this status: it stays, also if the rest has to be forced."""
        self._status = status

    def take_terminal(self) -> None:
        """Note how the terminal is set, before the app sets it otherwise."""
        self._settings = _settings()
        self._has_terminal = True

    def listen_to_interrupts(self) -> None:
        """Until the app listens itself: Ctrl-C ends the program, even where an import swallows the exception."""
        _signal.signal(_signal.SIGINT, self._interrupt)

    def heed_interrupts_no_more(self) -> None:
        """From now on Ctrl-C ends the process at once: nothing is left to be done in order."""
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

    def _interrupt(self, _number: int, _frame: object) -> None:
        if self.asked is None:  # a second one would fall into the answer to the first
            self.expect(INTERRUPTED)
            raise KeyboardInterrupt

    def done(self) -> None:
        """Note that the program has ended by itself."""
        self._has_ended = True

    def _force_in_time(self) -> None:
        time.sleep(PATIENCE)
        if self._has_ended:
            return
        status = self.asked if self._status is None else self._status
        try:
            if self._has_terminal:
                os.write(sys.__stdout__.fileno() if sys.__stdout__ else 1, _RESTORE)
                _restore(self._settings)
        finally:
            os._exit(status or 0)


@cache
def process_ending() -> ProcessEnding:
    """The one of this process: there is one end."""
    return ProcessEnding()


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


def is_interrupt(error: BaseException | None) -> bool:
    """Was it Ctrl-C? Python turns it into another error where it comes while a class is made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None
