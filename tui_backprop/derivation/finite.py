"""Is every value that follows from an exercise's numbers finite?"""

from __future__ import annotations

from tui_backprop.derivation.derivation import Derivation


def check_finite(derivation: Derivation) -> None:
    """Raise ValueError, naming the quantity, where a value that follows is not a finite number."""
    quantity = derivation.first_not_finite()
    if quantity is not None:
        raise ValueError(f"the value of {quantity} is not a finite number: use smaller inputs and parameters")
