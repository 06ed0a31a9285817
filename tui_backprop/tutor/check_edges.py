"""Which edge of a network an answer means: from unit to unit, a weight's name, its number, or its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.lesson import Check
from tui_backprop.course.library import load
from tui_backprop.maths.spelling import fold
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.heard import to_signs
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Reading


def edges_meant(check: Check, text: str) -> list[str]:
    """The edges that the text may mean.

    They are the network's, where the check names one; else the text itself, if it looks like a name.
    """
    weights = weights_of(check)
    if weights:
        same = _edges_with_number(weights, text)
        return same if len(same) > 1 else [edge for edge in weights if is_edge(check, text, edge)]
    return [text] if any(char.isalpha() for char in text) else []


def is_edge(check: Check, text: str, edge: str) -> bool:
    """Does the text mean the edge ``2:j->k``: written so, as w_jk, by its weight's value, or as "second", "last"?"""
    typed = ends_of(text)
    _, _, ends = edge.partition(":")
    if "->" in typed:
        return typed.removeprefix("w") in (edge, ends)
    layer = re.search(r"\^?\(L(?:-(\d+))?\)", typed)
    weights = weights_of(check)
    if layer is not None and weights:
        last = int([*weights][-1].partition(":")[0])
        if edge.partition(":")[0] != str(last - int(layer[1] or 0)):
            return False
    name = re.sub(r"[_{},]|\^?\(.*\)", "", typed).casefold()
    if name in (short := ends.replace("->", "").casefold(), f"w{short}"):
        return True
    words = text.casefold().replace("the ", "").replace("weight", "").replace("edge", "").replace(" one", "").strip()
    if words in _PLACES and weights:
        place = _PLACES.index(words)
        return (place < len(weights) and list(weights)[place] == edge) or (words == "last" and [*weights][-1] == edge)
    return _edges_with_number(weights, text) == [edge]


def _edges_with_number(weights: Mapping[str, float], text: str) -> list[str]:
    number = read_number(text)
    return [edge for edge, value in weights.items() if isinstance(number, Reading) and number.value == value]


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "last")


def weights_of(check: Check) -> dict[str, float]:
    """The weights of the network that a check is about, by edge; none where it names no network."""
    if not check.source:
        return {}
    try:
        graph = (load(check.source) if isinstance(check.source, str) else check.source).derive().graph
    except ExerciseError:  # a course's own file, which is beside its lesson: the name and the arrow are left
        return {}
    return {parameter.partition(" ")[2]: graph.given(parameter)
            for parameter in graph.parameters() if "->" in parameter}


def ends_of(text: str) -> str:
    """The text as it is compared, without spaces: ``i to j``, ``from i to j`` and ``i - j`` as i->j.

    Numbers may be words. Around an arrow a unit may have its layer with it, as in ``j^(L-2)->j^(L-1)`` or ``input j to
    hidden j``.
    """
    typed = _IN_BRACKETS.sub(r"\1", fold(to_signs(text)).text.replace("→", "->"))
    ends = _FROM_TO.match(_OF_LAYER.sub("", typed))
    return f"{ends[1]}->{ends[2]}" if ends is not None else typed.replace(" ", "")


_FROM_TO = late_pattern(
    r"\s*(?:(?:w|weight|edge)\s+)?(?:from\s+)?(?:a_)?(\w+)(?:\s+to\s+|\s*-+>?\s*)(?:a_)?(\w+)\s*$", re.IGNORECASE)
_IN_BRACKETS = late_pattern(r"(?<![\w^])\(([^\W_]+)\)")
"""A unit as the picture has it: ``(j)->(k)``."""
_OF_LAYER = late_pattern(r"\b(?:the|input|hidden|output|unit)\s+|\s*\^?[_{]*\(L(?:\s*-\s*\d+)?\)\}?", re.IGNORECASE)
"""What stands with a unit of an edge and says which layer it is in."""
