"""``solve``: the whole worked solution, as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tui_backprop import course
from tui_backprop.cli.arguments import common, glyphs_of, notation_of, parse
from tui_backprop.cli.main import UsageError
from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.export.text import solution_text
from tui_backprop.typeset.glyphs import Glyphs

FORMATS = ("text", "markdown")
LATER = ("latex", "html", "python", "pytorch")


def run(words: Sequence[str]) -> int:
    """Print the solution of an exercise."""
    parser = common("solve", "solve EXERCISE").add("exercise").add("--json", action="store_true")
    parser.add("--format", choices=(*FORMATS, *LATER), default="text").add("--detail", choices=DETAILS).add("--steps")
    arguments = parse(parser, words)
    if arguments.format in LATER:
        raise UsageError(f"--format {arguments.format} is not built yet: text, markdown and --json are")
    exercise = course.load(arguments.exercise)
    detail = arguments.detail or exercise.detail
    solution = Solution(exercise.title, Derivation(exercise.task, detail, notation_of(arguments)))
    steps = _chosen(solution, arguments.steps)
    if arguments.json:
        escaped = glyphs_of(arguments) is Glyphs.ASCII
        print(json.dumps(solution.to_dict(steps), ensure_ascii=escaped, allow_nan=False))
    else:
        for line in solution_text(solution, steps, glyphs_of(arguments), markdown=arguments.format == "markdown"):
            print(line)
    return 0


def _chosen(solution: Solution, span: str | None) -> Sequence[Step]:
    """The steps FROM:TO, counted from 1; either end may be left out."""
    if span is None:
        return solution.steps
    first, colon, last = span.partition(":")
    try:
        start, end = int(first or 1), int(last or len(solution.steps)) if colon else int(first)
    except ValueError:
        raise UsageError(f"--steps {span!r} is not FROM:TO, such as 3:7") from None
    if not 1 <= start <= end <= len(solution.steps):
        raise UsageError(f"--steps {span!r}: there are steps 1 to {len(solution.steps)}")
    return [solution.steps[number - 1] for number in range(start, end + 1)]
