"""A derivation with other numbers for some givens, everything that follows worked out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.derivation import Derivation, is_large
from tui_backprop.derivation.network_graph import NetworkGraph


def varied(derivation: Derivation, numbers: Mapping[str, float]) -> Callable[[str], float]:
    """Values by id with these givens changed; of a large network whole layers at a time."""
    graph = derivation.graph
    if isinstance(graph, NetworkGraph) and is_large(graph.network):
        from tui_backprop.derivation.blocks import BlockValues

        return BlockValues(graph, numbers)
    return derivation.values_with(numbers=numbers)


def goal(derivation: Derivation) -> str:
    """The id of what is to be made small: the cost; of a circuit its output."""
    graph = derivation.graph
    return graph.circuit.output if isinstance(graph, CircuitGraph) else "C"


def gradient_id(derivation: Derivation, parameter: str) -> str:
    """The id of the goal's derivative by a weight, a bias or a circuit's input."""
    graph = derivation.graph
    return graph.gradient_id(parameter) if isinstance(graph, CircuitGraph) else f"dC/d{parameter}"
