"""What a short call costs before it does its work, against `python -c pass` in the same run.

    python -m tests.bench.bench_start [--runs 20] [--check]

For each call stand the milliseconds of the processor for what it imports, and for all of it up to its end, both beyond
an interpreter that does nothing; what is imported is imported alone, in the order in which the call did, and without
looking for garbage, as in the call. The three take turns, so that other programs on the machine slow down all of them,
and the quickest of each counts; a median of the differences stands beside it. With --check the exit status is 1 where
imports are above the bound.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CALLS = ("--version", "list", "solve exercise-2", "quiz exercise-2 --plain")
RUN = "import sys; sys.argv[1:] = {!r}; from tui_backprop.__main__ import run; run()"
"""What the console command does."""
MOST_IMPORTS = 60.0
"""Milliseconds beyond `python -c pass`."""
ROOT = Path(__file__).resolve().parent.parent.parent
NOTHING = [sys.executable, "-c", "pass"]
LOADED = """
import sys
known = set(sys.modules)
from tui_backprop.cli.main import main
main({!r})
print(*(name for name in sys.modules if name not in known), file=sys.stderr)
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_start")
    parser.add_argument("--runs", type=int, default=20, help="how often each is timed; the quickest counts")
    parser.add_argument("--check", action="store_true", help="fail where imports are above the bound")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as records:
        os.environ["XDG_STATE_HOME"] = records  # a learner's own would be read
        above = _print_table(words.runs)
    for call in above:
        print(f"{call}: imports are above {MOST_IMPORTS:g} ms", file=sys.stderr)
    return 1 if above and words.check else 0


def _print_table(runs: int) -> list[str]:
    """Print the figures of all calls; gives those whose imports are above the bound."""
    print("| call | `python -c pass` | imports: least, median | whole: least, median |\n| --- | ---: | ---: | ---: |")
    return [call for call in CALLS if _measure(call.split(), runs) > MOST_IMPORTS]


def _measure(call: Sequence[str], runs: int) -> float:
    """Print the figures of a call; gives the least of its imports."""
    imports = [sys.executable, "-c", f"import gc; gc.disable(); import {', '.join(_loaded_by(call))}; gc.freeze()"]
    whole = [sys.executable, "-c", RUN.format(list(call))]
    taken = [tuple(map(_processor_time, (NOTHING, imports, whole))) for _ in range(runs + 1)][1:]  # the first warms up
    least = [min(column) for column in zip(*taken, strict=True)]
    usual = [statistics.median(times[each] - times[0] for times in taken) for each in (1, 2)]
    print(f"| `{' '.join(call)}` | {least[0]:.0f} ms | {least[1] - least[0]:.0f}, {usual[0]:.0f} ms | "
          f"{least[2] - least[0]:.0f}, {usual[1]:.0f} ms |")
    return float(least[1] - least[0])


def _loaded_by(call: Sequence[str]) -> list[str]:
    """The modules that a call imports, in their order."""
    done = subprocess.run([sys.executable, "-c", LOADED.format(list(call))], capture_output=True, text=True,
                          check=True, cwd=ROOT, stdin=subprocess.DEVNULL)
    return done.stderr.splitlines()[-1].split()


def _processor_time(command: Sequence[str]) -> float:
    """Milliseconds of the processor that a program takes."""
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000


if __name__ == "__main__":
    sys.exit(main())
