"""What a learner is asked for at a step, and how far a step is opened: the words that records keep."""

from __future__ import annotations

from typing import Final, Literal, TypeGuard, get_args

Asked = Literal["value", "formula", "part", "gap", "sign", "reuse", "most", "why", "rule"]
"""A step's value; first its formula; a part of it after the same slip twice; the one number that is missing in it; what
is predicted before (:mod:`tui_backprop.tutor.predictions`); by which rule it went.
"""
BESIDE: Final[frozenset[Asked]] = frozenset({"gap", "sign", "reuse", "most", "why", "rule"})
"""What is asked beside the step's own value: help with it is no help with the step, and it counts for no skill."""
Opening = Literal["worked", "half", "whole"]
"""A step is worked and explained; or its formula stands there with one number missing; or its value is asked for."""


def is_opening(word: object) -> TypeGuard[Opening]:
    """Does the word from a record mean an opening?"""
    return word in get_args(Opening)
