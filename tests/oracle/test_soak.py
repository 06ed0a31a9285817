"""A seeded part of ``python -m tests.oracle``."""

from __future__ import annotations

from tests.oracle.soak import soak
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS


def test_a_part_of_the_soak_agrees_with_autograd() -> None:
    tally = soak(networks=115, circuits=100, seed=11)
    assert tally.failed == []
    assert tally.numbers > 20_000
    wanted = {*(f"activation {name}" for name in ACTIVATIONS), *(f"cost {name}" for name in COSTS),
              *(f"layers {n}" for n in range(1, 6)), *(f"samples {n}" for n in range(1, 5)),
              *(f"biases {kind}" for kind in ("none", "trained", "frozen"))}
    assert tally.kinds.keys() == wanted
