"""How a walk went, once it is over: what was right at once, after help, or shown, and which slips there were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tui_backprop.dataclass import dataclass
from tui_backprop.tutor.entries import StepEntry
from tui_backprop.tutor.mistakes.known import MISTAKES
from tui_backprop.tutor.skills import Skill, skill_of
from tui_backprop.tutor.walk import Walk


@dataclass(frozen=True, slots=True)
class Debrief:
    """Counts of steps; and the slips by their codes, each with the numbers (from 1) of the steps where it was made.

    ``filled``: steps whose missing number was found; ``worked``: those that were worked for the learner; ``jumped``:
    steps that were passed over. ``unnamed``: numbers of steps with wrong answers that are no known slip.
    ``weakest``: the skill at which the fewest went right at once, with its steps; None where all did. ``at_gates``: is
    this a circuit, which has words of its own?
    """

    at_once: int
    later: int
    revealed: int
    slips: Mapping[str, Sequence[int]]
    filled: int = 0
    worked: int = 0
    jumped: int = 0
    unnamed: Sequence[int] = ()
    weakest: tuple[Skill, Sequence[int]] | None = None
    at_gates: bool = False

    @property
    def went_well(self) -> bool:
        """Was everything right at once?"""
        return not self.later and not self.revealed and not self.jumped


def debrief_of(walk: Walk, mastered: Sequence[Skill] = ()) -> Debrief:
    """The summary of a walk's entries. Steps that were never asked are not counted; no ``mastered`` skill is weak."""
    entries = [(place, walk.entries[quantity]) for place, quantity in _list_touched(walk)]
    slips: dict[str, list[int]] = {}
    for place, entry in entries:
        for code in dict.fromkeys(entry.slips):
            slips.setdefault(code, []).append(place + 1)
    most_first = dict(sorted(slips.items(), key=lambda item: (_is_chance(item[0]), -len(item[1]))))
    unnamed = [place + 1 for place, entry in entries
               if not entry.slips and entry.attempts > (entry.status == "answered")]
    return Debrief(sum(entry.unaided for _, entry in entries), sum(map(_came_later, (each for _, each in entries))),
                   sum(entry.status == "revealed" for _, entry in entries), most_first,
                   sum(entry.filled for _, entry in entries), _count_worked(walk, entries), _count_jumps(walk, entries),
                   unnamed, _weakest(walk, entries, mastered), walk.derivation.graph.cost is None)


def _is_chance(code: str) -> bool:
    """Is this a slip of the pen, or a mistake whose number may be met by chance? Those are told last."""
    return code not in MISTAKES or MISTAKES[code].rank >= _UNLIKELY


_UNLIKELY: Final = 2


def _count_worked(walk: Walk, entries: Sequence[tuple[int, StepEntry]]) -> int:
    return sum(entry.status == "shown" and not entry.filled for _, entry in entries) if walk.had_worked else 0


def _count_jumps(walk: Walk, entries: Sequence[tuple[int, StepEntry]]) -> int:
    """How many steps were passed over without a look."""
    if walk.skipped_to is None or walk.skipped_to not in walk.plan:
        return 0
    end = walk.plan.index(walk.skipped_to)
    return end - sum(place < end and entry.status != "open" for place, entry in entries)


def _weakest(
    walk: Walk, entries: Sequence[tuple[int, StepEntry]], mastered: Sequence[Skill],
) -> tuple[Skill, Sequence[int]] | None:
    spoiled = [place for place, entry in entries if _came_later(entry) or entry.status == "revealed"]
    return weakest_skill(walk, spoiled, mastered)


def weakest_skill(
    walk: Walk, spoiled: Sequence[int], mastered: Sequence[Skill] = (),
) -> tuple[Skill, Sequence[int]] | None:
    """The skill with the most of the steps at these places, and the numbers of its steps; None where there is none.

    Of two with as many steps, the one that took more answers. No ``mastered`` skill counts.
    """
    found: dict[Skill, list[int]] = {}
    for place in spoiled:
        skill = skill_of(walk.derivation, walk.plan[place])
        if skill is not None and skill not in mastered:
            found.setdefault(skill, []).append(place + 1)

    def most(item: tuple[Skill, list[int]]) -> tuple[int, int]:
        entries = (walk.entries.get(walk.plan[number - 1]) for number in item[1])
        return len(item[1]), sum(entry.attempts for entry in entries if entry is not None)

    return max(found.items(), key=most) if found else None


def deserved(walk: Walk, mastered: Sequence[Skill]) -> Sequence[Skill]:
    """Of skills mastered by the latest answers, those whose steps in this walk went right at once more often than not.

    Others are mastered as well; but praise for them would stand beside a list of wrong answers.
    """
    balance = dict.fromkeys(mastered, 0)
    for _, quantity in _list_touched(walk):
        entry, skill = walk.entries[quantity], skill_of(walk.derivation, quantity)
        if skill in balance:
            balance[skill] += entry.unaided - (_came_later(entry) or entry.status == "revealed")
    return [skill for skill in mastered if balance[skill] > 0]


def _list_touched(walk: Walk) -> Sequence[tuple[int, str]]:
    """The steps of the plan with an entry, with their places, in order."""
    found = ((walk.plan.index(quantity), quantity) for quantity in walk.entries if quantity in walk.plan)
    return sorted(found)


def _came_later(entry: StepEntry) -> bool:
    return entry.status == "answered" and not entry.unaided
