"""The lines of a file of events, however damaged: every whole event is found, and junk takes little time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tui_backprop.patterns import late_pattern
from tui_backprop.records.events import Event, LineError, decode

_SEAL = late_pattern(rb',"crc":"[0-9a-f]{8}"\}')
"""The end of an event's line. A line without it holds no event, and is not looked at."""
_BEGIN = late_pattern(rb'\{"')
_MOST_BEGINS = 8
"""At so many places of a damaged piece the beginning of an event is looked for,"""
_MOST_PIECES = 100
"""in so many pieces of a damaged line,"""
_MOST_DAMAGED = 20_000
"""and in so many damaged lines of a file; what follows after these is left out."""
_AT_ONCE = 65536
_FILLED = bytes(ord("\n") if byte == ord("\n") else ord("x") for byte in range(256))


def read_lines(content: bytes) -> tuple[list[Event], int]:
    """The events of a file's content, and how many of its lines are damaged.

    A piece after the last line end is a line that is being written, or was when the power failed: it is read where it
    is whole, and otherwise ignored without being counted.
    """
    events: list[Event] = []
    at = whole = damaged = 0
    while damaged < _MOST_DAMAGED and (seal := _SEAL.search(content, at)):
        start = max(content.rfind(b"\n", at, seal.start()) + 1, at)
        end = content.find(b"\n", seal.end())
        line = content[start:] if end < 0 else content[start:end]
        try:
            events.append(decode(line))
            whole += end >= 0
        except LineError:
            events += _rescue(line)
            damaged += 1
        if end < 0:
            break
        at = end + 1
    return events, 0 if whole == content.count(b"\n") else _count_filled(content) - whole


def _rescue(line: bytes) -> Iterator[Event]:
    """The whole events in a damaged line: the damage may be to the line end between two of them."""
    at = 0
    for seal in islice(_SEAL.finditer(line), _MOST_PIECES):
        event = _last_event(line[at:seal.end()])
        if event is not None:
            yield event
        at = seal.end()


def _last_event(piece: bytes) -> Event | None:
    """The event at the end of a piece, whatever stands before it; None where there is none."""
    for begin in islice(_BEGIN.finditer(piece), _MOST_BEGINS):
        try:
            return decode(piece[begin.start():])
        except LineError:
            continue
    return None


def _count_filled(content: bytes) -> int:
    """How many finished lines are not empty; a piece at a time, since there may be millions."""
    last = content.rfind(b"\n") + 1
    count, goes_on = 0, False
    for at in range(0, last, _AT_ONCE):
        piece = content[at:min(at + _AT_ONCE, last)].translate(_FILLED)
        count += len(piece.split()) - (goes_on and piece.startswith(b"x"))
        goes_on = piece.endswith(b"x")
    return count
