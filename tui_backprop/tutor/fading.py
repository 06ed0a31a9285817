"""How far a step is opened to a learner in guided mode: worked at first, then half open, then asked whole.

It depends on what the learner did at earlier steps of the same kind, never on time. A kind is a skill and a role, such
as the chain rule at a weight's gradient.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, assert_never

from tui_backprop.dataclass import dataclass, field
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.roles import BIAS
from tui_backprop.tutor.asked import Opening
from tui_backprop.tutor.mastery import INSTANCES, Attempt
from tui_backprop.tutor.skills import skill_of

Outcome = Literal["seen", "found", "helped", "shown"]
"""How a step ended: it was explained (``seen``), found at once, found after a slip or a hint (``helped``), or shown."""


def next_opening(opening: Opening, outcome: Outcome) -> Opening:
    """How far the next step of a kind is opened, after one that was opened so far and had this outcome."""
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
    """The kind of a step, shared by steps that are alike to a learner: its skill and its role.

    A weighted sum with a bias is another kind than one without: its term is new.
    """
    graph, skill = derivation.graph, skill_of(derivation, quantity)
    has_bias = graph.kind(quantity) == "pre_activation" and any(
        used.startswith(f"{BIAS} ") for used in derivation.inputs_of(quantity))
    return f"{skill.key if skill else '-'} {graph.of_any_layer(quantity)}{' + b' if has_bias else ''}"


def twin_of(derivation: Derivation, quantity: str) -> str | None:
    """The kind of step that this one repeats, as the cost after an update repeats the cost; None for most steps."""
    graph = derivation.graph
    return kind_of(derivation, graph.goal) if quantity == graph.goal_after else None


@dataclass(frozen=True, slots=True)
class Experience:
    """What a learner has met before: ``openings`` by kind of step, from guided walks, and ``skills``, from answers."""

    openings: Mapping[str, Opening] = field(default_factory=dict)
    skills: Mapping[str, Opening] = field(default_factory=dict)

    def opening(self, kind: str) -> Opening:
        """How far a step of this kind is opened next."""
        return self.openings.get(kind) or self.skills.get(kind.split(" ")[0], "worked")


NEWCOMER: Final = Experience()


def from_attempts(attempts: Iterable[Attempt]) -> Mapping[str, Opening]:
    """How far steps are opened after what was answered in lessons and quizzes, by the keys of skills.

    A learner who was right once is asked half; one who was right at enough different steps in a row, as for mastery,
    whole.
    """
    running: dict[str, frozenset[str]] = {}
    right: set[str] = set()
    for attempt in attempts:
        before = running.get(attempt.skill, frozenset())
        running[attempt.skill] = before | {attempt.instance} if attempt.unaided else frozenset()
        if attempt.unaided:
            right.add(attempt.skill)
    return {skill: "whole" if len(running[skill]) >= INSTANCES else "half" for skill in right}
