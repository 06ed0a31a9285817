"""A network or circuit drawn in lines of text, for paper, with the given values and none that follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.naming import CircuitNaming, NetworkNaming
from tui_backprop.derivation.roles import ACTIVATION, BIAS, TARGET, WEIGHT
from tui_backprop.drawing.diagram import NOTHING, Diagram, Edge, Layer, Target, Unit, picture
from tui_backprop.drawing.diagram.circuit import LEGENDS, circuit_picture
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_text
from tui_backprop.typeset.glyphs import Glyphs

_WIDTH, _MOST_ROWS = 78, 40
_DIGITS = 4
_MOST_UNITS = 12


def draw(derivation: Derivation, glyphs: Glyphs) -> tuple[str, ...]:
    """The lines of the drawing; none where a layer has too many units to be drawn."""
    naming = derivation.naming
    match naming:
        case CircuitNaming():
            canvas = circuit_picture(_circuit(derivation, naming.graph), NOTHING, _WIDTH, _MOST_ROWS, glyphs)
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

    def value(quantity: str) -> str:
        return to_text(derivation.values(quantity), _DIGITS)

    def signed(quantity: str) -> str:
        return value(quantity) if derivation.values(quantity) < 0 else f"+{value(quantity)}"

    def unit(layer: int, name: str) -> Unit:
        bias = target = known = None
        if layer and network.biases is not None:
            key = str(Ref(BIAS, layer, (name,)))
            bias = Edge(key, signed(key), naming.letter("b"))
        one = len(network.samples) == 1  # in a batch, the table has each sample's inputs and targets
        if layer == 0 and one:
            known = value(str(Ref(ACTIVATION, 0, (name,))))
        if layer == network.last:
            key = str(Ref(TARGET, layer, (name,), None if one else 1))
            target = Target(key, naming.letter("y"), value(key) if one else None)
        return Unit(f"{layer}:{name}", naming.labels.label(layer, name), known, bias, target)

    def edge(layer: int, source: int, destination: int) -> Edge:
        key = str(Ref(WEIGHT, layer, (network.layers[layer - 1][source], network.layers[layer][destination])))
        return Edge(key, signed(key))

    layers = tuple(Layer(naming.layer_title(layer), tuple(unit(layer, name) for name in names))
                   for layer, names in enumerate(network.layers))
    return Diagram(layers, edge)


def _circuit(derivation: Derivation, graph: CircuitGraph) -> CircuitDiagram:
    name = derivation.naming.name
    nodes = [CircuitNode(given, derivation.name_of(given), value=to_text(derivation.values(given), _DIGITS))
             for given, _ in graph.circuit.inputs]
    nodes += [CircuitNode(gate.name, derivation.name_of(gate.name), symbol_of(gate.expression, name),
                          symbols(gate.expression)) for gate in graph.circuit.gates]
    return CircuitDiagram(tuple(nodes))
