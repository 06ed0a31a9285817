"""What a terminal is taken for, by its environment."""

from __future__ import annotations

import pytest

from tui_backprop.terminal.capabilities import Colours, detect, why_no_screen
from tui_backprop.typeset.glyphs import Glyphs

FULL, CONSOLE, ASCII = Glyphs.FULL, Glyphs.CONSOLE, Glyphs.ASCII
UTF8 = {"LANG": "en_GB.UTF-8"}

CASES = [
    ({"TERM": "xterm-256color", **UTF8}, FULL, Colours.EIGHT_BIT),
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor", **UTF8}, FULL, Colours.TRUE),
    ({"TERM": "tmux-256color", **UTF8}, FULL, Colours.EIGHT_BIT),
    ({"TERM": "screen", **UTF8}, FULL, Colours.STANDARD),
    ({"TERM": "xterm", **UTF8}, FULL, Colours.STANDARD),
    ({"TERM": "linux", **UTF8}, CONSOLE, Colours.STANDARD),
    ({"TERM": "vt100", **UTF8}, ASCII, Colours.NONE),
    ({"TERM": "vt220", **UTF8}, ASCII, Colours.NONE),
    ({"TERM": "dumb", **UTF8}, ASCII, Colours.NONE),
    ({**UTF8}, ASCII, Colours.NONE),
    ({"TERM": "never-heard-of", **UTF8}, FULL, Colours.STANDARD),
    ({"TERM": "rxvt-unicode-256color", "LC_ALL": "de_DE.utf8"}, FULL, Colours.EIGHT_BIT),
    ({"TERM": "xterm", "LC_ALL": "C", **UTF8}, ASCII, Colours.STANDARD),
    ({"TERM": "xterm", "LC_CTYPE": "UTF-8"}, FULL, Colours.STANDARD),
    ({"TERM": "xterm", "LC_CTYPE": "de_DE.ISO-8859-1", **UTF8}, ASCII, Colours.STANDARD),
    ({"TERM": "xterm", "LANG": "POSIX", "LC_CTYPE": "C.UTF-8"}, FULL, Colours.STANDARD),
    ({"TERM": "xterm", "LANG": "POSIX"}, ASCII, Colours.STANDARD),
    ({"TERM": "xterm-256color"}, FULL, Colours.EIGHT_BIT),
    ({"TERM": "xterm-256color", "SSH_CONNECTION": "::1 5 ::1 22"}, ASCII, Colours.EIGHT_BIT),
    ({"TERM": "xterm-256color", "SSH_CONNECTION": "::1 5 ::1 22", **UTF8}, FULL, Colours.EIGHT_BIT),
    ({"TERM": "tmux-256color"}, ASCII, Colours.EIGHT_BIT),
    ({"TERM": "xterm-256color", "LANG": "C"}, ASCII, Colours.EIGHT_BIT),
    ({"TERM": "xterm-256color", "NO_COLOR": "1", **UTF8}, FULL, Colours.NONE),
    ({"TERM": "xterm-256color", "NO_COLOR": "", **UTF8}, FULL, Colours.EIGHT_BIT),
    ({"WT_SESSION": "1"}, FULL, Colours.TRUE),
]


@pytest.mark.parametrize(("environment", "glyphs", "colours"), CASES)
def test_a_terminal_is_known_by_its_environment(
    environment: dict[str, str], glyphs: Glyphs, colours: Colours
) -> None:
    found = detect(environment)
    assert (found.glyphs, found.colours) == (glyphs, colours)


def test_the_command_line_has_the_last_word() -> None:
    found = detect({"TERM": "xterm-256color", "COLORTERM": "truecolor", **UTF8}, ascii_only=True, no_colour=True)
    assert (found.glyphs, found.colours) == (ASCII, Colours.NONE)


@pytest.mark.parametrize(
    ("environment", "stdin", "stdout", "says"),
    [
        ({"TERM": "xterm"}, True, True, None),
        ({"TERM": "xterm"}, False, True, "the input is not a terminal"),
        ({"TERM": "xterm"}, True, False, "the output is not a terminal"),
        ({"TERM": "dumb"}, True, True, "TERM=dumb"),
        ({}, True, True, "TERM is not set"),
        ({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, False, False, None),
    ],
)
def test_where_no_screen_can_be_shown_half_a_line_says_why(
    environment: dict[str, str], stdin: bool, stdout: bool, says: str | None
) -> None:
    reason = why_no_screen(environment, stdin, stdout)
    if says is None:
        assert reason is None
    else:
        assert reason is not None
        assert says in reason
        assert "\n" not in reason
