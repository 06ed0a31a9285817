"""Is every value that follows from an exercise's numbers finite?"""

from __future__ import annotations

import math

from tui_backprop.derivation.derivation import Derivation, is_large
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.network.model import Circuit, Network


def check_finite(task: Network | Circuit) -> None:
    """Raise ValueError, naming the quantity, where a value that follows is not a finite number."""
    derivation = Derivation(task, "full")
    if isinstance(task, Network) and is_large(task) and isinstance(derivation.graph, NetworkGraph):
        _check_blocks(derivation.graph)
        return
    for quantity in derivation.order:
        if not math.isfinite(derivation.values(quantity)):
            raise ValueError(_sentence(quantity))


def _check_blocks(graph: NetworkGraph) -> None:
    import numpy as np

    from tui_backprop.derivation.blocks import BlockValues

    values = BlockValues(graph)
    layers = range(1, len(graph.network.layers))
    checks = [(role, layer) for layer in layers for role in ("z", "a")]
    checks += [("C total", graph.network.last)]
    checks += [(role, layer) for layer in layers for role in ("dC/da", "dC/dw", "w'")]
    checks += [("C' total", graph.network.last)]
    for role, layer in checks:
        if not np.isfinite(values.block(role, layer).array).all():
            raise ValueError(_sentence(f"{role.removesuffix(' total')} in layer {layer}"))


def _sentence(quantity: str) -> str:
    return f"the value of {quantity} is not a finite number: use smaller inputs and parameters"
