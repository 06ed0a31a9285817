"""A worksheet in Markdown: it prints well as plain text too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.drawing.plain import draw
from tui_backprop.export.outline import value_of
from tui_backprop.export.text import code, escape, table_row, tabulate_givens
from tui_backprop.export.worksheet import WorksheetPart, curve_of, parts, place_of
from tui_backprop.typeset.glyphs import Glyphs, plain_text, plain_title
from tui_backprop.typeset.layout import EQUALS, Row

_RULE = "_" * 24
_WIDTH, _HEIGHT = 64, 16
"""The columns and rows of a curve."""


def markdown_sheets(sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    """The worksheet, or its key."""
    yield "# Key" if key else f"Name: {_RULE}    Date: {_RULE[:14]}"
    for number, sheet in enumerate(sheets, start=1):
        yield ""
        title = escape(plain_title(sheet.exercise.title, glyphs))
        yield " ".join(("##", *place_of(sheets, number), title))
        yield ""
        yield from _key(sheet, glyphs) if key else _sheet(sheet, glyphs)


def _sheet(sheet: WorksheetPart, glyphs: Glyphs) -> Iterator[str]:
    if picture := draw(sheet.derivation, glyphs):
        yield from ("```", *picture, "```", "")
    yield from tabulate_givens(sheet.derivation, glyphs)
    if sheet.shown:
        worked_out = [Row((step.name, EQUALS, value_of(step))) for step in sheet.shown]
        yield table_row("worked out already", worked_out, glyphs)
    yield ""
    yield escape(sheet.instruction)
    yield ""
    for title, blanks in parts(sheet):
        yield f"**{title}**"
        yield ""
        for blank in blanks:
            yield f"{blank.number}. {escape(plain_text(blank.words, glyphs))}"
            yield ""
            yield f"    {code(blank.name, glyphs)} = {_RULE}"
            yield ""
    if plot := curve_of(sheet):
        yield f"**{escape(plain_text(plot.subject, glyphs))}**"
        yield ""
        yield escape(plain_text(plot.task, glyphs))
        yield ""
        yield from ("```", *plot.blank_text(_WIDTH, _HEIGHT, glyphs), "```", "")


def _key(sheet: WorksheetPart, glyphs: Glyphs) -> Iterator[str]:
    for title, blanks in parts(sheet):
        yield f"**{title}**"
        yield ""
        for blank in blanks:
            yield f"{blank.number}. {code(Row((blank.name, EQUALS, blank.value)), glyphs)}"
        yield ""
    if plot := curve_of(sheet):
        yield from ("```", *plot.text(_WIDTH, _HEIGHT, glyphs), "```", "")
