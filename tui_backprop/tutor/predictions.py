"""Predictions: questions about what can be told before it is worked out. One entry each.

The sign of a gradient before its size; and at the end of the gradients how much reuse has saved, which weight matters
most, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.roles import ROLES
from tui_backprop.maths.expression import Symbol
from tui_backprop.maths.numerals import to_text
from tui_backprop.tutor.asked import Asked
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.multiplications import Multiplications, multiplications
from tui_backprop.tutor.plan import chain_of
from tui_backprop.tutor.posed import Posed
from tui_backprop.tutor.walk import FEW_STEPS
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear


@dataclass(frozen=True, slots=True)
class Prediction:
    """A prediction. ``pose`` makes the question that comes before a step; None where none comes before it."""

    asked: Asked
    pose: Callable[[Explainer, str], Posed | None]


def _sign(explainer: Explainer, quantity: str) -> Posed | None:
    """Before a gradient: does the cost rise or fall with the weight?"""
    derivation = explainer.derivation
    parameter = derivation.graph.parameter_of(quantity)
    chain = chain_of(derivation, quantity)
    if derivation.graph.kind(quantity) != "gradient" or parameter is None or chain is None:
        return None
    signs = [derivation.values(factor) for factor in chain[1]]
    minus, zero = sum(value < 0 for value in signs), any(value == 0 for value in signs)
    value = derivation.values(quantity)
    graph, sample = derivation.graph, derivation.graph.sample_of(quantity)
    goal = derivation.name_of(graph.goal if sample is None or graph.batch == 1 else f"#{sample} {graph.goal}")
    weight = derivation.name_of(parameter)
    counted = {0: "no factor is below 0", 1: "one factor is below 0"}.get(minus, f"{minus} factors are below 0")
    so = f"below 0, and {goal} goes down" if value < 0 else f"above 0, and {goal} goes up"
    why = "a factor of 0 makes the gradient 0" if zero else f"{counted}, so the gradient is {so}"
    return Posed(
        "sign", f"The sign first: a little more {weight}, and {goal} goes …", 2 if not value else int(value < 0),
        f"Yes: {why}.", ("up (+)", "down (−)", "nowhere (0)"),
        {**dict.fromkeys(range(2), "One of the factors is 0. What does it make of the product?" if zero else _COUNT),
         2: "None of the factors is 0, and so the product is not 0 either. " + _COUNT.removeprefix("Not that way. ")},
        {word: place for place, words in enumerate(_WAYS) for word in words.split()},
        hint="Multiply the signs of the factors alone. Minus times minus is plus; any factor of 0 makes it 0.")


_WAYS: Final = ("+ up plus positive rises rise higher above grows more",
                "- down minus negative falls fall lower below shrinks less", "0 nowhere zero same")
"""What else is typed for up, down and nowhere."""
_COUNT: Final = "Not that way. Count the factors below 0: one alone turns the sign, two turn it back."


def _reuse(explainer: Explainer, quantity: str) -> Posed | None:
    """After the last gradient: how many multiplications did it take with reuse?"""
    found = multiplications(explainer.derivation)
    if found is None or not _ends_gradients(explainer.derivation, quantity):
        return None
    if len({parse_id(each).layer for each in explainer.derivation.graph.trained()}) == 1:
        return None  # what is kept for the layer before is the point
    in_brackets = _count_brackets(found)
    return Posed(
        "reuse", f"Count multiplications. From scratch, all gradients together take {found.afresh} on the way back. (A "
                 f"factor of 1 takes none{in_brackets}.) Now each product is worked out "
                 "once and kept. How many does it take?",
        found.kept, reuse_said(explainer.derivation),
        too_low="More than that. Each gradient with a factor of its own still needs a multiplication"
                f"{in_brackets}.",
        too_high="Fewer than that. What was found for one gradient is not worked out again for the next.",
        hint="Go through the steps from the cost back, and count each product once"
             f"{in_brackets}. Factors of 1 take none.")


def _count_brackets(found: Multiplications) -> str:
    """How a product counts that is written without a sign; empty where there is none."""
    examples = " and ".join(found.before_brackets)
    return f"; a factor right before a bracket, as in {examples}, takes one" if examples else ""


def _most(explainer: Explainer, quantity: str) -> Posed | None:
    """After the last gradient: which weight matters most?"""
    derivation = explainer.derivation
    ranked = _rank_gradients(derivation, quantity)
    if not ranked:
        return None
    names = [derivation.name_of(parameter) for parameter, _ in ranked]
    is_bias = [derivation.graph.cost is not None and ROLES[parse_id(each).role].word == "bias" for each, _ in ranked]
    shown_in = sorted(range(len(names)), key=lambda n: (is_bias[n], names[n]))  # so that b is no bias's letter
    told = [explainer.equals(derivation.graph.gradient_id(ranked[n][0])) for n in shown_in]
    right, slope = shown_in.index(0), explainer.precision.shown(ranked[0][1])
    return Posed(
        "most", "All gradients are known. The same small change in one of these: where does it change the cost most?",
        right, f"Yes, {names[0]}: the gradient there is {slope}. But why does that decide?",
        tuple(names[n] for n in shown_in),
        {place: f"The gradient there is {explainer.precision.shown(ranked[n][1])}. Another one is larger in size."
         for place, n in enumerate(shown_in)},
        hint=f"Compare the gradients, without their signs: {', '.join(told)}.", from_picture=True)


def _why(explainer: Explainer, quantity: str) -> Posed | None:
    """After the last gradient: why does that weight matter most?"""
    derivation = explainer.derivation
    ranked = _rank_gradients(derivation, quantity)
    if not ranked:
        return None
    (first, slope), (second, flatter) = ranked[:2]
    most, other = derivation.name_of(first), derivation.name_of(second)
    moved = to_text(abs(slope) * _NUDGE, _MOVED_DIGITS)
    told = (f"{_chain(explainer, first, slope)} is larger in size than {_chain(explainer, second, flatter)}. "
            f"So a change of {_NUDGE} in {most} moves the cost by about {moved}; in {other} it moves it by less.")
    return Posed(
        "why", f"Why {most}, and not {other}?", 1, told,
        (f"{most} is the larger number", "its gradient is the larger one in size", f"{most} is nearer to the output"),
        {0: "How large a number is says nothing of how much the cost changes with it.",
         2: "Near or far is not what counts: the product of all factors on the way is."},
        hint="A gradient says how much the cost changes for a small change in its number.")


_NUDGE: Final = 0.01
_MOVED_DIGITS: Final = 2
_MOST_CHOICES: Final = 4

PREDICTIONS: Final[Sequence[Prediction]] = (
    Prediction("sign", _sign), Prediction("reuse", _reuse), Prediction("most", _most), Prediction("why", _why),
)
"""All predictions, in the order in which they are asked at one step."""


def reuse_said(derivation: Derivation) -> str:
    """What reuse has saved, in a sentence; empty where it has saved nothing."""
    found = multiplications(derivation)
    if found is None:
        return ""
    shared = " · ".join(derivation.name_of(factor.name) for factor in found.shared if isinstance(factor, Symbol))
    once = f": {shared}, which several chains share, is worked out only once" if shared else ""
    return (f"All gradients took {found.kept} multiplications on the way back, because products are kept{once}. "
            f"From scratch for each weight it would be {found.afresh}."
            f"{_TOLD_BRACKETS.format(' and '.join(found.before_brackets)) if found.before_brackets else ''}")


_TOLD_BRACKETS: Final = " A factor right before a bracket, as in {}, counts as one."


def ends_gradients(derivation: Derivation, quantity: str) -> bool:
    """Is this the last gradient of all?"""
    place = derivation.order.find(quantity)
    kind = derivation.graph.kind
    return (place is not None and kind(quantity) == "gradient"
            and (place + 1 == len(derivation.order) or kind(derivation.order[place + 1]) == "update"))


def _ends_gradients(derivation: Derivation, quantity: str) -> bool:
    """Is this the first step after the last gradient?"""
    place = derivation.order.find(quantity)
    return bool(place) and ends_gradients(derivation, derivation.order[(place or 0) - 1])


def _rank_gradients(derivation: Derivation, quantity: str) -> Sequence[tuple[str, float]]:
    """The parameters by the size of their gradients, the largest first; a few, and only right after the last gradient.

    None where no single gradient is the largest.
    """
    graph = derivation.graph
    if graph.batch != 1 or len(derivation.order) > FEW_STEPS or not _ends_gradients(derivation, quantity):
        return ()
    slopes = [(parameter, derivation.values(graph.gradient_id(parameter)))
              for parameter in graph.trained()]
    ranked = sorted(slopes, key=lambda each: -abs(each[1]))[:_MOST_CHOICES]
    if len(ranked) < 2 or to_text(abs(ranked[0][1]), 3) == to_text(abs(ranked[1][1]), 3):
        return ()
    return ranked


def _chain(explainer: Explainer, parameter: str, gradient: float) -> str:
    """A parameter's gradient: its factors as numbers, and what they come to, where it is more than one number."""
    derivation, shown = explainer.derivation, explainer.precision.shown(gradient)
    chain = linear(explainer.with_numbers(derivation.step(derivation.graph.gradient_id(parameter))), Glyphs.FULL)
    return chain if chain == shown else f"{chain} = {shown}"
