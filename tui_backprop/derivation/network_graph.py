"""The graph of a feed-forward network: its quantities, and whatever else is asked of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui_backprop.dataclass import replace
from tui_backprop.derivation import roles
from tui_backprop.derivation.graph import Highlight, ValueOf
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_formulas import NetworkFormulas
from tui_backprop.derivation.network_order import network_order, order_givens
from tui_backprop.derivation.order import BlockOrder
from tui_backprop.derivation.roles import ROLES
from tui_backprop.derivation.words import Words
from tui_backprop.network.activations import ACTIVATIONS, Activation
from tui_backprop.network.costs import COSTS, Cost
from tui_backprop.network.model import Circuit, Gate, Network

if TYPE_CHECKING:
    from tui_backprop.derivation.layer_values import LayerValues
    from tui_backprop.derivation.shapes import Shapes

LARGE = 2000
"""A network with at least this many values in all its samples is worked out in arrays."""


class NetworkGraph(NetworkFormulas):
    """The graph of ``network`` in one of the three details."""

    rate = roles.RATE
    goal, goal_word, goal_after = roles.COST, "Cost", ROLES[roles.COST].after
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

    def shapes(self, most: int) -> Shapes:
        from tui_backprop.derivation.shapes import Shapes  # for long written solutions only

        return Shapes(self, most)

    def activation_at(self, quantity: str) -> Activation:
        return ACTIVATIONS[self.layer_kind(self.ref(quantity).layer or self.network.last).activation]

    def order(self) -> BlockOrder:
        return network_order(self)

    def givens(self) -> BlockOrder:
        return order_givens(self)

    def describe_given(self, quantity: str) -> str:
        return ROLES[self.ref(quantity).role].word

    def parameters(self) -> BlockOrder:
        return order_givens(self).only(lambda quantity: ROLES[self.ref(quantity).role].is_parameter)

    def trained(self) -> BlockOrder:
        return self.parameters().only(self._is_trained)

    def _is_trained(self, parameter: str) -> bool:
        return self.updated(parameter) != parameter

    def updated(self, parameter: str) -> str:
        """The id of a parameter's value after the update; its own id where the update leaves it as it is."""
        ref = self.ref(parameter)
        return str(replace(ref, role=self.after(ref.role, ref.layer or 1)))

    def is_fixed(self, quantity: str) -> bool:
        return ROLES[self.ref(quantity).role].is_parameter and not self._is_trained(quantity)

    def is_axis(self, quantity: str) -> bool:
        role = ROLES[self.ref(quantity).role]
        return role.is_parameter or (role.kind == "activation" and not role.after_update)

    @property
    def trained_in_words(self) -> str:
        return "the weights" if self.network.biases is None else "weights and biases"

    @property
    def axes_in_words(self) -> str:
        network = self.network
        source, target = network.layers[0][0], network.layers[1][0]
        bias = f"a bias as '{Ref(roles.BIAS, 1, (target,))}', " if network.biases is not None else ""
        activation = Ref(roles.ACTIVATION, 1, (target,), 1 if self.batch > 1 else None)
        return f"a weight as '{Ref(roles.WEIGHT, 1, (source, target))}', {bias}or an activation as '{activation}'"

    def slope_at(self, quantity: str, values: ValueOf) -> float:
        ref = self.ref(quantity)
        if ROLES[ref.role].is_parameter:
            return values(self.gradient_id(quantity))
        if ref.layer:
            return values(str(replace(ref, role=roles.ARRIVING))) / self.batch
        onwards = self.network.layers[1]
        return sum(values(str(Ref(roles.SUM_BY_ACTIVATION, 1, (*ref.units, unit), ref.sample)))
                   * values(str(Ref(roles.DELTA, 1, (unit,), ref.sample))) for unit in onwards) / self.batch

    def layer_values(self, numbers: Mapping[str, float]) -> LayerValues | None:
        if not self.is_large:
            return None
        from tui_backprop.derivation.layer_values import LayerValues

        return LayerValues(self, numbers)

    @property
    def only_input(self) -> str | None:
        inputs = self.network.layers[0]
        return str(Ref(roles.ACTIVATION, 0, inputs)) if self.batch == 1 and len(inputs) == 1 else None

    def goals_at(self, changes: Mapping[str, Sequence[float]]) -> list[float]:
        from tui_backprop.derivation.passes import ForwardPass

        return [float(cost) for cost in ForwardPass(self.network).costs(changes)]

    def parameter_id(self, place: str) -> str:
        return f"{roles.WEIGHT if '->' in place else roles.BIAS} {place}"

    def gradient_id(self, parameter: str) -> str:
        return f"dC/d{parameter}"

    def update_id(self, parameter: str) -> str:
        letter, _, place = parameter.partition(" ")
        return f"{letter}' {place}"

    def parameter_of(self, quantity: str) -> str | None:
        ref = self.ref(quantity)
        name = ROLES[ref.role].part or ROLES[ref.role].before
        return str(Ref(name, ref.layer, ref.units)) if ROLES[name].is_parameter and ref.units else None

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

    of_same_sort = of_any_layer

    def shape_of(self, quantity: str) -> str:
        ref = self.ref(quantity)
        layer = ref.layer or self.network.last
        activation = self.network.activations[layer - 1]
        return f"{ref.role} {activation} {layer == self.network.last} {len(set(ref.units))}"

    def slope_of(self, quantity: str) -> tuple[str, str] | None:
        """For a slope within one unit, what changes and what it changes with: ``z 2:k`` and ``w 2:j->k``; else None.

        For a bias's gradient these are the unit's sum and the bias, since the factor ∂z/∂b = 1 is never written.
        """
        ref = self.ref(quantity)
        part = ref.part
        if part is None or self.kind_of(ref) == "mean" or len(ref.units) > 1 + ROLES[ref.role].is_edge:
            return None
        of_bias = ROLES[part.role].word == "bias"
        whole = Ref(roles.PRE_ACTIVATION, ref.layer, ref.units, ref.sample) if of_bias else ref.whole
        return (str(whole), str(part)) if whole.units else None

    def wish_of(self, quantity: str) -> tuple[str, bool] | None:
        ref = self.ref(quantity)
        role, part = ROLES[ref.role], ref.part
        if part is None or ROLES[part.role].kind != "activation" or ref.whole.units:
            return None
        setting = self.setting_of(ref)
        if not role.adds_up(setting) and not (setting.last and setting.kind.outputs > 1):
            return None
        return str(part), setting.last

    def words(self, quantity: str) -> Words | None:
        ref = self.ref(quantity)
        role = ROLES[ref.role]
        if self.kind_of(ref) == "mean":
            return role.mean_words
        return role.words(self.setting_of(ref)) if role.words is not None and not self.is_given(ref) else None

    def about_unit(self, quantity: str) -> dict[str, str]:
        ref = self.ref(quantity)
        if not ref.layer or not ref.units or not ROLES[ref.role].is_units:
            return {}
        named = [roles.ACTIVATION, roles.PRE_ACTIVATION, roles.TARGET]
        return {role: str(Ref(role, ref.layer, ref.units[:1], ref.sample))
                for role in named if ROLES[role].there(self.setting_of(ref))}

    def light(self, quantity: str) -> Highlight:
        from tui_backprop.derivation.light import light_in_network  # for drawings only

        return light_in_network(self, quantity)

    def sides(self, parameter: str, values: ValueOf) -> Iterator[tuple[str, bool]]:
        for layer in range(self.ref(parameter).layer or 1, self.network.last + 1):
            if ACTIVATIONS[self.layer_kind(layer).activation].kinked:
                for sample in range(1, self.batch + 1):
                    for unit in self.network.layers[layer]:
                        name = str(Ref(roles.PRE_ACTIVATION, layer, (unit,), sample if self.batch > 1 else None))
                        yield name, values(name) > 0

    def with_givens(self, numbers: Mapping[str, float]) -> Network:
        from tui_backprop.derivation.renewed import network_with  # most exercises keep their numbers

        return network_with(self, numbers)

    def differences(self, before: Network | Circuit) -> Iterator[tuple[str, float]]:
        from tui_backprop.derivation.renewed import network_differences

        if not isinstance(before, Network):
            raise TypeError("a network has become a circuit, or a circuit a network")
        return network_differences(self.network, before)

    def results(self, values: ValueOf) -> dict[str, Any]:
        from tui_backprop.derivation.results import network_results

        return network_results(self, values)
