"""``solve``: the whole worked solution, as text, a document, a script or JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, notation_of, print_json, warn_of_letters
from tui_backprop.cli.telling import ToldSteps, telling
from tui_backprop.cli.verb import UsageError
from tui_backprop.derivation import Solution, Step
from tui_backprop.export.formats import FORMATS, TOLD
from tui_backprop.garbage import search_rarely


def run(arguments: Namespace) -> int:
    """Print the solution of an exercise."""
    search_rarely()
    with telling() as told:
        exercise = course.load(arguments.exercise, lambda phase: told.tell(f"{phase} …"))
    detail = arguments.detail or exercise.detail
    solution = Solution(exercise.title, exercise.derive(notation_of(arguments), detail))
    steps = _choose(solution, arguments.steps)
    with telling() as told:
        # Where lines are printed one by one, they show the progress themselves.
        return _print(solution, steps if sys.stdout.isatty() else ToldSteps(steps, told), arguments)


def _print(solution: Solution, steps: Sequence[Step], arguments: Namespace) -> int:
    if arguments.json:
        print_json(solution.to_dict(steps), arguments, allow_nan=False)
        return 0
    form = TOLD if arguments.spoken else FORMATS[arguments.format]
    if form.whole and arguments.steps is not None:
        raise UsageError("--steps is for worked solutions: a script works out everything")
    warn_of_letters(form.left_out([solution.title]))
    for line in form.solution_writer()(solution, steps, glyphs_of(arguments)):
        print(line)
    return 0


def _choose(solution: Solution, span: str | None) -> Sequence[Step]:
    """The steps FROM:TO, counted from 1; either end may be left out."""
    if span is None:
        return solution.steps
    first, colon, last = span.partition(":")
    try:
        start, end = int(first or 1), int(last or len(solution.steps)) if colon else int(first)
    except ValueError:
        raise UsageError(f"--steps {span[:40]!r} is not FROM:TO, such as 3:7") from None
    if start > end:
        raise UsageError(f"--steps {span[:40]!r}: {start} comes after {end}")
    if not 1 <= start <= end <= len(solution.steps):
        raise UsageError(f"--steps {span[:40]!r}: there are steps 1 to {len(solution.steps)}")
    return [solution.steps[number - 1] for number in range(start, end + 1)]
