"""An event as one line of JSON: what is noted, when and by which session, and a checksum.

A line is ``{"exercise":"exercise-2","format":1,"given":"0.397",…,"crc":"89abcdef"}`` in ASCII, empty texts left out.
The checksum is the CRC-32 of all bytes before ``,"crc":``, so a line is checked without being written again. A field
that not every event has belongs to its kind and is in :attr:`Note.data`; fields and kinds that this version does not
know are kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

from tui_backprop.course.files import UNSAFE
from tui_backprop.patterns import late_pattern

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"

FORMAT = 1
"""The version of a line. A line of a later version is left out of a replay, and stays in its file."""
LINE_SIZE = 4 * 1024 * 1024
"""The longest line in bytes: every parameter of a 784-128-10 network, edited at once, fits."""
LATEST_TIME = float(2**32)
"""The latest time believed, in seconds since 1970: in 2106. Up to here a microsecond still makes a later float."""

_TEXT_LENGTH = 2000
_DEPTH = 8
_SESSION = late_pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_TEXTS = ("kind", "exercise", "lesson", "digest", "step")
_FIELDS = frozenset({*_TEXTS, "format", "time", "session", "sequence", "crc"})
_TAIL = len(',"crc":"00000000"}')


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _are_texts(value: Any) -> bool:
    return type(value) is list and all(type(item) is str for item in value)


def _are_numbers(value: Any) -> bool:
    return type(value) is dict and all(map(_is_number, value.values()))


_FITS: Mapping[str, Callable[[Any], bool]] = MappingProxyType({
    **dict.fromkeys(("mode", "detail", "notation", "goal", "given", "verdict", "skill", "key"), _is_text),
    **dict.fromkeys(("known", "mistakes", "right", "typed"), _are_texts),
    **dict.fromkeys(("seconds", "level", "score", "out_of"), _is_number),
    "parameters": _are_numbers,
    "again": lambda value: type(value) is bool,
    "of": lambda value: type(value) is list and [type(item) for item in value] == [str, int],
})
"""Checks for fields of a note's data, where they are there; fields that this version does not know may be anything."""
_FITS_ANSWER = MappingProxyType({**_FITS, "value": _is_number})
"""The checks for an answer, whose value is a number; a setting's value may be anything."""


class LineError(ValueError):
    """A line that is no event: torn, damaged, or made by a later version."""


class EventKind(StrEnum):
    """The kinds of event that mean something to a replay."""

    OPENED = "opened"
    ANSWERED = "answered"
    HINTED = "hinted"
    REVEALED = "revealed"
    EDITED = "edited"
    MOVED = "moved"
    FINISHED = "finished"
    SUBMITTED = "submitted"
    RESET = "reset"
    UNDONE = "undone"
    SETTING = "setting"


class Note(NamedTuple):
    """What the learner did. :mod:`~tui_backprop.records.notes` makes notes, with one function for each kind.

    ``exercise`` or ``lesson`` names what it was done in, ``digest`` the state of that file, ``step`` the step's id or
    the check's name; ``data`` holds the fields of the kind.
    """

    kind: str
    exercise: str = ""
    lesson: str = ""
    digest: str = ""
    step: str = ""
    data: Mapping[str, Json] = MappingProxyType({})


class Event(NamedTuple):
    """A note with its place: seconds since 1970 (UTC), the session's id, and its count in that session, from 1."""

    time: float
    session: str
    sequence: int
    note: Note

    @property
    def key(self) -> tuple[str, int]:
        """What identifies an event: two with the same key are copies."""
        return self[1:3]


def encode(event: Event) -> bytes:
    """The event's line with its line end. Raises :class:`LineError` if it is longer than :data:`LINE_SIZE`."""
    note = event.note
    texts = {name: text for name, text in zip(_TEXTS, note[:5], strict=True) if text}
    place: dict[str, Json] = {
        "format": FORMAT,
        "time": event.time,
        "session": event.session,
        "sequence": event.sequence,
    }
    record: dict[str, Json] = {**note.data, **texts, **place}
    line = seal(record)
    if len(line) > LINE_SIZE:
        raise LineError("this is too long for one line of the records")
    return line


def decode(line: bytes) -> Event:
    """The event of a line, with or without its line end. Raises :class:`LineError`, and nothing else."""
    if len(line) > LINE_SIZE:
        raise LineError("this is longer than any line of the records")
    return _event(unseal(line))


def seal(record: Mapping[str, Json]) -> bytes:
    """The record as a line of JSON with its checksum and line end; the same record gives the same bytes."""
    body = json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")[:-1]
    return body + b',"crc":"%08x"}\n' % crc32(body)


def unseal(line: bytes) -> dict[str, Any]:
    """The record in a line that :func:`seal` made, its checksum included. Raises :class:`LineError`."""
    line = line.strip()
    if line[-_TAIL:] != b',"crc":"%08x"}' % crc32(line[:-_TAIL]):
        raise LineError("the checksum does not fit the line")
    try:
        text = line.decode("ascii")
        record, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        raise LineError("this is not JSON") from None
    if end != len(text) or not isinstance(record, dict):
        raise LineError("this is no JSON object")
    return record


_KINDS = frozenset(EventKind)


def is_fitting(note: Note) -> bool:
    """Has every field of the note's data that this version knows the right type?"""
    if note.kind not in _KINDS:  # of a later version
        return True
    fits = _FITS_ANSWER if note.kind == EventKind.ANSWERED else _FITS
    return all(fits[name](value) for name, value in note.data.items() if name in fits and value is not None)


def clean(value: Json, depth: int = _DEPTH) -> Json:
    """The value as it may be kept: without control characters, texts cut at 2,000 characters.

    NaN, infinities and huge integers become None. Raises :class:`LineError` where lists and tables are nested deeper
    than 8.
    """
    if isinstance(value, str):
        return UNSAFE.sub("", value)[:_TEXT_LENGTH]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value if abs(value) < 2**63 else None
    if value is None:
        return None
    if depth == 0:
        raise LineError("lists and tables are nested too deeply")
    if isinstance(value, Mapping):
        return {UNSAFE.sub("", key)[:_TEXT_LENGTH]: clean(item, depth - 1) for key, item in value.items()}
    return [clean(item, depth - 1) for item in value]


def clean_note(note: Note) -> Note:
    """The note as it may be kept, see :func:`clean`.

    A field of its data is left out that has the name of a field of every event.
    """
    kind, exercise, lesson, digest, step = (UNSAFE.sub("", text)[:_TEXT_LENGTH] for text in note[:5])
    data = {name: clean(value) for name, value in note.data.items() if name not in _FIELDS}
    return Note(
        kind, exercise, lesson, digest, step, {UNSAFE.sub("", name)[:_TEXT_LENGTH]: data[name] for name in data}
    )


@lru_cache(maxsize=1024)
def is_session(name: str) -> bool:
    """May a session have this name: at most 64 letters, digits, ``_ . -``? It becomes a file's name."""
    return _SESSION.fullmatch(name) is not None


def _event(record: dict[str, Any]) -> Event:
    """The event of a JSON object; the fields that not every event has become the note's data."""
    take = record.pop
    take("crc", None)
    if take("format", None) != FORMAT:
        raise LineError("this is no line of this version")
    time, session, sequence = take("time", None), take("session", None), take("sequence", None)
    kind, exercise, lesson = take("kind", ""), take("exercise", ""), take("lesson", "")
    digest, step = take("digest", ""), take("step", "")
    if not (type(time) is float or type(time) is int) or not 0 <= time < LATEST_TIME:
        raise LineError("the time is no time")
    if type(session) is not str or not is_session(session):
        raise LineError("the session's name is none")
    if type(sequence) is not int or not 0 < sequence < 2**53:
        raise LineError("the sequence number is none")
    if not str is type(kind) is type(exercise) is type(lesson) is type(digest) is type(step):
        raise LineError("a field is of the wrong type")
    note = Note(kind, exercise, lesson, digest, step, record)
    if not is_fitting(note):
        raise LineError("a field is of the wrong type")
    return Event(float(time), session, sequence, note)


def _no_constant(name: str) -> Json:
    raise LineError(f"{name} is no number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
