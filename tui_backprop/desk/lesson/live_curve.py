"""A curve in a lesson: a formula's, or a cost's over one quantity, with the step down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.live import LivePicture
from tui_backprop.desk.lesson.picture_keys import ENTER, SIDEWAYS, UPWARDS
from tui_backprop.desk.lesson.plots import PLOT_ROWS, WIDEST, padded, plot_rows, speak
from tui_backprop.desk.plots.play import RATES, neighbour
from tui_backprop.desk.plots.point import CurvePoint
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.plots.curve import draw_curve
from tui_backprop.maths.numerals import to_text


@dataclass(frozen=True, eq=False)
class LiveCurve(LivePicture):
    """A cost's curve or a formula's; ``first`` is its point as the lesson has it, ``stays``: a step led nowhere."""

    point: CurvePoint
    first: CurvePoint
    stays: bool = False

    @property
    def does(self) -> Mapping[str, str]:
        steps = {UPWARDS: "rate", ENTER: "step"} if self._steps else {}
        return {SIDEWAYS: "move", **steps}

    @property
    def _steps(self) -> bool:
        return self.point.rate is not None and not self.point.why_no_step

    def sideways(self, way: int) -> LivePicture:
        return replace(self, point=self.point.move_on(way), stays=False)

    def upwards(self, way: int) -> LivePicture:
        rate = self.point.rate
        if rate is None or not self._steps:
            return self
        return replace(self, point=replace(self.point, rate=neighbour(RATES, rate, way)).in_view(), stays=False)

    def enter(self) -> LivePicture:
        if not self._steps:
            return self
        point = self.point.step_down()
        return replace(self, point=point, stays=point.x == self.point.x)

    def start(self) -> LivePicture:
        return replace(self, point=self.first, stays=False)

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        del held  # it looks the same
        rate = self.point.rate
        told = list(speak(self._with_rate(self._said, rate), manner))
        if manner.spoken:
            yield from told
            ends = (replace(self.point, x=x) for x in (self.point.ground.low, self.point.ground.high))
            yield from speak(" ".join(end.sentence() for end in ends), manner)
            return
        longest = (self._with_rate(said, RATES[0]) for said in self.first.sentences)
        told = padded(told, max(len(list(speak(said, manner))) for said in longest))
        height = plot_rows(manner, PLOT_ROWS, len(told))
        yield from draw_curve(self.point.picture(), min(manner.width, WIDEST), height, manner.glyphs).runs()
        yield from told

    @property
    def _said(self) -> str:
        """Where the point is; after a step that led nowhere, that it did, in the place of which way it goes."""
        name = self.point.ground.names[0]
        zero = "The step is 0: " if self.point.spot.slope == 0 else ""
        return f"{self.point.place} {zero}{name} stays." if self.stays else self.point.sentence()

    def _with_rate(self, said: str, rate: float | None) -> str:
        return f"{said} {self.point.rate_name} = {to_text(rate)}." if self._steps and rate is not None else said
