"""Numbers of the learner's own, carried on without working a large network out again."""

from __future__ import annotations

import math

from hypothesis import example, given

from tests.effort import examples
from tests.strategies import networks
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.values import values_near
from tui_backprop.network.model import Network, Sample

A_FULL_ONE = Network(
    layers=(("A",), ("B",)), activations=("sigmoid",), cost="binary_cross_entropy", learning_rate=0.01,
    weights=(((4.6,),),), biases=None, samples=(Sample(inputs=(1.0,), targets=(0.0,)),), train_biases=True)
"""Its output 0.99 and a hundredth more are 1: the slope's formula divides by nothing then."""


@examples(12)
@example(A_FULL_ONE)
@given(networks(most_layers=4, most_units=3))
def test_a_step_comes_out_the_same_from_the_numbers_it_is_made_of(network: Network) -> None:
    """Every direct step is replaced by another number: near or far, there is nothing else it could depend on."""
    for detail in DETAILS:
        derivation = Derivation(network, detail)
        graph = derivation.graph
        assert isinstance(graph, NetworkGraph)
        for quantity in derivation.order:
            numbers = {name: round(derivation.values(name), 2) + 0.01 for name in graph.sources(quantity)}
            near = values_near(graph, derivation.values, numbers)(quantity)
            far = derivation.values_with(numbers=numbers)(quantity)
            assert near == far or not math.isfinite(far), quantity
            assert values_near(graph, derivation.values, {})(quantity) == derivation.values(quantity)


def test_values_are_rounded_on_the_way() -> None:
    derivation = Derivation(course.load("exercise-2").task)
    rounded = derivation.values_with(rounding=lambda _id, value: round(value, 2))
    assert rounded("z 1:j") == round(derivation.values("z 1:j"), 2)
    assert rounded("z 2:k") == round(derivation.values("w 2:j->k") * rounded("a 1:j"), 2)
