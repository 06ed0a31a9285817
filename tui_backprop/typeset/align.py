"""Formulas under each other, lined up at their factors, and formulas too wide for one line."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.typeset.box import Box, above, beside, draw_in, line_box
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Row, Tagged, Text
from tui_backprop.typeset.linear import ScriptStyle, flat, is_operator, linear, style_of, untagged

_LOOSEST_FIRST = (frozenset(("=", "≈", "→", "⇒")), frozenset(("+", "−", "-")), frozenset(("·", "×")))
"""Operators at which a formula may be broken, the best places first."""


def align(
    rows: Sequence[Sequence[Layout]], glyphs: Glyphs, width: int | None = None, height: int | None = None,
) -> Box:
    """Several rows of cells as one box, each column of cells centred: fractions, and under them their values.

    A cell is a factor, or an operator with its spaces (``operator(" · ")``); an empty ``Text("")`` fills a gap. The
    last cell of a row shorter than the longest may be wider than its column. Where ``width`` is given and too small,
    the columns go on underneath, broken before an operator and set in under the first one. Where ``height`` is too
    small for fractions, each cell is written in one line, if that is lower and fits ``width``.
    """
    box = _align(rows, glyphs, width)
    if height is None or box.height <= height:
        return box
    level = _align([[_level(cell, glyphs) for cell in cells] for cells in rows], glyphs, width)
    return level if level.height < box.height and (width is None or level.width <= width) else box


def _level(cell: Layout, glyphs: Glyphs) -> Layout:
    """A cell in one line; an operator keeps its blanks."""
    if isinstance(cell, Tagged):
        return Tagged(cell.tag, _level(cell.body, glyphs))
    return cell if isinstance(cell, Text) else Text(linear(cell, glyphs))


def _align(rows: Sequence[Sequence[Layout]], glyphs: Glyphs, width: int | None) -> Box:
    style = style_of((cell for cells in rows for cell in cells), glyphs)
    boxes = [[draw_in(cell, style) for cell in cells] for cells in rows]
    columns = max((len(cells) for cells in boxes), default=0)
    widths = [_column_width(boxes, column, columns) for column in range(columns)]
    bands = [
        _band(cells, group, columns, widths).padded(left=widths[0] if group.start else 0)
        for group in _groups(rows, widths, width) for cells in boxes if len(cells) > group.start
    ]
    return above(*bands, baseline=bands[0].baseline) if bands else line_box("")


def draw_wrapped(layout: Layout, glyphs: Glyphs, width: int) -> Box:
    """The layout as a box no wider than ``width`` where it can be broken, before ``=``, ``+``, ``−`` or `` · ``.

    Lines after the first begin under the first ``=``. What has no operator to break at stays as wide as it is.
    """
    return _wrap(layout, style_of((layout,), glyphs), width)


def _wrap(layout: Layout, style: ScriptStyle, width: int) -> Box:
    whole = draw_in(layout, style)
    if whole.width <= width:
        return whole
    if isinstance(layout, Tagged):
        return _wrap(layout.body, style, width).tagged(layout.tag)
    parts = flat(layout)
    indent = _indent(parts, style, width)
    lines = _pack(_pieces(parts, style, width - indent), style, width, indent)
    boxes = [_draw(parts, style).padded(left=indent if number else 0) for number, parts in enumerate(lines)]
    return above(*boxes, baseline=boxes[0].baseline)


def _column_width(boxes: list[list[Box]], column: int, columns: int) -> int:
    """The widest cell of the column, not counting last cells that may be wider than their column."""
    standing = (row[column].width for row in boxes if len(row) > column and not _runs_on(row, column, columns))
    return max(standing, default=0)


def _runs_on(row: list[Box], column: int, columns: int) -> bool:
    return column == len(row) - 1 and len(row) < columns


def _groups(rows: Sequence[Sequence[Layout]], widths: list[int], width: int | None) -> list[range]:
    """The columns that stand side by side: all of them, or as many at a time as fit."""
    if width is None or sum(widths) <= width:
        return [range(len(widths))]
    longest = max(rows, key=len)
    breaks = [column for column in range(2, len(widths)) if is_operator(untagged(longest[column]))]
    groups, start, used = [], 0, 0
    for column, end in zip([0, *breaks], [*breaks, len(widths)], strict=True):
        chunk = sum(widths[column:end])
        if column > start and used + chunk > width:
            groups.append(range(start, column))
            start, used = column, widths[0]
        used += chunk
    return [*groups, range(start, len(widths))]


def _band(row: list[Box], group: range, columns: int, widths: list[int]) -> Box:
    """One row's cells of a group of columns, each in the middle of its column."""
    cells = [
        row[column] if _runs_on(row, column, columns) else row[column].centred(widths[column])
        for column in group if column < len(row)
    ]
    return beside(*cells)


def _draw(parts: Sequence[Layout], style: ScriptStyle) -> Box:
    return draw_in(Row(tuple(parts)), style)


def _indent(parts: Sequence[Layout], style: ScriptStyle, width: int) -> int:
    """How far lines after the first are set in: to the first ``=``, where that leaves them half the room."""
    for index, part in enumerate(parts):
        if _sign(part) in _LOOSEST_FIRST[0]:
            before = _draw(parts[:index], style).width
            return before if before <= width // 2 else 2
    return 2


def _sign(part: Layout) -> str:
    return part.text.strip() if isinstance(part, Text) and is_operator(part) else ""


def _pieces(parts: Sequence[Layout], style: ScriptStyle, limit: int) -> list[Sequence[Layout]]:
    """The parts in pieces that fit, split no further than they must be."""
    if _draw(parts, style).width <= limit:
        return [parts]
    for signs in _LOOSEST_FIRST:
        breaks = [index for index in range(1, len(parts)) if _sign(parts[index]) in signs]
        if breaks:
            chunks = [parts[start:end] for start, end in zip([0, *breaks], [*breaks, len(parts)], strict=True)]
            return [piece for chunk in chunks for piece in _pieces(chunk, style, limit)]
    return [parts]


def _pack(pieces: list[Sequence[Layout]], style: ScriptStyle, width: int, indent: int) -> list[list[Layout]]:
    """The pieces filled into lines, as many to each as fit; each begins with its operator, so their widths add up."""
    lines: list[list[Layout]] = []
    used = 0
    for piece in pieces:
        needed = _draw(piece, style).width
        if lines and used + needed <= width:
            lines[-1] += piece
            used += needed
        else:
            used = needed + (indent if lines else 0)
            lines.append(list(piece))
    return lines
