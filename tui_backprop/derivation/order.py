"""The order of steps, and where each stands in it, worked out by counting and never by listing.

A network's steps come in blocks: for every unit of a layer (the outer units) some roles for each unit of a
neighbouring layer (the inner units), then some for the unit itself. A million steps are a few dozen blocks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress
from typing import Any, overload

from tui_backprop.dataclass import dataclass, field, replace
from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.roles import ROLES

_ONWARDS = "onwards", "path"


@dataclass(frozen=True, slots=True)
class StepBlock:
    """Steps of one layer and sample: for each outer unit, ``inner_roles`` for each inner unit, then ``tail_roles``."""

    layer: int | None
    sample: int | None
    outer: tuple[str, ...]
    inner: tuple[str, ...] = ()
    inner_roles: tuple[str, ...] = ()
    tail_roles: tuple[str, ...] = ()

    each: int = field(init=False, compare=False)
    """Steps for one outer unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "each", len(self.inner) * len(self.inner_roles) + len(self.tail_roles))

    def __len__(self) -> int:
        return len(self.outer) * self.each

    def __iter__(self) -> Iterator[str]:
        return (str(self.at(position)) for position in range(len(self)))

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
        layer = self.layer + 1 if ROLES[ref.role].shape == "onwards" else self.layer
        inner, outer = ref.units[::-1] if ROLES[ref.role].shape in _ONWARDS else ref.units
        if ref.layer != layer or inner not in self.inner or outer not in self.outer:
            return None
        within = self.inner.index(inner) * len(self.inner_roles) + self.inner_roles.index(ref.role)
        return self.outer.index(outer) * self.each + within

    def kinds(self) -> Iterator[Ref]:
        """One quantity of each role of the block: the inner roles, then the tail's."""
        if self.outer:
            yield from self.between(self.outer[0], self.inner[0]) if self.inner else ()
            yield from self.of_unit(self.outer[0])

    def between(self, outer: str, inner: str) -> Iterator[Ref]:
        """The quantities of an outer and an inner unit, which need not be units of this block."""
        return (self._inner_ref(role, outer, inner) for role in self.inner_roles)

    def of_unit(self, outer: str) -> Iterator[Ref]:
        """The quantities of an outer unit alone."""
        return (self._tail_ref(role, outer) for role in self.tail_roles)

    def only(self, keep: Callable[[str], bool]) -> StepBlock:
        """The block with those of its roles that are kept; ``keep`` sees one id of each."""
        kept = [keep(str(ref)) for ref in self.kinds()]
        inner = tuple(compress(self.inner_roles, kept))
        tail = tuple(compress(self.tail_roles, kept[len(self.inner_roles):]))
        return replace(self, inner=self.inner if inner else (), inner_roles=inner, tail_roles=tail)

    def _tail_ref(self, role: str, outer: str) -> Ref:
        return Ref(role, sample=self.sample) if self.layer is None else Ref(role, self.layer, (outer,), self.sample)

    def _inner_ref(self, role: str, outer: str, inner: str) -> Ref:
        layer = self.layer or 0
        if ROLES[role].shape in _ONWARDS:
            return Ref(role, layer if ROLES[role].is_path else layer + 1, (outer, inner), self.sample)
        return Ref(role, layer, (inner, outer), self.sample)


class Order(Sequence[str], ABC):
    """The ids of all steps in order."""

    @abstractmethod
    def find(self, quantity: str) -> int | None:
        """Where an id stands; None where it is not among the steps."""

    @abstractmethod
    def only(self, keep: Callable[[str], bool]) -> Order:
        """The steps that ``keep`` accepts, in the same order. Its answer must not depend on the units."""

    @abstractmethod
    def kinds(self) -> Iterable[str]:
        """At least one id of every role in every layer."""

    @abstractmethod
    def parts(self) -> Iterator[Iterator[str]]:
        """The same ids in parts, one for each layer and sample. A part that is not iterated costs nothing."""

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

    def parts(self) -> Iterator[Iterator[str]]:
        return (iter((quantity,)) for quantity in self._quantities)

    def only(self, keep: Callable[[str], bool]) -> ListedOrder:
        return ListedOrder(tuple(filter(keep, self._quantities)))


@dataclass(frozen=True)
class BlockOrder(Order):
    """An order in blocks: places and ids are found by counting."""

    blocks: tuple[StepBlock, ...]
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
        return chain.from_iterable(self.parts())

    def parts(self) -> Iterator[Iterator[str]]:
        return (iter(block) for block in self.blocks)

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
