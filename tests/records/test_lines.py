"""A file of events damaged anywhere: nothing is raised, no whole event is lost, none that is damaged is believed."""

from __future__ import annotations

import pytest

from tests.records.samples import lines, quiz, stamped
from tui_backprop.records import lines as module
from tui_backprop.records.events import encode
from tui_backprop.records.lines import read_lines

EVENTS = stamped(*quiz(answers=2), *quiz("exercise-1", answers=1))
CONTENT = lines(EVENTS)
ENDS = [len(lines(EVENTS[:count])) - 1 for count in range(1, len(EVENTS) + 1)]
"""Where each event's line ends."""


def test_cut_at_every_byte() -> None:
    for cut in range(len(CONTENT) + 1):
        assert read_lines(CONTENT[:cut]) == ([event for event, end in zip(EVENTS, ENDS, strict=True) if end <= cut], 0)


@pytest.mark.parametrize("turned", [0x01, 0x80, 0x20])
def test_a_byte_turned_at_every_place(turned: int) -> None:
    """Also the line end between two events, which are both still whole."""
    for place, byte in enumerate(CONTENT):
        damaged = CONTENT[:place] + bytes([byte ^ turned]) + CONTENT[place + 1:]
        hit = [event for event, end in zip(EVENTS, ENDS, strict=True) if end - len(encode(event)) < place < end]
        assert read_lines(damaged)[0] == [event for event in EVENTS if event not in hit]


def test_empty_lines_are_no_damage_and_others_are_counted() -> None:
    assert read_lines(b"\n\n" + CONTENT.replace(b"\n", b"\r\n\n")) == (EVENTS, 0)
    assert read_lines(b"junk\n\n\njunk\n" + CONTENT + b"torn") == (EVENTS, 2)
    assert read_lines((b"x" * 70_000 + b"\n") * 3) == ([], 3)


def test_after_very_many_damaged_events_the_rest_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_DAMAGED", 3)
    assert read_lines(b'{"a":1,"crc":"00000000"}\n' * 3 + CONTENT) == ([], 3 + len(EVENTS))
