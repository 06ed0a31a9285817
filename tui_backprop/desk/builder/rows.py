"""The builder's list: one row for each field of a draft, made when it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, overload

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course import build_network as network
from tui_backprop.course.draft import BuildError, CircuitDraft, Draft, NetworkDraft, Number, Where, standing_in
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.desk.builder.fields import chosen
from tui_backprop.maths.numerals import typographic
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

BLANK = "…"
TITLE_NOTE = "What it is called in the contents."
UNITS_NOTE = "A number, as in 3, or names, as in i, j. + and - change it; i adds a layer{}."
COST_NOTE = "Cross-entropy wants softmax at the output, binary cross-entropy sigmoid: set that first."
RATE_NOTE = "How far an update goes: a number above 0."
CIRCUIT_RATE_NOTE = "How far an update goes, as in 0.1. Empty: the inputs are not updated."
DIGITS_NOTE = "How many significant digits an answer needs."
ASK_NOTE = "A quiz asks for these alone and shows the rest. d: it asks for everything."
SEED_NOTE = "g draws what is missing, or all weights and biases anew. The same seed draws the same numbers."
GIVEN_NOTE = "A name and its number, as in x = -2. i adds an input, d takes this one out."
GATE_NOTE = "A name and what it is of names above, as in q = x + y. i adds a gate, d takes this one out."
SAMPLES_NOTE = "How many samples there are; gradients are the means of theirs. + and - change it."
EMPTY_GATE = "Empty: press Enter and type it, as in q = x + y."
BIAS_NOTES = {
    "none": "A pre-activation is the weighted sum alone.",
    "trained": "Each unit adds its bias, and an update changes it.",
    "frozen": "Each unit adds its bias, and an update leaves it as it is.",
}
DETAIL_NOTES = {
    "merged": "∂a/∂w in one step, as by hand with ReLU.",
    "full": "Every factor is a step: ∂z/∂w · ∂a/∂z · ∂C/∂a.",
    "delta": "δ = ∂C/∂z is a quantity of its own: ∂z/∂w · δ.",
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: ``text`` is what editing it begins with; ``problem`` why it is not right yet. A heading has no field."""

    where: Where
    label: str
    value: str = ""
    kind: Literal["heading", "text", "choice"] = "text"
    note: str = ""
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows alike: how many, where each is, and how it is made."""

    count: int
    where: Callable[[int], Where]
    make: Callable[[int], FieldRow]


class Rows(Sequence[FieldRow]):
    """All rows, each made when it is looked at: a network may have a hundred thousand weights."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [block for block in blocks if block.count]
        self._starts = list(accumulate((block.count for block in self._blocks), initial=0))

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
        return block.make(within)

    def labels(self) -> Iterator[str]:
        """What the first and the last field of each kind are called: the widest is among them."""
        for block in self._blocks:
            for within in (0, block.count - 1):
                if block.where(within):
                    yield block.make(within).label

    def where(self, place: int) -> Where:
        """Which field is in a row; none for a heading."""
        block, within = self._find(place)
        return block.where(within)

    def place(self, where: Where) -> int | None:
        """The row of a field, or the first of its kind and number; None where there is none like it."""
        for length in range(len(where), 0, -1):
            for start, block in zip(self._starts, self._blocks, strict=False):
                for within in range(block.count):
                    if block.where(within)[:length] == where[:length]:
                        return start + within
        return None

    def _find(self, place: int) -> tuple[Block, int]:
        number = bisect_right(self._starts, place) - 1
        return self._blocks[number], place - self._starts[number]


def rows_of(draft: Draft, seed: int | None, glyphs: Glyphs, notation: Notation = HAND_OUT) -> Rows:
    """The rows of a draft, from the top."""
    if isinstance(draft, CircuitDraft):
        return Rows([_single(row) for row in _circuit_rows(draft, seed)])
    return Rows([_single(row) for row in _network_rows(draft)] + list(_number_blocks(draft, seed, glyphs, notation)))


@lru_cache(maxsize=2)
def naming_of(draft: NetworkDraft, notation: Notation = HAND_OUT) -> NetworkNaming:
    """What the quantities of a draft are called."""
    return NetworkNaming(NetworkGraph(standing_in(draft, 0.0), draft.detail), notation)


def shown_number(value: Number) -> str:
    """A number as it was typed, or a mark that it is missing."""
    return BLANK if value is None else typographic(_typed(value))


def _typed(value: Number) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _single(row: FieldRow) -> Block:
    return Block(1, lambda _: row.where, lambda _: row)


def _heading(text: str) -> FieldRow:
    return FieldRow((), text, kind="heading")


def _title(draft: Draft) -> FieldRow:
    return FieldRow(("title",), "title", draft.title or BLANK, note=TITLE_NOTE, text=draft.title,
                    problem="" if draft.title else "The title is missing.")


def _network_rows(draft: NetworkDraft) -> Iterator[FieldRow]:
    yield _title(draft)
    yield _heading("Layers")
    for layer, units in enumerate(draft.layers):
        typed = network.shown_units(units)
        plain = typed if typed != str(len(units)) else f"{typed} unit" if len(units) == 1 else f"{typed} units"
        hidden = 0 < layer < draft.last
        note = UNITS_NOTE.format(", d takes this one out" if hidden else " after it" if layer == 0 else " before it")
        yield FieldRow(("units", layer), layer_name(draft, layer), plain, note=note, text=typed)
        if layer:
            yield FieldRow(("activation", layer), "  activation", ACTIVATIONS[draft.activations[layer - 1]].title,
                           "choice", _activation_note(draft, layer))
    yield _heading("Cost and steps")
    yield FieldRow(("cost",), "cost", COSTS[draft.cost].title, "choice", COST_NOTE)
    yield FieldRow(("rate",), "learning rate", shown_number(draft.learning_rate), note=RATE_NOTE,
                   text=_typed(draft.learning_rate), problem=_missing(draft.learning_rate))
    yield FieldRow(("biases",), "biases", draft.bias_use, "choice", BIAS_NOTES[draft.bias_use])
    yield FieldRow(("detail",), "steps", draft.detail, "choice", DETAIL_NOTES[draft.detail])
    yield from _asking(draft)


def _asking(draft: Draft) -> Iterator[FieldRow]:
    yield FieldRow(("digits",), "digits", chosen(draft, ("digits",)), "choice", DIGITS_NOTE)
    asked = [*(draft.ask.parameters or ()), *(draft.ask.kinds or ())]
    if asked:
        yield FieldRow(("ask",), "asked only", ", ".join(asked), "choice", ASK_NOTE)


def layer_name(draft: NetworkDraft, layer: int) -> str:
    """What a layer is called in the list."""
    if layer == 0:
        return "inputs"
    if layer == draft.last:
        return "output"
    return "hidden" if draft.last == 2 else f"hidden {layer}"


def _activation_note(draft: NetworkDraft, layer: int) -> str:
    wanted = COSTS[draft.cost].output
    if layer == draft.last and wanted is not None:
        return f"With {COSTS[draft.cost].title} it must be {wanted}. For another one, change the cost first."
    return "Space takes the next one, left and right go through them."


def _number_blocks(draft: NetworkDraft, seed: int | None, glyphs: Glyphs, notation: Notation) -> Iterator[Block]:
    naming = naming_of(draft, notation)

    def row(where: Where, word: str, quantity: Ref, note: str) -> FieldRow:
        value = network.number_at(draft, where)
        label = f"{word} {linear(naming.name(str(quantity)), glyphs)}"
        return FieldRow(where, label, shown_number(value), note=note, text=_typed(value), problem=_missing(value))

    def sample_block(number: int, role: Literal["input", "target"]) -> Block:
        layer = 0 if role == "input" else draft.last
        note = "What goes in" if role == "input" else "What this output should be"
        note += f", in sample {number + 1}. i adds a sample, d takes this one out."
        letter, batch = ("a" if role == "input" else "y"), number + 1 if len(draft.samples) > 1 else None
        return Block(len(draft.layers[layer]), lambda n: (role, number, n), lambda n: row(
            (role, number, n), role, Ref(letter, layer, (draft.layers[layer][n],), batch), note))

    def weights_block(layer: int) -> Block:
        before, units = draft.layers[layer - 1], draft.layers[layer]

        def where(n: int) -> Where:
            return ("weight", layer, n // len(units), n % len(units))

        return Block(len(before) * len(units), where, lambda n: row(
            where(n), "weight", Ref("w", layer, (before[n // len(units)], units[n % len(units)])),
            f"From unit {before[n // len(units)]} to unit {units[n % len(units)]} of the next layer."))

    def biases_block(layer: int) -> Block:
        units = draft.layers[layer]
        return Block(len(units), lambda n: ("bias", layer, n), lambda n: row(
            ("bias", layer, n), "bias", Ref("b", layer, (units[n],)), f"The bias of unit {units[n]}."))

    yield _single(FieldRow(("samples",), "samples", str(len(draft.samples)), note=SAMPLES_NOTE,
                           text=str(len(draft.samples))))
    for number in range(len(draft.samples)):
        yield _single(_heading("Sample" if len(draft.samples) == 1 else f"Sample {number + 1}"))
        yield sample_block(number, "input")
        yield sample_block(number, "target")
    for layer in range(1, draft.last + 1):
        yield _single(_heading(f"Into {layer_name(draft, layer)}" if draft.last > 1 else "Weights"))
        yield weights_block(layer)
        if draft.bias_use != "none":
            yield biases_block(layer)
    yield _single(_heading("Random numbers"))
    yield _single(_seed_row(seed))


def _circuit_rows(draft: CircuitDraft, seed: int | None) -> Iterator[FieldRow]:
    yield _title(draft)
    yield _heading("Inputs")
    for place, (name, value) in enumerate(draft.inputs):
        shown = f"{name} = {shown_number(value)}"
        yield FieldRow(("given", place), "input", shown, note=GIVEN_NOTE,
                       text=circuit.shown_input(name, value), problem=_missing(value))
    yield _heading("Gates")
    for place, (text, gate) in enumerate(zip(draft.gates, circuit.gates_so_far(draft), strict=True)):
        problem = sentence(gate.message) if isinstance(gate, BuildError) and text else "" if text else EMPTY_GATE
        last = place == len(draft.gates) - 1
        yield FieldRow(("gate", place), "output" if last else f"gate {place + 1}", text or BLANK, note=GATE_NOTE,
                       text=text, problem=problem)
    yield _heading("Steps")
    yield FieldRow(("rate",), "learning rate", _typed(draft.learning_rate) or "none", note=CIRCUIT_RATE_NOTE,
                   text=_typed(draft.learning_rate))
    yield from _asking(draft)
    yield _heading("Random numbers")
    yield _seed_row(seed)


def _seed_row(seed: int | None) -> FieldRow:
    text = "" if seed is None else str(seed)
    return FieldRow(("seed",), "seed", text or "none yet", note=SEED_NOTE, text=text)


def _missing(value: Number) -> str:
    return "Missing: type a number, or g draws one." if value is None else ""


def sentence(message: str) -> str:
    """A message as a sentence of its own."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith(('.', '?', '!')) else '.'}"
