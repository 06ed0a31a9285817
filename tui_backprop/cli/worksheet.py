"""``worksheet``: prints exercises as a sheet to fill in, or its key."""

from __future__ import annotations

from argparse import Namespace

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, notation_of, warn_of_letters
from tui_backprop.export.formats import FORMATS
from tui_backprop.export.worksheet import sheet_of


def run(arguments: Namespace) -> int:
    """Print a worksheet, or with ``--key`` its key."""
    notation, form = notation_of(arguments), FORMATS[arguments.format]
    sheets = []
    for name in arguments.exercises:
        exercise = course.load(name)
        sheets.append(sheet_of(exercise, exercise.derive(notation, arguments.detail)))
    warn_of_letters(form.left_out(sheet.exercise.title for sheet in sheets))
    for line in form.sheet_writer()(sheets, glyphs_of(arguments), key=arguments.key):
        print(line)
    return 0
