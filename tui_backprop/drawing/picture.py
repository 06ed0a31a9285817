"""The drawing of a network or a circuit as plain geometry: where units, lines and labels stand.

It shows given values only. Coordinates are in points, from the top left. SVG and LaTeX draw the same picture.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.naming import CircuitNaming, NetworkNaming
from tui_backprop.derivation.roles import ACTIVATION, BIAS, TARGET, WEIGHT
from tui_backprop.maths.expression import symbols
from tui_backprop.maths.numerals import to_text
from tui_backprop.network.model import Network
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

RADIUS = 15.0
"""The radius of a unit's circle, and half the height of a gate's box."""
_LETTER = 6.0
"""The width of a letter, roughly."""
_LINE = 13.0
"""The height of a line of letters."""
_ROW, _TOP, _SIDE = 76.0, 16.0, 60.0
_MOST_UNITS = 8
"""The most units of a layer that are drawn."""
_MOST_LABELS = 20
"""Between two layers with more weights than this none is labelled: the table has them."""
_DIGITS = 4
"""Significant digits of a number in the drawing; the table has them all."""


@dataclass(frozen=True, slots=True)
class Node:
    """A unit (a circle) or a gate (a box) with its middle, its name, and what is written under it."""

    x: float
    y: float
    label: str
    below: str = ""
    half_width: float = RADIUS
    is_box: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line with an arrow's tip at its end."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text; ``anchor`` says which part of it stands at x: ``start``, ``middle`` or ``end``."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and its size. ``words`` describes it for those who cannot see it."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    words: str


def picture_of(derivation: Derivation) -> Picture:
    """The drawing of an exercise's network or circuit."""
    naming = derivation.naming
    match naming:
        case CircuitNaming():
            return _circuit(derivation, naming.graph)
        case NetworkNaming():
            return _network(derivation, naming.graph.network, naming)
        case _:
            assert_never(naming)


def _network(derivation: Derivation, network: Network, naming: NetworkNaming) -> Picture:
    counts = [min(len(layer), _MOST_UNITS) for layer in network.layers]
    gaps = [120.0 if before * after <= 2 else 200.0 for before, after in pairwise(counts)]
    columns = [_SIDE]
    for gap in gaps:
        columns.append(columns[-1] + gap)
    height = _TOP + _ROW * max(counts)
    places = [[_TOP + _ROW * (max(counts) - count) / 2 + _ROW * (n + 0.5) for n in range(count)] for count in counts]
    nodes = [node for layer in range(len(counts)) for node in _units(derivation, network, naming, layer, columns[layer],
                                                                      places[layer])]
    lines: list[Line] = []
    labels = [Label(x, 16, naming.layer_title(layer)) for layer, x in enumerate(columns)]
    for layer in range(1, len(counts)):
        lines += [_between(columns[layer - 1], y1, columns[layer], y2)
                  for y2 in places[layer] for y1 in places[layer - 1]]
        if counts[layer] * counts[layer - 1] <= _MOST_LABELS:
            weights = _weights(derivation, network, layer, (columns[layer - 1], columns[layer]), places)
            labels += [] if _overlap(weights) else weights
    labels += _ends(derivation, network, columns, places)
    sizes = "-".join(str(len(layer)) for layer in network.layers)
    return Picture(columns[-1] + _SIDE + 10, height, tuple(nodes), tuple(lines), tuple(labels),
                   f"A network of {sizes} units")


def _units(
    derivation: Derivation, network: Network, naming: NetworkNaming, layer: int, x: float, places: list[float],
) -> list[Node]:
    nodes = []
    for y, unit in zip(places, network.layers[layer], strict=False):
        below = ""
        if layer and network.biases is not None:
            bias = str(Ref(BIAS, layer, (unit,)))
            below = f"{naming.letter('b')} = {_value(derivation, bias)}"
        label = naming.labels.label(layer, unit)
        nodes.append(Node(x, y, label, below, max(RADIUS, len(label) * _LETTER / 2 + 4)))
    if len(network.layers[layer]) > len(places):
        nodes[-1] = Node(x, places[-1], "…", f"{len(network.layers[layer]) - len(places) + 1} more")
    return nodes


def _weights(
    derivation: Derivation, network: Network, layer: int, columns: tuple[float, float], places: list[list[float]],
) -> list[Label]:
    """Each weight on its line: those into one unit at one distance along it, so that no two labels meet."""
    labels = []
    count = len(places[layer])
    for j, y2 in enumerate(places[layer]):
        share = 0.45 if count == 1 else 0.26 + 0.34 * j / (count - 1)
        for i, y1 in enumerate(places[layer - 1]):
            units = network.layers[layer - 1][i], network.layers[layer][j]
            text = _value(derivation, str(Ref(WEIGHT, layer, units)))
            x = columns[0] + share * (columns[1] - columns[0])
            labels.append(Label(x, y1 + share * (y2 - y1) - 4, text))
    return labels


def _overlap(labels: list[Label]) -> bool:
    """Would two of these labels overlap? Then they are left out, and the table shows them."""
    return any(
        abs(one.x - other.x) < (len(one.text) + len(other.text) + 3) * _LETTER / 2 and abs(one.y - other.y) < _LINE
        for one, other in combinations(labels, 2))


def _ends(
    derivation: Derivation, network: Network, columns: list[float], places: list[list[float]],
) -> list[Label]:
    """Inputs on the left and targets on the right, where there is one sample only."""
    if len(network.samples) > 1:
        return []
    labels = []
    for role, layer, anchor, x in ((ACTIVATION, 0, "end", columns[0] - RADIUS - 6),
                                   (TARGET, network.last, "start", columns[-1] + RADIUS + 6)):
        if len(network.layers[layer]) > len(places[layer]):
            continue
        for y, unit in zip(places[layer], network.layers[layer], strict=True):
            value = _value(derivation, str(Ref(role, layer, (unit,))))
            labels.append(Label(x, y + 4, value if role == ACTIVATION else f"→ {value}", anchor))
    return labels


def _circuit(derivation: Derivation, graph: CircuitGraph) -> Picture:
    circuit = graph.circuit
    depth = {name: 0 for name, _ in circuit.inputs}
    for gate in circuit.gates:
        depth[gate.name] = 1 + max((depth[name] for name in symbols(gate.expression)), default=0)
    texts = {gate.name: linear(formula(gate.expression, derivation.naming.name), Glyphs.FULL) for gate in circuit.gates}
    texts |= {name: _value(derivation, name) for name, _ in circuit.inputs}
    texts = {name: text if len(text) <= 24 else text[:23] + "…" for name, text in texts.items()}
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in (*dict(circuit.inputs), *texts):
        if name not in columns[depth[name]]:
            columns[depth[name]].append(name)
    where: dict[str, tuple[float, float]] = {}
    rows = max(map(len, columns))
    x = 20.0
    halves: dict[str, float] = {}
    for column in columns:
        halves |= {name: max(RADIUS, max(len(name), 1) * _LETTER / 2 + 8) for name in column}
        half = max(max(halves[name], len(texts[name]) * _LETTER / 2) for name in column)
        where |= {name: (x + half, 20 + _ROW * (rows - len(column)) / 2 + _ROW * (n + 0.4))
                  for n, name in enumerate(column)}
        x += 2 * half + 60
    nodes = tuple(Node(*where[name], derivation.name_of(name), texts[name], halves[name],
                       is_box=depth[name] > 0) for name in where)
    lines = tuple(
        _between(where[used][0], where[used][1], *where[gate.name], halves[used], halves[gate.name])
        for gate in circuit.gates for used in symbols(gate.expression))
    return Picture(x - 40, 20 + _ROW * rows, nodes, lines, (), f"A circuit of {len(circuit.gates)} gates")


def _value(derivation: Derivation, quantity: str) -> str:
    return to_text(derivation.values(quantity), _DIGITS)


def _between(
    x1: float, y1: float, x2: float, y2: float, half1: float = RADIUS, half2: float = RADIUS,
) -> Line:
    """A line from the edge of one node to the edge of the next."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    across, down = (x2 - x1) / length, (y2 - y1) / length
    return Line(x1 + half1 * across, y1 + RADIUS * down, x2 - (half2 + 2) * across, y2 - (RADIUS + 2) * down)
