"""Networks of many layers, and very wide ones: worked out in order, without recursion, in little memory."""

from __future__ import annotations

import tracemalloc
from graphlib import CycleError
from itertools import pairwise
from random import Random

import pytest

from tests.effort import pairs
from tui_backprop.derivation import Derivation, layer_values
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.maths.expression import Symbol
from tui_backprop.network.model import Network, Sample


def drawn(sizes: list[int], activation: str = "tanh", *, output: str = "", cost: str = "squared_error") -> Network:
    random = Random(7)

    def numbers(size: int) -> tuple[float, ...]:
        return tuple(random.uniform(-1, 1) for _ in range(size))

    return Network(
        layers=tuple(tuple(f"u{unit}" for unit in range(size)) for size in sizes),
        activations=(activation,) * (len(sizes) - 2) + (output or activation,), cost=cost, learning_rate=0.1,
        weights=tuple(tuple(numbers(after) for _ in range(before)) for before, after in pairwise(sizes)),
        biases=None, samples=(Sample(numbers(sizes[0]), (1.0,) + (0.0,) * (sizes[-1] - 1)),))


@pytest.mark.parametrize(("detail", "sizes"), pairs(DETAILS, [[5] * 101, [1] * 101, [40, 60, *[1] * 99]]))
def test_a_hundred_layers_are_worked_out(sizes: list[int], detail: Detail) -> None:
    derivation = Derivation(drawn(sizes), detail)
    last = Derivation(derivation.task, "delta").values
    for quantity in ("C'", "dC/dw 1:u0->u0", "dC/dw 50:u0->u0", "w' 1:u0->u0"):
        assert derivation.values(quantity) == pytest.approx(last(quantity), rel=1e-9, abs=1e-300)
    assert derivation.first_not_finite() is None
    step = derivation.step("dC/dw 1:u0->u0")
    assert step.value == derivation.values(step.id)
    assert step.write_substituted()


def test_a_formula_that_names_what_is_made_of_it_is_refused() -> None:
    derivation = Derivation(drawn([2, 2, 1]))
    values = derivation.values_with(formulas={"z 1:u0": Symbol("a 2:u0")})
    with pytest.raises(CycleError):
        values("C")
    own = derivation.values_with(formulas={"z 1:u0": Symbol("z 1:u0")})
    with pytest.raises(CycleError):
        own("C")
    assert derivation.values_with(formulas={"z 1:u0": Symbol("a 2:u0")}, numbers={"a 2:u0": 0.5})("z 1:u0") == 0.5


@pytest.mark.parametrize("cost", ["squared_error", "cross_entropy"])
def test_a_wide_softmax_is_worked_out_without_its_matrix(cost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Derivation(drawn([45, 50, 7], output="softmax", cost=cost)).graph
    assert graph.is_large
    quantities = ("dC/dz 2:u0", "dC/dz 2:u6", "da/dz 2:u1,u2", "da/dz 2:u2,u2", "dC/dw 1:u3->u4", "C'")
    with_matrix = [*map(Derivation(graph.with_givens({})).values, quantities)]
    monkeypatch.setattr(layer_values, "_WIDE", 3)
    assert [*map(Derivation(graph.with_givens({})).values, quantities)] == pytest.approx(with_matrix, rel=1e-12)


def test_a_softmax_of_thousands_of_units_takes_little_memory() -> None:
    derivation = Derivation(drawn([1, 4000], "softmax", cost="cross_entropy"))
    tracemalloc.start()
    assert derivation.values("dC/dw 1:u0->u3999") != 0
    assert derivation.values("da/dz 1:u0,u0") > 0
    assert tracemalloc.get_traced_memory()[1] < 30_000_000, "the matrix of slopes has 128 MB"
    tracemalloc.stop()
