"""How large the window is: what the terminal itself says, within what a screen can have."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from textual.geometry import Size

MOST = Size(600, 300)
"""More than the largest wall shows; painting takes time and memory for each cell."""
USUAL = Size(80, 24)


def window_size(numbers: Iterable[int], environment: Mapping[str, str] = os.environ) -> Size:
    """The size of the first of these open files that is a terminal and knows its size.

    Else, as on a serial line, what ``COLUMNS`` and ``LINES`` say. They do not come first: a shell that has exported
    them once does not set them again when the window changes.
    """
    for number in numbers:
        try:
            said = Size(*os.get_terminal_size(number))
        except (OSError, ValueError):
            continue
        if said.area:
            return _within_most(said)
    columns, lines = (environment.get(name, "") for name in ("COLUMNS", "LINES"))
    return _within_most(Size(_whole(columns) or USUAL.width, _whole(lines) or USUAL.height))


def is_a_window(size: Size) -> bool:
    """Can a screen have this size?"""
    return bool(size.area) and size == _within_most(size)


def _within_most(size: Size) -> Size:
    return Size(min(size.width, MOST.width), min(size.height, MOST.height))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
