"""No verb: the tutor itself, where the learner left off or at what is named."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection
from difflib import get_close_matches

from tui_backprop import course
from tui_backprop.cli.verb import UsageError
from tui_backprop.course.library import is_path, short_name

LATER = ("learn", "practice")
"""Verbs that are promised and not built yet: said plainly, never half done."""


def run(arguments: Namespace) -> int:
    """Open the app."""
    from tui_backprop.terminal.tutor_app import open_tutor

    return open_tutor(arguments.target, ascii_only=arguments.ascii, no_colour=arguments.no_color,
                      notation=arguments.notation)


def check_target(target: str, verbs: Collection[str]) -> None:
    """Is there such a lesson or exercise? What is no file's path may be a mistyped verb.

    Raises :class:`UsageError` or :class:`~tui_backprop.course.ExerciseError`.
    """
    lessons = [entry.name for entry in course.lessons()]
    if target.endswith(".md") or target in (*lessons, *map(short_name, lessons)):
        course.load_lesson(target)
        return
    if target in LATER:
        raise UsageError(f"{target!r} is not built yet")
    if not is_path(target) and (close := get_close_matches(target, verbs, 1, 0.7)):
        raise UsageError(f"there is no {target!r}: did you mean {close[0]!r}?")
    course.load(target)
