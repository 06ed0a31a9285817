"""A network or circuit drawn in lines of text, for paper, with the given values and none that follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.naming import CircuitNaming, NetworkNaming
from tui_backprop.drawing.diagram import NOTHING, Diagram, Edge, picture
from tui_backprop.drawing.diagram.circuit import LEGENDS
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode
from tui_backprop.drawing.diagram.of_network import diagram_of_network
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_signed_text, to_text
from tui_backprop.typeset.glyphs import Glyphs

_WIDTH, _MOST_ROWS = 78, 40
_DIGITS = 4
_MOST_UNITS = 12


def draw(derivation: Derivation, glyphs: Glyphs) -> tuple[str, ...]:
    """The lines of the drawing; none where a layer has too many units to be drawn."""
    naming = derivation.naming
    match naming:
        case CircuitNaming():
            canvas = picture(_circuit(derivation, naming.graph), NOTHING, _WIDTH, _MOST_ROWS, glyphs)
            return _trim([row for row in canvas.lines() if row.strip() not in LEGENDS.values()])
        case NetworkNaming():
            if max(map(len, naming.graph.network.layers)) > _MOST_UNITS:
                return ()
            return _trim(picture(_network(derivation, naming), NOTHING, _WIDTH, _rows(naming), glyphs).lines())
        case _:
            assert_never(naming)


def _rows(naming: NetworkNaming) -> int:
    """The rows that the tallest layer can use: a label for each edge into a unit, its bias, and a row between units."""
    layers = naming.graph.network.layers
    before = (1, *map(len, layers))
    return min(3 + max(len(layer) * (size + 2) for layer, size in zip(layers, before, strict=False)), _MOST_ROWS)


def _trim(rows: Sequence[str]) -> tuple[str, ...]:
    """The rows without empty ones around the picture, and with never two empty ones together."""
    kept = [row for before, row in zip(("", *rows), rows, strict=False) if row or before]
    return tuple(kept[:-1] if kept and not kept[-1] else kept)


def _network(derivation: Derivation, naming: NetworkNaming) -> Diagram:
    network = naming.graph.network

    def edge(key: str, number: float, letter: str) -> Edge:
        return Edge(key, to_signed_text(number, _DIGITS), letter)

    def value(quantity: str) -> str | None:
        """Of an input or a target; in a batch, the table has each sample's."""
        one = len(network.samples) == 1 and naming.graph.kind(quantity) == "given"
        return to_text(derivation.values(quantity), _DIGITS) if one else None

    return diagram_of_network(naming, network.weights, network.biases, edge, value)


def _circuit(derivation: Derivation, graph: CircuitGraph) -> CircuitDiagram:
    name = derivation.naming.name
    nodes = [CircuitNode(given, derivation.name_of(given), value=to_text(derivation.values(given), _DIGITS))
             for given, _ in graph.circuit.inputs]
    nodes += [CircuitNode(gate.name, derivation.name_of(gate.name), symbol_of(gate.expression, name),
                          symbols(gate.expression)) for gate in graph.circuit.gates]
    return CircuitDiagram(tuple(nodes))
