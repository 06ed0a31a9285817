"""What a quiz says and remembers, as plain data: questions, entries, feedback, and the rows of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui_backprop.dataclass import dataclass, field
from tui_backprop.tutor.asked import Asked
from tui_backprop.typeset.layout import Layout

if TYPE_CHECKING:  # an entry is read before anything is judged
    from tui_backprop.tutor.formulas import FormulaVerdict
    from tui_backprop.tutor.readings import Verdict

Status = Literal["open", "answered", "revealed", "shown"]


@dataclass(frozen=True, slots=True)
class StepEntry:
    """What happened at a step.

    ``value`` is the learner's own accepted number, ``formula`` the accepted formula where that was asked for,
    ``mistakes`` the codes of the last wrong number, ``beside`` what was asked beside the value and is done, ``slips``
    the likeliest code of each wrong number that had any.
    """

    status: Status = "open"
    given: str | None = None
    value: float | None = None
    attempts: int = 0
    hints: int = 0
    mistakes: frozenset[str] = frozenset()
    formula: str | None = None
    beside: frozenset[Asked] = frozenset()
    slips: tuple[str, ...] = field(default=(), compare=False)  # the records keep the last one only

    @property
    def unaided(self) -> bool:
        """Was it right at the first attempt, without help?"""
        return self.status == "answered" and self.attempts == 1 and self.hints == 0

    @property
    def filled(self) -> bool:
        """Did the step stand there with one number missing, and did the learner find that?"""
        return self.status == "shown" and self.given is not None


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the name of the quantity asked for, its title in words, and what it is for."""

    id: str
    title: str
    goal: str
    name: Layout


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said about an answer. ``start`` and ``end`` are the part of the text that could not be read, else 0.

    ``accepted``: the step is done; ``repeated``: it is the wrong answer that was given just before. A formula or a part
    that is ``right`` leaves the step itself to be answered. ``likely``: the mistake is one that is
    made at this very step.
    """

    id: str
    verdict: Verdict | FormulaVerdict | Literal["noted"]
    accepted: bool
    message: str
    value: float | None = None
    start: int = 0
    end: int = 0
    mistakes: tuple[str, ...] = ()
    asked: Asked = "value"
    repeated: bool = False
    likely: bool = False

    @property
    def right(self) -> bool:
        """Was the answer right, whatever was asked for?"""
        return self.verdict in ("correct", "equivalent", "noted")


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter before and after the update."""

    id: str
    updated_id: str
    old: str
    new: str
