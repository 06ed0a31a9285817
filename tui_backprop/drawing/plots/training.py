"""Training curves: the cost over many updates, for one rate or several side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.training import TrainingRun
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.plots.axes import height_range
from tui_backprop.drawing.plots.frame import Frame, frame
from tui_backprop.drawing.plots.roles import CURVE, POINT, STEP, TANGENT
from tui_backprop.maths.numerals import tell_value, to_text
from tui_backprop.typeset.glyphs import Glyphs, plain_text

_PENS = ((CURVE, "*", None), (TANGENT, "+", (5, 4)), (STEP, ".", (1, 3)))
"""Role, mark and dashes for each run, so that they can be told apart without colour too."""
MOST_RUNS = len(_PENS)
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 8
_POINTS_A_COLUMN = 2
_FROM_0 = 0.75
"""Costs are shown from 0 on where the lowest is at most so large a part of the highest."""


@dataclass(frozen=True)
class TrainingPicture:
    """The ``runs`` of a training, drawn in one plot. ``at``: an update that is marked on every run.

    ``updates``: how far the picture reaches; None: as far as the runs go. ``log``: a logarithmic scale.
    """

    runs: tuple[TrainingRun, ...]
    log: bool = False
    at: int | None = None
    updates: int | None = None
    rate_name: str = "r"
    goal: str = "C"


def draw_training(picture: TrainingPicture, width: int, height: int, glyphs: Glyphs) -> Canvas:
    """The runs on a canvas of this size."""
    canvas = Canvas(width, height, glyphs)
    longest = max((len(run.costs) for run in picture.runs), default=0)
    last = max(longest - 1, picture.updates or 0, 1)
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or not longest:
        return canvas
    low, high = training_heights(picture)
    log = picture.log and low > 0
    names = "updates", plain_text(picture.goal, glyphs)
    made = frame(canvas, (0.0, float(last)), (low, high), log=log, names=names, above=len(picture.runs),
                 level=not log, counted=True)
    for (role, mark, dash), run in reversed([*zip(_PENS, picture.runs, strict=False)]):  # the first lies above all
        points = _thin(run.costs, _POINTS_A_COLUMN * width)
        made.line(points, role, mark=mark, dash=dash)
    if picture.at is not None:
        for run in picture.runs:
            cost = run.costs[picture.at] if picture.at < len(run.costs) else math.nan
            cell = made.cell(float(picture.at), cost)
            if cell is not None:
                canvas.text(*cell, "o" if glyphs is Glyphs.ASCII else "●", POINT)
            elif math.isfinite(cost) and cost > high:  # the point is above the picture
                canvas.text(made.column(float(picture.at)), made.top, "^" if glyphs is Glyphs.ASCII else "↑", POINT)
    _legend(made, picture)
    return canvas


def training_heights(picture: TrainingPicture) -> tuple[float, float]:
    """The range of costs shown: from 0 where that leaves enough room, so that what stays above 0 is seen to."""
    costs = [cost for run in picture.runs for cost in run.costs if math.isfinite(cost)]
    if picture.log:
        positive = [cost for cost in costs if cost > 0]
        if positive:
            return max(min(positive), max(positive) * 1e-15) / 1.3, max(positive) * 1.3
    low, high = height_range(costs, [run.costs[0] for run in picture.runs if run.costs])
    return (0.0 if 0 < low <= _FROM_0 * high else low), high


def _thin(costs: Sequence[float], most: int) -> list[tuple[float, float]]:
    """All points or, of many, the lowest and the highest of each stretch, so that swings stay visible."""
    if len(costs) <= most:
        return [(float(n), cost) for n, cost in enumerate(costs)]
    size = -(-2 * len(costs) // most)
    found: list[tuple[float, float]] = []
    for start in range(0, len(costs), size):
        part = range(start, min(start + size, len(costs)))
        finite = [n for n in part if math.isfinite(costs[n])]
        if not finite:
            found.append((start, math.nan))
            continue
        ends = sorted({min(finite, key=lambda n: costs[n]), max(finite, key=lambda n: costs[n])})
        found += [(n, costs[n]) for n in ends]
    return found


def _legend(frame: Frame, picture: TrainingPicture) -> None:
    """Write above the plot, at the right, how each run is drawn, its rate, and its cost where it is marked, or ends."""
    canvas = frame.canvas
    rows = []
    for (role, mark, dash), run in zip(_PENS, picture.runs, strict=False):
        rate = f"{picture.rate_name} = {to_text(run.rate)}"
        rows.append((role, mark, dash, plain_text(f"{rate}  {_cost_of(run, picture)}", canvas.glyphs)))
    wide = max(len(text) for *_, text in rows)
    start = frame.right - wide - 6
    if start <= frame.left:
        return
    for row, (role, mark, dash, text) in enumerate(rows):
        sample = "───── " if dash is None else "─ ─ ─ " if dash[0] > 1 else "· · · "
        canvas.text(start, row, mark * 5 if canvas.glyphs is not Glyphs.FULL else sample, role)
        canvas.text(start + 6, row, text, role)


def _cost_of(run: TrainingRun, picture: TrainingPicture) -> str:
    """Where a run stands, in a few words: at the update that is marked, or else at its end."""
    finite = [cost for cost in run.costs if math.isfinite(cost)]
    if len(finite) < len(run.costs):
        return "grows without end"
    at = len(finite) - 1 if picture.at is None else picture.at
    return tell_value(picture.goal, finite[at], 4) if at < len(finite) else ""
