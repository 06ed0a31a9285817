"""A program on a pseudo-terminal whose screen is read as a terminal reads it, down to the byte.

tmux takes its time over every key; here a burst of keys is one write, and a program can be killed a few milliseconds
after a key.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

DEADLINE = 120.0
"""Seconds until a screen that does not come is a failure."""
TAIL = 200_000
"""Bytes: more than the largest screen in colours."""


class Pane:
    """One program on a pseudo-terminal of its own.

    ``limit``: the most bytes a file it writes may have. ``draws``: or else ``text`` stays empty.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24,
        limit: int | None = None, draws: bool = True,
    ) -> None:
        self.draws = draws
        self.tail = b""
        """The last bytes it sent."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._status: int | None = None
        self.pid, self._own = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if limit is not None:
                    import resource

                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # a shell may have ignored them
                    signal.signal(number, signal.SIG_DFL)
                os.execvpe(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    @property
    def text(self) -> str:
        """What is on the screen, blanks at line ends taken off."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def mode(self) -> list[object]:
        """How the terminal is set: which of its flags, and what its control characters do."""
        return termios.tcgetattr(self._own)

    def press(self, keys: str) -> None:
        """All these keys in one write."""
        os.write(self._own, keys.encode())

    @property
    def is_running(self) -> bool:
        if self._status is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = _shell_status(status) if found else None
        return self._status is None

    @property
    def is_stopped(self) -> bool:
        """Has it been stopped by a signal, to be gone on with?"""
        status = Path(f"/proc/{self.pid}/stat").read_text("utf-8", "replace")
        return status.rpartition(")")[2].split()[0] == "T"

    def send(self, data: bytes) -> None:
        """These bytes, and what comes meanwhile: neither side waits for the other. Nothing where it has ended."""
        os.set_blocking(self._own, False)
        end = time.monotonic() + DEADLINE
        while data and time.monotonic() < end:
            _, writable, _ = select.select([], [self._own], [], 0.01)
            try:
                data = data[os.write(self._own, data):] if writable else data
            except BlockingIOError:
                pass
            except OSError:  # the other side is closed
                break
            if not self._take(0.0):
                break
        os.set_blocking(self._own, True)

    def until_sent(self, wanted: bytes, deadline: float = DEADLINE) -> None:
        """Take what comes until these bytes have come lately, or it has ended."""
        end = time.monotonic() + deadline
        while wanted not in self.tail and time.monotonic() < end and self._take(1.0):
            pass

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window; what was on it is gone, as the program paints it anew."""
        if self.draws:
            self._screen.reset()
            self._screen.resize(rows, columns)
        fcntl.ioctl(self._own, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def status_within(self, seconds: float) -> int | None:
        """Its exit status, if it ends in so many seconds."""
        end = time.monotonic() + seconds
        while self.is_running and time.monotonic() < end:
            self._take(0.05)
        while self._status is not None and select.select([self._own], [], [], 0.05)[0] and self._take(0):
            pass  # its last words
        return self._status

    def until(self, wanted: str | Callable[[str], bool], deadline: float = DEADLINE) -> str:
        """The first screen that has this text, or of which this is true; a failure with the last one after a while."""
        end = time.monotonic() + deadline
        while not (wanted(self.text) if callable(wanted) else wanted in self.text):
            left = end - time.monotonic()
            assert left > 0, f"not on the screen after {deadline:.0f} s: {wanted!r}\n{self.text}"
            assert self._take(left), f"it ended before this was on the screen: {wanted!r}\n{self.text}"
        return self.text

    def until_holds(self, holds: Callable[[], bool], deadline: float = DEADLINE) -> None:
        """Take what comes until this is so; a failure after a while."""
        end = time.monotonic() + deadline
        while not holds():
            assert time.monotonic() < end, f"not so after {deadline:.0f} s\n{self.text}"
            self._take(0.02)

    def listen(self, seconds: float) -> None:
        """Take what comes in so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._take(left):
            pass

    def kill(self) -> str:
        """``kill -9``, now; the last screen, with all that was sent before."""
        self.signal(signal.SIGKILL)
        self.ended()
        return self.text

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """The terminal is closed: its window, or the line to it, is gone."""
        os.close(self._own)
        self._own = -1

    def ended(self) -> int:
        """Wait for its end; its exit status, as a shell gives it."""
        if self._status is None:
            while self._own >= 0 and self._take(DEADLINE):  # a full line would keep it from ending
                pass
            self._status = _shell_status(os.waitpid(self.pid, 0)[1])
        return self._status

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self._status is None:
            self.kill()
        if self._own >= 0:
            self.hang_up()

    def __enter__(self) -> Pane:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, patience: float) -> bool:
        """Show what comes next, waiting at most so long; whether there may be more."""
        if not select.select([self._own], [], [], max(patience, 0))[0]:
            return True
        try:
            data = os.read(self._own, 65536)
        except OSError:  # the other side is closed
            return False
        self.tail = (self.tail + data)[-TAIL:]
        if self.draws:
            self._stream.feed(data)
        return bool(data)


def _shell_status(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
