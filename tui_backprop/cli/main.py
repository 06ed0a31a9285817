"""The command line: finds the verb, runs it, and turns what goes wrong into one line and an exit status."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

from tui_backprop import __version__

VERBS = ("list", "solve", "quiz", "mark", "worksheet", "check", "records", "progress")
LATER = ("learn", "practice")
"""Verbs that are promised and not built yet: said plainly, never half done."""

DONE, NO, BAD, INTERRUPTED = 0, 1, 2, 130

HELP = f"""usage: tui-backprop [LESSON or EXERCISE]      open the tutor
       tui-backprop list [--json]             lessons and exercises, with progress
       tui-backprop solve EXERCISE [--json] [--detail merged|full|delta]
                          [--format text|markdown|latex|html|python|pytorch]
                          [--steps FROM:TO]
       tui-backprop quiz EXERCISE --plain     the quiz as plain prompts
       tui-backprop mark EXERCISE SHEET... [--json|--csv]
       tui-backprop worksheet EXERCISE... [--key]
                          [--format markdown|latex|html]
       tui-backprop check FILE...             lint lesson and exercise files
       tui-backprop progress [--json]         what you have mastered, and what comes next
       tui-backprop records export FILE       what you have done, to another machine
       tui-backprop records import FILE

an exam:    open an exercise and press F5; it ends with a sheet for mark
everywhere: --ascii  --no-color  --notation NAME  --version  --help
notations:  hand-out  3blue1brown  nielsen  russell-norvig  goodfellow  mazur
An EXERCISE is a shipped name, such as exercise-2, or a file's path. Version {__version__}.
"""


class UsageError(Exception):
    """The call can't be understood or done: one line, exit status 2."""


def run() -> None:
    """The console command. What the output's encoding lacks is printed as an escape, never refused."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


def main(words: Sequence[str]) -> int:
    """Run one call; its exit status. Nothing but one line on stderr tells of a failure."""
    try:
        status = _dispatch(list(words))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except (UsageError, ValueError, OSError) as error:
        print(f"tui-backprop: {' '.join(str(error).split())}", file=sys.stderr)
        return BAD
    return status


def _dispatch(words: list[str]) -> int:
    verb = _first_word(words)
    if "--help" in words or "-h" in words:
        print(getattr(import_module(f"tui_backprop.cli.{verb}"), "HELP", HELP) if verb in VERBS else HELP, end="")
        return DONE
    if "--version" in words:
        print(f"tui-backprop {__version__}")
        return DONE
    if verb in VERBS:
        words.remove(verb)
        status: int = import_module(f"tui_backprop.cli.{verb}").run(words)
        return status
    if verb in LATER:
        raise UsageError(f"{verb!r} is not built yet")
    return _open(words, verb)


def _first_word(words: Sequence[str]) -> str | None:
    """The verb, or what is to be opened: the first word that is no option and no option's value."""
    pairs = zip(("", *words), words, strict=False)
    return next((word for before, word in pairs if not word.startswith("-") and before != "--notation"), None)


def _open(words: list[str], target: str | None) -> int:
    """No verb: the tutor itself, at what is named."""
    from tui_backprop.cli.arguments import common, parse

    if target is not None:
        _known(target)
    arguments = parse(common("tui-backprop", "[LESSON or EXERCISE]").add("target", nargs="?"), words)
    from tui_backprop.terminal.tutor_app import open_tutor

    return open_tutor(target, ascii_only=arguments.ascii, no_colour=arguments.no_color, notation=arguments.notation)


def _known(target: str) -> None:
    """Is there such a lesson or exercise? What is no file's path may be a mistyped verb."""
    from tui_backprop import course
    from tui_backprop.course.library import is_path, short_name

    lessons = [entry.name for entry in course.lessons()]
    if target.endswith(".md") or target in (*lessons, *map(short_name, lessons)):
        course.load_lesson(target)
        return
    if not is_path(target) and (close := get_close_matches(target, VERBS, 1, 0.7)):
        raise UsageError(f"there is no {target!r}: did you mean {close[0]!r}?")
    course.load(target)
