"""The step engine: the course's table, random networks against central differences, and the contract's promises."""

import math
from dataclasses import replace

import pytest
from hypothesis import given

from tests.effort import examples
from tests.strategies import circuits, networks, off_kinks
from tui_backprop import course
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.layer_values import LayerValues
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.values import Values
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate, Network

NO_NAMES: dict[str, float] = {}

# The course's own table: forward, cost, gradients, new weights, cost after.
TABLE = {
    "exercise-1": {"a 1:k": 0.24, "C": 0.5776, "dC/dw 1:j->k": -0.76, "w' 1:j->k": 0.556, "C'": 0.521284},
    "exercise-2": {"a 1:j": 0.602, "a 2:k": 0.39732, "C": 0.3632231824, "dC/dw 2:j->k": -0.72562672,
                   "dC/dw 1:i->j": -0.55687632, "w' 2:j->k": 0.732562672, "w' 1:i->j": 0.915687632},
    "exercise-3": {"a 1:j": 0.528, "a 2:k": 0.34848, "C": 0.4244783104, "dC/dw 2:j->k": -0.68800512,
                   "dC/dw 1:i->j": -0.60200448, "dC/dw 1:j->j": -0.34400256, "w' 2:j->k": 0.728800512,
                   "w' 1:i->j": 0.540200448, "w' 1:j->j": 0.514400256},
}


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("name", TABLE)
def test_the_exercises_come_to_the_courses_table(name: str, detail: Detail) -> None:
    values = Derivation(course.load(name).task, detail).values
    for quantity, expected in TABLE[name].items():
        assert math.isclose(values(quantity), expected, rel_tol=1e-12), quantity


def test_merged_detail_writes_the_hand_outs_chain() -> None:
    step = Derivation(course.load("exercise-2").task, "merged").step("dC/dw 1:i->j")
    assert step.uses == ("da/dw 1:i->j", "da/da 2:j->k", "dC/da 2:k")


def _nudged(network: Network, layer: int, source: int, target: int, by: float) -> float:
    weights = [[list(row) for row in matrix] for matrix in network.weights]
    weights[layer][source][target] += by
    changed = replace(network, weights=tuple(tuple(map(tuple, matrix)) for matrix in weights))
    return Derivation(changed).values("C")


@examples(25)
@given(networks(most_layers=4, most_units=3).filter(off_kinks))
def test_gradients_are_what_a_nudge_shows(network: Network) -> None:
    derivation, h = Derivation(network), 1e-6
    for layer, matrix in enumerate(network.weights):
        source, target = len(matrix) - 1, len(matrix[0]) - 1
        names = network.layers[layer][source], network.layers[layer + 1][target]
        slope = (_nudged(network, layer, source, target, h) - _nudged(network, layer, source, target, -h)) / (2 * h)
        gradient = derivation.values(f"dC/dw {layer + 1}:{names[0]}->{names[1]}")
        assert math.isclose(gradient, slope, rel_tol=1e-5, abs_tol=1e-7)


@examples(25)
@given(networks(most_layers=4, most_units=3))
def test_every_step_is_found_where_it_stands_and_arrays_agree_with_floats(network: Network) -> None:
    for detail in DETAILS:
        derivation = Derivation(network, detail)
        graph = derivation.graph
        assert isinstance(graph, NetworkGraph)
        arrays, floats = Values(graph, back_end=LayerValues(graph)), derivation.values_with()
        listed = list(derivation.order)
        assert len(set(listed)) == len(listed) == len(derivation.order)
        for place, quantity in enumerate(listed):
            assert derivation.order.find(quantity) == place
            assert derivation.order[place] == quantity
            value = floats(quantity)
            assert math.isclose(arrays(quantity), value, rel_tol=1e-9, abs_tol=1e-12), quantity


@examples(25)
@given(networks(most_layers=3, most_units=3) | circuits())
def test_each_step_uses_earlier_ones_and_its_numbers_come_to_its_value(task: Network | Circuit) -> None:
    for detail in DETAILS if isinstance(task, Network) else DETAILS[:1]:
        derivation = Derivation(task, detail)
        seen: set[str] = set()
        for step in derivation.steps:
            for used in step.uses:
                assert used in seen or derivation.graph.kind(used) == "given", (step.id, used)
            seen.add(step.id)
            value = evaluate(parse(step.write_substituted(), {}), NO_NAMES.__getitem__)
            assert math.isclose(value, step.value, rel_tol=1e-9, abs_tol=1e-300), step.id


def test_an_override_is_carried_on() -> None:
    derivation = Derivation(course.load("exercise-2").task, "merged")
    mistaken = derivation.values_with(numbers={"a 1:j": 0.7})
    assert math.isclose(mistaken("a 2:k"), 0.7 * 0.66)
    assert math.isclose(derivation.values("a 2:k"), 0.39732)


def test_a_shipped_solution_has_every_field_of_the_contract() -> None:
    for name in ("exercise-3", "batch-of-three", "softmax-2-3-2", "circuit-max"):
        exercise = course.load(name)
        for step in Solution(exercise.title, Derivation(exercise.task, exercise.detail)).to_dict()["steps"]:
            assert set(step) == {"id", "kind", "sample", "name", "formula", "substituted", "value", "uses"}
            for part in ("name", "formula", "substituted"):
                assert set(step[part]) == {"unicode", "ascii", "latex"}
                assert step[part]["ascii"].isascii()
            value = exercise.derive().values(step["id"])
            assert repr(step["value"]) == repr(value + 0.0)  # a 0 is never −0


@pytest.mark.parametrize(("rate", "updated"), [(0.1, {"x": 1.6}), (None, None)])
def test_the_results_of_a_circuit_have_updates_only_with_a_learning_rate(
    rate: float | None, updated: dict[str, float] | None
) -> None:
    derivation = Derivation(Circuit((("x", 2.0),), (Gate("f", parse("x*x")),), rate))
    results = derivation.graph.results(derivation.values)
    assert (results["gradients"]["x"], results.get("updated")) == (4.0, updated)
