"""Is every value that follows from an exercise's numbers finite?"""

from __future__ import annotations

from tui_backprop.derivation.derivation import Derivation
from tui_backprop.network.model import Circuit, Network


def check_finite(task: Network | Circuit | Derivation) -> None:
    """Raise ValueError, naming the quantity, where a value that follows is not a finite number."""
    derivation = task if isinstance(task, Derivation) else Derivation(task, "full")
    quantity = derivation.graph.first_not_finite(derivation.values, derivation.order)
    if quantity is not None:
        raise ValueError(f"the value of {quantity} is not a finite number: use smaller inputs and parameters")
