"""How far a long piece of work is, on stderr where that is a terminal."""

from __future__ import annotations

import io
from itertools import islice

from tui_backprop import load
from tui_backprop.cli.telling import Telling, ToldSteps
from tui_backprop.derivation import Solution


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_is_written_over_the_one_before_and_wiped_away() -> None:
    stream = Terminal()
    told = Telling(stream, first=0)
    told.tell("Reading the file …")
    told.wipe()
    first, *rest, last = stream.getvalue().split("\r")[1:]
    assert first.rstrip() == "Reading the file …"
    assert last == ""
    assert all(line.strip() in ("", "Reading the file …") for line in rest)
    assert not rest[-1].strip()


def test_nothing_is_written_where_it_is_no_terminal_or_where_it_takes_no_time() -> None:
    file, terminal = io.StringIO(), Terminal()
    for told in (Telling(file, first=0), Telling(terminal, first=1000)):
        told.tell("Reading the file …")
        told.wipe()
    assert file.getvalue() == terminal.getvalue() == ""


def test_of_the_steps_it_is_told_which_is_at_hand() -> None:
    exercise = load("exercise-2")
    steps = Solution(exercise.title, exercise.derive()).steps
    lines: list[str] = []

    class Listening(Telling):
        def tell(self, line: str) -> None:
            lines.append(line)

    told = ToldSteps(steps, Listening(io.StringIO()))
    assert [step.id for step in islice(told, 3)] == [step.id for step in islice(steps, 3)]
    assert lines == [f"step {number} of {len(steps)}" for number in (1, 2, 3)]
