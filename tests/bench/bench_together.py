"""A class on one machine: `python -m tests.bench.bench_together [--learners 20] [--keys 30]`.

So many learners sit at the quiz on Exercise 2, each at a terminal of their own, and press about a key a second, at
moments of their own. How long a key takes then is set against the same with one learner alone, before and after.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier

from tests.bench.__main__ import FIRST_STEP, TUTOR, running

PAUSE = (0.2, 1.0)
"""Seconds between keys, beside those it takes to see that nothing more comes."""
RUB_OUT = b"\x7f"


@dataclass(frozen=True, slots=True)
class Learner:
    """Milliseconds from each key to the last byte of what it did, and the most memory held, in MiB."""

    keys: tuple[float, ...]
    memory: float


def learner(seed: int, keys: int, together: Barrier) -> Learner:
    """Sits down, waits for the others, and types a digit and rubs it out by turns."""
    chance = random.Random(seed)
    with running([*TUTOR, "exercise-2"]) as program:
        program.first_screen(FIRST_STEP)
        together.wait()
        times = []
        for number in range(keys):
            time.sleep(chance.uniform(*PAUSE))
            times.append(program.press(RUB_OUT if number % 2 else b"7").last)
        return Learner(tuple(times), program.peak_memory())


def sitting(count: int, keys: int) -> Sequence[Learner]:
    """So many learners at once."""
    together = Barrier(count)
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(partial(learner, keys=keys, together=together), range(count)))


def row(title: str, learners: Sequence[Learner]) -> str:
    times = [each for one in learners for each in one.keys]
    slow = statistics.quantiles(times, n=20)[-1]
    memory = statistics.median(one.memory for one in learners)
    return f"| {title} | {statistics.median(times):.0f} | {slow:.0f} | {memory:.0f} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_together",
                                     description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--keys", type=int, default=30, help="how many each of them presses")
    words = parser.parse_args()
    before, many, after = (sitting(count, words.keys) for count in (1, words.learners, 1))
    alone = [*before, *after]
    print("| | a key: ms | one of twenty keys takes longer than: ms | memory each: MiB |\n| --- | ---: | ---: | ---: |")
    print(row("one alone", alone))
    print(row(f"{words.learners} at once", many))
    medians = [statistics.median(each for one in learners for each in one.keys) for learners in (many, alone)]
    print(f"ratio of the medians: {medians[0] / medians[1]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
