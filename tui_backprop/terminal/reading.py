"""Reads the terminal's input byte by byte: foreign bytes and absurd sequences are data, not a reason to end."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterator
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.events import Paste
from textual.message import Message

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_PASTE_PATIENCE = 5.0
"""Seconds without a byte after which a paste is over, even if its end was lost on the line."""
_MOST_PASTED = 1_000_000
"""The most characters of a paste; those beyond are dropped, since nothing takes so many."""
_CTRL_C = "\x03"
_NOT_PASTED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
"""Control characters, except tabs and line ends."""


class KeyReading:
    """Turns bytes into messages. Bytes that are no UTF-8 become U+FFFD; what no terminal sends is dropped."""

    def __init__(self, debug: bool = False, now: Callable[[], float] = monotonic) -> None:
        self._debug = debug
        self._now = now
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser(debug)
        self._recent = ""
        """The last characters outside a paste: one may begin with them."""
        self._pasted: str | None = None
        """The part of a paste that has come so far; None outside a paste."""
        self._came = 0.0

    def feed(self, data: bytes, final: bool = False) -> Iterator[Message]:
        """The messages in some bytes; a sequence that is cut off at their end waits for the rest."""
        text = self._decode(data, final=final)
        self._came = self._now()
        if text == _CTRL_C and self._pasted is not None:  # it came alone: somebody pressed it
            yield from self._end_paste()
        while text:
            if self._pasted is not None:
                text = yield from self._paste(text)
            elif "\x1b" in self._recent + text:
                text = yield from self._watch(text)
            else:
                text = yield from self._parse(text)

    def tick(self) -> Iterator[Message]:
        """The messages of sequences or pastes whose rest has been awaited long enough."""
        if self._pasted is not None and self._now() - self._came >= _PASTE_PATIENCE:
            yield from self._end_paste()
        try:
            yield from self._parser.tick()
        except (ValueError, OverflowError):
            self._parse_afresh()

    def _parse(self, text: str) -> Generator[Message, None, str]:
        """Hand this text to Textual's parser; gives the messages, and returns an empty rest."""
        try:
            for message in self._parser.feed(text):
                self._parser.mouse_pixels = False  # such reports are never switched on here, so the mouse counts cells
                yield message
        except (ValueError, OverflowError):  # a number that no key, no position and no character has
            self._parse_afresh()
        return ""

    def _watch(self, text: str) -> Generator[Message, None, str]:
        """As :meth:`_parse`, one character at a time, so that a bad sequence loses nothing behind it.

        Returns the rest behind the beginning of a paste.
        """
        for at, character in enumerate(text, 1):
            yield from self._parse(character)
            self._recent = (self._recent + character)[-len(_PASTE_BEGINS):]
            if self._recent == _PASTE_BEGINS:
                self._parse_afresh()
                self._recent, self._pasted = "", ""
                return text[at:]
        return ""

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Take this text as pasted; returns the rest behind the end of the paste."""
        before = self._pasted or ""
        pasted = before + text
        end = pasted.find(_PASTE_ENDS, max(len(before) - len(_PASTE_ENDS), 0))
        if end < 0:
            # The end may come in two pieces, so the last characters are kept back.
            self._pasted = pasted[:_MOST_PASTED] + pasted[_MOST_PASTED:][-len(_PASTE_ENDS):]
            return ""
        self._pasted = pasted[:end]
        yield from self._end_paste()
        return pasted[end + len(_PASTE_ENDS):]

    def _end_paste(self) -> Iterator[Message]:
        pasted, self._pasted = self._pasted or "", None
        yield Paste(pasted[:_MOST_PASTED].translate(_NOT_PASTED))

    def _parse_afresh(self) -> None:
        self._parser = XTermParser(self._debug)
