"""What a lesson costs: opening it, against a bare Textual app with a page of text; and the bytes of a next page.

    python -m tests.bench.bench_lesson [--runs 5] [--check]

The last row is the most that a lesson may hold: twenty trainings of 500 updates. Those in view are worked out.
Milliseconds are the processor's, until the first page has settled, medians of the runs, both programs in turn in one
run. With --check the exit status is 1 where a figure is above its bound.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.__main__ import TUTOR, running
from tests.bench.bare_page import LAST_WORDS

LESSONS = ("01-slopes", "06-the-loss-landscape", "11-several-paths")
OPENED = "LESSON"
"""On the screen when a lesson is there."""
PAGES = 3
MOST_RATIO, MOST_BYTES = 1.3, 4_096
TRAININGS, MOST_RATIO_OF_TRAININGS = "20 trainings", 2.5
TRAINING = """
```plot
exercise = "exercise-2"
training = 500
```
"""
LAST_CHECK = """
```check
kind = "number"
prompt = "What is 1 + 1?"
answer = "2"
hints = ["One more than 1."]
```
"""
BARE = [sys.executable, "-m", "tests.bench.bare_page"]
PAGE_DOWN, PAGE_UP = b"\x1b[6~", b"\x1b[5~"
SHOWN = b"!\r"
"""Shows an answer, and reads on: so there are pages behind."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_lesson")
    parser.add_argument("--runs", type=int, default=5, help="how often each is opened; medians are shown")
    parser.add_argument("--check", action="store_true", help="fail where a figure is above its bound")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trainings = Path(folder) / "trainings.md"
        trainings.write_text(f'+++\ntitle = "Trainings"\norder = 1\n+++\n{TRAINING * 20}{LAST_CHECK}', "utf-8")
        above = measure({**{name: name for name in LESSONS}, TRAININGS: str(trainings)}, words.runs)
    for name in above:
        print(f"{name}: above its ratio or {MOST_BYTES} bytes", file=sys.stderr)
    return 1 if above and words.check else 0


def measure(lessons: Mapping[str, str], runs: int) -> list[str]:
    """Print a row for each lesson, by what it is called here; gives those that are above a bound."""
    bare: list[float] = []
    opened: dict[str, list[float]] = {name: [] for name in lessons}
    pages: dict[str, int] = {}
    for _ in range(runs + 1):
        with running(BARE) as program:
            program.first_screen(LAST_WORDS)
            bare.append(program.processor_time())
        for name, lesson in lessons.items():
            with running([*TUTOR, "learn", lesson]) as program:
                program.first_screen(OPENED)
                opened[name].append(program.processor_time())
                program.press(SHOWN * 2 * PAGES)
                pages[name] = max(program.press(key).count for key in (PAGE_UP, PAGE_DOWN) * PAGES)
    print("| lesson | ms | bare | ratio | bytes a page |\n| --- | ---: | ---: | ---: | ---: |")
    least = statistics.median(bare[1:])  # the first warms the caches
    above = []
    for name, times in opened.items():
        time = statistics.median(times[1:])
        print(f"| {name} | {time:.0f} | {least:.0f} | {time / least:.2f} | {pages[name]} |")
        most = MOST_RATIO_OF_TRAININGS if name == TRAININGS else MOST_RATIO
        if time / least > most or pages[name] > MOST_BYTES:
            above.append(name)
    return above


if __name__ == "__main__":
    sys.exit(main())
