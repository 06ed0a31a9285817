"""What all exported scripts share: their head, and the numbers of the exercise as Python writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui_backprop import __version__

_WIDTH = 100


def assemble(title: str, what: str, parts: Iterable[Sequence[str]]) -> str:
    """A script of these parts, with definitions set apart. Nothing in the title can end the string it stands in."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f'"""{quoted}', "", what, f"Written by tui-backprop {__version__}.", '"""']
    before = False
    for part in parts:
        definition = part[0].startswith("def ")
        lines += ["", "", *part] if definition or before else ["", *part]
        before = definition
    return "\n".join((*lines, ""))


def array(name: str, value: Sequence[Any], make: str) -> str:
    """An assignment of numbers; the rows of a matrix stand under each other where they do not fit on one line."""
    line = f"{name} = {make.format(listing(value))}"
    if len(line) <= _WIDTH or not isinstance(value[0], Sequence):
        return line
    rows = "".join(f"\n    {listing(row)}," for row in value)
    return f"{name} = {make.format(f'[{rows}' + chr(10) + ']')}"


def listing(value: Any) -> str:
    """Nested sequences of numbers, or of units' names, as Python lists; numbers with all their digits."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, float):
        return repr(value)
    return f"[{', '.join(map(listing, value))}]"
