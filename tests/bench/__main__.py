"""What the tutor costs, against a bare Textual app in the same run: `python -m tests.bench [--runs 7] [--check]`.

Prints a table for the README. Machines differ, and so does one machine from hour to hour: the ratios are what counts.
With --check the exit status is 1 where a ratio is above its bound.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.bare import READY
from tests.bench.pseudo_terminal import Program

TUTOR = [sys.executable, "-m", "tui_backprop"]
BARE = [sys.executable, "-m", "tests.bench.bare"]
IDLE_SECONDS = 3.0
DOWN, ENTER = b"\x1b[B", b"\r"
CONTENTS, FIRST_STEP = "Slopes", "step 1 of"
"""What is on the screen when the contents, and the quiz on exercise 2, are there."""
FIRST_ANSWER = b"0.602"

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table. ``bound`` is the largest ratio to the bare app that --check lets pass."""

    key: str
    title: str
    bound: float


MEASURES = (
    Measure("start ms", "first screen, the contents, settled: ms", 2.0),
    Measure("start bytes", "the same: bytes", 8.0),
    Measure("quiz ms", "straight into the quiz on Exercise 2, settled: ms", 2.5),
    Measure("key ms", "a key in the prompt: ms", 4.0),
    Measure("key bytes", "the same: bytes", 6.0),
    Measure("move ms", "the cursor one line down in the contents: ms", 4.0),
    Measure("move bytes", "the same: bytes", 8.0),
    Measure("answer ms", "an answer judged and shown: ms", 8.0),
    Measure("answer bytes", "the same: bytes", 40.0),
    Measure("idle bytes", "idle: bytes a second", 1.0),
    Measure("memory", "peak memory: MiB", 1.8),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="how often each program is started; medians are shown")
    parser.add_argument("--check", action="store_true", help="fail where a ratio is above its bound")
    words = parser.parse_args()
    try:
        runs = [(tutor(), bare()) for _ in range(words.runs + 1)][1:]  # the first warms the caches
    except RuntimeError as error:
        print(f"tests.bench: {error}", file=sys.stderr)
        return 2
    print("| | tutor | bare app | ratio |\n| --- | ---: | ---: | ---: |")
    ratios = {}
    for measure in MEASURES:
        ours, theirs = (statistics.median(run[which][measure.key] for run in runs) for which in (0, 1))
        ratios[measure] = ratio_of(ours, theirs)
        print(f"| {measure.title} | {ours:.0f} | {theirs:.0f} | {ratios[measure]:.2f} |")
    above = [measure for measure, ratio in ratios.items() if ratio > measure.bound]
    for measure in above:
        print(f"{measure.title}: {ratios[measure]:.2f} is above its bound, {measure.bound:.2f}", file=sys.stderr)
    return 1 if above and words.check else 0


def ratio_of(ours: float, theirs: float) -> float:
    """Nothing against nothing is the same; something against nothing is beyond every bound."""
    if theirs == 0:
        return 1.0 if ours == 0 else float("inf")
    return ours / theirs


def tutor() -> Figures:
    """One round of the tutor: the contents, then the quiz, each in a new home folder."""
    with running([*TUTOR]) as program:
        start = program.first_screen(CONTENTS)
        moved = program.press(DOWN)
        idle = program.idle_bytes(IDLE_SECONDS) / IDLE_SECONDS
    with running([*TUTOR, "exercise-2"]) as program:
        quiz = program.first_screen(FIRST_STEP)
        key = program.press(FIRST_ANSWER[:1])
        program.press(FIRST_ANSWER[1:])
        answer = program.press(ENTER)
        memory = program.peak_memory()
        idle = max(idle, program.idle_bytes(IDLE_SECONDS) / IDLE_SECONDS)
    return {
        "start ms": start.last, "start bytes": start.count, "quiz ms": quiz.last, "move ms": moved.last,
        "move bytes": moved.count, "key ms": key.last, "key bytes": key.count, "answer ms": answer.last,
        "answer bytes": answer.count, "idle bytes": idle, "memory": memory,
    }


def bare() -> Figures:
    """One round of the bare app, whose one screen stands against both of the tutor's."""
    with running(BARE) as program:
        start = program.first_screen(READY)
        key = program.press(FIRST_ANSWER[:1])
        program.press(FIRST_ANSWER[1:])
        answer = program.press(ENTER)
        memory = program.peak_memory()
        idle = program.idle_bytes(IDLE_SECONDS) / IDLE_SECONDS
    return {
        "start ms": start.last, "start bytes": start.count, "quiz ms": start.last, "move ms": key.last,
        "move bytes": key.count, "key ms": key.last, "key bytes": key.count, "answer ms": answer.last,
        "answer bytes": answer.count, "idle bytes": idle, "memory": memory,
    }


@contextmanager
def running(command: list[str]) -> Iterator[Program]:
    """A program in a new user's home folder."""
    with tempfile.TemporaryDirectory() as home:
        environment: Mapping[str, str] = {
            "HOME": home, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
        program = Program(command, environment)
        try:
            yield program
        finally:
            program.close()


if __name__ == "__main__":
    sys.exit(main())
