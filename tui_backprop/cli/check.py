"""``check``: lints lessons, exercise files, and whole courses by their folder."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui_backprop.course.exercise import Ask, Exercise, ExerciseError
from tui_backprop.course.files import format_path
from tui_backprop.course.lint import Tools, lint
from tui_backprop.course.lint_course import files_of
from tui_backprop.desk.lesson.text import widest
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.check_doubts import list_doubts
from tui_backprop.tutor.checks import why_not_right
from tui_backprop.tutor.plan import plan_steps
from tui_backprop.tutor.skills import SKILLS, skill_of, skills_in


def run(arguments: Namespace) -> int:
    """Print one line for each finding; status 1 where there is any. On a screen, where there is none, say so."""
    found = False
    files = [file for named in arguments.files for file in files_of(named)]
    for file in files:
        if file.suffix.lower() == ".json":
            raise ExerciseError("check takes lessons (*.md), exercises (*.toml) and courses (folders); answer sheets "
                                "are for mark", format_path(file))
        for finding in lint(file, TOOLS):
            found = True
            place = f"{format_path(file)}:{finding.line}" if finding.line else format_path(file)
            print(f"{place}: {finding.severity}: {finding.message}")
    if not found and sys.stdout.isatty():  # to a file or a program, silence says it
        print(f"{many(len(files), 'file')} checked: nothing is wrong.")
    return 1 if found else 0


def _skills_asked(exercise: Exercise) -> frozenset[str]:
    """The skills that a quiz on an exercise asks for."""
    derivation = exercise.derive()
    if exercise.ask == Ask():
        return frozenset(skill.key for skill in skills_in(derivation))
    asked = (skill_of(derivation, quantity) for quantity in plan_steps(derivation, exercise.ask))
    return frozenset(skill.key for skill in asked if skill is not None)


TOOLS = Tools(why_not_right, SKILLS, widest, _skills_asked, doubts=list_doubts)
"""What a check needs of other rooms."""
