"""The cost as a landscape: along one quantity with its slope and the next step, and over two as a grid.

Plain data over floats. Where there is no finite value it holds NaN or an infinity; whoever draws or prints it leaves a
gap. Far out, curve and map take softmax in its stable form, as every step of the engine does: both have the same values
and the same gaps, and a gap is where the cost itself is infinite (the logarithm of an activation that is 0). For a
circuit, read "output" for "cost".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.graph import UnknownIdError, ValueOf
from tui_backprop.derivation.training import Training
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr

POINTS = 201
"""Points of a curve, unless another number is asked for."""
PATH_UPDATES = 20
"""Updates of a map's path of descent, unless another number is asked for."""
_LEAST_HALF, _MOST_HALF = 2.0, 1e9
"""How far a curve reaches to each side, at least and at most, where no ends are given."""
_LEAST_AROUND = 0.75
"""How far a map reaches at least from the middle of its path to each side, where no ends are given."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a curve: ``cost`` and its derivative ``slope`` at ``x``."""

    x: float
    cost: float
    slope: float


@dataclass(frozen=True, slots=True)
class FormulaHill:
    """A formula of one variable and its derivative."""

    formula: Expr
    variable: str

    @property
    def is_fixed(self) -> bool:
        return False

    @property
    def rate_name(self) -> str:
        return "r"

    def why_no_step(self, _name: str) -> str:
        return ""

    def cost(self, x: float) -> float:
        return evaluate(self.formula, lambda _: x)

    def spot(self, x: float) -> Spot:
        return Spot(x, self.cost(x), evaluate(derivative(self.formula, self.variable), lambda _: x))

    def costs(self, xs: Sequence[float]) -> list[float]:
        return [self.cost(x) for x in xs]


class CostHill:
    """An exercise's cost against one weight, bias or activation; of a circuit its output against an input or a gate.

    All other parameters stay as they are. ``is_fixed``: it is a bias that the exercise keeps as it is; ``follows``: it
    is no parameter, so that no step changes it. ``moves``: learning changes this quantity. Raises ValueError, with one
    sentence, where the cost cannot be plotted against ``against``.
    """

    def __init__(self, derivation: Derivation, against: str) -> None:
        self.derivation, self.against = derivation, against
        self.goal = derivation.graph.goal
        check_against(derivation, against)
        self.is_fixed = derivation.graph.is_fixed(against)
        self.follows = against not in derivation.graph.parameters()
        self.moves = not self.follows and not self.is_fixed and self.rate is not None

    @property
    def x(self) -> float:
        """The exercise's own value."""
        return self.derivation.values(self.against)

    @property
    def rate(self) -> float | None:
        return self.derivation.task.learning_rate

    @property
    def rate_name(self) -> str:
        return name_rate(self.derivation)

    def why_no_step(self, name: str) -> str:
        """Why gradient descent takes no step along this quantity, called ``name``, in a sentence; else empty."""
        if self.is_fixed:
            return f"The exercise keeps {name} as it is: there is no step."
        if self.follows:
            changed = self.derivation.graph.trained_in_words
            return f"There is no step here: gradient descent changes {changed}, and {name} follows from them."
        return ""

    def cost(self, x: float) -> float:
        return self._at(x)(self.goal)

    def spot(self, x: float) -> Spot:
        values = self._at(x)
        return Spot(x, values(self.goal), self.derivation.graph.slope_at(self.against, values))

    def costs(self, xs: Sequence[float]) -> list[float]:
        graph = self.derivation.graph
        at_once = graph.goals_at({self.against: xs}) if graph.is_large else None
        return [self.cost(x) for x in xs] if at_once is None else at_once

    def _at(self, x: float) -> ValueOf:
        return self.derivation.values if x == self.x else self.derivation.vary({self.against: x})


Hill = CostHill | FormulaHill


def name_rate(derivation: Derivation) -> str:
    """The name of the learning rate, also where an exercise has none."""
    return "r" if derivation.task.learning_rate is None else derivation.name_of(derivation.graph.rate)


def check_against(derivation: Derivation, against: str) -> None:
    """Raise ValueError, with one sentence, where the cost cannot be plotted against this quantity."""
    graph = derivation.graph
    try:
        found = graph.is_axis(against)
    except UnknownIdError:
        found = False
    if not found:
        raise ValueError(f"{against!r} is nothing that a curve can be drawn against here: name {graph.axes_in_words}")


@dataclass(frozen=True, slots=True)
class Curve:
    """The cost along one quantity.

    ``next`` is where one step of gradient descent leads, along this quantity alone; None where there is no learning
    rate or no slope.
    """

    against: str
    points: tuple[tuple[float, float], ...]
    here: Spot
    next: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Map:
    """The cost over two quantities: ``costs[row][column]`` at ``ys[row]`` and ``xs[column]``.

    ``path``: gradient descent in all parameters, as x, y and the cost after each update, the start first.
    """

    against: tuple[str, str]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    costs: tuple[tuple[float, ...], ...]
    path: tuple[tuple[float, float, float], ...]


def curve(hill: CostHill, low: float | None = None, high: float | None = None, points: int = POINTS) -> Curve:
    """The curve of a cost from ``low`` to ``high``.

    An end that is None is chosen so that the exercise's own point and the next one are on the curve.
    """
    here = hill.spot(hill.x)
    following = step_from(hill, here, hill.rate if hill.rate is not None else math.nan)
    if low is None or high is None:
        first, last = stretch(here.x, following[0] if following else None)
        low = first if low is None else low
        high = last if high is None else high
    xs = space_evenly(low, high, points)
    return Curve(hill.against, tuple(zip(xs, hill.costs(xs), strict=True)), here, following)


def step_from(hill: Hill, here: Spot, rate: float) -> tuple[float, float] | None:
    """Where a step of gradient descent along this quantity leads, and the cost there.

    A bias that the exercise keeps fixed stays. None where there is no slope.
    """
    if not math.isfinite(here.slope) or math.isnan(rate):
        return None
    x = here.x if hill.is_fixed else here.x - rate * here.slope
    return (x, hill.cost(x)) if math.isfinite(x) else None


def stretch(x: float, following: float | None = None) -> tuple[float, float]:
    """The range to plot a quantity over: around its value ``x``, wide enough to show where a step leads."""
    half = max(_LEAST_HALF, 2 * abs(x))
    if following is not None and math.isfinite(following):
        half = max(half, 1.25 * abs(following - x))
    half = min(half, _MOST_HALF)
    return x - half, x + half


def space_evenly(low: float, high: float, count: int) -> tuple[float, ...]:
    """``count`` numbers from ``low`` to ``high``, both included, evenly spaced."""
    return (*(low + (high - low) * n / (count - 1) for n in range(count - 1)), high)


def cost_map(
    derivation: Derivation, against: tuple[str, str], xs: Sequence[float], ys: Sequence[float]
) -> list[list[float]]:
    """The cost at every pair, a row for each of ``ys``. Loads NumPy for a network."""
    for quantity in against:
        check_against(derivation, quantity)
    first, second = against
    across, down = [x for _ in ys for x in xs], [y for y in ys for _ in xs]
    costs = derivation.graph.goals_at({first: across, second: down})
    if costs is None:
        costs = [derivation.values_with(numbers={first: x, second: y})(derivation.graph.goal)
                 for x, y in zip(across, down, strict=True)]
    return [costs[start:start + len(xs)] for start in range(0, len(costs), len(xs))]


def descent(
    derivation: Derivation, against: tuple[str, str], updates: int = PATH_UPDATES, rate: float | None = None
) -> tuple[tuple[float, float, float], ...]:
    """Gradient descent in all parameters: these two quantities and the cost, before and after each update.

    It ends early where a value is not finite any more. Without a learning rate it is the first point alone. Raises
    ValueError, with one sentence, where the cost cannot be plotted against one of them.
    """
    for quantity in against:
        check_against(derivation, quantity)
    rate = derivation.task.learning_rate if rate is None else rate
    values = derivation.values
    start = (values(against[0]), values(against[1]), values(derivation.graph.goal))
    if rate is None:
        return (start,)
    training, path = Training(derivation.task, rate), [start]
    for _ in range(updates):
        cost = training.update()
        now = Derivation(training.task, derivation.detail).values if math.isfinite(cost) else None
        if now is None:
            break
        path.append((now(against[0]), now(against[1]), cost))
    return tuple(path)


def landscape(
    derivation: Derivation, against: tuple[str, str],
    spans: Sequence[tuple[float, float]] | None = None, size: tuple[int, int] = (60, 30),
) -> Map:
    """The map of two quantities with the path of descent; ``size`` is columns and rows of points."""
    path = descent(derivation, against)
    across, down = spans or spans_around(path)
    xs, ys = space_evenly(*across, size[0]), space_evenly(*down, size[1])
    costs = tuple(map(tuple, cost_map(derivation, against, xs, ys)))
    return Map(against, xs, ys, costs, path)


def spans_around(path: Iterable[tuple[float, ...]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges of a map, across and down, that hold a path of points (x, y, …)."""
    xs, ys, *_ = zip(*path, strict=True)
    return around(xs), around(ys)


def around(values: Sequence[float]) -> tuple[float, float]:
    """A range that holds these values, with some room around them."""
    middle, half = (max(values) + min(values)) / 2, (max(values) - min(values)) / 2
    half = min(max(_LEAST_AROUND, 1.4 * half), _MOST_HALF)
    return middle - half, middle + half
