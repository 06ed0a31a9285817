"""A class account over ssh: the tutor and nothing else, and its files in one folder. A real sshd, on loopback."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.screen import Pane
from tests.e2e.sshd import Sshd
from tui_backprop.records.folder import read_folder

OUTSIDE = "where your files belong"
DOTFILE = "begin with a point"
SECOND = "a second name"
CLEAR = "\x15"
LEFT_OUT = "!" * 11
EXAM = "\x1b[15~\x1b[F\r"


class Account:
    """Somebody's home, with a folder for their work in it and a server that lets them into the tutor alone."""

    def __init__(self, folder: Path, tutor: str) -> None:
        self.home = folder / "home"
        self.work = self.home / "work"
        self.work.mkdir(parents=True)
        (self.home / "login").write_text("echo mine\n", "ascii")
        (self.home / "secret.toml").write_text("format = 1\n", "ascii")
        (self.work / "soft.toml").symlink_to(self.home / "secret.toml")
        (self.work / "away").symlink_to(self.home)
        os.link(self.home / "secret.toml", self.work / "hard.toml")
        words = ["env", f"HOME={self.home}", tutor, "--confined", str(self.work)]
        self.server = Sshd(folder, f"ForceCommand {shlex.join(words)}")

    def come(self, asked_for: str = "") -> Pane:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "TERM": "xterm-256color", "HOME": str(self.home)}
        return Pane(self.server.command(asked_for), environment)

    @property
    def records(self) -> Path:
        return self.home / ".local" / "state" / "tui-backprop" / "records"


@pytest.fixture
def account(tmp_path: Path, tutor: str) -> Iterator[Account]:
    made = Account(tmp_path, tutor)
    yield made
    made.server.close()


def says(text: str) -> Callable[[str], bool]:
    """Is this on the screen, over however many lines?"""
    return lambda screen: text in " ".join(screen.replace("|", " ").split())


def refused(pane: Pane, *cases: tuple[str, str], opens: str = "") -> None:
    """Names, and what is said of each: in a line of its own, with the name. ``opens``: the key to a prompt anew."""
    for name, reason in cases:
        pane.press(opens)
        if opens:
            pane.until("which")
        pane.press(f"{CLEAR}{name}\r")
        pane.until(partial(names_it, name.rpartition("/")[2], reason))


def names_it(name: str, reason: str, screen: str) -> bool:
    return name in screen and says(reason)(screen)


OUT = (("../out1", OUTSIDE), ("/tmp/out2", OUTSIDE), ("~/out3", OUTSIDE), ("away/out4", OUTSIDE), (".profile", DOTFILE))


def test_no_shell_and_no_file_outside_the_folder(account: Account) -> None:
    before = {path.name: path.read_bytes() for path in account.home.iterdir() if path.is_file()}
    with account.come("sh -i") as pane:  # asks for a shell, and gets the tutor
        pane.until("Slopes")
        assert pane.tail.isascii()  # no locale was sent
        pane.press("/build a network\r\r")
        pane.until("Build a network")
        pane.press("\x1b")
        pane.until("g random")
        pane.press("gs")
        pane.until("Save as an exercise file")
        refused(pane, *OUT, ("soft", OUTSIDE), ("hard", SECOND))
        pane.press(f"{CLEAR}mine\r")
        pane.until_holds((account.work / "mine.toml").exists)
        pane.press("o")
        pane.until("Open an exercise file")
        refused(pane, ("../secret.toml", OUTSIDE), ("/etc/passwd", OUTSIDE), ("soft.toml", OUTSIDE),
                ("away/secret.toml", OUTSIDE), ("hard.toml", SECOND))
        pane.press("\x1b")
        pane.until("g random")
        pane.press("\x03")
        assert pane.ended() == 0
    assert {path.name: path.read_bytes() for path in account.home.iterdir() if path.is_file()} == before


def test_answer_sheets_and_records_stay_inside(account: Account) -> None:
    (account.work / "notes.json").write_text("mine\n", "ascii")
    with account.come() as pane:
        pane.until("Slopes")
        pane.press("/two gates\r\r")
        pane.until("step 1 of 11")
        pane.press(EXAM)
        pane.until("EXAM")
        pane.press(LEFT_OUT)
        pane.until("Press y to hand the exam in")
        pane.press("y")
        pane.until("whose name")
        pane.press("-\r")
        pane.until(says("In which file"))
        refused(pane, *OUT)
        pane.press(f"{CLEAR}notes.json\r")
        pane.until("Write over it?")
        pane.press("y")
        pane.until(says("of another kind"))
        pane.press(f"{CLEAR}sheet.json\r")
        pane.until_holds((account.work / "sheet.json").exists)
        pane.press("\x1b")  # one leads out: a second would make Alt-r of the r behind it
        pane.until("r records")
        pane.press("r")
        pane.until("e export")
        pane.press("e")
        pane.until("to which new file")
        pane.press("\r")  # what is offered lies inside
        pane.until_holds((account.work / "tui-backprop-records.jsonl").exists)
        refused(pane, *OUT, opens="e")
        refused(pane, ("/etc/passwd", OUTSIDE), ("soft.toml", OUTSIDE), ("hard.toml", SECOND), opens="i")
        pane.press("\x03")
        assert pane.ended() == 0
    assert (account.work / "notes.json").read_text("ascii") == "mine\n"
    assert list(account.home.glob("out*")) == []


def test_a_line_drops_and_continue_is_at_the_step(account: Account) -> None:
    with account.come() as pane:
        pane.until("Slopes")
        pane.press("/exercise 2\r\r")
        pane.until("step 1 of 14")
        pane.press("0.602\r")
        pane.until("step 2 of 14")
        account.server.drop()
        assert pane.ended() == 255
    with account.come() as pane:
        pane.until("Continue")
        pane.press("\r")
        pane.until("step 2 of 14")
        pane.press("\x03")
        assert pane.ended() == 0
    answered = [event for event in read_folder(account.records).events if event.note.kind == "answered"]
    assert [event.note.data["given"] for event in answered] == ["0.602"]
