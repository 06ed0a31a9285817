"""The learning rates that a plot offers, and how to go from one choice to the next."""

from __future__ import annotations

from collections.abc import Sequence

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Learning rates to choose from."""


def neighbour(choices: Sequence[float], value: float, way: int) -> float:
    """The next choice in this direction; the value itself at the end."""
    more = [choice for choice in choices if (choice - value) * way > 1e-12]
    return value if not more else min(more) if way > 0 else max(more)
