"""A worked solution as a script that a student can run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from tui_backprop.derivation import Solution, Step
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.order import Order
from tui_backprop.export import circuit_script, network_script
from tui_backprop.typeset.glyphs import Glyphs, plain_text


def python_script(solution: Solution, glyphs: Glyphs = Glyphs.FULL) -> str:
    """NumPy for a network, plain Python for a circuit. It prints each number as ``ID = VALUE``."""
    return _write(solution, glyphs, network_script.numpy_script, circuit_script.python_script)


def pytorch_script(solution: Solution, glyphs: Glyphs = Glyphs.FULL) -> str:
    """A script with PyTorch's tensors and autograd's gradients, which prints the same lines."""
    return _write(solution, glyphs, network_script.pytorch_script, circuit_script.pytorch_script)


def _write(
    solution: Solution, glyphs: Glyphs, of_network: Callable[[str, NetworkGraph], str],
    of_circuit: Callable[[str, CircuitGraph, Order], str],
) -> str:
    title, graph = plain_text(solution.title, glyphs), solution.derivation.graph
    match graph:
        case NetworkGraph():
            return of_network(title, graph)
        case CircuitGraph():
            return of_circuit(title, graph, solution.derivation.order)
        case _:
            assert_never(graph)


def python_lines(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> list[str]:
    """:func:`python_script` line by line. It always has all steps, since a script works out everything."""
    del steps
    return python_script(solution, glyphs).splitlines()


def pytorch_lines(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> list[str]:
    """:func:`pytorch_script` line by line, with all steps."""
    del steps
    return pytorch_script(solution, glyphs).splitlines()
