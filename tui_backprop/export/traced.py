"""Writes out what a function of the grammar does to arrays, by running its definition on placeholders for arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tui_backprop.dataclass import dataclass
from tui_backprop.export.code import ATOM, COMPARED, PRODUCT, SIGN, SUM, Code
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.walks import depth_first, reach

_BINDINGS: Mapping[str, int] = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, ">=": COMPARED, ">": COMPARED,
                                "<": COMPARED, "<=": COMPARED}

CallText = Callable[[str, Sequence[Code]], Code]
"""Gives the code that calls a function of the array library, by its name there, with these arguments."""


@dataclass(frozen=True, eq=False)
class Traced:
    """A placeholder for an array that records how it was made: by ``operation`` from ``parts``."""

    operation: str
    parts: tuple[Any, ...] = ()

    def __add__(self, other: Any) -> Traced:
        return Traced("+", (self, other))

    def __radd__(self, other: Any) -> Traced:
        return Traced("+", (other, self))

    def __sub__(self, other: Any) -> Traced:
        return Traced("-", (self, other))

    def __rsub__(self, other: Any) -> Traced:
        return Traced("-", (other, self))

    def __mul__(self, other: Any) -> Traced:
        return Traced("*", (self, other))

    def __rmul__(self, other: Any) -> Traced:
        return Traced("*", (other, self))

    def __truediv__(self, other: Any) -> Traced:
        return Traced("/", (self, other))

    def __rtruediv__(self, other: Any) -> Traced:
        return Traced("/", (other, self))

    def __ge__(self, other: Any) -> Traced:
        return Traced(">=", (self, other))

    def __gt__(self, other: Any) -> Traced:
        return Traced(">", (self, other))

    def __lt__(self, other: Any) -> Traced:
        return Traced("<", (self, other))

    def __le__(self, other: Any) -> Traced:
        return Traced("<=", (self, other))

    def __neg__(self) -> Traced:
        return Traced("neg", (self,))


class _Library:
    """A placeholder for the numpy module."""

    def __getattr__(self, name: str) -> Callable[..., Traced]:
        return lambda *arguments: Traced(f"call {name}", arguments)


@lru_cache(maxsize=64)
def trace(function: str, count: int) -> tuple[Traced, tuple[Traced, ...]]:
    """The result of the function on ``count`` placeholders, and these placeholders."""
    arguments = tuple(Traced("argument") for _ in range(count))
    return FUNCTIONS[function].on_arrays(_Library(), *arguments), arguments


def uses(root: Traced) -> dict[int, int]:
    """How often each node, by its ``id``, occurs in the trace."""
    counts: dict[int, int] = {}
    for part in (root, *(part for node in reach((root,), _parts) for part in _parts(node))):
        counts[id(part)] = counts.get(id(part), 0) + 1
    return counts


def _parts(node: Traced) -> tuple[Traced, ...]:
    """The parts that are traces themselves, not plain numbers."""
    return tuple(part for part in node.parts if isinstance(part, Traced))


def find_shared(root: Traced) -> Traced | None:
    """The innermost calculated part that is needed more than once; None where there is none."""
    counts = uses(root)
    found = None
    for node in depth_first((root,), lambda node: _parts(node)[::-1]):
        found = node if node.parts and counts[id(node)] > 1 else found
    return found


def write(node: Any, known: Mapping[int, Code], call: CallText) -> Code:
    """A trace as code; ``known`` has the code of the arguments, and of parts that have a name already."""
    if not isinstance(node, Traced):
        return Code(repr(node), SIGN if node < 0 else ATOM)
    if id(node) in known:
        return known[id(node)]
    parts = [write(part, known, call) for part in node.parts]
    axes = max((part.axes for part in parts), key=len, default=())
    operation, _, name = node.operation.partition(" ")
    if operation == "call":
        made = call(name, parts)
        return Code(made.text, made.binding, axes)
    if operation == "neg":
        return Code(f"-{parts[0].within(SIGN)}", SIGN, axes)
    binding = _BINDINGS[operation]
    return Code(f"{parts[0].within(binding)} {operation} {parts[1].within(binding + 1)}", binding, axes)
