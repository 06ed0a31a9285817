"""A line is read as it was written, and nothing else is read as one."""

from __future__ import annotations

import json
import math
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.samples import START, any_events, any_notes, stamped
from tui_backprop.records import notes
from tui_backprop.records.events import Event, Json, LineError, Note, clean_note, decode, encode

ANSWER = stamped(notes.answered("dC/da 1:k", "2(0.4-1)", "wrong", exercise="exercise-2", value=-1.2, seconds=3.14))[0]


@given(any_events)
def test_read_as_written(event: Event) -> None:
    line = encode(event)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert decode(line) == event
    assert encode(decode(line)) == line


def test_a_line_is_plain_json_that_others_can_read() -> None:
    assert json.loads(encode(ANSWER)) | {"crc": ""} == {
        "format": 1,
        "time": START + 10,
        "session": ANSWER.session,
        "sequence": 1,
        "kind": "answered",
        "exercise": "exercise-2",
        "step": "dC/da 1:k",
        "given": "2(0.4-1)",
        "verdict": "wrong",
        "value": -1.2,
        "seconds": 3.1,
        "crc": "",
    }


def test_a_zero_is_a_value() -> None:
    assert decode(encode(stamped(notes.answered("z 1:j", "0", "correct", value=0.0))[0])).note.data["value"] == 0.0


@given(st.integers(0, len(encode(ANSWER)) - 2), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    line = bytearray(encode(ANSWER))
    line[place] ^= change
    try:
        assert decode(bytes(line)) == ANSWER  # white space at the ends means nothing
    except LineError:
        return
    assert line.strip() == encode(ANSWER).strip()


@given(st.integers(0, len(encode(ANSWER)) - 2))
def test_any_shorter_line_is_noticed(length: int) -> None:
    with pytest.raises(LineError):
        decode(encode(ANSWER)[:length])


@given(st.binary(max_size=200))
def test_garbage_is_no_event(garbage: bytes) -> None:
    with pytest.raises(LineError):
        decode(garbage)


def with_checksum(text: str) -> bytes:
    """A line whose checksum is right, whatever it says."""
    body = text.encode()[:-1]
    return body + b',"crc":"%08x"}' % crc32(body)


GOOD = '{"format":1,"time":5,"session":"a","sequence":1,"kind":"moved","step":"s"}'


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        (GOOD, "{}"),
        (GOOD, "[]"),
        (GOOD, GOOD + GOOD),
        ('"format":1', '"format":2'),
        ('"time":5', '"time":-5'),
        ('"time":5', '"time":NaN'),
        ('"time":5', '"time":1e999'),
        ('"time":5', '"time":true'),
        ('"time":5', '"time":99999999999'),
        ('"time":5', '"time":' + "1" * 5000),
        ('"session":"a"', '"session":"../a"'),
        ('"session":"a"', '"session":7'),
        ('"sequence":1', '"sequence":0'),
        ('"sequence":1', '"sequence":1.5'),
        ('"step":"s"', '"step":[]'),
        ('"step":"s"', '"x":Infinity'),
        ('"step":"s"', '"x":' + "[" * 100_000),
    ],
)
def test_a_right_checksum_is_not_enough(part: str, instead: str) -> None:
    assert decode(with_checksum(GOOD)) == Event(5.0, "a", 1, Note("moved", step="s", data={}))
    with pytest.raises(LineError):
        decode(with_checksum(GOOD.replace(part, instead)))


def test_what_a_later_version_adds_is_kept() -> None:
    event = decode(with_checksum(GOOD.replace("moved", "dreamt").replace('"step":"s"', '"of":{"sheep":[1,2]}')))
    assert event.note == Note("dreamt", data={"of": {"sheep": [1, 2]}})
    assert decode(encode(event)) == event


@given(any_notes)
def test_a_cleaned_note_can_be_kept(note: Note) -> None:
    once = clean_note(note)
    assert clean_note(once) == once
    assert decode(encode(Event(1.0, "a", 1, once))).note == once


def test_what_a_note_may_not_hold() -> None:
    hostile = Note(
        "moved", "e\x1b[2Jx", step="a\u202eb", data={"a\nb": ["\x9b31m", math.nan, math.inf], "session": "c"}
    )
    assert clean_note(hostile) == Note("moved", "e[2Jx", step="ab", data={"a\nb": ["31m", None, None]})
    assert len(clean_note(Note("moved", step="x" * 1_000_000)).step) == 2000
    nested: Json = []
    for _ in range(50):
        nested = [nested]
    with pytest.raises(LineError, match="nested"):
        clean_note(Note("moved", data={"x": nested}))


@pytest.mark.parametrize("note", [
    Note("answered", "exercise-1", data={"verdict": ["wrong"]}), Note("answered", "exercise-1", data={"value": "0.24"}),
    Note("answered", "exercise-1", data={"mistakes": "sign"}), Note("answered", "exercise-1", data={"mistakes": [[1]]}),
    Note("hinted", "exercise-1", data={"level": {}}), Note("opened", "exercise-1", data={"known": [1]}),
    Note("opened", "exercise-1", data={"parameters": {"w 1:i->j": "1"}}),
    Note("opened", "exercise-1", data={"mode": {}}),
    Note("opened", "exercise-1", data={"again": 1}), Note("undone", data={"of": ["s", "1"]}),
    Note("setting", data={"key": ["notation"]}), Note("submitted", "exercise-1", data={"right": {"C": 1}}),
], ids=lambda note: f"{note.kind} {next(iter(note.data))}")
def test_a_field_of_the_wrong_type_is_no_event(note: Note) -> None:
    with pytest.raises(LineError, match="wrong type"):
        decode(encode(Event(START, "s", 1, note)))


@pytest.mark.parametrize("value", [1, "x", None, [1], {"a": 1}])
def test_a_setting_may_be_anything(value: Json) -> None:
    assert decode(encode(Event(START, "s", 1, notes.setting("x", value)))).note.data["value"] == value
