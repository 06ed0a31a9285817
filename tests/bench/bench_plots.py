"""What pictures of the cost cost, as ratios to the same work done barely in the same run.

    python -m tests.bench.bench_plots [--runs 5] [--check]

10,000 updates of Exercise 3 against a loop in bare NumPy; the 60 x 30 costs of a map of Mazur's network, with the map
drawn, against as many forward passes of a bare NumPy loop.
Each figure is the best of the runs. With --check the exit status is 1 where a ratio is above its bound.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import tui_backprop as tb
from tests.bench.bench_scale import Row
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.landscape import cost_map
from tui_backprop.derivation.training import train
from tui_backprop.drawing.plots.map import MapPicture, Relief, draw_map, map_grid
from tui_backprop.typeset.glyphs import Glyphs

UPDATES = 10_000
COLUMNS, ROWS = 60, 30
PAIR = ("w 1:i1->h1", "w 2:h1->o1")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_plots")
    parser.add_argument("--runs", type=int, default=5, help="how often each is timed; the best is shown")
    parser.add_argument("--check", action="store_true", help="fail where a ratio is above its bound")
    words = parser.parse_args()
    rows = measured(words.runs)
    print("| | tutor | baseline | ratio | bound |\n| --- | ---: | ---: | ---: | ---: |")
    print(*rows, sep="\n")
    above = [row for row in rows if not row.ratio <= row.bound]
    for row in above:
        print(f"{row.title}: {row.ratio:.3g} is above its bound, {row.bound:g}", file=sys.stderr)
    return 1 if above and words.check else 0


def measured(runs: int) -> list[Row]:
    def best(work: Callable[[], object]) -> float:
        times = []
        for _ in range(runs):
            begun = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - begun))
        return min(times)

    return [
        Row("10,000 updates of Exercise 3", best(training), "a bare NumPy loop", best(bare_training), 20),
        Row(f"a map of {COLUMNS} x {ROWS} of Mazur's network, drawn", best(mazur_map),
            "its forward passes one by one in NumPy", best(bare_map), 10),
    ]


def training() -> object:
    return list(train(tb.load("exercise-3").task, 0.1, UPDATES))


def bare_training() -> object:
    w1, w2 = np.array([[0.48], [0.48]]), np.array([[0.66]])
    x, y, costs = np.array([[0.7, 0.4]]), np.array([[1.0]]), []
    for _ in range(UPDATES):
        z1 = x @ w1
        a1 = np.maximum(z1, 0)
        z2 = a1 @ w2
        a2 = np.maximum(z2, 0)
        costs.append(float(((a2 - y) ** 2).sum()))
        d2 = 2 * (a2 - y) * (z2 > 0)
        d1 = (d2 @ w2.T) * (z1 > 0)
        w2, w1 = w2 - 0.1 * (a1.T @ d2), w1 - 0.1 * (x.T @ d1)
    return costs


def mazur_map() -> object:
    derivation = Derivation(tb.load("mazur").task)
    xs, ys = map_grid((-2, 3), (-2, 3), COLUMNS + 6, ROWS // 2 + 3)
    relief = Relief(xs, ys, tuple(map(tuple, cost_map(derivation, PAIR, xs, ys))))
    return draw_map(MapPicture(relief), COLUMNS + 6, ROWS // 2 + 3, Glyphs.FULL, shaded=True).runs()


def bare_map() -> object:
    def sigmoid(z: Any) -> Any:
        return 1 / (1 + np.exp(-z))

    w1, w2 = np.array([[0.15, 0.25], [0.2, 0.3]]), np.array([[0.4, 0.5], [0.45, 0.55]])
    x, y, costs = np.array([0.05, 0.1]), np.array([0.01, 0.99]), []
    for v in np.linspace(-2, 3, ROWS):
        for u in np.linspace(-2, 3, COLUMNS):
            w1[0, 0], w2[0, 0] = u, v
            a = sigmoid(sigmoid(x @ w1 + 0.35) @ w2 + 0.6)
            costs.append(float(0.5 * ((a - y) ** 2).sum()))
    return costs


if __name__ == "__main__":
    sys.exit(main())
