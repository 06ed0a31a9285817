"""``check``: lints lesson and exercise files."""

from __future__ import annotations

from argparse import Namespace

from tui_backprop.course.files import shown_path
from tui_backprop.course.lint import Tools, lint
from tui_backprop.desk.lesson.text import widest
from tui_backprop.tutor.checks import why_not_right
from tui_backprop.tutor.skills import SKILLS


def run(arguments: Namespace) -> int:
    """One line a finding; status 1 where there is any."""
    found = False
    for file in arguments.files:
        for finding in lint(file, Tools(why_not_right, SKILLS, widest)):
            found = True
            place = f"{shown_path(file)}:{finding.line}" if finding.line else shown_path(file)
            print(f"{place}: {finding.severity}: {finding.message}")
    return 1 if found else 0
