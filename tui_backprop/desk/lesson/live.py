"""The pictures of a lesson that a reader can change in place: a curve, a map, a training, a network.

They are immutable: each key gives another picture in place of the one before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import NetworkPicture, Plot
from tui_backprop.course.source import load_source
from tui_backprop.dataclass import replace
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.plots import PLOT_ROWS, plot_rows, speak
from tui_backprop.desk.plots.point import cost_point, formula_point
from tui_backprop.drawing.canvas import Runs
from tui_backprop.maths.parse import parse


class LivePicture(ABC):
    """A picture in the text. A method that a kind of picture does not override leaves it as it is."""

    moves = True
    """Do Left and Right move it even when it is only in view, without the keys?"""

    @property
    def does(self) -> Mapping[str, str]:
        """What each of its keys does, in a word or two; other keys do nothing."""
        return {}

    @property
    def lead(self) -> str:
        """What stands before the caption once the reader has changed numbers that it may speak of."""
        return ""

    @property
    def is_changed(self) -> bool:
        """Has the reader changed numbers that the caption may speak of?"""
        return False

    def own_numbers(self) -> Iterable[float]:
        """The numbers in it that are no longer those of the lesson, since the reader has changed some."""
        return ()

    def spare(self, manner: Manner) -> int:
        """How many lines more its words may become: so many stay empty below the caption."""
        del manner
        return 0

    def sideways(self, way: int) -> LivePicture:
        """The picture after Left (−1) or Right (1)."""
        del way
        return self

    def upwards(self, way: int) -> LivePicture:
        """The picture after Up (1) or Down (−1)."""
        del way
        return self

    def enter(self) -> LivePicture:
        return self

    def more(self, way: int) -> LivePicture:
        """The picture with more (1) or less (−1) of what it counts."""
        del way
        return self

    def start(self) -> LivePicture:
        """The picture as it stands in the lesson."""
        return self

    def typed(self, text: str) -> LivePicture:
        """The picture with this text as the chosen number. Raises ValueError, with one sentence, if it is none."""
        del text
        return self

    @property
    def asks(self) -> str:
        """The name of the number that can be typed; empty where there is none."""
        return ""

    @abstractmethod
    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        """The picture and its description in words; ``held``: it has the keys just now."""


class AwaitedPicture(LivePicture):
    """Stands where a training will be, as tall as it mostly is: the page need not wait for hundreds of updates."""

    moves = False

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        del held
        yield from speak("The training is being worked out. Its curve will stand here.", manner)
        yield from [()] * (plot_rows(manner, PLOT_ROWS + 2, _BELOW_TRAINING) + _BELOW_TRAINING - 1)


_BELOW_TRAINING = 2
"""Lines of words that a training mostly has below its curve."""


def live_picture(block: Plot | NetworkPicture, folder: Path) -> LivePicture:
    """A picture as it stands in the lesson.

    Raises ExerciseError or ValueError, with one line, where it cannot be shown.
    """
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

    play = TrainingPlay(Watch(exercise))
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
    play = MapPlay(walk, plot.against[0])
    play.choose(plot.against[0], plot.against[1])
    return LiveMap(play)
