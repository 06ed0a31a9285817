"""Reads the ``[network]`` and ``[[samples]]`` of an exercise file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from tui_backprop.course import fields
from tui_backprop.course.fields import FieldError, Notes, Table, quote
from tui_backprop.course.lines import KeyPath
from tui_backprop.maths.numerals import many
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Matrix, Network, Sample
from tui_backprop.patterns import late_pattern

UNIT_NAME = late_pattern(r"[A-Za-z][A-Za-z0-9_]{0,11}|[0-9]{1,12}")
"""A unit's name: a letter followed by letters, digits and _ (12 at most), or digits alone."""
MOST_LAYERS = 100
MOST_UNITS = 20_000
MOST_SAMPLES = 2000
"""The most samples in a batch."""
MOST_ROUNDS = 20_000
"""The most samples times layers: each sample has steps of its own in each layer."""

_KEYS = ("layers", "activation", "cost", "learning_rate", "weights", "biases", "train_biases", "detail")
_HERE: KeyPath = ("network",)
_Read = TypeVar("_Read")
_TARGET_SUM_TOLERANCE = 1e-9


def inspect_network(data: Table, notes: Notes) -> Network | None:
    """The network that an exercise's data describes; None where anything is wrong, all of which is noted."""
    table = notes.find(lambda: fields.table(data["network"], _HERE, "network", "[network]"))
    if table is None:
        return None
    notes.keys(table, _KEYS, _HERE, "[network]")

    def get(key: str, example: str, read: Callable[[Any], _Read]) -> _Read | None:
        return notes.find(lambda: read(fields.require(table, key, _HERE, f"{key} = {example}")))

    layers = get("layers", '[["i"], ["j"], ["k"]]', _layers)
    rate = get("learning_rate", "0.1", lambda value: fields.positive(value, (*_HERE, "learning_rate"), "learning_rate"))
    train = notes.find(
        lambda: fields.truth(table.get("train_biases", True), (*_HERE, "train_biases"), "train_biases"))
    if layers is None:
        return None
    activations = get("activation", '"relu"', lambda value: _activations(value, layers))
    cost = get("cost", '"squared_error"', lambda value: _cost(value, activations))
    weights = get("weights", '[{ "i->j" = 0.5 }]', lambda value: _weights(value, layers, notes))
    biases = notes.find(lambda: _biases(table["biases"], layers, notes)) if "biases" in table else None
    samples = notes.find(lambda: _samples(data, layers, cost, notes))
    if not (activations and cost and rate and weights and samples) or train is None or notes.errors:
        return None
    return Network(layers, activations, cost, rate, weights, biases, samples, train_biases=train)


def _layers(value: object) -> tuple[tuple[str, ...], ...]:
    where = (*_HERE, "layers")
    layers = fields.array(value, where, "layers", '[["i"], ["j"], ["k"]] or [2, 1, 1]')
    if not 2 <= len(layers) <= MOST_LAYERS:
        raise FieldError(f"a network has 2 to {MOST_LAYERS} layers, the inputs among them, not {len(layers)}", where)
    named = isinstance(layers[0], list)
    return tuple(read_layer(layer, named, (*where, place)) for place, layer in enumerate(layers))


def read_layer(value: object, named: bool, where: KeyPath) -> tuple[str, ...]:
    """The unit names of one layer: a list of them, or where layers are not ``named`` a number of units."""
    if not named:
        if type(value) is not int:
            raise FieldError(f"a layer is a list of unit names or, in all layers, a number of units, "
                             f"not {quote(value)}", where)
        if not 1 <= value <= MOST_UNITS:
            raise FieldError(f"a layer has 1 to {MOST_UNITS} units, not {quote(value)}", where)
        return tuple(str(unit + 1) for unit in range(value))
    units = fields.array(value, where, "each layer", '["i", "j"]')
    if not 1 <= len(units) <= MOST_UNITS:
        raise FieldError(f"a layer has 1 to {MOST_UNITS} units, not {len(units)}", where)
    for place, unit in enumerate(units):
        if not isinstance(unit, str):
            raise FieldError(f'a unit\'s name must be text in quotation marks, as in "j", not {quote(unit)}',
                          (*where, place))
        if not UNIT_NAME.fullmatch(unit):
            raise FieldError(f"{quote(unit)} cannot name a unit: use a letter followed by letters, digits or _ "
                          "(12 at most), or digits alone", (*where, place))
    if (second := fields.place_of_repeat(units)) is not None:
        raise FieldError(f"two units of one layer are called {quote(units[second])}: rename one", (*where, second))
    return tuple(units)


def _activations(value: object, layers: Sequence[Sequence[str]]) -> tuple[str, ...]:
    where = (*_HERE, "activation")
    after = len(layers) - 1
    if isinstance(value, str):
        fields.one_of(value, tuple(ACTIVATIONS), where, "activation")
        names = (value,) * after
    else:
        names = tuple(fields.array(value, where, "activation", '["relu", "relu"] or "relu"'))
        if len(names) != after:
            raise FieldError(f"activation has {many(len(names), 'entry')} for {many(after, 'layer')} after the "
                             "input: give one for each, or a single text for all", where)
        for place, name in enumerate(names):
            fields.one_of(name, tuple(ACTIVATIONS), (*where, place), "activation")
    for place, name in enumerate(names[:-1]):
        if ACTIVATIONS[name].coupled:
            raise FieldError(f"{name} is for the output layer only: use another activation in layer {place + 1}",
                          where if isinstance(value, str) else (*where, place))
    return names


def _cost(value: object, activations: Sequence[str] | None) -> str:
    where = (*_HERE, "cost")
    name = fields.one_of(value, tuple(COSTS), where, "cost")
    wanted = COSTS[name].output
    if wanted is not None and activations is not None and activations[-1] != wanted:
        raise FieldError(f"{name} wants {wanted} in the output layer, and there is {activations[-1]}: "
                      "change the cost or the activation", where)
    return name


def _weights(value: object, layers: tuple[tuple[str, ...], ...], notes: Notes) -> tuple[Matrix, ...]:
    where = (*_HERE, "weights")
    entries = _per_layer(value, layers, where, "weights", '[{ "i->j" = 0.5 }] or [[[0.5]]]')
    nothing: Matrix = ()
    return tuple(
        notes.get(partial(_matrix, entry, layers[n], layers[n + 1], n + 1, (*where, n)), nothing)
        for n, entry in enumerate(entries))


def _per_layer(value: object, layers: Sequence[object], where: KeyPath, what: str, example: str) -> Sequence[object]:
    entries = fields.array(value, where, what, example)
    if len(entries) != len(layers) - 1:
        raise FieldError(f"{what} has {len(entries)} parts for {many(len(layers) - 1, 'layer')} after the input: "
                      "give one for each", where)
    return entries


def _matrix(value: object, sources: tuple[str, ...], units: tuple[str, ...], layer: int, where: KeyPath) -> Matrix:
    """The weights into a layer, from a table by edge or from rows, one per unit of the layer before."""
    what = f"weights of layer {layer}"
    if isinstance(value, dict):
        edges = [f"{source}->{unit}" for source in sources for unit in units]
        flat = fields.by_name(value, edges, where, what)
        width = len(units)
        return tuple(flat[row:row + width] for row in range(0, len(flat), width))
    rows = fields.array(value, where, what, f'{{ "{sources[0]}->{units[0]}" = 0.5 }} or [[0.5]]')
    if len(rows) != len(sources):
        raise FieldError(f"{what} has {many(len(rows), 'row')} for {many(len(sources), 'unit')} of layer "
                         f"{layer - 1}: give one row for each of {fields.list_names(sources)}", where)
    for place, row in enumerate(rows):
        if not isinstance(row, list):
            raise FieldError(f"each row of the {what} must be a list of numbers, not {quote(row)}", (*where, place))
    return tuple(fields.vector(row, units, (*where, n), f"row {n + 1} of the {what}") for n, row in enumerate(rows))


def _biases(value: object, layers: tuple[tuple[str, ...], ...], notes: Notes) -> tuple[tuple[float, ...], ...]:
    where = (*_HERE, "biases")
    entries = _per_layer(value, layers, where, "biases", '[{ "j" = 0.1 }] or [[0.1]]')
    nothing: tuple[float, ...] = ()
    return tuple(
        notes.get(partial(fields.vector, entry, layers[n + 1], (*where, n), f"biases of layer {n + 1}"), nothing)
        for n, entry in enumerate(entries))


def _samples(
    data: Table, layers: tuple[tuple[str, ...], ...], cost: str | None, notes: Notes
) -> tuple[Sample, ...]:
    value = data.get("samples", [])
    if isinstance(value, dict):
        raise FieldError("samples are a list of tables: write [[samples]] with two brackets", ("samples",))
    samples = fields.array(value, ("samples",), "samples", "[[samples]]")
    if not samples:
        raise FieldError("there is no sample: add [[samples]] with inputs and targets", ("samples",))
    most = min(MOST_SAMPLES, MOST_ROUNDS // len(layers))
    if len(samples) > most:
        raise FieldError(f"with {len(layers)} layers a batch has {most:,} samples at most, not {len(samples):,}",
                         ("samples",))
    nothing = Sample((), ())
    return tuple(
        notes.get(partial(_sample, sample, layers, cost, n), nothing) for n, sample in enumerate(samples))


def _sample(value: object, layers: tuple[tuple[str, ...], ...], cost: str | None, place: int) -> Sample:
    where: KeyPath = ("samples", place)
    sample = fields.table(value, where, "each sample", "[[samples]]")
    fields.check_keys(sample, ("inputs", "targets"), where, "a sample")
    inputs = fields.require(sample, "inputs", where, f"inputs = {{ {layers[0][0]} = 0.5 }}")
    targets = fields.require(sample, "targets", where, f"targets = {{ {layers[-1][0]} = 1.0 }}")
    number = f" of sample {place + 1}"
    result = Sample(
        fields.vector(inputs, layers[0], (*where, "inputs"), "inputs" + number),
        fields.vector(targets, layers[-1], (*where, "targets"), "targets" + number),
    )
    if cost is not None:
        check_targets(result.targets, cost, (*where, "targets"))
    return result


def check_targets(targets: tuple[float, ...], cost: str, where: KeyPath) -> None:
    """Refuse targets that the cost cannot take. Raises :class:`FieldError`."""
    check_target_range(targets, cost, where)
    if COSTS[cost].targets == "distribution" and abs(sum(targets) - 1) > _TARGET_SUM_TOLERANCE:
        raise FieldError(f"with {cost} the targets of a sample sum to 1, and these to {sum(targets):.6g}", where)


def check_target_range(targets: tuple[float, ...], cost: str, where: KeyPath) -> None:
    """Refuse a target that no sample may have with this cost. Raises :class:`FieldError`."""
    if COSTS[cost].targets == "any":
        return
    for target in targets:
        if not 0 <= target <= 1:
            raise FieldError(f"with {cost} each target lies from 0 to 1, and here is {quote(target)}", where)
