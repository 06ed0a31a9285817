"""What a terminal may send: the program reads all of it, and ends by none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from tests.terminal.test_pty import terminal
from tui_backprop.terminal.driver import Reading

FOREIGN = {
    "Latin-1": b"r\xe9ponse", "no UTF-8": b"\xff\xfe", "half a letter": b"\xc3a", "no character": b"\x1b[1114112u",
    "a number too large": b"\x1b[99999999999999999999A", "a surrogate": b"\x1b[55296u", "nothing": b"\x1b[u",
    "a mouse nowhere": b"\x1b[<99999999999;1;1M",
}


def typed(data: bytes) -> str:
    return "".join(message.character or "" for message in Reading().feed(data) if isinstance(message, Key))


@pytest.mark.parametrize("name", FOREIGN)
def test_what_comes_after_a_foreign_byte_is_read(name: str) -> None:
    assert typed(FOREIGN[name] + b"0.24\r").endswith("0.24\r")


def test_what_is_no_utf8_is_read_as_a_replacement() -> None:
    assert typed(b"r\xe9ponse") == "r�ponse"


def test_a_letter_may_come_in_two_pieces() -> None:
    reading = Reading()
    assert list(reading.feed(b"\xc3")) == []
    keys = [message for message in reading.feed(b"\xa9") if isinstance(message, Key)]
    assert [key.character for key in keys] == ["é"]


@given(st.lists(st.one_of(
    st.binary(max_size=12), st.sampled_from(sorted(FOREIGN.values())),
    st.from_regex(rb"\x1b\[[0-9;<>?]{0,24}[A-Za-z~]", fullmatch=True)), max_size=8))
def test_no_bytes_are_a_fault(pieces: list[bytes]) -> None:
    reading = Reading()
    for piece in pieces:
        list(reading.feed(piece))
        list(reading.tick())
    # However it ended: after an end of paste and of a sequence, letters are letters again.
    list(reading.feed(b"\x1b[201~\x07\x1b\\"))
    assert isinstance(list(reading.feed(b"", final=True)), list)


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_bytes_do_not_end_the_program(name: str) -> None:
    with terminal() as program:
        program.until(b"F1")
        program.press(FOREIGN[name])
        program.press(b"\x1bOP")  # F1: it still listens
        program.until(b"Everywhere")
        program.press(b"\x03")
        assert program.ended() == 0
