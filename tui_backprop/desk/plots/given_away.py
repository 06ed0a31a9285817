"""Which values of an unfinished quiz a picture of the cost would give away, and what covers it until it may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.graph import UnknownIdError
from tui_backprop.drawing.paragraphs import Paragraph

_MOST_NAMED = 3


class Learner(Protocol):
    """A learner's way through the exercise, as far as a plot asks about it."""

    @property
    def exercise(self) -> Exercise: ...

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


def of_everything(derivation: Derivation, against: Sequence[str]) -> tuple[str, ...]:
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


class Cover:
    """Hides a picture that would give values away, until the learner wants to see it all the same.

    ``revealed``: the ids of values that were shown before they were earned.
    """

    def __init__(self, learner: Learner, revealed: Iterable[str]) -> None:
        self._learner = learner
        self.revealed: dict[str, None] = dict.fromkeys(revealed)
        self._hidden: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Is the picture hidden?"""
        return bool(self._hidden)

    def put_on(self, quantities: Sequence[str]) -> None:
        """Hide a picture that shows these values, if any is neither earned nor revealed."""
        learner = self._learner
        self._hidden = tuple(quantity for quantity in quantities
                             if quantity not in self.revealed and learner.asks and not learner.earned(quantity))

    def take_off(self) -> None:
        """Show the picture; its values count as revealed."""
        self.revealed.update(dict.fromkeys(self._hidden))
        self._hidden = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The warning before the picture is shown, and how to go on."""
        names = [self._learner.derivation.name_of(quantity) for quantity in self._hidden[:_MOST_NAMED]]
        more = len(self._hidden) - len(names)
        listed = ", ".join(names) + (f" and {more} more" if more else "")
        given = "it" if len(self._hidden) == 1 else "them"
        return (Paragraph(f"You have not found {listed} yet. This picture gives {given} away.", "!", "note"),
                Paragraph("Enter shows it all the same. Esc leads back."))
