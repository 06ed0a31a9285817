"""One unit of a network too large for the screen: all edges into it, row by row, and dimly those out of it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.graph import Highlight
from tui_backprop.drawing.canvas import RIGHT, Canvas
from tui_backprop.drawing.diagram.model import Diagram, Edge, Unit, line_end
from tui_backprop.typeset.glyphs import Glyphs, plain_text

MARGIN = 1
SHORTEST_EDGE = 2
LONGEST_EDGE = 18
BRACKET = 2
_BOTH_ENDS = 3
"""On so many rows an edge can stand between two rows that tell what is left out."""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge with the unit at its other end; None for a bias."""

    edge: Edge
    unit: Unit | None

    @property
    def name(self) -> str:
        return f"({self.unit.label})" if self.unit else "bias"

    @property
    def value(self) -> str:
        return (self.unit.value or "") if self.unit else ""

    @property
    def room(self) -> int:
        """Columns for the value, now or later."""
        return self.unit.value_room if self.unit else 0

    @property
    def weight(self) -> str:
        return self.edge.weight or "…"


@dataclass(frozen=True, slots=True)
class Window:
    """As many of a unit's links as there are rows for, and the number of those above and below."""

    links: tuple[Link, ...] = ()
    above: int = 0
    below: int = 0

    @property
    def height(self) -> int:
        return len(self.links) + (self.above > 0) + (self.below > 0)

    def width(self, of: str) -> int:
        """The widest ``name``, ``value`` or ``weight`` of the links, plus one blank; 0 where all are empty.

        A value has its room before it is there, so that the picture does not shift.
        """
        widest = max((max(len(getattr(link, of)), link.room if of == "value" else 0) for link in self.links), default=0)
        return widest + 1 if widest else 0


@dataclass(frozen=True, slots=True)
class FocusPlace:
    """The places of things: the row of the unit, the column where the unit begins, and the length of an edge."""

    row: int
    unit: int
    edge: int


def draw_focus(diagram: Diagram, highlight: Highlight, canvas: Canvas) -> None:
    """Draw the unit that is in focus with its fan-in in full and its fan-out dim."""
    layer, index = highlight.focus or (len(diagram.layers) - 1, 0)
    links = _links_in(diagram, layer, index)
    top = 1 if canvas.height > 3 and len(links) != canvas.height else 0  # rather every edge than the titles
    rows = canvas.height - top
    coming = _window(links, highlight, rows)
    going = _window(_links_out(diagram, layer, index), highlight, rows)
    unit = diagram.layers[layer].units[index]
    beside = _outputs_room(diagram, layer, index, rows)
    place, going = _place(unit, coming, going, canvas, top, beside)
    _draw_fan_in(canvas, highlight, coming, place, top)
    _draw_fan_out(canvas, highlight, going, unit, place, top)
    canvas.text(place.unit, place.row, f"({unit.label})", highlight.text_role(unit.key, "unit"))
    canvas.text(place.unit, place.row + 1, unit.value or "", "value")
    if layer == len(diagram.layers) - 1:
        _draw_outputs(canvas, highlight, diagram.layers[layer].units, index, place, top)
    if top:
        canvas.text(place.unit, 0, diagram.layers[layer].title, "title")
        if coming.links:
            canvas.text(MARGIN, 0, _title(diagram, layer - 1, canvas.glyphs), "title")
        if going.links:
            title = _title(diagram, layer + 1, canvas.glyphs)
            canvas.text(min(_fan_out_names(going, unit, place), canvas.width - len(title)), 0, title, "title")


def _draw_outputs(
    canvas: Canvas, highlight: Highlight, units: Sequence[Unit], index: int, place: FocusPlace, top: int
) -> None:
    """Draw the unit's target, and other outputs with theirs where there is room: in softmax they belong together."""
    column = place.unit + _unit_width(units[index]) + BRACKET
    target = units[index].target
    if target is not None:
        canvas.text(column, place.row, target.label, highlight.text_role(target.key, "target"))
        canvas.text(column, place.row + 1, target.value or "", "value")
    column += _target_width(units[index])
    others = _other_outputs(units, index, canvas.height - top)
    row = max(min(place.row - (len(others) - 1) // 2, canvas.height - len(others)), top)
    for other in others:
        if column + len(_output_text(other)) <= canvas.width:
            canvas.text(column, row, _output_text(other), "dim")
            canvas.text(column, row, f"({other.label})", highlight.text_role(other.key, "dim"))
        row += 1


def _other_outputs(units: Sequence[Unit], index: int, rows: int) -> list[Unit]:
    """As many outputs near this one as there are rows."""
    first = max(min(index - rows // 2, len(units) - rows - 1), 0)
    return [units[n] for n in range(first, min(first + rows + 1, len(units))) if n != index]


def _output_text(unit: Unit) -> str:
    target = f" {unit.target.label} {unit.target.value or ''}" if unit.target is not None else ""
    return " ".join(filter(None, (f"({unit.label})", unit.value, target))).rstrip()


def _target_width(unit: Unit) -> int:
    return max(len(unit.target.label), len(unit.target.value or "")) + 2 * BRACKET if unit.target is not None else 0


def _outputs_room(diagram: Diagram, layer: int, index: int, rows: int) -> int:
    """Columns for the target and the other outputs, to the right of an output; none for other units."""
    units = diagram.layers[layer].units
    if layer < len(diagram.layers) - 1:
        return 0
    others = max((len(_output_text(unit)) for unit in _other_outputs(units, index, rows)), default=0)
    return BRACKET + _target_width(units[index]) + others


def _links_in(diagram: Diagram, layer: int, index: int) -> tuple[Link, ...]:
    """The bias, if there is one, and every weight into a unit."""
    if layer == 0:
        return ()
    sources = diagram.layers[layer - 1].units
    links = tuple(Link(diagram.edge(layer, i, index), source) for i, source in enumerate(sources))
    bias = diagram.layers[layer].units[index].bias
    return (Link(bias, None), *links) if bias else links


def _links_out(diagram: Diagram, layer: int, index: int) -> tuple[Link, ...]:
    if layer + 1 == len(diagram.layers):
        return ()
    targets = diagram.layers[layer + 1].units
    return tuple(Link(diagram.edge(layer + 1, index, j), target) for j, target in enumerate(targets))


def _window(links: tuple[Link, ...], highlight: Highlight, rows: int) -> Window:
    """The links that fit in so many rows, the first lit one among them; a row tells the number left out at an end."""
    if len(links) <= rows:
        return Window(links)
    marked = next((n for n, link in enumerate(links) if highlight.drawing_order(link.edge.key) > 0), 0)
    size = max(rows - 1, 1)
    if marked < size:
        return Window(links[:size], 0, len(links) - size)
    if marked >= len(links) - size:
        return Window(links[-size:], len(links) - size, 0)
    if rows < _BOTH_ENDS:
        return Window(links[marked:marked + 1], 0, len(links) - 1)
    size = rows - 2
    start = marked - size // 2
    return Window(links[start : start + size], start, len(links) - start - size)


def _place(
    unit: Unit, coming: Window, going: Window, canvas: Canvas, top: int, beside: int
) -> tuple[FocusPlace, Window]:
    """Where the unit stands, and the window of edges out of it, which is empty where the width is too small for both.

    ``beside``: columns that are wanted to the right of the unit.
    """
    used = max(coming.height, going.height, 2)
    top += 1 if canvas.height - top > used else 0
    row = top + (used - 1) // 2
    fan_in = coming.width("name") + coming.width("value") + coming.width("weight") - 1 + BRACKET if coming.links else 0
    fan_out = BRACKET + going.width("weight") + going.width("name") - 1 if going.links else 0
    spare = canvas.width - 2 * MARGIN - fan_in - _unit_width(unit) - fan_out
    sides = bool(coming.links) + bool(going.links)
    if going.links and coming.links and spare // sides < SHORTEST_EDGE:
        spare, going, sides = spare + fan_out, Window(), 1
    if spare - beside >= SHORTEST_EDGE:
        spare -= beside
    edge = max(min(spare // max(sides, 1), LONGEST_EDGE), 0)
    return FocusPlace(row, MARGIN + fan_in + (edge if coming.links else 0), edge), going


def _title(diagram: Diagram, layer: int, glyphs: Glyphs) -> str:
    shown = diagram.layers[layer]
    between = ", " if glyphs is Glyphs.ASCII else " · "
    return f"{shown.title}{between}{len(shown.units)} units" if len(shown.units) > 1 else shown.title


def _unit_width(unit: Unit) -> int:
    return max(len(unit.label) + 2, unit.value_room)


def _fan_out_names(going: Window, unit: Unit, place: FocusPlace) -> int:
    """The column where the names of the units further on begin."""
    return place.unit + _unit_width(unit) + BRACKET + place.edge + going.width("weight")


def _first_row(window: Window, row: int, top: int, height: int) -> int:
    """The row where a window begins, so that its middle is at ``row`` and all of it on the canvas."""
    return max(min(row - max(window.height - 1, 0) // 2, height - window.height), top)


def _and_more(count: int, glyphs: Glyphs) -> str:
    return plain_text(f"… {count} more", glyphs)


def _more(canvas: Canvas, window: Window, column: int, first: int) -> int:
    """Write how many links lie above and below; gives the row of the first link."""
    for count, row in ((window.above, first), (window.below, first + window.height - 1)):
        if count:
            text = _and_more(count, canvas.glyphs)
            canvas.text(max(min(column, canvas.width - len(text)), 0), row, text, "more")
    return first + (1 if window.above else 0)


def _draw_fan_in(canvas: Canvas, highlight: Highlight, coming: Window, place: FocusPlace, top: int) -> None:
    if not coming.links:
        return
    row = _more(canvas, coming, MARGIN, _first_row(coming, place.row, top, canvas.height))
    bracket = place.unit - BRACKET
    canvas.bracket(bracket, range(row, row + len(coming.links)), place.row, "edge")
    canvas.connect((bracket + 1, place.row), (bracket + 1, place.row), "edge")
    value_column = MARGIN + coming.width("name")
    edge_column = value_column + coming.width("value")
    for link in coming.links:
        label = bracket - len(link.weight)
        if link.unit:
            role, heavy = highlight.edge_role(link.edge.key)
            canvas.connect((edge_column, row), (line_end(label, link.weight), row), role, heavy)
        key = link.unit.key if link.unit else link.edge.key
        canvas.text(MARGIN, row, link.name, highlight.text_role(key, "unit"))
        canvas.text(value_column, row, link.value, "value")
        canvas.text(label, row, link.weight, highlight.text_role(link.edge.key, "weight"))
        row += 1


def _draw_fan_out(canvas: Canvas, highlight: Highlight, going: Window, unit: Unit, place: FocusPlace, top: int) -> None:
    if not going.links:
        return
    names = _fan_out_names(going, unit, place)
    row = _more(canvas, going, names, _first_row(going, place.row, top, canvas.height))
    bracket = place.unit + _unit_width(unit)
    start = place.unit + len(unit.label) + 2
    canvas.connect((start, place.row), (bracket - 1, place.row), "dim")
    canvas.bracket(bracket, range(row, row + len(going.links)), place.row, "dim", opens=RIGHT)
    for link in going.links:
        role, heavy = highlight.edge_role(link.edge.key)
        label = names - 1 - len(link.weight)
        canvas.connect((bracket + 1, row), (line_end(label, link.weight), row), role if heavy else "dim", heavy)
        canvas.text(label, row, link.weight, highlight.text_role(link.edge.key, "dim"))
        canvas.text(names, row, link.name, highlight.text_role(link.unit.key if link.unit else "", "dim"))
        row += 1
