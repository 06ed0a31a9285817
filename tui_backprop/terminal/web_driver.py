"""Textual's driver for a browser at the other end, changed as the one for a terminal is: no input breaks it."""

from __future__ import annotations

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from tui_backprop.terminal.reading import KeyReading

_KEYS = "D"
"""The kind of packet that holds what was typed; others are between the server and the driver."""


class TutorWebDriver(WebDriver):
    """Reads what is typed as :class:`KeyReading` does. Textual's own stops reading at the first foreign sequence."""

    def run_input_thread(self) -> None:
        """Read until the server says that it is over, or has gone."""
        reading, packets = KeyReading(self._debug), ByteStream()
        try:
            for data in self._input_reader:
                for kind, payload in packets.feed(data) if data else ():
                    if kind != _KEYS:
                        self._on_meta(kind, payload)
                        continue
                    for message in reading.feed(payload):
                        self.process_message(message)
                for message in reading.tick():
                    self.process_message(message)
        except _ExitInput:
            return
        finally:
            self._input_reader.close()
