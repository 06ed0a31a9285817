"""What a learner narrows a quiz to; the rest of its steps is shown when its turn comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.skills import SKILLS, Skill, skills_in

if TYPE_CHECKING:
    from tui_backprop.tutor.mastery import Mastery


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a quiz is narrowed to.

    ``goal``: the id of the one weight or bias (``w 1:i->j``) whose gradient and update are asked for; None: of all.
    ``known``: keys of skills whose steps are not asked for.
    """

    goal: str | None = None
    known: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...] | None:
        """The goal as an exercise's own ``[ask]`` names it; None where all are asked for."""
        return None if self.goal is None else (self.goal.partition(" ")[2],)


EVERYTHING: Final = Narrowing()


def valid(narrowing: Narrowing, derivation: Derivation) -> Narrowing:
    """The narrowing from a record without what means nothing in this derivation."""
    goal = narrowing.goal if narrowing.goal in derivation.graph.trained() else None
    return Narrowing(goal, tuple(key for key in narrowing.known if key in SKILLS))


def list_mastered(derivation: Derivation, standing: Mapping[str, Mastery]) -> tuple[Skill, ...]:
    """Those of an exercise's skills that are mastered and not due again."""
    return tuple(skill for skill in skills_in(derivation) if standing[skill.key].state == "mastered")


def to_unmastered(derivation: Derivation, mastered: Sequence[Skill]) -> Narrowing:
    """A narrowing that leaves out the steps of mastered skills; none where nothing would be left to ask."""
    left = [skill for skill in skills_in(derivation) if skill not in mastered]
    return Narrowing(known=tuple(skill.key for skill in mastered)) if left else EVERYTHING


def to_skill(derivation: Derivation, skill: str) -> Narrowing:
    """A narrowing to the steps of the skill with this key; none where the exercise has no step of it."""
    keys = [each.key for each in skills_in(derivation)]
    return Narrowing(known=tuple(key for key in keys if key != skill)) if skill in keys else EVERYTHING


def tell_mastered(derivation: Derivation, mastered: Sequence[Skill], most: int | None = None) -> str:
    """What leaving out the mastered skills' steps means, in a sentence that names at most ``most`` skills."""
    if not mastered:
        return "You have mastered none of its skills yet, so this asks for everything."
    if to_unmastered(derivation, mastered) == EVERYTHING:
        return "You have mastered all of its skills, so everything is asked: to keep them."
    return f"Shown, not asked: {name_skills(mastered, most)}."


def name_skills(skills: Sequence[Skill], most: int | None) -> str:
    """The titles of the skills in a row; of more than ``most`` the first, and how many more there are."""
    titles = [skill.title for skill in skills[:most]]
    return "; ".join([*titles, f"and {left} more"] if (left := len(skills) - len(titles)) else titles)
