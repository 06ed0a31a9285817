"""What the options say that every verb takes."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable

from tui_backprop.course.files import printable
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.latex import left_out


def glyphs_of(arguments: Namespace) -> Glyphs:
    """What the output may hold: ASCII where that is asked for, or where the encoding has nothing else."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Glyphs.ASCII if arguments.ascii or not encoding.startswith("utf") else Glyphs.FULL


def notation_of(arguments: Namespace) -> Notation:
    """The one that is named, or the course's own."""
    return NOTATIONS[arguments.notation] if arguments.notation else HAND_OUT


def warn_of_letters(texts: Iterable[str]) -> None:
    """One line on stderr where a LaTeX document leaves something of these texts out."""
    if letters := left_out("".join(texts)):
        said = printable(letters if len(letters) <= 20 else letters[:20] + "…")
        print(f"tui-backprop: {said} cannot be set by pdflatex and is left out", file=sys.stderr)
