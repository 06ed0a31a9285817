"""How a walk went, once it is over: what was right at once, what after help, what was shown, and the slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.tutor.entries import StepEntry
from tui_backprop.tutor.walk import Walk


@dataclass(frozen=True, slots=True)
class Debrief:
    """Counts of steps, and the slips by their codes with the numbers of the steps that they spoiled, from 1."""

    at_once: int
    later: int
    revealed: int
    slips: Mapping[str, Sequence[int]]

    @property
    def went_well(self) -> bool:
        """Was everything right at once?"""
        return not self.later and not self.revealed


def debrief_of(walk: Walk) -> Debrief:
    """What the entries of a walk come to. Steps that were never asked count nowhere."""
    entries = [(place, walk.entries[quantity]) for place, quantity in _touched(walk)]
    slips: dict[str, list[int]] = {}
    for place, entry in entries:
        for code in dict.fromkeys(entry.slips):
            slips.setdefault(code, []).append(place + 1)
    most_first = dict(sorted(slips.items(), key=lambda item: -len(item[1])))
    return Debrief(sum(entry.unaided for _, entry in entries), sum(map(_came_later, (each for _, each in entries))),
                   sum(entry.status == "revealed" for _, entry in entries), most_first)


def _touched(walk: Walk) -> Sequence[tuple[int, str]]:
    """The steps of the plan with an entry, with their places, in order."""
    found = ((walk.plan.index(quantity), quantity) for quantity in walk.entries if quantity in walk.plan)
    return sorted(found)


def _came_later(entry: StepEntry) -> bool:
    return entry.status == "answered" and not entry.unaided
