"""What the workbench's diagram shows of a circuit, as plain data: what is earned of each node."""

from __future__ import annotations

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.naming import CircuitNaming
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.tutor.display import format_value
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import GAP
from tui_backprop.typeset.linear import linear


def circuit_of(walk: Walk, naming: CircuitNaming, quantity: str | None) -> CircuitDiagram:
    """The circuit with the values and gradients earned so far."""
    graph = naming.graph

    def shown(name: str) -> str | None:
        return walk.shown(name) or (GAP.text if name == quantity else None)

    def node(name: str, expression: Expr | None) -> CircuitNode:
        gradient, called = graph.gradient_id(name), naming.name
        symbol, sources = (symbol_of(expression, called), symbols(expression)) if expression else ("", ())
        return CircuitNode(name, linear(called(name), Glyphs.FULL), symbol, sources, shown(name), shown(gradient),
                           gradient)

    nodes = [node(name, None) for name, _ in graph.circuit.inputs]
    nodes += [node(gate.name, gate.expression) for gate in graph.circuit.gates]
    return CircuitDiagram(tuple(nodes), _room(walk, [each.key for each in nodes], graph))


def _room(walk: Walk, names: list[str], graph: CircuitGraph) -> int:
    """The width of the widest value there will be, so that the picture does not shift."""
    ids = [*names, *map(graph.gradient_id, names)]
    return max(len(GAP.text), *(len(format_value(walk.derivation, quantity, walk.precision)) for quantity in ids))
