"""The quantities of a feed-forward network: from an id to its formula, made when it is asked for."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import assert_never

from tui_backprop.dataclass import replace
from tui_backprop.derivation import formulas
from tui_backprop.derivation.formulas import Detail, LayerKind
from tui_backprop.derivation.graph import CellOf, LongSumOf, UnknownIdError, ValueOf
from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.roles import ROLES, SLOPE, Role, Setting, Shape, Stage, StepKind, roles_of
from tui_backprop.derivation.uses import cells
from tui_backprop.maths.expression import Add, Cell, Expr, Omitted, Sum, Symbol, call, number, symbols, total
from tui_backprop.maths.template import Units, bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COUNT
from tui_backprop.network.model import Network

FEWEST_ELIDED = 4
"""A sum of no more terms than this is never shortened."""
_FAR_OUT = 650.0
"""e to the power of anything nearer to 0 than this, and a sum of such powers, is a float with all its digits."""
_KEPT, _MOST_KEPT_UNITS = 4096, 16
"""How many formulas are kept, and for layers of up to how many units, so that their sums are short."""


class NetworkFormulas:
    """The quantities of ``network`` in one of the three details: which there are, their kinds and formulas.

    Every quantity of every detail can be asked for by id; the detail decides the formulas of the gradients. After an
    update the forward pass runs again through primed quantities (``a' 1:j``), which ``C'`` is made of.
    """

    def __init__(self, network: Network, detail: Detail) -> None:
        self.network = network
        self.detail = detail
        self.batch = len(network.samples)
        few = max(map(len, network.layers)) <= _MOST_KEPT_UNITS
        self._whole_formula = lru_cache(maxsize=_KEPT if few else 0)(self._formula)
        self._kept_template, self._kept_layers = cache(self._make_template), cache(self._layers_of_units)
        self._kind = lru_cache(maxsize=_KEPT)(lambda quantity: self.kind_of(self.ref(quantity)))
        self.ref = lru_cache(maxsize=_KEPT)(self._ref)
        """An id taken apart, and checked against this network. Raises :class:`UnknownIdError`."""
        self._index = [{name: n for n, name in enumerate(layer)} for layer in network.layers]

    @cached_property
    def layer_kinds(self) -> tuple[LayerKind, ...]:
        """What decides each layer's formulas; layer 1 first."""
        return tuple(self._layer_kind(layer) for layer in range(1, len(self.network.layers)))

    def layer_kind(self, layer: int) -> LayerKind:
        return self.layer_kinds[layer - 1]

    @cached_property
    def _settings(self) -> tuple[tuple[Setting, Setting], ...]:
        """For each layer, from 1: the setting of its quantities, and the setting of one output's part of the cost."""
        found = []
        for layer, kind in enumerate(self.layer_kinds, 1):
            coupled = ACTIVATIONS[kind.activation].coupled
            short = self.detail == "delta" and formulas.has_shortcut(kind)
            at = Setting(kind, self.detail, coupled, short, last=layer == self.network.last)
            found.append((at, replace(at, part=True)))
        return tuple(found)

    def setting(self, layer: int | None, *, part: bool = False) -> Setting:
        """What decides formulas, words and steps of a layer; without a layer, of the last one."""
        return self._settings[(layer or self.network.last) - 1][part]

    def setting_of(self, ref: Ref) -> Setting:
        return self.setting(ref.layer, part=bool(ref.units) and ROLES[ref.role].shape == "whole")

    def find_asked(self, layer: int, stage: Stage, *shapes: Shape) -> tuple[Role, ...]:
        """The roles of a stage and of these shapes that are steps in a layer."""
        return tuple(role for role in roles_of(stage, *shapes) if role.asked(self.setting(layer)))

    def kind(self, quantity: str) -> StepKind:
        return self._kind(quantity)

    def kind_of(self, ref: Ref) -> StepKind:
        if ref.layer == 0:
            return "given"
        role = ROLES[ref.role]
        if self.is_mean(ref):
            return role.kind if role.after_update else "mean"
        return "path" if role.adds_up(self.setting_of(ref)) else role.kind

    def _ref(self, quantity: str) -> Ref:
        try:
            ref = parse_id(quantity)
        except ValueError:
            raise UnknownIdError(quantity) from None
        if not self.has(ref):
            raise UnknownIdError(quantity)
        return ref

    def unit(self, layer: int, name: str) -> int:
        """The number of a unit in its layer, from 0."""
        return self._index[layer][name]

    def formula(self, quantity: str, long: LongSumOf | None = None) -> Expr | None:
        """The formula; ``long`` may put something in place of the terms of a sum over units."""
        return self._whole_formula(quantity) if long is None else self._formula(quantity, long)

    def _formula(self, quantity: str, long: LongSumOf | None = None) -> Expr | None:
        ref = self.ref(quantity)
        if self.is_given(ref):
            return None
        return self._special(ref) or self.bind(self.template(ref), ref, long)

    def shown(self, quantity: str, values: ValueOf, long: LongSumOf | None = None) -> Expr | None:
        ref = self.ref(quantity)
        return self.merge_formula(ref, on=True, long=long) if self.is_on(ref, values) else self.formula(quantity, long)

    def is_on(self, ref: Ref, values: ValueOf) -> bool:
        """Is it merged with the slope ∂a/∂z, and that 1 with these numbers, though not with all (an active ReLU)?"""
        if not ROLES[ref.role].is_merged or not self.setting_of(ref).merged or (self.batch > 1 and ref.sample is None):
            return False
        layer = ref.layer or 1
        kinked = ACTIVATIONS[self.layer_kind(layer).activation].kinked
        return kinked and values(str(Ref(SLOPE, layer, ref.units[-1:], ref.sample))) == 1

    def merge_formula(self, ref: Ref, on: bool, long: LongSumOf | None = None) -> Expr:
        """The formula of a merged factor or a bias gradient; ``on``: the unit's ∂a/∂z is 1, and is left out."""
        return self.bind(self.template(ref, on=on), ref, long)

    def elide(self, most: int, cell: CellOf | None = None) -> LongSumOf:
        """Shortens sums over more than ``most`` units to their first two terms and the last; no other is made."""
        def elide(node: Sum, units: Units, ref: Ref) -> Expr | None:
            layer = self.network.last if ref.layer is None else ref.layer
            count = len(self.network.layers[layer + node.offset])
            if count <= max(most, FEWEST_ELIDED):
                return None
            first, second, last = (self.bind(node.body, ref, units={**units, node.index: n}, cell=cell)
                                   for n in (0, 1, count - 1))
            return Add((first, second, Omitted(), last))

        return elide

    def has_fallback(self, quantity: str) -> bool:
        return self.stable(self.ref(quantity)) is not None

    def is_far_out(self, quantity: str, values: ValueOf) -> bool:
        ref = self.ref(quantity) if self._has_coupled else None
        if ref is None or ROLES[ref.role].kind != "activation" or not self.setting_of(ref).coupled:
            return False
        formula = self.formula(quantity)
        return formula is not None and any(abs(values(name)) > _FAR_OUT for name in symbols(formula))

    @cached_property
    def _has_coupled(self) -> bool:
        return any(at.coupled for at, _ in self._settings)

    def fallback(self, quantity: str, long: LongSumOf | None = None) -> Expr | None:
        ref = self.ref(quantity)
        stable = self.stable(ref)
        return self.bind(stable, ref, long) if stable is not None else None

    def stable(self, ref: Ref) -> Expr | None:
        """The template of a formula's stable form, where it has one."""
        stable = ROLES[ref.role].stable
        return stable(self.setting(ref.layer)) if stable is not None and ref.layer else None

    def given(self, quantity: str) -> float:
        ref, network = self.ref(quantity), self.network
        sample = network.samples[(ref.sample or 1) - 1]
        match ROLES[ref.role].word, ref.layer, ref.units:
            case "rate", _, _:
                return network.learning_rate
            case "input", 0, (unit,):
                return sample.inputs[self.unit(0, unit)]
            case "target", int(layer), (unit,):
                return sample.targets[self.unit(layer, unit)]
            case "weight", int(layer), (source, target):
                return network.weights[layer - 1][self.unit(layer - 1, source)][self.unit(layer, target)]
            case "bias", int(layer), (unit,) if network.biases is not None:
                return network.biases[layer - 1][self.unit(layer, unit)]
            case _:
                raise UnknownIdError(quantity)

    def sources(self, quantity: str) -> tuple[str, ...]:
        ref = self.ref(quantity)
        if self.is_given(ref):
            return ()
        special = self._special(ref)
        if special is not None:
            return symbols(special)
        layer = self.network.last if ref.layer is None else ref.layer
        primed = ROLES[ref.role].after_update

        def size(offset: int) -> int:
            return len(self.network.layers[layer + offset])

        def wanted(node: Cell) -> bool:
            if node.role == COUNT:
                return False
            at = layer + node.offset
            return at > 0 and (ROLES[node.role].kind != "given" or (primed and self.after(node.role, at) != node.role))

        ranges = {index: range(unit, unit + 1) for index, unit in self.places(ref, layer).items()}
        found = cells(self.template(ref), ranges, size, wanted)
        return tuple(dict.fromkeys(
            str(self.cell_ref(node, units, layer + node.offset, ref.sample, primed)) for node, units in found))

    def template(self, ref: Ref, *, on: bool = False) -> Expr:
        """The template of a role's formula, for its layer; also for primed quantities, whose shape is the same.

        ``on``: where the unit's ∂a/∂z is known to be 1, and need not be written.
        """
        return self._kept_template(ref.role, ref.layer, bool(ref.units), on)

    def _make_template(self, name: str, layer: int | None, of_units: bool, on: bool) -> Expr:
        role = ROLES[name]
        make = role.template_on if on and role.template_on is not None else role.template
        if make is None:
            raise UnknownIdError(name)
        return make(self.setting(layer, part=of_units and role.shape == "whole"))

    def is_coupled(self, layer: int) -> bool:
        """Does every activation of the layer depend on every pre-activation (softmax)?"""
        return self.setting(layer).coupled

    def has_short_delta(self, layer: int) -> bool:
        """Is the layer's δ simply a − y here?"""
        return self.setting(layer).short

    def bind(
        self, template: Expr, ref: Ref, long: LongSumOf | None = None, units: Units | None = None,
        cell: CellOf | None = None,
    ) -> Expr:
        """A template written out for a quantity; ``cell`` may give something else for a cell than its symbol."""
        layer = self.network.last if ref.layer is None else ref.layer
        primed = ROLES[ref.role].after_update

        def size(offset: int) -> int:
            return len(self.network.layers[layer + offset])

        def named(node: Cell, units: Units) -> Expr:
            if node.role == COUNT:
                return number(len(self.network.layers[self.network.last]))
            if cell is not None:
                return cell(node, units)
            return Symbol(str(self.cell_ref(node, units, layer + node.offset, ref.sample, primed)))

        shorter = None if long is None else lambda node, units: long(node, units, ref)
        return bind(template, self.places(ref, layer) if units is None else units, size, named, shorter)

    def cell_ref(self, node: Cell, units: Units, at: int, sample: int | None, primed: bool) -> Ref:
        name, layers = self.after(node.role, at) if primed else node.role, self.network.layers
        role = ROLES[name]
        of = sample if role.per_sample else None
        if not node.indices:
            return Ref(name, None if role.shape == "whole" else at, (), of)
        if role.is_edge or role.is_path:
            first = at if role.is_path else at - 1
            source, target = node.indices
            return Ref(name, at, (layers[first][units[source]], layers[first + 1][units[target]]), of)
        return Ref(name, at, tuple(layers[at][units[index]] for index in node.indices), of)

    def after(self, role: str, layer: int) -> str:
        """What an update makes of this role, ``w'`` of ``w``; itself where its values in this layer stay."""
        if ROLES[role].after == role or layer < 1 or not ROLES[ROLES[role].after].asked(self.setting(layer)):
            return role
        return ROLES[role].after

    def places(self, ref: Ref, layer: int) -> dict[str, int]:
        """The places of its units in their layers, by the index variables of its template."""
        if ROLES[ref.role].is_path:
            return {"j": self.unit(layer, ref.units[0]), "k": self.unit(layer + 1, ref.units[1])}
        if ROLES[ref.role].is_edge:
            return {"i": self.unit(layer - 1, ref.units[0]), "j": self.unit(layer, ref.units[1])}
        if len(ref.units) == 2:
            return {"i": self.unit(layer, ref.units[0]), "j": self.unit(layer, ref.units[1])}
        return {"j": self.unit(layer, ref.units[0])} if ref.units else {}

    def is_special(self, ref: Ref) -> bool:
        """Is it a mean over a batch, or the largest pre-activation of a layer? Neither is a template over units."""
        return self.is_mean(ref) or (ROLES[ref.role].shape == "layer" and ref.layer is not None)

    def _special(self, ref: Ref) -> Expr | None:
        """The formula of what is no template over units."""
        role = ROLES[ref.role]
        if self.is_mean(ref):
            terms = tuple(Symbol(str(ref.of_sample(n + 1))) for n in range(self.batch))
            return total(terms) / self.batch
        if role.shape == "layer" and ref.layer is not None:
            return call("max", *(Symbol(str(Ref(role.largest_of, ref.layer, (u,), ref.sample)))
                                 for u in self.network.layers[ref.layer]))
        return None

    def is_given(self, ref: Ref) -> bool:
        return ROLES[ref.role].kind == "given" or ref.layer == 0

    def _layer_kind(self, layer: int) -> LayerKind:
        network, last = self.network, self.network.last
        return LayerKind(
            activation=network.activations[layer - 1],
            cost=network.cost,
            has_biases=network.biases is not None,
            trains_biases=network.biases is not None and network.train_biases,
            next_activation=network.activations[layer] if layer < last else None,
            next_size=len(network.layers[layer + 1]) if layer < last else 0,
            single_chain=self._single_chain(layer),
            next_chain=self._single_chain(layer + 1),
            outputs=len(network.layers[last]),
        )

    def _single_chain(self, layer: int) -> int:
        chain, network = 0, self.network
        for units, activation in zip(network.layers[layer + 1:], network.activations[layer:], strict=False):
            if len(units) > 1 or ACTIVATIONS[activation].coupled:
                break
            chain += 1
        return chain

    def has(self, ref: Ref) -> bool:
        """Does this quantity exist: a known role, a layer and units of the network, a sample just where one belongs?"""
        if ref.role not in ROLES or not self._sample_fits(ref):
            return False
        if ref.layer is None:
            return ROLES[ref.role].shape == "whole"
        return ref.layer <= self.network.last and self._units_fit(ref, ref.layer)

    def _sample_fits(self, ref: Ref) -> bool:
        if ref.sample is not None:
            return self.batch > 1 and ROLES[ref.role].per_sample and ref.sample in range(1, self.batch + 1)
        return self.batch == 1 or not ROLES[ref.role].per_sample or self._has_mean(ref)

    @staticmethod
    def _has_mean(ref: Ref) -> bool:
        """Can this be a mean over a batch: not one sample's, and not a single output's part of the cost?"""
        role = ROLES[ref.role]
        return role.mean and ref.sample is None and not (role.shape == "whole" and ref.units)

    def is_mean(self, ref: Ref) -> bool:
        """Is this a mean over the samples of a batch?"""
        return self.batch > 1 and self._has_mean(ref)

    def _units_fit(self, ref: Ref, layer: int) -> bool:
        layers = self._kept_layers(ref.role, layer)
        if layers is None or len(layers) != len(ref.units):
            return False
        return all(unit in self._index[at] for at, unit in zip(layers, ref.units, strict=True))

    def _layers_of_units(self, name: str, layer: int) -> tuple[int, ...] | None:
        """The layers that the units of a role's quantities are in; None where there is no such quantity."""
        role = ROLES[name]
        if layer < role.first_layer or (layer and not role.there(self.setting(layer))):
            return None
        match role.shape:
            case "layer":
                return ()
            case "whole":
                layers: tuple[int, ...] = (layer,) if role.kind == "cost" else ()
            case "unit":
                layers = (layer, layer) if role.pairs and self.is_coupled(layer) else (layer,)
            case "edge" | "onwards":
                layers = (layer - 1, layer)
            case "path":
                layers = (layer, layer + 1)
            case _:
                assert_never(role.shape)
        return layers if layers and layers[-1] <= self.network.last else None
