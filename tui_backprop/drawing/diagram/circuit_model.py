"""What a circuit diagram shows, as plain data: inputs and gates, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.typeset.glyphs import Glyphs, plain_text


@dataclass(frozen=True, slots=True)
class CircuitNode:
    """An input or a gate: its key and name, its sign (``+``, empty for an input), and what it is made of.

    ``value`` and ``gradient`` (of the output by this node) are None until they are earned. ``sources`` are keys of
    earlier nodes.
    """

    key: str
    name: str
    symbol: str = ""
    sources: tuple[str, ...] = ()
    value: str | None = None
    gradient: str | None = None
    gradient_key: str = ""

    @property
    def label(self) -> str:
        """``(+) q``, or ``(x)`` for an input."""
        return f"({self.symbol}) {self.name}" if self.symbol else f"({self.name})"


@dataclass(frozen=True)
class CircuitDiagram:
    """Nodes, the inputs first, each after its sources. ``room`` is the width of the widest value there will be."""

    nodes: Sequence[CircuitNode]
    room: int = 0

    def rewrite_for(self, glyphs: Glyphs) -> CircuitDiagram:
        """The same circuit with gates' signs in words where this glyph level has no sign: ``sigma``."""
        nodes = (replace(node, symbol=plain_text(node.symbol, glyphs)) for node in self.nodes)
        return self if glyphs is Glyphs.FULL else CircuitDiagram(tuple(nodes), self.room)

    @cached_property
    def by_key(self) -> dict[str, CircuitNode]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """For each node, the gates that use it."""
        found: dict[str, list[str]] = {node.key: [] for node in self.nodes}
        for node in self.nodes:
            for source in node.sources:
                found[source].append(node.key)
        return {key: tuple(gates) for key, gates in found.items()}
