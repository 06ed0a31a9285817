"""Exported PyTorch runs as it is, and autograd's numbers are the tutor's."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.effort import examples
from tests.export.running import Interpreter, differences, expected
from tests.export.test_scripts import AT_ZERO, EXERCISES, FAR_APART, FAR_OUT, GATES, circuit_of
from tests.strategies import circuits, networks
from tui_backprop import course
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.export.scripts import pytorch_script
from tui_backprop.network.model import Circuit, Network


def check(task: Network | Circuit, interpreter: Interpreter) -> None:
    derivation = Derivation(task)
    printed = interpreter.run(pytorch_script(Solution("A title", derivation)))
    assert expected(derivation, autograd=True) <= printed.keys()
    assert differences(printed, derivation) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_shipped_exercises(name: str, interpreter: Interpreter) -> None:
    check(course.load(name).task, interpreter)


@given(networks())
@examples(150)
def test_random_networks(interpreter: Interpreter, network: Network) -> None:
    check(network, interpreter)


@given(circuits())
@examples(150)
def test_random_circuits(interpreter: Interpreter, circuit: Circuit) -> None:
    check(circuit, interpreter)


@pytest.mark.parametrize("network", [AT_ZERO, FAR_OUT, FAR_APART])
def test_kinks_fixed_biases_and_saturated_units(network: Network, interpreter: Interpreter) -> None:
    check(network, interpreter)


def test_every_function_ties_and_names_that_python_has_a_use_for(interpreter: Interpreter) -> None:
    check(circuit_of(GATES), interpreter)


def test_three_values_at_a_tie_and_gates_without_inputs(interpreter: Interpreter) -> None:
    gates = ("c = exp(2) + pi", "d = 3", "m = max(x, y, 2)", "n = min(m, x, 2)", "f = n * c * d")
    check(circuit_of(gates), interpreter)
