"""The diagram of a draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course.draft import CircuitDraft, NetworkDraft, NumberOrBlank, Where
from tui_backprop.dataclass import replace
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.derivation.roles import BIAS, TARGET, WEIGHT
from tui_backprop.desk.builder.kinds import format_number
from tui_backprop.desk.builder.rows import naming_of
from tui_backprop.drawing.diagram import Diagram, Edge, Layer, Target, Unit
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_text
from tui_backprop.network.model import Gate

UNREAD = "?"
"""The sign of a gate that cannot be read yet."""


def network_diagrams(draft: NetworkDraft, sample: int = 0, notation: Notation = HAND_OUT) -> tuple[Diagram, ...]:
    """Three diagrams of the network, with the givens and no value that a quiz would ask for.

    The first has all its numbers, the second signs in place of weights and biases, the third no biases either.
    """
    naming = naming_of(draft, notation)
    return (_diagram(draft, sample, naming, _write_signed), _diagram(draft, sample, naming, _sign),
            _diagram(replace(draft, bias_use="none"), sample, naming, _sign))


def _diagram(draft: NetworkDraft, sample: int, naming: NetworkNaming, label: Callable[[NumberOrBlank], str]) -> Diagram:
    numbers = draft.samples[min(sample, len(draft.samples) - 1)]

    def unit(layer: int, place: int) -> Unit:
        name = draft.layers[layer][place]
        value = bias = target = None
        if layer == 0:
            value = format_number(numbers.inputs[place])
        elif draft.bias_use != "none":
            bias = Edge(str(Ref(BIAS, layer, (name,))), label(draft.biases[layer - 1][place]))
        if layer == draft.last:
            target = Target(str(Ref(TARGET, layer, (name,))), "y", format_number(numbers.targets[place]))
        return Unit(f"{layer}:{name}", naming.labels.label(layer, name), value, bias, target)

    def edge(layer: int, source: int, unit: int) -> Edge:
        names = draft.layers[layer - 1][source], draft.layers[layer][unit]
        return Edge(str(Ref(WEIGHT, layer, names)), label(draft.weights[layer - 1][source][unit]))

    layers = (Layer(naming.layer_title(n), Made(range(len(units)), partial(unit, n)))
              for n, units in enumerate(draft.layers))
    return Diagram(tuple(layers), edge)


def circuit_diagram(draft: CircuitDraft) -> CircuitDiagram:
    """The diagram of the circuit, as far as its gates can be read."""
    nodes = [CircuitNode(name, name, value=None if value is None else to_text(value, 4))
             for name, value in draft.inputs]
    for text, gate in zip(draft.gates, circuit.gates_so_far(draft), strict=True):
        name = gate.name if isinstance(gate, Gate) else circuit.gate_name(text)
        if name and not any(name == node.key for node in nodes):
            nodes.append(CircuitNode(name, name, symbol_of(gate.expression), symbols(gate.expression))
                         if isinstance(gate, Gate) else CircuitNode(name, name, UNREAD))
    return CircuitDiagram(tuple(nodes), 5)


def sample_at(where: Where) -> int:
    """The number of the sample that the field belongs to, from 0; 0 for any other field."""
    return where[1] if where[:1] in (("input",), ("target",)) and isinstance(where[1], int) else 0


def _write_signed(value: NumberOrBlank) -> str:
    text = format_number(value) if value is None else to_text(value, 4)
    return f"+{text}" if value is not None and value >= 0 else text


def _sign(value: NumberOrBlank) -> str:
    return format_number(value) if value is None else "+" if value >= 0 else "−"
