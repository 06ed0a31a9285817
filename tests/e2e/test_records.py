"""Whatever happens to the line, the terminal or the disk: nothing is lost, and the quiz goes on, with a warning."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.e2e.screen import Pane
from tests.tools import program
from tui_backprop.records.folder import read_folder

EXERCISE = "exercise-2"
ANSWERS = ("0.602", "0.602", "0.39732", "0.39732", "0.36322")
"""Right for the first steps of the exercise."""


@pytest.fixture
def home(environment: dict[str, str]) -> Path:
    return Path(environment["HOME"])


def records(home: Path) -> Path:
    return home / ".local" / "state" / "tui-backprop" / "records"


def answer(pane: Pane, *steps: int) -> None:
    """Answer these steps right, waiting for each judgement to be painted."""
    for step in steps:
        pane.until(f"step {step} of 14")
        pane.press(f"{ANSWERS[step - 1]}\r")
        pane.until(f"step {step + 1} of 14")


def goes_on_at(step: int, tutor: str, environment: Mapping[str, str]) -> None:
    with Pane([tutor], environment) as again:
        again.until("Continue")
        again.press("\r")
        again.until(f"step {step} of 14")


def in_one_line(screen: str) -> str:
    """The text on the screen without frames and line ends."""
    return " ".join(screen.replace("│", " ").split())


@pytest.mark.parametrize("end", [lambda pane: pane.signal(signal.SIGHUP), Pane.hang_up],
                         ids=["a dropped line", "a closed terminal"])
def test_nothing_is_lost_with_the_line(
    end: Callable[[Pane], None], tutor: str, environment: dict[str, str],
) -> None:
    with Pane([tutor, EXERCISE], environment) as pane:
        answer(pane, 1, 2)
        pane.press("12")
        end(pane)
        assert pane.ended() == 128 + signal.SIGHUP
    goes_on_at(3, tutor, environment)


def test_on_a_full_disk_the_quiz_goes_on_with_a_warning(
    tutor: str, environment: dict[str, str], home: Path,
) -> None:
    with Pane([tutor, EXERCISE], environment, limit=700) as pane:
        answer(pane, 1, 2, 3, 4)
        pane.until(lambda screen: "✓ aₖ = 0.3973 ! Not saved yet: the disk is full." in in_one_line(screen))
        pane.press("0.1\r")
        pane.until(lambda screen: "I read 0.1." in screen and "Not saved yet" in screen)
        pane.press("\x03")
        assert pane.ended() == 0
        assert "you did in this session: the disk is full." in in_one_line(pane.text)
    saved = [event.note.step for event in read_folder(records(home)).events if event.note.kind == "answered"]
    assert saved[:1] == ["z 1:j"]
    goes_on_at(len(saved) + 1, tutor, environment)


def without_privileges(command: list[str]) -> list[str]:
    """The command as somebody to whom a folder's mode matters: root may write anywhere."""
    setpriv = program("setpriv")
    if os.geteuid() != 0:
        return command
    assert setpriv is not None
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--", *command]


def test_in_a_home_that_can_only_be_read_the_quiz_goes_on_with_a_warning(
    tutor: str, environment: dict[str, str], home: Path,
) -> None:
    home.chmod(0o500)
    with Pane(without_privileges([tutor, EXERCISE]), environment) as pane:
        answer(pane, 1, 2)
        pane.until(lambda screen: "✓ aⱼ = 0.602 ! Not saved yet: no permission to write there." in in_one_line(screen))
        home.chmod(0o700)
        answer(pane, 3)
        pane.until(lambda screen: "Not saved yet" not in screen)
        pane.press("\x03")
        assert pane.ended() == 0
        assert "Not saved" not in pane.text
    goes_on_at(4, tutor, environment)


def test_what_cannot_be_read_is_told_and_the_rest_is_there(
    tutor: str, environment: dict[str, str], home: Path,
) -> None:
    with Pane([tutor, EXERCISE], environment) as pane:
        answer(pane, 1, 2)
        pane.press("\x03")
        assert pane.ended() == 0
    folder = records(home)
    (folder / "a.jsonl").write_bytes(os.urandom(5000).replace(b"\n", b"") + b"\n")
    (folder / "b.jsonl").mkdir()
    (folder / "c.jsonl").touch(mode=0)
    (folder / "summary.json").write_bytes(b"\x00" * 100)
    with Pane(without_privileges([tutor]), environment) as pane:
        told = "1 damaged line and 2 files that cannot be read; everything else is there."
        pane.until(lambda screen: told in in_one_line(screen))
        pane.press("\r")
        answer(pane, 3)
        pane.press("\x03")
        assert pane.ended() == 0
    goes_on_at(4, tutor, environment)


def test_two_sessions_answer_at_once_and_nothing_is_lost(
    tutor: str, environment: dict[str, str], home: Path,
) -> None:
    with Pane([tutor, EXERCISE], environment) as one, Pane([tutor, EXERCISE], environment) as other:
        for step in (1, 2):
            answer(one, step)
            answer(other, step)
        answer(one, 3)
        other.press("0.5\r")
        other.until("I read 0.5.")
        for pane in (one, other):
            pane.press("\x03")
            assert pane.ended() == 0
    given = [event.note.data["given"] for event in read_folder(records(home)).events if event.note.kind == "answered"]
    assert given == ["0.602"] * 4 + ["0.39732", "0.5"]
    goes_on_at(4, tutor, environment)


def test_coming_back_to_the_contents_shows_what_the_other_session_did(tutor: str, environment: dict[str, str]) -> None:
    with Pane([tutor, "exercise-1"], environment) as here:
        here.until("step 1 of 8")
        with Pane([tutor, EXERCISE], environment) as there:
            answer(there, 1, 2)
            here.press("\x1b")
            here.until("letters" if "letters" in here.text else "step 1")
            here.press("\x1b")
            here.until("2 steps done")
            here.press("\r")
            assert "Exercise 2" in here.until("step 3 of 14")
