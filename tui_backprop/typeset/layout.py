"""Formulas as trees, before it is decided how they are drawn: symbols, fractions, rows, brackets, tagged parts.

A layout tree is drawn as a box of text (Unicode, console or ASCII), as one line, or as LaTeX; every renderer reads the
same tree. Names of quantities are layouts too: ``w`` with the subscript ``jk`` and the superscript ``(L)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, assert_never

from tui_backprop.dataclass import dataclass

TextRole = Literal["symbol", "number", "operator", "function", "words", "blank"]
Brackets = tuple[str, str]
"""The brackets on the left and on the right; an empty text for none."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters, in full Unicode; poorer glyph levels translate it (``∂`` to ``d``, ``·`` to ``*``).

    ``blank`` is something still to be found: a ``[?]`` or a ``…``.
    """

    text: str
    role: TextRole = "symbol"


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with a subscript, a superscript, or both. In one row: ``wⱼₖ⁽ᴸ⁾``, sub before sup.

    ``sup_first``: the other way round, ``w³₂₄``, for a superscript that would be read as a power behind the indices.
    """

    base: Layout
    sub: Layout | None = None
    sup: Layout | None = None
    sup_first: bool = False
    written_sub: bool = False
    """The subscript is written ``_a`` although Unicode has it, because a name beside it can only be ``_b``."""


@dataclass(frozen=True, slots=True)
class Fraction:
    numerator: Layout
    denominator: Layout


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side on one baseline, with no space but what their own text has."""

    parts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Fenced:
    body: Layout
    left: str = "("
    right: str = ")"


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, each column lined up, between brackets: a matrix, cases, equations under each other.

    ``equations``: a column of left sides, then one of right sides, with no room between the two.
    """

    rows: tuple[tuple[Layout, ...], ...]
    brackets: Brackets = ("", "")
    equations: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """A part that is to be found again in the drawn box and lit up, such as the factor of the step with this id."""

    tag: str
    body: Layout


Layout = Text | Scripted | Fraction | Row | Fenced | Grid | Tagged
"""Any node of a layout tree: these kinds, and no other."""


def children(layout: Layout) -> tuple[Layout, ...]:
    """The direct parts of a node, in reading order."""
    match layout:
        case Row(parts):
            return parts
        case Fraction(above, below):
            return (above, below)
        case Scripted(base, sub, sup):
            return tuple(part for part in (base, sub, sup) if part is not None)
        case Grid(rows):
            return tuple(cell for cells in rows for cell in cells)
        case Fenced(body) | Tagged(_, body):
            return (body,)
        case Text():
            return ()
        case _:
            assert_never(layout)


def row(*parts: Layout) -> Layout:
    """Parts side by side; of one part, itself."""
    return parts[0] if len(parts) == 1 else Row(parts)


def symbol(
    base: str, sub: str = "", sup: str = "", *, sup_first: bool = False, written_sub: bool = False,
) -> Layout:
    """A symbol by its letter and the text of its scripts: ``symbol("w", "jk", "(L)")``."""
    if not sub and not sup:
        return Text(base)
    return Scripted(Text(base), Text(sub) if sub else None, Text(sup) if sup else None, sup_first,
                    written_sub)


def operator(text: str) -> Text:
    """An operator; ``text`` holds the spaces around it: ``operator(" · ")``."""
    return Text(text, "operator")


EQUALS = operator(" = ")
TIMES = operator(" · ")
GAP = Text("[?]", "blank")
"""The sign for a number that is asked for, in formulas, sentences and pictures."""


def number_text(text: str) -> Text:
    """A number as it is to be read, ``−0.397``."""
    return Text(text, "number")


def partial(of: Layout, by: Layout) -> Fraction:
    """The partial derivative ∂of/∂by as a fraction."""
    return Fraction(Row((Text("∂"), of)), Row((Text("∂"), by)))


def join(parts: Sequence[Layout], separator: str) -> Layout:
    """Parts with an operator between each two: ``joined(factors, " · ")``, ``joined((name, value), " = ")``."""
    spread: list[Layout] = []
    for part in parts:
        spread += (operator(separator), part) if spread else (part,)
    return row(*spread)
