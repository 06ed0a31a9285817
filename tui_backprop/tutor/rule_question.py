"""The question by which rule a worked step goes: its own rule stands among those of other steps of the exercise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.fading import kind_of
from tui_backprop.tutor.posed import Posed, shuffle
from tui_backprop.tutor.skills import skill_of
from tui_backprop.tutor.walk import Walk
from tui_backprop.tutor.wording import words_for

_OTHERS: Final = 2


def rule_question(explainer: Explainer, quantity: str, asked: Iterable[str]) -> Posed | None:
    """The question by which rule a step goes: in a few words, since its sentence is read beside the step.

    ``asked``: one step of each kind that the exercise asks for. None where they have too few rules to choose from.
    """
    derivation = explainer.derivation
    principle, others = principle_of(derivation, quantity), _other_rules(derivation, quantity, asked)
    if not principle or len(others) < _OTHERS:
        return None
    choices = shuffle([principle, *list(others)[:_OTHERS]], quantity)
    return Posed(
        "rule", "By which rule?", choices.index(principle), f"Yes: {principle}.", tuple(choices),
        {n: f"That is the rule for another step: {others[choice]}." for n, choice in enumerate(choices)
         if choice != principle},
        hint=words_for(derivation, quantity).goal)


def principle_of(derivation: Derivation, quantity: str) -> str:
    """What a step goes by, in a few words; empty where it takes no skill."""
    skill = skill_of(derivation, quantity)
    return skill.principle if skill is not None else ""


def open_question(walk: Walk, quantity: str) -> Posed | None:
    """The rule question for a step that was worked or shown, not found; once for each kind, and not in an exam."""
    if walk.entry(quantity).status == "answered" or walk.mark_of(quantity) is not None:
        return None
    own = kind_of(walk.derivation, quantity)
    explained = (other for other, entry in walk.entries.items() if "rule" in entry.beside)
    if any(kind_of(walk.derivation, other) == own for other in explained):
        return None
    order, kinds, kind = walk.derivation.order, walk.exercise.ask.kinds, walk.derivation.graph.kind
    return rule_question(walk.explainer, quantity, (
        other for other in order.kinds() if kinds is None or kind(other) in kinds))


def _other_rules(derivation: Derivation, quantity: str, asked: Iterable[str]) -> Mapping[str, str]:
    """The rules of the other steps that are asked, each with the title of a step that follows it.

    Those of the same kind of step come first, which are most like it.
    """
    kind, own = derivation.graph.kind, principle_of(derivation, quantity)
    alike = sorted(asked, key=lambda other: kind(other) != kind(quantity))
    found: dict[str, str] = {}
    for other in alike:
        principle = principle_of(derivation, other)
        if principle not in ("", own):
            found.setdefault(principle, words_for(derivation, other).title)
    return found
