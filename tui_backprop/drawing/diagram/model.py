"""What a network diagram shows, as plain data: layers of units, the edges between them, and what is lit.

Layers and edges are looked up when they are drawn, never listed: a network of 784-128-10 units has 101,632 edges, of
which a screen shows some dozens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.graph import Highlight


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight or a bias: its key, and its number as text, ``+0.86``; None while it must not be shown.

    ``letter`` is written in front of a bias's number. ``gradient`` is written below, once it is earned, and has its own
    key; ``gradient_room`` are the columns it will need, so that the picture does not shift.
    """

    key: str
    weight: str | None = None
    letter: str = "b"
    gradient: str | None = None
    gradient_key: str = ""
    gradient_room: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """The target of an output, beside its unit: ``y`` and ``1``."""

    key: str
    label: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its key, the letters inside its circle, and its value as text, None until it is earned.

    ``room``: the columns that the value will need, so that the picture does not shift.
    """

    key: str
    label: str
    value: str | None = None
    bias: Edge | None = None
    target: Target | None = None
    room: int = 0

    @property
    def value_room(self) -> int:
        """Columns for the value, now or later."""
        return max(self.room, len(self.value or ""))


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer's title and its units from top to bottom. ``units`` may make its members when they are asked for."""

    title: str
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Layers, input first, and ``edge(layer, source, destination)``: the edge into a layer, by its units' places."""

    layers: tuple[Layer, ...]
    edge: Callable[[int, int, int], Edge]
    gradients: bool = False
    """Does each edge have a gradient, now or later?"""

    def fan_in(self, layer: int) -> int:
        """How many units send an edge to each unit of this layer."""
        return len(self.layers[layer - 1].units) if layer else 0


NOTHING = Highlight()


def line_end(label_column: int, label: str, level: bool = True) -> int:
    """The column where an edge's line ends in front of its label: a minus must not look like part of a level line."""
    return label_column - (2 if level and label.startswith(("-", "−")) else 1)
