"""A worked solution as plain data: what ``solve --json`` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.derivation import Derivation, Step, Steps
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.latex import latex
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.linear import linear

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Solution:
    """The whole worked solution of an exercise; nothing of it is worked out before it is asked for."""

    title: str
    derivation: Derivation

    @property
    def steps(self) -> Steps:
        """All steps in order, lazily."""
        return self.derivation.steps

    @property
    def cost(self) -> float:
        """The cost with the parameters given; of a circuit, its output."""
        graph = self.derivation.graph
        return self.derivation.values(graph.circuit.output if isinstance(graph, CircuitGraph) else "C")

    def to_dict(self, steps: Iterable[Step] | None = None) -> dict[str, Any]:
        """What ``solve --json`` prints; of the steps given, or of all."""
        chosen = [step_dict(step) for step in (self.steps if steps is None else steps)]
        graph = self.derivation.graph
        results = (
            _circuit_results(graph, self.derivation.values) if isinstance(graph, CircuitGraph)
            else _network_results(graph, self.derivation.values) if isinstance(graph, NetworkGraph) else {}
        )
        return {"format": FORMAT, "title": self.title, **results, "steps": chosen}


def step_dict(step: Step) -> dict[str, Any]:
    """One step as ``solve --json`` prints it."""
    substituted = _texts(step.substituted_layout())
    return {
        "id": step.id, "kind": step.kind, "sample": step.sample,
        "name": _texts(step.name), "formula": _texts(step.formula_layout()),
        "substituted": {**substituted, "ascii": step.substituted_text()},
        "value": step.value or 0.0, "uses": list(step.uses),
    }


def _texts(layout: Layout) -> dict[str, str]:
    return {"unicode": linear(layout, Glyphs.FULL), "ascii": linear(layout, Glyphs.ASCII), "latex": latex(layout)}


def _network_results(graph: NetworkGraph, values: Callable[[str], float]) -> dict[str, Any]:
    network = graph.network
    layers = range(1, len(network.layers))

    def units(role: str, layer: int, sample: int | None = None) -> list[float]:
        return [values(str(Ref(role, layer, (unit,), sample))) for unit in network.layers[layer]]

    def edges(role: str) -> list[list[list[float]]]:
        return [[[values(str(Ref(role, layer, (a, b)))) for b in network.layers[layer]]
                 for a in network.layers[layer - 1]] for layer in layers]

    def biases(role: str) -> list[list[float]] | None:
        return None if network.biases is None else [units(role, layer) for layer in layers]

    samples = []
    for number in range(1, graph.batch + 1):
        of = number if graph.batch > 1 else None
        samples.append({
            "pre_activations": [units("z", layer, of) for layer in layers],
            "activations": [units("a", layer, of) for layer in range(len(network.layers))],
            "cost": values(str(Ref("C", sample=of))),
        })
    return {
        "cost": values("C"), "updated_cost": values("C'"), "samples": samples,
        "gradients": {"weights": edges("dC/dw"), "biases": biases("dC/db")},
        "updated": {"weights": edges("w'"), "biases": biases("b'" if network.train_biases else "b")},
    }


def _circuit_results(graph: CircuitGraph, values: Callable[[str], float]) -> dict[str, Any]:
    circuit = graph.circuit
    names = [name for name, _ in circuit.inputs] + [gate.name for gate in circuit.gates]
    results: dict[str, Any] = {
        "values": {name: values(name) for name in names},
        "gradients": {name: values(graph.gradient_id(name)) for name in names},
    }
    if circuit.learning_rate is not None:
        results["updated"] = {name: values(name + "'") for name, _ in circuit.inputs}
    return results
