"""The diagram of a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course.draft import CircuitDraft, Draft, NetworkDraft, NumberOrBlank, Where
from tui_backprop.dataclass import replace
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.derivation.roles import ACTIVATION, TARGET
from tui_backprop.desk.builder.kinds import BLANK, format_number
from tui_backprop.desk.builder.rows import naming_of
from tui_backprop.drawing.diagram import CircuitDiagram, Diagram, Edge
from tui_backprop.drawing.diagram.circuit_model import CircuitNode
from tui_backprop.drawing.diagram.of_network import diagram_of_network
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_signed_text, to_text
from tui_backprop.network.model import Gate

UNREAD = "?"
"""The sign of a gate that cannot be read yet."""


def diagrams_of(
    draft: Draft, where: Where = (), notation: Notation = HAND_OUT,
) -> tuple[Diagram, ...] | tuple[CircuitDiagram]:
    """The diagrams of a draft for a field, with the givens and no value that a quiz would ask for.

    Of a network three: the first has all its numbers, the second signs in place of weights and biases, the third no
    biases either.
    """
    match draft:
        case CircuitDraft():
            return (_circuit(draft),)
        case NetworkDraft():
            sample = min(_sample_at(where), len(draft.samples) - 1)
            bare = replace(draft, bias_use="none")
            return (_network(draft, sample, notation, _write_signed), _network(draft, sample, notation, _sign),
                    _network(bare, sample, notation, _sign))
        case _:
            assert_never(draft)


def _network(
    draft: NetworkDraft, sample: int, notation: Notation, label: Callable[[NumberOrBlank], str],
) -> Diagram:
    numbers, last = draft.samples[sample], draft.last
    texts = {str(Ref(role, layer, (name,))): format_number(number)
             for role, layer, row in ((ACTIVATION, 0, numbers.inputs), (TARGET, last, numbers.targets))
             for name, number in zip(draft.layers[layer], row, strict=True)}

    def edge(key: str, number: NumberOrBlank, letter: str) -> Edge:
        return Edge(key, label(number), letter)

    biases = None if draft.bias_use == "none" else draft.biases
    return diagram_of_network(naming_of(draft, notation), draft.weights, biases, edge, texts.get)


def _circuit(draft: CircuitDraft) -> CircuitDiagram:
    """The diagram of the circuit, as far as its gates can be read."""
    nodes = [CircuitNode(name, name, value=None if value is None else to_text(value, 4))
             for name, value in draft.inputs]
    for text, gate in zip(draft.gates, circuit.gates_so_far(draft), strict=True):
        name = gate.name if isinstance(gate, Gate) else circuit.gate_name(text)
        if name and not any(name == node.key for node in nodes):
            nodes.append(CircuitNode(name, name, symbol_of(gate.expression), symbols(gate.expression))
                         if isinstance(gate, Gate) else CircuitNode(name, name, UNREAD))
    return CircuitDiagram(tuple(nodes), 5)


def _sample_at(where: Where) -> int:
    """The number of the sample that the field belongs to, from 0; 0 for any other field."""
    return where[1] if where[:1] in (("input",), ("target",)) and isinstance(where[1], int) else 0


def _write_signed(value: NumberOrBlank) -> str:
    return BLANK if value is None else to_signed_text(value, 4)


def _sign(value: NumberOrBlank) -> str:
    return BLANK if value is None else "+" if value >= 0 else "−"
