"""Many updates one after another, and what the cost does meanwhile."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import repeat
from typing import assert_never

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.network.model import Circuit, Network


@dataclass(frozen=True, slots=True)
class Batching:
    """Which samples each update is made from: all of them (``size`` None), or so many at a time.

    In parts, the samples are gone through in an order drawn from ``seed``, a new one for each round.
    """

    size: int | None = None
    seed: int = 1


ALL_SAMPLES = Batching()


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """A finished training.

    ``costs``: the cost of all samples together before the first update and after each; not finite where it has no
    value.
    """

    rate: float
    costs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TrainingState:
    """A network or circuit after ``update`` updates, and its cost."""

    update: int
    cost: float
    task: Network | Circuit


class Training:
    """Gradient descent from an exercise's numbers, an update at a time.

    A :class:`Circuit` must have a learning rate of its own or be given one. ``cost`` is that of all samples.
    """

    def __init__(self, task: Network | Circuit, rate: float, batching: Batching = ALL_SAMPLES) -> None:
        self.rate = rate
        self._descent: _OfNetwork | _OfCircuit
        match task:
            case Network():
                self._descent = _OfNetwork(task, rate, batching)
            case Circuit():
                self._descent = _OfCircuit(task, rate)
            case _:
                assert_never(task)

    @property
    def cost(self) -> float:
        return self._descent.cost

    @property
    def task(self) -> Network | Circuit:
        """The network or circuit with the numbers it has now."""
        return self._descent.task

    def update(self) -> float:
        """Make one update; gives the cost after it."""
        self._descent.update()
        return self._descent.cost


class _OfNetwork:
    def __init__(self, network: Network, rate: float, batching: Batching) -> None:
        import numpy as np

        from tui_backprop.derivation.passes import TrainingPass, batches

        self._quiet = np.errstate
        self._network = network
        self._pass = TrainingPass(network, rate)
        count = len(network.samples)
        whole = batching.size is None or batching.size >= count
        self._parts: Iterator[list[int] | None] = repeat(None) if whole else batches(
            count, max(batching.size or 1, 1), batching.seed)
        self._all = self._forward()

    def _forward(self) -> dict[tuple[str, int], object]:
        with self._quiet(all="ignore"):
            arrays = self._pass.forward()
            self.cost = self._pass.cost(arrays)
        return arrays

    @property
    def task(self) -> Network:
        return self._pass.parameters.into(self._network)

    def update(self) -> None:
        part = next(self._parts)
        with self._quiet(all="ignore"):
            self._pass.update(self._all if part is None else self._pass.forward(part))
        self._all = self._forward()


class _OfCircuit:
    def __init__(self, circuit: Circuit, rate: float) -> None:
        self._derivation = Derivation(replace(circuit, learning_rate=rate))
        self._inputs = dict(circuit.inputs)
        self._circuit = circuit
        self._take_values()

    def _take_values(self) -> None:
        self._values = self._derivation.values_with(numbers=self._inputs)
        self.cost = self._values(self._circuit.output)

    @property
    def task(self) -> Circuit:
        return replace(self._circuit, inputs=tuple(self._inputs.items()))

    def update(self) -> None:
        graph = self._derivation.graph
        self._inputs = {name: self._values(graph.update_id(name)) for name in self._inputs}
        self._take_values()


def train(
    task: Network | Circuit, rate: float, updates: int, batching: Batching = ALL_SAMPLES
) -> Iterator[float]:
    """The cost before the first of ``updates`` updates and after each. Once it is not finite, only NaN follows."""
    training = Training(task, rate, batching)
    yield training.cost
    lost = not math.isfinite(training.cost)
    for _ in range(updates):
        if lost:
            yield math.nan
            continue
        cost = training.update()
        lost = not math.isfinite(cost)
        yield math.nan if lost else cost


def train_for(task: Network | Circuit, rate: float, updates: int, batching: Batching = ALL_SAMPLES) -> TrainingState:
    """The network or circuit after ``updates`` updates, with its cost."""
    training = Training(task, rate, batching)
    for _ in range(updates):
        training.update()
    return TrainingState(updates, training.cost, training.task)
