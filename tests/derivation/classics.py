"""Well-known worked examples (``classics.json``) as networks and circuits, and their figures as ids of the derivation.

The file holds the parameters, the figures as they were published with a verdict on each, and values that were worked
out in float64 without this program.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.values import Values
from tui_backprop.maths.expression import Expr, Symbol
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate, Network, Sample

FILE = Path(__file__).with_name("classics.json")
MISTAKE = "BUG_updated_weights:"
"""In front of a figure: what it comes to when the hidden layer is reached through weights already updated."""

_PLACES = ("input", "hidden", "output")
_COSTS = {"sse": "squared_error", "half_sse": "half_squared_error"}
_SIGNS = {"add": " + ", "mul": " * "}


@dataclass(frozen=True)
class Figure:
    """A published figure. ``text`` is as it was printed, ``decimals`` how many it has."""

    key: str
    text: str
    decimals: int
    verdict: str

    @property
    def value(self) -> float:
        return float(self.text)

    def is_printed(self, value: float, units: float = 0.5) -> bool:
        """Is ``value`` this figure to its printed decimals, within so many units of the last one?"""
        return abs(value - self.value) <= units * math.pow(10, -self.decimals) * (1 + 1e-9)


@dataclass(frozen=True)
class Classic:
    """One worked example."""

    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def computed(self) -> Mapping[str, float]:
        values: Mapping[str, float] = self.data["computed_float64"]
        return values

    @property
    def figures(self) -> list[Figure]:
        return [Figure(entry["key"], entry["published"], entry["decimals"], entry["verdict"])
                for entry in self.data.get("published", ())]

    def figure(self, key: str) -> Figure:
        return next(figure for figure in self.figures if figure.key == key)

    @cached_property
    def task(self) -> Network | Circuit:
        return self._network() if self.data["kind"] == "network" else self._circuit()

    @cached_property
    def derivation(self) -> Derivation:
        return Derivation(self.task)

    @property
    def mistaken_formulas(self) -> dict[str, Expr]:
        """What somebody works with who goes back through the weights already updated."""
        formulas: dict[str, Expr] = {}
        for layer in range(2, self.network.last + 1):
            for ends in product(self.network.layers[layer - 1], self.network.layers[layer]):
                formulas[str(Ref("dz/da", layer, ends))] = Symbol(str(Ref("w'", layer, ends)))
        return formulas

    def value(self, key: str) -> float:
        """What a figure comes to here. A key of ``MISTAKE`` is worked out with that mistake."""
        if key.startswith(MISTAKE):
            mistaken = self.derivation.values_with(formulas=self.mistaken_formulas)
            return self._value(key.removeprefix(MISTAKE), mistaken)
        return self._value(key, self.derivation.values_with())

    def _value(self, key: str, values: Values) -> float:
        if self.data["kind"] == "circuit":
            letter, _, name = key.partition(":")
            return values(name if letter == "v" else f"d{self.data['output']}/d{name}")
        if key == "err_after":
            (target,), (unit,) = self.network.samples[0].targets, self.network.layers[-1]
            return target - values(f"a' {self.network.last}:{unit}")
        role, _, name = key.partition(":")
        if role == "delta_err":  # the author's delta has the opposite sign
            return -self._value(f"dC/dz:{name}", values)
        if role == "dC/da" and self.layer(name) == 0:  # no step of the course, but a sum of two of its quantities
            return sum(values(f"dz/da 1:{name}->{unit}") * values(f"dC/dz 1:{unit}")
                       for unit in self.network.layers[1])
        if role == "dC/db" and self.network.biases is None:  # what it would be
            role = "dC/dz"
        if role == "b+":  # frozen in every case here
            role = "b"
        return values(self.quantity(f"{role}:{name}" if name else role))

    def quantity(self, key: str) -> str:
        """The id of a figure that is one quantity."""
        role, _, name = key.partition(":")
        if role in ("dC/dw", "w+"):
            edge = next(edge for edge in self.data["edges"] if edge["id"] == name)
            ends = (edge["from"], edge["to"])
            return str(Ref("w'" if role == "w+" else role, self.layer(edge["to"]), ends))
        if name:
            return str(Ref("dC/dz" if role == "delta_err" else role, self.layer(name), (name,)))
        if role.startswith("dE_"):
            output, unit = role.removeprefix("dE_").split("/da_")
            return f"dC/da {self.layer(unit)}:{unit} via {self.layer(output)}:{output}"
        if role.startswith("C_o"):
            return f"C {self.network.last}:{role.removeprefix('C_')}"
        return {"C": "C", "C_sample": "C", "C+": "C'"}[role]

    @property
    def network(self) -> Network:
        assert isinstance(self.task, Network)
        return self.task

    def layer(self, unit: str) -> int:
        return next(n for n, layer in enumerate(self.network.layers) if unit in layer)

    def _network(self) -> Network:
        units, edges = self.data["units"], self.data["edges"]
        layers = tuple(tuple(unit["id"] for unit in units if unit["layer"] == place) for place in _PLACES)
        layers = tuple(layer for layer in layers if layer)
        weight = {(edge["from"], edge["to"]): edge["w"] for edge in edges}
        unit_of = {unit["id"]: unit for unit in units}
        after = layers[1:]
        has_biases = all("bias" in unit_of[name] for layer in after for name in layer)
        return Network(
            layers=layers,
            activations=tuple(unit_of[layer[0]]["activation"] for layer in after),
            cost=_COSTS[self.data["cost"]["per_sample"]],
            learning_rate=self.data["learning_rate"],
            weights=tuple(tuple(tuple(weight[i, j] for j in layer) for i in before)
                          for before, layer in zip(layers, after, strict=False)),
            biases=tuple(tuple(unit_of[name]["bias"] for name in layer) for layer in after) if has_biases else None,
            samples=tuple(Sample(tuple(sample["inputs"][name] for name in layers[0]),
                                 tuple(sample["targets"][name] for name in layers[-1]))
                          for sample in self.data["samples"]),
            train_biases=self.data["biases_updated"] or not has_biases,
        )

    def _circuit(self) -> Circuit:
        inputs, nodes = self.data["leaf_values"], self.data["nodes"]
        names = {name: name for name in (*inputs, *(node["id"] for node in nodes))}
        gates = []
        for node in nodes:
            words = [f"{argument:g}" if isinstance(argument, float) else argument for argument in node["args"]]
            text = f"max({', '.join(words)})" if node["op"] == "max" else _SIGNS[node["op"]].join(words)
            gates.append(Gate(node["id"], parse(text, names)))
        return Circuit(tuple(inputs.items()), tuple(gates))


def classics() -> dict[str, Classic]:
    """Every worked example with numbers, by its id."""
    cases = json.loads(FILE.read_text("utf-8"))["cases"]
    return {case["id"]: Classic(case) for case in cases if case["kind"] != "formula_only"}
