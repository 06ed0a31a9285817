"""Curves, maps and training agree with the step engine, and slopes with central differences."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tui_backprop as tb
from tests.effort import examples, some
from tests.strategies import HIDDEN, circuits, networks, off_kinks
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.landscape import (
    CostHill,
    FormulaHill,
    around,
    cost_map,
    curve,
    descent,
    landscape,
    space_evenly,
    spans_around,
    step_from,
    stretch,
)
from tui_backprop.derivation.passes import ForwardPass
from tui_backprop.derivation.training import Batching, Training, train, train_for
from tui_backprop.maths.parse import parse
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Circuit, Network, Sample

PLACES = (-900.0, -745.0, -720.0, -40.0, -3.0, -0.5, 0.0, 0.25, 1.0, 7.0, 40.0, 720.0, 745.0, 900.0)
"""Far out, a sigmoid is flat and an exponential too large; at 0 a ReLU has its corner."""


def quantities(network: Network) -> list[str]:
    """Everything that a curve can be drawn against."""
    number = "#1 " if len(network.samples) > 1 else ""
    found = [f"w {layer}:{a}->{b}" for layer in range(1, network.last + 1)
             for a in network.layers[layer - 1] for b in network.layers[layer]]
    if network.biases is not None:
        found += [f"b {layer}:{unit}" for layer in range(1, network.last + 1) for unit in network.layers[layer]]
    return found + [f"{number}a {layer}:{unit}" for layer in range(network.last + 1) for unit in network.layers[layer]]


def close(one: float, other: float) -> bool:
    """The same to 1e-12 of the numbers' size; or neither of them is finite."""
    if not math.isfinite(one) or not math.isfinite(other):
        return not math.isfinite(one) and not math.isfinite(other)
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def one_layer(activation: str, cost: str) -> Network:
    """Two inputs, two hidden units where the activation is no output's alone, two outputs that the cost wants."""
    output = COSTS[cost].output or (activation if activation == "softmax" else "sigmoid")
    hidden = activation if activation in HIDDEN else "tanh"
    return Network(
        (("p", "q"), ("h", "i"), ("x", "y")), (hidden, output), cost, 0.1,
        (((0.3, -0.2), (0.5, 0.4)), ((0.7, -0.6), (0.2, 0.9))), ((0.1, 0.2), (-0.1, 0.3)),
        (Sample((0.6, -0.8), (0.0, 1.0)), Sample((-0.4, 0.9), (1.0, 0.0))))


EVERY_ACTIVATION_AND_COST = [(activation, cost) for activation in ACTIVATIONS for cost in COSTS]


@pytest.mark.parametrize(("activation", "cost"), some(EVERY_ACTIVATION_AND_COST))
def test_costs_over_arrays_are_the_engine_s_for_every_activation_and_cost(activation: str, cost: str) -> None:
    network = one_layer(activation, cost)
    derivation = Derivation(network)
    for quantity in ("w 1:p->h", "w 2:i->y", "b 1:i", "b 2:x", "#2 a 0:p", "#1 a 1:h"):
        over_arrays = [float(cost) for cost in ForwardPass(network).costs({quantity: PLACES})]
        engine = [derivation.vary({quantity: x})("C") for x in PLACES]
        assert all(map(close, over_arrays, engine)), quantity


@given(networks(most_layers=3), st.data())
@examples(40)
def test_a_map_s_costs_are_the_engine_s(network: Network, data: st.DataObject) -> None:
    derivation = Derivation(network)
    first, second = (data.draw(st.sampled_from(quantities(network))) for _ in range(2))
    assume(first != second)
    costs = cost_map(derivation, (first, second), PLACES[2:8], PLACES[3:7])
    for row, y in zip(costs, PLACES[3:7], strict=True):
        assert all(close(cost, derivation.vary({first: x, second: y})("C"))
                   for cost, x in zip(row, PLACES[2:8], strict=True))


@given(networks(most_layers=3), st.data())
@examples(40)
def test_slopes_are_those_of_central_differences(network: Network, data: st.DataObject) -> None:
    quantity = data.draw(st.sampled_from(quantities(network)))
    hill = CostHill(Derivation(network), quantity)
    here, h = hill.spot(hill.x), 1e-5
    assume(off_kinks(network))
    central = (hill.cost(hill.x + h) - hill.cost(hill.x - h)) / (2 * h)
    assert math.isclose(here.slope, central, rel_tol=1e-4, abs_tol=1e-6)


@given(networks(most_layers=3), st.data())
@examples(40)
def test_the_next_point_is_the_engine_s_update(network: Network, data: st.DataObject) -> None:
    derivation = Derivation(network)
    quantity = data.draw(st.sampled_from([name for name in quantities(network) if name[:2] in ("w ", "b ")]))
    drawn = curve(CostHill(derivation, quantity), points=3)
    assert drawn.next is not None
    stays = quantity[0] == "b" and not network.train_biases
    assert close(drawn.next[0], derivation.values(quantity if stays else quantity.replace(" ", "' ", 1)))
    assert close(drawn.next[1], derivation.vary({quantity: drawn.next[0]})("C"))
    assert drawn.here.slope == derivation.values(f"dC/d{quantity}")
    assert drawn.here.cost == derivation.values("C")


@given(networks(most_layers=3))
@examples(40)
def test_an_update_of_a_training_is_the_engine_s(network: Network) -> None:
    derivation = Derivation(network)
    before, after = train(network, network.learning_rate, 1)
    assert close(before, derivation.values("C"))
    assert close(after, derivation.values("C'"))
    changed = train_for(network, network.learning_rate, 1).task
    assert isinstance(changed, Network)
    now = Derivation(changed)
    for quantity in quantities(network):
        if quantity[:2] == "w " or (quantity[:2] == "b " and network.train_biases):
            assert close(now.values(quantity), derivation.values(quantity.replace(" ", "' ", 1)))


@given(circuits(), st.sampled_from([0.01, 0.5]))
@examples(30)
def test_a_circuit_has_curves_and_training_too(circuit: Circuit, rate: float) -> None:
    derivation = Derivation(replace(circuit, learning_rate=rate))
    name = circuit.inputs[0][0]
    drawn = curve(CostHill(derivation, name), points=5)
    assert drawn.next is not None
    assert close(drawn.next[0], derivation.values(f"{name}'"))
    costs = list(train(circuit, rate, 2))
    assert costs[0] == derivation.values(circuit.output)
    step = step_from(CostHill(derivation, circuit.output), drawn.here, rate)
    assert step is not None


@pytest.mark.parametrize("name", ["batch-of-three", "softmax-2-3-2", "mazur", "off-relu"])
def test_many_updates_are_the_engine_s_one_after_another(name: str) -> None:
    from tui_backprop.tutor.edit import again

    exercise = tb.load(name)
    assert isinstance(exercise.task, Network)
    costs, now = [], exercise
    for _ in range(6):
        costs.append(Derivation(now.task).values("C"))
        now = again(now)
    assert all(close(one, other) for one, other in zip(
        costs, train(exercise.task, exercise.task.learning_rate, 5), strict=True))


def test_at_a_corner_and_beyond_it_the_curve_goes_on() -> None:
    hill = CostHill(Derivation(tb.load("exercise-2").task), "w 1:i->j")
    assert hill.spot(0.0).slope == 0
    assert [hill.spot(x).slope for x in (-1.0, -0.001)] == [0, 0]
    assert hill.spot(0.001).slope < 0
    assert hill.cost(-1.0) == hill.cost(0.0) == 1


def test_a_diverging_training_ends_in_gaps() -> None:
    task = tb.load("exercise-2").task
    costs = list(train(task, 10.0, 500))
    assert len(costs) == 501
    wild = replace(one_layer("identity", "squared_error"), activations=("identity", "identity"))
    costs = list(train(wild, 10.0, 200))
    assert math.isnan(costs[-1])
    assert len(costs) == 201
    path = descent(Derivation(replace(wild, learning_rate=10.0)), ("w 1:p->h", "w 2:h->x"), 200)
    assert 1 < len(path) < 201
    assert all(map(math.isfinite, (number for point in path for number in point)))


def test_a_cost_that_is_infinite_is_a_gap_of_the_curve() -> None:
    hill = CostHill(Derivation(one_layer("identity", "binary_cross_entropy")), "b 2:x")
    assert not math.isfinite(hill.cost(1e6))
    assert math.isfinite(hill.cost(1.0))
    drawn = curve(hill, -1e6, 1e6, 5)
    assert [math.isfinite(cost) for _, cost in drawn.points].count(False) >= 1


def test_batches_are_drawn_from_the_seed() -> None:
    task = tb.load("batch-of-three").task
    runs = [tuple(train(task, 0.05, 30, Batching(size, seed))) for size, seed in ((1, 1), (1, 1), (1, 2), (2, 1))]
    assert runs[0] == runs[1]
    assert len(set(runs)) == 3
    assert all(run[-1] < run[0] for run in runs)
    assert tuple(train(task, 0.05, 5, Batching(3))) == tuple(train(task, 0.05, 5))


def test_one_sample_at_a_time_is_an_update_from_that_sample_alone() -> None:
    task = tb.load("batch-of-three").task
    assert isinstance(task, Network)
    training = Training(task, 0.05, Batching(1, 4))
    training.update()
    alone = [train_for(replace(task, samples=(sample,)), 0.05, 1).task for sample in task.samples]
    now = training.task
    assert isinstance(now, Network)
    assert now.weights in [each.weights for each in alone if isinstance(each, Network)]


@pytest.mark.parametrize(("against", "said"), [
    ("C", "name a weight"), ("w 9:i->j", "name a weight"), ("r", "name a weight"), ("", "name a weight"),
    ("a 1:j->k", "an activation as 'a 1:j'"),
])
def test_what_nothing_can_be_drawn_against_is_said_in_a_line(against: str, said: str) -> None:
    with pytest.raises(ValueError, match="nothing that a curve") as caught:
        CostHill(Derivation(tb.load("exercise-2").task), against)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_stretch_shows_where_the_step_leads() -> None:
    assert stretch(0.86, 0.9) == (0.86 - 2, 0.86 + 2)
    low, high = stretch(0.5, 30.0)
    assert low < 0.5 < 30 < high
    assert space_evenly(0, 1, 5) == (0, 0.25, 0.5, 0.75, 1)


def test_a_map_holds_its_path() -> None:
    assert spans_around([(1.0, -2.0, 7.0), (2.0, 3.0, 9.0)]) == (around([1.0, 2.0]), around([-2.0, 3.0]))
    drawn = landscape(Derivation(tb.load("mazur").task), ("w 1:i1->h1", "w 2:h1->o1"), size=(9, 5))
    assert (len(drawn.xs), len(drawn.ys), len(drawn.costs), len(drawn.costs[0])) == (9, 5, 5, 9)
    assert all(drawn.xs[0] < x < drawn.xs[-1] and drawn.ys[0] < y < drawn.ys[-1] for x, y, _ in drawn.path)
    assert drawn.path[0][:2] == (0.15, 0.4)
    assert [cost for _, _, cost in drawn.path] == sorted((cost for _, _, cost in drawn.path), reverse=True)


@pytest.mark.parametrize(("text", "x", "slope"), [
    ("x^2", 3.0, 6.0), ("sigmoid(x)", 0.0, 0.25), ("tanh(x)", 0.0, 1.0), ("relu(x)", -1.0, 0.0),
    ("(x - 1)^2", 0.4, -1.2),
])
def test_a_formula_has_a_height_and_a_slope(text: str, x: float, slope: float) -> None:
    hill = FormulaHill(parse(text, {"x": "x"}), "x")
    assert hill.spot(x).slope == pytest.approx(slope, abs=1e-12)
    assert hill.costs([x]) == [hill.cost(x)]


def test_a_large_network_has_curves_against_its_hidden_activations() -> None:
    big = Network(
        (tuple(f"i{n}" for n in range(60)), tuple(f"h{n}" for n in range(40)), ("o",)), ("sigmoid", "sigmoid"),
        "squared_error", 0.1,
        (tuple(tuple(((i * 7 + j * 3) % 11 - 5) / 20 for j in range(40)) for i in range(60)),
         tuple(((j % 5 - 2) / 3,) for j in range(40))), None,
        (Sample(tuple((n % 7) / 7 for n in range(60)), (1.0,)),))
    for quantity in ("w 1:i3->h2", "a 1:h3", "a 0:i5"):
        hill = CostHill(Derivation(big), quantity)
        h = 1e-5
        central = (hill.cost(hill.x + h) - hill.cost(hill.x - h)) / (2 * h)
        assert math.isclose(hill.spot(hill.x).slope, central, rel_tol=1e-4, abs_tol=1e-8)
        moved = hill.x + 0.5
        assert close(hill.costs([moved])[0], hill.cost(moved))
        central = (hill.cost(moved + h) - hill.cost(moved - h)) / (2 * h)
        assert math.isclose(hill.spot(moved).slope, central, rel_tol=1e-4, abs_tol=1e-8)
