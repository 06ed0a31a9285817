"""A training in a lesson: the cost over many updates."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from tui_backprop.dataclass import dataclass
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.live import LivePicture
from tui_backprop.desk.lesson.picture_keys import ENTER, MORE, SIDEWAYS, UPWARDS
from tui_backprop.desk.lesson.plots import PLOT_ROWS, WIDEST, plot_rows, speak
from tui_backprop.desk.plots.training_play import TrainingPlan, TrainingPlay
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.plots.training import draw_training
from tui_backprop.maths.numerals import many, to_text
from tui_backprop.tutor.edit import check_rate, read_parameter


@dataclass(frozen=True, eq=False)
class LiveTraining(LivePicture):
    """The cost over many updates, worked out at once: a lesson's training is short."""

    play: TrainingPlay
    first: TrainingPlan

    @property
    def lead(self) -> str:
        rates = ", ".join(map(to_text, self.first.rates))
        return f"In the lesson, {many(self.first.updates, 'update')} at r = {rates}: "

    @property
    def does(self) -> Mapping[str, str]:
        return {SIDEWAYS: "update", UPWARDS: "rate", ENTER: "another rate", MORE: "length"}

    @property
    def is_changed(self) -> bool:
        return self.play.plan != self.first

    def sideways(self, way: int) -> LivePicture:
        return self._with(lambda play: play.move(way))

    def upwards(self, way: int) -> LivePicture:
        return self._with(lambda play: play.change_rate(way))

    @property
    def asks(self) -> str:
        return "r"

    def typed(self, text: str) -> LivePicture:
        rate = check_rate(read_parameter(text))
        return self._with(lambda play: play.take_rate(rate))

    def enter(self) -> LivePicture:
        return self._with(TrainingPlay.one_more_rate)

    def more(self, way: int) -> LivePicture:
        return self._with(lambda play: play.lengthen(way))

    def start(self) -> LivePicture:
        return self._with(lambda play: play.begin(self.first))

    def _with(self, act: Callable[[TrainingPlay], None]) -> LiveTraining:
        play = copy.copy(self.play)
        act(play)
        return LiveTraining(play, self.first)

    @cached_property
    def _worked(self) -> TrainingPlay:
        for runs in self.play.work(lambda: True) if self.play.is_running else ():
            self.play.take(runs)
        return self.play

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        del held  # it looks the same
        if not manner.spoken:
            height = plot_rows(manner, PLOT_ROWS + 2, self._most_lines(manner))
            width = min(manner.width, WIDEST)
            yield from draw_training(self._worked.picture, width, height, manner.glyphs).runs()
        elif self._worked.course:
            yield from speak(self._worked.course, manner)
        yield from self._told(manner)

    def spare(self, manner: Manner) -> int:
        return 0 if manner.spoken else max(self._most_lines(manner) - len(self._told(manner)), 0)

    def _told(self, manner: Manner) -> list[Runs]:
        return [row for paragraph in self._worked.results_in_short
                for row in speak(paragraph.text, manner, paragraph.role)]

    def _most_lines(self, manner: Manner) -> int:
        first, *others = (len(list(speak(paragraph.text, manner))) for paragraph in self._worked.results_in_short)
        return max(first, *(len(list(speak(line, manner))) for line in self._worked.longest_results)) + sum(others)
