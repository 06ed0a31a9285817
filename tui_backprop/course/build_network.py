"""What may be done to a network that is being built. Each change gives a new draft, or a :class:`BuildError`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar

from tui_backprop.course.draft import (
    NEW_NETWORK,
    BuildError,
    NetworkDraft,
    NumberOrBlank,
    NumberRow,
    SampleDraft,
    number_rows,
    standing_in,
    with_value,
)
from tui_backprop.course.draw import spread_numbers
from tui_backprop.course.fields import FieldError
from tui_backprop.course.read import check_parameter
from tui_backprop.course.read_network import MOST_LAYERS, MOST_SAMPLES, check_target_range, read_layer
from tui_backprop.dataclass import replace
from tui_backprop.maths.numerals import many
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS

MOST_NUMBERS = 300_000
"""The most weights, biases, inputs and targets together: as many as a file of the largest size holds."""
_USUAL_UNITS = ("1", "2")
_USUAL_ACTIVATION = "sigmoid"

_Value = TypeVar("_Value")


def read_units(text: str) -> tuple[str, ...]:
    """The units of a layer: a number of them, or their names. Raises :class:`BuildError`."""
    words = re.split(r"[\s,;]+", text.strip(" \t,;"))
    try:
        if len(words) == 1 and re.fullmatch("[0-9]+", words[0]):
            return read_layer(int(words[0][:9]), False, ())
        if words == [""]:
            raise BuildError("type how many units, as in 3, or their names, as in i, j")
        return read_layer(words, True, ())
    except FieldError as error:
        raise BuildError(error.message) from None


def format_units(units: Sequence[str]) -> str:
    """The units as they are typed: ``3``, or ``i, j`` where they have names of their own."""
    numbered = all(name == str(place) for place, name in enumerate(units, 1))
    return str(len(units)) if numbered else ", ".join(units)


def set_units(draft: NetworkDraft, layer: int, units: tuple[str, ...]) -> NetworkDraft:
    """The draft with these units in a layer. A unit keeps its numbers by its name, or else by its place."""
    picks = _picks(draft.layers[layer], units)
    layers = (*draft.layers[:layer], units, *draft.layers[layer + 1:])
    _check_size([len(units) for units in layers], len(draft.samples))
    weights = list(draft.weights)
    biases = list(draft.biases)
    if layer:
        weights[layer - 1] = tuple(_pick(row, picks) for row in weights[layer - 1])
        biases[layer - 1] = _pick(biases[layer - 1], picks)
    if layer < draft.last:
        blank = (None,) * len(draft.layers[layer + 1])
        weights[layer] = tuple(blank if pick is None else weights[layer][pick] for pick in picks)
    samples = tuple(
        SampleDraft(_pick(sample.inputs, picks) if layer == 0 else sample.inputs,
                    _pick(sample.targets, picks) if layer == draft.last else sample.targets)
        for sample in draft.samples)
    return _tidy(replace(draft, layers=layers, weights=tuple(weights), biases=tuple(biases), samples=samples))


def add_unit(draft: NetworkDraft, layer: int) -> NetworkDraft:
    """The draft with one more unit at the end of a layer, with a name of its own."""
    units = draft.layers[layer]
    number = len(units) + 1
    while str(number) in units:
        number += 1
    following = {chr(ord(name) + 1) for name in units[-1:] if len(name) == 1 and name.isalpha() and name not in "zZ"}
    name = next((name for name in following if name not in units), str(number))
    return set_units(draft, layer, read_units(", ".join((*units, name))))


def remove_unit(draft: NetworkDraft, layer: int) -> NetworkDraft:
    """The draft without the last unit of a layer."""
    if len(draft.layers[layer]) == 1:
        raise BuildError("a layer has at least one unit: d takes a hidden layer out as a whole")
    return set_units(draft, layer, draft.layers[layer][:-1])


def add_layer(draft: NetworkDraft, after: int) -> NetworkDraft:
    """The draft with a hidden layer of two units after the layer ``after``, or before the output."""
    if len(draft.layers) >= MOST_LAYERS:
        raise BuildError(f"a network has {MOST_LAYERS} layers at most")
    place = min(after, draft.last - 1) + 1
    before, behind = len(draft.layers[place - 1]), len(draft.layers[place])
    layers = (*draft.layers[:place], _USUAL_UNITS, *draft.layers[place:])
    _check_size([len(units) for units in layers], len(draft.samples))
    near = draft.activations[min(place - 1, draft.last - 1)]
    activation = _USUAL_ACTIVATION if ACTIVATIONS[near].coupled else near
    new = ((None,) * len(_USUAL_UNITS),) * before, ((None,) * behind,) * len(_USUAL_UNITS)
    return _tidy(replace(
        draft, layers=layers, activations=_insert(draft.activations, place - 1, activation),
        weights=(*draft.weights[:place - 1], *new, *draft.weights[place:]),
        biases=_insert(draft.biases, place - 1, (None,) * len(_USUAL_UNITS))))


def remove_layer(draft: NetworkDraft, layer: int) -> NetworkDraft:
    """The draft without a hidden layer."""
    if layer in (0, draft.last):
        raise BuildError("a network keeps its inputs and its output: only a hidden layer can be taken out")
    bridge = ((None,) * len(draft.layers[layer + 1]),) * len(draft.layers[layer - 1])
    return _tidy(replace(
        draft, layers=_without(draft.layers, layer), activations=_without(draft.activations, layer - 1),
        weights=(*draft.weights[:layer - 1], bridge, *draft.weights[layer + 1:]),
        biases=_without(draft.biases, layer - 1)))


def activations_for(draft: NetworkDraft, layer: int) -> tuple[str, ...]:
    """The activations that a layer may have with the draft's cost."""
    if layer < draft.last:
        return tuple(name for name, activation in ACTIVATIONS.items() if not activation.coupled)
    wanted = COSTS[draft.cost].output
    return tuple(ACTIVATIONS) if wanted is None else (wanted,)


def costs_for(draft: NetworkDraft) -> tuple[str, ...]:
    """The costs that go with the output's activation."""
    return tuple(name for name, cost in COSTS.items() if cost.output in (None, draft.activations[-1]))


def add_sample(draft: NetworkDraft, after: int) -> NetworkDraft:
    """The draft with one more sample, blank, after the sample ``after``."""
    if len(draft.samples) >= MOST_SAMPLES:
        raise BuildError(f"here a network has {MOST_SAMPLES} samples at most")
    _check_size([len(units) for units in draft.layers], len(draft.samples) + 1)
    return replace(draft, samples=_insert(draft.samples, after + 1, _blank(draft)))


def read_sample_count(text: str) -> int:
    """A number of samples as typed. Raises :class:`BuildError`."""
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= MOST_SAMPLES:
        raise BuildError(f"type how many samples there are, from 1 to {MOST_SAMPLES}")
    return int(text)


def set_sample_count(draft: NetworkDraft, number: int) -> NetworkDraft:
    """The draft with ``number`` samples: new ones are blank, and the last ones go first. Raises :class:`BuildError`."""
    _check_size([len(units) for units in draft.layers], number)
    return replace(draft, samples=(*draft.samples[:number], *(_blank(draft),) * (number - len(draft.samples))))


def _blank(draft: NetworkDraft) -> SampleDraft:
    return SampleDraft((None,) * len(draft.layers[0]), (None,) * len(draft.layers[-1]))


def remove_sample(draft: NetworkDraft, number: int) -> NetworkDraft:
    if len(draft.samples) == 1:
        raise BuildError("a network is shown at least one sample")
    return replace(draft, samples=_without(draft.samples, number))


def count_blanks(draft: NetworkDraft) -> int:
    """How many numbers are missing."""
    return sum(row.count(None) for _, row in number_rows(draft)) + (draft.learning_rate is None)


def fill(draft: NetworkDraft, seed: int, *, anew: bool = False) -> NetworkDraft:
    """The draft with random numbers in its blanks; ``anew``: in all weights and biases, whatever they were.

    Every number drawn differs from all that stay. A missing learning rate is that of a new network.
    """
    random = Random(seed)
    blank = _Blanks(draft, random, anew)
    weights = tuple(tuple(map(blank.parameters, matrix)) for matrix in draft.weights)
    biases = tuple(map(blank.parameters, draft.biases))
    samples = tuple(SampleDraft(blank.inputs(sample.inputs), blank.targets(sample.targets)) for sample in draft.samples)
    rate = NEW_NETWORK.learning_rate if draft.learning_rate is None else draft.learning_rate
    return replace(draft, weights=weights, biases=biases, samples=samples, learning_rate=rate)


class _Blanks:
    """Fills rows with numbers drawn for the whole network, in order; a seed gives the same ones again."""

    def __init__(self, draft: NetworkDraft, random: Random, anew: bool) -> None:
        self._random = random
        self._anew = anew
        self._cost = draft.cost
        parameters = [row for matrix in draft.weights for row in matrix] + list(draft.biases)
        rows = [row for sample in draft.samples for row in (sample.inputs, sample.targets)]
        kept = [*rows, *([] if anew else parameters)]
        self._kept = {abs(value) for row in kept for value in row if value is not None}
        total = sum(map(len, parameters)) + sum(map(len, rows))
        drawn = spread_numbers(total, random)
        taken = self._kept | set(map(abs, drawn))
        spare = spread_numbers(len(taken) + total, random) if not self._kept.isdisjoint(map(abs, drawn)) else []
        self._drawn = iter(drawn)
        self._spare = (value for value in spare if abs(value) not in taken)

    def parameters(self, row: NumberRow) -> NumberRow:
        return tuple(self._next() if value is None or self._anew else self._skip(value) for value in row)

    def inputs(self, row: NumberRow) -> NumberRow:
        return tuple(self._next() if value is None else self._skip(value) for value in row)

    def targets(self, row: NumberRow) -> NumberRow:
        """Targets that the cost takes."""
        if COSTS[self._cost].targets == "any":
            return tuple(abs(self._next()) if value is None else self._skip(value) for value in row)
        if COSTS[self._cost].targets == "shares":
            return tuple(float(self._random.random() < 0.5) if value is None else value for value in row)
        blanks = [place for place, value in enumerate(row) if value is None]
        rest = 1 - sum(value for value in row if value is not None)
        hot = self._random.choice(blanks) if blanks else -1
        return tuple((rest if place == hot else 0.0) if value is None else value for place, value in enumerate(row))

    def _next(self) -> float:
        value = next(self._drawn)
        return next(self._spare) if abs(value) in self._kept else value

    def _skip(self, value: float) -> float:
        """The number that stays. It uses a drawn one up, so that what the next field gets does not depend on it."""
        next(self._drawn)
        return value


def set_target(draft: NetworkDraft, value: NumberOrBlank, sample: int, unit: int) -> NetworkDraft:
    """The draft with another target, or a blank. Raises :class:`BuildError` for one that the cost does not take."""
    if value is not None:
        try:
            check_target_range((value,), draft.cost, ())
        except FieldError as error:
            raise BuildError(error.message) from None
    return with_value(draft, ("target", sample, unit), value)


def _check_size(sizes: Sequence[int], samples: int) -> None:
    total = sum((before + 1) * after for before, after in pairwise(sizes)) + samples * (sizes[0] + sizes[-1])
    if total > MOST_NUMBERS:
        raise BuildError(f"a file holds {many(MOST_NUMBERS, 'number')} at most, and this network would have {total}")


def _tidy(draft: NetworkDraft) -> NetworkDraft:
    """The draft without the parameters that its quiz asks for and that are gone."""
    if draft.ask.parameters is None:
        return draft
    network = standing_in(draft, 0.0)
    kept = []
    for parameter in draft.ask.parameters:
        try:
            check_parameter(parameter, network, ())
        except FieldError:
            continue
        kept.append(parameter)
    return replace(draft, ask=replace(draft.ask, parameters=tuple(kept) or None))


def set_bias_use(draft: NetworkDraft, use: str) -> NetworkDraft:
    """The draft with no biases (``none``), or with biases that learning changes (``trained``) or keeps (``frozen``)."""
    match use:
        case "none" | "trained" | "frozen":
            return _tidy(replace(draft, bias_use=use))
        case _:
            raise BuildError(f"biases are none, trained or frozen, not {use}")


def _picks(old: Sequence[str], new: Sequence[str]) -> tuple[int | None, ...]:
    """For each new unit the place of the old unit whose numbers it takes: the one of its name, or else at its place."""
    places = {name: place for place, name in enumerate(old)}
    kept = set(new)
    return tuple(
        places.get(name, place if place < len(old) and old[place] not in kept else None)
        for place, name in enumerate(new))


def _pick(row: NumberRow, picks: Sequence[int | None]) -> NumberRow:
    return tuple(None if pick is None else row[pick] for pick in picks)


def _insert(row: tuple[_Value, ...], place: int, value: _Value) -> tuple[_Value, ...]:
    return (*row[:place], value, *row[place:])


def _without(row: tuple[_Value, ...], place: int) -> tuple[_Value, ...]:
    return (*row[:place], *row[place + 1:])
