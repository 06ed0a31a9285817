"""Sequences whose members are made when they are looked at: the lists of a large network are never written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from tui_backprop.dataclass import dataclass

From = TypeVar("From")
To = TypeVar("To")


@dataclass(frozen=True, slots=True)
class Made(Sequence[To], Generic[From, To]):
    """A sequence of ``make(member)`` for each member of ``source``, each made when it is looked at."""

    source: Sequence[From]
    make: Callable[[From], To]

    def __len__(self) -> int:
        return len(self.source)

    def __iter__(self) -> Iterator[To]:
        return map(self.make, self.source)

    @overload
    def __getitem__(self, position: int) -> To: ...
    @overload
    def __getitem__(self, position: slice) -> list[To]: ...
    def __getitem__(self, position: int | slice) -> To | list[To]:
        if isinstance(position, slice):
            return [self.make(each) for each in self.source[position]]
        return self.make(self.source[position])
