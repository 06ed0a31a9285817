"""Where a reader is in a block of text at any width: counted in characters, which do not depend on the width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from tui_backprop.drawing.canvas import Runs


def characters_before(rows: Sequence[Runs], row: int) -> int:
    """How many characters, blanks left out, stand in the rows before this one."""
    return sum(map(_characters, rows[:row]))


def row_of(rows: Sequence[Runs], before: int) -> int:
    """The row that holds the character with ``before`` characters before it; the last row where there is none."""
    ends = accumulate(map(_characters, rows))
    return next((row for row, end in enumerate(ends) if end > before), max(len(rows) - 1, 0))


def _characters(row: Runs) -> int:
    return sum(not character.isspace() for text, _ in row for character in text)
