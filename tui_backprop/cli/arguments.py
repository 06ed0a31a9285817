"""Helpers for options that all verbs share: characters, JSON output, notation."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:  # a list of titles waits for no formulas
    from tui_backprop.derivation.notation import Notation


def glyphs_of(arguments: Namespace) -> Glyphs:
    """The characters that the output may have: ASCII where that is asked for, or where the encoding is not Unicode."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Glyphs.ASCII if arguments.ascii or not encoding.startswith("utf") else Glyphs.FULL


def print_json(value: object, arguments: Namespace, indent: int | None = None, *, allow_nan: bool = True) -> None:
    """Print a value as JSON, with escapes for characters that a terminal would obey or not show."""
    import json

    ascii_only = glyphs_of(arguments) is Glyphs.ASCII
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent, allow_nan=allow_nan)
    print(text if text.isascii() else "".join(
        each if each.isprintable() or each == "\n" else json.dumps(each)[1:-1] for each in text))


def notation_of(arguments: Namespace) -> Notation:
    """The notation that is named, or the course's own."""
    from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS

    return NOTATIONS[arguments.notation] if arguments.notation else HAND_OUT


def warn_of_letters(letters: str) -> None:
    """Print one line on stderr with the letters that a document leaves out, if any."""
    from tui_backprop.course.files import printable

    if letters:
        named = printable(letters if len(letters) <= 20 else letters[:20] + "…")
        print(f"tui-backprop: {named} cannot be set by pdflatex and is left out", file=sys.stderr)
