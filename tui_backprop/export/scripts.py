"""A worked solution as a script that a student can run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import assert_never

from tui_backprop.derivation import Solution
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.export import circuit_script, network_script
from tui_backprop.typeset.glyphs import Glyphs, plain_text


def python_script(solution: Solution, glyphs: Glyphs = Glyphs.FULL) -> str:
    """NumPy for a network, plain Python for a circuit. It prints each number as ``ID = VALUE``."""
    return _scripts(solution, glyphs)[0]()


def pytorch_script(solution: Solution, glyphs: Glyphs = Glyphs.FULL) -> str:
    """The same with PyTorch's tensors, and its gradients."""
    return _scripts(solution, glyphs)[1]()


def _scripts(solution: Solution, glyphs: Glyphs) -> tuple[Callable[[], str], Callable[[], str]]:
    """What writes the script in Python, and what writes it with PyTorch."""
    title, graph, order = plain_text(solution.title, glyphs), solution.derivation.graph, solution.derivation.order
    match graph:
        case NetworkGraph():
            return partial(network_script.numpy_script, title, graph), partial(
                network_script.pytorch_script, title, graph)
        case CircuitGraph():
            return partial(circuit_script.python_script, title, graph, order), partial(
                circuit_script.pytorch_script, title, graph, order)
        case _:
            assert_never(graph)
