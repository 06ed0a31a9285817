"""Values, gradients and updates of random networks against automatic differentiation, and against nudged parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracle.drawn import PAIRS, well_conditioned
from tests.oracle.reference import Reference, agree
from tests.strategies import networks, off_kinks
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import Detail
from tui_backprop.network.model import Network

DETAILS: tuple[Detail, ...] = get_args(Detail)


def solved(network: Network, detail: Detail = "full") -> dict[str, Any]:
    return Solution("drawn", Derivation(network, detail)).to_dict(())


@pytest.mark.parametrize(("cost", "output"), PAIRS)
@given(data=st.data())
@settings(max_examples=5)
def test_random_networks_agree_with_autograd(cost: str, output: str, data: st.DataObject) -> None:
    """Few, since the soak has each pair at every depth; but of one that fails Hypothesis finds the smallest."""
    network = data.draw(networks(cost=cost, output=output))
    assume(off_kinks(network) and well_conditioned(network))
    detail = data.draw(st.sampled_from(DETAILS))
    assert agree(solved(network, detail), Reference(network).solution()) == []


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("layers", [1, 2, 3, 4, 5])
@given(data=st.data())
@settings(max_examples=6)
def test_every_depth_agrees_with_autograd(layers: int, biases: bool, data: st.DataObject) -> None:
    network = data.draw(networks(layers_after=layers, biases=biases))
    assume(off_kinks(network) and well_conditioned(network))
    assert agree(solved(network), Reference(network).solution()) == []


@given(network=networks(most_layers=3, most_units=2))
@settings(max_examples=20)
def test_a_gradient_is_what_nudging_the_parameter_shows(network: Network) -> None:
    assume(off_kinks(network) and well_conditioned(network))
    gradients = solved(network)["gradients"]
    for layer, matrix in enumerate(network.weights):
        for source, row in enumerate(matrix):
            for unit in range(len(row)):
                nudged = (cost_with(network, layer, source, unit, by) for by in (NUDGE, -NUDGE))
                assert slope(*nudged) == pytest.approx(gradients["weights"][layer][source][unit], rel=1e-5, abs=1e-5)
    for layer, units in enumerate(network.biases or ()):
        for unit in range(len(units)):
            nudged = (cost_with(network, layer, None, unit, by) for by in (NUDGE, -NUDGE))
            assert slope(*nudged) == pytest.approx(gradients["biases"][layer][unit], rel=1e-5, abs=1e-5)


NUDGE = 1e-6


def slope(above: float, below: float) -> float:
    return (above - below) / (2 * NUDGE)


def cost_with(network: Network, layer: int, source: int | None, unit: int, by: float) -> float:
    """The cost with one weight, or where ``source`` is None one bias, moved by so much."""
    if source is None:
        assert network.biases is not None
        layers = [list(units) for units in network.biases]
        layers[layer][unit] += by
        moved = replace(network, biases=tuple(map(tuple, layers)))
    else:
        matrices = [[list(row) for row in matrix] for matrix in network.weights]
        matrices[layer][source][unit] += by
        moved = replace(network, weights=tuple(tuple(map(tuple, matrix)) for matrix in matrices))
    return Derivation(moved).values("C")
