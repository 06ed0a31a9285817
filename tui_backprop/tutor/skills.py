"""What a learner can be good at: the steps of all exercises, sorted by what one must know to find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui_backprop.dataclass import dataclass
from tui_backprop.network.activations import ACTIVATIONS, Activation
from tui_backprop.network.costs import COSTS, Cost

if TYPE_CHECKING:
    from tui_backprop.derivation import Derivation


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill. ``key`` is its name in records, ``title`` its name on screen. Keys never change their meaning.

    ``principle``: what a step of it goes by, in a few words; empty where no step of an exercise shows it.
    """

    key: str
    title: str
    principle: str = ""


_TITLES: Final[Mapping[str, str]] = {
    "slopes": "slopes, rise over run",
    "power-rule": "the power rule",
    "chain-rule-formula": "the chain rule on formulas",
    "notation": "reading the notation",
    "weighted-sum": "the weighted sum into a unit",
    "activation": "activation: {}",
    "cost": "cost: {}",
    "cost-slope": "slope of the cost: {}",
    "activation-slope": "slope of the activation: {}",
    "sum-slope": "slopes inside a weighted sum",
    "delta": "a unit's delta",
    "chain-rule": "multiplying the factors of the chain rule",
    "paths": "adding up all the paths",
    "mean": "the mean over a batch",
    "update": "the update of weights and biases",
    "cost-after": "the cost after the update",
    "gate": "a circuit's gates, forward",
    "gate-slope": "a gate's own slopes",
}
"""The title of each skill, in the order of the course, by the key that the words for steps name (``Words.skill``)."""
_PRINCIPLES: Final[Mapping[str, str]] = {
    "weighted-sum": "the weighted sum: products, added up",
    "activation": "the function that the unit applies",
    "cost": "the cost: the miss, made into one number",
    "cost-slope": "the slope of the cost function",
    "activation-slope": "the slope of the unit's own function",
    "sum-slope": "the slope of a product is its other factor",
    "delta": "two factors kept as one number",
    "chain-rule": "the chain rule: slopes along a chain are multiplied",
    "paths": "the sum over paths: what comes along each is added",
    "mean": "the mean: add up, and divide by how many",
    "update": "the update rule: a step against the slope",
    "cost-after": "the forward pass again, with the new numbers",
    "gate": "numbers put into an expression",
    "gate-slope": "the derivative, with all else held still",
}
_FUNCTIONS: Final[Mapping[str, Mapping[str, Activation] | Mapping[str, Cost]]] = {
    "activation": ACTIVATIONS, "activation-slope": ACTIVATIONS, "cost": COSTS, "cost-slope": COSTS,
}
"""Keys that stand for one skill for each activation or cost."""


class _Skills(Mapping[str, Skill]):
    """All skills by their keys, in the order of the course; the activations and costs have one each."""

    def __iter__(self) -> Iterator[str]:
        for name in _TITLES:
            yield from (f"{name}:{function}" for function in _FUNCTIONS[name]) if name in _FUNCTIONS else (name,)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, key: str) -> Skill:
        name, _, function = key.partition(":")
        title = _TITLES[name].format(_FUNCTIONS[name][function].title) if function else _TITLES[name]
        return _skill(key, title, _PRINCIPLES.get(name, ""))


@lru_cache(maxsize=256)
def _skill(key: str, title: str, principle: str) -> Skill:
    return Skill(key, title, principle)


SKILLS: Final[Mapping[str, Skill]] = _Skills()


def skill_of(derivation: Derivation, quantity: str) -> Skill | None:
    """The skill that a step shows; None where it takes none."""
    graph, words = derivation.graph, derivation.graph.words(quantity)
    if words is None or not words.skill:
        return None
    name = words.skill
    function = graph.cost if _FUNCTIONS.get(name) is COSTS else graph.activation_at(quantity)
    return SKILLS[f"{name}:{function.name}" if name in _FUNCTIONS and function is not None else name]


def skills_in(derivation: Derivation) -> tuple[Skill, ...]:
    """The skills that an exercise's steps show, in the order of the course."""
    found = {skill_of(derivation, quantity) for quantity in derivation.order.kinds()}
    return tuple(skill for skill in SKILLS.values() if skill in found)
