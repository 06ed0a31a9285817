"""Quizzes killed at random moments, and quizzes that write at once: is every painted judgement there afterwards?

``python -m tests.records.soak --kills 300 --seconds 60`` is the long form of what the tests do with a few.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tui_backprop.records.folder import read_folder

ENDLESS = 1_000_000


@dataclass
class Tally:
    """What was painted so far, by session; and what was found wrong, one sentence each."""

    painted: dict[str, int] = field(default_factory=dict)
    torn: int = 0
    unpainted: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, output: bytes) -> None:
        """Take in what a quiz said: the last whole line of each session counts."""
        for line in output.split(b"\n")[:-1]:
            session, sequence = line.decode().split()
            self.painted[session] = int(sequence)

    def check(self, folder: Path, most_unpainted: int) -> None:
        """Compare with the records: all that was painted, and of each session so many more at most."""
        reading = read_folder(folder)
        found: dict[str, list[int]] = {}
        for event in reading.events:
            found.setdefault(event.session, []).append(event.sequence)
        self.torn, self.unpainted = 0, 0
        for session, last in self.painted.items():
            sequences = found.get(session, [])
            more = len(sequences) - last
            if sequences != list(range(1, len(sequences) + 1)) or not 0 <= more <= most_unpainted:
                self.faults.append(f"{session}: painted 1 to {last}, found {sequences}")
            self.unpainted += more
        self.torn = sum(not path.read_bytes().endswith(b"\n") for path in folder.glob("*.jsonl"))
        if reading.damaged or reading.unreadable:
            self.faults.append(f"{reading.remark}")


def start(folder: Path, answers: int = ENDLESS, at_once: int = ENDLESS) -> subprocess.Popen[bytes]:
    """A quiz in a process of its own."""
    command = [sys.executable, "-m", "tests.records.scripted_quiz", str(folder), str(answers), str(at_once)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def read_until(quiz: subprocess.Popen[bytes], end: float) -> bytes:
    """What the quiz said until it was killed, at this time of the monotonic clock."""
    try:
        return quiz.communicate(timeout=end - time.monotonic())[0]
    except subprocess.TimeoutExpired:
        quiz.kill()
        return quiz.communicate()[0]


def killed_after(quiz: subprocess.Popen[bytes], seconds: float) -> bytes:
    """What the quiz said until it was killed, so long after its first word."""
    assert quiz.stdout is not None
    first = os.read(quiz.stdout.fileno(), 4096)
    return first + read_until(quiz, time.monotonic() + seconds)


def killed(folder: Path, times: int, seed: int) -> Tally:
    """So many quizzes, each killed within 30 ms of its first judgement; half of them write byte by byte."""
    chance = random.Random(seed)
    tally = Tally()
    for _ in range(times):
        quiz = start(folder, at_once=chance.choice([ENDLESS, 1]))
        tally.note(killed_after(quiz, chance.uniform(0, 0.03)))
        tally.check(folder, most_unpainted=1)
    return tally


def together(folder: Path, writers: int, answers: int) -> Tally:
    """So many quizzes that write at once, each to its end."""
    tally = Tally()
    quizzes = [start(folder, answers, at_once) for at_once in ([ENDLESS, 37] * writers)[:writers]]
    for quiz in quizzes:
        tally.note(quiz.communicate()[0])
    tally.check(folder, most_unpainted=0)
    return tally


def together_for(folder: Path, writers: int, seconds: float) -> Tally:
    """So many quizzes that write at once until they are killed."""
    tally = Tally()
    quizzes = [start(folder, at_once=at_once) for at_once in ([ENDLESS, 37] * writers)[:writers]]
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(writers) as pool:
        for output in pool.map(lambda quiz: read_until(quiz, end), quizzes):
            tally.note(output)
    tally.check(folder, most_unpainted=1)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Do both, say what came of it; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        tallies = {
            f"{options.kills} kills": killed(Path(name, "kills"), options.kills, options.seed),
            f"{options.writers} writers": together_for(Path(name, "writers"), options.writers, options.seconds),
        }
    for title, tally in tallies.items():
        painted = sum(tally.painted.values()) - len(tally.painted)
        print(
            f"{title}: {painted} judgements painted in {len(tally.painted)} sessions, {len(tally.faults)} faults; "
            f"{tally.unpainted} events more on the disk, {tally.torn} lines torn"
        )
        print(*tally.faults, sep="\n", end="")
    return int(any(tally.faults for tally in tallies.values()))


if __name__ == "__main__":
    raise SystemExit(main())
