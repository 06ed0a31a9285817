"""A terminal that tests can type into and read: one tmux server each, which nobody else's settings reach."""

from __future__ import annotations

import os
import select
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.tools import program

DEADLINE = 120.0
"""Seconds until a screen that does not come is a failure."""
GLANCE = 0.5
"""At least so often the screen is looked at, whatever tmux reports."""

_START = """
read -r _
exec 3>&2 2>/dev/null
sh -c 'echo $$ > "$1"; shift 2; exec "$@" 2>&3 3>&-' sh "$@"
echo $? > "$2"
"""
"""What a pane runs: it waits for Enter, runs the program, and notes its process and its exit status.

The pause is so that nothing is missed before all is set. tmux 3.3 now and then forgets a pane's status. The shell's own
remarks about a program that a signal ended are none of the screen's.
"""


class Terminal:
    """One program in one tmux pane. Its screen stays after it has ended."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tmux")  # a socket's path may have about 100 characters
        self._socket = Path(self._folder.name) / "s"
        self._pid, self._status = Path(self._folder.name) / "pid", Path(self._folder.name) / "status"
        variables = [f"{name}={value}" for name, value in environment.items()]
        words = ["sh", "-c", _START, "sh", str(self._pid), str(self._status), "env", "-i", *variables, *command]
        self._tmux("-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(rows), *words)
        for option, value in (("status", "off"), ("remain-on-exit", "on"), ("escape-time", "0"),
                              ("window-size", "manual"), ("remain-on-exit-format", "")):
            self._tmux("set-option", "-g", option, value)
        self.resize(columns, rows)
        # A client in control mode is told of every output: what it says is only the sign to look again.
        self._reports = subprocess.Popen(
            [_tmux_path(), "-S", str(self._socket), "-C", "attach"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._wait_for_client()
        self._tmux("send-keys", "Enter")

    def screen(self) -> str:
        """The text on the screen, blanks at line ends taken off."""
        return "\n".join(line.rstrip() for line in self._tmux("capture-pane", "-p").split("\n"))

    def until(self, wanted: str | Callable[[str], bool], deadline: float = DEADLINE) -> str:
        """The first screen that has this text, or of which this is true; a failure with the last one after a while."""
        end = time.monotonic() + deadline
        while True:
            seen = self.screen()
            if wanted(seen) if callable(wanted) else wanted in seen:
                return seen
            left = end - time.monotonic()
            assert left > 0, f"not on the screen after {deadline:.0f} s: {wanted!r}\n{seen}"
            self._next_report(min(left, GLANCE))

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Escape, Up, F1, C-c, or one character."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it stands."""
        self._tmux("send-keys", "-l", "--", text)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def ended(self, deadline: float = DEADLINE) -> int:
        """Wait for the program's end; its exit status, as a shell gives it."""
        end = time.monotonic() + deadline
        while True:
            if self._status.exists() and (status := self._status.read_text("ascii")).endswith("\n"):
                return int(status)
            left = end - time.monotonic()
            assert left > 0, f"still running after {deadline:.0f} s:\n{self.screen()}"
            self._next_report(min(left, GLANCE))

    @property
    def pid(self) -> int:
        """The process in the pane: the program itself, or the ssh client that shows it."""
        return int(self._pid.read_text("ascii"))

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def close(self) -> None:
        """End the program and its server, whatever they are doing."""
        subprocess.run([_tmux_path(), "-S", str(self._socket), "kill-server"], capture_output=True, check=False)
        if self._reports.stdin:
            self._reports.stdin.close()
        self._reports.wait(DEADLINE)
        if self._reports.stdout:
            self._reports.stdout.close()
        self._folder.cleanup()

    def _wait_for_client(self) -> None:
        end = time.monotonic() + DEADLINE
        while not self._tmux("list-clients"):
            assert time.monotonic() < end, "tmux does not accept its client"
            self._next_report(GLANCE)

    def _next_report(self, patience: float) -> None:
        """Wait for the next sign of a change, and take all that is there."""
        assert self._reports.stdout is not None
        if select.select([self._reports.stdout], [], [], patience)[0]:
            os.read(self._reports.stdout.fileno(), 1 << 20)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run([_tmux_path(), "-S", str(self._socket), *words], capture_output=True, text=True,
                              timeout=DEADLINE, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert done.returncode == 0, f"tmux {shlex.join(words)}: {done.stderr.strip()}"
        return done.stdout


def _tmux_path() -> str:
    path = program("tmux")
    assert path is not None
    return path
