"""Where the nodes of a circuit stand: columns by depth, rows so that lines are short and seldom cross.

A line that passes a column on its way has a place there like a node, so that nothing is ever written over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui_backprop.dataclass import dataclass, field
from tui_backprop.drawing.diagram.circuit_model import CircuitDiagram, CircuitNode

ItemPlace = tuple[int, str]
"""A column and a node's key: in the node's own column the node itself, in later ones its line on the way."""


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """How many rows a node takes: 1 ``(+) q 3|−4``; 2 with the gradient under the value; 3 with the name between."""

    rows: int
    gap: int = 0

    def slot(self, entries: int) -> int:
        """The height of a node with so many lines coming in."""
        return max(self.rows, entries)

    def name_row(self, entries: int) -> int:
        """The row of the name in the node's slot."""
        if self.rows == 3:
            return (self.slot(entries) - 1) // 2
        return max(entries - 1, 0) // 2

    def entry_rows(self, entries: int) -> Sequence[int]:
        """The rows of the slot where lines come in, top to bottom."""
        if entries == 1:
            return (self.name_row(1),)
        return (0, 2) if self.rows == 3 and entries == 2 else range(entries)


@dataclass(frozen=True, slots=True)
class LayoutItem:
    """Something that takes rows in a column: a node, or (``node`` None) a passing line; and its sources."""

    place: ItemPlace
    node: CircuitNode | None
    sources: tuple[ItemPlace, ...]


@dataclass
class ItemRows:
    """The row of each item's slot, and with it where lines leave and arrive."""

    style: NodeStyle
    top: dict[ItemPlace, int] = field(default_factory=dict)
    arriving: dict[tuple[ItemPlace, ItemPlace], int] = field(default_factory=dict)
    """By source and item, the row where the line from the one comes in to the other."""

    def leaving(self, item: LayoutItem) -> int:
        """The row in which the item's line leaves it."""
        name = self.style.name_row(len(item.sources)) if item.node else 0
        return self.top[item.place] + name

    def offsets(self, item: LayoutItem, columns: ItemColumns) -> dict[ItemPlace, int]:
        """For each source, the row of the slot where its line arrives, in the order of the sources' own rows."""
        ordered = sorted(item.sources, key=lambda place: (self.leaving(columns.items[place]), place))
        rows = self.style.entry_rows(len(ordered)) if item.node else (0,)
        return dict(zip(ordered, rows, strict=True))


@dataclass(frozen=True)
class ItemColumns:
    """The items by place, and the places of each column from top to bottom."""

    items: dict[ItemPlace, LayoutItem]
    order: list[list[ItemPlace]]
    targets: dict[ItemPlace, list[ItemPlace]]


def columns_of(circuit: CircuitDiagram, keys: Iterable[str], *, inputs_first: bool) -> ItemColumns:
    """These nodes in columns by depth. ``inputs_first``: nodes without a source stand left, else near their gate."""
    kept = set(keys)
    nodes = [node for node in circuit.nodes if node.key in kept]
    depth = _depths(circuit, nodes, kept, inputs_first)
    last = {node.key: max((depth[t] for t in circuit.targets[node.key] if t in kept), default=depth[node.key] + 1)
            for node in nodes}
    items: dict[ItemPlace, LayoutItem] = {}
    order: list[list[ItemPlace]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        column = depth[node.key]
        sources = tuple((column - 1, source) for source in node.sources if source in kept)
        for at in range(column, max(last[node.key], column + 1)):
            place = (at, node.key)
            first, line = LayoutItem(place, node, sources), LayoutItem(place, None, ((at - 1, node.key),))
            items[place] = first if at == column else line
            order[at].append(place)
    targets: dict[ItemPlace, list[ItemPlace]] = {place: [] for place in items}
    for item in items.values():
        for source in item.sources:
            targets[source].append(item.place)
    columns = ItemColumns(items, order, targets)
    _untangle(columns)
    return columns


def _depths(
    circuit: CircuitDiagram, nodes: Sequence[CircuitNode], kept: set[str], inputs_first: bool
) -> dict[str, int]:
    depth: dict[str, int] = {}
    for node in nodes:
        depth[node.key] = max((depth[source] + 1 for source in node.sources if source in kept), default=0)
    if not inputs_first:
        for node in reversed(nodes):
            targets = [depth[target] for target in circuit.targets[node.key] if target in kept]
            if targets and not any(source in kept for source in node.sources):
                depth[node.key] = min(targets) - 1
    return depth


def _untangle(columns: ItemColumns) -> None:
    """Order each column by the places of its neighbours, forth and back, so that in a few rounds few lines cross."""
    for _ in range(4):
        for forward in (True, False):
            rank = {place: n / max(len(column), 1) for column in columns.order for n, place in enumerate(column)}
            for column in columns.order if forward else reversed(columns.order):
                wanted = {}
                for place in column:
                    near = columns.items[place].sources if forward else columns.targets[place]
                    wanted[place] = sum(rank[n] for n in near) / len(near) if near else rank[place]
                column.sort(key=lambda place: wanted[place])
                rank |= {place: n / len(column) for n, place in enumerate(column)}


def rows_of(columns: ItemColumns, style: NodeStyle, height: int) -> ItemRows | None:
    """A row for every item, so that lines are as straight as possible; None where the height is too small."""
    rows = ItemRows(style)
    heights = {item.place: style.slot(len(item.sources)) if item.node else 1 for item in columns.items.values()}
    for column in columns.order:
        free = height - sum(heights[place] for place in column) - style.gap * (len(column) - 1)
        if free < 0:
            return None
        at, spread = 0, free // len(column) if columns.order.index(column) == 0 else 0
        for place in column:
            rows.top[place] = at + spread // 2
            at += heights[place] + style.gap + spread
    for forward in (True, False, True):
        for column in columns.order if forward else reversed(columns.order):
            wanted = {place: _find_wanted_row(columns, rows, columns.items[place], forward) for place in column}
            _settle(column, wanted, heights, rows.top, style.gap, height)
    for column in columns.order:
        _arrive(columns, rows, column, heights, height)
    return rows


def _arrive(
    columns: ItemColumns, rows: ItemRows, column: Sequence[ItemPlace], heights: Mapping[ItemPlace, int], height: int
) -> None:
    """Let each line arrive level with its source if that row is its gate's or nobody's; else in the gate's slot."""
    free = 0
    for n, place in enumerate(column):
        item = columns.items[place]
        offsets = rows.offsets(item, columns)
        below = rows.top[column[n + 1]] if n + 1 < len(column) else height
        taken = [rows.top[place] + offset for offset in offsets.values()]
        if len(offsets) > 1:
            taken = _level([rows.leaving(columns.items[source]) for source in offsets], taken, free, below)
        rows.arriving |= {(source, place): row for source, row in zip(offsets, taken, strict=True)}
        free = max([rows.top[place] + heights[place], *(row + 1 for row in taken)])


def _level(wanted: Sequence[int], slot: Sequence[int], first: int, end: int) -> list[int]:
    """The wanted rows where they lie from ``first`` to before ``end`` and in order; elsewhere those of the slot."""
    rows = list(slot)
    for n, row in enumerate(wanted):  # outwards to the top, from the first line on
        if first <= row <= slot[n] and (n == 0 or row > rows[n - 1]):
            rows[n] = row
    for n in reversed(range(len(wanted))):
        if slot[n] <= wanted[n] < end and (n + 1 == len(rows) or wanted[n] < rows[n + 1]):
            rows[n] = wanted[n]
    return rows


def _find_wanted_row(columns: ItemColumns, rows: ItemRows, item: LayoutItem, forward: bool) -> float:
    """The top row at which the item's lines are straightest."""
    if forward:
        offsets = rows.offsets(item, columns)
        ends = [rows.leaving(columns.items[source]) - offset for source, offset in offsets.items()]
    else:
        own = rows.leaving(item) - rows.top[item.place]
        targets = [columns.items[place] for place in columns.targets[item.place]]
        ends = [rows.top[t.place] + rows.offsets(t, columns)[item.place] - own for t in targets]
    return sum(ends) / len(ends) if ends else rows.top[item.place]


def _settle(
    column: Sequence[ItemPlace], wanted: Mapping[ItemPlace, float], heights: Mapping[ItemPlace, int],
    top: dict[ItemPlace, int],
    gap: int, height: int,
) -> None:
    """Put each item at the row it wants, or as near as those above and below it allow."""
    at = 0
    for place in column:
        top[place] = max(int(wanted[place] + 0.5), at)
        at = top[place] + heights[place] + gap
    limit = height
    for place in reversed(column):
        top[place] = min(top[place], limit - heights[place])
        limit = top[place] - gap
