"""A network's forward and backward pass over arrays, made once from the same templates as every step. Loads NumPy.

Samples are an axis of the arrays. In a forward pass the points of a curve or map are another: at each point some of the
network's numbers are different.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import formulas, roles
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, LayerKey
from tui_backprop.maths.compiled import Axes, Leaf, Program, compile_template, order_axes
from tui_backprop.maths.expression import Cell, Expr, Sum, Symbol, rebuild
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COUNT
from tui_backprop.network.model import Network

POINT, SAMPLE = "point", "sample"
"""Names of axes, besides the index variables of the templates."""
_MOST_NUMBERS = 4_000_000
"""The most numbers of one layer that are worked out at once; points beyond are taken in further parts."""


@dataclass(slots=True)
class Parameters:
    """Weights, of shape (from, to), and biases of the layers after the input; ``biases`` is None if there are none."""

    weights: list[Any]
    biases: list[Any] | None

    @classmethod
    def of(cls, network: Network) -> Parameters:
        """The parameters of a network, copied into arrays."""
        biases = None if network.biases is None else [np.array(layer, float) for layer in network.biases]
        return cls([np.array(matrix, float) for matrix in network.weights], biases)

    def into(self, network: Network) -> Network:
        """The network with these parameters."""
        weights = tuple(tuple(map(tuple, matrix.tolist())) for matrix in self.weights)
        biases = None if self.biases is None else tuple(tuple(layer.tolist()) for layer in self.biases)
        return replace(network, weights=weights, biases=biases)

    def arrays(self) -> dict[LayerKey, Any]:
        """The arrays by role and layer."""
        return {(role, layer): array for role, own in self._by_role() for layer, array in enumerate(own, 1)}

    def take(self, arrays: Mapping[LayerKey, Any]) -> None:
        """Go on with what an update made of each array; one that it leaves alone stays."""
        for role, own in self._by_role():
            own[:] = [arrays.get((ROLES[role].after, layer), array) for layer, array in enumerate(own, 1)]

    def _by_role(self) -> tuple[tuple[str, list[Any]], ...]:
        return (roles.WEIGHT, self.weights), (roles.BIAS, self.biases or [])


class _LayerPass:
    """The programs of one layer's forward pass."""

    def __init__(self, graph: NetworkGraph, number: int, batch: Axes) -> None:
        kind = graph.layer_kind(number)
        entry = ACTIVATIONS[kind.activation]
        leaf = _leaf(number, batch)
        self.number = number
        self.is_coupled = entry.coupled
        self.pre_activation = order_axes(compile_template(formulas.pre_activation(kind), leaf), (*batch, "j"))
        self.activation = order_axes(compile_template(entry.stable or entry.formula, leaf), (*batch, "j"))


def _leaf(number: int, batch: Axes) -> Leaf:
    def leaf(node: Cell | Symbol) -> tuple[LayerKey, Axes]:
        if not isinstance(node, Cell):
            raise TypeError(f"not a template node: {node!r}")
        layer, role = number + node.offset, node.role
        if role == COUNT:
            return (COUNT, 0), ()
        row = ROLES[role]
        if row.is_of_batch:
            return (role, layer if node.indices else 0), node.indices
        return (role, layer), ((SAMPLE,) if row.kind == "given" else batch) + node.indices

    return leaf


def _cost(graph: NetworkGraph, batch: Axes) -> Program:
    """Every sample's cost."""
    last = graph.network.last
    parts = Sum("j", 0, formulas.cost_part(graph.layer_kind(last)))
    return order_axes(compile_template(parts, _leaf(last, batch)), batch)


class ForwardPass:
    """The forward pass of a network over arrays of shape (points, samples, units)."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.graph = NetworkGraph(network, "delta")
        batch = (POINT, SAMPLE)
        last = self.network.last
        self._layers = [_LayerPass(self.graph, layer, batch) for layer in range(1, last + 1)]
        self._cost = _cost(self.graph, batch)
        self._parameters = Parameters.of(network).arrays()
        self._inputs = np.array([sample.inputs for sample in network.samples], float)[None]
        self._targets = np.array([sample.targets for sample in network.samples], float)

    def costs(self, changes: Mapping[str, Sequence[float]]) -> Any:
        """The mean cost with other numbers at each point: shape (points,). Not finite where it has no value.

        ``changes``: by the id of a weight, a bias or an activation its value at every point. Raises
        :class:`~tui_backprop.derivation.graph.UnknownIdError`.
        """
        refs = {self.graph.ref(quantity): np.asarray(values, float) for quantity, values in changes.items()}
        count = len(next(iter(refs.values())))
        most = max(map(len, self.network.layers)) * len(self.network.samples)
        part = max(_MOST_NUMBERS // most, 1)
        with np.errstate(all="ignore"):
            parts = [self._costs({ref: values[start:start + part] for ref, values in refs.items()})
                     for start in range(0, count, part)]
        return np.concatenate(parts)

    def _costs(self, changes: Mapping[Ref, Any]) -> Any:
        count = len(next(iter(changes.values())))
        arrays: dict[LayerKey, Any] = {**self._parameters, (roles.TARGET, self.network.last): self._targets,
                                  (COUNT, 0): float(len(self.network.layers[-1])),
                                  (roles.ACTIVATION, 0): self._inputs}
        self._set_activations(arrays, 0, changes, count)
        for layer in self._layers:
            number = layer.number
            changed = [(ref, values) for ref, values in changes.items()
                       if ref.layer == number and ROLES[ref.role].is_parameter]
            pre_activations = layer.pre_activation.run(arrays | self._without(changed))
            if changed:
                pre_activations = np.array(np.broadcast_to(pre_activations, (count, *pre_activations.shape[1:])))
            for ref, values in changed:
                *sources, unit = ref.units
                before = arrays[roles.ACTIVATION, number - 1]
                by = before[..., self.graph.unit(number - 1, sources[0])] if sources else 1.0
                pre_activations[..., self.graph.unit(number, unit)] += values[:, None] * by
            arrays[roles.PRE_ACTIVATION, number] = pre_activations
            if layer.is_coupled:
                arrays[roles.LARGEST, number] = pre_activations.max(axis=-1)
            arrays[roles.ACTIVATION, number] = layer.activation.run(arrays)
            self._set_activations(arrays, number, changes, count)
        costs = self._cost.run(arrays).mean(axis=-1)
        return np.array(np.broadcast_to(costs, (count,)))

    def _without(self, changed: Sequence[tuple[Ref, Any]]) -> dict[LayerKey, Any]:
        """The parameter arrays that hold changed numbers, with 0 for these: their share is added point by point."""
        found: dict[LayerKey, Any] = {}
        for ref, _ in changed:
            key = (ref.role, ref.layer or 0)
            if key not in found:
                found[key] = self._parameters[key].copy()
            units = [self.graph.unit(key[1] - len(ref.units) + 1 + n, name) for n, name in enumerate(ref.units)]
            found[key][tuple(units)] = 0.0
        return found

    def _set_activations(self, arrays: dict[LayerKey, Any], layer: int, changes: Mapping[Ref, Any], count: int) -> None:
        for ref, values in changes.items():
            if ROLES[ref.role].kind == "activation" and ref.layer == layer:
                before = arrays[roles.ACTIVATION, layer]
                after = np.array(np.broadcast_to(before, (count, *before.shape[1:])))
                after[:, (ref.sample or 1) - 1, self.graph.unit(layer, ref.units[0])] = values
                arrays[roles.ACTIVATION, layer] = after


class TrainingPass:
    """Forward, backward and update of a network over arrays of shape (samples, units); parameters change in place."""

    def __init__(self, network: Network, rate: float) -> None:
        self.network, self.rate = network, rate
        self.parameters = Parameters.of(network)
        graph = NetworkGraph(network, "delta")
        last = network.last
        self._inputs = np.array([sample.inputs for sample in network.samples], float)
        self._targets = np.array([sample.targets for sample in network.samples], float)
        self._layers = [_LayerPass(graph, layer, (SAMPLE,)) for layer in range(1, last + 1)]
        self._cost = _cost(graph, (SAMPLE,))
        self._backward = [_Backward(graph, layer) for layer in range(last, 0, -1)]
        self._updates = [_Update(graph, layer) for layer in range(1, last + 1)]

    def forward(self, samples: Sequence[int] | None = None) -> dict[LayerKey, Any]:
        """All quantities of the forward pass of these samples, or of all, by role and layer."""
        inputs, targets = self._inputs, self._targets
        if samples is not None:
            inputs, targets = inputs[samples], targets[samples]
        arrays: dict[LayerKey, Any] = self.parameters.arrays()
        arrays[roles.TARGET, self.network.last] = targets
        arrays[COUNT, 0] = float(len(self.network.layers[-1]))
        arrays[roles.ACTIVATION, 0] = inputs
        for layer in self._layers:
            arrays[roles.PRE_ACTIVATION, layer.number] = layer.pre_activation.run(arrays)
            if layer.is_coupled:
                arrays[roles.LARGEST, layer.number] = arrays[roles.PRE_ACTIVATION, layer.number].max(axis=-1)
            arrays[roles.ACTIVATION, layer.number] = layer.activation.run(arrays)
        return arrays

    def cost(self, arrays: Mapping[LayerKey, Any]) -> float:
        """The mean cost of the samples of a forward pass."""
        costs = self._cost.run(arrays)
        return float(costs.sum()) / len(costs)

    def update(self, arrays: dict[LayerKey, Any]) -> None:
        """One step of gradient descent from the samples of a forward pass."""
        arrays[roles.RATE, 0] = self.rate
        for layer in self._backward:
            layer.run(arrays)
        for update in self._updates:
            update.run(arrays)
        self.parameters.take(arrays)


class _Backward:
    """The programs of one layer's backward pass; gradients are means over the samples."""

    def __init__(self, graph: NetworkGraph, number: int) -> None:
        kind = graph.layer_kind(number)
        leaf = _leaf(number, (SAMPLE,))

        def program(template: Expr) -> Program:
            return order_axes(compile_template(_spell_out(graph, number, template), leaf), (SAMPLE, "j"))

        def summed(template: Expr, axes: Axes) -> Program:
            opened = _spell_out(graph, number, template)
            return order_axes(compile_template(Sum(SAMPLE, 0, opened), leaf), axes)

        self._programs: list[tuple[LayerKey, Program]] = []
        if not graph.has_short_delta(number):
            self._programs.append(((roles.ARRIVING, number), program(formulas.cost_by_activation(kind, "delta"))))
        self._programs.append(((roles.DELTA, number), program(formulas.delta(kind, "delta"))))
        self._programs.append(((roles.GRADIENT, number), summed(formulas.gradient(kind, "delta"), ("i", "j"))))
        if graph.network.biases is not None and graph.network.train_biases:
            bias = formulas.bias_gradient(kind, "delta", on=False)
            self._programs.append(((roles.BIAS_GRADIENT, number), summed(bias, ("j",))))

    def run(self, arrays: dict[LayerKey, Any]) -> None:
        samples = len(arrays[roles.ACTIVATION, 0])
        for key, program in self._programs:
            found = program.run(arrays)
            arrays[key] = found / samples if ROLES[key[0]].mean else found


class _Update:
    """The programs of one layer's update, in the order of its steps."""

    def __init__(self, graph: NetworkGraph, number: int) -> None:
        at, leaf = graph.setting(number), _leaf(number, (SAMPLE,))
        self._programs = [
            ((role.name, number),
             order_axes(compile_template(role.template(at), leaf), ("i", "j") if role.is_edge else ("j",)))
            for role in graph.find_asked(number, "update", "edge", "unit") if role.template is not None]

    def run(self, arrays: dict[LayerKey, Any]) -> None:
        for key, program in self._programs:
            arrays[key] = program.run(arrays)


def _spell_out(graph: NetworkGraph, number: int, template: Expr) -> Expr:
    """The template with factors that have formulas of their own written out: down to w, a, z, y, ∂C/∂a and ∂C/∂z."""
    def change(expr: Expr) -> Expr:
        if not isinstance(expr, Cell):
            return rebuild(expr, change)
        role = ROLES.get(expr.role)
        if role is None or role.template is None or not (role.inline or role.stage == "slope"):
            return expr
        own = role.template(graph.setting(number + expr.offset))
        return change(_move(own, expr, role.indices))

    return change(template)


def _move(template: Expr, cell: Cell, own: tuple[str, ...]) -> Expr:
    """A role's template to stand in place of a cell: with the cell's index variables, and moved on by its offset."""
    names = dict(zip(own[-len(cell.indices):], cell.indices, strict=True))

    def change(expr: Expr) -> Expr:
        if isinstance(expr, Cell):
            return Cell(expr.role, expr.offset + cell.offset, tuple(names.get(index, index) for index in expr.indices))
        return rebuild(expr, change)

    return change(template)


def batches(count: int, size: int, seed: int) -> Iterator[list[int]]:
    """Sample numbers below ``count`` in parts of ``size``, without end: each round takes all of them in a new order.

    The last part of a round may be smaller. The same ``seed`` gives the same parts.
    """
    from random import Random

    random = Random(seed)
    while True:
        order = list(range(count))
        random.shuffle(order)
        yield from (order[start:start + size] for start in range(0, count, size))
