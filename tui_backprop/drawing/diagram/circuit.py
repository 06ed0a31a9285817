"""A circuit as a picture of cells: the whole of it where it fits, else the gate asked about with its neighbours.

Every line can be followed from its node to its gate, in every glyph level; nothing is written over anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.graph import Highlight
from tui_backprop.derivation.ids import line_key, value_key
from tui_backprop.drawing.canvas import DOWN, UP, Canvas
from tui_backprop.drawing.diagram.circuit_layout import (
    ItemColumns,
    ItemPlace,
    ItemRows,
    LayoutItem,
    NodeStyle,
    columns_of,
    rows_of,
)
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode
from tui_backprop.drawing.diagram.circuit_wires import Corner, Net, Route, corners, route, trace
from tui_backprop.typeset.glyphs import Glyphs, plain_text

STYLES = (
    (NodeStyle(3, 1), 1), (NodeStyle(2, 1), 1), (NodeStyle(2), 1), (NodeStyle(2, 1), 0), (NodeStyle(2), 0),
    (NodeStyle(1, 1), 1), (NodeStyle(1), 1), (NodeStyle(1), 0), (NodeStyle(3), 0),
)
"""The styles, from the roomiest to the tightest, each with the rows left free to say what stands where.

The last is the narrowest. It is for large circuits only: in it a gradient may stand right above another gate's value.
"""
LEGENDS = {3: "value above, gradient below", 2: "value, gradient below it", 1: "value|gradient"}
MARGIN = 1
BRACKET = 2
"""Columns of the bracket that gathers the lines into a gate and of the short line from it to the gate."""
SHORTEST_GAP, LONGEST_GAP = 2, 14
MOST_NODES, MOST_TRIED = 60, 16
"""The most nodes that are drawn, since no screen shows more; and how many neighbours are tried for the room left."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text in its place. ``key`` decides whether it is lit; ``usual`` is its role where it is not."""

    column: int
    row: int
    text: str
    key: str
    usual: str


@dataclass(frozen=True, slots=True)
class Wire:
    """The line from a node to a gate: its cells, each with the sides it reaches and the net it belongs to."""

    key: str
    cells: dict[Corner, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class CircuitPlan:
    """A circuit laid out in the rows ``first`` up to, not including, ``end``.

    No label lies on another, and no line on a label. ``left_out``: how many nodes are not shown.
    """

    labels: tuple[Lettering, ...]
    wires: tuple[Wire, ...]
    style: NodeStyle
    first: int
    end: int
    left_out: int = 0

    def down(self, height: int) -> int:
        """By how many rows the plan is moved down: to the middle, with the last row free for a note if possible."""
        room = height - (self.end - self.first)
        return (room - 1) // 2 - self.first if room > 1 else -self.first


def circuit_picture(
    circuit: CircuitDiagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs, rows: int
) -> Canvas:
    """The circuit drawn on a canvas of this size, laid out on so many of its rows."""
    canvas = Canvas(width, height, glyphs)
    plan = plan_circuit(circuit.rewrite_for(glyphs), highlight, canvas.width, min(canvas.height, rows))
    if plan is None:
        return canvas
    down = plan.down(canvas.height)
    _draw_wires(canvas, plan.wires, highlight, down)
    for label in plan.labels:
        canvas.text(label.column, label.row + down, label.text, highlight.text_role(label.key, label.usual))
    _draw_note(canvas, plan)
    return canvas


def plan_circuit(circuit: CircuitDiagram, highlight: Highlight, width: int, height: int) -> CircuitPlan | None:
    """The plan of the whole circuit where it fits, else of the surroundings of the gate in focus.

    None where not even that gate has room.
    """
    if width <= 0 or height <= 0 or not circuit.nodes:
        return None
    everything = [node.key for node in circuit.nodes]
    if len(everything) <= MOST_NODES:
        for inputs_first in (True, False):
            if plan := _plan(circuit, everything, width, height, inputs_first=inputs_first):
                return plan
    rings = _rings(circuit, _focus(circuit, highlight))
    keys, best = list(rings[0]), _plan(circuit, rings[0], width, height)
    for ring in rings[1:]:
        wider = _plan(circuit, [*keys, *ring], width, height)
        if wider is None:
            return _with_some(circuit, keys, _first_the_lit(ring, highlight), width, height) or best
        best, keys = wider, [*keys, *ring]
    return best


def circuit_fits_whole(circuit: CircuitDiagram, width: int, height: int) -> bool:
    """Does the whole circuit fit into so many columns and rows?"""
    everything = [node.key for node in circuit.nodes]
    return 0 < len(everything) <= MOST_NODES and any(
        _plan(circuit, everything, width, height, inputs_first=first) is not None for first in (True, False))


def _with_some(
    circuit: CircuitDiagram, keys: list[str], more: Sequence[str], width: int, height: int
) -> CircuitPlan | None:
    """These nodes and as many more as fit."""
    best = None
    for key in more[:MOST_TRIED]:
        wider = _plan(circuit, [*keys, key], width, height)
        best, keys = (wider, [*keys, key]) if wider else (best, keys)
    return best


def _focus(circuit: CircuitDiagram, highlight: Highlight) -> str:
    """The key of the last node that is lit (for a line, the gate that it leads to); the output where none is."""
    lit = [node.key for node in circuit.nodes if node.key in highlight.lit]
    return lit[-1] if lit else circuit.nodes[-1].key


def _rings(circuit: CircuitDiagram, focus: str) -> list[list[str]]:
    """The nodes by their distance from the one in focus, in lines."""
    rings, seen = [[focus]], {focus}
    while rings[-1] and len(seen) <= MOST_NODES:
        near = [key for at in rings[-1] for key in (*circuit.by_key[at].sources, *circuit.targets[at])]
        rings.append([key for key in dict.fromkeys(near) if key not in seen])
        seen |= set(rings[-1])
    return [ring for ring in rings if ring]


def _first_the_lit(keys: Sequence[str], highlight: Highlight) -> list[str]:
    return sorted(keys, key=lambda key: -(2 * (key in highlight.lit) + (key in highlight.path)))


def _plan(
    circuit: CircuitDiagram, keys: Sequence[str], width: int, height: int, *, inputs_first: bool = False
) -> CircuitPlan | None:
    """These nodes in the roomiest style that fits; None where none does."""
    columns = columns_of(circuit, keys, inputs_first=inputs_first)
    for style, free in STYLES:
        rows = rows_of(columns, style, height - free)
        plan = rows and _in_place(circuit, columns, rows, width, height - free)
        if plan:
            return plan
    return None


def _in_place(
    circuit: CircuitDiagram, columns: ItemColumns, rows: ItemRows, width: int, height: int
) -> CircuitPlan | None:
    """The columns side by side with their lines between them; None where the width is too small."""
    gaps = [_gap(columns, rows, column, height) for column in range(len(columns.order) - 1)]
    if any(gap is None for gap in gaps):
        return None
    ways = [gap for gap in gaps if gap is not None]
    texts = {item.place: _texts(circuit, item.node, rows.style, _is_cut(circuit, columns, item.node))
             for item in columns.items.values() if item.node}
    widths = [max((text[0] + text[3] for place in column if place in texts for text in texts[place]), default=1)
              for column in columns.order]
    brackets = [BRACKET if any(_has_bracket(columns.items[place]) for place in column) else 0
                for column in columns.order]
    least = [max(2 * tracks + 1, SHORTEST_GAP) for _, tracks in ways]  # uprights side by side would look joined
    spare = width - 2 * MARGIN - sum(widths) - sum(brackets) - sum(least)
    if spare < 0:
        return None
    more = min(spare // len(least), LONGEST_GAP) if least else 0
    lefts, tracks = [MARGIN + brackets[0]], []
    for n, (_, count) in enumerate(ways):
        start = lefts[n] + widths[n]
        gap = max(least[n], min(least[n] + more, max(LONGEST_GAP, least[n])))
        tracks.append(start + (gap - 2 * count + 1) // 2)
        lefts.append(start + gap + brackets[n + 1])
    labels = tuple(_labels(columns, rows, texts, lefts))
    wires = tuple(_wires(columns, rows, [way for way, _ in ways], lefts, tracks, texts))
    taken = [label.row for label in labels] + [row for wire in wires for _, row in wire.cells]
    left_out = len(circuit.nodes) - len(texts)
    return CircuitPlan(labels, wires, rows.style, min(taken), max(taken) + 1, left_out)


def _gap(columns: ItemColumns, rows: ItemRows, column: int, height: int) -> tuple[dict[ItemPlace, Route], int] | None:
    """How the lines out of a column reach the next one, and how many tracks they take; None where they cannot."""
    nets: dict[ItemPlace, Net] = {}
    for place in columns.order[column]:
        item = columns.items[place]
        arrives = frozenset(rows.arriving[place, target] for target in columns.targets[place])
        if arrives:
            nets[place] = Net(rows.leaving(item), arrives)
    routed = route(list(nets.values()), height)
    return (dict(zip(nets, routed[0], strict=True)), routed[1]) if routed else None


def _has_bracket(item: LayoutItem) -> bool:
    return item.node is not None and len(item.sources) > 1


def _is_cut(circuit: CircuitDiagram, columns: ItemColumns, node: CircuitNode | None) -> tuple[bool, bool]:
    """Is something left out that leads into this node, or that this node leads to?"""
    if node is None:
        return False, False
    shown = {item.place[1] for item in columns.items.values() if item.node}
    return (any(source not in shown for source in node.sources),
            any(target not in shown for target in circuit.targets[node.key]))


Piece = tuple[int, int, str, int, str, str]
"""A text of a node: column and row from the name's, the text, the room kept for it, its key and its usual role."""


def _texts(
    circuit: CircuitDiagram, node: CircuitNode | None, style: NodeStyle, cut: tuple[bool, bool]
) -> tuple[Piece, ...]:
    """The texts that are written for a node."""
    if node is None:
        return ()
    name = ("…" if cut[0] else "") + node.label
    value, gradient, room = node.value or "", node.gradient or "", circuit.room
    own, more = (value_key(node.key), "value"), (node.gradient_key, "target")
    end: tuple[Piece, ...] = ()
    if style.rows == 3:
        pieces = (0, -1, value, room, *own), (0, 0, name, len(name), node.key, "unit"), (0, 1, gradient, room, *more)
        end = ((len(name), 0, "…", 1, "", "more"),) if cut[1] else ()
        return (*pieces, *end)
    at = len(name) + 1
    named = (0, 0, name, len(name), node.key, "unit")
    if style.rows == 2:
        end = ((at + room + 1, 0, "…", 1, "", "more"),) if cut[1] else ()
        return (named, (at, 0, value, room, *own), (at, 1, gradient, room, *more), *end)
    after = at + len(value)
    bar = ((after, 0, "|", 1, "", "note"),) if gradient else ()
    end = ((at + 2 * room + 2, 0, "…", 1, "", "more"),) if cut[1] else ()
    return (named, (at, 0, value, room, *own), *bar, (after + 1, 0, gradient, room, *more), *end)


def _labels(
    columns: ItemColumns, rows: ItemRows, texts: dict[ItemPlace, tuple[Piece, ...]], lefts: Sequence[int]
) -> Iterator[Lettering]:
    for place, pieces in texts.items():
        row = rows.leaving(columns.items[place])
        for right, down, text, _, key, usual in pieces:
            if text:
                yield Lettering(lefts[place[0]] + right, row + down, text, key, usual)


def _wires(
    columns: ItemColumns, rows: ItemRows, ways: Sequence[dict[ItemPlace, Route]], lefts: Sequence[int],
    tracks: Sequence[int],
    texts: dict[ItemPlace, tuple[Piece, ...]],
) -> Iterator[Wire]:
    """Every line from its node's text to the gate, over all columns in between."""
    for item in columns.items.values():
        if item.node is None:
            continue
        for at in item.sources:
            points = [*_arriving(item, rows, at, lefts)]
            while True:
                source = columns.items[at]
                target_row = points[0][1]
                points[:0] = corners(ways[at[0]][at], tracks[at[0]], rows.leaving(source), target_row)
                if source.node is not None:
                    break
                points.insert(0, (lefts[at[0]], rows.leaving(source)))
                at = source.sources[0]
            own = [text for text in texts[at] if text[1] == 0 and text[2]]
            end = lefts[at[0]] + max(text[0] + len(text[2]) for text in own)
            points.insert(0, (end, rows.leaving(source)))
            sides = trace(points)
            into = lefts[item.place[0]] - BRACKET if _has_bracket(item) else lefts[item.place[0]]
            cells = {cell: (side, at[1] if cell[0] < into else f"into {item.node.key}") for cell, side in sides.items()}
            yield Wire(line_key(at[1], item.node.key), cells)


def _arriving(item: LayoutItem, rows: ItemRows, source: ItemPlace, lefts: Sequence[int]) -> Iterator[Corner]:
    """The last corners of a line: through the bracket, to the cell in front of the gate."""
    left, row = lefts[item.place[0]], rows.arriving[source, item.place]
    if _has_bracket(item):
        yield left - BRACKET, row
        yield left - BRACKET, rows.leaving(item)
    yield left - 1, rows.leaving(item)


def _draw_wires(canvas: Canvas, wires: Sequence[Wire], highlight: Highlight, down: int) -> None:
    """Draw in each cell the line that stands out most; where two equal ones cross, the upright one is in front."""
    found: dict[Corner, dict[str, tuple[int, int, str]]] = {}
    for wire in wires:
        order = highlight.drawing_order(wire.key)
        for cell, (sides, net) in wire.cells.items():
            nets = found.setdefault(cell, {})
            before = nets.get(net, (-9, 0, ""))
            nets[net] = (max(before[0], order), before[1] | sides, wire.key if order > before[0] else before[2])
    for (column, row), nets in found.items():
        order, sides, key = max(nets.values(), key=lambda each: (each[0], bool(each[1] & (UP | DOWN))))
        role, heavy = highlight.edge_role(key)
        canvas.sides(column, row + down, sides, role, heavy)


def _draw_note(canvas: Canvas, plan: CircuitPlan) -> None:
    """Write in the last row, where there is room at one of its ends, what stands where and how many are left out."""
    row = canvas.height - 1
    parts = [f"… {plan.left_out} more"] if plan.left_out else []
    parts += [LEGENDS[plan.style.rows]]
    text = plain_text("   ".join(parts), canvas.glyphs)[: canvas.width - MARGIN]
    for column in (MARGIN, canvas.width - len(text)):
        if not canvas.used(column - 1, row, len(text) + 2):
            canvas.text(column, row, text, "more")
            return

