"""The builder's list: one row for each field of a draft, made when it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, assert_never, overload

from tui_backprop.course.draft import CircuitDraft, Draft, NetworkDraft, Where, standing_in, value_at
from tui_backprop.course.exercise import Ask
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.builder.fields import field_of, phrase
from tui_backprop.desk.builder.kinds import layer_name
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

SEED_NOTE = "g draws what is missing, or all weights and biases anew. The same seed draws the same numbers."


@dataclass(frozen=True, slots=True)
class FieldRow:
    """The row of a field: ``text`` is the text to edit; ``problem`` says why it is not right yet. A heading has no
    field.

    ``begins`` is put before a digit that begins typing; None where a digit does not.
    """

    where: Where
    label: str
    value: str = ""
    kind: Literal["heading", "text", "choice"] = "text"
    note: str = ""
    text: str = ""
    problem: str = ""
    begins: str | None = None


@dataclass(frozen=True, slots=True)
class _RowGroup:
    """Consecutive rows for fields of one kind, ``where`` giving the field of each; or a heading."""

    count: int = 1
    where: Callable[[int], Where] = lambda _: ()
    heading: str = ""


class Rows(Sequence[FieldRow]):
    """All rows, each made when it is looked at: a network may have a hundred thousand weights."""

    def __init__(self, blocks: Sequence[_RowGroup], make: Callable[[Where], FieldRow]) -> None:
        self._blocks, self._make = blocks, make
        self._starts = list(accumulate((block.count for block in blocks), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> FieldRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[FieldRow, ...]: ...
    def __getitem__(self, place: int | slice) -> FieldRow | tuple[FieldRow, ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        if not 0 <= place < len(self):
            raise IndexError(place)
        block, within = self._find(place)
        return FieldRow((), block.heading, kind="heading") if block.heading else self._make(block.where(within))

    def labels(self) -> Iterator[str]:
        """The labels of the first and the last field of each group: the widest is among them."""
        for block in self._blocks:
            if not block.heading:
                yield from (self._make(block.where(within)).label for within in (0, block.count - 1))

    def where(self, place: int) -> Where:
        """The field in a row; empty for a heading."""
        block, within = self._find(place)
        return block.where(within)

    def place(self, where: Where) -> int | None:
        """The row of a field, or of the first field that shares the most of its places; None where none is like it."""
        for length in range(len(where), 0, -1):
            for start, block in zip(self._starts, self._blocks, strict=False):
                for within in range(block.count):
                    if block.where(within)[:length] == where[:length]:
                        return start + within
        return None

    def _find(self, place: int) -> tuple[_RowGroup, int]:
        number = bisect_right(self._starts, place) - 1
        return self._blocks[number], place - self._starts[number]


def rows_of(draft: Draft, seed: int | None, glyphs: Glyphs, notation: Notation = HAND_OUT) -> Rows:
    """The rows of a draft, from the top."""
    def row(where: Where) -> FieldRow:
        return _seed_row(seed) if where == ("seed",) else _row(draft, where, glyphs, notation)

    return Rows([_single("title"), *_blocks(draft), _RowGroup(heading="Random numbers"), _single("seed")], row)


def _blocks(draft: Draft) -> Iterator[_RowGroup]:
    match draft:
        case NetworkDraft():
            return _network_blocks(draft)
        case CircuitDraft():
            return _circuit_blocks(draft)
        case _:
            assert_never(draft)


@lru_cache(maxsize=2)
def naming_of(draft: NetworkDraft, notation: Notation) -> NetworkNaming:
    """The names of a draft's quantities."""
    return NetworkNaming(NetworkGraph(standing_in(draft, 0.0), draft.detail), notation)


def _row(draft: Draft, where: Where, glyphs: Glyphs, notation: Notation) -> FieldRow:
    field, value, places = field_of(draft, where), value_at(draft, where), where[1:]
    label = phrase(field.label, draft, where)
    if field.symbol and isinstance(draft, NetworkDraft):
        label += f" {linear(naming_of(draft, notation).name(str(field.symbol(draft, *places))), glyphs)}"
    return FieldRow(
        where, label, (field.shown or field.typed)(value), "choice" if field.names else "text",
        phrase(field.note, draft, where), "" if field.names else field.typed(value), field.problem(draft, value,
                                                                                                   *places),
        field.begins(value) if field.begins else None)


def _seed_row(seed: int | None) -> FieldRow:
    text = "" if seed is None else str(seed)
    return FieldRow(("seed",), "seed", text or "none yet", note=SEED_NOTE, text=text)


def _single(*where: str | int) -> _RowGroup:
    return _RowGroup(1, lambda _: where)


def _many(count: int, *where: str | int) -> _RowGroup:
    """A group of fields that differ in their last place."""
    return _RowGroup(count, lambda n: (*where, n))


def _network_blocks(draft: NetworkDraft) -> Iterator[_RowGroup]:
    yield _RowGroup(heading="Layers")
    for layer in range(draft.last + 1):
        yield _single("units", layer)
        if layer:
            yield _single("activation", layer)
    yield _RowGroup(heading="Cost and steps")
    yield from map(_single, ("cost", "rate", "biases", "detail", *_asking(draft), "samples"))
    for number in range(len(draft.samples)):
        yield _RowGroup(heading="Sample" if len(draft.samples) == 1 else f"Sample {number + 1}")
        yield _many(len(draft.layers[0]), "input", number)
        yield _many(len(draft.layers[-1]), "target", number)
    for layer in range(1, draft.last + 1):
        yield _RowGroup(heading=f"Into {layer_name(draft, layer)}" if draft.last > 1 else "Weights")
        yield _weights(layer, len(draft.layers[layer - 1]), len(draft.layers[layer]))
        if draft.bias_use != "none":
            yield _many(len(draft.layers[layer]), "bias", layer)


def _weights(layer: int, before: int, units: int) -> _RowGroup:
    return _RowGroup(before * units, lambda n: ("weight", layer, n // units, n % units))


def _circuit_blocks(draft: CircuitDraft) -> Iterator[_RowGroup]:
    yield _RowGroup(heading="Inputs")
    yield _many(len(draft.inputs), "given")
    yield _RowGroup(heading="Gates")
    yield _many(len(draft.gates), "gate")
    yield _RowGroup(heading="Steps")
    yield from map(_single, ("rate", *_asking(draft)))


def _asking(draft: Draft) -> tuple[str, ...]:
    return ("digits",) if draft.ask == Ask() else ("digits", "ask")
