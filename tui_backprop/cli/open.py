"""No verb: opens the tutor where the learner left off or at what is named; in plain lines where there is no screen."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Collection, Sequence
from pathlib import Path

from tui_backprop import course
from tui_backprop.cli.verb import PROGRAM, UsageError
from tui_backprop.course.library import installed_folders, is_called, is_path


def run(arguments: Namespace) -> int:
    """Open the app, or plain lines instead of it."""
    if (arguments.target or "").startswith("-"):  # argparse takes one with blanks in it for a word
        raise UsageError(f"there is no option {arguments.target!r}: see “{PROGRAM} --help”")
    if arguments.confined:
        _confine(Path(arguments.confined), arguments.target)
    from tui_backprop.terminal.capabilities import why_no_screen

    reason = why_no_screen(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if reason is not None:
        return _run_plain(arguments, reason)
    from tui_backprop.terminal.tutor_app import open_tutor

    return open_tutor(arguments.target, ascii_only=arguments.ascii, no_colour=arguments.no_color,
                      notation=arguments.notation)


def _confine(folder: Path, target: str | None) -> None:
    """Work in this folder alone; what is named by a path must lie in it."""
    from tui_backprop.course.confinement import check_inside, confine

    confine(folder, installed_folders())
    os.chdir(folder)
    if target is not None:
        if is_path(target):
            check_inside(Path(target))
        check_target(target, ())


def is_confined(words: Sequence[str]) -> bool:
    """Is there a folder to work in alone? Raises :class:`UsageError` for two: the second may lead out of the first."""
    given = [word for word in words if word.partition("=")[0] == "--confined"]
    if len(given) > 1:
        raise UsageError("there are two folders to be confined to: name one")
    return bool(given)


def _run_plain(arguments: Namespace, reason: str) -> int:
    """Run the named exercise or lesson line by line; with nothing named, print the list of what there is."""
    from tui_backprop.cli.parser import read_arguments, read_call
    from tui_backprop.cli.verbs import VERBS

    call, told = ["list"], "here is what there is; name one"
    if arguments.target is not None:
        verb = "learn" if _is_lesson(arguments.target) else "quiz"
        call, told = [verb, arguments.target, "--plain"], "here it is in plain lines"
    print(f"{PROGRAM}: {reason}: {told}", file=sys.stderr)
    call += ["--ascii"] if arguments.ascii else []
    call += ["--notation", arguments.notation] if arguments.notation else []
    found, options, rest = read_call(call, VERBS)
    return found.run(read_arguments(found, rest, options))


def check_target(target: str, verbs: Collection[str]) -> None:
    """Refuse a target that is no lesson or exercise; it may also be a mistyped verb.

    Raises :class:`UsageError` or :class:`~tui_backprop.course.ExerciseError`.
    """
    if _is_lesson(target):
        course.load_lesson(target)
        return
    try:
        course.locate(target, "exercise")
    except course.ExerciseError:
        from difflib import get_close_matches  # nobody who is understood waits for it

        if not is_path(target) and (close := get_close_matches(target, verbs, 1, 0.7)):
            raise UsageError(f"there is no {target!r}: did you mean {close[0]!r}?") from None
        raise
    course.load(target)


def _is_lesson(target: str) -> bool:
    return target.endswith(".md") or any(is_called(entry, target) for entry in course.lessons())
