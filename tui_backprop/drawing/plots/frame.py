"""The frame of a plot on a canvas: two axes with ticks, and the places of points between them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import CELL_DOTS, DOWN, LEFT, RIGHT, UP, Canvas, Dot
from tui_backprop.drawing.plots.axes import HEADROOM, Scale, power_texts, tick_texts
from tui_backprop.drawing.plots.roles import AXIS

Point = tuple[float, float]
"""x and y, in the units of the axes."""

_ACROSS, _DOWN = CELL_DOTS
_ROWS_A_TICK, _COLUMNS_A_TICK = 3, 10
_MIDDLE = 2
"""The dot in the middle of a row."""
_LEAST_LEVELS, _FULL = 2, 0.75
"""From so many levels on a scale is stretched, if what it held before still fills so large a part of it."""
_GAP = 2
"""Columns between the name of an axis and a number on either side of it."""
_SPARE = HEADROOM / (1 + 2 * HEADROOM)
"""The share of an upright axis that is at least free at its top."""
_BELOW = 2
"""Rows below the plot, for the axis and its numbers."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a plot's values lie on its canvas. Its scales give dots; ``left``, ``top`` and so on are cells."""

    canvas: Canvas
    xs: Scale
    ys: Scale
    left: int
    top: int
    right: int
    bottom: int

    def dot(self, x: float, y: float) -> Dot | None:
        """The dot of a point; None where it has none."""
        place = self.xs.at(x), self.ys.at(y)
        return place if all(map(math.isfinite, place)) else None

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell of a point; None where it is not in the frame."""
        dot = self.dot(x, y)
        if dot is None:
            return None
        column, row = (math.floor(round(place) / size) for place, size in zip(dot, CELL_DOTS, strict=True))
        inside = self.left <= column <= self.right and self.top <= row <= self.bottom
        return (column, row) if inside else None

    def line(
        self, points: Sequence[tuple[float, float]], role: str, *, mark: str = "*", dash: tuple[int, int] | None = None
    ) -> None:
        """A line through points, cut off at the frame; a point without a finite place is a gap."""
        dots = [self.dot(*point) for point in points]
        self.canvas.polyline(dots, role, mark=mark, dash=dash, within=(self.left, self.top, self.right, self.bottom))

    def column(self, x: float) -> int:
        """The column of a value; the nearest one in the frame where the value lies outside."""
        place = self.xs.at(x)
        if math.isnan(place):
            return self.left
        return min(max(math.floor(round(place) / _ACROSS), self.left), self.right)


def frame(
    canvas: Canvas, x_range: tuple[float, float], y_range: tuple[float, float], *,
    names: tuple[str, str] = ("", ""), log: bool = False, spare: int = 0, above: int = 1, level: bool = False,
    counted: bool = False,
) -> Frame:
    """Draw the axes, their ticks and names.

    ``spare``: so many rows between the plot and the lower axis stay free; ``above``: so many over the plot, with the
    name of the upright axis in the first of them. ``level``: show a little more than ``y_range``, where each tick of
    the upright axis then stands as high as what it marks, and not up to half a row beside it. ``counted``: the lower
    axis counts, so only whole numbers stand at it.
    """
    bottom = canvas.height - 1 - _BELOW - spare
    ys, levels = _level_scale(Scale(*y_range, _DOWN * bottom + _DOWN - 1, _DOWN * above, log),
                              max((bottom + 1 - above) // _ROWS_A_TICK, 2), level=level)
    texts = power_texts(levels) if log else tick_texts(levels)
    left = max(map(len, texts), default=0) + 1
    right = canvas.width - 1
    xs = Scale(*x_range, _ACROSS * left + 1, _ACROSS * right, whole=counted)
    made = Frame(canvas, xs, ys, left, above, right, bottom)
    _draw_left(made, levels, texts, names[1])
    _draw_below(made, names[0])
    return made


def _level_scale(scale: Scale, most: int, *, level: bool) -> tuple[Scale, tuple[float, ...]]:
    """The upright scale, and at most so many ticks on it; fewer where only those can all stand as high as they mark."""
    levels = scale.ticks(most)
    for count in range(most, 1, -1) if level else ():
        fewer = scale.ticks(count)
        if (leveled := _level(scale, fewer)) is not scale:
            return leveled, fewer
    return scale, levels


def _level(scale: Scale, levels: Sequence[float]) -> Scale:
    """The scale stretched so that the levels stand in the middle of rows; as it is where that takes too much room."""
    if len(levels) < _LEAST_LEVELS:
        return scale
    step, dots = levels[1] - levels[0], scale.start - scale.end
    exact = step * dots / (scale.high - scale.low)
    apart = _DOWN * math.floor(exact / _DOWN)
    lowest = scale.start - (levels[0] - scale.low) * apart / step
    lower = (lowest - _MIDDLE) % _DOWN
    used = (1 - _SPARE) * (scale.high - scale.low)
    if apart == 0 or lower + used * apart / step > dots or apart < _FULL * exact:
        return scale
    low = scale.low - lower * step / apart
    return Scale(low, low + dots * step / apart, scale.start, scale.end)


def _draw_left(frame: Frame, levels: Sequence[float], texts: Sequence[str], name: str) -> None:
    canvas, column = frame.canvas, frame.left - 1
    axis = canvas.height - _BELOW
    for row in range(axis):
        canvas.sides(column, row, UP | DOWN if row else DOWN, AXIS)
    for level, text in zip(levels, texts, strict=True):
        place = frame.ys.at(level)
        row = math.floor(round(place) / _DOWN)
        if frame.top <= row <= frame.bottom:
            canvas.sides(column, row, LEFT | UP | DOWN, AXIS)
            canvas.text(column - len(text), row, text, AXIS)
    canvas.text(frame.left + 1, 0, name, AXIS)


def _draw_below(frame: Frame, name: str) -> None:
    canvas, axis = frame.canvas, frame.canvas.height - _BELOW
    canvas.sides(frame.left - 1, axis, UP | RIGHT, AXIS)
    canvas.connect((frame.left, axis), (frame.right, axis), AXIS)
    values = frame.xs.ticks(max((frame.right - frame.left) // _COLUMNS_A_TICK, 2))
    labels: list[tuple[int, str]] = []
    for value, text in zip(values, tick_texts(values), strict=True):
        column = math.floor(round(frame.xs.at(value)) / _ACROSS)
        canvas.sides(column, axis, LEFT | RIGHT | UP, AXIS)
        labels.append((min(max(column - len(text) // 2, 0), canvas.width - len(text)), text))
    named = _place_name(frame, name, labels)
    canvas.text(named, axis + 1, name, AXIS)
    free = 0
    for start, text in labels:
        beside = not name or start + len(text) < named or named + len(name) < start
        if free <= start and beside:
            canvas.text(start, axis + 1, text, AXIS)
            free = start + len(text) + 1


def _place_name(frame: Frame, name: str, labels: Sequence[tuple[int, str]]) -> int:
    """The column at which the lower axis' name begins: at the end, or before the last number of an axis that counts."""
    end = frame.canvas.width - len(name)
    if frame.xs.whole and len(labels) > 1 and labels[-1][0] + len(labels[-1][1]) >= end:
        before = labels[-1][0] - _GAP - len(name)
        if labels[0][0] + len(labels[0][1]) + _GAP <= before:
            return before
    return end


def write_near(
    frame: Frame, text: str, role: str, candidates: Sequence[tuple[int, int]],
) -> tuple[int, int] | None:
    """Write a label at the first of these cells where it covers and touches nothing, else where it covers least.

    Gives the cell, or None where it fits nowhere.
    """
    canvas = frame.canvas
    fitting = [(column, row) for column, row in candidates
               if frame.left <= column and column + len(text) - 1 <= frame.right and frame.top <= row <= frame.bottom]
    if not fitting:
        return None
    column, row = min(fitting, key=lambda cell: (canvas.used(cell[0], cell[1], len(text)),
                                                 canvas.used(cell[0] - 1, cell[1], len(text) + 2)))
    canvas.text(column, row, text, role)
    return column, row
