"""A half-open step: its formula stands there with all its numbers except one, which is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import Derivation
from tui_backprop.maths.expression import Symbol
from tui_backprop.tutor.calls_for_help import as_last
from tui_backprop.tutor.display import as_number
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.explaining import LONG_SUM, Explainer
from tui_backprop.tutor.numbers import agrees, judge
from tui_backprop.tutor.plan import chain_of
from tui_backprop.tutor.readings import Reading, Unread
from tui_backprop.tutor.rules import SIGN_TURNED, Rule
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, GAP, TIMES, Fenced, Layout, Row, Text, number_text
from tui_backprop.typeset.linear import linear

_MOST_ALIKE: Final = 2
"""Of several quantities whose number was entered, at most so many are named."""


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """A step with a gap. ``missing``: the quantity whose number is left out; or the step itself."""

    quantity: str
    missing: str

    @property
    def is_whole(self) -> bool:
        """Is the step's own number left out?"""
        return self.missing == self.quantity


def half_open(derivation: Derivation, quantity: str) -> HalfOpen:
    """The step with a gap: for the latest of its numbers that is no step and no given, such as an activation after the
    update; or else that was worked out, or else that was given.

    A product of a chain has its gap at the end: its factors were all found right before, and there is nothing in
    finding one of them again.
    """
    step = derivation.step(quantity)
    names = step.symbols
    chain = chain_of(derivation, quantity)
    if isinstance(step.formula, Symbol) or not names or (chain is not None and chain[0] == quantity):
        return HalfOpen(quantity, quantity)
    seen = names if len(names) <= LONG_SUM else names[:2]  # of a long sum the first terms are shown
    given = [name for name in seen if derivation.graph.kind(name) == "given"]
    worked = [name for name in seen if derivation.order.find(name) is not None]
    nowhere = [name for name in seen if name not in given and name not in worked]
    return HalfOpen(quantity, (nowhere or worked or given or [quantity])[-1])


def is_on_the_way(derivation: Derivation, missing: str) -> bool:
    """Is this number neither a step nor a given, so that it stands nowhere and has to be worked out?"""
    return derivation.graph.kind(missing) != "given" and derivation.order.find(missing) is None


def rows_of(explainer: Explainer, half: HalfOpen) -> tuple[tuple[Layout, ...], ...]:
    """The step as rows to be aligned: name = formula, and under it = the numbers and the gap."""
    step = explainer.derivation.step(half.quantity)
    chain = chain_of(explainer.derivation, half.quantity)
    if chain is not None and chain[0] == half.quantity:
        return _chain_rows(explainer, half.quantity, chain[1])
    if half.is_whole:
        return ((step.name, EQUALS, GAP),)
    numbers = explainer.with_gap(half.quantity, half.missing, GAP)
    formula = step.formula_layout(elide=LONG_SUM)
    return ((step.name, EQUALS, formula), (Text(""), EQUALS, numbers, Text("")))  # so both begin at one column


def _chain_rows(explainer: Explainer, quantity: str, factors: Sequence[str]) -> tuple[tuple[Layout, ...], ...]:
    """A product: each number under its factor, and the gap at the end."""
    texts = explainer.finely_enough(explainer.derivation.step(quantity))
    names: list[Layout] = [explainer.derivation.naming.name(quantity), EQUALS]
    numbers: list[Layout] = [Text(""), EQUALS]
    for place, factor in enumerate(factors):
        between = [TIMES] if place else []
        number = lay_out_number(texts[factor], multiplied=bool(place))
        names += [*between, explainer.derivation.naming.name(factor)]
        numbers += [*between, number]
    return tuple(names), (*numbers, EQUALS, GAP)


def lay_out_number(shown: str, *, multiplied: bool) -> Layout:
    """A number; in parentheses where it is negative and ``multiplied``."""
    number = number_text(shown.replace("−", "-"))
    return Fenced(number) if multiplied and shown.startswith("−") else number


def describe_gap(explainer: Explainer, half: HalfOpen) -> str:
    """The step with its gap in one line: ``∂C/∂aₖ = 2(aₖ − y) = 2([?] − 1)``."""
    first, *rest = rows_of(explainer, half)
    return linear(Row((*first, *(part for row in rest for part in row))), Glyphs.FULL)


def request(half: HalfOpen) -> str:
    """The question about the gap."""
    return "Which number is it?" if half.is_whole else f"Which number belongs at {GAP.text} in the formula?"


def hint(explainer: Explainer, half: HalfOpen, level: int, plan: Sequence[str]) -> str:
    """Help with the gap: first what stands in it by name, then where its number comes from.

    ``plan``: the steps that are asked for, by whose places the learner knows them.
    """
    if half.is_whole:
        hint = explainer.hints(half.quantity)[min(level, 1) + 1]
        return hint if level < 2 else as_last(hint)
    derivation = explainer.derivation
    name, place = derivation.name_of(half.missing), derivation.order.find(half.missing)
    if is_on_the_way(derivation, half.missing):
        where = "Go through the network once more, with the new weights."
        way = way_to(derivation, half.missing)
        is_long = len(way) > _LONG_WAY
        told = " ".join(f"{_tell_formula(derivation, each)}." for each in (way[-_LAST:] if is_long else way))
        further = f"{_FROM_THE_INPUT} {told}" if is_long else told
    elif place is None:
        where, further = "Look for its number above.", f"{name} is given: its number stands with what is given."
    else:
        title = explainer.question(half.missing).title
        at = f"at step {plan.index(half.missing) + 1}" if half.missing in plan else "at an earlier step"
        where, further = "Look for its number above.", f"{name} was found {at}: {title}."
    if level > 0:
        return further if level == 1 else as_last(further)
    return f"In the place of {GAP.text} the formula has {name}. {where}"


_LONG_WAY: Final = 4
_LAST: Final = 2
_FROM_THE_INPUT: Final = (
    "Layer by layer from the input on: each sum with the new weights, then its activation. At the end:")
"""Of more quantities than so many that have to be worked out in between, only the last ones are told."""


def way_to(derivation: Derivation, quantity: str) -> Sequence[str]:
    """What has to be worked out to get to a quantity that stands nowhere, in order; it is the last, unless a step."""
    way: list[str] = []

    def add(name: str) -> None:
        if name not in way and is_on_the_way(derivation, name) and len(way) <= _LONG_WAY:
            for part in derivation.step(name).symbols:
                add(part)
            way.append(name)

    for name in (quantity,) if is_on_the_way(derivation, quantity) else derivation.step(quantity).symbols:
        add(name)
    return way


def _tell_formula(derivation: Derivation, quantity: str) -> str:
    step = derivation.step(quantity)
    return linear(Row((step.name, EQUALS, step.formula_layout(elide=LONG_SUM))), Glyphs.FULL)


def judge_gap(
    explainer: Explainer, half: HalfOpen, reading: Reading | Unread, own: float | None, others: Sequence[str],
) -> Feedback:
    """Judge the number for the gap.

    ``own``: the number that the learner found there before; ``others``: ids of quantities whose numbers may have been
    entered instead.
    """
    missing = half.missing
    value, shown = explainer.derivation.values(missing), as_number(explainer.shown(missing))
    references = [value, shown, *([] if own is None else [own])]
    judged = judge(reading, references, Rule.of(explainer.precision))
    feedback = Feedback(half.quantity, judged.verdict, judged.verdict == "correct", judged.message, judged.value,
                        judged.start, judged.end, asked="gap")
    if not isinstance(reading, Reading):
        return feedback
    if judged.verdict == "correct":
        return feedback if half.is_whole else _refuse_namesake(explainer, half, reading, feedback)
    known = () if half.is_whole else (half.quantity, *(other for other in others if other != missing))
    if judged.verdict == "too_coarse" and reading.value not in map(explainer.derivation.values, known):
        return feedback
    return replace(feedback, verdict="wrong", message=f"{reading.said} {_what_it_is(explainer, half, reading, others)}")


def _refuse_namesake(explainer: Explainer, half: HalfOpen, reading: Reading, feedback: Feedback) -> Feedback:
    """A name is not taken for another whose number happens to be the same."""
    typed = reading.expr.name if isinstance(reading.expr, Symbol) else half.missing
    if typed == half.missing:
        return feedback
    name = explainer.derivation.name_with_sample
    said = f"{name(typed)} has the same number here, but {GAP.text} stands for {name(half.missing)}."
    return replace(feedback, verdict="invalid", accepted=False, message=said)


def _is(reading: Reading, value: float, how: Rule) -> bool:
    """Is it this value in the digits that are asked for, or in those that are typed?"""
    return how.alike(reading.value, value) or agrees(reading, value, how)


def _what_it_is(explainer: Explainer, half: HalfOpen, reading: Reading, others: Sequence[str]) -> str:
    """A sentence on whose number was entered instead: the whole step's, the right one's with the other sign, or another
    on the screen.
    """
    values, name = explainer.derivation.values, explainer.derivation.name_with_sample
    how, wanted = Rule.of(explainer.precision), name(half.missing)
    if not half.is_whole and _is(reading, values(half.quantity), how):
        return f"That is the whole of it already. {GAP.text} stands for {wanted} alone."
    if how.alike(-reading.value, values(half.missing)):
        its_own = "" if half.is_whole else f" {GAP.text} stands for {wanted}, with its own sign."
        return f"{SIGN_TURNED}{its_own}"
    # Of a whole step the rule is told: on a small screen it gives way to the reply.
    wanted = explainer.hints(half.quantity)[1] if half.is_whole else f"{GAP.text} stands for {wanted}."
    way = way_to(explainer.derivation, half.missing) if is_on_the_way(explainer.derivation, half.missing) else ()
    found = [other for other in (*others, *way) if other not in (half.missing, half.quantity) and (
        _is(reading, values(other), how) or reading.value == as_number(explainer.shown(other)))]
    if isinstance(reading.expr, Symbol) and reading.expr.name in found:
        found = [reading.expr.name]
    names = [name(other) for other in found[:_MOST_ALIKE]]
    told = f"That is {' or '.join(names)}." if names else "That is not it."
    return f"{told} {wanted}"
