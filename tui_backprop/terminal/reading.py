"""Reads the terminal's input byte by byte: foreign bytes and absurd sequences are data, not a reason to end."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterable, Iterator
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste, Resize
from textual.message import Message

from tui_backprop.patterns import late_pattern
from tui_backprop.terminal.window import is_a_window

_ESCAPE = "\x1b"
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_PASTE_PATIENCE = 5.0
"""Seconds without a byte after which a paste is over, even if its end was lost on the line."""
_MOST_PASTED = 1_000_000
"""The most characters of a paste; those beyond are dropped, since nothing takes so many."""
_CTRL_C = "\x03"
_NOT_PASTED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
"""Control characters, except tabs and line ends."""
_EIGHT_BIT = {0x80 + code: _ESCAPE + chr(0x40 + code) for code in range(0x20)}
"""Control characters of eight bits, as the two that mean the same: ``U+009B`` is Escape and a bracket."""
_ALONE = late_pattern("(?<![\udc80-\udc8e\udc91-\udc9a\udc9e-\udcff])[\udc8f\udc90\udc9b-\udc9d]")
"""The bytes of five of them, not behind a letter's: a terminal that speaks no UTF-8 sends its sequences so."""
_FOREIGN = late_pattern("[\udc80-\udcff]")
"""Any byte that is no UTF-8."""
_MOST_TYPED = 1000
"""Nobody types so many characters at once: they were pasted, where the terminal does not say so."""
_STRINGS = "]P_^X"
"""What begins the answer to a question about colours, names, keys: text, which no one has typed."""
_LONGEST = 30
"""No key's sequence is longer."""
_REST_PATIENCE = 0.5
"""Seconds without a byte after which the rest of a sequence does not come: a slow line cuts it anywhere."""


class _Parser(XTermParser):
    """Textual's own, which also tells where it is."""

    @property
    def is_between(self) -> bool:
        """Is no sequence begun?"""
        return self._awaiting.timeout is None


class KeyReading:
    """Turns bytes into messages. Bytes that are no UTF-8 become U+FFFD; what no terminal's key sends is dropped.

    Textual types a sequence that it does not know, character by character. An answer of the terminal, or a sequence cut
    in two by a slow line, would so be taken for an answer of the learner: here the whole of it goes.
    """

    def __init__(self, debug: bool = False, now: Callable[[], float] = monotonic) -> None:
        self._debug = debug
        self._now = now
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._parser = _Parser(debug)
        self._sequence = ""
        """The part of a sequence that has come so far; empty outside of one."""
        self._is_in_string = False
        self._pasted: str | None = None
        """The part of a paste that has come so far; None outside a paste."""
        self._came = 0.0

    def feed(self, data: bytes, final: bool = False) -> Iterator[Message]:
        """The messages in some bytes; a sequence that is cut off at their end waits for the rest."""
        text = _FOREIGN.sub("\ufffd", _ALONE.sub(_as_control, self._decode(data, final=final)))
        self._came = self._now()
        if text == _CTRL_C and self._pasted is not None:  # it came alone: somebody pressed it
            yield from self._end_paste()
        while text:
            if self._pasted is not None:
                text = yield from self._paste(text)
            else:
                text = yield from self._watch(text.translate(_EIGHT_BIT))

    def tick(self) -> Iterator[Message]:
        """The messages of sequences or pastes whose rest has been awaited long enough."""
        silence = self._now() - self._came
        if self._pasted is not None and silence >= _PASTE_PATIENCE:
            yield from self._end_paste()
        if silence >= _REST_PATIENCE:
            self._is_in_string = False
            if self._is_control:
                self._drop_sequence()
        if not self._is_control:
            yield from self._guarded(self._parser.tick)
            self._sequence = "" if self._parser.is_between else self._sequence

    @property
    def _is_control(self) -> bool:
        """Has a sequence begun that is more than Escape and a letter?"""
        return self._sequence[1:2] in ("[", "O")

    def _watch(self, text: str) -> Generator[Message, None, str]:
        """The messages in what is no paste. Returns the rest behind the beginning of a paste."""
        if not self._sequence and not self._is_in_string and _ESCAPE not in text:
            yield from [Paste(text)] if len(text) > _MOST_TYPED and text.isprintable() else self._parse(text)
            return ""
        for at, character in enumerate(text, 1):
            yield from self._step(character)
            if self._sequence == _PASTE_BEGINS:
                self._begin_anew()
                self._pasted = ""
                return text[at:]
        return ""

    def _step(self, character: str) -> Iterator[Message]:
        """Take one character, inside or outside of a sequence."""
        if self._is_in_string and character not in (_ESCAPE, _CTRL_C):
            self._is_in_string = character >= " "
            return
        self._is_in_string = False
        if character == _ESCAPE:
            if self._is_control:  # its rest is lost
                self._drop_sequence()
            self._sequence = character
            yield from self._parse(character)
        elif self._sequence:
            self._sequence = self._sequence[:_LONGEST] + character
            yield from self._go_on(character)
        else:
            yield from self._parse(character)

    def _go_on(self, character: str) -> Iterator[Message]:
        """Take one more character of a sequence."""
        sequence, mouse = self._sequence, self._sequence[:3] == "\x1b[M"
        if sequence[1] in _STRINGS:
            self._drop_sequence()
            self._is_in_string = True
        elif self._is_control and not mouse and not " " <= character <= "~":
            self._drop_sequence()
            yield from self._parse(character)
        else:
            if len(sequence) > _LONGEST:
                self._parser = _Parser(self._debug)  # it would type the beginning
            else:
                yield from self._parse(character)
            if sequence != _PASTE_BEGINS and self._is_whole(character, mouse):
                self._drop_sequence()

    def _is_whole(self, character: str, mouse: bool) -> bool:
        """Is the sequence at its end with this character, whether somebody knows it or not?"""
        sequence = self._sequence
        if sequence == "\x1b\\" or (len(sequence) <= _LONGEST and self._parser.is_between):
            return True
        if not self._is_control or len(sequence) == 2 or sequence == "\x1b[[":  # the Linux console's F1 is ``ESC [[A``
            return False
        return len(sequence) == 6 if mouse else "@" <= character <= "~"

    def _drop_sequence(self) -> None:
        """End a sequence; what the parser has not made a message of is gone."""
        self._sequence = ""
        if not self._parser.is_between:
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._sequence, self._parser = "", _Parser(self._debug)

    def _parse(self, text: str) -> Iterator[Message]:
        """The messages that Textual's parser finds in this text."""
        return self._guarded(lambda: self._parser.feed(text))

    def _guarded(self, read: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """The messages that are read, but for keys, places and sizes that there are not."""
        try:
            for message in read():
                self._parser.mouse_pixels = False  # such reports are never switched on here, so the mouse counts cells
                if not _is_nothing(message):
                    yield message
        except (ValueError, OverflowError):  # a number that no key, no position and no character has
            self._parser = _Parser(self._debug)

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


def _as_control(byte: re.Match[str]) -> str:
    return chr(ord(byte[0]) - 0xDC00)


def _is_nothing(message: Message) -> bool:
    """Is it a letter that no text can have, or a window that no screen can have?"""
    match message:
        case Key():
            return any("\ud800" <= letter <= "\udfff" for letter in message.character or "")
        case Resize():
            return not is_a_window(message.size)
        case _:
            return False
