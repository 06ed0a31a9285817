"""Which values of an unfinished quiz a picture of the cost would give away, and the warning before it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.graph import UnknownIdError

_MOST_NAMED = 3


class Learner(Protocol):
    """A learner's way through the exercise, as far as a plot asks about it."""

    @property
    def derivation(self) -> Derivation: ...

    @property
    def asks(self) -> bool:
        """Is anything asked for? Otherwise nothing can be given away."""
        ...

    def earned(self, quantity: str, /) -> bool:
        """May this value be shown?"""
        ...


def along(derivation: Derivation, against: str) -> tuple[str, ...]:
    """The ids of the steps whose values a curve shows: the cost, its slope and where the step leads."""
    graph = derivation.graph
    wanted = [graph.goal]
    if against in graph.parameters():
        wanted += [graph.gradient_id(against), graph.update_id(against)]
    return steps_of(derivation, wanted)


def of_everything(derivation: Derivation, against: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of the steps whose values are shown by a map of these two quantities or, with none, by a training."""
    found = [quantity for each in against for quantity in along(derivation, each)]
    after = derivation.graph.goal_after
    return steps_of(derivation, [derivation.graph.goal, *found, *([after] if after else [])])


def steps_of(derivation: Derivation, quantities: Sequence[str]) -> tuple[str, ...]:
    """Those of the quantities that are steps of this exercise, each once."""
    return tuple(quantity for quantity in dict.fromkeys(quantities) if _is_step(derivation, quantity))


def _is_step(derivation: Derivation, quantity: str) -> bool:
    try:
        return derivation.order.find(quantity) is not None
    except UnknownIdError:
        return False


def list_given_away(learner: Learner, quantities: Sequence[str]) -> tuple[str, ...]:
    """Those of the quantities whose values are not earned yet."""
    return tuple(quantity for quantity in quantities if learner.asks and not learner.earned(quantity))


def warning(derivation: Derivation, quantities: Sequence[str]) -> str:
    """The warning before these values are shown."""
    names = [derivation.name_of(quantity) for quantity in quantities[:_MOST_NAMED]]
    more = len(quantities) - len(names)
    listed = ", ".join(names) + (f" and {more} more" if more else "")
    return f"You have not found {listed} yet. This picture gives {'it' if len(quantities) == 1 else 'them'} away."
