"""A curve with its point, tangent and step, as rows of runs: a cost along one quantity, or a formula."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import DOWN, LEFT, RIGHT, UP, Canvas
from tui_backprop.drawing.plots.axes import height_range
from tui_backprop.drawing.plots.frame import Frame, Point, frame, write_near
from tui_backprop.drawing.plots.roles import AXIS, CURVE, OWN, POINT, STEP, TANGENT
from tui_backprop.maths.numerals import to_text, typographic
from tui_backprop.typeset.glyphs import Glyphs, plain_text

_HALF_TANGENT = 36.0
"""The length of half a tangent, in dots. One across the whole picture would be sent again at every move."""
_HERE, _NEXT = "●", "○"
_PLAIN_SIGNS = {_HERE: "o", _NEXT: "O"}
"""The signs for the points in ASCII."""
_LEAST_WIDTH, _LEAST_HEIGHT = 16, 6


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """What is shown of a curve.

    ``here`` is the point, ``slope`` that of the tangent there; ``next`` is where a step leads, and ``step_name`` is
    written on its arrow. ``covered``: the curve itself is not shown. ``own`` are points that the learner chose,
    numbered; ``descent`` those of gradient descent, with letters; ``around`` are two beside the point, joined by a
    straight line. ``names`` are those of the axes. ``heights``: the range shown; None where it follows from the curve.
    """

    points: tuple[Point, ...]
    here: Point | None = None
    slope: float = math.nan
    next: Point | None = None
    names: tuple[str, str] = ("", "C")
    step_name: str = ""
    covered: bool = False
    own: tuple[Point, ...] = ()
    descent: tuple[Point, ...] = ()
    around: tuple[Point, ...] = ()
    heights: tuple[float, float] | None = None


def draw_curve(picture: CurvePicture, width: int, height: int, glyphs: Glyphs) -> Canvas:
    """The curve on a canvas of this size; an empty canvas where that is too small."""
    canvas = Canvas(width, height, glyphs)
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or not picture.points:
        return canvas
    steps = picture.next is not None
    names = plain_text(picture.names[0], glyphs), plain_text(picture.names[1], glyphs)
    x_range = picture.points[0][0], picture.points[-1][0]
    made = frame(canvas, x_range, picture.heights or heights_of(picture), names=names, spare=1 if steps else 0,
                 level=True)
    if not picture.covered:
        made.line(picture.points, CURVE)
    made.line(picture.around, STEP)
    if picture.here is not None:
        _draw_tangent(made, picture.here, picture.slope)
        if glyphs is not Glyphs.FULL and picture.slope == 0 and not picture.covered:
            made.line(picture.points, CURVE)  # on flat ground both take the same cells, and the curve is to be seen
    if picture.next is not None and picture.here is not None:
        _draw_step(made, picture.here, picture.next, plain_text(picture.step_name, glyphs), covered=picture.covered)
    _draw_trail(made, picture.descent, "abcdefghijklmnopqrstuvwxyz", STEP)
    _draw_trail(made, picture.own, "123456789", OWN)
    for point in picture.around:
        _mark(made, point, _NEXT, STEP)
    if picture.here is not None:
        _mark(made, picture.here, _HERE, POINT)
        if not picture.around:  # there it would hide one of them
            _write_slope(made, picture.here, picture.slope)
    return canvas


def draw_blank(names: tuple[str, str], width: int, height: int, glyphs: Glyphs) -> Canvas:
    """Axes without numbers, to draw a curve into."""
    canvas = Canvas(width, height, glyphs)
    across, up = (plain_text(name, glyphs) for name in names)
    left, bottom = 2, height - 2
    for row in range(bottom):
        canvas.sides(left, row, UP | DOWN if row else DOWN, AXIS)
    canvas.sides(left, bottom, UP | RIGHT, AXIS)
    canvas.connect((left + 1, bottom), (width - 1, bottom), AXIS)
    canvas.text(left + 2, 0, up, AXIS)
    canvas.text(width - len(across), bottom + 1, across, AXIS)
    return canvas


def heights_of(picture: CurvePicture) -> tuple[float, float]:
    """The range of heights that the picture shows: of the curve, the point and the next one."""
    inside = [point[1] for point in (picture.here, picture.next, *picture.own) if point is not None]
    low, high = height_range((cost for _, cost in picture.points), inside)
    return low, high


def _mark(frame: Frame, point: Point, sign: str, role: str) -> None:
    cell = frame.cell(*point)
    if cell is not None:
        frame.canvas.text(*cell, _PLAIN_SIGNS[sign] if frame.canvas.glyphs is Glyphs.ASCII else sign, role)


def _direction(frame: Frame, slope: float) -> tuple[float, float]:
    """Half a tangent, in dots across and down."""
    xs, ys = frame.xs, frame.ys
    across = (xs.end - xs.start) / (xs.high - xs.low)
    down = slope * (ys.end - ys.start) / (ys.high - ys.low)
    if not math.isfinite(down):
        return 0.0, math.copysign(_HALF_TANGENT, -slope)
    length = math.hypot(across, down)
    return _HALF_TANGENT * (across / length), _HALF_TANGENT * (down / length)


def _draw_tangent(frame: Frame, here: Point, slope: float) -> None:
    dot = frame.dot(*here)
    if dot is None or not math.isfinite(slope) or frame.cell(*here) is None:
        return
    across, down = _direction(frame, slope)
    start, end = (dot[0] - across, dot[1] - down), (dot[0] + across, dot[1] + down)
    within = (frame.left, frame.top, frame.right, frame.bottom)
    frame.canvas.polyline([start, dot, end], TANGENT, mark=".", dash=(2, 3), within=within)


def _write_slope(frame: Frame, here: Point, slope: float) -> None:
    """Write the slope beside the point: further off it would seem another's."""
    cell, dot = frame.cell(*here), frame.dot(*here)
    if cell is None or dot is None or not math.isfinite(slope):
        return
    text = f"slope {to_text(slope)}"
    text = plain_text(text, frame.canvas.glyphs)
    column, row = cell
    before = column - len(text)
    candidates = [(column + 3, row + (1 if slope > 0 else -1)), (column + 2, row - 1), (column + 2, row),
                  (before - 1, row), (before - 2, row), (column + 3, row + 1), (before - 2, row - 1),
                  (before - 2, row + 1), (column + 4, row - 2), (column - len(text) // 2, row - 2),
                  (column - len(text) // 2, row + 2)]
    write_near(frame, text, TANGENT, candidates)


def _draw_step(frame: Frame, here: Point, following: Point, name: str, *, covered: bool) -> None:
    """Draw an arrow on a row of its own from the point's column to the next one's, and the next point on the curve."""
    canvas, row = frame.canvas, frame.bottom + 1
    start, end = frame.column(here[0]), frame.column(following[0])
    outside = not frame.xs.holds(following[0])
    step = following[0] - here[0]
    if start != end:
        toward = RIGHT if end > start else LEFT
        canvas.connect((start + (1 if end > start else -1), row), (end, row), STEP)
        canvas.sides(start, row, UP | DOWN | toward, STEP)
        canvas.text(end, row, "→" if toward == RIGHT else "←", STEP)
    else:
        canvas.text(start, row, "·" if step == 0 else "→" if step > 0 else "←", STEP)
    signed = typographic(f"{'+' if step > 0 else ''}{to_text(step)}")
    label = f"{name} = {signed}" if name else signed
    label = plain_text(label + (" (beyond the picture)" if outside else ""), canvas.glyphs)
    low, high = min(start, end), max(start, end)
    sides = (high + 2, low - len(label) - 1)
    free = [column for column in sides if frame.left <= column and column + len(label) <= canvas.width]
    if free:
        canvas.text(free[0], row, label, STEP)
    else:  # upon the arrow, whose shaft would be read as a minus
        canvas.text((low + high - len(label)) // 2 - 1, row, f" {label} ", STEP)
    if not covered:
        _mark(frame, following, _NEXT, STEP)


def _draw_trail(frame: Frame, points: Sequence[Point], signs: str, role: str) -> None:
    """Draw points in order, each with its sign; a point is left out whose cell is taken."""
    taken: set[tuple[int, int]] = set()
    for n, point in enumerate(points):
        cell = frame.cell(*point)
        if cell is not None and cell not in taken:
            taken.add(cell)
            frame.canvas.text(*cell, signs[n] if n < len(signs) else "·", role)
