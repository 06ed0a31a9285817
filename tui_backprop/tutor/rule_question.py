"""The question by which rule a worked step goes: its own rule stands among those of other steps of the exercise."""

from __future__ import annotations

from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.fading import kind_of
from tui_backprop.tutor.posed import Posed, shuffle
from tui_backprop.tutor.walk import Walk
from tui_backprop.tutor.wording import words_for

_OTHERS: Final = 2


def rule_question(explainer: Explainer, quantity: str) -> Posed | None:
    """The question by which rule a step goes; None where the exercise has too few rules to choose from."""
    derivation = explainer.derivation
    rule = words_for(derivation, quantity).rule
    others = _other_rules(derivation, quantity, rule)
    if len(others) < _OTHERS:
        return None
    choices = shuffle([rule, *others[:_OTHERS]], quantity)
    titles = dict(_rules(derivation))
    return Posed(
        "rule", "By which rule?", choices.index(rule), f"Yes. {rule}", tuple(choices),
        {n: f"That is the rule for another step: {titles[choice]}." for n, choice in enumerate(choices)
         if choice != rule},
        hint=words_for(derivation, quantity).goal)


def open_question(walk: Walk, quantity: str) -> Posed | None:
    """The rule question for a step that was worked or shown, not found; once for each kind, and not in an exam."""
    if walk.entry(quantity).status == "answered" or walk.mark_of(quantity) is not None:
        return None
    kind = kind_of(walk.derivation, quantity)
    explained = (other for other, entry in walk.entries.items() if "rule" in entry.beside)
    if any(kind_of(walk.derivation, other) == kind for other in explained):
        return None
    return rule_question(walk.explainer, quantity)


def _other_rules(derivation: Derivation, quantity: str, rule: str) -> list[str]:
    """The rules of the exercise's other steps: those of the same kind of step first, which are most like it."""
    kind = derivation.graph.kind
    alike = sorted(derivation.order.kinds(), key=lambda other: kind(other) != kind(quantity))
    rules = dict.fromkeys(words_for(derivation, other).rule for other in alike)
    return [other for other in rules if other != rule]


def _rules(derivation: Derivation) -> list[tuple[str, str]]:
    """Every rule, each with the title of a step that follows it."""
    words = (words_for(derivation, quantity) for quantity in derivation.order.kinds())
    return [(each.rule, each.title) for each in words]
