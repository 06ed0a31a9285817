"""A lesson's blocks as rows of text at a width and a glyph level."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from tui_backprop.course import lesson as blocks
from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import Block, Check, Inline
from tui_backprop.course.library import load_source
from tui_backprop.desk.network_view import diagram_of
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import Highlight, draw_diagram
from tui_backprop.tutor.checks import option_letter, shown_parts
from tui_backprop.tutor.walk import Watch
from tui_backprop.typeset.align import draw_wrapped
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex

_MOST_COLUMNS = 78
_DIAGRAM_ROWS = 6


def block_rows(block: Block, folder: Path, width: int, glyphs: Glyphs) -> list[Runs]:
    """One block as rows, with an empty one after it."""
    width = min(width, _MOST_COLUMNS)
    return [*_rows(block, folder, width, glyphs), ()]


def inline_text(content: Inline, glyphs: Glyphs) -> str:
    """Running text, its formulas set in one line."""
    return plain_text("".join(_formula(run.text) if run.kind == "math" else run.text for run in content), glyphs)


def _formula(latex: str) -> str:
    try:
        return linear(parse_latex(latex), Glyphs.FULL)
    except LatexError:
        return latex


def _rows(block: Block, folder: Path, width: int, glyphs: Glyphs) -> Iterator[Runs]:
    match block:
        case blocks.Heading(content=content):
            yield ((inline_text(content, glyphs), "title"),)
        case blocks.Paragraph(content=content):
            yield from _wrapped(inline_text(content, glyphs), width)
        case blocks.List(items=items):
            for item in items:
                lead = plain_text("  " * item.depth + item.marker, glyphs) + " "
                yield from _wrapped(inline_text(item.content, glyphs), width, lead)
        case blocks.Table(header=header, rows=rows):
            for cells in (header, *rows):
                yield from _wrapped("   ".join(inline_text(cell, glyphs) for cell in cells), width)
        case blocks.Math(latex=latex):
            yield from _display(latex, width, glyphs)
        case blocks.Code(text=text):
            yield from (((f"    {plain_text(line, glyphs)}"[:width], "note"),) for line in text.splitlines())
        case Check():
            yield from _check(block, width, glyphs)
        case blocks.NetworkPicture(source=source, values=values, caption=caption):
            yield from _network(load_source(source, folder), values, width, glyphs)
            yield from _wrapped(inline_text(caption, glyphs), width, role="note")
        case blocks.Plot(caption=caption):
            yield from _wrapped(inline_text(caption, glyphs), width, role="note")
        case blocks.ExerciseLink(say=say):
            yield from _wrapped(inline_text(say, glyphs), width, role="bar")


def _wrapped(text: str, width: int, lead: str = "", role: str = "") -> Iterator[Runs]:
    for line in text.splitlines():
        for piece in textwrap.wrap(line, max(width - len(lead), 10)):
            yield ((lead + piece, role),)
            lead = " " * len(lead)


def _display(latex: str, width: int, glyphs: Glyphs) -> Iterator[Runs]:
    try:
        box = draw_wrapped(parse_latex(latex), glyphs, width - 4)
    except LatexError:
        yield ((latex[:width], "note"),)
        return
    yield from ((("    " + line, ""),) for line in box.lines)


def _check(check: Check, width: int, glyphs: Glyphs) -> Iterator[Runs]:
    yield from _wrapped(inline_text(check.prompt, glyphs), width, "? ", "bar")
    for number, place in enumerate(shown_parts(check), 1):
        yield from _wrapped(inline_text(check.labels[place], glyphs), width, f"   {option_letter(number)}  ")


def _network(exercise: Exercise, values: bool, width: int, glyphs: Glyphs) -> Iterator[Runs]:
    walk = Watch(exercise)
    while values and not walk.finished:
        walk.advance()
    diagram = diagram_of(walk, None)
    if diagram is not None:
        tallest = max(len(layer.units) for layer in diagram.layers)
        height = max(_DIAGRAM_ROWS, 2 + 4 * tallest)
        drawn = list(draw_diagram(diagram, Highlight(), width, height, glyphs))
        while drawn and not any(text.strip() for text, _ in drawn[-1]):
            drawn.pop()
        yield from drawn
