"""Textual's driver for Linux and macOS, changed: no input or signal breaks it, and it sends only what changes."""

from __future__ import annotations

import os
import selectors
import signal
import termios
import tty
from collections.abc import Callable
from typing import Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from tui_backprop.terminal.cells import Cells
from tui_backprop.terminal.reading import KeyReading
from tui_backprop.terminal.window import window_size

_AT_ONCE = 4096
_MOST_EMPTY = 50
"""So many empty reads one after another mean that the input has ended."""
_PATIENCE = 0.1
"""Seconds after which a lone Escape is taken for the key, and not for the beginning of a sequence."""
_MOST_TRIES = 100
"""How often we stop again, at most, when a shell continues us in the background."""
_ON_AGAIN = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""Codes for the alternate screen, no cursor, reports of focus and pastes, and no wrapping."""


class TutorDriver(LinuxDriver):
    """A driver that takes the terminal once and gives it back once, in the loop and never in a signal's handler.

    Textual does both in its handlers. A SIGCONT without a stop before it thus started a second reading thread: each got
    half of the keys, and one outlived the program. ``asked_to_end`` is called at once when Ctrl-C comes, since the app
    itself may be busy.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._has_terminal = False
        self._is_suspended = False
        self._is_to_stop = False
        self.asked_to_end: Callable[[], None] = lambda: None
        self.cells = Cells()
        self._held = ""
        super().__init__(*arguments, **options)
        self._size = self._size or self._get_terminal_size()  # or the app asks Rich, which goes by COLUMNS first

    def write(self, data: str) -> None:
        """Send what has changed; for a frame without changes, not even its beginning."""
        if data == SYNC_START:
            self._held = data
        elif data == SYNC_END and self._held:
            self._held = ""
        elif changes := self.cells.changes(data):
            super().write(self._held + changes)
            self._held = ""

    def _get_terminal_size(self) -> tuple[int, int]:
        return window_size((self.fileno, 1, 2))

    def process_message(self, message: Message) -> None:
        if isinstance(message, Key) and message.key == "ctrl+c":
            self.asked_to_end()
        super().process_message(message)

    def start_application_mode(self) -> None:
        if not self._has_terminal:
            before = self._key_thread
            take: Callable[[], None] = super().start_application_mode
            take()
            self._has_terminal = self._key_thread is not before  # in the background the terminal cannot be taken

    def stop_application_mode(self) -> None:
        if self._has_terminal:
            self._has_terminal = False
            super().stop_application_mode()

    def _sigtstp_application(self, *_: object) -> None:
        self._is_to_stop = True
        self._soon(self._stop)

    def _sigcont_application(self, *_: object) -> None:
        self._is_to_stop = False
        self._soon(self._go_on)

    def _soon(self, do: Callable[[], None]) -> None:
        """Call this in the loop: in a handler, between any two lines of the main thread, a lock may be held."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(do)

    def _stop(self) -> None:
        """Give the terminal back and stop, unless a SIGCONT has come meanwhile."""
        if self._is_to_stop and self._auto_restart and self._has_terminal:
            self.suspend_application_mode()
            self._is_suspended = self._must_signal_resume = True
        if self._is_to_stop:
            os.kill(os.getpid(), signal.SIGSTOP)
        self._go_on()

    def _go_on(self) -> None:
        """Take the terminal again, set our mode, and paint everything."""
        if self._has_terminal:
            self._set_mode()
            self.write(_ON_AGAIN)
        elif self._is_suspended and self._auto_restart:
            self._is_suspended = not self._took_terminal()
        self._app.refresh(layout=True)

    def _took_terminal(self) -> bool:
        """Take the terminal; while a shell continues us in the background, stop again. False where that goes on."""
        for _ in range(_MOST_TRIES):
            self.start_application_mode()
            if self._has_terminal:
                return True
        return False

    def _set_mode(self) -> None:
        """Set our mode of the terminal again: whoever had the terminal meanwhile may have set another."""
        try:
            mode = termios.tcgetattr(self.fileno)
            mode[tty.LFLAG] = self._patch_lflag(mode[tty.LFLAG])
            mode[tty.IFLAG] = self._patch_iflag(mode[tty.IFLAG])
            termios.tcsetattr(self.fileno, termios.TCSANOW, mode)
        except termios.error:  # the terminal is gone, or another process has it
            return

    def run_input_thread(self) -> None:
        """Read until the app ends, or its input does."""
        reading = KeyReading(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            empty = 0
            while not self.exit_event.is_set():
                if selector.select(_PATIENCE):
                    data = os.read(self.fileno, _AT_ONCE)
                    empty = 0 if data else empty + 1
                    if empty > _MOST_EMPTY:
                        break  # the other side has hung up
                    if not data:
                        self.exit_event.wait(_PATIENCE)  # a terminal that has just changed its mode
                    for message in reading.feed(data):
                        self.process_message(message)
                for message in reading.tick():
                    self.process_message(message)
