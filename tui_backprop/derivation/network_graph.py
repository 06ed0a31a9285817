"""The graph of a feed-forward network: its quantities, and whatever else is asked of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui_backprop.derivation.graph import Light, ValueOf
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.light import light_in_network
from tui_backprop.derivation.network_formulas import NetworkFormulas
from tui_backprop.derivation.network_order import given_order, network_order
from tui_backprop.derivation.order import BlockOrder
from tui_backprop.derivation.renewed import network_differences, network_with
from tui_backprop.derivation.results import network_results
from tui_backprop.derivation.roles import ROLES
from tui_backprop.derivation.words import Words
from tui_backprop.network.activations import ACTIVATIONS, Activation
from tui_backprop.network.costs import COSTS, Cost
from tui_backprop.network.model import Circuit, Gate, Network

LARGE = 2000
"""From this many values in all samples on, they are worked out as arrays."""

_WISH = "dC/da"
"""What an output wants is read off this role."""


class NetworkGraph(NetworkFormulas):
    """The graph of ``network`` in one of the three details."""

    rate = "r"
    goal, goal_word, goal_after = "C", "Cost", "C'"
    at_corner = "passes 0", "pass 0"
    gates: tuple[Gate, ...] = ()

    @property
    def is_large(self) -> bool:
        layers, last = self.network.layers, self.network.last
        slopes = len(layers[last]) ** 2 if self.is_coupled(last) else 0
        return (self.network.parameter_count + sum(map(len, layers[1:])) + slopes) * self.batch > LARGE

    @property
    def activations(self) -> tuple[Activation, ...]:
        return tuple(ACTIVATIONS[name] for name in dict.fromkeys(self.network.activations))

    @property
    def cost(self) -> Cost:
        return COSTS[self.network.cost]

    def activation_at(self, quantity: str) -> Activation:
        return ACTIVATIONS[self.layer_kind(self.ref(quantity).layer or self.network.last).activation]

    def order(self) -> BlockOrder:
        return network_order(self)

    def givens(self) -> BlockOrder:
        return given_order(self)

    def given_word(self, quantity: str) -> str:
        return ROLES[self.ref(quantity).role].word

    def parameters(self) -> BlockOrder:
        return given_order(self).only(lambda quantity: self.ref(quantity).role in ("w", "b"))

    def trained(self) -> BlockOrder:
        roles = ("w", "b") if self.network.train_biases else ("w",)
        return given_order(self).only(lambda quantity: self.ref(quantity).role in roles)

    def parameter_id(self, place: str) -> str:
        return f"{'w' if '->' in place else 'b'} {place}"

    def gradient_id(self, parameter: str) -> str:
        return f"dC/d{parameter}"

    def update_id(self, parameter: str) -> str:
        letter, _, place = parameter.partition(" ")
        return f"{letter}' {place}"

    def parameter_of(self, quantity: str) -> str | None:
        ref = self.ref(quantity)
        letter = ref.role.removesuffix("'").rpartition("/d")[2]
        return str(Ref(letter, ref.layer, ref.units)) if letter in ("w", "b") and ref.units else None

    def sample_of(self, quantity: str) -> int | None:
        ref = self.ref(quantity)
        if ref.sample is not None or self.batch > 1:
            return ref.sample
        role = ROLES[ref.role]
        of_batch = (not role.per_sample and role.kind != "given") or (role.after_update and role.kind == "cost")
        return None if of_batch else 1

    def of_any_sample(self, quantity: str) -> str:
        ref = self.ref(quantity)
        return f"{ref.of_sample(None)} {ref.sample is None}"

    def of_any_unit(self, quantity: str) -> str:
        ref = self.ref(quantity)
        return f"{ref.role} {ref.layer} {ref.sample is None}"

    def of_any_layer(self, quantity: str) -> str:
        ref = self.ref(quantity)
        kind = self.kind_of(ref)
        return kind if kind in ("update", "mean") else ref.role

    def shape_of(self, quantity: str) -> str:
        ref = self.ref(quantity)
        layer = ref.layer or self.network.last
        activation = self.network.activations[layer - 1]
        return f"{ref.role} {activation} {layer == self.network.last} {len(set(ref.units))}"

    def slope_of(self, quantity: str) -> tuple[str, str] | None:
        """What changes with what, where a quantity is a slope within one unit: ``z 2:k`` and ``w 2:j->k``.

        Of a bias's gradient it is the unit's sum and the bias: that factor of 1 is never written.
        """
        ref = self.ref(quantity)
        if self.kind_of(ref) == "mean":
            return None
        above, _, below = ref.role.removeprefix("d").partition("/d")
        if not below or (above == "C" and below != "b") or len(ref.units) > 1 + ROLES[ref.role].is_edge:
            return None
        whole = Ref("z" if below == "b" else above, ref.layer, ref.units[-1:], ref.sample)
        part = {"w": Ref("w", ref.layer, ref.units), "a": Ref("a", (ref.layer or 1) - 1, ref.units[:1], ref.sample),
                "z": Ref("z", ref.layer, ref.units, ref.sample), "b": Ref("b", ref.layer, ref.units)}[below]
        return str(whole), str(part)

    def wish_of(self, quantity: str) -> tuple[str, bool] | None:
        """The activation that a slope of the cost is taken by, and whether it is one of several outputs; of a hidden
        unit, where several paths lead from it to the cost.
        """
        ref = self.ref(quantity)
        role = ROLES[ref.role]
        if (role.name, role.shape) != (_WISH, "unit"):
            return None
        setting = self.setting_of(ref)
        if not role.adds_up(setting) and not (setting.last and setting.kind.outputs > 1):
            return None
        return str(Ref("a", ref.layer, ref.units, ref.sample)), setting.last

    def words(self, quantity: str) -> Words | None:
        ref = self.ref(quantity)
        role = ROLES[ref.role]
        if self.kind_of(ref) == "mean":
            return role.mean_words
        return role.words(self.setting_of(ref)) if role.words is not None and not self._is_given(ref) else None

    def about_unit(self, quantity: str) -> dict[str, str]:
        ref = self.ref(quantity)
        if not ref.layer or not ref.units or not ROLES[ref.role].is_units:
            return {}
        roles = ("a", "z", "y") if ref.layer == self.network.last else ("a", "z")
        return {role: str(Ref(role, ref.layer, ref.units[:1], ref.sample)) for role in roles}

    def light(self, quantity: str) -> Light:
        return light_in_network(self, quantity)

    def sides(self, parameter: str, values: ValueOf) -> Iterator[tuple[str, bool]]:
        for layer in range(self.ref(parameter).layer or 1, self.network.last + 1):
            if ACTIVATIONS[self.layer_kind(layer).activation].kinked:
                for sample in range(1, self.batch + 1):
                    for unit in self.network.layers[layer]:
                        name = str(Ref("z", layer, (unit,), sample if self.batch > 1 else None))
                        yield name, values(name) > 0

    def with_givens(self, numbers: Mapping[str, float]) -> Network:
        return network_with(self, numbers)

    def differences(self, before: Network | Circuit) -> Iterator[tuple[str, float]]:
        if not isinstance(before, Network):
            raise TypeError("a network has become a circuit, or a circuit a network")
        return network_differences(self.network, before)

    def results(self, values: ValueOf) -> dict[str, Any]:
        return network_results(self, values)
