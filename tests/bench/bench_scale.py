"""What a large network costs, as ratios to the same work done barely in the same run.

    python -m tests.bench.bench_scale [--runs 7] [--check]

A 784-128-10 network with four samples (ReLU, softmax, cross-entropy) is written to a file, loaded, solved, and some of
its million steps are looked at. Against it stand: `tomllib` parsing the same file; forward, backward and update in
NumPy, the numbers being arrays already; and the same in Python's own loops. Each figure is the best of the runs.
With --check the exit status is 1 where a ratio is above its bound. Such a one is measured anew first, up to twice: the
baseline and ours are taken seconds apart, and a shared machine may have slowed down between them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

import tui_backprop as tb
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, Step
from tui_backprop.derivation.ids import parse_id
from tui_backprop.export.text import solution_text
from tui_backprop.network.model import Network
from tui_backprop.typeset.glyphs import Glyphs

SIZES, HALF_SIZES, SAMPLES, RATE = (784, 128, 10), (392, 64, 10), 4, 0.1
WIDE = (19_900, 2)
"""The widest layer that a file may hold, or nearly."""
MOST_MEGABYTES = 200.0
LONG_SUM = 6
"""Terms of a sum that a screen shows before it shortens it."""
EACH = 6
"""Steps of each kind that are looked at, each for the first time; the quickest counts, as of every measure here."""
LOOKED_AT = 400
PRINTED, PRODUCTS = 2_000, 100_000
"""So many steps in a row are printed as ``solve`` prints them; and so many products are added up against that."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. ``bound`` is the largest ratio of ours to the baseline that --check lets pass."""

    title: str
    ours: float
    baseline: str
    theirs: float
    bound: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def __str__(self) -> str:
        ratio = f"{self.ratio:.2f}" if self.ratio >= 0.1 else f"1/{1 / self.ratio:.0f}"
        bound = f"{self.bound:g}" if self.bound >= 0.1 else f"1/{1 / self.bound:.0f}"
        return (f"| {self.title} | {self.ours:.3g} {self.unit} | {self.baseline}: {self.theirs:.3g} {self.unit} | "
                f"{ratio} | {bound} |")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_scale")
    parser.add_argument("--runs", type=int, default=7, help="how often each is timed; the best is shown")
    parser.add_argument("--check", action="store_true", help="fail where a ratio is above its bound")
    words = parser.parse_args()
    rows = measured(words.runs)
    for _ in range(2 if words.check else 0):
        if above_their_bounds(rows):
            rows = list(map(better, rows, measured(words.runs)))
    print("| | tutor | baseline | ratio | bound |\n| --- | ---: | ---: | ---: | ---: |")
    print(*rows, sep="\n")
    above = above_their_bounds(rows)
    for row in above:
        print(f"{row.title}: {row.ratio:.3g} is above its bound, {row.bound:g}", file=sys.stderr)
    return 1 if above and words.check else 0


def above_their_bounds(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.ratio <= row.bound]


def better(row: Row, anew: Row) -> Row:
    """Of two measurements of one thing the one that was disturbed less."""
    return min(row, anew, key=lambda each: each.ratio)


def print_nothing(phase: str) -> None:
    """Takes what a load tells: one that is watched is read anew, never from what was read last."""


def measured(runs: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return measured_in(Path(folder), runs)


def measured_in(folder: Path, runs: int) -> list[Row]:
    path = write(folder / "large.toml", SIZES)
    text = path.read_text("ascii")
    parsing, loading = best(runs, lambda: tomllib.loads(text)), best(runs, lambda: course.load(path, print_nothing))
    exercise = tb.load(str(path))
    assert isinstance(exercise.task, Network)
    network = exercise.task
    arrays = Arrays.of(network)
    bare, pure = best(runs * 5, arrays.step), best(max(runs // 2, 1), partial(in_loops, network))
    assert math.isclose(exercise.solve().derivation.values("C'"), arrays.cost_after(), rel_tol=1e-9)
    first = best(runs * 5, lambda: look_at(exercise.solve().steps[0]))
    steps = exercise.solve().steps
    middle = steps[len(steps) // 3:len(steps) // 3 + PRINTED]
    printed, added = zip(*((timed(partial(print_steps, exercise, middle), time.process_time),
                            timed(add_up, time.process_time)) for _ in range(runs)), strict=True)
    shown, written = slowest(network, look_at), slowest(network, write_out)
    wide = write(folder / "wide.toml", WIDE, ["sigmoid"], "squared_error", 1)
    asked, megabytes = zip(*(ask(wide, folder) for _ in range(runs)), strict=True)
    wide_text = wide.read_text("ascii")
    whole, half = (bytes_per_parameter(write(folder / f"{sizes[0]}.toml", sizes)) for sizes in (SIZES, HALF_SIZES))
    return [
        Row("loading the file", loading, "parsing its TOML", parsing, 6),
        Row("`solve()` and the first step", first, "NumPy's pass", bare, 20),
        Row("the slowest step as it is shown", shown, "a pass in plain Python", pure, 1 / 100),
        Row("the slowest step, every number of its sum written", written, "a pass in plain Python", pure, 1 / 100),
        Row("2,000 steps as lines of text", min(printed), "100,000 products in plain Python", min(added), 80),
        Row("`quiz --plain` of 19,900 inputs, to its first question", min(asked), "parsing its TOML",
            best(runs, lambda: tomllib.loads(wide_text)), 10),
        Row("its memory", max(megabytes), "the most", MOST_MEGABYTES, 1, "MB"),
        Row("memory: bytes a parameter", whole, "at a quarter of them", half, 1.25, "B"),
    ]


def best(runs: int, action: Callable[[], object]) -> float:
    """The quickest of so many calls, in milliseconds."""
    return min(timed(action) for _ in range(runs))


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    action()
    return (clock() - start) * 1000


def look_at(step: Step) -> object:
    """Name, formula, substitution and value, as a screen shows them."""
    return step.name, step.formula_layout(elide=LONG_SUM), step.lay_out_substituted(elide=LONG_SUM), step.value


def write_out(step: Step) -> object:
    """The same, but the substitution with every term, as ``solve --json`` gives it."""
    return step.name, step.formula_layout(elide=LONG_SUM), step.write_substituted(), step.value


def print_steps(exercise: Exercise, steps: Sequence[Step]) -> int:
    """Write these steps in lines; gives how many lines there are."""
    return sum(1 for _ in solution_text(exercise.solve(), steps, Glyphs.FULL))


def ask(path: Path, records: Path) -> tuple[float, float]:
    """What a quiz takes that ends at its first question: milliseconds of the processor, and megabytes."""
    call = [sys.executable, "-m", "tui_backprop", "quiz", "--plain", str(path)]
    environment = {**os.environ, "XDG_STATE_HOME": str(records)}
    process = subprocess.Popen(call, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(call)} ended with status {process.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024


def add_up() -> float:
    """The baseline of a loop: each machine's own speed."""
    total = 0.0
    for n in range(PRODUCTS):
        total += n * 0.5
    return total


def slowest(network: Network, look: Callable[[Step], object]) -> float:
    """Of each kind of step the quickest of a few never looked at before; of those the slowest."""
    times: dict[tuple[str, int | None], float] = {}
    for _ in range(9):  # of some kinds there are but a few, and another program may hold the machine meanwhile
        derivation = Derivation(network)
        derivation.values("C'")  # the pass itself
        for kind, quantities in by_kind(derivation).items():
            quickest = min(timed(partial(look, derivation.step(quantity))) for quantity in spread(quantities))
            times[kind] = min(quickest, times.get(kind, math.inf))
    return max(times.values())


def by_kind(derivation: Derivation) -> dict[tuple[str, int | None], list[str]]:
    """Steps from everywhere, those of a role in a layer together."""
    kinds: dict[tuple[str, int | None], list[str]] = {}
    order = derivation.order
    ends = [*order[:400], *order[len(order) - 400:]]
    for quantity in (*(order[place] for place in range(0, len(order), 997)), *ends, "#2 a 2:3", "#3 a 2:4", "#4 z 2:5"):
        ref = parse_id(quantity)
        kinds.setdefault((ref.role, ref.layer), []).append(quantity)
    return kinds


def spread(quantities: Sequence[str]) -> Sequence[str]:
    return quantities[::max(1, len(quantities) // EACH)][:EACH]


def bytes_per_parameter(path: Path) -> float:
    """What loading, solving and looking about keeps, by Python's own count."""
    tracemalloc.start()
    exercise = tb.load(str(path))
    assert isinstance(exercise.task, Network)
    solution = exercise.solve()
    steps = solution.steps
    for place in range(0, len(steps), len(steps) // LOOKED_AT):
        look_at(steps[place])
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept / exercise.task.parameter_count


def write(
    path: Path, sizes: Sequence[int], activations: Sequence[str] = ("relu", "softmax"), cost: str = "cross_entropy",
    samples: int = SAMPLES,
) -> Path:
    """An exercise file with random parameters."""
    random = Random(1)

    def numbers(count: int, most: float) -> str:
        return "[" + ", ".join(f"{random.uniform(-most, most):.6f}" for _ in range(count)) + "]"

    matrices = ",\n".join("[" + ",\n".join(numbers(after, before ** -0.5) for _ in range(before)) + "]"
                          for before, after in pairwise(sizes))
    lines = ["format = 1", 'title = "Large"', "[network]", f"layers = {list(sizes)}",
             f"activation = {json.dumps(activations)}", f'cost = "{cost}"', f"learning_rate = {RATE}",
             f"weights = [{matrices}]", f"biases = [{', '.join(numbers(size, 0.1) for size in sizes[1:])}]"]
    for sample in range(samples):
        targets = [float(unit == sample) for unit in range(sizes[-1])]
        lines += ["[[samples]]", f"inputs = {numbers(sizes[0], 1)}", f"targets = {targets}"]
    path.write_text("\n".join(lines) + "\n", "ascii")
    return path


@dataclass(frozen=True)
class Arrays:
    """The baseline in NumPy: forward, backward and update, written straight down."""

    weights: list[Any]
    biases: list[Any]
    inputs: Any
    targets: Any

    @classmethod
    def of(cls, network: Network) -> Arrays:
        return cls([np.array(matrix) for matrix in network.weights], [np.array(row) for row in network.biases or ()],
                   np.array([sample.inputs for sample in network.samples]),
                   np.array([sample.targets for sample in network.samples]))

    def forward(self) -> tuple[Any, Any, Any]:
        z = self.inputs @ self.weights[0] + self.biases[0]
        a = np.maximum(z, 0)
        logits = a @ self.weights[1] + self.biases[1]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return z, a, powers / powers.sum(axis=1, keepdims=True)

    def cost(self) -> float:
        return float(-(self.targets * np.log(self.forward()[2])).sum() / len(self.targets))

    def step(self) -> Arrays:
        z, a, outputs = self.forward()
        delta = (outputs - self.targets) / len(self.targets)
        hidden = delta @ self.weights[1].T * (z > 0)
        gradients = (self.inputs.T @ hidden, a.T @ delta), (hidden.sum(axis=0), delta.sum(axis=0))
        return Arrays([w - RATE * g for w, g in zip(self.weights, gradients[0], strict=True)],
                      [b - RATE * g for b, g in zip(self.biases, gradients[1], strict=True)], self.inputs, self.targets)

    def cost_after(self) -> float:
        return self.step().cost()


def in_loops(network: Network) -> object:
    """The baseline in plain Python: the same pass over lists."""
    (first, second), (bias, bias_out) = network.weights, network.biases or ()
    inputs, hidden, outputs = (range(len(layer)) for layer in network.layers)
    gradients = [[0.0] * len(hidden) for _ in inputs], [[0.0] * len(outputs) for _ in hidden]
    sums = [0.0] * len(hidden), [0.0] * len(outputs)
    for sample in network.samples:
        x, y = sample.inputs, sample.targets
        z = [sum(x[i] * first[i][j] for i in inputs) + bias[j] for j in hidden]
        a = [max(value, 0.0) for value in z]
        logits = [sum(a[j] * second[j][k] for j in hidden) + bias_out[k] for k in outputs]
        powers = [math.exp(value - max(logits)) for value in logits]
        delta = [powers[k] / sum(powers) - y[k] for k in outputs]
        back = [sum(second[j][k] * delta[k] for k in outputs) if z[j] > 0 else 0.0 for j in hidden]
        for left, right, gradient, total in ((x, back, gradients[0], sums[0]), (a, delta, gradients[1], sums[1])):
            for i, row in enumerate(gradient):
                for j, value in enumerate(right):
                    row[j] += left[i] * value
            for j, value in enumerate(right):
                total[j] += value
    share = RATE / len(network.samples)
    return (
        [[[w - share * g for w, g in zip(*rows, strict=True)] for rows in zip(matrix, gradient, strict=True)]
         for matrix, gradient in zip(network.weights, gradients, strict=True)],
        [[b - share * g for b, g in zip(*rows, strict=True)] for rows in zip((bias, bias_out), sums, strict=True)],
    )


if __name__ == "__main__":
    sys.exit(main())
