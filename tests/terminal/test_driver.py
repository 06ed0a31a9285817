"""What a terminal may send: the program reads all of it, and ends by none of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, MouseDown, Paste
from textual.message import Message

from tests.terminal.test_pty import terminal
from tui_backprop.terminal.reading import KeyReading

FOREIGN = {
    "Latin-1": b"r\xe9ponse", "no UTF-8": b"\xff\xfe", "half a letter": b"\xc3a", "no character": b"\x1b[1114112u",
    "a number too large": b"\x1b[99999999999999999999A", "a surrogate": b"\x1b[55296u", "nothing": b"\x1b[u",
    "a mouse nowhere": b"\x1b[<99999999999;1;1M",
}


def typed(data: bytes) -> str:
    return "".join(message.character or "" for message in KeyReading().feed(data) if isinstance(message, Key))


@pytest.mark.parametrize("name", FOREIGN)
def test_what_comes_after_a_foreign_byte_is_read(name: str) -> None:
    assert typed(FOREIGN[name] + b"0.24\r").endswith("0.24\r")


def test_what_is_no_utf8_is_read_as_a_replacement() -> None:
    assert typed(b"r\xe9ponse") == "r�ponse"


def test_a_letter_may_come_in_two_pieces() -> None:
    reading = KeyReading()
    assert list(reading.feed(b"\xc3")) == []
    keys = [message for message in reading.feed(b"\xa9") if isinstance(message, Key)]
    assert [key.character for key in keys] == ["é"]


@given(st.lists(st.one_of(
    st.binary(max_size=12), st.sampled_from(sorted(FOREIGN.values())),
    st.from_regex(rb"\x1b\[[0-9;<>?]{0,24}[A-Za-z~]", fullmatch=True)), max_size=8))
def test_no_bytes_are_a_fault(pieces: list[bytes]) -> None:
    reading = KeyReading()
    for piece in pieces:
        list(reading.feed(piece))
        list(reading.tick())
    # However it ended: after an end of paste and of a sequence, letters are letters again.
    list(reading.feed(b"\x1b[201~\x07\x1b\\"))
    assert isinstance(list(reading.feed(b"", final=True)), list)


def test_foreign_bytes_do_not_end_the_program() -> None:
    with terminal() as program:
        program.until(b"F1")
        for foreign in sorted(FOREIGN.values(), reverse=True):  # letters, which are keys, come last
            program.press(foreign)
            program.press(b"\x1bOP")  # F1: it still listens
            program.until(b"Everywhere")
            program.press(b"q")
            program.until_gone(b"Everywhere")
        program.press(b"\x03")
        assert program.ended() == 0


class Clock:
    """Goes on when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(messages: Iterable[Message]) -> list[str]:
    """Keys by their names, pastes by their text."""
    return [message.key if isinstance(message, Key) else message.text for message in messages
            if isinstance(message, Key | Paste)]


@pytest.mark.parametrize("pieces", [1, 3, 7, 100])
def test_a_paste_is_one_whatever_pieces_it_comes_in(pieces: int) -> None:
    data = "a\x1b\x1b[200~∂C = 1\n\x07\x1b[A2\x1b[201~b".encode()
    reading = KeyReading()
    came = [message for at in range(0, len(data), pieces) for message in reading.feed(data[at:at + pieces])]
    # The lone Escape is no part of it; of what is pasted only text is taken.
    assert [word for word in told(came) if word not in ("escape", "circumflex_accent")] == ["a", "∂C = 1\n[A2", "b"]


def test_a_paste_whose_end_is_lost_is_over_after_a_while() -> None:
    clock = Clock()
    reading = KeyReading(now=clock)
    assert told(reading.feed(b"\x1b[200~0.24")) == []
    assert told(reading.tick()) == []
    clock.now = 4.9
    assert told(reading.feed(b"12")) == []
    clock.now = 9.8
    assert told(reading.tick()) == []
    clock.now = 10.0
    assert told(reading.tick()) == ["0.2412"]
    assert told(reading.feed(b"3\x1b[201~4")) == ["3", "4"]


def test_ctrl_c_is_heard_in_a_paste_whose_end_is_lost() -> None:
    reading = KeyReading()
    assert told(reading.feed(b"\x1b[200~0.24")) == []
    assert told(reading.feed(b"\x03")) == ["0.24", "ctrl+c"]


def test_a_paste_without_end_takes_no_more_than_a_little_memory() -> None:
    reading = KeyReading()
    list(reading.feed(b"\x1b[200~"))
    for _ in range(400):
        assert told(reading.feed(b"x" * 4096)) == []
    [text, key] = told(reading.feed(b"\x1b[201~y"))
    assert (len(text), key) == (1_000_000, "y")


def test_the_mouse_counts_cells_even_where_the_terminal_tells_its_size_in_pixels() -> None:
    clicks = [message for message in KeyReading().feed(b"\x1b[48;24;80;480;800t\x1b[<0;10;5M")
              if isinstance(message, MouseDown)]
    assert [(click.x, click.y) for click in clicks] == [(9, 4)]


@pytest.mark.parametrize("signals", [[signal.SIGCONT] * 5, [signal.SIGSTOP, signal.SIGCONT],
                                     [signal.SIGTSTP, signal.SIGCONT] * 3 + [signal.SIGCONT]])
def test_stopped_and_gone_on_with_it_reads_and_ends_as_before(signals: Sequence[signal.Signals]) -> None:
    with terminal() as program:
        program.until(b"F1")
        for number in signals:
            program.process.send_signal(number)
            if number in (signal.SIGSTOP, signal.SIGTSTP):
                os.waitid(os.P_PID, program.process.pid, os.WSTOPPED)
        program.sent = b""
        program.press(b"\x1bOP")
        program.until(b"Everywhere")
        program.press(b"\x1b[200~\x1b[201~\x1bOP\x1b[5~" * 20 + b"\x03")
        assert program.ended() == 0
