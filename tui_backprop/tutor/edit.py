"""Other numbers for an exercise: one parameter changed, or all of them after an update."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import replace
from tui_backprop.network.model import Circuit, Network

if TYPE_CHECKING:
    from random import Random

_NEAR: Final = (1.1, 1.6)
"""Times how much a number is drawn anew, at least and at most."""


def read_parameter(text: str) -> float:
    """The number typed for a parameter. Raises ValueError, with one sentence, where it is none."""
    from tui_backprop.tutor.numbers import read_number  # a quiz opens with the numbers as they are
    from tui_backprop.tutor.readings import Unread

    reading = read_number(text)
    if isinstance(reading, Unread):
        raise ValueError(reading.message)
    return reading.value


def check_rate(value: float) -> float:
    """The learning rate. Raises ValueError, with one sentence, where it is none."""
    if not 0 < value < math.inf:
        raise ValueError("the learning rate must be above 0")
    return value


def edit(exercise: Exercise, quantity: str, text: str) -> Exercise:
    """The exercise with one given (an id such as ``w 1:i->j``) set to the number typed.

    Raises ValueError, with one sentence, where that is no number, or leads to values that are not finite.
    """
    return with_values(exercise, {quantity: read_parameter(text)})


def again(exercise: Exercise) -> Exercise:
    """The exercise with its updated parameters: the next round."""
    return _check(exercise, exercise.derive().updated())


def list_changed_values(exercise: Exercise, original: Exercise) -> dict[str, float]:
    """The givens that differ from the original's, by id."""
    if exercise.task is original.task:
        return {}
    return dict(exercise.derive().graph.differences(original.task))


def with_values(exercise: Exercise, numbers: Mapping[str, float]) -> Exercise:
    """The exercise with these givens replaced. Raises ValueError, with one sentence, where that cannot be done."""
    if not numbers:
        return exercise
    graph = exercise.derive().graph
    for quantity, value in numbers.items():
        if not math.isfinite(value):
            raise ValueError("a parameter must be a finite number")
        if quantity == graph.rate:
            check_rate(value)
        graph.given(quantity)
    return _check(exercise, graph.with_givens(numbers))


def with_fresh_numbers(exercise: Exercise, seed: int) -> Exercise:
    """The exercise with other parameters, drawn near its own and of the same signs; a whole number stays whole.

    Raises ValueError, with one sentence, where a value that follows is not finite.
    """
    from random import Random  # most quizzes keep their numbers

    draw, derivation = Random(seed), exercise.derive()
    return with_values(exercise, {quantity: _near(derivation.values(quantity), draw)
                                  for quantity in derivation.graph.parameters()})


def _near(value: float, draw: Random) -> float:
    if value.is_integer():
        return value + math.copysign(draw.randint(1, 3), value)
    return round(value * draw.uniform(*_NEAR), 2) or value


def _check(exercise: Exercise, task: Network | Circuit) -> Exercise:
    """The exercise with another task. ValueError where a value that follows is not finite."""
    changed = replace(exercise, task=task)
    changed.derive().check_finite()
    return changed
