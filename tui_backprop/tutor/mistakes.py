"""Which mistake a wrong number is: the known slips as changed formulas, worked out again, and compared.

A slip is another formula at the step that is asked or at one it is made of; what it leads to follows from the same
graph as the right value does. So it works on every network and circuit. A right value is never accused, and several
mistakes that give one number are all named, the likeliest first. The codes are those that answer sheets use.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import groupby
from typing import Final

from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.maths.expression import Expr, number
from tui_backprop.maths.numerals import shown
from tui_backprop.tutor.mistakes_slip import Slip
from tui_backprop.tutor.mistakes_workings import Workings
from tui_backprop.tutor.rules import Rule, within
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

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

_EARLIER: Final = 1.2
"""What is added to the rank for each formula between the mistake and the step that is asked."""
_INEXACT: Final = 2.0
"""What is added where the number is at the edge of the tolerance around the mistaken one."""
_AS_LIKELY: Final = 1.0
"""A mistake whose rank is so much behind another's is not worth a learner's reading."""
_SENTENCE: Final = re.compile(r".*?[.?](?= |$)")
_SHOWN: Final = 6
_DEPTH: Final = 3
"""So many formulas back a mistake in a single quantity is looked for."""
_MOST_SITES: Final = 80
_EVERYWHERE: Final = frozenset({"updated", "slope missing", "no activation", "no bias", "transposed"})
"""Habits: ways that a learner who has them has in every layer."""
_CARRIED: Final = {"pre_activation_for_activation": "activation_missing"}
"""What a mistake is called further on, where it is not the same as where it is made."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake that leads to the number entered: its code, that number exactly, and what to say of it.

    ``rank``: how likely it is, the smaller the likelier. ``here``: made at the step itself, not before it.
    """

    code: str
    value: float
    say: str
    rank: float = 0.0
    here: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    """``formulas``: those of the earlier quantities at which the mistake is made, the nearest first."""

    code: str
    rank: float
    say: str
    value: float
    formulas: Mapping[str, Expr] = field(default_factory=dict)


def diagnose(
    derivation: Derivation, quantity: str, value: float, rule: Rule | None = None,
    entries: Mapping[str, float] | None = None,
) -> tuple[Diagnosis, ...]:
    """The known mistakes whose number ``value`` is, likeliest first; none where it is right, or nothing is known.

    ``rule``: how near an entry must come, to the right value and to a mistaken one alike. ``entries``: the learner's
    own numbers for earlier steps; what is right for them is right, and mistakes are looked for from them too.
    """
    rule = rule or Rule()
    truth: Base = derivation.values
    own: Base = derivation.values_near(entries) if entries else truth
    if not math.isfinite(value) or rule.near(value, truth(quantity)) or rule.near(value, own(quantity)):
        return ()
    workings, base = workings_of(derivation), truth
    matches = _matches(workings, quantity, value, rule, base)
    if not matches and entries:
        base = own
        matches = _matches(workings, quantity, value, rule, base)
    best: dict[str, _Candidate] = {}
    for match in sorted(matches, key=lambda match: match.rank):
        best.setdefault(match.code, match)
    return tuple(Diagnosis(match.code, match.value, named(derivation, _said(workings, match, rule, base)), match.rank,
                           here=not match.formulas) for match in best.values())


def _said(workings: Workings, match: _Candidate, rule: Rule, base: Base) -> str:
    """Where the mistake was made earlier on, first what it made of the number there: "That" is then that number."""
    if not match.formulas:
        return match.say
    site, *others = match.formulas
    digits = int(rule.amount) + 1 if rule.measure == "significant_digits" else _SHOWN
    wrong = shown(workings.again([site], {site: match.formulas[site]}, base), digits)
    right = shown(base(site), digits)
    if wrong == right:  # of several places this one shows nothing
        return match.say
    instead = f", not {right}" if workings.derivation.order.find(site) is not None else ""
    likewise = ", and others like it" if others else ""
    return f"It looks as if {{{site}}} went in as {wrong}{instead}{likewise}. {match.say}"


def sentence(diagnoses: Sequence[Diagnosis]) -> str:
    """What to say of a wrong number: the likeliest mistake, and briefly one of this step that is about as likely.

    Empty for none.
    """
    if not diagnoses:
        return ""
    first, *others = diagnoses
    alike = [other.say for other in others
             if other.here and other.say != first.say and other.rank - first.rank < _AS_LIKELY]
    if not alike:
        return first.say
    brief = _SENTENCE.match(alike[0])
    other = brief[0] if brief else alike[0]
    return f"{first.say} It may also be this: {other[0].lower()}{other[1:]}"


def _matches(workings: Workings, quantity: str, value: float, rule: Rule, base: Base) -> list[_Candidate]:
    found = []
    # An updated parameter is asked for with so many decimals: a mistaken one that is smaller has fewer digits.
    least = rule.tolerance(base(quantity)) if rule.change else 0.0
    for candidate in _candidates(workings, quantity, base):
        wrong = candidate.value
        room = max(least, rule.tolerance(wrong))
        if not math.isfinite(wrong) or not within(value, wrong, room):
            continue
        off = abs(value - wrong) / room if room else 0.0
        found.append(replace(candidate, rank=candidate.rank + _INEXACT * off))
    return found


def _candidates(workings: Workings, quantity: str, base: Base) -> Iterator[_Candidate]:
    """Every known mistake at the step and before it, with the number it leads to."""
    for slip in workings.slips(quantity).values():
        wrong = workings.again([quantity], {quantity: slip.formula}, base)
        yield _Candidate(slip.code, RANKS[slip.code] + slip.unlikely, slip.say, wrong)
    if workings.large:
        return
    levels = workings.levels(quantity)
    order = workings.order(quantity, levels)
    for sites, level in _habits(workings, levels):
        made_of = workings.downstream(order, sites)
        for slip, formulas in _shared(workings, sites, level):
            code = _CARRIED.get(slip.code, slip.code)
            rank = RANKS[code] + slip.unlikely + _EARLIER * level
            yield _Candidate(code, rank, slip.say, workings.again(made_of, formulas, base), formulas)
    yield from _everywhere(workings, levels, order, base)
    yield from _input_as_one(workings, quantity, order, base)
    yield from _rounded(workings, order, base)


def _habits(workings: Workings, levels: Mapping[str, int]) -> Iterator[tuple[list[str], int]]:
    """Where a mistake is made: at one quantity (of every sample alike), or at all units of a layer."""
    sites = [name for name, level in levels.items() if 1 <= level <= _DEPTH][:_MOST_SITES]
    seen: set[tuple[str, ...]] = set()
    for key in (_same_unit, _same_layer):
        keyed = sorted(sites, key=partial(key, workings))
        for _, group in groupby(keyed, key=partial(key, workings)):
            members = sorted(group)
            if tuple(members) not in seen:
                seen.add(tuple(members))
                yield members, min(levels[name] for name in members)


def _same_unit(workings: Workings, quantity: str) -> str:
    """What the same quantity of every sample shares; a mean over the samples is a quantity of its own."""
    if not isinstance(workings.derivation.graph, NetworkGraph):
        return quantity
    ref = parse_id(quantity)
    return f"{ref.of_sample(None)} {ref.sample is None}"


def _same_layer(workings: Workings, quantity: str) -> str:
    if not isinstance(workings.derivation.graph, NetworkGraph):
        return quantity
    ref = parse_id(quantity)
    return f"{ref.role} {ref.layer} {ref.sample is None}"


def _shared(workings: Workings, sites: Sequence[str], level: int) -> Iterator[tuple[Slip, dict[str, Expr]]]:
    """The ways that all these sites have, each with its formula at every one of them."""
    first, *others = (workings.slips(name) for name in sites)
    for way, slip in first.items():
        if slip.code == "wrong_layer" and level > 1:
            continue
        if all(way in other for other in others):
            yield slip, {name: workings.slips(name)[way].formula for name in sites}


def _everywhere(
    workings: Workings, levels: Mapping[str, int], order: list[str], base: Base
) -> Iterator[_Candidate]:
    """The habits that show in every layer, at all their sites at once."""
    sites: dict[str, dict[str, Slip]] = {}
    for name in levels:
        for way in _EVERYWHERE & workings.slips(name).keys():
            sites.setdefault(way, {})[name] = workings.slips(name)[way]
    for slips in sites.values():
        nearest = sorted(slips, key=lambda name: levels[name])
        slip, formulas = slips[nearest[0]], {name: slips[name].formula for name in nearest}
        here = order[-1] in slips
        code = slip.code if here else _CARRIED.get(slip.code, slip.code)
        yield _Candidate(code, RANKS[code] + _EARLIER, slip.say, workings.again(order, formulas, base),
                         {} if here else formulas)


def _input_as_one(workings: Workings, quantity: str, order: list[str], base: Base) -> Iterator[_Candidate]:
    """∂C/∂w = 2w − 2y, as the course's source has it: right where the only input is 1, and nowhere else."""
    graph = workings.derivation.graph
    if not isinstance(graph, NetworkGraph) or graph.batch > 1 or len(graph.network.layers[0]) > 1:
        return
    if graph.kind(quantity) in ("gradient", "update"):
        given = str(Ref("a", 0, graph.network.layers[0]))
        yield _Candidate("input_factor_missing", RANKS["input_factor_missing"] + _EARLIER,
                         f"That is what comes of {{{given}}} = 1. Which formulas does {{{given}}} stand in?",
                         workings.again([given, *order], {given: number(1)}, base))


def _rounded(workings: Workings, order: list[str], base: Base) -> Iterator[_Candidate]:
    """Everything on the way rounded to fewer digits than are asked for, and carried on."""
    for digits in (2, 1):
        value = workings.again(order, {}, base, partial(_round, digits))
        yield _Candidate("rounded_early", RANKS["rounded_early"], value=value,
                         say="That comes of a value rounded on the way. Carry more digits until the end.")


def _round(digits: int, value: float) -> float:
    return float(f"{value:.{digits - 1}e}") if math.isfinite(value) else value


def named(derivation: Derivation, say: str) -> str:
    """``say`` with each id in braces written as it is called."""
    return re.sub(r"\{(.+?)\}", lambda found: linear(derivation.naming.name(found[1]), Glyphs.FULL), say)


@lru_cache(maxsize=8)
def workings_of(derivation: Derivation) -> Workings:
    """The formulas and slips of a derivation, kept from one wrong answer to the next."""
    return Workings(derivation)
