"""The values of a large network: whole layers at a time, over NumPy arrays, from the same templates.

Loaded only for networks too large for plain floats, so that small ones never wait for NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

import numpy as np

from tui_backprop.dataclass import replace
from tui_backprop.derivation import roles
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, LayerKey, Role
from tui_backprop.maths.expression import Add, Cell, Expr, Mul, Sum, Symbol, rebuild, walk
from tui_backprop.maths.plain import plain_sum
from tui_backprop.maths.template import NamedArray, Units, evaluate_block, split_at_same
from tui_backprop.maths.walks import in_order
from tui_backprop.network.costs import COUNT
from tui_backprop.network.model import Network

_SAMPLE = "s"
_AXES = {roles.WEIGHT: ("i", "j"), roles.BIAS: ("j",), roles.ACTIVATION: (_SAMPLE, "j"), roles.TARGET: (_SAMPLE, "j")}
"""The axes of the arrays that hold the network's own numbers."""
_WIDE = 1_000_000
"""A softmax layer with more slopes than this, units times units times samples, gets no array of them."""
_NEW_WEIGHT, _NEW_BIAS = ROLES[roles.WEIGHT].after, ROLES[roles.BIAS].after
_TOTAL = " total"
"""Ends the role of a sample's whole cost. The role without it is that of the parts, where there are several outputs."""
_LONG = 40
"""A sum with at least this many terms is written as text at once, not term by term."""


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
        """The value of a quantity; None where no array holds it, so that its formula must be evaluated.

        Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`.
        """
        ref = self._graph.ref(quantity)
        role = ROLES[ref.role]
        if role.word == "rate":
            return self._network.learning_rate
        if (role.kind == "gradient" and ref.sample is not None) or (role.pairs and self._is_wide(ref)):
            return None
        layer = self._network.last if ref.layer is None else ref.layer
        is_total = role.shape == "whole" and not ref.units
        block = self.block(ref.role + _TOTAL if is_total else ref.role, layer)
        if is_total and ref.sample is None:
            return float(block.array.mean())
        return float(np.asarray(block.array).item(self._position(ref, layer, block.axes)))

    def block(self, role: str, layer: int) -> NamedArray:
        """All values of a role in a layer; for a role that ends in :data:`_TOTAL`, one for each sample.

        Not recursive in the number of layers.
        """
        if (role, layer) not in self._blocks:
            for key in in_order((role, layer), self._missing):
                with np.errstate(all="ignore"):
                    self._blocks[key] = self._replace(*key, self._make(*key))
        return self._blocks[role, layer]

    def _missing(self, key: LayerKey) -> list[LayerKey]:
        """The blocks that a block is made of and that are not worked out yet."""
        return [other for other in self._sources(*key) if other not in self._blocks]

    def _sources(self, role: str, layer: int) -> list[LayerKey]:
        row = ROLES[role.removesuffix(_TOTAL)]
        if row.shape == "layer":
            return [(row.largest_of, layer)]
        if self._is_kept(row, layer):
            return [(row.before, layer)]
        if row.kind == "given" or layer == 0:
            return []
        cells = (node for node in walk(self._template(role, layer)) if isinstance(node, Cell))
        return [self._key(node, layer, row.after_update) for node in cells if node.role not in (COUNT, roles.RATE)]

    def _is_kept(self, row: Role, layer: int) -> bool:
        """Is this a parameter after an update that leaves it unchanged?"""
        return row.kind == "update" and row.before in ROLES and self._graph.after(row.before, layer) == row.before

    def _replace(self, role: str, layer: int, block: NamedArray) -> NamedArray:
        """The block of a hidden layer's activations, with given numbers in place of some."""
        changed = {ref: value for ref, value in self._changed.items() if (ref.role, ref.layer) == (role, layer)}
        if not layer or not changed or ROLES[role].kind != "activation":
            return block
        array = np.array(block.array)
        for ref, value in changed.items():
            array[self._position(ref, layer, block.axes)] = value
        return NamedArray(array, block.axes)

    def write_sum(self, node: Sum, units: Units, ref: Ref) -> Expr | None:
        """A long sum of products in a quantity's formula, its numbers put in, as text in the learner's grammar.

        None where the sum is not long, or is neither the formula nor a term of it.
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
            return repr(along.tolist())[1:-1].split(", ")  # one call for all: half as long as a call for each

        if set(block.axes) != {_SAMPLE, index}:
            return texts()
        key = node.role, layer + node.offset, ROLES[ref.role].after_update, place[_SAMPLE]
        return self._texts[key] if key in self._texts else self._texts.setdefault(key, texts())

    def _make(self, role: str, layer: int) -> NamedArray:
        row = ROLES[role.removesuffix(_TOTAL)]
        if row.kind == "given" or layer == 0:
            return NamedArray(self._make_given(role, layer), _AXES[role])
        if row.shape == "layer":
            return NamedArray(self.block(row.largest_of, layer).array.max(axis=1), (_SAMPLE,))
        if self._is_kept(row, layer):
            return self.block(row.before, layer)
        return self._mean_gradient(role, layer) if row.kind == "gradient" and row.mean else self._evaluate(role, layer)

    def _numbers(self, role: str, layer: int) -> Sequence[object]:
        """The network's own numbers of a role."""
        network, word = self._network, ROLES[role].word
        match word:
            case "weight":
                return network.weights[layer - 1]
            case "bias":
                return (network.biases or ())[layer - 1]
            case "input":
                return [sample.inputs for sample in network.samples]
            case "target":
                return [sample.targets for sample in network.samples]
            case "rate" | "":
                raise ValueError(f"no layer has a {role}")
            case _:
                assert_never(word)

    def _make_given(self, role: str, layer: int) -> Any:
        """The network's own numbers as an array, made once for all derivations of it."""
        arrays = self._network.arrays
        if (role, layer) not in arrays:
            arrays[role, layer] = np.array(self._numbers(role, layer))
        array = arrays[role, layer]
        for ref, value in self._changed.items():
            if (ref.role, ref.layer) == (role, layer):
                array = array.copy()
                array[self._position(ref, layer, _AXES[role])] = value
        return array

    def _evaluate(self, role: str, layer: int) -> NamedArray:
        primed = ROLES[role.removesuffix(_TOTAL)].after_update
        block = evaluate_block(self._template(role, layer), lambda node: self._cell(node, layer, primed))
        return self._order(block)

    def _template(self, role: str, layer: int) -> Expr:
        """The template that a whole layer is worked out by; for a mean gradient, that of one sample's share."""
        graph = self._graph
        ref = Ref(role.removesuffix(_TOTAL), layer, () if role.endswith(_TOTAL) else ("?",))
        template = self._stable(ref) or graph.template(ref)
        return self._without_matrix(template, layer) if role == roles.DELTA and self._is_wide(ref) else template

    def _without_matrix(self, delta: Expr, layer: int) -> Expr:
        """δ of a wide softmax layer, with its slopes' formula put in so that no matrix of slopes is made."""
        slope = self._graph.template(Ref(roles.SLOPE, layer, ("?", "?")))

        def open_slopes(expr: Expr) -> Expr:
            return slope if expr == Cell(roles.SLOPE, 0, ("i", "j")) else rebuild(expr, open_slopes)

        return split_at_same(open_slopes(delta))

    def _is_wide(self, ref: Ref) -> bool:
        """Does it belong to a layer where a matrix of every unit by every unit would take too much room?"""
        layer = ref.layer or self._network.last
        return self._graph.is_coupled(layer) and len(self._network.layers[layer]) ** 2 * self._graph.batch > _WIDE

    def _stable(self, ref: Ref) -> Expr | None:
        """The stable form of a layer's activations, if any. It serves all of them, since some may overflow."""
        row = ROLES[ref.role]
        return row.stable(self._graph.setting(ref.layer)) if row.stable and row.kind == "activation" else None

    def _cell(self, node: Cell, layer: int, primed: bool) -> NamedArray:
        if node.role == COUNT:
            return NamedArray(float(len(self._network.layers[self._network.last])))
        if node.role == roles.RATE:
            return NamedArray(self._network.learning_rate)
        block = self.block(*self._key(node, layer, primed))
        own = ROLES[node.role].indices[-len(node.indices):]
        names = dict(zip(own, node.indices, strict=True)) if node.indices else {}
        return NamedArray(block.array, tuple(names.get(axis, axis) for axis in block.axes))

    def _key(self, node: Cell, layer: int, primed: bool) -> LayerKey:
        """Role and layer of the block that a cell is in."""
        at = layer + node.offset
        return self._graph.after(node.role, at) if primed else node.role, at

    def _mean_gradient(self, role: str, layer: int) -> NamedArray:
        """The mean of a gradient over the samples, in one contraction: no array holds one gradient for each sample."""
        body = self._template(role, layer)
        factors = body.factors if isinstance(body, Mul) else (body,)
        summed = evaluate_block(Sum(_SAMPLE, 0, Mul(factors)), lambda node: self._cell(node, layer, primed=False))
        block = self._order(summed)
        return NamedArray(block.array / len(self._network.samples), block.axes)

    def _order(self, block: NamedArray) -> NamedArray:
        """Axes in one order: samples, then i, j, k."""
        axes = tuple(sorted(block.axes, key=lambda axis: (axis != _SAMPLE, axis)))
        if axes == block.axes or not block.axes:
            return block
        return NamedArray(np.transpose(block.array, [block.axes.index(axis) for axis in axes]), axes)

    def _position(self, ref: Ref, layer: int, axes: tuple[str, ...]) -> Any:
        units = self._graph.places(ref, layer)
        if _SAMPLE in axes:
            units[_SAMPLE] = (ref.sample or 1) - 1
        return tuple([units[axis] for axis in axes])

    def updated(self) -> Network:
        """The network after its update, layer by layer."""
        layers = range(1, len(self._network.layers))
        weights = tuple(tuple(map(tuple, self.block(_NEW_WEIGHT, layer).array.tolist())) for layer in layers)
        biases = self._network.biases
        if biases is not None:
            biases = tuple(tuple(self.block(_NEW_BIAS, layer).array.tolist()) for layer in layers)
        return replace(self._network, weights=weights, biases=biases)

    def first_not_finite(self) -> str | None:
        """In words, the first role and layer with a value that is no finite number; None where all are finite."""
        layers = range(1, len(self._network.layers))
        checks = [(role, layer) for layer in layers for role in (roles.PRE_ACTIVATION, roles.ACTIVATION)]
        checks += [(roles.COST + _TOTAL, self._network.last)]
        checks += [(role, layer) for layer in layers for role in (roles.ARRIVING, roles.GRADIENT, _NEW_WEIGHT)]
        checks += [(ROLES[roles.COST].after + _TOTAL, self._network.last)]
        for role, layer in checks:
            if not np.isfinite(self.block(role, layer).array).all():
                return f"{role.removesuffix(_TOTAL)} in layer {layer}"
        return None
