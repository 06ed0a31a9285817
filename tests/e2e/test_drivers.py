"""The terminal and the ssh server that the other tests here rely on do what they say."""

from __future__ import annotations

import signal

import pytest

from tests.e2e.conftest import Open
from tests.e2e.sshd import Sshd


def test_a_terminal_shows_what_a_program_writes_and_tells_how_it_ended(open_terminal: Open) -> None:
    terminal = open_terminal(["sh", "-c", 'echo "size $(stty size)"; read -r word; echo "got $word"; exit 3'])
    terminal.until("size 24 80")
    terminal.type("a_j = 0.602")
    terminal.press("Enter")
    terminal.until("got a_j = 0.602")
    assert terminal.ended() == 3


def test_a_terminal_can_be_resized_and_its_program_sent_a_signal(open_terminal: Open) -> None:
    terminal = open_terminal(["sh", "-c", 'trap "stty size" WINCH; echo ready; while :; do read -r _; done'], 100, 30)
    terminal.until("ready")
    terminal.resize(60, 20)
    terminal.until("20 60")
    terminal.send_signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM


def test_what_does_not_come_is_a_failure_that_shows_the_screen(open_terminal: Open) -> None:
    terminal = open_terminal(["sh", "-c", "echo something; cat"])
    terminal.until("something")
    with pytest.raises(AssertionError, match="something"):
        terminal.until("another thing", deadline=0.1)


def test_ssh_runs_a_command_in_a_terminal_until_the_line_drops(open_terminal: Open, sshd: Sshd) -> None:
    terminal = open_terminal(sshd.command('echo "from ${SSH_CONNECTION%% *} on $(tty)"; cat'))
    terminal.until("from 127.0.0.1 on /dev/")
    sshd.drop()
    assert terminal.ended() == 255
    again = open_terminal(sshd.command("echo back"))  # the server itself goes on
    again.until("back")
    assert again.ended() == 0
