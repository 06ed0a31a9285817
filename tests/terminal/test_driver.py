"""What a terminal may send: the program reads all of it, and ends by none of it."""

from __future__ import annotations

import os
import signal
import termios
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseDown, Paste
from textual.message import Message

from tests.terminal.test_pty import terminal
from tui_backprop.terminal.reading import KeyReading
from tui_backprop.terminal.window import window_size

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


ANSWERS = {
    "colours": b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "a bell": b"\x1b]4;1;rgb:1/2/3\x07",
    "a name": b"\x1bP>|XTerm(370)\x1b\\", "what it is": b"\x1b[?64;1;2;6c", "which one": b"\x1b[>0;276;0c",
    "eight bits": "\x9b?62;4c\x9d0;a/?\x9c".encode(), "keys": b"\x1b[?0u",
    "eight bits, no UTF-8": b"\x9b?62;4c\x9d0;a/?\x9c\x8f\x9b1;2X", "no mode": b"\x1b[?999999999;999999999$y",
    "a key we know not": b"\x1b[1;2;3X", "never an end": b"\x1b_G?!?!", "a long one": b"\x1b[" + b"1;" * 500 + b"m",
    "a broken one": b"\x1b[12;", "kitty's": b"\x1b[97:65:97;2:1;" + b"65:" * 20 + b"65u",
    "a mouse of old": b"\x1b[M\x20!!", "another mouse": b"\x1b[32;10;10M", "a window of none": b"\x1b[48;0;0;0;0t",
    "a window too large": b"\x1b[48;99999999;99999999;1;1t",
    "half a surrogate": b"\x1b[97;;55296u",
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("pieces", [1, 5, 2000])
def test_what_a_terminal_answers_is_not_typed(name: str, pieces: int) -> None:
    clock = Clock()
    reading, came, data = KeyReading(now=clock), list[Message](), ANSWERS[name]
    for at in range(0, len(data), pieces):
        came += reading.feed(data[at:at + pieces])
        clock.now += 0.4  # a slow line
        came += reading.tick()
    clock.now += 0.2
    came += reading.tick()
    assert came == []
    assert told(reading.feed(b"0\r\x1b[A\x1b[[A\x1bOP")) == ["0", "enter", "up", "f1", "f1"]


def test_every_key_is_the_one_that_textual_knows_however_it_is_cut() -> None:
    for sequence in ANSI_SEQUENCES_KEYS:
        whole, pieces = told(XTermParser().feed(sequence)), KeyReading()
        if whole and sequence.startswith("\x1b"):
            assert [key for letter in sequence for key in told(pieces.feed(letter.encode()))] == whole, repr(sequence)


def test_what_is_no_utf8_is_read_as_a_replacement() -> None:
    assert typed(b"r\xe9ponse") == "r�ponse"
    assert typed(b"\xe2\x9b7") == "��7"  # half a letter, and no beginning of a sequence


def test_more_than_anybody_types_at_once_is_a_paste() -> None:
    """A terminal that does not bracket its pastes sent 900,000 characters, and no key was heard for a while."""
    (paste,) = KeyReading().feed(b"0.5" * 1000)
    assert isinstance(paste, Paste)
    assert paste.text == "0.5" * 1000
    assert told(KeyReading().feed(b"1" * 999 + b"\r"))[-2:] == ["1", "enter"]


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


@pytest.mark.parametrize(("said", "variables", "size"), [
    ((100, 30), {"COLUMNS": "40", "LINES": "10"}, (100, 30)), ((500, 200), {}, (500, 200)),
    ((65535, 65535), {}, (600, 300)),
    ((0, 0), {"COLUMNS": "132", "LINES": "43"}, (132, 43)), ((0, 0), {"COLUMNS": "x", "LINES": "9" * 50}, (80, 24)),
])
def test_the_window_says_how_large_it_is_and_variables_where_it_does_not(
    said: tuple[int, int], variables: dict[str, str], size: tuple[int, int],
) -> None:
    ours, theirs = os.openpty()
    try:
        termios.tcsetwinsize(theirs, (said[1], said[0]))
        assert window_size([theirs], variables) == size
    finally:
        os.close(ours)
        os.close(theirs)


def test_stopped_and_gone_on_with_it_reads_and_ends_as_before() -> None:
    with terminal() as program:
        program.until(b"F1")
        for signals in ([signal.SIGCONT] * 5, [signal.SIGSTOP, signal.SIGCONT],
                        [signal.SIGTSTP, signal.SIGCONT] * 3 + [signal.SIGCONT]):
            for number in signals:
                program.process.send_signal(number)
                if number in (signal.SIGSTOP, signal.SIGTSTP):
                    os.waitid(os.P_PID, program.process.pid, os.WSTOPPED)
            program.sent = b""
            program.press(b"\x1bOP")
            program.until(b"Everywhere")
            program.press(b"q")
            program.until_gone(b"Everywhere")
        program.press(b"\x1b[200~\x1b[201~\x1bOP\x1b[5~" * 20 + b"\x03")
        assert program.ended() == 0
