"""Curves, maps and training curves of an exercise for files and pipes: as text, SVG, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from textwrap import wrap
from typing import Any

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.landscape import (
    PATH_UPDATES,
    CostHill,
    Curve,
    Map,
    cost_map,
    curve,
    descent,
    landscape,
    spans_around,
)
from tui_backprop.derivation.training import TrainingRun
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.plots.curve import CurvePicture, draw_blank, draw_curve
from tui_backprop.drawing.plots.map import MapPicture, Relief, draw_map, map_grid
from tui_backprop.drawing.plots.svg import blank_svg, curve_svg, map_svg, training_svg
from tui_backprop.drawing.plots.training import TrainingPicture, draw_training
from tui_backprop.maths.numerals import many, to_text
from tui_backprop.typeset.glyphs import Glyphs, plain_text

Spans = Sequence[tuple[float, float]]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _as_json(table: Mapping[str, Any]) -> str:
    return json.dumps({"format": 1, **table}, allow_nan=False)


def _as_csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")


def _page(heading: str, drawn: Canvas, words: Sequence[str], width: int, glyphs: Glyphs) -> list[str]:
    """The picture with its heading above it and its description below."""
    said = (piece for line in words for piece in wrap(plain_text(line, glyphs), width))
    return [*wrap(plain_text(heading, glyphs), width), *drawn.lines(), *said]


@dataclass(frozen=True)
class CurvePlot:
    """The cost of an exercise against one quantity. Raises ValueError, in one line, where there is no such curve."""

    title: str
    derivation: Derivation
    against: str
    span: tuple[float, float] | None = None

    @cached_property
    def data(self) -> Curve:
        low, high = self.span or (None, None)
        return curve(CostHill(self.derivation, self.against), low, high)

    def json(self) -> str:
        data = self.data
        following = [data.next[0], _finite(data.next[1])] if data.next is not None else None
        return _as_json({
            "kind": "curve", "against": data.against, "points": [[x, _finite(cost)] for x, cost in data.points],
            "at": data.here.x, "cost": _finite(data.here.cost), "slope": _finite(data.here.slope), "next": following})

    def csv(self) -> str:
        return _as_csv([(self.against, self.derivation.graph.goal), *(
            (x, cost if math.isfinite(cost) else "") for x, cost in self.data.points)])

    def svg(self, number: int = 0) -> str:
        """The plot as SVG; ``number`` tells it from others on one page."""
        return curve_svg(self._picture(), self._heading, self._words(), number)

    def blank_svg(self, number: int = 0) -> str:
        """The plot's axes alone as SVG, to draw the curve by hand."""
        return blank_svg(self._names, self._heading, self.task, number)

    def blank_text(self, width: int, height: int, glyphs: Glyphs) -> tuple[str, ...]:
        """The plot's axes alone as text, to draw the curve by hand."""
        return draw_blank(self._names, width, height, glyphs).lines()

    @property
    def task(self) -> str:
        """What to draw by hand, in a sentence."""
        name, height = self._names
        step = "" if self._why_no_step else ", and one step along the axis"
        return (f"Draw how {height} goes with {name}: the point where you are, the tangent there with its slope{step}.")

    @property
    def _names(self) -> tuple[str, str]:
        return self.derivation.name_of(self.against), self.derivation.name_of(self.derivation.graph.goal)

    def text(self, width: int, height: int, glyphs: Glyphs) -> list[str]:
        drawn = draw_curve(self._picture(), width, height, glyphs)
        return _page(self._heading, drawn, [self._words()], width, glyphs)

    @property
    def _heading(self) -> str:
        return f"{self.title}: {self.subject}"

    @property
    def subject(self) -> str:
        """What the plot shows, in a few words."""
        height, name = self.derivation.name_of(self.derivation.graph.goal), self.derivation.name_of(self.against)
        return f"{height} against {name}"

    @property
    def _why_no_step(self) -> str:
        return CostHill(self.derivation, self.against).why_no_step(self._names[0])

    def _picture(self) -> CurvePicture:
        data, derivation = self.data, self.derivation
        height, name = derivation.name_of(derivation.graph.goal), derivation.name_of(self.against)
        rate = derivation.name_of(derivation.graph.rate) if data.next is not None else ""
        return CurvePicture(data.points, (data.here.x, data.here.cost), data.here.slope,
                            None if self._why_no_step else data.next, (name, height),
                            f"−{rate}·∂{height}/∂{name}")

    def _words(self) -> str:
        data = self.data
        height, name = self.derivation.name_of(self.derivation.graph.goal), self.derivation.name_of(self.against)
        said = f"At {name} = {to_text(data.here.x, 4)}: {height} = {to_text(data.here.cost, 4)}, " \
               f"slope {to_text(data.here.slope)}."
        if why := self._why_no_step:
            said += f" {why}"
        elif data.next is not None:
            at, cost = data.next
            said += f" One step leads to {name} = {to_text(at, 4)} with {height} = {to_text(cost, 4)}."
        return said


@dataclass(frozen=True)
class MapPlot:
    """The cost of an exercise over two quantities, with the path of descent."""

    title: str
    derivation: Derivation
    against: tuple[str, str]
    spans: Spans | None = None

    @property
    def data(self) -> Map:
        return landscape(self.derivation, self.against, self.spans)

    def json(self) -> str:
        data = self.data
        return _as_json({
            "kind": "map", "against": list(data.against), "xs": data.xs, "ys": data.ys,
            "costs": [[_finite(cost) for cost in row] for row in data.costs], "path": data.path})

    def csv(self) -> str:
        data = self.data
        return _as_csv([(*data.against, self.derivation.graph.goal), *(
            (x, y, cost if math.isfinite(cost) else "")
            for y, row in zip(data.ys, data.costs, strict=True) for x, cost in zip(data.xs, row, strict=True))])

    def svg(self) -> str:
        data = self.data
        picture = MapPicture(Relief(data.xs, data.ys, data.costs), self._names, tuple(point[:2] for point in data.path),
                             goal=self._goal)
        return map_svg(picture, self._heading, self._words(data.path))

    def text(self, width: int, height: int, glyphs: Glyphs) -> list[str]:
        path = descent(self.derivation, self.against)
        across, down = self.spans or spans_around(path)
        xs, ys = map_grid(across, down, width, height)
        relief = Relief(xs, ys, tuple(map(tuple, cost_map(self.derivation, self.against, xs, ys))))
        picture = MapPicture(relief, self._names, tuple(point[:2] for point in path), goal=self._goal)
        drawn = draw_map(picture, width, height, glyphs, shaded=False)
        return _page(self._heading, drawn, [self._words(path)], width, glyphs)

    @property
    def _goal(self) -> str:
        return self.derivation.name_of(self.derivation.graph.goal)

    @property
    def _names(self) -> tuple[str, str]:
        first, second = (self.derivation.name_of(quantity) for quantity in self.against)
        return first, second

    @property
    def _heading(self) -> str:
        return f"{self.title}: {self._goal} over {' and '.join(self._names)}"

    def _words(self, path: Sequence[tuple[float, float, float]]) -> str:
        if len(path) == 1:
            return f"At 0, {self._goal} = {to_text(path[0][2], 4)}."
        steps = many(len(path) - 1, "update")
        end = "" if len(path) > PATH_UPDATES else " Then it has no finite value any more."
        return (f"{steps} of gradient descent lead from {self._goal} = {to_text(path[0][2], 4)} "
                f"to {to_text(path[-1][2], 4)}.{end}")


@dataclass(frozen=True)
class TrainingPlot:
    """The cost of an exercise over many updates, for one learning rate or several."""

    title: str
    derivation: Derivation
    runs: tuple[TrainingRun, ...]

    def json(self) -> str:
        return _as_json({"kind": "training", "runs": [
            {"rate": run.rate, "costs": [_finite(cost) for cost in run.costs]} for run in self.runs]})

    def csv(self) -> str:
        rows: list[Sequence[object]] = [("update", *(f"rate {run.rate!r}" for run in self.runs))]
        for n, costs in enumerate(zip(*(run.costs for run in self.runs), strict=True)):
            rows.append((n, *(cost if math.isfinite(cost) else "" for cost in costs)))
        return _as_csv(rows)

    def svg(self) -> str:
        return training_svg(self._picture(), self._heading, " ".join(self._words()))

    def text(self, width: int, height: int, glyphs: Glyphs) -> list[str]:
        drawn = draw_training(self._picture(), width, height, glyphs)
        return _page(self._heading, drawn, self._words(), width, glyphs)

    @property
    def _heading(self) -> str:
        return f"{self.title}: {many(len(self.runs[0].costs) - 1, 'update')}"

    def _picture(self) -> TrainingPicture:
        graph = self.derivation.graph
        return TrainingPicture(self.runs, rate_name="r", goal=self.derivation.name_of(graph.goal))

    def _words(self) -> list[str]:
        goal = self.derivation.name_of(self.derivation.graph.goal)
        return [f"With r = {to_text(run.rate)}: {ending(run, goal)}" for run in self.runs]


def ending(run: TrainingRun, goal: str) -> str:
    """How a run ended, in a sentence."""
    finite = [cost for cost in run.costs if math.isfinite(cost)]
    if not finite:
        return f"{goal} has no finite value."
    if len(finite) < len(run.costs):
        return f"{goal} grows until it has no finite value, after {many(len(finite), 'update')}."
    went = "falls" if finite[-1] < finite[0] else "rises" if finite[-1] > finite[0] else "stays"
    return f"{goal} {went} from {to_text(finite[0], 4)} to {to_text(finite[-1], 4)}." if went != "stays" else \
        f"{goal} stays at {to_text(finite[0], 4)}."
