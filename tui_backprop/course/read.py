"""Reads an exercise file (TOML) into an :class:`~tui_backprop.course.exercise.Exercise`, or refuses it in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from tui_backprop.course import fields
from tui_backprop.course.exercise import Ask, Exercise, ExerciseError
from tui_backprop.course.fields import FieldError, Notes, Table
from tui_backprop.course.files import EXERCISE_SIZE, digest_of, format_path, name_of, read_text
from tui_backprop.course.lines import KeyPath, find_line
from tui_backprop.course.read_circuit import inspect_circuit
from tui_backprop.course.read_network import inspect_network
from tui_backprop.course.toml import load_toml
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.graph import KINDS
from tui_backprop.maths.precision import LEAST_DECIMALS, LEAST_DIGITS, MOST_DIGITS, THREE_DIGITS, Places, Precision
from tui_backprop.network.model import Circuit, Network

FORMAT = 1
_LEAST: Mapping[Places, int] = {"significant_digits": LEAST_DIGITS, "decimals": LEAST_DECIMALS}
PRECISIONS = tuple(Precision(amount, places) for places, least in _LEAST.items()
                   for amount in range(least, MOST_DIGITS + 1))
"""Every precision that an exercise may ask for."""

MOST_ASKED = 1000
"""The most weights that an exercise may name to be asked for."""

PHASES = ("Reading the file", "Looking at what is in it", "Working out its values")
"""The phases of reading a file, in order, as ``tell`` is called with them."""
Tell = Callable[[str], None]


def to_nobody(_phase: str) -> None:
    """Takes the phases of reading where nobody waits."""


def read_exercise(path: str | Path, tell: Tell = to_nobody) -> Exercise:
    """The exercise in a file. Raises :class:`ExerciseError`, ``FILE:LINE: what is wrong and what would be right``.

    ``tell`` is called with each of :data:`PHASES` when it begins: a large file takes a while.
    """
    tell(PHASES[0])
    return exercise_from_text(read_text(path, EXERCISE_SIZE), name_of(path), format_path(path), tell=tell)


def exercise_from_text(
    text: str, name: str, file: str, line_offset: int = 0, *, tell: Tell = to_nobody
) -> Exercise:
    """The exercise in a TOML text, ``line_offset`` lines down in ``file``. Raises :class:`ExerciseError`."""
    if tell is to_nobody:
        return _read_cached(text, name, file, line_offset)
    return _check_exercise(text, name, file, line_offset, tell)


@lru_cache(maxsize=2)
def _read_cached(text: str, name: str, file: str, line_offset: int) -> Exercise:
    """The exercise in a text, cached: a text that was read to be checked is not read again to be used."""
    return _check_exercise(text, name, file, line_offset, to_nobody)


def _check_exercise(text: str, name: str, file: str, line_offset: int, tell: Tell) -> Exercise:
    data = load_toml(text, file, line_offset)
    digest = digest_of(text)
    try:
        tell(PHASES[1])
        fields.check_strings(data)
        exercise = read_described(data, name, digest)
        tell(PHASES[2])
        _check_values(exercise, _kind(data))
        return exercise
    except FieldError as problem:
        line = find_line(text, problem.where)
        raise ExerciseError(problem.message, file, line and line + line_offset) from None


def is_exercise(text: str) -> bool:
    """Is this the text of an exercise file, be it a good one or not?"""
    try:
        data = load_toml(text, "")
    except ExerciseError:
        return False
    return "format" in data and not {"network", "circuit"}.isdisjoint(data)


def exercise_from_data(data: Table, name: str, digest: str = "") -> Exercise:
    """The exercise that parsed TOML describes. Raises :class:`FieldError`."""
    exercise = read_described(data, name, digest)
    _check_values(exercise, _kind(data))
    return exercise


def read_described(data: Table, name: str, digest: str = "") -> Exercise:
    """As :func:`exercise_from_data`, but whether all values that follow are finite is not worked out."""
    notes = Notes()
    exercise = _inspect(data, name, digest, notes)
    notes.raise_first()
    assert exercise is not None, "what is None has been noted"
    return exercise


def inspect_exercise(text: str, name: str, file: str) -> tuple[Exercise | None, Sequence[FieldError]]:
    """The exercise in a TOML text, None where there is a mistake in it, and all its mistakes.

    Raises :class:`ExerciseError` for a text that is no TOML.
    """
    data, notes = load_toml(text, file), Notes()
    notes.find(lambda: fields.check_strings(data))
    exercise = _inspect(data, name, "", notes)
    if exercise is not None and not notes.errors:
        notes.find(lambda: _check_values(exercise, _kind(data)))
    return (None if notes.errors else exercise), notes.errors


def _inspect(data: Table, name: str, digest: str, notes: Notes) -> Exercise | None:
    kind = notes.find(lambda: _kind(data))
    if kind is None:
        return None
    common = ("format", "title", "order", "summary", kind, "ask", "answers")
    notes.keys(data, (*common, "samples") if kind == "network" else common, (), f"a {kind} exercise")
    notes.find(lambda: _check_format(data))
    title = notes.get(lambda: fields.line_of_text(
        fields.require(data, "title", (), 'title = "Two units"'), ("title",), "title"), "")
    notes.find(lambda: fields.number(data.get("order", 0), ("order",), "order"))
    summary = notes.get(lambda: fields.line_of_text(data.get("summary", "-"), ("summary",), "summary"), "")
    task: Network | Circuit | None = (
        inspect_network(data, notes) if kind == "network" else inspect_circuit(data, notes))
    detail = notes.find(lambda: _detail(data))
    ask = notes.find(lambda: _ask(data, task, notes))
    precision = notes.find(lambda: _precision(data))
    if task is None or detail is None or ask is None or precision is None:
        return None
    return Exercise(name, title, task, summary if "summary" in data else "", detail, ask, precision, digest)


def _kind(data: Table) -> str:
    if "network" in data and "circuit" in data:
        raise FieldError("an exercise has a [network] or a [circuit], not both: take one out", ("circuit",))
    if "circuit" in data:
        if "samples" in data:
            raise FieldError("samples belong to a network: a circuit's numbers stand in its inputs", ("samples",))
        return "circuit"
    if "network" not in data:
        raise FieldError("there is no [network] and no [circuit]: add one of them")
    return "network"


def _check_format(data: Table) -> None:
    version = fields.require(data, "format", (), "format = 1")
    if type(version) is not int or version != FORMAT:
        raise FieldError(f"format must be {FORMAT}, not {fields.quote(version)}", ("format",))


def _detail(data: Table) -> Detail:
    network = data.get("network", {})
    name = network.get("detail", "full") if isinstance(network, dict) else "full"
    fields.one_of(name, DETAILS, ("network", "detail"), "detail")
    return next(detail for detail in DETAILS if detail == name)


def _ask(data: Table, task: Network | Circuit | None, notes: Notes) -> Ask:
    if "ask" not in data:
        return Ask()
    ask = fields.table(data["ask"], ("ask",), "ask", '[ask] with steps = ["gradient"]')
    notes.keys(ask, ("weights", "steps"), ("ask",), "[ask]")
    parameters = notes.find(lambda: _names(ask, "weights", '["1:i->j"]'))
    for place, parameter in enumerate(parameters or ()):
        if task is not None:
            notes.find(partial(check_parameter, parameter, task, ("ask", "weights", place)))
    kinds = notes.find(lambda: _names(ask, "steps", '["gradient", "update"]'))
    for place, kind in enumerate(kinds or ()):
        notes.find(partial(fields.one_of, kind, KINDS, ("ask", "steps", place), "kind of step"))
    return Ask(parameters, kinds)


def _names(ask: Table, key: str, example: str) -> tuple[str, ...] | None:
    if key not in ask:
        return None
    names = fields.array(ask[key], ("ask", key), key, example)
    if not names:
        raise FieldError(f"{key} asks for nothing: leave it out to ask for all, or write {example}", ("ask", key))
    if len(names) > MOST_ASKED:
        raise FieldError(f"{key} names {len(names):,}: {MOST_ASKED:,} are the most", ("ask", key))
    for place, name in enumerate(names):
        if not isinstance(name, str):
            raise FieldError(f"{key} must hold text, as in {example}, not {fields.quote(name)}", ("ask", key, place))
    if (second := fields.place_of_repeat(names)) is not None:
        raise FieldError(f"{key} names {fields.quote(names[second])} twice: once is enough", ("ask", key, second))
    return tuple(names)


def check_parameter(parameter: str, task: Network | Circuit, where: KeyPath) -> None:
    """Refuse text that is no id of a weight (``1:i->j``) or a trained bias (``1:j``). Raises :class:`FieldError`."""
    if isinstance(task, Circuit):
        raise FieldError("a circuit has no weights to ask for: leave weights out of [ask]", where)
    layer_text, _, rest = parameter.partition(":")
    source, arrow, unit = rest.partition("->")
    layer = int(layer_text) if re.fullmatch(r"[0-9]{1,4}", layer_text) else 0
    if not 1 <= layer <= task.last:
        raise FieldError(f"{fields.quote(parameter)} has no layer from 1 to {task.last} in front: "
                      f"write a weight as {_examples(task)[0]}", where)
    if arrow:
        found = source in task.layers[layer - 1] and unit in task.layers[layer]
    else:
        found = rest in task.layers[layer]
        if task.biases is None:
            raise FieldError(f"{fields.quote(parameter)} is a bias, and this network has none: "
                          f"write a weight as {_examples(task)[0]}", where)
        if not task.train_biases:
            raise FieldError(f"{fields.quote(parameter)} is a bias, and train_biases is false: ask for weights", where)
    if not found:
        near = fields.did_you_mean(parameter, _examples(task))
        raise FieldError(f"there is no parameter {fields.quote(parameter)}{near}", where)


def _examples(task: Network) -> Sequence[str]:
    """The ids of a network's parameters; of a large network, the first of each layer."""
    most = None if task.parameter_count <= 100 else 1
    ids = []
    for layer in range(1, len(task.layers)):
        sources, units = task.layers[layer - 1][:most], task.layers[layer][:most]
        ids += [f"{layer}:{i}->{j}" for i in sources for j in units]
        if task.biases is not None and task.train_biases:
            ids += [f"{layer}:{j}" for j in units]
    return ids


def _precision(data: Table) -> Precision:
    answers = fields.table(data.get("answers", {}), ("answers",), "answers", "[answers] with significant_digits = 3")
    fields.check_keys(answers, tuple(_LEAST), ("answers",), "[answers]")
    if len(answers) > 1:
        raise FieldError("answers are asked for in significant_digits or in decimals: leave one of them out",
                         ("answers", "decimals"))
    for places, least in _LEAST.items():
        if places in answers:
            amount = answers[places]
            if type(amount) is not int or not least <= amount <= MOST_DIGITS:
                raise FieldError(f"{places} must be a whole number from {least} to {MOST_DIGITS}, "
                                 f"not {fields.quote(amount)}", ("answers", places))
            return Precision(amount, places)
    return THREE_DIGITS


def _check_values(exercise: Exercise, kind: str) -> None:
    try:
        exercise.derive().check_finite()
    except ValueError as error:
        raise FieldError(str(error), (kind,)) from None
