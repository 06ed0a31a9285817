"""What a learner has in front of them at a step: the values it could be made of, and the steps shown before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.graph import UnknownIdError
from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.roles import ACTIVATION
from tui_backprop.maths.expression import Symbol
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_MOST_KNOWN: Final = 24
LISTED: Final = "F3 and F2 list all"
"""Where the values are found that there is no room for."""
_MOST_PASSED: Final = 40
"""Of more steps than this that are not asked, only those that the next one is made of are told."""


def at_hand(walk: Walk, quantity: str) -> str:
    """The values that a step could be made of, a few of them, in one line.

    Empty where there is none, or while one of them is not found; in an exam one may be left out, and that is said. A
    value that is the answer itself never stands alone. No line breaks within ``name = value``.
    """
    used = candidates(walk.derivation, quantity)
    found = sum(map(walk.earned, used))
    if not found or (found < len(used) and not walk.is_fixed):
        return ""
    parts = _by_sample(walk, used[:_MOST_KNOWN])
    more = f"   and {len(used) - _MOST_KNOWN} more: {LISTED}" if len(used) > _MOST_KNOWN else ""
    return "You have  " + "   ".join(parts) + more


def _by_sample(walk: Walk, used: Sequence[str]) -> Iterator[str]:
    """Each ``name = value``; for what is made of several samples, whose names are alike, sample after sample."""
    name, of = walk.derivation.naming.name, walk.derivation.graph.sample_of
    mixed = walk.derivation.graph.batch > 1 and len(set(map(name, used))) < len(used)
    before: int | None = None
    for one in sorted(used, key=lambda one: of(one) or 0) if mixed else used:
        sample = of(one) if mixed else None
        told = f"sample {sample}:  " if sample is not None and sample != before else ""
        before = sample
        value = walk.shown(one)
        said = f"= {value}" if value is not None else "(left out)"
        yield f"{told}{linear(name(one), Glyphs.FULL)} {said}".replace(" ", "\u00a0")


def candidates(derivation: Derivation, quantity: str) -> Sequence[str]:
    """The values a step is made of. Where it simply equals one of them, also the quantity that the slope is taken by.

    The slope of ``w·a`` by ``w`` is ``a``: both are listed, the input first, as in the diagram, and never ``a`` alone.
    """
    used = derivation.inputs_at_hand(quantity)
    if len(used) > 1 or not isinstance(derivation.formula(quantity), Symbol):  # a long formula is not made for this
        return used
    return sorted({*used, *_slope_by(derivation, quantity, used)}, key=_place_in_diagram)


def _place_in_diagram(name: str) -> tuple[bool, str]:
    """A sort key that puts weights and biases behind what is multiplied by them."""
    return name.startswith(("w ", "b ")), name


def _slope_by(derivation: Derivation, quantity: str, used: Sequence[str]) -> tuple[str, ...]:
    """The id of the quantity that a slope is taken by, where that has a value."""
    edge = next((name for name in used if "->" in name), None)
    if edge is None:
        by = quantity.rpartition("/d")[2]
    else:
        weight = parse_id(edge)
        by = str(Ref(ACTIVATION, (weight.layer or 1) - 1, weight.units[:1], parse_id(quantity).sample))
    try:
        derivation.graph.kind(by)
    except UnknownIdError:
        return ()
    return (by,)


def list_passed(walk: Walk, before: int, now: int) -> Sequence[str]:
    """The steps between these two places of the plan that are not asked, but shown; ``before`` is −1 at the start."""
    order = walk.derivation.order
    start = order.index(walk.plan[before]) + 1 if before >= 0 else 0
    end = order.index(walk.plan[now]) if now < walk.total else len(order)
    if end - start > _MOST_PASSED:
        made_of = walk.derivation.inputs_of(walk.plan[now]) if now < walk.total else ()
        return [step for step in made_of if step in order and start <= order.index(step) < end and walk.earned(step)]
    return [step for step in order[start:end] if walk.earned(step)]
