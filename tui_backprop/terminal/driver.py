"""What comes from the terminal, byte by byte, and what goes there.

Foreign bytes and absurd sequences are data, not a reason to end. What stands on the terminal already is not sent again.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from typing import Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from tui_backprop.terminal.cells import Cells

_AT_ONCE = 4096
_MOST_EMPTY = 50
"""So many empty pieces one after another are an end."""
_PATIENCE = 0.1
"""Seconds after which a lone Escape is looked at again: it may have begun a sequence."""


class Reading:
    """Bytes in, messages out. What is no UTF-8 is read as U+FFFD; what no terminal sends is dropped."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser(debug)

    def feed(self, data: bytes, final: bool = False) -> Iterator[Message]:
        """The messages of some bytes; what is cut off at their end waits for the rest."""
        text = self._decode(data, final=final)
        # One at a time where a sequence is in it: of a bad one nothing is lost that comes after.
        for piece in text if "\x1b" in text else (text,) if text else ():
            try:
                yield from self._parser.feed(piece)
            except (ValueError, OverflowError):  # a number that no key, no position and no character has
                self._parser = XTermParser(self._debug)

    def tick(self) -> Iterator[Message]:
        """What has waited long enough for the rest of a sequence."""
        try:
            yield from self._parser.tick()
        except (ValueError, OverflowError):
            self._parser = XTermParser(self._debug)


class TutorDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, whose reading thread no input can end.

    ``asked_to_end`` is called at once when Ctrl-C comes: the app itself may be busy.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.asked_to_end: Callable[[], None] = lambda: None
        self.cells = Cells()
        self._held = ""

    def write(self, data: str) -> None:
        """Send what differs; a frame in which nothing does is not even begun."""
        if data == SYNC_START:
            self._held = data
        elif data == SYNC_END and self._held:
            self._held = ""
        elif changes := self.cells.changes(data):
            super().write(self._held + changes)
            self._held = ""

    def process_message(self, message: Message) -> None:
        if isinstance(message, Key) and message.key == "ctrl+c":
            self.asked_to_end()
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read until the app ends, or its input does."""
        reading = Reading(self._debug)
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
