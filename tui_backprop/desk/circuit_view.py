"""What the workbench's diagram shows of a circuit, as plain data: what is earned of each node, and what is lit."""

from __future__ import annotations

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.drawing.diagram import Highlight
from tui_backprop.drawing.diagram.circuit_model import Circuit, Node, edge_key, value_key
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.tutor.display import shown_value
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

ASKED = "[?]"


def circuit_of(walk: Walk, quantity: str | None) -> Circuit | None:
    """The circuit with the values and gradients earned so far; None for a network."""
    graph = walk.derivation.graph
    if not isinstance(graph, CircuitGraph):
        return None

    def shown(name: str) -> str | None:
        return walk.shown(name) or (ASKED if name == quantity else None)

    def node(name: str, expression: Expr | None) -> Node:
        gradient, called = graph.gradient_id(name), walk.derivation.naming.name
        symbol, sources = (symbol_of(expression, called), symbols(expression)) if expression else ("", ())
        return Node(name, linear(called(name), Glyphs.FULL), symbol, sources, shown(name), shown(gradient), gradient)

    nodes = [node(name, None) for name, _ in graph.circuit.inputs]
    nodes += [node(gate.name, gate.expression) for gate in graph.circuit.gates]
    return Circuit(tuple(nodes), _room(walk, [each.key for each in nodes], graph))


def _room(walk: Walk, names: list[str], graph: CircuitGraph) -> int:
    """The widest value there will be: the picture stands still while it fills."""
    ids = [*names, *map(graph.gradient_id, names)]
    return max(len(ASKED), *(len(shown_value(walk.derivation, quantity, walk.digits)) for quantity in ids))


def circuit_highlight(walk: Walk, quantity: str | None) -> Highlight:
    """What is lit for a step: a gate with the lines into it; of a slope its line; of a gradient all ways back."""
    graph = walk.derivation.graph
    if quantity is None or not isinstance(graph, CircuitGraph):
        return Highlight()
    kind = graph.kind(quantity)
    if kind == "gate":
        gate = next(gate for gate in graph.circuit.gates if gate.name == quantity)
        into = frozenset(edge_key(source, quantity) for source in symbols(gate.expression))
        return Highlight(frozenset({quantity, value_key(quantity)}), into)
    if kind == "factor":
        gate_name, _, name = quantity.removeprefix("d[").partition("]/d")
        return Highlight(frozenset({edge_key(name, gate_name), name, gate_name}))
    if kind == "path":
        gradient, _, gate_name = quantity.partition(" via ")
        name = _name_of(graph, gradient)
        lit = frozenset({edge_key(name, gate_name), name, gate_name})
        return Highlight(lit, ways_onwards(graph, gate_name) - lit)
    if kind == "gradient":
        name = _name_of(graph, quantity)
        return Highlight(frozenset({name, quantity}), ways_onwards(graph, name))
    return Highlight(frozenset({quantity.removesuffix("'")}))


def _name_of(graph: CircuitGraph, gradient: str) -> str:
    return gradient.removeprefix(graph.gradient_id(""))


def ways_onwards(graph: CircuitGraph, name: str) -> frozenset[str]:
    """Every line that leads on from a node to the output."""
    found: set[str] = set()
    seen, waiting = {name}, [name]
    while waiting:
        at = waiting.pop()
        for gate in graph.consumers[at]:
            found.add(edge_key(at, gate))
            if gate not in seen:
                seen.add(gate)
                waiting.append(gate)
    return frozenset(found)
