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
from tui_backprop.maths.numerals import many

_STEPS_TOLD = 5
"""After so many steps of a walk it is told where it has led to; further on there is little to tell."""


@dataclass(frozen=True, eq=False)
class LiveMap(LivePicture):
    """The cost over two quantities."""

    play: MapPlay

    @property
    def does(self) -> Mapping[str, str]:
        return {SIDEWAYS: "move", UPWARDS: "up, down", ENTER: "step", MORE: "zoom"}

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
        news, where = ([row for paragraph in told for row in speak(paragraph.text, manner, paragraph.role)]
                       for told in (self.play.said, self.play.place))
        told = where + news
        if not manner.spoken:
            told = padded(told, len(where) + 1)
            size = min(manner.width, WIDEST), plot_rows(manner, PLOT_ROWS + 2, len(told))
            yield from self.play.draw(*size, manner.glyphs, manner.shaded).runs()
        yield from told
        if manner.spoken and (steps := min(len(self.play.path) - 1, _STEPS_TOLD)):
            end = copy.copy(self.play)
            end.here = self.play.path[steps]
            yield from speak(f"After a walk of {many(steps, 'step')} from there: {end.place[0].text}", manner)
