"""The results of a network or a circuit, which ``solve --json`` prints beside the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.roles import ACTIVATION, BIAS, COST, PRE_ACTIVATION, WEIGHT

if TYPE_CHECKING:
    from tui_backprop.derivation.circuit_graph import CircuitGraph
    from tui_backprop.derivation.graph import ValueOf
    from tui_backprop.derivation.network_graph import NetworkGraph


def network_results(graph: NetworkGraph, values: ValueOf) -> dict[str, Any]:
    network = graph.network
    layers = range(1, len(network.layers))

    def units(role: str, layer: int, sample: int | None = None) -> list[float]:
        return [values(str(Ref(role, layer, (unit,), sample))) for unit in network.layers[layer]]

    def parameters(of: Callable[[str], str]) -> dict[str, Any]:
        weights = [[[values(of(str(Ref(WEIGHT, layer, (a, b))))) for b in network.layers[layer]]
                    for a in network.layers[layer - 1]] for layer in layers]
        biases = None if network.biases is None else [
            [values(of(str(Ref(BIAS, layer, (unit,))))) for unit in network.layers[layer]] for layer in layers]
        return {"weights": weights, "biases": biases}

    samples = []
    for number in range(1, graph.batch + 1):
        of = number if graph.batch > 1 else None
        samples.append({
            "pre_activations": [units(PRE_ACTIVATION, layer, of) for layer in layers],
            "activations": [units(ACTIVATION, layer, of) for layer in range(len(network.layers))],
            "cost": values(str(Ref(COST, sample=of))),
        })
    return {
        "cost": values(graph.goal), "updated_cost": values(graph.goal_after), "samples": samples,
        "gradients": parameters(graph.gradient_id), "updated": parameters(graph.updated),
    }


def circuit_results(graph: CircuitGraph, values: ValueOf) -> dict[str, Any]:
    circuit = graph.circuit
    names = [name for name, _ in circuit.inputs] + [gate.name for gate in circuit.gates]
    results: dict[str, Any] = {
        "values": {name: values(name) for name in names},
        "gradients": {name: values(graph.gradient_id(name)) for name in names},
    }
    if circuit.learning_rate is not None:
        results["updated"] = {name: values(name + "'") for name, _ in circuit.inputs}
    return results
