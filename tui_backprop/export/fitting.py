"""Makes formulas fit a line of paper: breaks them at operators, and writes powers of ten as on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tui_backprop.dataclass import replace
from tui_backprop.typeset.layout import (
    TIMES,
    Fenced,
    Fraction,
    Grid,
    Layout,
    Row,
    Scripted,
    Tagged,
    Text,
    operator,
    row,
)
from tui_backprop.typeset.linear import flat, is_operator, untagged

_SIGNS = (frozenset("+−-"), frozenset("·×/,"))
"""The signs before which a formula may be broken, the better places first."""


def width(layout: Layout) -> float:
    """The width of a typeset formula, roughly, in digits."""
    match layout:
        case Text(text):
            return len(text)
        case Tagged(_, body):
            return width(body)
        case Scripted(base, sub, sup):
            return width(base) + 0.75 * max(width(part) if part else 0 for part in (sub, sup))
        case Fraction(above, below):
            return max(width(above), width(below)) + 1
        case Fenced(body):
            return width(body) + 2
        case Grid(rows):
            return sum(max(map(width, column)) + 1 for column in zip(*rows, strict=True))
        case Row():
            return sum(map(width, flat(layout)))
        case _:
            assert_never(layout)


def break_lines(layout: Layout, room: float) -> list[Layout]:
    """The formula in lines of about ``room`` digits; each line after the first begins with its operator.

    Where there is no operator to break at, brackets are opened, and a fraction is written with a slash.
    """
    if width(layout) <= room:
        return [layout]
    parts = _all_opened(layout, room)
    lines: list[list[Layout]] = [[]]
    used = 0.0
    for chunk in _chunks(parts, room):
        needed = sum(map(width, chunk))
        if lines[-1] and used + needed > room:
            lines.append([])
            used = 0.0
        lines[-1] += chunk
        used += needed
    return [row(*line) for line in lines if line]


def scientific(layout: Layout) -> Layout:
    """The layout with numbers such as 1.5e-7 written as 1.5 · 10⁻⁷."""
    match layout:
        case Text(text, "number") if "e" in text:
            mantissa, _, power = text.partition("e")
            return Row((Text(mantissa, "number"), TIMES, Scripted(Text("10", "number"), sup=Text(power))))
        case Tagged(tag, body):
            return Tagged(tag, scientific(body))
        case Scripted(base, sub, sup):
            written = scientific(base)
            return Scripted(written if written == base else Fenced(written), sub, sup and scientific(sup))
        case Fraction(above, below):
            return Fraction(scientific(above), scientific(below))
        case Fenced(body, left, right):
            return Fenced(scientific(body), left, right)
        case Row(parts):
            return Row(tuple(map(scientific, parts)))
        case Grid(rows):
            return replace(layout, rows=tuple(tuple(map(scientific, cells)) for cells in rows))
        case Text():
            return layout
        case _:
            assert_never(layout)


def _open(part: Layout, room: float) -> list[Layout]:
    """A part that is too wide for a line, as parts that can be broken; any other part alone."""
    if width(part) <= room:
        return [part]
    inside = untagged(part)
    match inside:
        case Fenced(body, left, right):
            return [operator(left), *_all_opened(body, room), operator(right)]
        case Fraction(above, below):
            return [*_open(Fenced(above), room), operator(" / "), *_open(Fenced(below), room)]
        case Scripted(base, sub, sup):
            body, left, right = _fence_of(untagged(base))
            return [operator(left), *_all_opened(body, room), Scripted(operator(right), sub, sup)]
        case Text() | Row() | Grid() | Tagged():
            return [part]
        case _:
            assert_never(inside)


def _fence_of(base: Layout) -> tuple[Layout, str, str]:
    """What a script hangs on, without its brackets; and its brackets."""
    return (base.body, base.left, base.right) if isinstance(base, Fenced) else (base, "(", ")")


def _all_opened(body: Layout, room: float) -> list[Layout]:
    """The parts of a row, opened where they are too wide, with a sign between factors that had none."""
    parts: list[Layout] = []
    for part in flat(untagged(body)):
        if parts and _is_group(part) and _is_factor(parts[-1]):
            parts.append(TIMES)
        parts += _open(part, room)
    return parts


def _is_group(part: Layout) -> bool:
    inside = untagged(part)
    return isinstance(inside, Fenced) or (isinstance(inside, Scripted) and isinstance(untagged(inside.base), Fenced))


def _is_factor(part: Layout) -> bool:
    """Does a bracket right after this part mean a product? Not after a sign or a function's name."""
    inside = untagged(part)
    if isinstance(inside, Text):
        return inside.role in ("symbol", "number") or inside.text.strip() in (")", "]")
    return True


def _chunks(parts: Sequence[Layout], room: float) -> list[list[Layout]]:
    """The parts in pieces that fit, split at the loosest operators that allow it."""
    for signs in _SIGNS:
        chunks = _split(parts, signs)
        if all(sum(map(width, chunk)) <= room for chunk in chunks):
            return chunks
    return [piece for chunk in _split(parts, _SIGNS[0]) for piece in _split(chunk, _SIGNS[1])]


def _split(parts: Sequence[Layout], signs: frozenset[str]) -> list[list[Layout]]:
    chunks: list[list[Layout]] = [[]]
    for part in parts:
        if chunks[-1] and is_operator(part) and isinstance(part, Text) and part.text.strip() in signs:
            chunks.append([])
        chunks[-1].append(part)
    return chunks
