"""The order of a circuit's steps: values forward, then for each gate backward its derivatives and gradients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui_backprop.derivation.order import ListedOrder

if TYPE_CHECKING:
    from tui_backprop.derivation.circuit_graph import CircuitGraph


def circuit_order(graph: CircuitGraph) -> ListedOrder:
    """All steps of a circuit: gates, then backward from the output, then the inputs' updates."""
    circuit = graph.circuit
    return ListedOrder((*(gate.name for gate in circuit.gates), *_backward(graph), *_updates(graph)))


def _backward(graph: CircuitGraph) -> Iterator[str]:
    """Every value's gradient once all gates that use it have theirs; the output's own is 1 by definition."""
    circuit = graph.circuit
    yield graph.gradient_id(circuit.output)
    for name in (*reversed([gate.name for gate in circuit.gates[:-1]]), *(name for name, _ in circuit.inputs)):
        gates = graph.consumers[name]
        for gate in gates:
            yield graph.local_id(gate, name)
            if len(gates) > 1:
                yield graph.path_id(name, gate)
        yield graph.gradient_id(name)


def _updates(graph: CircuitGraph) -> Iterator[str]:
    if graph.circuit.learning_rate is not None:
        for name, _ in graph.circuit.inputs:
            yield name + "'"
