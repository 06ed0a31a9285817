"""Turns typeset formulas into runs of roles, with their parts lit or dimmed by their tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.typeset.box import Box
from tui_backprop.typeset.glyphs import Glyphs

Setter = Callable[[Glyphs, int, int], Box]
"""Sets a formula for a glyph level, in at most so many columns and rows where it can."""


def box_runs(box: Box, roles: Mapping[str, str]) -> tuple[Runs, ...]:
    """The box's rows as runs; ``roles`` gives each tag's role. Of nested tagged parts the inner one's role shows."""
    cells = [[""] * len(line) for line in box.lines]
    for span in reversed(box.spans):
        role = roles.get(span.tag)
        if role is not None:
            for column in range(span.column, min(span.column + span.width, len(cells[span.row]))):
                cells[span.row][column] = role
    return tuple(merge(zip(line, row, strict=True)) for line, row in zip(box.lines, cells, strict=True))
