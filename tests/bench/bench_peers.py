"""Other Textual programs in the same harness: `python -m tests.bench.bench_peers FOLDER [--runs 5]`.

Each is started in a new home folder, settles, is sent the arrow down, and is left alone; so are the tutor and the bare
app. FOLDER has an environment for each of them: `python -m venv FOLDER/NAME && FOLDER/NAME/bin/pip install NAME`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from tests.bench.__main__ import BARE, CONTENTS, DOWN, IDLE_SECONDS, TUTOR, Figures, running
from tests.bench.bare import READY

COLUMNS = {"start ms": "settled: ms", "start bytes": "bytes", "key ms": "arrow down: ms", "key bytes": "bytes",
           "idle bytes": "idle: bytes a second", "memory": "memory: MiB"}
PEERS = {"posting": "Collection", "harlequin": "Run Query", "frogmouth": "Navigation", "braindrop": "token"}
"""Programs, and a text of each one's first screen."""


def measured(command: list[str], marker: str) -> Figures:
    """One round of a program. RuntimeError where it does not start."""
    with running(command) as program:
        start = program.first_screen(marker)
        try:
            key = program.press(DOWN)
            key_time, key_bytes = key.last, float(key.count)
        except RuntimeError:  # it has no use for the key
            key_time, key_bytes = 0.0, 0.0
        idle = program.idle_bytes(IDLE_SECONDS) / IDLE_SECONDS
        return {"start ms": start.last, "start bytes": start.count, "key ms": key_time, "key bytes": key_bytes,
                "idle bytes": idle, "memory": program.peak_memory()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_peers",
                                     description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the programs are: FOLDER/NAME/bin/NAME")
    parser.add_argument("--runs", type=int, default=5)
    words = parser.parse_args()
    programs = {"tui-backprop": (TUTOR, CONTENTS), "bare app": (BARE, READY)}
    programs |= {name: ([str(words.folder / name / "bin" / name)], marker) for name, marker in PEERS.items()}
    runs: dict[str, list[Figures]] = {name: [] for name in programs}
    for _ in range(words.runs + 1):  # the first warms the caches
        for name, (command, marker) in programs.items():
            try:
                runs[name].append(measured(command, marker))
            except RuntimeError as error:
                print(f"{name}: {error}", file=sys.stderr)
    print(f"| | {' | '.join(COLUMNS.values())} |\n| --- |{' ---: |' * len(COLUMNS)}")
    for name, figures in runs.items():
        if len(figures) > 1:
            medians = (statistics.median(each[key] for each in figures[1:]) for key in COLUMNS)
            print(f"| {name} | {' | '.join(f'{value:.0f}' for value in medians)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
