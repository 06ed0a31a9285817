"""What a learner is asked for at a step, and how far a step is opened: the words that records keep."""

from __future__ import annotations

from typing import Final, Literal, TypeGuard, get_args

Asked = Literal["value", "formula", "part", "gap", "sign", "reuse", "most", "why", "rule"]
"""What is asked for at a step.

``value``: the step's value; ``formula``: its formula first; ``part``: a part of it, after the same slip twice; ``gap``:
the one number that is missing in it; ``sign``, ``reuse``, ``most``, ``why``: a prediction
(:mod:`tui_backprop.tutor.predictions`); ``rule``: by which rule the step went.
"""
BESIDE: Final[frozenset[Asked]] = frozenset({"gap", "sign", "reuse", "most", "why", "rule"})
"""Questions beside the step's own value: help with one is no help with the step, and none counts for a skill."""
Opening = Literal["worked", "half", "whole"]
"""How far a step is opened: ``worked`` and explained; ``half``: all but one number is there; or asked ``whole``."""


def is_opening(word: object) -> TypeGuard[Opening]:
    """Is the word from a record an :data:`Opening`?"""
    return word in get_args(Opening)
