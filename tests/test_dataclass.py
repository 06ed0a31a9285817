"""Our data classes do what the standard library's do, and cost nothing before they are used."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, ClassVar

import pytest

from tui_backprop import dataclass as ours

OPTIONS = [
    {"frozen": frozen, "slots": slots, "eq": eq, "order": order}
    for frozen in (True, False) for slots in (True, False) for eq in (True, False) for order in (True, False)
    if eq or not order]


def both(make: Callable[[Any], Any]) -> tuple[Any, Any]:
    """The same class, by the library and by us."""
    return make(dataclasses), make(ours)


def outcome(act: Callable[[], object]) -> object:
    try:
        return act()
    except Exception as error:  # the kind of error is the outcome
        return type(error)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_each_option_means_what_it_means_there(options: dict[str, bool]) -> None:
    def make(library: Any) -> Any:
        @library.dataclass(**options)
        class Point:
            """A place."""

            kind: ClassVar[str] = "point"
            x: float
            y: float = 2.0
            names: dict[str, int] = library.field(default_factory=dict)
            shade: str = library.field(default="dark", compare=False)
            hidden: int = library.field(default=7, init=False, repr=False)

        return Point

    theirs, own = both(make)
    acts: list[Callable[[Any], object]] = [
        lambda kind: repr(kind(1.0)), lambda kind: repr(kind(1.0, names={"a": 1}, shade="light")),
        lambda kind: kind(), lambda kind: kind(1.0, 2.0, {}, "dark", 3), lambda kind: kind(1.0, z=3),
        lambda kind: kind(1.0) == kind(1.0), lambda kind: kind(1.0) == kind(1.5),
        lambda kind: kind(1.0) == kind(1.0, shade="light"), lambda kind: kind(1.0) == 1.0,
        lambda kind: kind(1.0) < kind(1.5), lambda kind: kind(1.0) >= kind(1.5), lambda kind: kind(1.0) < 2,
        lambda kind: hash(kind(1.0, names=())) if kind.__eq__ is not object.__eq__ else 0,
        lambda kind: kind.__hash__ is None,
        lambda kind: kind(1.0).names is kind(1.0).names, lambda kind: kind(1.0).hidden, lambda kind: kind.kind,
        lambda kind: setattr(kind(1.0), "x", 3.0), lambda kind: delattr(kind(1.0), "x"),
        lambda kind: hasattr(kind(1.0), "__dict__"),
        lambda kind: kind.__match_args__, lambda kind: kind.__doc__, lambda kind: kind.__qualname__,
        lambda kind: repr(copy.copy(kind(1.0, 4.0))), lambda kind: repr(copy.deepcopy(kind(1.0, 4.0))),
        lambda kind: kind("x") == kind("x"),
    ]
    for number, act in enumerate(acts):
        assert outcome(partial(act, own)) == outcome(partial(act, theirs)), number


@pytest.mark.parametrize("count", range(1, 8))
def test_fields_are_filled_by_place_and_by_name(count: int) -> None:
    names = "abcdefg"[:count]

    def make(library: Any) -> Any:
        said = {"__annotations__": dict.fromkeys(names, "int"), names[-1]: 7}
        return library.dataclass(frozen=True, slots=True)(type("Data", (), said))

    theirs, own = both(make)
    first = dict.fromkeys(names[:-1], 1)
    acts: list[Callable[[Any], object]] = [
        lambda kind: repr(kind(*range(count))), lambda kind: repr(kind(*range(count - 1))),
        lambda kind: repr(kind(**first)), lambda kind: repr(kind(**first, **{names[-1]: 3})),
        lambda kind: repr(kind(*range(count - 1), **{names[-1]: 3})),
        lambda kind: kind(*range(count + 1)), lambda kind: kind(*range(count), **{names[-1]: 3}),
        lambda kind: kind(**first, z=3), lambda kind: repr(kind()),
        lambda kind: repr(dataclasses.replace(kind(**first))),
    ]
    for number, act in enumerate(acts):
        assert outcome(partial(act, own)) == outcome(partial(act, theirs)), number


def test_a_class_below_another_has_the_fields_of_both_and_its_own_methods() -> None:
    def make(library: Any) -> Any:
        class Base(ABC):
            __slots__ = ()

            @abstractmethod
            def size(self) -> float: ...

        @library.dataclass(frozen=True, slots=True)
        class Square(Base):
            side: float
            name: str = "square"

            def size(self) -> float:
                return self.side ** 2

        @library.dataclass(frozen=True, slots=True)
        class Box(Square):
            height: float = 1.0
            name: str = "box"

            def __repr__(self) -> str:
                return f"box of {self.size()}"

            def size(self) -> float:
                return Square.size(self) * self.height

        return Square, Box

    theirs, own = both(make)
    for square, box in (theirs, own):
        assert repr(box(2.0, height=3.0)) == "box of 12.0"
        assert box.__match_args__ == ("side", "name", "height")
        assert square(2.0) != box(2.0)
        assert hash(box(2.0)) == hash((2.0, "box", 1.0))
    assert own[1].__slots__ == theirs[1].__slots__


def test_what_a_class_says_itself_stays() -> None:
    @ours.dataclass(frozen=True)
    class Sum:
        parts: tuple[int, ...]
        total: int = ours.field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "total", sum(self.parts))

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Sum) and other.total == self.total

        def __hash__(self) -> int:
            return self.total

        @cached_property
        def doubled(self) -> int:
            return 2 * self.total

    assert Sum((1, 2)) == Sum((3,))
    assert hash(Sum((1, 2))) == 3
    assert Sum((1, 2)).doubled == 6


@ours.dataclass(frozen=True, slots=True)
class Pair:
    left: int
    right: int = 2


def test_the_librarys_functions_take_them() -> None:
    pair = Pair(1)
    assert dataclasses.is_dataclass(pair)
    assert [one.name for one in dataclasses.fields(Pair)] == [one.name for one in ours.fields(pair)]
    assert dataclasses.replace(pair, right=3) == ours.replace(pair, right=3) == Pair(1, 3)
    assert dataclasses.asdict(pair) == {"left": 1, "right": 2}
    assert pickle.loads(pickle.dumps(pair)) == pair


def test_a_class_is_compiled_when_it_is_used_and_no_earlier() -> None:
    said = "import sys; import tui_backprop.maths.expression as e; print('dataclasses' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
