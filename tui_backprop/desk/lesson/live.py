"""The pictures of a lesson that its reader changes where they stand: a curve, a map, a training, a network.

None of it changes anything but itself: each key gives another picture in the place of the one before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import NetworkPicture, Plot
from tui_backprop.course.library import load_source
from tui_backprop.dataclass import replace
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.plots.point import cost_point, formula_point
from tui_backprop.drawing.canvas import Runs
from tui_backprop.maths.parse import parse


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


def live_picture(block: Plot | NetworkPicture, folder: Path) -> LivePicture:
    """A lesson's picture as it stands there. ExerciseError or ValueError, with one line, for what cannot be shown."""
    exercise = load_source(block.source, folder) if block.source else None
    if isinstance(block, Plot) and block.formula and block.low is not None and block.high is not None:
        return _curve_of_formula(block, block.formula, block.low, block.high)
    if exercise is None:
        raise ValueError("it names no exercise")
    if isinstance(block, NetworkPicture):
        from tui_backprop.desk.lesson.live_network import LiveNetwork

        return LiveNetwork(exercise, exercise, block.values)
    if len(block.against) == 1:
        return _curve_of_cost(block, exercise)
    return _training(block, exercise) if block.training else _map(block, exercise)


def _curve_of_formula(plot: Plot, formula: str, low: float, high: float) -> LivePicture:
    from tui_backprop.desk.lesson.live_curve import LiveCurve

    point = formula_point(parse(formula, {plot.variable: plot.variable}), plot.variable, low, high, plot.at)
    return LiveCurve(point, point)


def _curve_of_cost(plot: Plot, exercise: Exercise) -> LivePicture:
    from tui_backprop.desk.lesson.live_curve import LiveCurve

    point = cost_point(exercise, plot.against[0], plot.low, plot.high)
    return LiveCurve(point, point)


def _training(plot: Plot, exercise: Exercise) -> LivePicture:
    from tui_backprop.desk.lesson.live_training import LiveTraining
    from tui_backprop.desk.plots.training_play import TrainingPlay
    from tui_backprop.tutor.walk import Watch

    walk = Watch(exercise)
    play = TrainingPlay(exercise, walk.derivation, walk, {})
    plan = replace(play.plan, updates=plot.training)
    play.begin(plan)
    return LiveTraining(play, plan)


def _map(plot: Plot, exercise: Exercise) -> LivePicture:
    from tui_backprop.derivation.landscape import CostHill
    from tui_backprop.desk.lesson.live_map import LiveMap
    from tui_backprop.desk.plots.map_play import MapPlay
    from tui_backprop.tutor.walk import Watch

    walk = Watch(exercise)
    for quantity in plot.against:
        CostHill(walk.derivation, quantity)
    play = MapPlay(exercise, walk.derivation, walk, plot.against[0], {})
    play.choose(plot.against[0], plot.against[1])
    return LiveMap(play)
