"""How much is tried at random: all of it where ``CI=true`` is set, as it is on a build machine; a fifth elsewhere.

A test names the number for CI, with :func:`examples` for Hypothesis, :func:`rounds` for a loop of its own,
:func:`some` for cases of one claim that stand in a row and :func:`pairs` for cases that stand in a table::

    CI=true python -m pytest tests/maths

All of it is tried, too, where golden files are written anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import Any, TypeVar

from hypothesis import settings

_WHOLE = os.environ.get("CI") == "true" or bool(os.environ.get("UPDATE_GOLDEN"))
_PART = 1.0 if _WHOLE else 0.2
_LEAST, _LEAST_CASES = 5, 2
Case = TypeVar("Case")
Other = TypeVar("Other")


def rounds(most: int, least: int = _LEAST) -> int:
    """How often something random is tried here, where CI tries it ``most`` times; ``least`` do where each is long."""
    return max(round(most * _PART), min(most, least))


def some(cases: Sequence[Case]) -> Sequence[Case]:
    """All of them in CI; a fifth of them elsewhere, spread evenly, but two at least."""
    count = max(round(len(cases) * _PART), min(len(cases), _LEAST_CASES))
    return [cases[n * len(cases) // count] for n in range(count)]


def pairs(firsts: Sequence[Case], seconds: Sequence[Other]) -> list[tuple[Case, Other]]:
    """Every pair in CI; elsewhere each of the first, which are not fewer, with one of the second in turn."""
    if _WHOLE:
        return list(product(firsts, seconds))
    return [(first, seconds[n % len(seconds)]) for n, first in enumerate(firsts)]


def examples(most: int, **more: Any) -> settings:
    """Hypothesis's settings for a test that gets ``most`` examples in CI; ``more`` are further settings."""
    return settings(max_examples=rounds(most), **more)
