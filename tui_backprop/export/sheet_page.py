"""A worksheet as a page of HTML to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tui_backprop.export.outline import value_of
from tui_backprop.export.page import drawing, maths, page, tabulate_givens
from tui_backprop.export.worksheet import Blank, WorksheetPart, curve_of, parts, place_of
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Row


def html_sheets(sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    """The worksheet, or its key."""
    return page("Key" if key else "Worksheet", _body(sheets, key=key), glyphs)


def _body(sheets: Sequence[WorksheetPart], *, key: bool) -> Iterator[str]:
    if key:
        yield "<h1>Key</h1>"
    else:
        rule = '<span class="blank"></span>'
        yield f'<div class="person"><span>Name</span>{rule}<span>Date</span>{rule}</div>'
    for number, sheet in enumerate(sheets, start=1):
        yield f'<section class="{"key" if key else "exercise"}">'
        yield f"<h2>{' '.join((*place_of(sheets, number), escape(sheet.exercise.title)))}</h2>"
        if not key:
            yield drawing(sheet.derivation, number)
            yield from tabulate_givens(sheet.derivation, _list_shown(sheet))
            yield f"<p>{escape(sheet.instruction)}</p>"
        for title, blanks in parts(sheet):
            yield f"<h3>{escape(title)}</h3>"
            yield '<ol class="values">' if key else "<ol>"
            yield from (_value(blank) if key else _blank(blank) for blank in blanks)
            yield "</ol>"
        yield from _curve(sheet, number, key=key)
        yield "</section>"


def _curve(sheet: WorksheetPart, number: int, *, key: bool) -> Iterator[str]:
    """Axes to draw the cost's curve into; in the key, the curve."""
    plot = curve_of(sheet)
    if plot is not None:
        yield f"<h3>{escape(plot.subject)}</h3>"
        yield plot.svg(number) if key else f"<p>{escape(plot.task)}</p>{plot.blank_svg(number)}"


def _list_shown(sheet: WorksheetPart) -> tuple[str, ...]:
    return tuple(maths(Row((step.name, EQUALS, value_of(step)))) for step in sheet.shown)


def _blank(blank: Blank) -> str:
    return (f'<li><span class="number">{blank.number}.</span><span class="words">{escape(blank.words)}</span>'
            f'<div class="line"><span class="name">{maths(Row((blank.name, EQUALS)))}</span>'
            '<span class="blank"></span></div></li>')


def _value(blank: Blank) -> str:
    return f'<li><span class="number">{blank.number}.</span>{maths(Row((blank.name, EQUALS, blank.value)))}</li>'
