"""The order of steps, and where each stands in it, worked out by counting and never by listing.

A network's steps come in blocks: for every unit of a layer (the outer units) some roles for each unit of a
neighbouring layer (the inner units), then some for the unit itself. A million steps are a few dozen blocks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, compress
from typing import Any, overload

from tui_backprop.derivation.ids import VIA, Ref, parse_id
from tui_backprop.derivation.network_graph import NetworkGraph

_ONWARDS = frozenset({"dz/da", "da/da", VIA})


@dataclass(frozen=True, slots=True)
class Block:
    """Steps of one layer and sample: for each outer unit, ``inner_roles`` for each inner unit, then ``tail_roles``."""

    layer: int | None
    sample: int | None
    outer: tuple[str, ...]
    inner: tuple[str, ...] = ()
    inner_roles: tuple[str, ...] = ()
    tail_roles: tuple[str, ...] = ()

    @property
    def each(self) -> int:
        """Steps for one outer unit."""
        return len(self.inner) * len(self.inner_roles) + len(self.tail_roles)

    def __len__(self) -> int:
        return len(self.outer) * self.each

    def at(self, position: int) -> Ref:
        unit, rest = divmod(position, self.each)
        outer = self.outer[unit]
        if rest < len(self.inner) * len(self.inner_roles):
            inner, role = divmod(rest, len(self.inner_roles))
            return self._inner_ref(self.inner_roles[role], outer, self.inner[inner])
        return self._tail_ref(self.tail_roles[rest - len(self.inner) * len(self.inner_roles)], outer)

    def find(self, ref: Ref) -> int | None:
        """The position of a quantity in this block; None where it is not in it."""
        if ref.sample != self.sample or self.layer is None:
            return self.tail_roles.index(ref.role) if self.layer is None and ref == self.at(0) else None
        own = ref.layer == self.layer and len(ref.units) == 1 and ref.units[0] in self.outer
        if own and ref.role in self.tail_roles:
            tail = len(self.inner) * len(self.inner_roles) + self.tail_roles.index(ref.role)
            return self.outer.index(ref.units[0]) * self.each + tail
        if ref.role not in self.inner_roles or len(ref.units) != 2:
            return None
        layer = self.layer + 1 if ref.role in _ONWARDS and ref.role != VIA else self.layer
        inner, outer = ref.units[::-1] if ref.role in _ONWARDS else ref.units
        if ref.layer != layer or inner not in self.inner or outer not in self.outer:
            return None
        within = self.inner.index(inner) * len(self.inner_roles) + self.inner_roles.index(ref.role)
        return self.outer.index(outer) * self.each + within

    def kinds(self) -> Iterator[Ref]:
        """One quantity of each role: the inner ones, then the tail's."""
        if self.outer:
            yield from self.between(self.outer[0], self.inner[0]) if self.inner else ()
            yield from self.of_unit(self.outer[0])

    def between(self, outer: str, inner: str) -> Iterator[Ref]:
        """The quantities of an outer and an inner unit, which need not be units of this block."""
        return (self._inner_ref(role, outer, inner) for role in self.inner_roles)

    def of_unit(self, outer: str) -> Iterator[Ref]:
        """The quantities of an outer unit alone."""
        return (self._tail_ref(role, outer) for role in self.tail_roles)

    def only(self, keep: Callable[[str], bool]) -> Block:
        """The block with those of its roles that are kept; ``keep`` sees one id of each."""
        kept = [keep(str(ref)) for ref in self.kinds()]
        inner = tuple(compress(self.inner_roles, kept))
        tail = tuple(compress(self.tail_roles, kept[len(self.inner_roles):]))
        return replace(self, inner=self.inner if inner else (), inner_roles=inner, tail_roles=tail)

    def _tail_ref(self, role: str, outer: str) -> Ref:
        return Ref(role, sample=self.sample) if self.layer is None else Ref(role, self.layer, (outer,), self.sample)

    def _inner_ref(self, role: str, outer: str, inner: str) -> Ref:
        layer = self.layer or 0
        if role in _ONWARDS:
            return Ref(role, layer if role == VIA else layer + 1, (outer, inner), self.sample)
        return Ref(role, layer, (inner, outer), self.sample)


class Order(Sequence[str], ABC):
    """The ids of all steps in order."""

    @abstractmethod
    def find(self, quantity: str) -> int | None:
        """Where an id stands; None where it is not among the steps."""

    @abstractmethod
    def only(self, keep: Callable[[str], bool]) -> Order:
        """The steps that are kept, in the same order. What ``keep`` says must not depend on the units."""

    @abstractmethod
    def kinds(self) -> Iterable[str]:
        """At least one id of every role in every layer."""

    def index(self, quantity: object, start: int = 0, stop: Any = None) -> int:
        """Where an id stands, without a search. Raises ValueError where it is not among the steps."""
        place = self.find(quantity) if isinstance(quantity, str) else None
        if place is None or place < start or (stop is not None and place >= stop):
            raise ValueError(f"{quantity!r} is no step")
        return place

    def __contains__(self, quantity: object) -> bool:
        return isinstance(quantity, str) and self.find(quantity) is not None


class ListedOrder(Order):
    """An order short enough to be listed."""

    def __init__(self, quantities: tuple[str, ...]) -> None:
        self._quantities = quantities
        self._positions = {quantity: n for n, quantity in enumerate(quantities)}

    def __len__(self) -> int:
        return len(self._quantities)

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[str, ...]: ...
    def __getitem__(self, position: int | slice) -> str | tuple[str, ...]:
        return self._quantities[position]

    def find(self, quantity: str) -> int | None:
        return self._positions.get(quantity)

    def kinds(self) -> tuple[str, ...]:
        return self._quantities

    def only(self, keep: Callable[[str], bool]) -> ListedOrder:
        return ListedOrder(tuple(filter(keep, self._quantities)))


@dataclass(frozen=True)
class BlockOrder(Order):
    """An order counted out of blocks."""

    blocks: tuple[Block, ...]
    _ends: tuple[int, ...] = field(init=False)
    _places: dict[tuple[str, int | None, int | None], int] = field(init=False)
    """By role, layer and sample of a quantity, the number of its block."""

    def __post_init__(self) -> None:
        places = {(ref.role, ref.layer, ref.sample): n for n, block in enumerate(self.blocks) for ref in block.kinds()}
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_ends", tuple(accumulate(len(block) for block in self.blocks)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> list[str]: ...
    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return [self[n] for n in range(*position.indices(len(self)))]
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        block = bisect_right(self._ends, position)
        return str(self.blocks[block].at(position - (self._ends[block] - len(self.blocks[block]))))

    def __iter__(self) -> Iterator[str]:
        for block in self.blocks:
            for position in range(len(block)):
                yield str(block.at(position))

    def kinds(self) -> Iterator[str]:
        return (str(ref) for block in self.blocks for ref in block.kinds())

    def only(self, keep: Callable[[str], bool]) -> BlockOrder:
        kept = (block.only(keep) for block in self.blocks)
        return BlockOrder(tuple(block for block in kept if len(block)))

    def find(self, quantity: str) -> int | None:
        try:
            ref = parse_id(quantity)
        except ValueError:
            return None
        number = self._places.get((ref.role, ref.layer, ref.sample))
        if number is None:
            return None
        block, position = self.blocks[number], self.blocks[number].find(ref)
        return None if position is None else self._ends[number] - len(block) + position


def network_order(graph: NetworkGraph) -> BlockOrder:
    """All steps of a network: forward, cost, backward (per sample), means over the batch, updates, the cost after."""
    batch = graph.batch > 1
    blocks: list[Block] = []
    for sample in range(1, graph.batch + 1):
        of = sample if batch else None
        blocks += _forward(graph, of)
        for layer in range(graph.network.last, 0, -1):
            blocks += _backward(graph, layer, of)
    whole = (Block(None, None, ("",), tail_roles=(role,)) for role in ("C", "C'"))
    mean_cost, cost_after = whole
    if batch:
        blocks += [mean_cost, *_parameters(graph, "dC/dw", "dC/db")]
    blocks += [*_parameters(graph, "w'", "b'"), cost_after]
    return BlockOrder(tuple(block for block in blocks if len(block)))


def given_order(graph: NetworkGraph) -> BlockOrder:
    """All givens of a network in the order a learner meets them: inputs, weights and biases, targets, the rate."""
    layers, samples = graph.network.layers, [n + 1 if graph.batch > 1 else None for n in range(graph.batch)]
    blocks = [Block(0, sample, layers[0], tail_roles=("a",)) for sample in samples]
    for layer in range(1, len(layers)):
        blocks.append(Block(layer, None, layers[layer], layers[layer - 1], ("w",)))
        if graph.network.biases is not None:
            blocks.append(Block(layer, None, layers[layer], tail_roles=("b",)))
    blocks += [Block(graph.network.last, sample, layers[-1], tail_roles=("y",)) for sample in samples]
    return BlockOrder((*blocks, Block(None, None, ("",), tail_roles=("r",))))


def _forward(graph: NetworkGraph, sample: int | None) -> list[Block]:
    layers, last = graph.network.layers, graph.network.last
    blocks = []
    for layer in range(1, last + 1):
        if graph.is_coupled(layer):
            blocks += [Block(layer, sample, layers[layer], tail_roles=(role,)) for role in ("z", "a")]
        else:
            blocks.append(Block(layer, sample, layers[layer], tail_roles=("z", "a")))
    if len(layers[last]) > 1:
        blocks.append(Block(last, sample, layers[last], tail_roles=("C",)))
    return [*blocks, Block(None, sample, ("",), tail_roles=("C",))]


def _backward(graph: NetworkGraph, layer: int, sample: int | None) -> list[Block]:
    layers, detail = graph.network.layers, graph.detail
    units, before = layers[layer], layers[layer - 1]
    coupled, short = graph.is_coupled(layer), graph.has_short_delta(layer)
    blocks = [_arriving(graph, layer, sample)] if not short else []
    if coupled and not short:
        blocks.append(Block(layer, sample, units, units, ("da/dz",)))
    elif not short and detail != "merged":
        blocks.append(Block(layer, sample, units, tail_roles=("da/dz",)))
    if coupled or detail == "delta":
        blocks.append(Block(layer, sample, units, tail_roles=("dC/dz",)))
    merged = detail == "merged" and not coupled
    biases = ("dC/db",) if _trains_biases(graph) else ()
    blocks.append(Block(layer, sample, units, before, ("da/dw" if merged else "dz/dw", "dC/dw"), biases))
    return blocks


def _arriving(graph: NetworkGraph, layer: int, sample: int | None) -> Block:
    """The steps that find ∂C/∂a for the units of a layer."""
    units = graph.network.layers[layer]
    if layer == graph.network.last:
        return Block(layer, sample, units, tail_roles=("dC/da",))
    following = graph.network.layers[layer + 1]
    merged = graph.detail == "merged" and not graph.is_coupled(layer + 1)
    local = "da/da" if merged else "dz/da"
    if len(following) > 1:
        return Block(layer, sample, units, following, (local, VIA), ("dC/da",))
    # One way onwards: merged detail writes it into the gradient's own chain, so it is no step of its own.
    return Block(layer, sample, units, following, (local,), () if merged else ("dC/da",))


def _parameters(graph: NetworkGraph, weight: str, bias: str) -> list[Block]:
    layers = graph.network.layers
    biases = (bias,) if _trains_biases(graph) else ()
    return [Block(layer, None, layers[layer], layers[layer - 1], (weight,), biases)
            for layer in range(graph.network.last, 0, -1)]


def _trains_biases(graph: NetworkGraph) -> bool:
    return graph.network.biases is not None and graph.network.train_biases
