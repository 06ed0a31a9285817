"""Many networks and circuits against automatic differentiation: how many agree, and how far the worst is off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.oracle import drawn
from tests.oracle.reference import Reference, circuit_solution, differences
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.derivation.layer_values import LayerValues
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit, Network

TOLERANCE = 1e-10


@dataclass
class Tally:
    """``numbers`` that were compared; ``worst``: the largest difference, relative to the larger of value and 1."""

    networks: int = 0
    circuits: int = 0
    numbers: int = 0
    worst: float = 0.0
    failed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def compare(self, what: str, ours: Any, theirs: Any) -> None:
        for place, off in differences(ours, theirs):
            self.numbers += 1
            if off <= TOLERANCE:  # a NaN is not
                self.worst = max(self.worst, off)
            else:
                self.failed.append(f"{what}: {place.strip()} is off by {off:.1e}")


def soak(networks: int, circuits: int, seed: int) -> Tally:
    """Compare so many of each: networks in all three details, as floats and as arrays."""
    tally = Tally()
    for network in drawn.networks(Random(seed), networks):
        _check_network(tally, network)
    for circuit in drawn.circuits(Random(seed), circuits):
        _check_circuit(tally, circuit)
    return tally


def _check_network(tally: Tally, network: Network) -> None:
    theirs, name = Reference(network).solution(), f"network {tally.networks}"
    for detail in DETAILS:
        for form, ours in _solved(Derivation(network, detail)):
            tally.compare(f"{name}, {detail}, {form}", ours, theirs)
    tally.networks += 1
    biases = "none" if network.biases is None else "trained" if network.train_biases else "frozen"
    tally.kinds.update([f"cost {network.cost}", *(f"activation {kind}" for kind in set(network.activations)),
                        f"layers {network.last}", f"samples {len(network.samples)}", f"biases {biases}"])


def _solved(derivation: Derivation) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "floats", Solution("drawn", derivation).to_dict(())
    assert isinstance(derivation.graph, NetworkGraph)
    arrays = Derivation(derivation.graph.network, derivation.detail)
    arrays.__dict__["layer_values"] = LayerValues(derivation.graph)  # as a large network has them
    yield "arrays", Solution("drawn", arrays).to_dict(())


def _check_circuit(tally: Tally, circuit: Circuit) -> None:
    gates = [(gate.name, plain(gate.expression)) for gate in circuit.gates]
    theirs = circuit_solution(dict(circuit.inputs), gates)
    ours = Solution("drawn", Derivation(circuit)).to_dict(())
    what = f"circuit {tally.circuits} ({'; '.join(text for _, text in gates)})"
    tally.compare(what, ours, theirs)
    if circuit.learning_rate is not None:
        rate = circuit.learning_rate
        updated = {name: value - rate * theirs["gradients"][name] for name, value in circuit.inputs}
        tally.compare(what, ours["updated"], updated)
    tally.circuits += 1
