"""A network or circuit that is still being built: like an exercise, but numbers may be blank and gates unfinished.

A draft is written as an exercise file in which a blank number stands as ``nan``. A draft without blanks and mistakes
is an exercise file, and nothing else makes an exercise of it: :func:`finished` reads that very text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Literal, TypeVar, assert_never, cast

from tui_backprop.course import fields
from tui_backprop.course.exercise import Ask, Exercise
from tui_backprop.course.fields import FieldError
from tui_backprop.course.files import EXERCISE_SIZE, MEGABYTE, digest_of
from tui_backprop.course.lines import KeyPath
from tui_backprop.course.read import exercise_from_data, read_described
from tui_backprop.course.read_circuit import check_name
from tui_backprop.course.toml import load_toml
from tui_backprop.course.write import circuit_lines, document, network_lines
from tui_backprop.dataclass import dataclass, field, replace
from tui_backprop.derivation.formulas import Detail
from tui_backprop.maths.plain import plain
from tui_backprop.maths.precision import THREE_DIGITS, Precision
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Circuit, Network, Sample

NumberOrBlank = float | None
"""A number, or a blank that is still to be filled in."""
NumberRow = tuple[NumberOrBlank, ...]
Where = tuple[str | int, ...]
"""Names a field of a draft: ``("weight", layer, from, to)``, ``("gate", place)``, ``("cost",)`` …, places from 0."""
BiasUse = Literal["none", "trained", "frozen"]
TaskKind = Literal["network", "circuit"]

_BLANK = 5e-324
"""Stands for a blank while a draft is read: the smallest float there is, which nobody types."""


class BuildError(ValueError):
    """Why a draft cannot be changed so, or is no exercise yet: one sentence, and the field that is meant."""

    def __init__(self, message: str, where: Where = ()) -> None:
        super().__init__(message)
        self.message = message
        self.where = where


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """A sample's inputs, one per input unit, and targets, one per output unit."""

    inputs: NumberRow
    targets: NumberRow


@dataclass(frozen=True, slots=True)
class NetworkDraft:
    """A network being built, shaped like :class:`~tui_backprop.network.model.Network`.

    Biases are kept while the network does not use them (``bias_use`` is ``none``), so that switching loses nothing.
    """

    layers: tuple[tuple[str, ...], ...]
    activations: tuple[str, ...]
    cost: str
    learning_rate: NumberOrBlank
    weights: tuple[tuple[NumberRow, ...], ...]
    biases: tuple[NumberRow, ...]
    samples: tuple[SampleDraft, ...]
    bias_use: BiasUse = "none"
    detail: Detail = "full"
    title: str = "My network"
    summary: str = ""
    ask: Ask = field(default_factory=Ask)
    precision: Precision = THREE_DIGITS

    kind: ClassVar[TaskKind] = "network"

    @property
    def last(self) -> int:
        """The output layer's number."""
        return len(self.layers) - 1


@dataclass(frozen=True, slots=True)
class CircuitDraft:
    """A circuit being built; a gate is a text, ``q = x + y``. Without a learning rate there are no updates."""

    inputs: tuple[tuple[str, NumberOrBlank], ...]
    gates: tuple[str, ...]
    learning_rate: NumberOrBlank = None
    title: str = "My circuit"
    summary: str = ""
    ask: Ask = field(default_factory=Ask)
    precision: Precision = THREE_DIGITS

    kind: ClassVar[TaskKind] = "circuit"


Draft = NetworkDraft | CircuitDraft

_Draft = TypeVar("_Draft", NetworkDraft, CircuitDraft, NetworkDraft | CircuitDraft)

_PATHS: Mapping[str, Callable[..., Where]] = {
    "title": lambda: ("title",), "digits": lambda: ("precision",), "ask": lambda: ("ask",),
    "rate": lambda: ("learning_rate",), "cost": lambda: ("cost",), "biases": lambda: ("bias_use",),
    "detail": lambda: ("detail",), "samples": lambda: ("samples",), "units": lambda layer: ("layers", layer),
    "activation": lambda layer: ("activations", layer - 1),
    "weight": lambda layer, source, unit: ("weights", layer - 1, source, unit),
    "bias": lambda layer, unit: ("biases", layer - 1, unit),
    "input": lambda sample, unit: ("samples", sample, "inputs", unit),
    "target": lambda sample, unit: ("samples", sample, "targets", unit),
    "given": lambda place: ("inputs", place), "gate": lambda place: ("gates", place),
}
"""The way from the draft to each kind of field: attributes, and places in tuples."""


def value_at(draft: Draft, where: Where) -> Any:
    """The value of a field."""
    value: Any = draft
    for step in _PATHS[str(where[0])](*where[1:]):
        value = getattr(value, step) if isinstance(step, str) else value[step]
    return value


def with_value(draft: _Draft, where: Where, value: Any) -> _Draft:
    """The draft with another value in a field; whether the value may stand there is not checked."""
    return cast(_Draft, _put(draft, _PATHS[str(where[0])](*where[1:]), value))


def _put(whole: Any, path: Where, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if isinstance(first, str):
        return replace(whole, **{first: _put(getattr(whole, first), tuple(rest), value)})
    return (*whole[:first], _put(whole[first], tuple(rest), value), *whole[first + 1:])


NEW_NETWORK = NetworkDraft(
    layers=(("1",), ("1",)), activations=("sigmoid",), cost="squared_error", learning_rate=0.1, weights=(((None,),),),
    biases=((None,),), samples=(SampleDraft((None,), (None,)),))
"""The draft that a new network begins with: one input, one output, no number filled in."""
NEW_CIRCUIT = CircuitDraft(inputs=(("x", None),), gates=("",))


def draft_of(exercise: Exercise) -> Draft:
    """The exercise as a draft."""
    task = exercise.task
    match task:
        case Network():
            return _draft_of_network(exercise, task)
        case Circuit():
            gates = tuple(f"{gate.name} = {plain(gate.expression)}" for gate in task.gates)
            return CircuitDraft(task.inputs, gates, task.learning_rate, exercise.title, exercise.summary, exercise.ask,
                                exercise.precision)
        case _:
            assert_never(task)


def _draft_of_network(exercise: Exercise, task: Network) -> NetworkDraft:
    biases: tuple[NumberRow, ...] = task.biases or tuple((None,) * len(units) for units in task.layers[1:])
    use: BiasUse = "none" if task.biases is None else "trained" if task.train_biases else "frozen"
    samples = tuple(SampleDraft(sample.inputs, sample.targets) for sample in task.samples)
    return NetworkDraft(
        task.layers, task.activations, task.cost, task.learning_rate, task.weights, biases, samples, use,
        exercise.detail, exercise.title, exercise.summary, exercise.ask, exercise.precision)


def draft_text(draft: Draft) -> str:
    """The draft as the text of an exercise file, blanks as ``nan``."""
    match draft:
        case CircuitDraft():
            inputs = [(name, _or_nan(value)) for name, value in draft.inputs]
            return document(draft, circuit_lines(inputs, draft.gates, draft.learning_rate))
        case NetworkDraft():
            return document(draft, network_lines(standing_in(draft, math.nan), draft.detail))
        case _:
            assert_never(draft)


def standing_in(draft: NetworkDraft, blank: float) -> Network:
    """The network with the number ``blank`` in place of each blank, to be written or to name its quantities."""
    return Network(
        layers=draft.layers, activations=draft.activations, cost=draft.cost,
        learning_rate=_swap(draft.learning_rate, None, blank), weights=_swap(draft.weights, None, blank),
        biases=None if draft.bias_use == "none" else _swap(draft.biases, None, blank),
        samples=tuple(Sample(_swap(sample.inputs, None, blank), _swap(sample.targets, None, blank))
                      for sample in draft.samples),
        train_biases=draft.bias_use != "frozen",
    )


def _swap(numbers: Any, old: NumberOrBlank, new: NumberOrBlank) -> Any:
    """Numbers, in tuples of any depth, with one in place of another."""
    if isinstance(numbers, tuple):
        return tuple(_swap(part, old, new) for part in numbers)
    return new if numbers == old else numbers


def draft_from_text(text: str) -> Draft:
    """The draft in a text that :func:`draft_text` made. Raises :class:`ExerciseError` or :class:`FieldError`."""
    data = load_toml(text, "")
    fields.check_strings(data)
    untitled = data.get("title") == ""
    draft = _circuit if "circuit" in data else _network
    return replace(draft({**data, "title": "…"}), title="") if untitled else draft(data)


def finish(draft: Draft, name: str = "") -> tuple[Exercise, str]:
    """The exercise that the draft has become, and the text of its file. Raises :class:`BuildError` for what is missing.

    Any other mistake that a file would be refused for is told in the same words, with the field it is about.
    """
    for where, message in missing(draft):
        raise BuildError(message, where)
    text = draft_text(draft)
    if len(text.encode()) > EXERCISE_SIZE:
        raise BuildError(f"this is too large for a file: {EXERCISE_SIZE // MEGABYTE} MB are the most", ())
    data = load_toml(text, "")
    try:
        fields.check_strings(data)
        exercise = exercise_from_data(data, name, digest_of(text))
    except FieldError as problem:
        raise BuildError(problem.message, _field_at(problem.where)) from None
    return exercise, text


_TYPE_OR_DRAW = "is missing: type a number, or let g draw them all"
_MISSING = {"input": "this input is missing: type a number, or let g draw all that are missing",
            "target": "this target is missing: type a number, or let g draw all that are missing",
            "weight": f"this weight {_TYPE_OR_DRAW}", "bias": f"this bias {_TYPE_OR_DRAW}"}


def missing(draft: Draft) -> Iterator[tuple[Where, str]]:
    """Every field that is still to be filled in, from the top, each with a sentence."""
    if not draft.title.strip():
        yield ("title",), "the title is missing: type a few words"
    match draft:
        case CircuitDraft():
            yield from _missing_in_circuit(draft)
        case NetworkDraft():
            yield from _missing_in_network(draft)
        case _:
            assert_never(draft)


def _missing_in_circuit(draft: CircuitDraft) -> Iterator[tuple[Where, str]]:
    for place, (name, value) in enumerate(draft.inputs):
        if value is None:
            yield ("given", place), f"{name} has no number yet: type {name} = 2, say, or let g draw one"
    for place, gate in enumerate(draft.gates):
        if not gate:
            yield ("gate", place), "this gate is empty: type one such as q = x + y, or take it out with d"


def _missing_in_network(draft: NetworkDraft) -> Iterator[tuple[Where, str]]:
    if draft.learning_rate is None:
        yield ("rate",), "the learning rate is missing: type one, such as 0.1"
    for where, row in number_rows(draft):
        if None in row:
            for place, value in enumerate(row):
                if value is None:
                    yield (*where, place), _MISSING[str(where[0])]


def number_rows(draft: NetworkDraft) -> Iterator[tuple[Where, NumberRow]]:
    """Every row of numbers that the network uses, from the top, with its field.

    The field of one number is the row's, with the number's place added.
    """
    for number, sample in enumerate(draft.samples):
        yield ("input", number), sample.inputs
        yield ("target", number), sample.targets
    for layer, matrix in enumerate(draft.weights, 1):
        yield from ((("weight", layer, source), row) for source, row in enumerate(matrix))
        if draft.bias_use != "none":
            yield ("bias", layer), draft.biases[layer - 1]


def _or_nan(value: NumberOrBlank) -> float:
    return math.nan if value is None else value


def _network(data: Mapping[str, Any]) -> NetworkDraft:
    """The network draft in parsed TOML.

    It is read as if its cost took any target, since the draft may not fit together yet.
    """
    table = fields.table(data.get("network"), ("network",), "network", "[network]")
    marked = _mark({**data, "network": {**table, "cost": "squared_error"}})
    whole = read_described(marked, "")
    match whole.task:
        case Network():
            draft = _draft_of_network(whole, whole.task)
        case Circuit():
            raise FieldError("this draft is no network")
        case _:
            assert_never(whole.task)
    cost = fields.one_of(table.get("cost"), tuple(COSTS), ("network", "cost"), "cost")
    if COSTS[cost].output not in (None, draft.activations[-1]):
        raise FieldError(f"{cost} does not go with {draft.activations[-1]}", ("network", "cost"))
    return replace(
        draft, cost=cost, learning_rate=_unmark(draft.learning_rate), weights=_unmark(draft.weights),
        biases=_unmark(draft.biases),
        samples=tuple(SampleDraft(_unmark(s.inputs), _unmark(s.targets)) for s in draft.samples))


def _mark(value: Any) -> Any:
    """The same data, with a mark that the reader takes for a number in place of each nan."""
    if isinstance(value, dict):
        return {key: _mark(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_mark(part) for part in value]
    return _BLANK if isinstance(value, float) and math.isnan(value) else value


def _unmark(numbers: Any) -> Any:
    return _swap(numbers, _BLANK, None)


def _circuit(data: Mapping[str, Any]) -> CircuitDraft:
    """The circuit draft in parsed TOML.

    Its gates may be any text; the rest is read with a correct circuit in their place.
    """
    where: KeyPath = ("circuit",)
    table = fields.table(data["circuit"], where, "circuit", "[circuit]")
    around = read_described({**data, "circuit": {"inputs": {"x": 1.0}, "gates": ["f = x"]}}, "")
    inputs = fields.table(table.get("inputs"), (*where, "inputs"), "inputs", "{ x = -2.0 }")
    gates = fields.array(table.get("gates"), (*where, "gates"), "gates", '["f = 2x"]')
    numbers = []
    for name, value in inputs.items():
        check_name(name, False, (*where, "inputs", name))
        numbers.append(_unmark(fields.number(_mark(value), (*where, "inputs", name), name)))
    if not all(isinstance(gate, str) for gate in gates):
        raise FieldError("a gate is no text", (*where, "gates"))
    rate = table.get("learning_rate")
    return CircuitDraft(
        tuple(zip(inputs, numbers, strict=True)), tuple(gates),
        None if rate is None else fields.positive(rate, (*where, "learning_rate"), "learning_rate"),
        around.title, around.summary, around.ask, around.precision)


def _field_at(where: KeyPath) -> Where:
    """The draft's field for a place in a file."""
    match where:
        case ("circuit", "gates", int(place)):
            return ("gate", place)
        case ("circuit", "inputs", *_):
            return ("given", 0)
        case ("samples", int(number), "targets", *_):
            return ("target", number, 0)
        case ("samples", int(number), *_):
            return ("input", number, 0)
        case ("ask", *_):
            return ("ask",)
        case ("title", *_):
            return ("title",)
        case ("network" | "circuit", "learning_rate"):
            return ("rate",)
        case _:
            return ()
