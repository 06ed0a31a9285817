"""How long it takes to say which mistake a wrong answer is, as ratios to the same run's bare arithmetic.

    python -m tests.bench.bench_diagnosis [--runs 5] [--steps 12] [--check]

The wrong answer is one that no known mistake gives, which takes longest; it is entered at steps spread over the
exercise, with nothing kept from an earlier answer, and the slowest step counts (the best of the runs of it). Against it
stands a plain loop over 100,000 products, about 5 ms on a machine that does nothing else: the bounds are 20 ms for a
2-2-1 network and 0.1 s for large ones. Time is the processor's, and the loop runs between the answers: what else the
machine does is in neither. With --check the exit status is 1 where a ratio is above its bound.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median

from tui_backprop.derivation import Derivation
from tui_backprop.garbage import collect_garbage, put_off_garbage
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate, Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes.diagnosis import diagnose, workings_of

PRODUCTS = 100_000
SMALL, LARGE = 4.0, 20.0
GATES = ("g{0} * w", "g{0} + x", "sigmoid(g{0})", "tanh(g{0})", "g{0} + b", "g{0} * g{1}")


@dataclass(frozen=True, slots=True)
class Row:
    """An exercise with the time of its slowest step and of half of them, in seconds, and what bare arithmetic took."""

    title: str
    slowest: float
    usual: float
    baseline: float
    bound: float

    @property
    def ratio(self) -> float:
        return self.slowest / self.baseline

    def __str__(self) -> str:
        return (f"{self.title:24} usual {self.usual * 1e3:6.1f} ms   slowest {self.slowest * 1e3:6.1f} ms   "
                f"{self.ratio:5.1f} times the loop (bound {self.bound:g})")


def network(*sizes: int) -> Network:
    """Sigmoid units in layers of these sizes, with random parameters of two decimals."""
    rng = Random(1)

    def numbers(count: int) -> tuple[float, ...]:
        return tuple(round(rng.uniform(0.1, 1), 2) * rng.choice((-1, 1)) for _ in range(count))

    return Network(
        layers=tuple(tuple(f"{chr(97 + at)}{unit + 1}" for unit in range(size)) for at, size in enumerate(sizes)),
        activations=("sigmoid",) * (len(sizes) - 1), cost="squared_error", learning_rate=0.1,
        weights=tuple(tuple(numbers(after) for _ in range(before)) for before, after in pairwise(sizes)),
        biases=tuple(map(numbers, sizes[1:])), samples=(Sample(numbers(sizes[0]), numbers(sizes[-1])),))


def circuit(gates: int) -> Circuit:
    """A chain of so many gates, some of which use an earlier one twice."""
    names = ["x", "w", "b", "g0", "g1"]
    texts = {"g0": "x * w", "g1": "g0 + b"}
    for n in range(2, gates):
        texts[f"g{n}"] = GATES[n % len(GATES)].format(n - 1, n - 2)
        names.append(f"g{n}")
    known = {name: name for name in names}
    return Circuit(inputs=(("x", 0.5), ("w", 0.7), ("b", 0.2)), learning_rate=0.1,
                   gates=tuple(Gate(name, parse(text, known)) for name, text in texts.items()))


EXERCISES: dict[str, tuple[Callable[[], Network | Circuit], float]] = {
    "2-2-1": (lambda: network(2, 2, 1), SMALL), "32-32-10": (lambda: network(32, 32, 10), LARGE),
    "20 layers of 6": (lambda: network(*[6] * 20), LARGE), "500 gates": (lambda: circuit(500), LARGE),
}


def measure(runs: int, steps: int) -> Iterator[Row]:
    """A row for each exercise."""
    for title, (make, bound) in EXERCISES.items():
        derivation = Derivation(make())
        places = [len(derivation.order) * n // (steps - 1) for n in range(steps - 1)] + [len(derivation.order) - 1]
        quantities = [derivation.order[place] for place in places]
        for quantity in quantities:
            derivation.values(quantity)
        taken = [[(_seconds(partial(_diagnose, derivation, quantity)), _seconds(_bare)) for _ in range(runs)]
                 for quantity in quantities]
        times = [min(diagnosed for diagnosed, _ in several) for several in taken]
        yield Row(title, max(times), median(times), min(bare for several in taken for _, bare in several), bound)


def _diagnose(derivation: Derivation, quantity: str) -> None:
    workings_of.cache_clear()
    diagnose(derivation, quantity, derivation.values(quantity) * 1.37 + 0.113, rule_for(derivation, quantity))


def _bare() -> float:
    total = 0.0
    for n in range(PRODUCTS):
        total += n * 0.5
    return total


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    reader = argparse.ArgumentParser(description="How long a wrong answer takes.")
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--steps", type=int, default=12)
    reader.add_argument("--check", action="store_true", help="exit status 1 where a ratio is above its bound")
    chosen = reader.parse_args()
    put_off_garbage()  # as the app does until all is loaded
    collect_garbage()
    rows = list(measure(chosen.runs, chosen.steps))
    print(*rows, sep="\n")
    return int(chosen.check and any(row.ratio > row.bound for row in rows))


if __name__ == "__main__":
    sys.exit(main())
