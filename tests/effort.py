"""How much is tried at random: all of it where ``CI=true`` is set, as it is on a build machine; a fifth elsewhere.

A test names the number for CI, with :func:`examples` for Hypothesis, :func:`rounds` for a loop of its own and
:func:`some` for cases that stand in a row::

    CI=true python -m pytest tests/maths
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import settings

_PART = 1.0 if os.environ.get("CI") == "true" else 0.2
_LEAST = 5
Case = TypeVar("Case")


def rounds(most: int) -> int:
    """How often something random is tried here, where CI tries it ``most`` times."""
    return max(round(most * _PART), min(most, _LEAST))


def some(cases: Sequence[Case]) -> Sequence[Case]:
    """All of them in CI; so many as :func:`rounds` says elsewhere, spread evenly."""
    return cases[::max(len(cases) // rounds(len(cases)), 1)] if cases else cases


def examples(most: int, **more: Any) -> settings:
    """Hypothesis's settings for a test that gets ``most`` examples in CI; ``more`` are further settings."""
    return settings(max_examples=rounds(most), **more)
