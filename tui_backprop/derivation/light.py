"""What stands out in the drawing of a network or a circuit for a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

from tui_backprop.derivation.graph import Highlight
from tui_backprop.derivation.ids import Ref, line_key, value_key
from tui_backprop.derivation.roles import BIAS, ROLES, TARGET, WEIGHT, Role
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.walks import reach

if TYPE_CHECKING:
    from tui_backprop.derivation.circuit_graph import CircuitGraph
    from tui_backprop.derivation.network_graph import NetworkGraph

MOST_LIT = 60
"""The most units of a layer that are lit; no screen shows more."""


def light_in_network(graph: NetworkGraph, quantity: str) -> Highlight:
    """What stands out for a step: for a factor its edge and both units, for a path all of it back from the output."""
    ref = graph.ref(quantity)
    if ref.layer is None:
        return Highlight(frozenset(_ends(graph, ref.sample)))
    layer, role = ref.layer, ROLES[ref.role]
    focus = (layer, graph.unit(layer, ref.units[0 if role.is_path else -1])) if ref.units else None
    if ref.role == TARGET:
        return Highlight(frozenset({str(ref)}), focus=focus)
    if role.is_edge:
        lit = {str(Ref(WEIGHT, layer, ref.units)), f"{layer - 1}:{ref.units[0]}", f"{layer}:{ref.units[1]}"}
        return Highlight(frozenset(lit), focus=focus)
    if role.is_path:
        through = str(Ref(WEIGHT, layer + 1, ref.units))
        lit = {through, f"{layer}:{ref.units[0]}", f"{layer + 1}:{ref.units[1]}"}
        return Highlight(frozenset(lit), frozenset(_onwards(graph, layer + 1, ref.units[1:], ref.sample)), focus)
    lit, path = _of_unit(graph, ref, role)
    return Highlight(frozenset(lit), frozenset(path), focus)


def _of_unit(graph: NetworkGraph, ref: Ref, role: Role) -> tuple[set[str], set[str]]:
    """What is lit for a step about one unit (or two of one layer), and what lies on its path."""
    layer = ref.layer or 0
    lit = {f"{layer}:{unit}" for unit in ref.units}
    path: set[str] = set()
    match role.lights:
        case "":
            pass
        case "bias":
            lit.add(str(Ref(BIAS, layer, ref.units)))
        case "in":
            sources = graph.network.layers[layer - 1][:MOST_LIT]
            path = {str(Ref(WEIGHT, layer, (source, ref.units[0]))) for source in sources}
        case "onwards" if layer == graph.network.last:
            lit.add(str(Ref(TARGET, layer, ref.units, ref.sample)))
            if graph.kind_of(ref) == "path":
                path = set(_ends(graph, ref.sample)) - lit
        case "onwards":
            path = set(_onwards(graph, layer, ref.units, ref.sample))
        case _:
            assert_never(role.lights)
    return lit, path


def _onwards(graph: NetworkGraph, layer: int, units: Sequence[str], sample: int | None) -> Iterator[str]:
    """All edges and units between these units of a layer and the cost, with the targets."""
    last = graph.network.last
    for at in range(layer, last):
        following = graph.network.layers[at + 1][:MOST_LIT]
        for unit in following:
            yield from (str(Ref(WEIGHT, at + 1, (source, unit))) for source in units)
            yield f"{at + 1}:{unit}"
        units = following
    yield from (str(Ref(TARGET, last, (unit,), sample)) for unit in units)


def _ends(graph: NetworkGraph, sample: int | None) -> Iterator[str]:
    """The outputs and their targets."""
    last = graph.network.last
    for unit in graph.network.layers[-1][:MOST_LIT]:
        yield f"{last}:{unit}"
        yield str(Ref(TARGET, last, (unit,), sample))


def light_in_circuit(graph: CircuitGraph, quantity: str) -> Highlight:
    """What stands out for a step: a gate with the lines into it, a slope's line, or all lines a gradient came by."""
    kind = graph.kind(quantity)
    if kind == "gate":
        into = frozenset(line_key(source, quantity) for source in symbols(graph.expression(quantity)))
        return Highlight(frozenset({quantity, value_key(quantity)}), into)
    if slope := graph.slope_of(quantity):
        gate, name = slope
        return Highlight(frozenset({line_key(name, gate), name, gate}))
    if kind == "path":
        gradient, _, gate = quantity.partition(" via ")
        name = _name_of(graph, gradient)
        lit = frozenset({line_key(name, gate), name, gate})
        return Highlight(lit, lines_onwards(graph, gate) - lit)
    if kind == "gradient":
        name = _name_of(graph, quantity)
        return Highlight(frozenset({name, quantity}), lines_onwards(graph, name))
    return Highlight(frozenset({quantity.removesuffix("'")}))


def _name_of(graph: CircuitGraph, gradient: str) -> str:
    return gradient.removeprefix(graph.gradient_id(""))


def lines_onwards(graph: CircuitGraph, name: str) -> frozenset[str]:
    """Every line that leads on from a node to the output."""
    onwards = reach((name,), graph.consumers.__getitem__)
    return frozenset(line_key(at, gate) for at, gates in onwards.items() for gate in gates)
