"""``solve``: the whole worked solution, as text, a document, a script or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from tui_backprop import course
from tui_backprop.cli.arguments import common, glyphs_of, notation_of, parse, warn_of_letters
from tui_backprop.cli.main import UsageError
from tui_backprop.derivation import Solution, Step
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.export.page import solution_page
from tui_backprop.export.paper import solution_paper
from tui_backprop.export.scripts import python_script, pytorch_script
from tui_backprop.export.text import solution_text
from tui_backprop.typeset.glyphs import Glyphs

SCRIPTS: Mapping[str, Callable[[Solution, Glyphs], str]] = {"python": python_script, "pytorch": pytorch_script}
FORMATS = ("text", "markdown", "latex", "html", *SCRIPTS)


def run(words: Sequence[str]) -> int:
    """Print the solution of an exercise."""
    parser = common("solve", "solve EXERCISE").add("exercise").add("--json", action="store_true")
    parser.add("--format", choices=FORMATS, default="text").add("--detail", choices=DETAILS).add("--steps")
    arguments = parse(parser, words)
    exercise = course.load(arguments.exercise)
    detail = arguments.detail or exercise.detail
    solution = Solution(exercise.title, exercise.derive(notation_of(arguments), detail))
    steps = _chosen(solution, arguments.steps)
    glyphs = glyphs_of(arguments)
    if arguments.json:
        print(json.dumps(solution.to_dict(steps), ensure_ascii=glyphs is Glyphs.ASCII, allow_nan=False))
        return 0
    if arguments.format in SCRIPTS:
        if arguments.steps is not None:
            raise UsageError("--steps is for worked solutions: a script works out everything")
        print(SCRIPTS[arguments.format](solution, glyphs), end="")
        return 0
    if arguments.format == "latex":
        warn_of_letters([solution.title])
    for line in _document(arguments.format, solution, steps, glyphs):
        print(line)
    return 0


def _document(kind: str, solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> Iterable[str]:
    """The lines of a worked solution."""
    if kind == "latex":
        return solution_paper(solution, steps, glyphs)
    if kind == "html":
        return solution_page(solution, steps, glyphs)
    return solution_text(solution, steps, glyphs, markdown=kind == "markdown")


def _chosen(solution: Solution, span: str | None) -> Sequence[Step]:
    """The steps FROM:TO, counted from 1; either end may be left out."""
    if span is None:
        return solution.steps
    first, colon, last = span.partition(":")
    try:
        start, end = int(first or 1), int(last or len(solution.steps)) if colon else int(first)
    except ValueError:
        raise UsageError(f"--steps {span!r} is not FROM:TO, such as 3:7") from None
    if start > end:
        raise UsageError(f"--steps {span!r}: {start} comes after {end}")
    if not 1 <= start <= end <= len(solution.steps):
        raise UsageError(f"--steps {span!r}: there are steps 1 to {len(solution.steps)}")
    return [solution.steps[number - 1] for number in range(start, end + 1)]
