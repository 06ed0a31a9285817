"""A point on a curve that can be moved and can take steps, for plots in lessons and for the screen of a curve.

A lesson shows ``draw_curve(point.picture(), width, height, glyphs).runs()`` and below it ``point.sentence()``; a key
puts ``point.moved(1)`` or ``point.stepped()`` in its place. Points are immutable.
"""

from __future__ import annotations

import math
from functools import cached_property

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.landscape import CostHill, FormulaHill, Hill, Spot, curve, space_evenly, step_from, stretch
from tui_backprop.drawing.plots.axes import height_range
from tui_backprop.drawing.plots.curve import CurvePicture
from tui_backprop.maths.expression import Expr
from tui_backprop.maths.numerals import leading_power, to_text
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Text
from tui_backprop.typeset.linear import linear

POINTS = 161
"""The number of points of a curve on a screen: about two for each column."""
_SHORT = 3
"""A height whose name is longer than this is a formula, and not a symbol."""
_MOVES = 60
"""How many moves lead from one end to the other, roughly."""


_TINY, _STEEP = 1e-6, 1e-3
"""A run so short a part of a picture; a slope that no smooth curve has so near to where it is flat."""
CORNER = "There is a corner here, and no one slope: by agreement it is 0."


@dataclass(frozen=True)
class Ground:
    """A curve from ``low`` to ``high``, its points worked out once. ``names``: of the quantity and of the height."""

    hill: Hill
    points: tuple[tuple[float, float], ...]
    names: tuple[str, str]
    heights: tuple[float, float]

    @property
    def low(self) -> float:
        return self.points[0][0]

    @property
    def high(self) -> float:
        return self.points[-1][0]


def ground(hill: Hill, low: float, high: float, names: tuple[str, str]) -> Ground:
    """The curve of a hill between two numbers."""
    xs = space_evenly(low, high, POINTS)
    return _ground(hill, tuple(zip(xs, hill.costs(xs), strict=True)), names)


def _ground(hill: Hill, points: tuple[tuple[float, float], ...], names: tuple[str, str]) -> Ground:
    return Ground(hill, points, names, height_range(cost for _, cost in points))


@dataclass(frozen=True)
class CurvePoint:
    """A point at ``x`` on a curve. ``rate``: None where there are no steps, as on a formula's curve without a rate."""

    ground: Ground
    x: float
    rate: float | None = None

    @property
    def spot(self) -> Spot:
        return self.ground.hill.spot(self.x)

    @property
    def move(self) -> float:
        """The length of one move: a round number."""
        rough = (self.ground.high - self.ground.low) / _MOVES
        power = 10.0 ** leading_power(rough)
        return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))

    @property
    def is_corner(self) -> bool:
        """Is the slope 0 by agreement alone: does the curve leave this point steeply to a side?"""
        hill, run = self.ground.hill, (self.ground.high - self.ground.low) * _TINY
        here, around = hill.cost(self.x), [hill.cost(self.x + way * run) for way in (-1, 1)]
        return self.spot.slope == 0 and any(abs(height - here) > _STEEP * run for height in around)

    @property
    def why_no_step(self) -> str:
        """Why gradient descent takes no step along this curve, in a sentence; empty where it does."""
        return self.ground.hill.why_no_step(self.ground.names[0])

    @property
    def next(self) -> tuple[float, float] | None:
        """Where a step leads, and the height there; None where there are no steps or there is no slope."""
        if self.rate is None or self.why_no_step:
            return None
        return step_from(self.ground.hill, self.spot, self.rate)

    def move_on(self, by: int) -> CurvePoint:
        """The point ``by`` moves further on, at a multiple of a move; it stays in the picture."""
        low, high, move = self.ground.low, self.ground.high, self.move
        count = (math.floor(self.x / move + 1e-9) if by > 0 else math.ceil(self.x / move - 1e-9)) + by
        return replace(self, x=min(max(round(count * move, 12), low), high))

    def step_down(self) -> CurvePoint:
        """The point after a step downhill; the picture becomes wider where the step leads out of it."""
        following = self.next
        return self if following is None else replace(self, x=following[0]).in_view()

    def in_view(self) -> CurvePoint:
        """The same point in a picture that holds it and the next one, as far as possible."""
        following = self.next
        wanted = [self.x, *((following[0],) if following is not None else ())]
        if all(self.ground.low <= x <= self.ground.high for x in wanted):
            return self
        low, high = stretch(self.x, following[0] if following is not None else None)
        if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
            return self
        return replace(self, ground=ground(self.ground.hill, low, high, self.ground.names))

    def around_itself(self) -> CurvePoint:
        """The same point in a picture of its surroundings."""
        low, high = stretch(self.x)
        return replace(self, ground=ground(self.ground.hill, low, high, self.ground.names))

    def picture(self, *, covered: bool = False) -> CurvePicture:
        """The picture of the curve with this point on it."""
        spot, following = self.spot, self.next
        name, height = self.ground.names
        return CurvePicture(
            self.ground.points, (spot.x, spot.cost), spot.slope, following, self.ground.names,
            step_name="" if following is None else f"−{self.rate_name}·{slope_name(height, name)}",
            covered=covered, heights=self._heights(spot.cost, following))

    @property
    def rate_name(self) -> str:
        return self.ground.hill.rate_name

    def _heights(self, cost: float, following: tuple[float, float] | None) -> tuple[float, float]:
        """The range of heights that is drawn: the curve's, and wider where this point or the next one lies outside."""
        low, high = self.ground.heights
        must = [height for height in (cost, *(following or ())[1:]) if math.isfinite(height)]
        return (low, high) if all(low <= height <= high for height in must) else height_range([low, high], must)

    def sentence(self) -> str:
        """Where the point is, how steep the curve is there, and where a step leads."""
        spot, following, said = self.spot, self.next, self.place
        if not (math.isfinite(spot.cost) and math.isfinite(spot.slope)):
            return said
        if following is None or not math.isfinite(following[1]) or spot.slope == 0:
            ways = CORNER if self.is_corner else lie(spot.slope)
            return f"{said} {ways} {self.why_no_step}".rstrip()
        return f"{said} A step leads to {self.ground.names[1]} = {to_text(following[1], 3)}."

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentence here, at 0, at the picture's ends and beside them: mostly the longest of all is among them."""
        low, high = self.ground.low, self.ground.high
        places = (self.x, low, low + self.move, min(max(0.0, low), high), high - self.move, high)
        return tuple(replace(self, x=x).sentence() for x in places)

    @property
    def place(self) -> str:
        """Where the point is and how steep the curve is there, without which way it goes."""
        spot, (name, height) = self.spot, self.ground.names
        if not math.isfinite(spot.cost):
            return f"At {name} = {to_text(spot.x, 4)} there is no finite value of {height}."
        said = f"At {name} = {to_text(spot.x, 4)}: {height} = {to_text(spot.cost, 4)}"
        if not math.isfinite(spot.slope):
            return f"{said}. There is no one slope here."
        return f"{said}, slope {to_text(spot.slope, 3)}."


def lie(slope: float) -> str:
    """Which way the curve goes to the right, in a sentence."""
    if slope == 0:
        return "It is flat here."
    return "To the right it goes uphill." if slope > 0 else "To the right it goes downhill."


def slope_name(height: str, name: str) -> str:
    """The derivative as a symbol; the word "slope" where the height has no short name."""
    return f"∂{height}/∂{name}" if len(height) <= _SHORT else "slope"


def cost_point(
    exercise: Exercise, against: str, low: float | None = None, high: float | None = None,
    derivation: Derivation | None = None,
) -> CurvePoint:
    """The point of an exercise on its cost's curve. Raises ValueError, in one line, where there is no such curve."""
    derivation = derivation or exercise.derive()
    hill = CostHill(derivation, against)
    names = (derivation.name_of(against), derivation.name_of(hill.goal))
    return CurvePoint(_ground(hill, curve(hill, low, high, POINTS).points, names), hill.x, hill.rate)


def formula_point(
    formula: Expr, variable: str, low: float, high: float, at: float | None = None, rate: float | None = None,
) -> CurvePoint:
    """A point on a formula's curve, at ``at`` or else a quarter of the way from the left end."""
    text = linear(set_formula(formula, Text), Glyphs.FULL)
    start = low + (high - low) / 4 if at is None else at
    return CurvePoint(ground(FormulaHill(formula, variable), low, high, (variable, text)), start, rate)
