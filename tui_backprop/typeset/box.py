"""Layouts as boxes of text: rows of equal width, a baseline, and the places of tagged parts."""

from __future__ import annotations

from typing import assert_never

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.typeset.glyphs import Glyphs, cells, plain_text
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text
from tui_backprop.typeset.linear import (
    ScriptStyle,
    characters,
    flat,
    joint,
    script_base,
    scripts_text,
    style_of,
    subscript_text,
    superscript_text,
    untagged,
)


@dataclass(frozen=True, slots=True)
class Span:
    """One row of a tagged part's rectangle. ``column`` and ``width`` count terminal cells."""

    tag: str
    row: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal width. ``baseline`` is the row on which neighbours stand: the bar of a fraction."""

    lines: tuple[str, ...]
    baseline: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """The width in terminal cells."""
        return cells(self.lines[0]) if self.lines else 0

    @property
    def height(self) -> int:
        """The height in rows."""
        return len(self.lines)

    def tagged(self, tag: str) -> Box:
        """The same box with one more span over the whole of it."""
        own = tuple(Span(tag, row, 0, self.width) for row in range(self.height))
        return replace(self, spans=(*self.spans, *own))

    def padded(self, *, left: int = 0, right: int = 0, top: int = 0, bottom: int = 0) -> Box:
        """The same box with empty columns and rows around it."""
        if not (left or right or top or bottom):
            return self
        blank = " " * (left + self.width + right)
        lines = tuple(" " * left + line + " " * right for line in self.lines)
        spans = tuple(replace(span, row=span.row + top, column=span.column + left) for span in self.spans)
        return Box((*(blank,) * top, *lines, *(blank,) * bottom), self.baseline + top, spans)

    def centred(self, width: int) -> Box:
        """The same box in the middle of so many columns; as it is, where it is no narrower."""
        spare = max(0, width - self.width)
        return self.padded(left=spare // 2, right=spare - spare // 2)


def line_box(text: str) -> Box:
    """One line of text as a box."""
    return Box((text,))


def beside(*boxes: Box) -> Box:
    """Boxes next to each other on one baseline."""
    over = max((box.baseline for box in boxes), default=0)
    under = max((box.height - box.baseline for box in boxes), default=1)
    lines = [""] * (over + under)
    spans: list[Span] = []
    column = 0
    for box in boxes:
        level = box.padded(top=over - box.baseline, bottom=under - (box.height - box.baseline))
        lines = [left + right for left, right in zip(lines, level.lines, strict=True)]
        spans += (replace(span, column=span.column + column) for span in level.spans)
        column += box.width
    return Box(tuple(lines), over, tuple(spans))


def above(*boxes: Box, centred: bool = False, baseline: int = 0) -> Box:
    """Boxes under each other, on the left or centred; ``baseline`` is the row of the whole that others align with."""
    width = max((box.width for box in boxes), default=0)
    lines: list[str] = []
    spans: list[Span] = []
    for box in boxes:
        full = box.centred(width) if centred else box.padded(right=width - box.width)
        spans += (replace(span, row=span.row + len(lines)) for span in full.spans)
        lines += full.lines
    return Box(tuple(lines), baseline, tuple(spans))


def draw(layout: Layout, glyphs: Glyphs) -> Box:
    """The layout as a box of text, with a span for each row of each tagged part.

    Sub- and superscripts are small letters where Unicode has every one the formula needs, else ``_x`` and ``^(x)``
    throughout. Without a fraction in it the box is one line, the same as :func:`~tui_backprop.typeset.linear.linear`.
    """
    return draw_in(layout, style_of((layout,), glyphs))


def draw_in(layout: Layout, style: ScriptStyle) -> Box:
    """:func:`draw` in a style already decided, for formulas that stand together."""
    match layout:
        case Text():
            return line_box(characters(layout, style.glyphs))
        case Tagged(tag, body):
            return draw_in(body, style).tagged(tag)
        case Fraction(numerator, denominator):
            return _fraction(draw_in(numerator, style), draw_in(denominator, style), style.glyphs)
        case Scripted(base):
            return _scripts(draw_in(script_base(base), style), layout, style)
        case Fenced(body, left, right):
            inner = draw_in(body, style)
            return beside(_fence(left, inner, style.glyphs), inner, _fence(right, inner, style.glyphs))
        case Grid(brackets=(left, right)):
            inner = _grid(layout, style)
            return beside(_fence(left, inner, style.glyphs), inner, _fence(right, inner, style.glyphs))
        case Row():
            return _row(flat(layout), style)
        case _:
            assert_never(layout)


def _fraction(numerator: Box, denominator: Box, glyphs: Glyphs) -> Box:
    """A bar as wide as the wider part; longer where the bar would be taken for a minus or for an inner bar."""
    longer = 2 if glyphs is Glyphs.ASCII or max(numerator.height, denominator.height) > 1 else 0
    wider = max(numerator.width, denominator.width)
    width = max(wider + longer, 3 if wider < 2 else 0)
    bar = line_box(("-" if glyphs is Glyphs.ASCII else "─") * width)
    return above(numerator.centred(width), bar, denominator.centred(width), baseline=numerator.height)


def _scripts(base: Box, layout: Scripted, style: ScriptStyle) -> Box:
    """Scripts on the base's row; beside a tall base at its foot and its head."""
    if base.height == 1:
        return beside(base, line_box(scripts_text(layout, style)))
    sub, sup = subscript_text(layout.sub, style), superscript_text(layout.sup, style)
    width = max(cells(sub), cells(sup))
    rows = [" " * width] * base.height
    rows[0] = sup + " " * (width - cells(sup))
    rows[-1] = sub + " " * (width - cells(sub))
    return beside(base, Box(tuple(rows), base.baseline))


_TALL = {
    Glyphs.FULL: {
        "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "|": "││││", "‖": "║║║║", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭"},
    Glyphs.CONSOLE: {
        "(": "/││\\", ")": "\\││/", "[": "┌││└", "]": "┐││┘", "|": "││││", "‖": "║║║║", "{": "┌│┤└", "}": "┐│├┘"},
    Glyphs.ASCII: {
        "(": "/||\\", ")": "\\||/", "[": "[[[[", "]": "]]]]", "|": "||||", "{": "/|<\\", "}": "\\|>/"},
}
"""Tall brackets: the top, what is repeated, the middle, the foot."""


def _fence(fence: str, body: Box, glyphs: Glyphs) -> Box:
    """A bracket as tall as its body; one that has no tall form stands on the baseline."""
    pieces = _TALL[glyphs].get(fence)
    if body.height == 1 or pieces is None:
        return line_box(plain_text(fence, glyphs))
    inside = [pieces[1]] * (body.height - 2)
    if inside:
        inside[(len(inside) - 1) // 2] = pieces[2]
    return Box((pieces[0], *inside, pieces[3]), body.baseline)


def _grid(grid: Grid, style: ScriptStyle) -> Box:
    """Rows under each other, each column lined up; the middle is the baseline of the whole."""
    boxes = [[draw_in(cell, style) for cell in row] for row in grid.rows]
    columns = max(map(len, boxes), default=0)
    widths = [max((row[n].width for row in boxes if n < len(row)), default=0) for n in range(columns)]
    cases = grid.brackets == ("{", "")
    rows = [beside(*_cells(row, widths, grid, cases)) for row in boxes]
    loose = cases or any(row.height > 1 for row in rows)
    spread = [part for row in rows for part in ((line_box(""), row) if loose else (row,))][loose:]
    whole = above(*spread)
    padded = whole.padded(left=1, right=1) if any(grid.brackets) else whole
    return replace(padded, baseline=(whole.height - 1) // 2)


def _cells(row: list[Box], widths: list[int], grid: Grid, cases: bool) -> list[Box]:
    """The cells of one row with the room that their columns take."""
    placed: list[Box] = []
    for n, box in enumerate(row):
        spare = widths[n] - box.width
        if grid.equations and n % 2 == 0:
            box = box.padded(left=spare + 3 * (n > 0))
        elif grid.equations or cases:
            box = box.padded(left=3 * (cases and n > 0), right=spare)
        else:
            box = box.centred(widths[n]).padded(left=2 * (n > 0))
        placed.append(box)
    return placed


def _row(parts: tuple[Layout, ...], style: ScriptStyle) -> Box:
    boxes = [draw_in(part, style) for part in parts]
    spaced = boxes[:1]
    for index in range(1, len(parts)):
        spaced += (line_box(_gap(parts[index - 1], parts[index], boxes[index - 1], boxes[index], style)), boxes[index])
    return beside(*spaced)


def _gap(left: Layout, right: Layout, left_box: Box, right_box: Box, style: ScriptStyle) -> str:
    """The space between neighbours: one column beside a fraction's bar, so that no minus or other bar touches it."""
    ends, starts = left_box.lines[left_box.baseline][-1:], right_box.lines[right_box.baseline][:1]
    if isinstance(untagged(left), Fraction) or isinstance(untagged(right), Fraction):
        return " " if ends.strip() and starts.strip(" ,;.") else ""
    return joint(left, left_box.lines[left_box.baseline], right_box.lines[right_box.baseline], style)
