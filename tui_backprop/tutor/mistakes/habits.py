"""Where a known mistake may have been made, and what comes of it: the candidates for a wrong number.

A mistake is made at the step itself, at one quantity before it, at all units of a layer, or in every layer; wherever it
is made, all that follows is worked out again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Final

from tui_backprop.derivation.ids import Ref, before_update
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.maths.expression import Expr, Symbol, number
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes.slip import Slip
from tui_backprop.tutor.mistakes.workings import Workings

Base = Callable[[str], float]

RANKS: Final[Mapping[str, float]] = {
    "relu_gate_ignored": 0, "pre_activation_for_activation": 0, "bias_missing": 0, "ascent": 0, "not_updated": 0.2,
    "square_missing": 0.3, "factor_two": 0.3, "sign": 0.4, "activation_derivative_missing": 0.4, "step_only": 0.4,
    "learning_rate_missing": 0.4, "learning_rate_twice": 0.5, "sum_for_mean": 0.5, "path_missing": 0.5,
    "input_factor_missing": 0.6, "operand_swapped": 0.6, "one_input_missing": 0.6, "updated_weight": 0.7,
    "added_factors": 0.8, "factor_missing": 0.9, "mean_twice": 1, "softmax_extra_factor": 1,
    "derivative_at_wrong_point": 1, "activation_missing": 1, "cost_for_derivative": 1.2, "bias_times_input": 1.2,
    "half_without_square": 1.2, "other_activation": 1.4, "derivative_of_other_function": 1.5, "transposed": 1.7,
    "wrong_base": 2, "wrong_layer": 3, "rounded_early": 4,
}
"""How likely a mistake is: the smaller the likelier. Every code there is."""

_EARLIER: Final = 1.0
"""What is added to the rank where the mistake was made at a formula before the step that is asked, …"""
_FURTHER: Final = 0.2
"""… and for each formula more between the two."""
_DEPTH: Final = 3
"""So many formulas back a mistake in a single quantity is looked for."""
_MOST_SITES: Final = 80
_HARDLY_OFF: Final = 0.02
"""A number that is so little off the right one, in parts of it, is a matter of rounding before anything else."""
_SOFTMAX: Final = ", softmax"
"""The end of a way that is softmax's own: who leaves the others' slopes out may well know softmax's."""
_EVERYWHERE: Final = frozenset({"updated", "slope missing", "no activation", "no bias", "transposed", "other point",
                                "twice", "swapped", *ACTIVATIONS})
"""Habits: ways that a learner who has them has in every layer and formula."""
_OWN_PLACE: Final = frozenset({"wrong_layer", "wrong_base"})
"""Codes of mistakes that name another quantity: made at one place, not everywhere alike."""
_CARRIED: Final = {"no activation": "activation_missing"}
"""What a mistake is called further on, by its way, where that is not what it is called where it is made."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake and the number it leads to; ``formulas``: of the earlier quantities where it is made, nearest first."""

    code: str
    rank: float
    say: str
    value: float
    formulas: Mapping[str, Expr] = field(default_factory=dict)


def near(workings: Workings, quantity: str, base: Base) -> Iterator[Candidate]:
    """The known mistakes at the step and shortly before it."""
    for slip in workings.slips(quantity).values():
        wrong = workings.again([quantity], {quantity: slip.formula}, base)
        yield Candidate(slip.code, RANKS[slip.code] + slip.unlikely, slip.say, wrong)
    if workings.large:
        return
    levels = workings.levels(quantity)
    order = workings.order(quantity, levels)
    for sites in _close(workings, levels):
        made_of = workings.downstream(order, sites)
        for way in _shared(workings, sites, levels):
            yield _made(workings, way, sites, levels, base, made_of)
    yield from _input_as_one(workings, quantity, order, base)
    yield from _rounded(workings, order, base)


def far(workings: Workings, quantity: str, base: Base) -> Iterator[Candidate]:
    """Mistakes made in a whole layer or in all of them, however far back."""
    if workings.large:
        return
    levels = workings.levels(quantity)
    order = workings.order(quantity, levels)
    for way, sites in _habits(workings, levels):
        yield _made(workings, way, sites, levels, base, workings.downstream(order, sites))


def _made(
    workings: Workings, way: str, sites: Sequence[str], levels: Mapping[str, int], base: Base, order: list[str],
) -> Candidate:
    """What comes of one way at these sites."""
    slips = {site: _slip(workings, site, way) for site in sorted(sites, key=lambda site: levels[site])}
    nearest, slip = next(iter(slips.items()))
    formulas = {site: other.formula for site, other in slips.items()}
    level, here = levels[nearest], nearest == order[-1]
    code = slip.code if here else _CARRIED.get(way, slip.code)
    rank = RANKS[code] + slip.unlikely + (0 if here else _EARLIER + _FURTHER * (level - 1))
    return Candidate(code, rank, slip.say, workings.again(order, formulas, base), {} if here else formulas)


def _slip(workings: Workings, site: str, way: str) -> Slip:
    slips = workings.slips(site)
    return slips[way] if way in slips else slips[way + _SOFTMAX]


def _close(workings: Workings, levels: Mapping[str, int]) -> Iterator[list[str]]:
    """Places shortly before the step: one quantity (of every sample alike), or all units of a layer."""
    sites = [name for name, level in levels.items() if 1 <= level <= _DEPTH][:_MOST_SITES]
    seen: set[tuple[str, ...]] = set()
    for key in (_same_unit, _same_layer):
        for members in _grouped(sites, partial(key, workings)):
            if tuple(members) not in seen:
                seen.add(tuple(members))
                yield members


def _habits(workings: Workings, levels: Mapping[str, int]) -> Iterator[tuple[str, list[str]]]:
    """Ways, and where they are gone: in a layer, at all quantities of a kind, or wherever they can be gone."""
    ways: dict[str, list[str]] = {}
    for site in levels:
        for way, slip in workings.slips(site).items():
            if slip.code not in _OWN_PLACE:
                ways.setdefault(way, []).append(site)
    for way, sites in ways.items():
        seen: set[tuple[str, ...]] = set()
        groups = [*_grouped(sites, partial(_same_layer, workings)), *_grouped(sites, partial(_same_kind, workings))]
        if way in _EVERYWHERE:
            groups += [sorted(sites), sorted([*sites, *ways.get(way + _SOFTMAX, ())])]
        for members in groups:
            if tuple(members) not in seen:
                seen.add(tuple(members))
                yield way, members


def _grouped(sites: Iterable[str], key: Callable[[str], str]) -> Iterator[list[str]]:
    return (sorted(group) for _, group in groupby(sorted(sites, key=key), key=key))


def _same_unit(workings: Workings, quantity: str) -> str:
    """What the same quantity of every sample shares; a mean over the samples is a quantity of its own."""
    return workings.derivation.graph.of_any_sample(quantity)


def _same_layer(workings: Workings, quantity: str) -> str:
    return workings.derivation.graph.of_any_unit(quantity)


def _same_kind(workings: Workings, quantity: str) -> str:
    """What all weights' updates and all biases' share, or all means; else all quantities of one role."""
    return workings.derivation.graph.of_any_layer(quantity)


def _shared(workings: Workings, sites: Sequence[str], levels: Mapping[str, int]) -> Iterator[str]:
    """The ways that all these sites have."""
    first, *others = (workings.slips(name) for name in sites)
    for way, slip in first.items():
        far_off = slip.code == "wrong_layer" and min(levels[site] for site in sites) > 1
        if not far_off and all(way in other for other in others):
            yield way


def _input_as_one(workings: Workings, quantity: str, order: list[str], base: Base) -> Iterator[Candidate]:
    """∂C/∂w = 2w − 2y, as the course's source has it: right where the only input is 1, and nowhere else."""
    graph = workings.derivation.graph
    if not isinstance(graph, NetworkGraph) or graph.batch > 1 or len(graph.network.layers[0]) > 1:
        return
    if graph.kind(quantity) in ("gradient", "update"):
        given = str(Ref("a", 0, graph.network.layers[0]))
        yield Candidate("input_factor_missing", RANKS["input_factor_missing"] + _EARLIER,
                        f"That is what comes of {{{given}}} = 1. Which formulas does {{{given}}} stand in?",
                        workings.again([given, *order], {given: number(1)}, base))


def _rounded(workings: Workings, order: list[str], base: Base) -> Iterator[Candidate]:
    """Everything that was worked out on the way rounded to fewer digits than are asked for, and carried on."""
    right, size = base(order[-1]), _size(workings, order[-1], base)
    copied = {name for name in order if isinstance(workings.formula(name), Symbol)}
    for digits in (2, 1):
        value = workings.again(order, {}, base, partial(_round, digits, copied))
        off = abs(value - right) / size if size else math.inf
        yield Candidate("rounded_early", 0.0 if off < _HARDLY_OFF else RANKS["rounded_early"], value=value,
                        say="That comes of a value rounded on the way. Carry more digits until the end.")


def _size(workings: Workings, quantity: str, base: Base) -> float:
    """How large a quantity is; of an updated parameter, its change."""
    is_update = workings.derivation.graph.kind(quantity) == "update"
    return abs(base(quantity) - (base(before_update(quantity)) if is_update else 0.0))


def _round(digits: int, copied: frozenset[str] | set[str], name: str, value: float) -> float:
    return float(f"{value:.{digits - 1}e}") if math.isfinite(value) and name not in copied else value
