"""Checking a gradient by nudging: the cost a little to both sides of a parameter, beside what the chain rule says.

Plain data and plain sentences. For a circuit "cost" means its output, for a batch the mean cost.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import Final

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.graph import ValueOf
from tui_backprop.maths.numerals import leading_power, many, to_text
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Unread
from tui_backprop.tutor.walk import Walk

SIZES: Final = (0.1, 0.01, 0.001)
"""The sizes of nudge to choose from."""
LEAST, MOST = 1e-12, 10.0
"""The least and the greatest nudge that may be typed."""
DIGITS: Final = 6
"""Significant digits in which slope and gradient are shown and compared."""
_CLOSE: Final = 3
"""With so many equal digits slope and gradient are said to agree."""
_ROUNDING: Final = 1e-15
"""The relative error of a computed cost, roughly."""
_FAR: Final = 8
"""Slope and gradient may differ by so many times the noise before rounding no longer explains it."""
_NEAR: Final = 1e-9
_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Nudge:
    """What a nudge of one parameter shows.

    ``below``, ``here`` and ``above`` are the cost at value − size, value, value + size. ``switched``: units (the ids of
    their pre-activations) or gates with a corner between or at these points; ``cornered``: there is one at the value
    itself, so that no nudge is small enough. ``earned``: the learner has found the gradient, so that showing this gives
    nothing away.
    """

    derivation: Derivation
    parameter: str
    size: float
    value: float
    below: float
    here: float
    above: float
    switched: tuple[str, ...] = ()
    cornered: bool = False
    earned: bool = True

    @property
    def gradient_id(self) -> str:
        return self.derivation.graph.gradient_id(self.parameter)

    @property
    def goal(self) -> str:
        """The id of the cost, or of the circuit's output."""
        return self.derivation.graph.goal

    @property
    def run(self) -> float:
        """The distance from the lower point to the upper one."""
        return 2 * self.size

    @property
    def rise(self) -> float:
        return self.above - self.below

    @property
    def slope(self) -> float:
        """Rise over run, to both sides: the central estimate."""
        return self.rise / self.run

    @property
    def left(self) -> float:
        """The slope from the lower point to here."""
        return (self.here - self.below) / self.size

    @property
    def right(self) -> float:
        """The slope from here to the upper point."""
        return (self.above - self.here) / self.size

    @cached_property
    def gradient(self) -> float:
        """The gradient by the chain rule."""
        return self.derivation.values(self.gradient_id)

    @property
    def noise(self) -> float:
        """How far off rounding alone may put the slope, roughly."""
        return _ROUNDING * max(abs(self.below), abs(self.above)) / self.size

    @property
    def agreeing(self) -> int:
        """The number of significant digits in which slope and gradient agree, at most :data:`DIGITS`."""
        return DIGITS if self.is_flat else agreeing_digits(self.slope, self.gradient)

    @property
    def is_flat(self) -> bool:
        """Are slope and gradient 0, apart from rounding?"""
        return max(abs(self.slope), abs(self.gradient)) <= self.noise

    @property
    def texts(self) -> tuple[str, str]:
        """Slope and gradient with the same number of decimals, to stand under one another."""
        return ("0", "0") if self.is_flat else _alike(self.slope, self.gradient, DIGITS)

    @property
    def side_texts(self) -> tuple[str, str]:
        """The slopes on the left and on the right, with the same number of decimals."""
        return ("0", "0") if max(abs(self.left), abs(self.right)) <= self.noise else _alike(self.left, self.right, 4)

    @property
    def cost_texts(self) -> tuple[str, str, str]:
        """The three costs with enough decimals that their differences have digits."""
        difference = max(abs(self.above - self.here), abs(self.here - self.below))
        decimals = places_for(difference, DIGITS) if difference else DIGITS
        return write_fixed(self.below, decimals), write_fixed(self.here, decimals), write_fixed(self.above, decimals)


def nudgeable(derivation: Derivation) -> Sequence[str]:
    """The ids of what can be nudged: weights and biases; of a circuit its inputs."""
    return derivation.graph.parameters()


def read_size(text: str) -> float:
    """The size of nudge typed. Raises ValueError, with one sentence, where it is none."""
    reading = read_number(text)
    if isinstance(reading, Unread):
        raise ValueError(reading.message)
    if not LEAST <= reading.value <= MOST:
        raise ValueError(f"A nudge lies between {to_text(LEAST)} and {to_text(MOST)}.")
    return reading.value


def nudge(walk: Walk, parameter: str, size: float) -> Nudge:
    """Nudge one parameter of a walk's exercise, all others as they are.

    Raises ValueError, with one sentence, where the cost there is no finite number.
    """
    derivation = walk.derivation
    value = derivation.graph.given(parameter)
    there = [derivation.vary({parameter: value + by}) for by in (-size, size)]
    points = (there[0], derivation.values, there[1])
    below, here, above = (values(derivation.graph.goal) for values in points)
    if not all(map(math.isfinite, (below, here, above))):
        raise ValueError("So far away the cost is no finite number. Take a smaller nudge.")
    earned = walk.shows_all or walk.earned(derivation.graph.gradient_id(parameter))
    switched = tuple(_list_switched(derivation, points, parameter))
    cornered = bool(switched) and _is_cornered(derivation, parameter, value)
    return Nudge(derivation, parameter, size, value, below, here, above, switched, cornered, earned)


def warning(nudge: Nudge) -> str:
    """The warning before a gradient is given away."""
    named = nudge.gradient_id, nudge.goal, nudge.parameter
    gradient, cost, parameter = map(nudge.derivation.name_of, named)
    return f"You have not found {gradient} yet. Nudging gives it away: how fast {cost} rises when {parameter} does."


def sentences(nudge: Nudge) -> Iterator[str]:
    """What the nudge shows, in words: whether both agree, and where they do not, why."""
    agreeing, rounding = nudge.agreeing, abs(nudge.slope - nudge.gradient) <= _FAR * nudge.noise
    if nudge.switched and agreeing < DIGITS:
        yield from _corner(nudge)
    elif agreeing < DIGITS and rounding:
        yield f"{_agree(nudge)} The rest is lost in rounding: a cost has about 16 digits. Take a larger nudge."
    elif agreeing >= _CLOSE:
        yield _agree(nudge)
        yield _meaning(nudge)
    else:
        cost = nudge.derivation.name_of(nudge.goal)
        yield f"{cost} bends between the two points, so rise over run is off. Take a smaller nudge."


def agreeing_digits(estimate: float, exact: float) -> int:
    """Significant digits in which two numbers agree when rounded, at most :data:`DIGITS`."""
    off, scale = abs(estimate - exact), max(abs(estimate), abs(exact))
    if off == 0:
        return DIGITS
    digits = math.floor(leading_power(scale) + 1 - math.log10(2 * off))
    return max(0, min(DIGITS, digits))


def _alike(one: float, other: float, digits: int) -> tuple[str, str]:
    """Two numbers with the same number of decimals, so that the larger has ``digits`` significant digits."""
    places = places_for(max(abs(one), abs(other)), digits)
    return write_fixed(one, places), write_fixed(other, places)


def places_for(size: float, digits: int) -> int:
    """The decimals that show so many significant digits of a number of this size, which is not 0."""
    return min(max(digits - 1 - leading_power(size), 0), 15)


def write_fixed(value: float, places: int) -> str:
    """A number with ``places`` decimals and a typographic minus; zeros alone have no minus."""
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def _agree(nudge: Nudge) -> str:
    """How far slope and gradient agree, as they stand one above the other; 0.9999 and 1.0001 do when rounded."""
    alike, digits = alike_digits(nudge), nudge.agreeing
    if nudge.texts[0] == nudge.texts[1]:
        how = "in all digits shown"
    elif alike >= digits - 1 and alike:
        how = f"to {many(alike, 'digit')}"
    else:
        how = f"to {many(digits, 'digit')} when rounded"
    return f"Nudging and the chain agree {how}." if digits else "Nudging and the chain do not agree."


def alike_digits(nudge: Nudge) -> int:
    """The significant digits at the beginning of slope and gradient that look alike."""
    slope, gradient = nudge.texts
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(slope, gradient, strict=False)))
    return len(slope[:same].replace(".", "").strip("−").lstrip("0"))


def _meaning(nudge: Nudge) -> str:
    cost, name = nudge.derivation.name_of(nudge.goal), nudge.derivation.name_of(nudge.parameter)
    if nudge.gradient == 0:
        return f"A small change of {name} leaves {cost} as it is."
    direction = "up" if nudge.gradient > 0 else "down"
    return f"Raise {name} by a little, and {cost} goes {direction} by {to_text(abs(nudge.gradient))} times as much."


def _corner(nudge: Nudge) -> Iterator[str]:
    derivation = nudge.derivation
    names = [derivation.name_with_sample(name) for name in nudge.switched[:_MOST_NAMED]]
    more = f" and {len(nudge.switched) - _MOST_NAMED} more" if len(nudge.switched) > _MOST_NAMED else ""
    one, several = derivation.graph.at_corner
    what = one if len(nudge.switched) == 1 else several
    yield f"There is a corner here: {', '.join(names)}{more} {what} between the points."
    left, right = nudge.side_texts
    yield (f"The slopes differ: {left} on the left, {right} on the right. "
           + ("Right at a corner there is no one slope." if nudge.cornered else "Take a smaller nudge."))


def _is_cornered(derivation: Derivation, parameter: str, value: float) -> bool:
    """Is there a corner at the parameter's own value?"""
    by = _NEAR * max(1.0, abs(value))
    near = [derivation.vary({parameter: value + step}) for step in (-by, by)]
    return any(_list_switched(derivation, near, parameter))


def _list_switched(derivation: Derivation, points: Sequence[ValueOf], parameter: str) -> Iterator[str]:
    """The ids of what lies on different sides of a corner at these points."""
    sides = [derivation.graph.sides(parameter, values) for values in points]
    for places in zip(*sides, strict=True):
        if len({side for _, side in places}) > 1:
            yield places[0][0]
