"""The pictures of a lesson that its reader changes where they stand: a curve, a map, a training, a network.

None of it changes anything but itself: each key gives another picture in the place of the one before.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import NetworkPicture, Plot
from tui_backprop.course.library import load_source
from tui_backprop.derivation.landscape import CostHill
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.picture_keys import ENTER, MORE, SIDEWAYS, UPWARDS
from tui_backprop.desk.lesson.plots import PLOT_ROWS, WIDEST, network_rows, speak, spoken_network
from tui_backprop.desk.plots.curve_play import RATES, neighbour
from tui_backprop.desk.plots.map_play import MapPlay
from tui_backprop.desk.plots.point import CurvePoint, cost_point, formula_point
from tui_backprop.desk.plots.training_play import TrainingPlan, TrainingPlay
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.plots.curve import draw_curve
from tui_backprop.drawing.plots.training import draw_training
from tui_backprop.maths.numerals import shown
from tui_backprop.maths.parse import parse
from tui_backprop.tutor.edit import edited, with_values
from tui_backprop.tutor.walk import Watch
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_BY = 0.1
"""What one press adds to a number of a network."""


class LivePicture(ABC):
    """A picture in the text. What a kind of it does nothing with leaves it as it is."""

    moves = True
    """Do Left and Right move it while it is only in view?"""

    @property
    def does(self) -> Mapping[str, str]:
        """What each of its keys does, in a word or two; the others do nothing."""
        return {}

    def sideways(self, way: int) -> LivePicture:
        """To the left (−1) or to the right (1)."""
        del way
        return self

    def upwards(self, way: int) -> LivePicture:
        """Up (1) or down (−1)."""
        del way
        return self

    def enter(self) -> LivePicture:
        return self

    def more(self, way: int) -> LivePicture:
        """More (1) or less (−1)."""
        del way
        return self

    def start(self) -> LivePicture:
        """As it stood in the lesson."""
        return self

    def typed(self, text: str) -> LivePicture:
        """With this number for the chosen one. ValueError, with one sentence, for what is none."""
        del text
        return self

    @property
    def asks(self) -> str:
        """The name of the number that can be typed; empty where there is none."""
        return ""

    @abstractmethod
    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        """The picture with what it shows in words; ``held``: it has the keys just now."""


@dataclass(frozen=True, eq=False)
class LiveCurve(LivePicture):
    """A cost's curve or a formula's; ``first`` is its point as the lesson has it."""

    point: CurvePoint
    first: CurvePoint

    @property
    def does(self) -> Mapping[str, str]:
        steps = {UPWARDS: "rate", ENTER: "step"} if self._steps else {}
        return {SIDEWAYS: "move", **steps}

    @property
    def _steps(self) -> bool:
        return self.point.rate is not None and not self.point.is_fixed

    def sideways(self, way: int) -> LivePicture:
        return replace(self, point=self.point.moved(way))

    def upwards(self, way: int) -> LivePicture:
        rate = self.point.rate
        if rate is None or not self._steps:
            return self
        return replace(self, point=replace(self.point, rate=neighbour(RATES, rate, way)).seen())

    def enter(self) -> LivePicture:
        return replace(self, point=self.point.stepped()) if self._steps else self

    def start(self) -> LivePicture:
        return replace(self, point=self.first)

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        del held  # it looks the same
        if not manner.spoken:
            yield from draw_curve(self.point.picture(), min(manner.width, WIDEST), PLOT_ROWS, manner.glyphs).runs()
        rate = self.point.rate
        told = f" {self.point.rate_name} = {shown(rate)}." if self._steps and rate is not None else ""
        yield from speak(f"{self.point.sentence()}{told}", manner)


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
        if not manner.spoken:
            width, height = min(manner.width, WIDEST), PLOT_ROWS + 2
            yield from self.play.draw(width, height, manner.glyphs, manner.shaded).runs()
        for paragraph in self.play.paragraphs:
            yield from speak(paragraph.text, manner, paragraph.role)


@dataclass(frozen=True, eq=False)
class LiveTraining(LivePicture):
    """The cost over many updates, worked out at once: a lesson's training is short."""

    play: TrainingPlay
    first: TrainingPlan

    @property
    def does(self) -> Mapping[str, str]:
        return {SIDEWAYS: "update", UPWARDS: "rate", ENTER: "another rate", MORE: "length"}

    def sideways(self, way: int) -> LivePicture:
        return self._with(lambda play: play.move(way))

    def upwards(self, way: int) -> LivePicture:
        return self._with(lambda play: play.change_rate(way))

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
        play = self._worked
        if not manner.spoken:
            yield from draw_training(play.picture, min(manner.width, WIDEST), PLOT_ROWS + 2, manner.glyphs).runs()
        for paragraph in play.paragraphs:
            yield from speak(paragraph.text, manner, paragraph.role)


@dataclass(frozen=True, eq=False)
class LiveNetwork(LivePicture):
    """A network whose numbers are chosen and changed; ``values``: what follows from them is shown too."""

    exercise: Exercise
    first: Exercise
    values: bool
    place: int = 0
    moves = False

    @property
    def does(self) -> Mapping[str, str]:
        return {SIDEWAYS: "choose", UPWARDS: "more, less", ENTER: "set"}

    @cached_property
    def _watch(self) -> Watch:
        return Watch(self.exercise)

    @property
    def chosen(self) -> str:
        """The id of the number in hand."""
        return self._givens[self.place]

    @cached_property
    def _givens(self) -> Sequence[str]:
        """All that is given but the rate, which shows nowhere in the picture."""
        graph = self._watch.derivation.graph
        return [given for given in graph.givens() if given != graph.rate]

    @property
    def asks(self) -> str:
        return linear(self._watch.derivation.naming.name(self.chosen), Glyphs.FULL)

    def sideways(self, way: int) -> LivePicture:
        return replace(self, place=(self.place + way) % len(self._givens))

    def upwards(self, way: int) -> LivePicture:
        value = round(self._watch.derivation.graph.given(self.chosen) + way * _BY, 10)
        try:
            return replace(self, exercise=with_values(self.exercise, {self.chosen: value}))
        except ValueError:  # a rate of 0, a target that the cost does not take
            return self

    def start(self) -> LivePicture:
        return replace(self, exercise=self.first)

    def typed(self, text: str) -> LivePicture:
        return replace(self, exercise=edited(self.exercise, self.chosen, text))

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        if manner.spoken:
            for line in spoken_network(self.exercise, self.values):
                yield ((line, ""),)
            return
        is_own = self.exercise != self.first
        values = self.values or is_own  # of numbers of one's own they give nothing away
        yield from network_rows(self.exercise, values, manner, self.chosen if held else None)
        if values and (held or is_own):
            derivation = self._watch.derivation
            goal = linear(derivation.naming.name(derivation.graph.goal), Glyphs.FULL)
            told = f"{goal} = {shown(derivation.values(derivation.graph.goal), 4)}"
            whose = ", with your numbers. The questions keep the lesson’s." if is_own else ""
            yield from speak(f"{told}{whose}", manner)


def live_picture(block: Plot | NetworkPicture, folder: Path) -> LivePicture:
    """A lesson's picture as it stands there. ExerciseError or ValueError, with one line, for what cannot be shown."""
    exercise = load_source(block.source, folder) if block.source else None
    if isinstance(block, Plot) and block.formula and block.low is not None and block.high is not None:
        expr = parse(block.formula, {block.variable: block.variable})
        return _curve(formula_point(expr, block.variable, block.low, block.high, block.at))
    if exercise is None:
        raise ValueError("it names no exercise")
    if isinstance(block, NetworkPicture):
        return LiveNetwork(exercise, exercise, block.values)
    if len(block.against) == 1:
        return _curve(cost_point(exercise, block.against[0], block.low, block.high))
    walk = Watch(exercise)
    if block.training:
        play = TrainingPlay(exercise, walk.derivation, walk, {})
        plan = replace(play.plan, updates=block.training)
        play.begin(plan)
        return LiveTraining(play, plan)
    for quantity in block.against:
        CostHill(walk.derivation, quantity)
    map_play = MapPlay(exercise, walk.derivation, walk, block.against[0], {})
    map_play.choose(block.against[0], block.against[1])
    return LiveMap(map_play)


def _curve(point: CurvePoint) -> LiveCurve:
    return LiveCurve(point, point)
