"""The values of a large network: whole layers at a time, over NumPy arrays, from the same templates.

Loaded only for networks too large for plain floats, so that small ones never wait for NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tui_backprop.dataclass import replace
from tui_backprop.derivation.formulas import gradient as gradient_template
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.in_order import in_order
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, VIA
from tui_backprop.maths.expression import Add, Cell, Expr, Mul, Sum, Symbol, rebuild, walk
from tui_backprop.maths.plain import plain_sum
from tui_backprop.maths.template import NamedArray, Units, evaluate_block, split_at_same
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.model import Network

_SAMPLE = "s"
_AXES = {"w": ("i", "j"), "b": ("j",), "a": (_SAMPLE, "j"), "y": (_SAMPLE, "j")}
"""Of the network's own numbers."""
_WIDE = 1000
"""From this many units of a softmax layer on no slope of every unit by every other is kept."""
_Key = tuple[str, int]
"""A role and a layer."""
_LONG = 40
"""From this many terms on a sum is written as text at once, not term by term."""


class LayerValues:
    """Values of a network's quantities, one array for each role and layer: the back end of
    :class:`~tui_backprop.derivation.values.Values` in a large network.

    Arrays carry an axis for samples first where they differ between samples: ``z`` has shape (samples, units),
    ``w`` (from, to). Gradients are kept as means over the batch only; a sample's own gradient is worked out for the
    one edge asked for, so that memory stays in proportion to the parameters. ``numbers`` are other values for some
    givens.
    """

    def __init__(self, graph: NetworkGraph, numbers: Mapping[str, float] | None = None) -> None:
        self._graph = graph
        self._changed = {graph.ref(quantity): value for quantity, value in (numbers or {}).items()}
        self._network = graph.network
        self._blocks: dict[tuple[str, int], NamedArray] = {}
        self._texts: dict[tuple[str, int, bool, int], list[str]] = {}

    def __call__(self, quantity: str) -> float | None:
        """The value of a quantity; None where it is in no array, and its formula gives it.

        Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`.
        """
        ref = self._graph.ref(quantity)
        if ref.role == "r":
            return self._network.learning_rate
        one_of_many = ref.role in ("dC/dw", "dC/db") and ref.sample is not None
        if one_of_many or (ref.role == "da/dz" and self._is_wide(ref)):
            return None
        layer = self._network.last if ref.layer is None else ref.layer
        role = ref.role if ref.units or ref.role in ("z_max", "z_max'") else ref.role + " total"
        block = self.block(role, layer)
        if role.endswith(" total") and ref.sample is None:
            return float(block.array.mean())
        return float(np.asarray(block.array)[self._position(ref, layer, block.axes)])

    def block(self, role: str, layer: int) -> NamedArray:
        """All values of a role in a layer. ``C total`` and ``C' total`` are a sample's whole cost.

        Not recursive in the number of layers.
        """
        if (role, layer) not in self._blocks:
            for key in in_order((role, layer), self._missing):
                with np.errstate(all="ignore"):
                    self._blocks[key] = self._replaced(*key, self._make(*key))
        return self._blocks[role, layer]

    def _missing(self, key: _Key) -> list[_Key]:
        """The blocks that one is made of, but for those there are."""
        return [other for other in self._sources(*key) if other not in self._blocks]

    def _sources(self, role: str, layer: int) -> list[_Key]:
        primed = ROLES[role.removesuffix(" total")].after_update
        if role in ("z_max", "z_max'"):
            return [("z" + role[5:], layer)]
        if role == "b'" and not self._network.train_biases:
            return [("b", layer)]
        if ROLES[role.removesuffix(" total")].kind == "given" or (role in ("a", "a'") and layer == 0):
            return []
        cells = (node for node in walk(self._template(role, layer)) if isinstance(node, Cell))
        return [self._key(node, layer, primed) for node in cells if node.role not in ("n", "r")]

    def _replaced(self, role: str, layer: int, block: NamedArray) -> NamedArray:
        """The block of a hidden layer's activations with the numbers that are given in place of some."""
        changed = {ref: value for ref, value in self._changed.items() if (ref.role, ref.layer) == (role, layer)}
        if role != "a" or not layer or not changed:
            return block
        array = np.array(block.array)
        for ref, value in changed.items():
            array[self._position(ref, layer, block.axes)] = value
        return NamedArray(array, block.axes)

    def written(self, node: Sum, units: Units, ref: Ref) -> Expr | None:
        """A long sum of products that is a term of a quantity's formula, with its numbers put in, as text in the
        learner's grammar; None for another.
        """
        template = self._graph.template(ref)
        if node not in (template.terms if isinstance(template, Add) else (template,)):
            return None
        factors = node.body.factors if isinstance(node.body, Mul) else (node.body,)
        layer = self._network.last if ref.layer is None else ref.layer
        if len(self._network.layers[layer + node.offset]) < _LONG:
            return None
        columns = [self._along(node.index, cell, units, ref, layer) for cell in factors if isinstance(cell, Cell)]
        return Symbol(plain_sum(columns)) if len(columns) == len(factors) else None

    def _along(self, index: str, node: Cell, units: Units, ref: Ref, layer: int) -> list[str]:
        """The values of a cell for every unit that ``index`` stands for, with round-trip digits.

        A sample's activations are kept: every unit of the next layer has the same in its sum.
        """
        block = self._cell(node, layer, ROLES[ref.role].after_update)
        place = {**units, _SAMPLE: (ref.sample or 1) - 1}

        def texts() -> list[str]:
            along = block.array[tuple(slice(None) if axis == index else place[axis] for axis in block.axes)]
            return list(map(repr, along.tolist()))

        if set(block.axes) != {_SAMPLE, index}:
            return texts()
        key = node.role, layer + node.offset, ROLES[ref.role].after_update, place[_SAMPLE]
        return self._texts[key] if key in self._texts else self._texts.setdefault(key, texts())

    def _make(self, role: str, layer: int) -> NamedArray:
        network = self._network
        match role:
            case "w":
                return NamedArray(self._given(role, layer, lambda: network.weights[layer - 1]), _AXES[role])
            case "b" if (biases := network.biases) is not None:
                return NamedArray(self._given(role, layer, lambda: biases[layer - 1]), _AXES[role])
            case "b'" if not network.train_biases:
                return self.block("b", layer)
            case "a" | "a'" if layer == 0:
                inputs = self._given("a", 0, lambda: [sample.inputs for sample in network.samples])
                return NamedArray(inputs, _AXES["a"])
            case "y":
                targets = self._given(role, layer, lambda: [sample.targets for sample in network.samples])
                return NamedArray(targets, _AXES[role])
            case "z_max" | "z_max'":
                return NamedArray(self.block("z" + role[5:], layer).array.max(axis=1), (_SAMPLE,))
            case "dC/dw" | "dC/db":
                return self._mean_gradient(role, layer)
            case _:
                return self._evaluated(role, layer)

    def _given(self, role: str, layer: int, numbers: Callable[[], Sequence[object]]) -> Any:
        """The network's own numbers as an array, made once for all derivations of it."""
        arrays = self._network.arrays
        if (role, layer) not in arrays:
            arrays[role, layer] = np.array(numbers())
        array = arrays[role, layer]
        for ref, value in self._changed.items():
            if (ref.role, ref.layer) == (role, layer):
                array = array.copy()
                array[self._position(ref, layer, _AXES[role])] = value
        return array

    def _evaluated(self, role: str, layer: int) -> NamedArray:
        primed = ROLES[role.removesuffix(" total")].after_update
        block = evaluate_block(self._template(role, layer), lambda node: self._cell(node, layer, primed))
        return self._ordered(block)

    def _template(self, role: str, layer: int) -> Expr:
        """What a whole layer is worked out by; of a gradient, what is summed over the samples."""
        graph = self._graph
        if role == "dC/dw":
            return gradient_template(graph.layer_kind(layer), graph.detail)
        ref = Ref(role.removesuffix(" total"), layer, () if role.endswith("total") else ("?",))
        template = self._stable(ref) or graph.template(ref)
        return self._without_matrix(template, layer) if role == "dC/dz" and self._is_wide(ref) else template

    def _without_matrix(self, delta: Expr, layer: int) -> Expr:
        """δ of a wide softmax layer from its slopes' formula, with no matrix of slopes made."""
        slope = self._graph.template(Ref("da/dz", layer, ("?", "?")))

        def opened(expr: Expr) -> Expr:
            return slope if expr == Cell("da/dz", 0, ("i", "j")) else rebuild(expr, opened)

        return split_at_same(opened(delta))

    def _is_wide(self, ref: Ref) -> bool:
        """Is it of a layer where a matrix of every unit by every unit would take too much room?"""
        layer = ref.layer or self._network.last
        return self._graph.is_coupled(layer) and len(self._network.layers[layer]) > _WIDE

    def _stable(self, ref: Ref) -> Expr | None:
        """A layer holds many values, some of which may overflow: take the stable form for all of them."""
        if ref.role in ("a", "a'") and ref.layer:
            return ACTIVATIONS[self._network.activations[ref.layer - 1]].stable
        return None

    def _cell(self, node: Cell, layer: int, primed: bool) -> NamedArray:
        if node.role == "n":
            return NamedArray(float(len(self._network.layers[self._network.last])))
        if node.role == "r":
            return NamedArray(self._network.learning_rate)
        block = self.block(*self._key(node, layer, primed))
        own = ("j", "k") if node.role == VIA else ("i", "j")[-len(node.indices):]
        names = dict(zip(own, node.indices, strict=True)) if node.indices else {}
        return NamedArray(block.array, tuple(names.get(axis, axis) for axis in block.axes))

    def _key(self, node: Cell, layer: int, primed: bool) -> _Key:
        """Role and layer of the block that a cell is in."""
        changed = primed and (node.role in ("w", "b") or ROLES[node.role].changes)
        return node.role + "'" if changed else node.role, layer + node.offset

    def _mean_gradient(self, role: str, layer: int) -> NamedArray:
        """The mean over the samples of a gradient, contracted at once: no array of one gradient a sample is made."""
        body = self._template(role, layer)
        factors = body.factors if isinstance(body, Mul) else (body,)
        summed = evaluate_block(Sum(_SAMPLE, 0, Mul(factors)), lambda node: self._cell(node, layer, primed=False))
        block = self._ordered(summed)
        return NamedArray(block.array / len(self._network.samples), block.axes)

    def _ordered(self, block: NamedArray) -> NamedArray:
        """Axes in one order: samples, then i, j, k."""
        axes = tuple(sorted(block.axes, key=lambda axis: (axis != _SAMPLE, axis)))
        if axes == block.axes or not block.axes:
            return block
        return NamedArray(np.transpose(block.array, [block.axes.index(axis) for axis in axes]), axes)

    def _position(self, ref: Ref, layer: int, axes: tuple[str, ...]) -> Any:
        units = self._units(ref, layer)
        if _SAMPLE in axes:
            units[_SAMPLE] = (ref.sample or 1) - 1
        return tuple(units[axis] for axis in axes)

    def _units(self, ref: Ref, layer: int) -> dict[str, int]:
        unit = self._graph.unit
        if not ref.units:
            return {}
        if ref.role == VIA:
            return {"j": unit(layer, ref.units[0]), "k": unit(layer + 1, ref.units[1])}
        if len(ref.units) == 1:
            return {"j": unit(layer, ref.units[0])}
        first = layer if ref.role == "da/dz" else layer - 1
        return {"i": unit(first, ref.units[0]), "j": unit(layer, ref.units[1])}

    def updated(self) -> Network:
        """The network after its update, layer by layer."""
        layers = range(1, len(self._network.layers))
        weights = tuple(tuple(map(tuple, self.block("w'", layer).array.tolist())) for layer in layers)
        biases = self._network.biases
        if biases is not None:
            biases = tuple(tuple(self.block("b'", layer).array.tolist()) for layer in layers)
        return replace(self._network, weights=weights, biases=biases)

    def first_not_finite(self) -> str | None:
        """In words, the first role and layer with a value that is no finite number; None where all are finite."""
        layers = range(1, len(self._network.layers))
        checks = [(role, layer) for layer in layers for role in ("z", "a")]
        checks += [("C total", self._network.last)]
        checks += [(role, layer) for layer in layers for role in ("dC/da", "dC/dw", "w'")]
        checks += [("C' total", self._network.last)]
        for role, layer in checks:
            if not np.isfinite(self.block(role, layer).array).all():
                return f"{role.removesuffix(' total')} in layer {layer}"
        return None
