"""A map of a cost over two quantities: bands of colour or characters, contour lines, a path, a point with an arrow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import CELL_DOTS, LIT, RAMP, Canvas
from tui_backprop.drawing.plots.axes import height_range
from tui_backprop.drawing.plots.frame import Frame, Point, frame
from tui_backprop.drawing.plots.roles import AXIS, BANDS, band_role
from tui_backprop.maths.numerals import to_text
from tui_backprop.typeset.glyphs import Glyphs, plain_text

CostGrid = tuple[tuple[float, ...], ...]
Dots = frozenset[tuple[int, int]]
MapCell = tuple[int, int]
"""Column and row."""
MapLabel = tuple[float, float, str]
"""A place on a contour line (x, y), and the cost there as text."""

_ARROW = 14.0
"""Length of the arrow at the point, in dots. It is two dots thick: contour lines are one, and a path has gaps."""
_NEAR = (-1, 0, 1)
_PATH_DASH = (1, 2)
_HEADS = "→↗↑↖←↙↓↘"
_PLAIN_HEADS = ">/^\\</v\\"
_BESIDE = ((2, 0), (2, -1), (0, -1), (-2, -1), (-2, 0), (-2, 1), (0, 1), (2, 1))
"""Where the head of an arrow without a shaft stands, in columns and rows from the point."""
CONTOUR_EVERY = 3
"""The number of bands between two contour lines."""
_LABEL_ROOM = 0.06
"""The least distance of a contour's number from edges and other things, as a share of the picture."""
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 8


@dataclass(frozen=True)
class Relief:
    """The costs of a map, row by row for ascending ``ys``, and the bands they are sorted into.

    Bands are narrow near the lowest cost and wide far above it, so that the valley shows.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    costs: CostGrid

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """The costs between one band and the next, ascending."""
        low, high = height_range(cost for row in self.costs for cost in row)
        finite = [cost for row in self.costs for cost in row if math.isfinite(cost)]
        low = min(finite, default=low)
        return tuple(low + (high - low) * (n / BANDS) ** 2 for n in range(1, BANDS))

    @cached_property
    def levels(self) -> tuple[float, ...]:
        """The costs of the contour lines, ascending."""
        return self.edges[CONTOUR_EVERY - 1::CONTOUR_EVERY]

    def crossings(self, level: float) -> Iterator[Point]:
        """The places where a contour line crosses the columns of the grid, between neighbouring points."""
        for (low, below), (high, above) in pairwise(zip(self.ys, self.costs, strict=True)):
            for x, one, other in zip(self.xs, below, above, strict=True):
                if (one < level) != (other < level) and math.isfinite(one + other):
                    yield x, low + (high - low) * (level - one) / (other - one)

    def band(self, cost: float) -> int | None:
        """The band of a cost; None where it is not finite."""
        return bisect_right(self.edges, cost) if math.isfinite(cost) else None

    def bands_at(self, xs: Sequence[float], ys: Sequence[float]) -> list[list[int | None]]:
        """A row for each of ``ys``: the bands at the nearest points of the grid."""
        bands = [[self.band(cost) for cost in row] for row in self.costs]
        columns = [_nearest(self.xs, x) for x in xs]
        return [[bands[row][column] for column in columns] for row in (_nearest(self.ys, y) for y in ys)]

    def costs_between(self, xs: Sequence[float], ys: Sequence[float]) -> Iterator[list[float]]:
        """A row for each of ``ys``: the costs at any places, interpolated from the four points of the grid around."""
        last_row, last_column = len(self.ys) - 1, len(self.xs) - 1
        columns = [(column, min(column + 1, last_column), part) for column, part in (_within(self.xs, x) for x in xs)]
        for y in ys:
            row, up = _within(self.ys, y)
            lower, upper = self.costs[row], self.costs[min(row + 1, last_row)]
            mixed = [low * (1 - up) + high * up for low, high in zip(lower, upper, strict=True)]
            yield [mixed[left] * (1 - part) + mixed[right] * part for left, right, part in columns]


@dataclass(frozen=True)
class Contours:
    """The contour lines of a map as they are drawn at one size."""

    dots: Dots
    labels: tuple[MapLabel, ...]


@dataclass(frozen=True)
class MapPicture:
    """What is shown of a map.

    ``path``: points in order, numbered from 0. ``here``: the learner's point; ``downhill``: the direction of a step
    from there, in the two quantities (of any length), where an arrow shows it. A path says it itself.
    """

    relief: Relief
    names: tuple[str, str] = ("", "")
    path: tuple[Point, ...] = ()
    here: Point | None = None
    downhill: Point | None = None
    goal: str = "C"

    @property
    def spans(self) -> tuple[Point, Point]:
        xs, ys = self.relief.xs, self.relief.ys
        return (xs[0], xs[-1]), (ys[0], ys[-1])


def map_grid(
    x_range: Point, y_range: Point, width: int, height: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The values at which a map of ``width`` by ``height`` cells shows the cost: two rows of points for each cell."""
    made = _frame(Canvas(width, height, Glyphs.ASCII), x_range, y_range, ("", ""))
    across, down = CELL_DOTS
    xs = tuple(made.xs.value(across * column + 0.5) for column in range(made.left, made.right + 1))
    halves = [down * row + half for row in range(made.bottom, made.top - 1, -1) for half in (2.5, 0.5)]
    return xs, tuple(made.ys.value(place) for place in halves)


def draw_map(
    picture: MapPicture, width: int, height: int, glyphs: Glyphs, *, shaded: bool, contours: Contours | None = None
) -> Canvas:
    """The map on a canvas of this size. ``shaded``: its bands are shown by colours, else by characters.

    ``contours``: those that :func:`contours_of` gives, for drawing the same relief again and again.
    """
    canvas = Canvas(width, height, glyphs)
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return canvas
    names = plain_text(picture.names[0], glyphs), plain_text(picture.names[1], glyphs)
    made = _frame(canvas, *picture.spans, names)
    colours = shaded and glyphs is not Glyphs.ASCII
    lined = colours and glyphs is Glyphs.FULL
    _fill(made, picture.relief, colours=colours, shaded=shaded)
    lines = contours_of(picture, width, height, lined=lined) if contours is None else contours
    arrow = _arrow(made, picture, lined=lined)
    beside = {(column + across, row + down) for column, row in arrow for across in _NEAR for down in _NEAR}
    across, down = CELL_DOTS
    for x, y in lines.dots if lined else ():
        if (x // across, y // down) not in beside:  # there it could not be told from the arrow
            canvas.dot(x, y, "")
    taken = beside | _number_contours(made, lines.labels, picture.goal, beside, colours=colours)
    _draw_path(made, picture.path, taken, colours=colours)
    _draw_point(made, picture, arrow, colours=colours, lined=lined)
    _write_scale(canvas, made, picture, colours=colours, shaded=shaded)
    return canvas


def contours_of(picture: MapPicture, width: int, height: int, *, lined: bool) -> Contours:
    """The contour lines in a picture of this size: their numbers and, if ``lined``, their dots."""
    return Contours(_contour_dots(picture, width, height) if lined else frozenset(), contour_labels(picture))


def _contour_dots(picture: MapPicture, width: int, height: int) -> Dots:
    relief = picture.relief
    made = _frame(Canvas(width, height, Glyphs.ASCII), *picture.spans, ("", ""))
    across, down = CELL_DOTS
    columns = range(across * made.left, across * (made.right + 1))
    rows = range(down * made.top, down * (made.bottom + 1))
    costs = relief.costs_between([made.xs.value(x) for x in columns], [made.ys.value(y) for y in rows])
    heights = [[bisect_right(relief.levels, cost) for cost in row] for row in costs]
    return frozenset(
        (x, y) for y, row, below in zip(rows, heights, heights[1:], strict=False)
        for x, here, right, under in zip(columns, row, row[1:], below, strict=False) if here != right or here != under)


def contour_labels(picture: MapPicture) -> tuple[MapLabel, ...]:
    """Where the cost is written on each contour line: far from the edges, the path and the other numbers."""
    relief, (across, down) = picture.relief, picture.spans

    wide, high = across[1] - across[0] or 1.0, down[1] - down[0] or 1.0

    def share(point: Point) -> Point:
        return (point[0] - across[0]) / wide, (point[1] - down[0]) / high

    taken = [share(point) for point in picture.path]
    labels: list[MapLabel] = []
    for level, text in zip(relief.levels, _apart(relief.levels), strict=True):
        places = [(share(point), point) for point in relief.crossings(level)]
        room, point = max(((_room(place, taken), point) for place, point in places), default=(0.0, (0.0, 0.0)))
        if room >= _LABEL_ROOM:
            taken.append(share(point))
            labels.append((*point, text))
    return tuple(labels)


def _apart(levels: Sequence[float]) -> list[str]:
    """The levels as texts with two digits each, or with more where two would look the same."""
    texts = ([to_text(level, digits) for level in levels] for digits in range(2, 8))
    return next((found for found in texts if len(set(found)) == len(found)), [to_text(level, 8) for level in levels])


def _room(place: Point, taken: Sequence[Point]) -> float:
    """The distance of a place from the edges and from all taken places, as a share of the picture."""
    x, y = place
    return min(x, 1 - x, 2 * y, 2 * (1 - y), *(math.dist(place, other) for other in taken), 1.0)


def _frame(
    canvas: Canvas, x_range: Point, y_range: Point, names: tuple[str, str]
) -> Frame:
    return frame(canvas, x_range, y_range, names=names, spare=0)


def _fill(frame: Frame, relief: Relief, *, colours: bool, shaded: bool) -> None:
    across, down = CELL_DOTS
    xs = [frame.xs.value(across * column + 0.5) for column in range(frame.left, frame.right + 1)]
    rows = range(frame.top, frame.bottom + 1)
    bands = relief.bands_at(xs, [frame.ys.value(down * row + half) for row in rows for half in (0.5, 2.5)])
    for row, upper, lower in zip(rows, bands[::2], bands[1::2], strict=True):
        for column, pair in enumerate(zip(upper, lower, strict=True), frame.left):
            _fill_cell(frame.canvas, column, row, pair, colours=colours, shaded=shaded)


def _fill_cell(
    canvas: Canvas, column: int, row: int, bands: tuple[int | None, int | None], *, colours: bool, shaded: bool
) -> None:
    upper, lower = bands
    if upper is None or lower is None:
        canvas.text(column, row, "?" if upper is None and lower is None else " ", AXIS)
    elif colours:
        canvas.halves(column, row, band_role(upper), band_role(lower))
    else:
        canvas.text(column, row, RAMP[upper * len(RAMP) // BANDS], _ramp_role(upper, shaded=shaded))


def _ramp_role(band: int, *, shaded: bool) -> str:
    """The role of a band's characters; dark shades are made for grounds, and hard to see in characters."""
    return AXIS if shaded else band_role(band)


def _number_contours(
    frame: Frame, labels: Sequence[MapLabel], goal: str, taken: AbstractSet[MapCell], *, colours: bool
) -> set[MapCell]:
    """Write the cost on each contour line; where bands are characters, with the letter of the cost before it.

    One that meets a ``taken`` cell is left out. Gives the cells of the others and those beside them.
    """
    written: set[MapCell] = set()
    for x, y, cost in labels:
        cell = frame.cell(x, y)
        alone = cost if colours and not cost.isdigit() else f"{goal}={cost}"  # a whole number could be the path's
        text = plain_text(alone if colours else f" {alone} ", frame.canvas.glyphs)
        start = (cell[0] if cell else 0) - len(text) // 2
        if cell is None or not frame.left <= start <= frame.right + 1 - len(text):
            continue
        cells = [(start + place, cell[1]) for place in range(len(text))]
        if not taken.isdisjoint(cells):
            continue
        _write(frame, cells, text, "" if colours else AXIS)
        written.update((column + across, row) for column, row in cells for across in _NEAR)
    return written


def _write(frame: Frame, cells: Sequence[MapCell], text: str, role: str) -> None:
    """Write on the map, on one ground: on two, half of a number would be black and half of it white."""
    frame.canvas.one_ground(cells)
    frame.canvas.text(*cells[0], text, role)


def _draw_path(frame: Frame, path: Sequence[Point], taken: AbstractSet[MapCell], *, colours: bool) -> None:
    """Draw a line through the points, and those of their numbers that neither hide nor touch each other or what is
    ``taken``: the first and the last before all others.
    """
    if colours and frame.canvas.glyphs is Glyphs.FULL:
        frame.line(path, "", dash=_PATH_DASH)
    free = set(taken)
    for n in sorted(range(len(path)), key=lambda n: (0 < n < len(path) - 1, n)):
        cell, text = frame.cell(*path[n]), str(n)
        if cell is None:
            continue
        start = min(cell[0], frame.right + 1 - len(text))
        cells = [(start + place, cell[1]) for place in range(len(text))]
        if free.isdisjoint(cells):
            free.update((column + across, row) for column, row in cells for across in _NEAR)
            for column in (start - 1, start + len(text)):  # a dot of the line beside it would be a decimal point
                if frame.left <= column <= frame.right:
                    frame.canvas.text(column, cell[1], " ", "")
            _write(frame, cells, text, "" if colours else LIT)


def _draw_point(frame: Frame, picture: MapPicture, arrow: Sequence[MapCell], *, colours: bool, lined: bool) -> None:
    """Draw the point and its arrow; on colours in black or white, whichever can be read there."""
    if picture.here is None or not arrow:
        return
    role, canvas = "" if colours else LIT, frame.canvas
    if not colours:
        for column, row in arrow:
            for cell in ((column + across, row) for across in _NEAR):
                if frame.left <= cell[0] <= frame.right:
                    canvas.text(*cell, " ", AXIS)
    way = _way(frame, picture.downhill) if picture.downhill is not None else None
    if way is not None:
        if lined:
            dot = _middle(arrow[0])
            tip = dot[0] + _ARROW * way[0], dot[1] + _ARROW * way[1]
            within = (frame.left, frame.top, frame.right, frame.bottom)
            aside = (1.0, 0.0) if abs(way[1]) > abs(way[0]) else (0.0, 1.0)
            for n in (0, 1):
                canvas.polyline([(end[0] + n * aside[0], end[1] + n * aside[1]) for end in (dot, tip)], role,
                                within=within)
        column, row = arrow[-1]
        if frame.left <= column <= frame.right and frame.top <= row <= frame.bottom:
            canvas.text(column, row, (_HEADS if canvas.glyphs is Glyphs.FULL else _PLAIN_HEADS)[_turn(way)], role)
    canvas.text(*arrow[0], "o" if canvas.glyphs is Glyphs.ASCII else "●", role)


def _arrow(frame: Frame, picture: MapPicture, *, lined: bool) -> list[MapCell]:
    """The cells of the point and of its arrow, from the point to the head; none where the point is not in the frame.

    Where bands are characters there is no shaft to be seen, so the head stands close by.
    """
    if picture.here is None or (cell := frame.cell(*picture.here)) is None:
        return []
    way = _way(frame, picture.downhill) if picture.downhill is not None else None
    if way is None:
        return [cell]
    if not lined:
        across, down = _BESIDE[_turn(way)]
        return [cell, (cell[0] + across, cell[1] + down)]
    dot = _middle(cell)
    along = ((dot[0] + far * way[0], dot[1] + far * way[1]) for far in range(1, round(_ARROW) + 1))
    return [cell, *((int(x // CELL_DOTS[0]), int(y // CELL_DOTS[1])) for x, y in along)]


def _middle(cell: MapCell) -> Point:
    """The middle of a cell in dots: a point is drawn there, and so its arrow begins there."""
    (column, row), (across, down) = cell, CELL_DOTS
    return across * column + (across - 1) / 2, down * row + (down - 1) / 2


def _turn(way: Point) -> int:
    """Which of the eight heads points this way most nearly."""
    return round(math.atan2(-way[1], way[0]) / (math.pi / 4)) % 8


def _way(frame: Frame, downhill: Point) -> Point | None:
    """The direction in the picture, in dots, one dot long; None where there is none."""
    xs, ys = frame.xs, frame.ys
    across = downhill[0] * (xs.end - xs.start) / (xs.high - xs.low)
    down = downhill[1] * (ys.end - ys.start) / (ys.high - ys.low)
    length = math.hypot(across, down)
    return (across / length, down / length) if 0 < length < math.inf else None


def _write_scale(canvas: Canvas, frame: Frame, picture: MapPicture, *, colours: bool, shaded: bool) -> None:
    """Write in the top row from which cost to which the bands go, in their colours or characters."""
    edges = picture.relief.edges
    ends = [to_text(edges[0], 2), to_text(edges[-1], 2)]
    low, high = (plain_text(f"{picture.goal} {sign} {end}", canvas.glyphs)
                 for sign, end in zip(("<", ">"), ends, strict=True))
    wide = BANDS if colours else len(RAMP)
    start = canvas.width - len(low) - len(high) - wide - 2
    if start <= frame.left + len(picture.names[1]) + 2:
        return
    canvas.text(start, 0, low, AXIS)
    for n in range(wide):
        column = start + len(low) + 1 + n
        if colours:  # half a row high, so that it is apart from the map
            canvas.text(column, 0, "▀", band_role(n))
        else:
            canvas.text(column, 0, RAMP[n], _ramp_role(n * BANDS // wide, shaded=shaded))
    canvas.text(start + len(low) + wide + 2, 0, high, AXIS)


def _nearest(values: Sequence[float], value: float) -> int:
    place = bisect_left(values, value)
    if place == 0:
        return 0
    if place == len(values):
        return len(values) - 1
    return place if values[place] - value < value - values[place - 1] else place - 1


def _within(values: Sequence[float], value: float) -> tuple[int, float]:
    """The place of the last number that is not above a value, and how far the value is on the way to the next."""
    place = min(max(bisect_right(values, value) - 1, 0), max(len(values) - 2, 0))
    if len(values) < 2:
        return 0, 0.0
    return place, min(max((value - values[place]) / (values[place + 1] - values[place]), 0.0), 1.0)
