"""Names every mistake in an exercise file, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.fields import MOST_NOTED
from tui_backprop.course.files import EXERCISE_SIZE, format_path, name_of, read_text
from tui_backprop.course.lesson import Finding
from tui_backprop.course.lines import find_line
from tui_backprop.course.read import inspect_exercise
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import number
from tui_backprop.maths.numerals import many, to_text
from tui_backprop.maths.template import bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.model import Network

_FAR = 10**6
_FEW_DIGITS = 2
_MOST_STEPS = 2_000


def lint_exercise(path: str | Path) -> tuple[Finding, ...]:
    """The mistakes of an exercise file, in order. Raises :class:`ExerciseError` where there is no text to look at."""
    text = read_text(path, EXERCISE_SIZE)
    try:
        exercise, errors = inspect_exercise(text, name_of(path), format_path(path))
    except ExerciseError as error:
        return (Finding(error.line or 0, error.message),)
    found = [Finding(find_line(text, error.where) or 0, error.message) for error in errors]
    if exercise is not None:
        found += islice(unreachable(exercise, text), MOST_NOTED)
        found += too_few_decimals(exercise, text)
    return tuple(sorted(found))


def unreachable(exercise: Exercise, text: str) -> Iterator[Finding]:
    """A warning for each target that the output's activation function can never reach."""
    network = exercise.task
    if not isinstance(network, Network):
        return
    low, high = ends(network.activations[-1])
    for place, sample in enumerate(network.samples):
        for unit, target in zip(network.layers[-1], sample.targets, strict=True):
            if not low <= target <= high:
                name = ACTIVATIONS[network.activations[-1]].title
                line = find_line(text, ("samples", place, "targets")) or 0
                yield Finding(line, f"{unit} can never reach its target {target:g}: {name} lies from {low:g} to "
                              f"{high:g}".replace(" to inf", " upwards"), "warning")


def too_few_decimals(exercise: Exercise, text: str) -> Iterator[Finding]:
    """A warning where the decimals that are asked for leave one digit, or nothing, of a step's value."""
    precision = exercise.precision
    if precision.places != "decimals":
        return
    derivation = exercise.derive()
    lost = [(derivation.values(step), step) for step in islice(derivation.order, _MOST_STEPS)]
    lost = [(value, step) for value, step in lost if value and precision.digits(value) < _FEW_DIGITS and not
            value.is_integer()]
    if lost:
        value, step = min(lost, key=lambda each: abs(each[0]))
        left = "one digit" if precision.digits(value) == 1 else "nothing"
        more = f", and little of {many(len(lost) - 1, 'other step')}" if len(lost) > 1 else ""
        yield Finding(find_line(text, ("answers", "decimals")) or 0, f"to {precision.said} {left} is left of {step}, "
                      f"which is {to_text(value, 3)}{more}: ask for more, or for significant_digits", "warning")


def ends(activation: str) -> tuple[float, float]:
    """The least and the greatest value of an activation function; infinite where it has none.

    Found by evaluating it far out on both sides, since all of them only rise or only fall. A softmax lies from 0 to 1.
    """
    kind = ACTIVATIONS[activation]
    if kind.coupled:
        return 0.0, 1.0

    def at(z: int) -> float:
        return evaluate(bind(kind.formula, {}, lambda _offset: 1, lambda _cell, _units: number(z)), lambda _name: z)

    low, high = at(-_FAR), at(_FAR)
    return (low if at(-2 * _FAR) == low else float("-inf"), high if at(2 * _FAR) == high else float("inf"))
