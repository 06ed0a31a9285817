"""Every kind of terminal, in every locale and size: it starts, or says why not; answers are recorded; all is put back.

A session starts in one size and goes through all the others, with an answer in each; the next starts in the next size.
All 120 starts, each with an answer: ``python -m tests.e2e.matrix``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.screen import Pane
from tui_backprop.records.folder import read_folder

SCREENS = ("xterm-256color", "xterm", "screen", "tmux-256color", "linux", "vt100")
NO_SCREENS = ("dumb", "")
LOCALES = {"UTF-8": "C.UTF-8", "C": "C", "Latin-1": "de_DE.ISO-8859-1"}
SIZES = ((80, 24), (20, 5), (132, 43), (60, 20), (300, 100))
TOO_SMALL = (20, 5)
ANSWERS = {"z 1:j": "0.602", "a 1:j": "0.602", "z 2:k": "0.39732", "a 2:k": "0.39732", "C": "0.36322"}
"""Right for the first steps of the exercise."""
STEPS = 14

ENDING = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l")
"""The screen of before, its cursor, and pastes as before."""
ALL_RIGHT = {step: (answer, "correct") for step, answer in ANSWERS.items()}


def opened(tutor: str, folder: Path, term: str, locale: str, size: tuple[int, int]) -> Pane:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "TUI_BACKPROP_STATE": str(folder),
                   "LC_ALL": LOCALES[locale], **({"TERM": term} if term else {})}
    return Pane([tutor, "exercise-2"], environment, *size, draws=False)


def sizes_from(term: str, locale: str) -> list[tuple[int, int]]:
    """All of them; which is the first is another one for each terminal and locale."""
    first = [*SCREENS, *NO_SCREENS].index(term) + 2 * list(LOCALES).index(locale)
    return [SIZES[(first + place) % len(SIZES)] for place in range(len(SIZES))]


def told(pane: Pane, text: str) -> None:
    pane.until_sent(text.encode())
    assert text.encode() in pane.tail, f"never sent: {text}\n{pane.tail[-2000:]!r}"


def recorded(folder: Path) -> dict[str, tuple[object, object]]:
    """What was answered at which step, and how it was judged."""
    notes = [event.note for event in read_folder(folder / "records").events if event.note.kind == "answered"]
    return {note.step: (note.data["given"], note.data["verdict"]) for note in notes}


def has_recorded(folder: Path, count: int) -> bool:
    return len(recorded(folder)) == count


def right(count: int) -> dict[str, tuple[object, object]]:
    """What is recorded of the first so many answers."""
    return dict(list(ALL_RIGHT.items())[:count])


def answered_on_a_screen(
    tutor: str, folder: Path, term: str, locale: str, sizes: Sequence[tuple[int, int]]
) -> dict[str, tuple[object, object]]:
    """What is recorded of a session that starts in the first size and answers a step in each of them."""
    with opened(tutor, folder, term, locale, sizes[0]) as pane:
        before = pane.mode
        for answered, (size, answer) in enumerate(zip(sizes, ANSWERS.values(), strict=False), 1):
            pane.resize(*size)
            if size == TOO_SMALL:
                told(pane, "The tutor")  # needs more room, it says
                pane.tail = b""
                pane.resize(60, 20)
            told(pane, "You have")  # as every step of the exercise says
            pane.press(f"{answer}\r")
            pane.until_holds(partial(has_recorded, folder, answered))
        pane.press("\x03")
        assert pane.ended() == 0
        assert pane.mode == before
        assert [code for code in ENDING if code not in pane.tail[-200:]] == []
        assert locale == "UTF-8" or pane.tail.isascii()
    return recorded(folder)


def answered_in_lines(
    tutor: str, folder: Path, term: str, locale: str, sizes: Sequence[tuple[int, int]]
) -> dict[str, tuple[object, object]]:
    """The same where no screen can be."""
    with opened(tutor, folder, term, locale, sizes[0]) as pane:
        before = pane.mode
        told(pane, "here it is in plain lines")
        for step, (size, answer) in enumerate(zip(sizes, ANSWERS.values(), strict=False), 1):
            pane.resize(*size)
            told(pane, f"Step {step} of {STEPS}")
            pane.press(f"{answer}\r")
        told(pane, f"Step {len(sizes) + 1} of {STEPS}")
        pane.press("\x04")
        assert pane.ended() == 0
        assert pane.mode == before
        assert b"\x1b" not in pane.tail
        assert locale == "UTF-8" or pane.tail.isascii()
    return recorded(folder)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("term", SCREENS)
def test_a_step_is_answered_on_every_screen(term: str, locale: str, tutor: str, tmp_path: Path) -> None:
    sizes = sizes_from(term, locale)
    assert answered_on_a_screen(tutor, tmp_path, term, locale, sizes) == right(len(sizes))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("term", NO_SCREENS)
def test_where_no_screen_can_be_it_says_so_and_goes_on_in_lines(
    term: str, locale: str, tutor: str, tmp_path: Path) -> None:
    sizes = sizes_from(term, locale)
    assert answered_in_lines(tutor, tmp_path, term, locale, sizes) == right(len(sizes))
