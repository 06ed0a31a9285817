"""The tutor in a real terminal, on this machine and over ssh."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Callable

import pytest

from tests.e2e.conftest import Open
from tests.e2e.sshd import Sshd
from tests.e2e.tmux import Terminal

CONTENTS = ("Slopes, from nothing", "q leave")
Start = Callable[..., Terminal]


def contents_shown(screen: str) -> bool:
    return all(text in screen for text in CONTENTS)


@pytest.fixture(params=["here", "over ssh"])
def start(
    request: pytest.FixtureRequest, open_terminal: Open, tutor: str, environment: dict[str, str],
) -> Start:
    """Start `tui-backprop` with these words in a terminal."""
    if request.param == "here":
        return lambda *words, **size: open_terminal([tutor, *words], **size)
    server: Sshd = request.getfixturevalue("sshd")
    variables = [f"{name}={value}" for name, value in environment.items() if name in ("HOME", "LANG")]
    return lambda *words, **size: open_terminal(
        server.command(shlex.join(["env", *variables, tutor, *words])), **size)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (120, 40)])
def test_it_opens_with_the_contents_and_ends_with_q(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns=columns, rows=rows)
    terminal.until(contents_shown)
    terminal.press("q")
    assert terminal.ended() == 0


def test_in_ascii_nothing_else_is_on_the_screen(start: Start) -> None:
    terminal = start("--ascii")
    assert terminal.until(contents_shown).isascii()
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_new_size_is_drawn_at_once(start: Start) -> None:
    terminal = start()
    terminal.until(contents_shown)
    terminal.resize(100, 30)
    assert terminal.until(lambda screen: contents_shown(screen) and len(screen.splitlines()) == 30
                          and max(map(len, screen.splitlines())) == 100)


def test_a_request_to_end_puts_the_terminal_back(open_terminal: Open, tutor: str) -> None:
    terminal = open_terminal([tutor])
    terminal.until(contents_shown)
    terminal.send_signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    terminal.until(lambda screen: "Slopes" not in screen)  # tmux may show its end later than it is known


def test_exercise_2_goes_on_after_a_dropped_line(
    open_terminal: Open, sshd: Sshd, tutor: str, environment: dict[str, str],
) -> None:
    remote = shlex.join(["env", f"HOME={environment['HOME']}", f"LANG={environment['LANG']}", tutor])
    terminal = open_terminal(sshd.command(f"{remote} exercise-2"))
    terminal.until("step 1 of")
    terminal.type("0.602")
    terminal.press("Enter")
    terminal.until(lambda screen: "✓" in screen or "step 2 of" in screen)
    sshd.drop()
    assert terminal.ended() == 255
    again = open_terminal(sshd.command(remote))
    again.until("Continue")
    again.press("Enter")
    again.until("step 2 of")
