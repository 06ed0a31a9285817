"""Values and gradients of random circuits against automatic differentiation of the same text, read by Python."""

from __future__ import annotations

from hypothesis import assume, given, settings

from tests.oracle.reference import agree, circuit_solution
from tests.strategies import circuits
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit

MOST = 1e6
"""Beyond this, steep powers and quotients lose more digits than the comparison allows."""


@given(circuit=circuits())
@settings(max_examples=80)
def test_random_circuits_agree_with_autograd(circuit: Circuit) -> None:
    gates = [(gate.name, plain(gate.expression)) for gate in circuit.gates]
    theirs = circuit_solution(dict(circuit.inputs), gates)
    assume(all(abs(value) < MOST for part in theirs.values() for value in part.values()))
    ours = Solution("drawn", Derivation(circuit)).to_dict(())
    assert agree(ours, theirs) == []
    if circuit.learning_rate is not None:
        rate = circuit.learning_rate
        updated = {name: value - rate * theirs["gradients"][name] for name, value in circuit.inputs}
        assert agree(ours["updated"], updated) == []
