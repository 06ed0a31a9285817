"""What a learner has in front of them at a step: the values it is made of, and those that were shown on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_MOST_KNOWN: Final = 5
_MOST_PASSED: Final = 40
"""Of more steps that are not asked, those alone are told that the next one is made of."""


def at_hand(walk: Walk, quantity: str) -> str:
    """The values that a step is made of, a few of them, in one line; empty while one is not found, or there is none."""
    used = walk.derivation.inputs_at_hand(quantity)
    if not used or not all(map(walk.earned, used)):
        return ""
    name = walk.derivation.naming.name
    parts = [f"{linear(name(used_one), Glyphs.FULL)} = {walk.shown(used_one)}" for used_one in used[:_MOST_KNOWN]]
    more = f"   and {len(used) - _MOST_KNOWN} more" if len(used) > _MOST_KNOWN else ""
    return "You have  " + "   ".join(parts) + more


def passed(walk: Walk, before: int, now: int) -> Sequence[str]:
    """The steps between these two places of the plan that are not asked, but shown; ``before`` is −1 at the start."""
    order = walk.derivation.order
    start = order.index(walk.plan[before]) + 1 if before >= 0 else 0
    end = order.index(walk.plan[now]) if now < walk.total else len(order)
    if end - start > _MOST_PASSED:
        made_of = walk.derivation.inputs_of(walk.plan[now]) if now < walk.total else ()
        return [step for step in made_of if step in order and start <= order.index(step) < end and walk.earned(step)]
    return [step for step in order[start:end] if walk.earned(step)]
