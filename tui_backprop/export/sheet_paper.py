"""A worksheet as a LaTeX document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.export.fitting import scientific
from tui_backprop.export.outline import value_of
from tui_backprop.export.paper import document, drawing, maths, tabulate_givens, title, words
from tui_backprop.export.worksheet import Blank, WorksheetPart, parts, place_of
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.latex import latex
from tui_backprop.typeset.layout import EQUALS, Layout, Row

_PERSON = r"Name \underline{\hspace{7cm}}\hfill Date \underline{\hspace{4cm}}\par\bigskip"


def latex_sheets(sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    """The worksheet, or its key."""
    return document(_body(sheets, glyphs, key=key))


def _body(sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    yield r"\section*{Key}" if key else _PERSON
    for number, sheet in enumerate(sheets, start=1):
        if number > 1 and not key:
            yield r"\newpage"
        place = "".join(rf"{found}\quad " for found in place_of(sheets, number))
        yield rf"\section*{{{place}{title(sheet.exercise.title, glyphs)}}}"
        if not key:
            yield from drawing(sheet.derivation, glyphs)
            yield from tabulate_givens(sheet.derivation, tuple(
                maths(Row((step.name, EQUALS, value_of(step)))) for step in sheet.shown))
            yield rf"{words(sheet.instruction, glyphs)}\par"
        for heading, blanks in parts(sheet):
            yield rf"\subsection*{{{words(heading, glyphs)}}}"
            for blank in blanks:
                yield _value(blank) if key else _blank(blank, glyphs)


def _blank(blank: Blank, glyphs: Glyphs) -> str:
    """The words for a blank and a rule to write on, kept together on one page."""
    return (rf"\begin{{minipage}}{{\textwidth}}\makebox[2em][l]{{{blank.number}.}}{words(blank.words, glyphs)}\\[14pt]"
            rf"\hspace*{{2.5em}}{_display(Row((blank.name, EQUALS)))} \underline{{\hspace{{7cm}}}}"
            r"\end{minipage}\par\vspace{12pt}")


def _value(blank: Blank) -> str:
    return rf"\makebox[2.5em][l]{{{blank.number}.}}{_display(Row((blank.name, EQUALS, blank.value)))}\par\vspace{{3pt}}"


def _display(layout: Layout) -> str:
    return rf"$\displaystyle {latex(scientific(layout))}$"
