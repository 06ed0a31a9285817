"""How much is tried at random: all of it where ``CI=true`` is set, as it is on a build machine; a fifth elsewhere.

A test names the number for CI, with :func:`examples` for Hypothesis and :func:`rounds` for a loop of its own::

    CI=true python -m pytest tests/maths
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_PART = 1.0 if os.environ.get("CI") == "true" else 0.2
_LEAST = 5


def rounds(most: int) -> int:
    """How often something random is tried here, where CI tries it ``most`` times."""
    return max(round(most * _PART), min(most, _LEAST))


def examples(most: int, **more: Any) -> settings:
    """Hypothesis's settings for a test that gets ``most`` examples in CI; ``more`` are further settings."""
    return settings(max_examples=rounds(most), **more)
