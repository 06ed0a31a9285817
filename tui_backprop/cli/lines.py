"""Prints lines for reading or listening: on a terminal broken between words, elsewhere each in one piece."""

from __future__ import annotations

import sys

_NARROWEST = 20


def print_line(text: str) -> None:
    """Print this text at once; where it goes to a terminal, no word is cut by the terminal's edge."""
    print("\n".join(break_lines(text, _columns() if sys.stdout.isatty() else 0)), flush=True)


def break_lines(text: str, columns: int) -> list[str]:
    """The text as lines of at most so many columns, broken at blanks; with 0 columns, as it is."""
    lines = text.split("\n")
    if not columns:
        return lines
    import textwrap  # where nobody looks, it is not loaded

    return [part for line in lines for part in (
        [line] if len(line) <= columns else
        textwrap.wrap(line, columns, replace_whitespace=False, break_long_words=False, break_on_hyphens=False))]


def _columns() -> int:
    from shutil import get_terminal_size

    return max(get_terminal_size().columns, _NARROWEST)
