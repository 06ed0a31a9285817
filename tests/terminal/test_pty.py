"""The app in a real terminal (a pseudo-terminal): what is sent, and how it ends."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pyte
import pytest

PROGRAM = """
import sys
from tui_backprop.terminal.start import start

def first():
    from tui_backprop.desk.contents import ContentsEntry
    from tui_backprop.terminal.contents.screen import ContentsScreen
    return ContentsScreen([ContentsEntry("a", "Exercise 2: ∂C/∂wᵢⱼ", "Übungen", "started", "3 … 4", "“∂” − • λ 中")])

sys.exit(start(first, ascii_only="--ascii" in sys.argv))
"""
DEADLINE = 120.0
_FOREIGN = re.compile(rb"\x1b\[(?:[<>=][0-9;]*u|\?\d+\$p)")
"""Sequences that the emulator would print."""


class Terminal:
    """The program on a pseudo-terminal of 80x24, everything it has sent, and the screen that comes of it."""

    def __init__(self, *arguments: str, program: str = PROGRAM, **environment: str) -> None:
        self.own, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self.sent = b""
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "NO_COLOR", "COLOR"))}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**clean, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
        )  # fmt: skip
        os.close(theirs)

    def until(self, text: bytes) -> None:
        """Read until the program has sent this, or it stands on the screen."""
        end = time.monotonic() + DEADLINE
        while text not in self.sent and text not in self.screen:
            assert time.monotonic() < end, self.screen.decode()
            self._read(end - time.monotonic())

    def until_gone(self, text: bytes) -> None:
        """Read until this stands on the screen no more, and forget what has been sent."""
        end = time.monotonic() + DEADLINE
        while text in self.screen:
            assert time.monotonic() < end, self.screen.decode()
            self._read(end - time.monotonic())
        self.sent = b""

    @property
    def screen(self) -> bytes:
        return "\n".join(self._screen.display).encode()

    def drain(self, quiet: float = 0.4) -> None:
        """Read until nothing has come for so many seconds."""
        while self._read(quiet):
            pass

    def ended(self) -> int:
        """Read to the end; the exit status."""
        end = time.monotonic() + DEADLINE
        while self._read(max(end - time.monotonic(), 0)):
            assert time.monotonic() < end
        return self.process.wait(DEADLINE)

    def press(self, keys: bytes) -> None:
        os.write(self.own, keys)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self.own], [], [], patience)
        try:
            data = os.read(self.own, 65536) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self.sent += data
        self._stream.feed(_FOREIGN.sub(b"", data))
        return bool(data)


@contextmanager
def terminal(*arguments: str, program: str = PROGRAM, **environment: str) -> Iterator[Terminal]:
    started = Terminal(*arguments, program=program, **environment)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.wait()
        os.close(started.own)


def test_in_ascii_not_one_other_byte_is_sent() -> None:
    with terminal("--ascii") as program:
        program.until(b"F1")
        program.press(b"\x1bOP")  # F1
        program.until(b"Everywhere")
        program.press(b"q")
        program.press(b"\x10")  # Ctrl-P, the palette
        program.until(b"Search")
        program.press(b"\x03")
        assert program.ended() == 0
        assert program.sent.isascii()


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_as_a_key_would(sent: signal.Signals, status: int) -> None:
    with terminal() as program:
        program.until(b"F1")
        program.process.send_signal(sent)
        assert program.ended() == status
        assert b"\x1b[?1049l" in program.sent  # the other screen is put back


def test_no_colour_means_no_colour_codes() -> None:
    with terminal(NO_COLOR="1") as program:
        program.until(b"F1")
        program.press(b"q")
        assert program.ended() == 0
        for code in (b"38;", b"48;", b"[31", b"[32", b"[33", b"[34", b"[35", b"[36"):
            assert code not in program.sent


def test_the_mouse_is_left_alone_until_it_is_asked_for_and_given_back() -> None:
    with terminal() as program:
        program.until(b"F1")
        assert b"\x1b[?1000h" not in program.sent
        program.press(b"\x1b[20~")  # F9
        program.until(b"\x1b[?1000h")
        program.press(b"q")
        assert program.ended() == 0
        assert program.sent.rindex(b"\x1b[?1000l") > program.sent.rindex(b"\x1b[?1000h")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm"}])
def test_without_a_terminal_one_line_says_what_to_do(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "--plain" in done.stderr
