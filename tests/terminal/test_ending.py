"""How it ends when something is wrong: in time, with the terminal given back, in one line that is whole."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.effort import some
from tests.terminal.apps import bench
from tests.terminal.test_pty import Terminal, terminal
from tui_backprop.terminal.ending import PATIENCE, is_interrupt
from tui_backprop.terminal.widgets.message import MessageView

SOONER = "from tui_backprop.terminal import ending; ending.PATIENCE = 0.25"
"""Put before a program: what it gets to end by itself is gone sooner, and the test with it."""
BUSY = f"""{SOONER}
import signal, sys, threading
from textual.binding import Binding
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.start import start

def take_the_signal():
    idle = 0
    while idle < 4000:  # the main thread waits, and not for this one
        idle = idle + 1 if open("/proc/self/stat").read().rpartition(")")[2].split()[0] == "S" else 0
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

def first():
    from tui_backprop.desk.contents import ContentsEntry
    from tui_backprop.terminal.contents.screen import ContentsScreen

    class Contents(ContentsScreen):
        BINDINGS = [Binding("b", "busy", "busy"), Binding("x", "fault", "fault"), Binding("m", "more", "more"),
                    Binding("t", "elsewhere", "elsewhere")]

        def action_busy(self):
            sys.__stdout__.write("BUSY"); sys.__stdout__.flush()
            while True:
                pass

        def action_elsewhere(self):
            threading.Thread(target=take_the_signal, daemon=True).start()

        def action_more(self):
            self.app.push_screen(Broken())

        def tell_fault(self, line):
            self.tell(Paragraph(line))

    class Broken(TutorScreen):
        def key_x(self):
            raise KeyError("x")

    from tui_backprop.drawing.paragraphs import Paragraph
    return Contents([ContentsEntry("a", "Exercise 2", "Exercises")])

sys.exit(start(first))
"""


@contextmanager
def busy_terminal(**environment: str) -> Iterator[Terminal]:
    with terminal(program=BUSY, **environment) as program:
        program.until(b"F1")
        yield program


def test_it_gets_no_more_than_two_seconds() -> None:
    assert 0.25 < PATIENCE < 2


@pytest.mark.parametrize("how", some(["Ctrl-C", "SIGTERM", "SIGHUP", "SIGINT"]))
def test_a_busy_program_ends_in_time_and_gives_the_terminal_back(how: str) -> None:
    with busy_terminal() as program:
        program.press(b"b")
        program.until(b"BUSY")
        if how == "Ctrl-C":
            program.press(b"\x03")
        else:
            program.process.send_signal(getattr(signal, how))
        status = program.ended()
        assert status == (130 if how == "Ctrl-C" else 128 + getattr(signal, how))
        assert b"\x1b[?1049l" in program.sent


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells what a thread is doing")
def test_a_signal_that_another_thread_takes_ends_an_idle_program() -> None:
    with busy_terminal() as program:
        program.press(b"t")
        assert program.ended() == 128 + signal.SIGTERM


def test_a_fault_on_a_screen_costs_that_screen_alone(tmp_path: Path) -> None:
    with busy_terminal(XDG_STATE_HOME=str(tmp_path)) as program:
        program.press(b"m")
        program.press(b"x")
        program.until(b"stopped by")
        program.until(b"Exercise 2")
        program.press(b"q")
        assert program.ended() == 0
    saved = list(tmp_path.rglob("fault-*.txt"))
    assert len(saved) == 1
    assert "KeyError: 'x'" in saved[0].read_text("utf-8")


def test_the_line_on_a_fault_is_whole_where_the_program_ends_by_it(tmp_path: Path) -> None:
    source = "raise RuntimeError('no')"
    program = BUSY.replace("return Contents", f"{source}; return Contents")
    done = subprocess.run(
        [sys.executable, "-c", f"import pty, sys; sys.exit(pty.spawn([sys.executable, '-c', {program!r}]) >> 8)"],
        capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        env={**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path)})
    [saved] = tmp_path.rglob("fault-*.txt")
    assert done.returncode == 1
    assert str(saved).encode() in done.stdout.replace(b"\r\n", b"\n")


SWALLOWED = f"""{SOONER}
import os, signal
from tui_backprop.terminal.ending import process_ending

process_ending().listen_to_interrupts()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    pass
{{more}}
while True:
    signal.pause()
"""


@pytest.mark.parametrize(("more", "status"), [("", 130), ("process_ending().leave(0)", 0)])
def test_an_interrupt_that_was_swallowed_ends_it_all_the_same(more: str, status: int) -> None:
    """With the status that the program had settled on, and without a word to a terminal that it did not take."""
    done = subprocess.run([sys.executable, "-c", SWALLOWED.format(more=more)], capture_output=True, timeout=120,
                          check=False, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")


def test_an_interrupt_while_a_class_is_made_is_one() -> None:
    class Interrupting:
        def __set_name__(self, _owner: type, _name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises((RuntimeError, KeyboardInterrupt)) as caught:  # from Python 3.12 on it is not wrapped
        type("Made", (), {"part": Interrupting()})
    assert is_interrupt(caught.value)
    assert not is_interrupt(RuntimeError("another"))


def test_a_signal_that_comes_when_all_has_ended_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    app = bench(MessageView)
    monkeypatch.setattr(app, "_expect_end", lambda _status: None)  # it would end the tests
    loop = asyncio.new_event_loop()
    loop.close()
    app._event_loop = loop
    app._ask_to_end(signal.SIGTERM, None)
