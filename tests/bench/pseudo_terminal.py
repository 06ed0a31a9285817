"""What a terminal program costs the person at the other end of the line: milliseconds, bytes, memory.

Standard library only, and Linux: memory is read from /proc.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.35
"""After so many seconds without output a program has settled."""
PATIENCE = 30.0
TYPE = "xterm-256color"
_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[a-zA-Z]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_SYNCHRONISED = b"2026"
_REPLIES = {
    b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b]10;?": b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;?": b"\x1b]11;rgb:0000/0000/0000\x1b\\",
}
"""What xterm says when a program asks what terminal this is, where the cursor is, and for its colours."""


@dataclass(frozen=True, slots=True)
class Burst:
    """One answer of the program: milliseconds to its first and its last byte, and how many bytes there were."""

    first: float
    last: float
    count: int


class Program:
    """A program on a pseudo-terminal of its own."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24,
    ) -> None:
        self._started = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            try:
                os.execvpe(command[0], list(command), {**environment, "TERM": TYPE})
            finally:
                os._exit(127)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def first_screen(self, marker: str) -> Burst:
        """From the start until this text is on the screen and nothing more comes. RuntimeError if it never comes."""
        return self._listen(self._started, marker.encode())

    def press(self, keys: bytes) -> Burst:
        """From these keys until nothing more comes. RuntimeError if nothing comes at all."""
        sent = time.perf_counter()
        os.write(self._terminal, keys)
        return self._listen(sent, b"")

    def idle_bytes(self, seconds: float) -> int:
        """How much is sent while nobody does anything."""
        end, count = time.perf_counter() + seconds, 0
        while select.select([self._terminal], [], [], max(end - time.perf_counter(), 0))[0]:
            count += len(self._read())
        return count

    def peak_memory(self) -> float:
        """The most memory it has held so far, in MiB."""
        status = Path(f"/proc/{self._pid}/status").read_text("ascii", "replace")
        found = re.search(r"VmHWM:\s*(\d+) kB", status)
        if found is None:
            raise RuntimeError("the program has ended before its memory could be read")
        return int(found[1]) / 1024

    def processor_time(self) -> float:
        """How long it has kept a processor busy so far, in milliseconds."""
        fields = Path(f"/proc/{self._pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000

    def close(self) -> None:
        """End it, by force if it does not listen."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.kill(self._pid, number)
            end = time.perf_counter() + 2
            while time.perf_counter() < end:
                if os.waitpid(self._pid, os.WNOHANG)[0]:
                    os.close(self._terminal)
                    return
                if select.select([self._terminal], [], [], 0.02)[0]:  # a full pipe would keep it from ending
                    self._read()
        raise RuntimeError("the program cannot be ended")

    def _listen(self, start: float, marker: bytes) -> Burst:
        seen, first, last = b"", 0.0, 0.0
        while True:
            waits = not seen or marker not in _ESCAPE.sub(b"", seen)
            left = PATIENCE - (time.perf_counter() - start)
            if left <= 0 or not select.select([self._terminal], [], [], left if waits else QUIET)[0]:
                if waits:
                    raise RuntimeError(f"nothing came, or not {marker!r}: {_ESCAPE.sub(b'', seen)[-400:]!r}")
                return Burst(first, last, len(seen))
            data = self._read()
            if not data:
                raise RuntimeError(f"the program has ended: {_ESCAPE.sub(b'', seen)[-400:]!r}")
            last = (time.perf_counter() - start) * 1000
            first = first or last
            seen += data
            self._reply(data)

    def _read(self) -> bytes:
        try:
            return os.read(self._terminal, 65536)
        except OSError:  # the other end is closed
            return b""

    def _reply(self, data: bytes) -> None:
        """Answer what the program asks its terminal."""
        replies = [b"\x1b[?%s;%d$y" % (mode, 2 if mode == _SYNCHRONISED else 0) for mode in _MODE_QUERY.findall(data)]
        replies += [reply for query, reply in _REPLIES.items() if query in data]
        if replies:
            os.write(self._terminal, b"".join(replies))
