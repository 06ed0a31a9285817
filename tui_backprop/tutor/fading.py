"""How far a step is opened to a learner in guided mode: worked at first, then half open, then asked whole.

What is known decides, kind of step by kind of step: a kind is a skill and a role, such as the chain rule at a weight's
gradient. No clock has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, assert_never

from tui_backprop.dataclass import dataclass, field
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.asked import Opening
from tui_backprop.tutor.mastery import INSTANCES, Attempt
from tui_backprop.tutor.skills import skill_of

Outcome = Literal["seen", "found", "helped", "shown"]
"""What became of a step: it was explained; found at once; found after a slip or a hint; shown on request."""


def next_opening(opening: Opening, outcome: Outcome) -> Opening:
    """How the next step of a kind is opened, after one that was opened so and ended so."""
    match outcome:
        case "seen":
            return "half" if opening == "worked" else opening
        case "found":
            return "whole"
        case "helped":
            return "whole" if opening == "whole" else "half"
        case "shown":
            return "half"
        case _:
            assert_never(outcome)


def kind_of(derivation: Derivation, quantity: str) -> str:
    """What steps are alike to a learner: the skill and the role."""
    skill = skill_of(derivation, quantity)
    return f"{skill.key if skill else '-'} {derivation.graph.of_any_layer(quantity)}"


def twin_of(derivation: Derivation, quantity: str) -> str | None:
    """The kind of step that this one does once more: the cost after an update is the cost again. None of most steps."""
    graph = derivation.graph
    return kind_of(derivation, graph.goal) if quantity == graph.goal_after else None


@dataclass(frozen=True, slots=True)
class Experience:
    """What a learner has met before: ``openings`` by kind of step, from guided walks, and ``skills``, from answers."""

    openings: Mapping[str, Opening] = field(default_factory=dict)
    skills: Mapping[str, Opening] = field(default_factory=dict)

    def opening(self, kind: str) -> Opening:
        """How a step of this kind is opened next."""
        return self.openings.get(kind) or self.skills.get(kind.split(" ")[0], "worked")


NEWCOMER: Final = Experience()


def from_attempts(attempts: Iterable[Attempt]) -> Mapping[str, Opening]:
    """How far steps are opened by what was answered elsewhere, in lessons and quizzes, by the keys of skills.

    Who was right once is asked half; right at enough different steps running, as for mastery, whole.
    """
    running: dict[str, frozenset[str]] = {}
    right: set[str] = set()
    for attempt in attempts:
        before = running.get(attempt.skill, frozenset())
        running[attempt.skill] = before | {attempt.instance} if attempt.unaided else frozenset()
        if attempt.unaided:
            right.add(attempt.skill)
    return {skill: "whole" if len(running[skill]) >= INSTANCES else "half" for skill in right}
