"""The app's style sheet: each part of it is parsed once, and a part of a screen is matched with its rules once."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, NamedTuple
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tui_backprop.dataclass import dataclass

_OF_NEIGHBOURS = frozenset({"first-of-type", "last-of-type", "first-child", "last-child", "odd", "even", "empty"})
"""Pseudo-classes that depend on more than the parts around a part."""
_BEFORE_NAMES = {SelectorType.CLASS: ".", SelectorType.ID: "#"}


@dataclass(frozen=True, eq=False)
class CandidateRules:
    """The rules that may hold for a part because of its own names, and what their selectors ask about."""

    names: frozenset[str]
    pseudo_classes: frozenset[str]


class StylingSituation(NamedTuple):
    """All that decides which rules hold for a part: two parts in the same situation have the same styles."""

    candidates: CandidateRules
    path: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    """The names and pseudo-classes that are asked about, from the part outwards to the app."""


class MatchedRules(NamedTuple):
    """What Textual found out about a part in a situation."""

    rules: RulesMap
    has_hover_style: bool
    has_focus_within: bool


class KeptStylesheet(Stylesheet):
    """A style sheet that keeps what it parsed, and which rules hold in a situation.

    Textual parses every sheet again when a screen brings one more, which took a third of the time to open such a
    screen. And it looks for the rules of every part of the screen, and sets them, whenever one class of the screen
    changes: a good part of the time that a key took, though for nearly all parts nothing is different.
    """

    # Rules are never changed, so what was found with them stays true, in every sheet that has them.
    _found: ClassVar[dict[StylingSituation, MatchedRules]] = {}
    _candidates_of: ClassVar[dict[tuple[RuleSet, ...], CandidateRules]] = {}

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._candidates: dict[frozenset[str], CandidateRules] = {}
        self._styled: WeakKeyDictionary[DOMNode, StylingSituation] = WeakKeyDictionary()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the colours; only if they differ is anything parsed before forgotten."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse only what is new. Other colours make everything new, see :meth:`set_variables`."""
        self.parse()

    def parse(self) -> None:
        super().parse()
        self._candidates = {}

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> None:
        """Give a part the styles of its rules, at once: no style of ours changes by degrees."""
        situation = self._situation(node)
        if situation is None:
            super().apply(node, animate=animate, cache=cache)
        elif self._styled.get(node) == situation:
            node.notify_style_update()  # what is around it may be painted in another way now
        elif (found := self._found.get(situation)) is None:
            super().apply(node)
            self._found[situation] = MatchedRules(
                node.styles.base.get_rules(), node._has_hover_style, node._has_focus_within
            )
            self._styled[node] = situation
        else:
            node._has_hover_style, node._has_focus_within = found.has_hover_style, found.has_focus_within
            self.replace_rules(node, found.rules)
            self._process_component_classes(node)
            self._styled[node] = situation

    def _situation(self, node: DOMNode) -> StylingSituation | None:
        """What decides the styles of this part; nothing if it is more than the parts around it."""
        names = self.rules_map.keys() & node._selector_names.union(f".{name}" for name in node._get_component_classes())
        candidates = self._candidates.get(key := frozenset(names))
        if candidates is None:
            candidates = self._candidates[key] = self._candidates_for(key)
        if not candidates.pseudo_classes.isdisjoint(_OF_NEIGHBOURS):
            return None
        path = []
        for around in node.ancestors_with_self:
            holding = tuple([name for name in candidates.pseudo_classes if around.has_pseudo_class(name)])
            path.append((candidates.names & around._selector_names, holding))
        return StylingSituation(candidates, tuple(path))

    def _candidates_for(self, names: Collection[str]) -> CandidateRules:
        """The rules that one of these names leads to."""
        led_to = {rule for name in names for rule in self.rules_map[name]}
        rules = tuple(filter(led_to.__contains__, self.rules))
        if rules not in self._candidates_of:
            selectors = [selector for rule in rules for each in rule.selector_set for selector in each.selectors]
            self._candidates_of[rules] = CandidateRules(
                frozenset(_BEFORE_NAMES.get(selector.type, "") + selector.name for selector in selectors),
                frozenset().union(*(selector.pseudo_classes for selector in selectors)),
            )
        return self._candidates_of[rules]
