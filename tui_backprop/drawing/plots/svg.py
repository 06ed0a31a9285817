"""Curves, maps and training curves as SVG: self-contained, readable in black and white, with words to be read aloud."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, pairwise

from tui_backprop.drawing.plots.axes import Scale, power_texts, tick_texts
from tui_backprop.drawing.plots.curve import CurvePicture, heights_of
from tui_backprop.drawing.plots.map import CONTOUR_EVERY, MapPicture, contour_labels
from tui_backprop.drawing.plots.roles import BANDS
from tui_backprop.drawing.plots.training import TrainingPicture, training_heights
from tui_backprop.maths.numerals import to_text, typographic

_WIDTH, _HEIGHT = 640, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 20, 34, 52
_STYLE = "".join(f".plot {rule}" for rule in (
    "text{font:13px sans-serif;fill:#222}", ".a{stroke:#444;stroke-width:1;fill:none}", ".g{stroke:#ddd}",
    ".c{stroke:#1a4f8a;stroke-width:2.2;fill:none}",
    ".t{stroke:#7a5200;stroke-width:1.8;stroke-dasharray:7 4;fill:none}",
    ".s{stroke:#14632f;stroke-width:1.8;fill:none}", ".p{fill:#a01818;stroke:#fff}",
    ".n{fill:#fff;stroke:#14632f;stroke-width:2}",
    ".k{stroke:#fff;stroke-width:3.5;paint-order:stroke;stroke-linejoin:round}"))
"""The style sheet of this picture alone, since a page has other text."""
_DASHES = ("", ' stroke-dasharray="9 5"', ' stroke-dasharray="2 4"')
_TICKS = 6
_SQUARES = 16
"""Squares across a blank picture; down, half as many."""
_TANGENT = 90.0
_GREYS = tuple("#" + 3 * f"{round(250 - 150 * n / (BANDS - 1)):02x}" for n in range(BANDS))
"""The greys of a map's bands from the lowest, light, to the highest, dark: paper may have no colour."""


def blank_svg(names: tuple[str, str], title: str, words: str, number: int = 0) -> str:
    """Axes without numbers, on squared paper, to draw a curve into."""
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    across, down = (right - _LEFT) / _SQUARES, (bottom - _TOP) / _SQUARES * 2
    lines = [*(f"M{_at(_LEFT + n * across)} {_TOP}V{bottom}" for n in range(1, _SQUARES + 1)),
             *(f"M{_LEFT} {_at(bottom - n * down)}H{right}" for n in range(1, _SQUARES // 2 + 1))]
    parts = [f'<path class="a g" d="{"".join(lines)}"></path>',
             f'<path class="a" d="M{_LEFT} {_TOP - 8}V{bottom}H{right}"></path>',
             _text((_LEFT + right) / 2, _HEIGHT - 12, names[0], "middle"), _text(_LEFT - 9, 22, names[1], "end")]
    return _document(title, words, parts, number)


def curve_svg(picture: CurvePicture, title: str, words: str, number: int) -> str:
    """A curve with its point, tangent and step; ``number`` tells it from others on one page."""
    xs, ys = _scales((picture.points[0][0], picture.points[-1][0]), picture.heights or heights_of(picture))
    parts = [*_axes(xs, ys, picture.names)]
    if not picture.covered:
        parts += _line(xs, ys, picture.points, "c")
    if picture.here is not None and xs.holds(picture.here[0]) and math.isfinite(picture.here[1]):
        parts += _tangent(xs, ys, picture.here, picture.slope)
        if picture.next is not None:
            parts += _step(xs, ys, picture)
        parts.append(_circle(xs, ys, picture.here, "p"))
    return _document(title, words, parts, number)


def map_svg(picture: MapPicture, title: str, words: str) -> str:
    """A map in bands of grey with the path of descent, numbered."""
    relief = picture.relief
    xs, ys = _scales(*picture.spans)
    parts = [*_bands(picture, xs, ys), _contours(picture, xs, ys), *_axes(xs, ys, picture.names, grid=False)]
    path = [(x, y) for x, y in picture.path if xs.holds(x) and ys.holds(y)]
    parts += _line(xs, ys, path, "s")
    taken: list[tuple[float, float]] = []
    numbers: list[str] = []
    for n, point in enumerate(path):
        place = xs.at(point[0]), ys.at(point[1])
        parts.append(f'<circle class="p" cx="{_at(place[0])}" cy="{_at(place[1])}" r="3"></circle>')
        if all(math.dist(place, other) > 17 for other in taken):
            taken.append(place)
            numbers.append(_text(place[0] + 8, place[1] + 14, str(n), "start", "k"))
    parts += numbers  # over all points
    parts += (_text(xs.at(x), ys.at(y) + 4, cost, "middle", "k") for x, y, cost in contour_labels(picture)
              if xs.holds(x) and ys.holds(y))
    edges = relief.edges
    legend = (f"light: {picture.goal} below {to_text(edges[0], 2)}   "
              f"dark: {picture.goal} above {to_text(edges[-1], 2)}")
    parts.append(_text(_WIDTH - _RIGHT, 20, legend, "end"))
    return _document(title, words, parts)


def training_svg(picture: TrainingPicture, title: str, words: str) -> str:
    """The cost of each run against the number of updates."""
    heights = training_heights(picture)
    log = picture.log and heights[0] > 0
    last = max(len(run.costs) for run in picture.runs) - 1
    xs, ys = _scales((0.0, float(max(last, 1))), heights, log=log, counted=True)
    parts = [*_axes(xs, ys, ("updates", picture.goal))]
    for n, run in enumerate(picture.runs):
        dash = _DASHES[n % len(_DASHES)]
        points = [(float(update), cost) for update, cost in enumerate(run.costs)]
        parts += _line(xs, ys, points[::max(len(points) // 2000, 1)], "c", dash)
        y = 18 + 17 * n
        parts.append(f'<path class="c" d="M{_WIDTH - 175} {y - 4}h40"{dash}></path>')
        parts.append(_text(_WIDTH - 128, y, f"{picture.rate_name} = {to_text(run.rate)}", "start", "k"))
    return _document(title, words, parts)


def _document(title: str, words: str, parts: Iterable[str], number: int = 0) -> str:
    tag = f"-{number}" if number else ""
    clip = (f'<defs><clipPath id="plot-inside"><rect x="{_LEFT}" y="{_TOP}" width="{_WIDTH - _LEFT - _RIGHT}" '
            f'height="{_HEIGHT - _TOP - _BOTTOM}"></rect></clipPath></defs>')
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
            f'height="{_HEIGHT}" class="plot" role="img" aria-labelledby="plot-title{tag} plot-desc{tag}">')
    told = f'<title id="plot-title{tag}">{escape(title)}</title>\n<desc id="plot-desc{tag}">{escape(words)}</desc>'
    return "\n".join([head, told, f"<style>{_STYLE}</style>", clip,
                      f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"></rect>', *parts, "</svg>"])


def _scales(
    x_range: tuple[float, float], y_range: tuple[float, float], *, log: bool = False, counted: bool = False
) -> tuple[Scale, Scale]:
    return Scale(*x_range, _LEFT, _WIDTH - _RIGHT, whole=counted), Scale(*y_range, _HEIGHT - _BOTTOM, _TOP, log)


def _axes(xs: Scale, ys: Scale, names: tuple[str, str], *, grid: bool = True) -> Iterator[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    across, up = xs.ticks(_TICKS), ys.ticks(_TICKS)
    for value, text in zip(across, tick_texts(across), strict=True):
        x = xs.at(value)
        if grid:
            yield f'<path class="a g" d="M{_at(x)} {_TOP}V{bottom}"></path>'
        yield f'<path class="a" d="M{_at(x)} {bottom}v5"></path>' + _text(x, bottom + 19, text, "middle")
    for value, text in zip(up, power_texts(up) if ys.log else tick_texts(up), strict=True):
        y = ys.at(value)
        if grid:
            yield f'<path class="a g" d="M{_LEFT} {_at(y)}H{right}"></path>'
        yield f'<path class="a" d="M{_LEFT} {_at(y)}h-5"></path>' + _text(_LEFT - 9, y + 4, text, "end")
    yield f'<path class="a" d="M{_LEFT} {_TOP - 8}V{bottom}H{right}"></path>'
    yield _text((_LEFT + right) / 2, _HEIGHT - 12, names[0], "middle")
    yield _text(_LEFT - 9, 22, names[1], "end")


def _line(xs: Scale, ys: Scale, points: Sequence[tuple[float, float]], kind: str, dash: str = "") -> list[str]:
    """A path through the points, interrupted where there is no finite value, and cut off far outside."""
    places = [(xs.at(x), ys.at(y)) for x, y in points]
    pieces = []
    for finite, piece in groupby(places, key=lambda place: all(map(math.isfinite, place))):
        if finite:
            far = 10.0 * _HEIGHT
            pieces.append("M" + "L".join(f"{_at(x)} {_at(min(max(y, -far), far))}" for x, y in piece))
    return [f'<path class="{kind}" clip-path="url(#plot-inside)" d="{"".join(pieces)}"{dash}></path>'] if pieces else []


def _tangent(xs: Scale, ys: Scale, here: tuple[float, float], slope: float) -> list[str]:
    if not math.isfinite(slope):
        return []
    across = (xs.end - xs.start) / (xs.high - xs.low)
    down = slope * (ys.end - ys.start) / (ys.high - ys.low)
    length = math.hypot(across, down)
    dx, dy = (_TANGENT * across / length, _TANGENT * down / length) if math.isfinite(length) else (0.0, _TANGENT)
    x, y = xs.at(here[0]), ys.at(here[1])
    left = x > (xs.start + xs.end) / 2
    place = (x - 12, "end") if left else (x + 12, "start")
    ends = f"M{_at(x - dx)} {_at(y - dy)}L{_at(x + dx)} {_at(y + dy)}"
    return [f'<path class="t" clip-path="url(#plot-inside)" d="{ends}"></path>',
            _text(place[0], y - 12, f"slope {to_text(slope)}", place[1], "k")]


def _step(xs: Scale, ys: Scale, picture: CurvePicture) -> list[str]:
    if picture.here is None or picture.next is None:
        return []
    row = _HEIGHT - _BOTTOM - 10
    start, end = xs.at(picture.here[0]), min(max(xs.at(picture.next[0]), xs.start), xs.end)
    step = picture.next[0] - picture.here[0]
    head = 6 if end > start else -6
    label = typographic(f"{picture.step_name} = {'+' if step > 0 else ''}{to_text(step)}")
    anchor, at = ("start", max(start, end) + 8) if max(start, end) < _WIDTH * 0.62 else ("end", min(start, end) - 8)
    arrow = f"M{_at(start)} {row - 6}v12M{_at(start)} {row}H{_at(end)}m{-head} -4l{head} 4l{-head} 4"
    parts = [f'<path class="s" d="{arrow}"></path>', _text(at, row + 4, label, anchor, "k")]
    if xs.holds(picture.next[0]) and math.isfinite(picture.next[1]) and not picture.covered:
        parts.append(_circle(xs, ys, picture.next, "n"))
    return parts


def _borders(values: Sequence[float], scale: Scale) -> list[float]:
    """The borders of the cells around a grid's values, as places."""
    return [scale.start, *(scale.at((a + b) / 2) for a, b in pairwise(values)), scale.end]


def _contours(picture: MapPicture, xs: Scale, ys: Scale) -> str:
    """Lines between the cells on either side of every third border between bands."""
    relief = picture.relief
    columns, rows = _borders(relief.xs, xs), _borders(relief.ys, ys)
    heights = [[-1 if (band := relief.band(cost)) is None else band // CONTOUR_EVERY for cost in row]
               for row in relief.costs]
    upright = (f"M{_at(columns[n + 1])} {_at(rows[row])}V{_at(rows[row + 1])}"
               for row, here in enumerate(heights) for n, (a, b) in enumerate(pairwise(here)) if a != b)
    level = (f"M{_at(columns[n])} {_at(rows[row + 1])}H{_at(columns[n + 1])}"
             for row, (here, above) in enumerate(pairwise(heights))
             for n, (a, b) in enumerate(zip(here, above, strict=True)) if a != b)
    return f'<path class="a" d="{"".join((*upright, *level))}"></path>'


def _bands(picture: MapPicture, xs: Scale, ys: Scale) -> Iterator[str]:
    """A rectangle for each stretch of a row that lies in one band."""
    relief = picture.relief
    columns, rows = _borders(relief.xs, xs), _borders(relief.ys, ys)
    for n, costs in enumerate(relief.costs):
        cells = [(relief.band(cost), column) for column, cost in enumerate(costs)]
        for band, stretch in groupby(cells, key=lambda cell: cell[0]):
            places = [column for _, column in stretch]
            left, right = columns[places[0]], columns[places[-1] + 1]
            colour = "none" if band is None else _GREYS[band]
            yield (f'<rect x="{_at(left)}" y="{_at(rows[n + 1])}" width="{_at(right - left + 0.3)}" '
                   f'height="{_at(rows[n] - rows[n + 1] + 0.3)}" fill="{colour}"></rect>')


def _circle(xs: Scale, ys: Scale, point: tuple[float, float], kind: str) -> str:
    return f'<circle class="{kind}" cx="{_at(xs.at(point[0]))}" cy="{_at(ys.at(point[1]))}" r="5"></circle>'


def _text(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
