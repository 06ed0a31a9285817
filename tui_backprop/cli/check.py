"""``check``: lints lesson and exercise files."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.cli.arguments import common, parse
from tui_backprop.course.files import shown_path
from tui_backprop.course.lint import Tools, lint
from tui_backprop.tutor.checks import why_not_right


def run(words: Sequence[str]) -> int:
    """One line a finding; status 1 where there is any."""
    arguments = parse(common("check", "check FILE...").add("files", nargs="+", metavar="FILE"), words)
    found = False
    for file in arguments.files:
        for finding in lint(file, Tools(why_not_right)):
            found = True
            place = f"{shown_path(file)}:{finding.line}" if finding.line else shown_path(file)
            print(f"{place}: {finding.severity}: {finding.message}")
    return 1 if found else 0
