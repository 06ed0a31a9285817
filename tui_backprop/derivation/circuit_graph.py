"""The graph of a circuit: gates, their local derivatives, and gradients of the output by every input and gate.

Ids: ``NAME`` a gate's value or an input, ``d[GATE]/dNAME`` a local derivative, ``dOUT/dNAME`` the output's gradient,
``NAME'`` an update, ``r`` the learning rate (``learning rate`` where a gate or input is itself called r).
"""

from __future__ import annotations

import re
from functools import cached_property

from tui_backprop.derivation.graph import Kind, UnknownIdError
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.expression import Expr, Symbol, number, symbols, total
from tui_backprop.network.model import Circuit

_LOCAL = re.compile(r"d\[(\w+)\]/d(\w+)")
_PATH = re.compile(r"d(\w+)/d(\w+) via (\w+)")


class CircuitGraph:
    """The graph of a circuit. A gradient with several ways onwards is the sum of its paths, each a quantity."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._inputs = dict(circuit.inputs)
        self._gates = {gate.name: gate.expression for gate in circuit.gates}
        self.rate = "r" if "r" not in self._inputs and "r" not in self._gates else "learning rate"

    @cached_property
    def consumers(self) -> dict[str, tuple[str, ...]]:
        """For each name, the gates that use it, in order, of those that lead to the output."""
        uses: dict[str, list[str]] = {name: [] for name in (*self._inputs, *self._gates)}
        for name, expression in reversed(self._gates.items()):
            if name == self.circuit.output or uses[name]:
                for used in symbols(expression):
                    uses[used].insert(0, name)
        return {name: tuple(gates) for name, gates in uses.items()}

    def kind(self, quantity: str) -> Kind:
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

    def formula(self, quantity: str) -> Expr | None:
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

    def fallback(self, _quantity: str) -> Expr | None:
        """A gate is what its expression says: there is no second form."""
        return None

    def given(self, quantity: str) -> float:
        if quantity in self._inputs:
            return self._inputs[quantity]
        if quantity == self.rate and self.circuit.learning_rate is not None:
            return self.circuit.learning_rate
        raise UnknownIdError(quantity)

    def gradient_id(self, name: str) -> str:
        """The id of the output's gradient by an input or gate."""
        return f"d{self.circuit.output}/d{name}"

    def local_id(self, gate: str, name: str) -> str:
        """The id of a gate's derivative by one of its inputs."""
        return f"d[{gate}]/d{name}"

    def path_id(self, name: str, gate: str) -> str:
        """The id of one way's term, where a value is used by several gates."""
        return f"{self.gradient_id(name)} via {gate}"

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
