"""A map in a lesson: the cost over two quantities, with the path down."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from tui_backprop.dataclass import dataclass
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.live import LivePicture
from tui_backprop.desk.lesson.picture_keys import ENTER, MORE, SIDEWAYS, UPWARDS
from tui_backprop.desk.lesson.plots import PLOT_ROWS, WIDEST, padded, plot_rows, speak
from tui_backprop.desk.plots.map_play import MapPlay
from tui_backprop.drawing.canvas import Runs
from tui_backprop.maths.numerals import many, to_text

_STEPS_TOLD = 5
"""After so many steps of a walk it is told where it has led to; further on there is little to tell."""
_HEIGHTS = "Decimals: heights."
_LONGEST = f"{_HEIGHTS} Whole numbers: steps of a walk, where there is room."
"""What stands in the map, at its longest. What a step did takes its place."""


@dataclass(frozen=True, eq=False)
class LiveMap(LivePicture):
    """The cost over two quantities."""

    play: MapPlay

    @property
    def does(self) -> Mapping[str, str]:
        steps = {ENTER: "step"} if self.play.takes_steps else {}
        return {SIDEWAYS: "move", UPWARDS: "up, down", **steps, MORE: "zoom"}

    def sideways(self, way: int) -> LivePicture:
        return self._with(lambda play: play.move(way, 0))

    def upwards(self, way: int) -> LivePicture:
        return self._with(lambda play: play.move(0, way))

    def enter(self) -> LivePicture:
        return self._with(MapPlay.enter)

    def more(self, way: int) -> LivePicture:
        return self._with(lambda play: play.zoom(way))

    def start(self) -> LivePicture:
        return self._with(MapPlay.start_again)

    def _with(self, act: Callable[[MapPlay], None]) -> LiveMap:
        play = copy.copy(self.play)
        act(play)
        return LiveMap(play)

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        del held  # it looks the same
        where = [row for text in self._place for row in speak(text, manner)]
        if manner.spoken:
            yield from where
            yield from speak(self.play.way, manner) if self.play.is_flat else self._walk_in_words(manner)
            return
        legend, news = (list(speak(f"{_HEIGHTS} {self.play.way}", manner)),
                        [row for told in self.play.said for row in speak(told.text, manner, told.role)])
        told = [*padded(news or legend, len(list(speak(_LONGEST, manner)))), *where]
        size = min(manner.width, WIDEST), plot_rows(manner, PLOT_ROWS + 2, len(told))
        yield from self.play.draw(*size, manner.glyphs, manner.shaded).runs()
        yield from told

    @property
    def _place(self) -> tuple[str, str]:
        """Where the point is, with the rate of its steps, and how steep it is there."""
        where, _ = (paragraph.text for paragraph in self.play.place)
        rate = f" {self.play.rate_name} = {to_text(self.play.rate)}." if self.play.takes_steps else ""
        return f"{where}{rate}", self.play.slopes

    def _walk_in_words(self, manner: Manner) -> Iterator[Runs]:
        ahead = self.play.path[self.play.steps + 1:][:_STEPS_TOLD]
        if steps := len(ahead):
            end = copy.copy(self.play)
            end.here = ahead[-1]
            yield from speak(f"After a walk of {many(steps, 'step')} from there: {end.place[0].text}", manner)
