"""Where the wrong values of the soak are gathered: by quantity, each with the mistake's code, none that is right."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from tests.soak_networks import Array, Formula, Run, Sheet, Way
from tui_backprop.network.model import Network

Wrong = dict[str, list[tuple[str, float]]]
"""For each quantity's id the mistakes at it: code, and the number it leads to."""

RIGHT = Way()
FORWARD = frozenset({"z", "a", "C"})
GRADIENT = frozenset({"dC/dz", "dC/dw", "dC/db", "w'", "b'"})
BACKWARD = GRADIENT | {"via", "dC/da"}
MERGED = frozenset({"da/dw", "da/da"})


def role_of(quantity: str) -> str:
    """What kind of quantity it is: the id without sample, layer and units."""
    return "via" if " via " in quantity else quantity.split()[1 if quantity.startswith("#") else 0]


def where(wrong: Formula, right: Formula, layer: int | None = None, unit: int | None = None) -> Formula:
    """A formula that is wrong in one layer only, or at one unit of it."""

    def formula(run: Run, at: int) -> Array:
        if layer not in (None, at):
            return right(run, at)
        if unit is None:
            return wrong(run, at)
        values: Array = np.array(right(run, at), dtype=float)
        values[..., unit] = wrong(run, at)[..., unit]
        return values

    return formula


@dataclass
class Found:
    """The wrong values of one network in one detail. ``steps`` are the ids that the exercise asks for."""

    network: Network
    detail: str
    steps: frozenset[str]
    wrong: Wrong = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.right = Sheet(self.network, self.detail, self.steps)
        self.last, self.count = len(self.network.layers) - 1, len(self.right.runs)

    def add(self, codes: str, quantity: str, value: float) -> None:
        """Keep a value under each code that a reader may call it by, where it is asked for and wrong.

        What is 0 but for floating point is left out: nobody writes that number.
        """
        if quantity not in self.steps or not math.isfinite(value) or 0 < abs(value) < 1e-12:
            return
        if not math.isclose(value, self.right.values[quantity], rel_tol=1e-9, abs_tol=1e-12):
            for code in codes.split():
                self.wrong.setdefault(quantity, []).append((code, float(value)))

    def carried(self, codes: str, way: Way, roles: Collection[str], layers: Collection[int] | None = None,
                afterwards: Way | None = None) -> None:
        """Keep all that a way gets wrong, at these kinds of quantity and in these layers."""
        sheet = Sheet(self.network, self.detail, self.steps, way, afterwards)
        for quantity, value in sheet.values.items():
            if value == self.right.values.get(quantity):
                continue  # as most are: what follows takes longer
            if role_of(quantity) in roles and (layers is None or self.layer_of(quantity) in layers):
                self.add(codes, quantity, value)

    def layer_of(self, quantity: str) -> int:
        """The first layer that the id names; a cost belongs to the last."""
        found = re.search(r" (\d+):", quantity)
        return int(found[1]) if found else self.last
