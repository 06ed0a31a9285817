"""The whole network in one picture: every edge ends at its own weight's label, stacked in front of its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.graph import Highlight
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.diagram.model import Diagram, Edge, Unit, line_end
from tui_backprop.typeset.glyphs import Glyphs

MARGIN = 1
SHORTEST_EDGE, SHORTEST_IN_CHAIN = 4, 1
LONGEST_EDGE, LONGEST_IN_TALL, TALL = 26, 50, 14
"""The most columns of an edge; and the most in a tall picture, and how many rows make a picture tall."""
WIDEST_GAP = 3
"""The most empty rows between two units."""
LEAST_SPARE = 4
"""With no more empty rows than this, the picture stands at the top."""
LEAST_TANGLED = 3
"""Where edges cross, units with fewer rows than this to each of them stand a row apart: else the edges are one knot."""
BRACKET, APART = 2, 1
"""Columns of the bracket that gathers a stack of labels into their unit; and between a single label and its unit."""
LEGEND = "weight above, gradient below"
"""What stands on an edge, where both are there."""


@dataclass(frozen=True, slots=True)
class OverviewStyle:
    """How the picture is laid out: with layer titles or not, values under or beside the units, rows for each label."""

    titles: bool
    values_below: bool
    pitch: int = 1


STYLES = (OverviewStyle(True, True), OverviewStyle(True, False),
          OverviewStyle(False, True), OverviewStyle(False, False))
"""The styles, from the roomiest to the tightest."""
WITH_GRADIENTS = (OverviewStyle(True, True, 2), OverviewStyle(False, True, 2))
"""The styles with a row under each weight for its gradient."""


@dataclass(frozen=True, slots=True)
class IncomingLabel:
    """One label of a stack: the edge, the place of its source (None for a bias), and the text."""

    edge: Edge
    source: int | None
    text: str

    @property
    def room(self) -> int:
        """Columns for the label, and for the gradient below it, which stands apart from the unit's value."""
        return max(len(self.text), self.edge.gradient_room + 1 if self.edge.gradient_room else 0)


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit with its stack of labels: the row of the unit, and of the first label."""

    unit: Unit
    row: int
    stack: tuple[IncomingLabel, ...]
    first_label: int


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """A layer in its columns: labels end before ``labels_end``, units begin at ``left``, their edges at ``right``."""

    title: str
    placed: tuple[PlacedUnit, ...]
    labels_end: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole network in its place: the style, the row of the titles, and the columns of each layer."""

    style: OverviewStyle
    titles: int
    columns: tuple[LayerColumn, ...]


def plan_overview(diagram: Diagram, width: int, height: int, glyphs: Glyphs) -> Plan | None:
    """A plan of the whole network on so many columns and rows; None where they are too few."""
    styles = (*WITH_GRADIENTS, *STYLES) if diagram.gradients else STYLES
    style = next((style for style in styles if _count_rows(diagram, style) <= height), None)
    if style is None or width <= 0:
        return None
    titles, rows = _rows(diagram, style, height)
    names_sources = glyphs is not Glyphs.FULL
    columns = _columns(diagram, style, _place_units(diagram, style, rows, names_sources), width, height)
    return None if columns is None else Plan(style, titles, columns)


def draw_overview(diagram: Diagram, highlight: Highlight, canvas: Canvas) -> bool:
    """Draw the whole network; False, with nothing drawn, where the canvas is too small for it."""
    plan = plan_overview(diagram, canvas.width, canvas.height, canvas.glyphs)
    if plan is None:
        return False
    style, titles, columns = plan.style, plan.titles, plan.columns
    for n, column in enumerate(columns[1:], start=1):
        _draw_edges(columns[n - 1], column, style, highlight, canvas)
    for column in columns:
        if style.titles:
            canvas.text(column.left, titles, column.title, "title")
        for placed in column.placed:
            _draw_unit(placed, column, style, highlight, canvas)
    if style.pitch > 1 and any(each.edge.gradient for column in columns for p in column.placed for each in p.stack):
        _draw_legend(canvas, titles)
    return True


def _draw_legend(canvas: Canvas, titles: int) -> None:
    """Say what stands on an edge: in the last row that is empty, or else in one at whose end there is room."""
    empty = next((row for row in range(canvas.height - 1, titles, -1) if not canvas.used(0, row, canvas.width)), None)
    for row in (canvas.height - 1, titles + 1) if empty is None else (empty,):
        for column in (MARGIN, canvas.width - len(LEGEND)):
            if not canvas.used(column - 1, row, len(LEGEND) + 2):
                canvas.text(column, row, LEGEND, "note")
                return


def _count_rows(diagram: Diagram, style: OverviewStyle) -> int:
    """The rows of the tallest layer and its title, from counts alone: no edge is looked at."""
    apart = _least_gap(diagram, style)
    tallest = max(len(layer.units) * (_slot(_stack_size(diagram, n), style) + apart) - apart
                  for n, layer in enumerate(diagram.layers))
    return tallest + (1 if style.titles else 0)


def _least_gap(diagram: Diagram, style: OverviewStyle) -> int:
    """The empty rows between two units that there must be at least."""
    counts = [len(layer.units) for layer in diagram.layers]
    tangled = [n for n in range(1, len(counts)) if counts[n] > 1 and counts[n - 1] > 1]
    return 1 if any(_slot(_stack_size(diagram, n), style) < LEAST_TANGLED for n in tangled) else 0


def _stack_size(diagram: Diagram, layer: int) -> int:
    has_bias = layer > 0 and diagram.layers[layer].units[0].bias is not None
    return diagram.fan_in(layer) + (1 if has_bias else 0)


def _slot(stack: int, style: OverviewStyle) -> int:
    """Rows of a unit with its stack: the unit stands at the stack's middle, its value on the next row."""
    return max(stack * style.pitch, _anchor(stack, style) + (2 if style.values_below else 1))


def _anchor(stack: int, style: OverviewStyle) -> int:
    """The unit's row in its slot: that of the middle label, or between the two middle ones where there is a row."""
    return max(stack - 1, 0) * style.pitch // 2


def _rows(diagram: Diagram, style: OverviewStyle, height: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """The row of the titles, and the first row of each unit's slot, per layer.

    Small layers are spread over the height of the tallest; in a tall picture all of it stands nearer to the middle.
    """
    spare = height - _count_rows(diagram, style)
    most_units = max(len(layer.units) for layer in diagram.layers)
    least = _least_gap(diagram, style)
    more = min(spare // (most_units - 1), WIDEST_GAP - least) if most_units > 1 else 0
    spare -= more * (most_units - 1)
    gap = least + more
    titles = max(spare - LEAST_SPARE, 0) // 3
    top = titles + (1 if style.titles else 0)
    if style.titles and spare > 0:
        top += 1
    slots = [_slot(_stack_size(diagram, n), style) for n in range(len(diagram.layers))]
    counts = [len(layer.units) for layer in diagram.layers]
    span = max(count * slot + gap * (count - 1) for count, slot in zip(counts, slots, strict=True))
    return titles, tuple(
        tuple(top + row for row in _first_rows(count, slot, gap if least else 0, span))
        for count, slot in zip(counts, slots, strict=True)
    )


def _first_rows(count: int, slot: int, gap: int, span: int) -> tuple[int, ...]:
    """The first rows of one layer's slots on so many rows: evenly, or in the tallest layer ``gap`` apart."""
    spare = span - count * slot
    if gap and spare == gap * (count - 1):
        return tuple(i * (slot + gap) for i in range(count))
    return tuple(i * slot + (2 * i + 1) * spare // (2 * count) for i in range(count))


def _stack(diagram: Diagram, layer: int, place: int, name_sources: bool) -> tuple[IncomingLabel, ...]:
    """The labels in front of a unit, in the order of their sources, the bias last."""
    if layer == 0:
        return ()
    sources = diagram.layers[layer - 1].units
    stack = []
    for i, source in enumerate(sources):
        edge = diagram.edge(layer, i, place)
        name = f"{source.label}:" if name_sources and len(sources) > 1 else ""
        stack.append(IncomingLabel(edge, i, name + (edge.weight or "…")))
    bias = diagram.layers[layer].units[place].bias
    if bias is not None:
        stack.append(IncomingLabel(bias, None, f"{bias.letter}{':' if name_sources else ' '}{bias.weight or '…'}"))
    return tuple(stack)


def _place_units(
    diagram: Diagram, style: OverviewStyle, rows: Sequence[Sequence[int]], names_sources: bool,
) -> list[tuple[PlacedUnit, ...]]:
    """Every unit with its labels, by layers, from the first row of each one's slot."""
    layers: list[tuple[PlacedUnit, ...]] = []
    for n, layer in enumerate(diagram.layers):
        placed = []
        for place, (unit, row) in enumerate(zip(layer.units, rows[n], strict=True)):
            stack = _stack(diagram, n, place, names_sources)
            placed.append(PlacedUnit(unit, row + _anchor(len(stack), style), stack, row))
        layers.append(tuple(placed))
    return layers


def _columns(
    diagram: Diagram, style: OverviewStyle, layers: Sequence[tuple[PlacedUnit, ...]], width: int, height: int,
) -> tuple[LayerColumn, ...] | None:
    """Every layer in its place; None where the width is too small."""
    widths = [max(_unit_width(placed.unit, style) for placed in layer) for layer in layers]
    labels = [max((i.room for p in layer for i in p.stack), default=0) for layer in layers]
    targets = max(_target_width(placed.unit, style) for placed in layers[-1])
    gaps = len(layers) - 1
    is_chain = all(len(placed) == 1 for placed in layers)
    longest = LONGEST_IN_TALL if height >= TALL else LONGEST_EDGE
    brackets = [BRACKET if any(len(p.stack) > 1 for p in layer) else APART if n else 0
                for n, layer in enumerate(layers)]
    shortest = SHORTEST_IN_CHAIN if is_chain else SHORTEST_EDGE - (APART if APART in brackets else 0)
    spare = width - MARGIN - sum(widths) - sum(labels) - sum(brackets) - targets
    edge = min(spare // gaps, longest) if gaps else 0
    if edge < shortest and gaps:
        return None
    columns, left = [], MARGIN
    for n, (wide, label, bracket) in enumerate(zip(widths, labels, brackets, strict=True)):
        left += (edge if n else 0) + label + bracket
        columns.append(LayerColumn(diagram.layers[n].title, layers[n], left - bracket, left, left + wide))
        left += wide
    return tuple(columns)


def _unit_width(unit: Unit, style: OverviewStyle) -> int:
    name, value = len(unit.label) + 2, unit.value_room
    return max(name, value) if style.values_below else name + (value + 1 if value else 0)


def _target_width(unit: Unit, style: OverviewStyle) -> int:
    if unit.target is None:
        return 0
    name, value = len(unit.target.label), len(unit.target.value or "")
    return 2 + (max(name, value) if style.values_below else name + 1 + value)


def _draw_edges(
    before: LayerColumn, column: LayerColumn, style: OverviewStyle, highlight: Highlight, canvas: Canvas
) -> None:
    """Draw the lines into one layer, those that stand out last.

    Box lines from several units would run into each other: without braille those are rows of marks, and of many only
    the ones that stand out are drawn. From one unit they part like a tree.
    """
    one, tangled = len(before.placed) == len(column.placed) == 1, len(before.placed) > 1
    few = len(before.placed) * len(column.placed) <= (_FEW_MARKED if len(column.placed) == 1 else _FEW_CROSSING)
    for line in sorted(_lines(before, column, style), key=lambda line: highlight.drawing_order(line.key)):
        role, heavy = highlight.edge_role(line.key)
        if line.end[0] < line.start[0]:
            continue  # the label alone fills the room
        if not one and canvas.glyphs is Glyphs.FULL:
            canvas.slope(line.start, line.end, role, heavy, stem=line.stem, level=line.level, tail=line.tail)
        elif not tangled or (line.start[1] == line.end[1] and (heavy or few)):
            canvas.connect(line.start, line.end, role, heavy)
        elif heavy or few:
            canvas.marks(line.start, line.end, role, heavy, line.stem, line.tail)


_FEW_MARKED, _FEW_CROSSING = 6, 4
"""Of more edges than this into one unit, or crossing, rows of marks would be scraps: the labels tell the sources."""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """An edge's line, from the cell behind its unit's name to the one in front of its label.

    It first runs level for ``stem`` columns, past the value below the unit, on the dot row ``level`` of that cell: so
    the lines of one unit part at once. Its last ``tail`` columns are level again: it is in its label's row before the
    widest label begins, and so runs into no other one.
    """

    key: str
    start: tuple[int, int]
    end: tuple[int, int]
    stem: int
    level: int
    tail: int


def _lines(before: LayerColumn, column: LayerColumn, style: OverviewStyle) -> Iterator[EdgeLine]:
    widest = max((label.room if style.pitch > 1 else len(label.text)  # with the gradients below, where they are written
                  for placed in column.placed for label in placed.stack), default=0)
    slopes_from, slopes_to = before.right, column.labels_end - widest
    if slopes_to - slopes_from > SHORTEST_EDGE:
        slopes_from += 1  # so that no line touches a value
    for number, placed in enumerate(column.placed):
        level = _level(number, len(column.placed))
        for offset, incoming in enumerate(placed.stack):
            if incoming.source is not None:
                source = before.placed[incoming.source]
                start = before.left + len(source.unit.label) + 2
                row = placed.first_label + offset * style.pitch
                end = line_end(column.labels_end - len(incoming.text), incoming.text, source.row == row)
                stem = slopes_from - start if source.row < row else 0
                tail = max(end + 1 - slopes_to, 0)
                yield EdgeLine(incoming.edge.key, (start, source.row), (end, row), stem, level, tail)


def _level(number: int, lines: int) -> int:
    """The dot row on which line ``number`` of a unit's ``lines`` begins: they are spread over the cell's four."""
    return 1 if lines == 1 else round(3 * number / (lines - 1))


def _draw_unit(
    placed: PlacedUnit, column: LayerColumn, style: OverviewStyle, highlight: Highlight, canvas: Canvas
) -> None:
    """Draw a unit, its value, its target, and the stack of labels with its bracket."""
    unit, row = placed.unit, placed.row
    for offset, incoming in enumerate(placed.stack):
        role = highlight.text_role(incoming.edge.key, "weight")
        at, edge = placed.first_label + offset * style.pitch, incoming.edge
        canvas.text(column.labels_end - len(incoming.text), at, incoming.text, role)
        if style.pitch > 1 and edge.gradient:
            role = highlight.text_role(edge.gradient_key, "target")
            canvas.text(column.labels_end - len(edge.gradient), at + 1, edge.gradient, role)
    if column.left - column.labels_end == BRACKET:
        rows = range(placed.first_label, placed.first_label + len(placed.stack) * style.pitch, style.pitch)
        canvas.bracket(column.labels_end, rows, row, "edge")
        canvas.connect((column.labels_end + 1, row), (column.left - 1, row), "edge")
    name = f"({unit.label})"
    canvas.text(column.left, row, name, highlight.text_role(unit.key, "unit"))
    value_at = (column.left, row + 1) if style.values_below else (column.left + len(name) + 1, row)
    canvas.text(*value_at, unit.value or "", "value")
    if unit.target is not None:
        target, start = unit.target, column.right + 2
        canvas.text(start, row, target.label, highlight.text_role(target.key, "target"))
        value_at = (start, row + 1) if style.values_below else (start + len(target.label) + 1, row)
        canvas.text(*value_at, target.value or "", "value")
