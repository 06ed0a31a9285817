"""``worksheet``: exercises on a sheet to print, and its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop import course
from tui_backprop.cli.arguments import common, glyphs_of, notation_of, parse, warn_of_letters
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.drawing.plain import drawn
from tui_backprop.export.sheet_page import html_sheets
from tui_backprop.export.sheet_paper import latex_sheets
from tui_backprop.export.sheet_text import markdown_sheets
from tui_backprop.export.worksheet import Sheet, sheet_of
from tui_backprop.typeset.glyphs import Glyphs

FORMATS = ("markdown", "latex", "html")


def run(words: Sequence[str]) -> int:
    """Print a worksheet, or with ``--key`` the key to it."""
    parser = common("worksheet", "worksheet EXERCISE...").add("exercises", nargs="+").add("--key", action="store_true")
    parser.add("--format", choices=FORMATS, default="markdown").add("--detail", choices=DETAILS)
    arguments = parse(parser, words)
    notation = notation_of(arguments)
    sheets = []
    for name in arguments.exercises:
        exercise = course.load(name)
        sheets.append(sheet_of(exercise, exercise.derive(notation, arguments.detail)))
    if arguments.format == "latex":
        warn_of_letters(sheet.exercise.title for sheet in sheets)
    for line in _lines(arguments.format, sheets, glyphs_of(arguments), key=arguments.key):
        print(line)
    return 0


def _lines(kind: str, sheets: Sequence[Sheet], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    if kind == "html":
        return html_sheets(sheets, glyphs, key=key)
    if kind == "latex":
        return latex_sheets(sheets, glyphs, key=key)
    return markdown_sheets(sheets, glyphs, lambda derivation: drawn(derivation, glyphs), key=key)
