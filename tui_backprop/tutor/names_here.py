"""The names in an answer: which ones it may use, and what to say of one that stands for no number here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.naming import naming_of, vocabulary_for
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.maths.spelling import Vocabulary, fold
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.half_open import way_to
from tui_backprop.tutor.plan import nearest_first
from tui_backprop.tutor.readings import Unread
from tui_backprop.tutor.walk import FEW_STEPS, Walk
from tui_backprop.typeset.glyphs import Glyphs

_RATE: Final = frozenset({"η", "eta", "lr", "α", "alpha"})
"""What the learning rate is called in books whose notation is none of ours, too."""
_UNKNOWN: Final = "I do not know "
_DERIVATIVE: Final = late_pattern(r"d[^\W\d_]\w*'*/d\w+'*")


_FEW: Final = 2
"""What is made of more than these is told without listing them."""
_NAMED: Final = 40
"""The most quantities that an answer may name in a large network; nobody types out a sum of hundreds."""


def list_known(walk: Walk) -> Sequence[str]:
    """The ids that an answer to the current step may name: the givens, and what is earned, the nearest first."""
    derivation, step = walk.derivation, walk.here
    assert step is not None  # there is a question
    if len(derivation.order) > FEW_STEPS:
        return tuple(name for name in derivation.inputs_at_hand(step)[:_NAMED] if walk.earned(name))
    earned = (quantity for quantity in derivation.order if walk.earned(quantity))
    return tuple(nearest_first(derivation, step, (*derivation.graph.givens(), *earned)))


def list_unknown(walk: Walk, known: Collection[str]) -> Iterator[str]:
    """What has a name and no number yet, so that its name is not taken for that of another.

    Those are steps, and what is only worked out on the way to the current one.
    """
    derivation, step = walk.derivation, walk.here
    assert step is not None  # there is a question
    if len(derivation.order) > FEW_STEPS or walk.asked == "formula":
        return iter(())
    return (name for name in dict.fromkeys((*derivation.order, *way_to(derivation, step))) if name not in known)


def with_names_here(derivation: Derivation, quantity: str, unread: Unread, text: str) -> Unread:
    """The refusal of an answer to a step, saying of its name what that stands for here."""
    if unread.not_found:
        return replace(unread, message=_not_found(derivation, quantity, unread.not_found))
    if not unread.message.startswith(_UNKNOWN):
        return unread
    folded = fold(text[unread.start:]).text
    word = fold(text[unread.start:unread.end]).text.replace(" ", "")
    if slope := _DERIVATIVE.match(folded):
        return replace(unread, message=f"{_UNKNOWN}“{slope[0]}”: it is no step of this exercise.")
    if _is_letter_of_several(derivation, word):
        return replace(unread, message=f"{_UNKNOWN}“{word}”: type which unit’s it is, too.")
    if (meant := _find_meant(derivation, word)) is None:
        return unread
    return replace(unread, message=f"{_UNKNOWN}“{word}”. Here it is {derivation.name_of(meant)}.")


def _not_found(derivation: Derivation, quantity: str, missing: tuple[str, ...]) -> str:
    if quantity in missing:
        used = [derivation.name_of(name) for name in derivation.inputs_at_hand(quantity)]
        told = " and ".join(used) if 0 < len(used) <= _FEW else ""
        return f"{derivation.name_of(quantity)} is what is asked for: " + (
            f"work it out from {told}." if told else "give its number, or how it is made.")
    return f"{derivation.name_of(missing[0])} is not found yet: use only what is given or already found."


def _is_letter_of_several(derivation: Derivation, word: str) -> bool:
    """Are there several names that are this letter with a unit, as ``a_i`` and ``a_k`` for ``a``?"""
    graph = derivation.graph
    if not isinstance(graph, NetworkGraph) or graph.is_large:
        return False
    names = {derivation.name_of(each, Glyphs.ASCII) for each in (*graph.givens(), *derivation.order)}
    return sum(name.startswith(f"{word}_") for name in names) > 1


def _find_meant(derivation: Derivation, word: str) -> str | None:
    """The quantity that other books call so, where all that know the name mean the same."""
    graph = derivation.graph
    if not isinstance(graph, NetworkGraph) or graph.is_large:
        return None
    if word in _RATE:
        return graph.rate
    found = {match[0] for known in _elsewhere(derivation)
             if (match := known.match(word, 0)) is not None and match[1] == len(word)}
    return found.pop() if len(found) == 1 else None


def _elsewhere(derivation: Derivation) -> Iterator[Vocabulary]:
    """The givens and steps in the names of the other notations."""
    graph = derivation.graph
    quantities = [*graph.givens(), *derivation.order]
    return (vocabulary_for(naming_of(graph, notation), quantities) for notation in NOTATIONS.values()
            if notation != derivation.notation)
