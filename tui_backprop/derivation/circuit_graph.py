"""The graph of a circuit: gates, their local derivatives, and gradients of the output by every input and gate.

Ids: ``NAME`` a gate's value or an input, ``d[GATE]/dNAME`` a local derivative, ``dOUT/dNAME`` the output's gradient,
``NAME'`` an update, ``r`` the learning rate (``learning rate`` where a gate or input is itself called r).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from tui_backprop.dataclass import replace
from tui_backprop.derivation.graph import Highlight, LongSumOf, UnknownIdError, ValueOf
from tui_backprop.derivation.light import light_in_circuit
from tui_backprop.derivation.order import ListedOrder
from tui_backprop.derivation.renewed import circuit_differences
from tui_backprop.derivation.results import circuit_results
from tui_backprop.derivation.roles import StepKind
from tui_backprop.derivation.words import CIRCUIT_WORDS, Words
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Symbol, number, symbols, total, walk
from tui_backprop.network.model import Circuit, Gate, Network
from tui_backprop.patterns import late_pattern

_LOCAL = late_pattern(r"d\[(\w+)\]/d(\w+)")
_PATH = late_pattern(r"d(\w+)/d(\w+) via (\w+)")


class CircuitGraph:
    """The graph of a circuit.

    The gradient of a value that several gates use is a sum of one term for each; every term is a quantity of its own.
    """

    batch = 1
    goal_word = "Output"
    goal_after = None
    at_corner = "switches", "switch"
    is_large = False
    activations = ()
    cost = None

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self.goal = circuit.output
        self._inputs = dict(circuit.inputs)
        self._gates = {gate.name: gate.expression for gate in circuit.gates}
        self.rate = "r" if "r" not in self._inputs and "r" not in self._gates else "learning rate"

    @cached_property
    def consumers(self) -> dict[str, tuple[str, ...]]:
        """For each name the gates that use it, in their order; gates that do not lead to the output are left out."""
        uses: dict[str, list[str]] = {name: [] for name in (*self._inputs, *self._gates)}
        for name, expression in reversed(self._gates.items()):
            if name == self.circuit.output or uses[name]:
                for used in symbols(expression):
                    uses[used].insert(0, name)
        return {name: tuple(gates) for name, gates in uses.items()}

    def kind(self, quantity: str) -> StepKind:
        if self._is_given(quantity):
            return "given"
        if quantity in self._gates:
            return "gate"
        if _LOCAL.fullmatch(quantity):
            self.formula(quantity)
            return "factor"
        if _PATH.fullmatch(quantity):
            self.formula(quantity)
            return "path"
        if self._gradient_of(quantity) is not None:
            return "gradient"
        if self._update_of(quantity) is not None:
            return "update"
        raise UnknownIdError(quantity)

    def formula(self, quantity: str, _long: LongSumOf | None = None) -> Expr | None:
        """The formula; a circuit has no sums over units that could be shortened."""
        if self._is_given(quantity):
            return None
        if quantity in self._gates:
            return self._gates[quantity]
        if (name := self._gradient_of(quantity)) is not None:
            return self._gradient(name)
        if local := _LOCAL.fullmatch(quantity):
            gate, name = local.groups()
            if name in self.consumers and gate in self.consumers[name]:
                return derivative(self._gates[gate], name)
        if way := _PATH.fullmatch(quantity):
            output, name, gate = way.groups()
            if output == self.circuit.output and len(self.consumers.get(name, ())) > 1 and gate in self.consumers[name]:
                return self._path(name, gate)
        if (name := self._update_of(quantity)) is not None:
            return Symbol(name) - Symbol(self.rate) * Symbol(self.gradient_id(name))
        raise UnknownIdError(quantity)

    def has_fallback(self, _quantity: str) -> bool:
        return False

    def is_far_out(self, _quantity: str, _values: ValueOf) -> bool:
        return False

    def fallback(self, _quantity: str, _long: LongSumOf | None = None) -> Expr | None:
        """None: the expression of a gate has no second form."""
        return None

    def shown(self, quantity: str, _values: ValueOf, long: LongSumOf | None = None) -> Expr | None:
        return self.formula(quantity, long)

    def elide(self, _most: int) -> None:
        return None

    def shapes(self, _most: int) -> None:
        return None

    def activation_at(self, _quantity: str) -> None:
        return None

    def sources(self, quantity: str) -> tuple[str, ...]:
        formula = self.formula(quantity)
        names = symbols(formula) if formula is not None else ()
        return tuple(name for name in names if not self._is_given(name))

    def expression(self, gate: str) -> Expr:
        """The expression of a gate, over names."""
        return self._gates[gate]

    def given(self, quantity: str) -> float:
        if quantity in self._inputs:
            return self._inputs[quantity]
        if quantity == self.rate and self.circuit.learning_rate is not None:
            return self.circuit.learning_rate
        raise UnknownIdError(quantity)

    def gradient_id(self, name: str) -> str:
        """The id of the output's gradient by an input or gate."""
        return f"d{self.circuit.output}/d{name}"

    def is_fixed(self, _quantity: str) -> bool:
        return False

    def is_axis(self, quantity: str) -> bool:
        return self.kind(quantity) == "gate" or quantity in self._inputs

    @property
    def trained_in_words(self) -> str:
        return "the inputs"

    @property
    def axes_in_words(self) -> str:
        return " or ".join([*self._inputs, "a gate"])

    def slope_at(self, quantity: str, values: ValueOf) -> float:
        return values(self.gradient_id(quantity))

    def layer_values(self, _numbers: Mapping[str, float]) -> None:
        return None

    @property
    def only_input(self) -> None:
        return None

    def goals_at(self, _changes: Mapping[str, Sequence[float]]) -> None:
        return None

    def parameter_id(self, place: str) -> str:
        return place

    def update_id(self, parameter: str) -> str:
        return parameter + "'"

    def parameter_of(self, quantity: str) -> str | None:
        name = quantity.removesuffix("'").rpartition("/d")[2]
        return name if name in self._inputs else None

    @property
    def gates(self) -> tuple[Gate, ...]:
        return self.circuit.gates

    def order(self) -> ListedOrder:
        """All steps: gates, then backward from the output, then the inputs' updates."""
        gates = (gate.name for gate in self.circuit.gates)
        return ListedOrder((*gates, *_order_backward(self), *_order_updates(self)))

    def givens(self) -> ListedOrder:
        return ListedOrder((*self._inputs, *(() if self.circuit.learning_rate is None else (self.rate,))))

    def describe_given(self, quantity: str) -> str:
        return "rate" if quantity == self.rate else "input"

    def parameters(self) -> ListedOrder:
        return ListedOrder(tuple(self._inputs))

    def trained(self) -> ListedOrder:
        return ListedOrder(())

    def sample_of(self, _quantity: str) -> None:
        return None

    def of_any_sample(self, quantity: str) -> str:
        return quantity

    def of_any_unit(self, quantity: str) -> str:
        return quantity

    def of_any_layer(self, quantity: str) -> str:
        return self.kind(quantity)

    of_same_sort = of_any_unit

    def shape_of(self, quantity: str) -> str:
        return quantity

    def words(self, quantity: str) -> Words | None:
        kind = self.kind(quantity)
        slope = self.slope_of(quantity)
        if slope is not None and slope[0] == self.circuit.output:
            return CIRCUIT_WORDS["own"]
        if kind != "gradient":
            return CIRCUIT_WORDS.get(kind)
        formula = self.formula(quantity)
        several = formula is not None and any(self.kind(name) == "path" for name in symbols(formula))
        return CIRCUIT_WORDS["output" if formula == number(1) else "gradient sum" if several else "gradient"]

    def about_unit(self, quantity: str) -> dict[str, str]:
        slope = self.slope_of(quantity)
        return {"gate": slope[0], "by": slope[1]} if slope is not None else {}

    def light(self, quantity: str) -> Highlight:
        return light_in_circuit(self, quantity)

    def sides(self, _parameter: str, values: ValueOf) -> Iterator[tuple[str, tuple[float, ...]]]:
        for gate in self.circuit.gates:
            formulas = [gate.expression, *(derivative(gate.expression, name) for name in symbols(gate.expression))]
            yield gate.name, tuple(evaluate(node, values) for formula in formulas for node in walk(formula)
                                   if isinstance(node, Call) and node.function in ("step", "sign"))

    def with_givens(self, numbers: Mapping[str, float]) -> Circuit:
        inputs = tuple((name, numbers.get(name, value)) for name, value in self.circuit.inputs)
        return replace(self.circuit, inputs=inputs, learning_rate=numbers.get(self.rate, self.circuit.learning_rate))

    def differences(self, before: Network | Circuit) -> Iterator[tuple[str, float]]:
        if not isinstance(before, Circuit):
            raise TypeError("a network has become a circuit, or a circuit a network")
        return circuit_differences(self.circuit, before, self.rate)

    def results(self, values: ValueOf) -> dict[str, Any]:
        return circuit_results(self, values)

    def local_id(self, gate: str, name: str) -> str:
        """The id of a gate's derivative by one of its inputs."""
        return f"d[{gate}]/d{name}"

    def path_id(self, name: str, gate: str) -> str:
        """The id of one term of a gradient that is a sum: the way on through ``gate``."""
        return f"{self.gradient_id(name)} via {gate}"

    def slope_of(self, quantity: str) -> tuple[str, str] | None:
        """The gate and the name of a local derivative ``d[GATE]/dNAME``; None of any other quantity."""
        local = _LOCAL.fullmatch(quantity)
        return (local[1], local[2]) if local else None

    def wish_of(self, _quantity: str) -> None:
        """None: a circuit has no outputs with targets."""
        return

    def _is_given(self, quantity: str) -> bool:
        return quantity in self._inputs or (quantity == self.rate and self.circuit.learning_rate is not None)

    def _gradient_of(self, quantity: str) -> str | None:
        name = quantity.removeprefix(f"d{self.circuit.output}/d")
        return name if name != quantity and name in self.consumers else None

    def _update_of(self, quantity: str) -> str | None:
        name = quantity.removesuffix("'")
        return name if name != quantity and name in self._inputs and self.circuit.learning_rate is not None else None

    def _gradient(self, name: str) -> Expr:
        if name == self.circuit.output:
            return number(1)
        gates = self.consumers[name]
        if not gates:
            return number(0)
        if len(gates) == 1:
            return self._path(name, gates[0])
        return total(tuple(Symbol(self.path_id(name, gate)) for gate in gates))

    def _path(self, name: str, gate: str) -> Expr:
        return Symbol(self.local_id(gate, name)) * Symbol(self.gradient_id(gate))


def _order_backward(graph: CircuitGraph) -> Iterator[str]:
    """Every value's gradient once all gates that use it have theirs; the output's own is 1 by definition."""
    circuit = graph.circuit
    yield graph.gradient_id(circuit.output)
    for name in (*reversed([gate.name for gate in circuit.gates[:-1]]), *(name for name, _ in circuit.inputs)):
        gates = graph.consumers[name]
        for gate in gates:
            yield graph.local_id(gate, name)
            if len(gates) > 1:
                yield graph.path_id(name, gate)
        yield graph.gradient_id(name)


def _order_updates(graph: CircuitGraph) -> Iterator[str]:
    if graph.circuit.learning_rate is not None:
        for name, _ in graph.circuit.inputs:
            yield name + "'"
