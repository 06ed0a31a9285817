"""Runs exported scripts in an interpreter of their own, and compares what they print with the tutor's numbers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.network_graph import NetworkGraph

TOLERANCE = 1e-9
END = "-- end of the script --"
WORKER = f"""
import runpy, sys, traceback, warnings
warnings.simplefilter("error")
for line in sys.stdin:
    try:
        runpy.run_path(line.strip())
    except Exception:
        print(traceback.format_exc())
    print({END!r}, flush=True)
"""


class Interpreter:
    """One process that runs script after script, as a library is slow to load. Any warning counts as an error."""

    def __init__(self, folder: Path, python: str = sys.executable) -> None:
        self.path = folder / "script.py"
        self.process = subprocess.Popen([python, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8", cwd=folder)

    def __enter__(self) -> Interpreter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def run(self, script: str) -> dict[str, float]:
        """The numbers that a script prints, by their ids."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.path.write_text(script, encoding="utf-8")
        self.process.stdin.write(f"{self.path}\n")
        self.process.stdin.flush()
        return numbers(iter(self.process.stdout.readline, f"{END}\n"))


def numbers(lines: Iterable[str]) -> dict[str, float]:
    """The numbers of lines ``ID = VALUE``; nothing else may be printed, and no id twice."""
    found: dict[str, float] = {}
    printed = list(lines)
    for line in printed:
        quantity, equals, value = line.rstrip("\n").partition(" = ")
        assert equals, "".join(printed)
        assert quantity not in found, quantity
        found[quantity] = float(value)
    return found


def differences(printed: dict[str, float], derivation: Derivation) -> list[str]:
    """Where a script's numbers are not the tutor's."""
    return [f"{quantity}: {value!r} for {derivation.values(quantity)!r}" for quantity, value in printed.items()
            if not abs(value - derivation.values(quantity)) <= TOLERANCE * max(1, abs(derivation.values(quantity)))]


def expected(derivation: Derivation, *, autograd: bool = False) -> set[str]:
    """The ids of every number of the solution that a script must print.

    A network's script works on matrices: it prints the numbers of every unit and every parameter, and none of the
    factors of a single edge, which are an activation or a weight. Autograd has no slopes of single functions.
    """
    graph = derivation.graph
    if isinstance(graph, CircuitGraph):
        kinds = {"gate", "gradient", "update"} if autograd else {"gate", "gradient", "update", "factor", "path"}
        return {quantity for quantity in derivation.order if graph.kind(quantity) in kinds}
    assert isinstance(graph, NetworkGraph)
    roles = {"z", "a", "C", "w'", "b'", "C'", "dC/dw", "dC/db"}
    whole = {quantity for quantity in derivation.order if graph.ref(quantity).role in roles}
    return {quantity for quantity in whole
            if graph.ref(quantity).role not in ("dC/dw", "dC/db") or graph.ref(quantity).sample is None}
