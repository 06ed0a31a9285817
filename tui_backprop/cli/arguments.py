"""Options: what every verb takes, and argparse's complaints as one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from tui_backprop.cli.main import UsageError
from tui_backprop.course.files import printable
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.latex import left_out


class Parser(argparse.ArgumentParser):
    """A parser that raises :class:`UsageError` instead of leaving."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (usage: tui-backprop {self.usage})")

    def add(self, *names: str, **how: Any) -> Parser:
        """The same parser with one argument more."""
        self.add_argument(*names, **how)
        return self


def common(name: str, usage: str) -> Parser:
    """A parser with the options that every verb takes."""
    parser = Parser(prog=name, usage=usage, add_help=False, allow_abbrev=False)
    parser.add("--ascii", action="store_true").add("--no-color", action="store_true")
    return parser.add("--notation", type=_notation)


def _notation(key: str) -> str:
    """The key of a notation. Raises :class:`UsageError` with all that there are."""
    if key not in NOTATIONS:
        raise UsageError(f"--notation {key!r}: there are {', '.join(NOTATIONS)}")
    return key


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """The arguments. Raises :class:`UsageError`."""
    return parser.parse_args(list(words))


def glyphs_of(arguments: argparse.Namespace) -> Glyphs:
    """What the output may hold: ASCII where that is asked for, or where the encoding has nothing else."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Glyphs.ASCII if arguments.ascii or not encoding.startswith("utf") else Glyphs.FULL


def warn_of_letters(texts: Iterable[str]) -> None:
    """One line on stderr where a LaTeX document leaves something of these texts out."""
    if letters := left_out("".join(texts)):
        said = printable(letters if len(letters) <= 20 else letters[:20] + "…")
        print(f"tui-backprop: {said} cannot be set by pdflatex and is left out", file=sys.stderr)


def notation_of(arguments: argparse.Namespace) -> Notation:
    return NOTATIONS[arguments.notation] if arguments.notation else HAND_OUT


