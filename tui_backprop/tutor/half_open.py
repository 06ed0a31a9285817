"""A half-open step: its formula stands there with all its numbers except one, which is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import Derivation
from tui_backprop.maths.expression import Symbol
from tui_backprop.tutor.display import as_number
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.explaining import LONG_SUM, Explainer
from tui_backprop.tutor.numbers import Reading, Unread, judge
from tui_backprop.tutor.rules import Rule
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Layout, Row, Text
from tui_backprop.typeset.linear import linear

_MOST_ALIKE: Final = 2
"""Of several quantities whose number was entered, at most so many are named."""
GAP: Final = Text("[ ? ]", "blank")
"""The sign for a number that is asked for."""


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """A step with a gap. ``missing``: the quantity whose number is left out; the step itself where it is one number."""

    quantity: str
    missing: str

    @property
    def is_whole(self) -> bool:
        """Is the gap all that stands on the right of the equals sign?"""
        return self.missing == self.quantity


def half_open(derivation: Derivation, quantity: str) -> HalfOpen:
    """The step with a gap: for the latest of its numbers that is no step and no given, such as an activation after the
    update; or else that was worked out, or else that was given.
    """
    step = derivation.step(quantity)
    names = step.symbols
    if isinstance(step.formula, Symbol) or not names:
        return HalfOpen(quantity, quantity)
    seen = names if len(names) <= LONG_SUM else names[:2]  # of a long sum the first terms are shown
    given = [name for name in seen if derivation.graph.kind(name) == "given"]
    worked = [name for name in seen if derivation.order.find(name) is not None]
    nowhere = [name for name in seen if name not in given and name not in worked]
    return HalfOpen(quantity, (nowhere or worked or given or [quantity])[-1])


def _is_on_the_way(derivation: Derivation, missing: str) -> bool:
    """Is this number neither a step nor a given, so that it stands nowhere and has to be worked out?"""
    return derivation.graph.kind(missing) != "given" and derivation.order.find(missing) is None


def rows_of(explainer: Explainer, half: HalfOpen) -> tuple[tuple[Layout, ...], ...]:
    """The step as rows to be aligned: name = formula, and under it = the numbers and the gap."""
    step = explainer.derivation.step(half.quantity)
    if half.is_whole:
        return ((step.name, EQUALS, GAP),)
    numbers = explainer.with_gap(half.quantity, half.missing, GAP)
    return ((step.name, EQUALS, step.formula_layout(elide=LONG_SUM)), (Text(""), EQUALS, numbers))


def describe_gap(explainer: Explainer, half: HalfOpen) -> str:
    """The step with its gap in one line: ``∂C/∂aₖ = 2(aₖ − y) = 2([ ? ] − 1)``."""
    first, *rest = rows_of(explainer, half)
    return linear(Row((*first, *(part for row in rest for part in row))), Glyphs.FULL)


def request(half: HalfOpen) -> str:
    """The question about the gap."""
    return "Which number is it?" if half.is_whole else "Which number belongs at [ ? ]?"


def hint(explainer: Explainer, half: HalfOpen, level: int) -> str:
    """Help with the gap: first what stands in it by name, then the rule of the step."""
    if half.is_whole or level > 0:
        return explainer.hints(half.quantity)[2 if half.is_whole and level > 0 else 1]
    name = explainer.derivation.name_of(half.missing)
    where = ("Go through the network once more, with the new weights."
             if _is_on_the_way(explainer.derivation, half.missing) else "Look for its number above.")
    return f"In the place of [ ? ] the formula has {name}. {where}"


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
    if judged.verdict != "wrong" or not isinstance(reading, Reading):
        return feedback
    return replace(feedback, message=f"{reading.said} {_what_it_is(explainer, half, reading, others)}")


def _what_it_is(explainer: Explainer, half: HalfOpen, reading: Reading, others: Sequence[str]) -> str:
    """A sentence on whose number was entered instead: the whole step's, the right one's with the other sign, or another
    on the screen.
    """
    values, name = explainer.derivation.values, explainer.derivation.name_of
    how, wanted = Rule.of(explainer.precision), name(half.missing)
    if half.is_whole:
        wanted = explainer.hints(half.quantity)[1]  # on a small screen the rule gives way to the reply
    elif how.alike(reading.value, values(half.quantity)):
        return f"That is the whole of it already. [ ? ] stands for {wanted} alone."
    elif how.alike(-reading.value, values(half.missing)):
        return f"The size is right, the sign is not. [ ? ] stands for {wanted}, with its own sign."
    else:
        wanted = f"[ ? ] stands for {wanted}."
    found = [other for other in others
             if other not in (half.missing, half.quantity) and how.alike(reading.value, values(other))]
    if isinstance(reading.expr, Symbol) and reading.expr.name in found:
        found = [reading.expr.name]
    names = [name(other) for other in found[:_MOST_ALIKE]]
    told = f"That is {' or '.join(names)}." if names else "That is not it."
    return f"{told} {wanted}"
