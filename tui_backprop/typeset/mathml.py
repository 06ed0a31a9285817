"""Layouts as MathML Core, for HTML pages that need nothing else."""

from __future__ import annotations

from html import escape
from typing import assert_never

from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text
from tui_backprop.typeset.linear import flat, script_base, untagged

_ELEMENTS = {"symbol": "mi", "number": "mn", "operator": "mo", "function": "mi", "words": "mtext", "blank": "mtext"}


def mathml(layout: Layout) -> str:
    """The layout as one self-contained ``<math>`` element, everything in it escaped."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{_write(layout)}</math>'


def _write(layout: Layout) -> str:
    match layout:
        case Text():
            return _text(layout)
        case Tagged(_, body):
            return _write(body)
        case Fraction(above, below):
            return f"<mfrac>{_write(above)}{_write(below)}</mfrac>"
        case Scripted():
            return _set_scripts(layout)
        case Fenced(body, left, right):
            return f"<mrow>{_fence(left)}{_write(body)}{_fence(right)}</mrow>"
        case Grid(rows, (left, right)):
            return f"<mrow>{_fence(left)}<mtable>{''.join(map(_grid_row, rows))}</mtable>{_fence(right)}</mrow>"
        case Row():
            return _row(flat(layout))
        case _:
            assert_never(layout)


def _grid_row(cells: tuple[Layout, ...]) -> str:
    return f"<mtr>{''.join(f'<mtd>{_write(cell)}</mtd>' for cell in cells)}</mtr>"


def _row(parts: tuple[Layout, ...]) -> str:
    """The parts after each other; a root sign before parentheses becomes a root over what is in them."""
    pieces: list[str] = []
    for before, part in zip((None, *parts), parts, strict=False):
        inside = untagged(part)
        if before == Text("√", "function") and isinstance(inside, Fenced):
            pieces[-1] = f"<msqrt>{_write(inside.body)}</msqrt>"
        else:
            pieces.append(_write(part))
    return f"<mrow>{''.join(pieces)}</mrow>"


def _set_scripts(layout: Scripted) -> str:
    base = _write(script_base(layout.base))
    sub = _write(layout.sub) if layout.sub is not None else ""
    sup = _write(layout.sup) if layout.sup is not None else ""
    if sub and sup:
        return f"<msubsup>{base}{sub}{sup}</msubsup>"
    if sub or sup:
        return f"<msub>{base}{sub}</msub>" if sub else f"<msup>{base}{sup}</msup>"
    return base


def _fence(sign: str) -> str:
    return f'<mo lspace="0" rspace="0">{_escape(sign)}</mo>' if sign else ""


def _text(text: Text) -> str:
    if text.role == "operator" and text.text.strip() in _BRACKETS:
        return _fence(text.text.strip())
    if text.role == "operator":
        return f"<mo>{_escape(text.text.strip())}</mo>" if text.text.strip() else '<mspace width="0.2em"></mspace>'
    if text.role == "number":
        return f"<mn>{_escape(text.text.replace('-', '−'))}</mn>"
    if text.role == "symbol" and len(text.text) > 1 and text.text.replace(",", "").replace("′", "").isalnum():
        return f"<mrow>{''.join(map(_of_several, _LETTERS.findall(text.text)))}</mrow>"
    return f"<{_ELEMENTS[text.role]}>{_escape(text.text)}</{_ELEMENTS[text.role]}>"


_BRACKETS = frozenset("()[]|")
"""Browsers add room beside a bracket that neither begins nor ends its row."""
_LETTERS = late_pattern(r"\d+|.")


def _of_several(piece: str) -> str:
    """A part of a symbol such as ``jk`` or ``w′``: each letter by itself, or it would not be slanted."""
    element = "mn" if piece.isdecimal() else "mi"
    return f"<{element}>{_escape(piece)}</{element}>"


def _escape(text: str) -> str:
    """Text fit for HTML: markup escaped, spaces kept, control characters left out."""
    kept = "".join(character for character in text if character.isprintable())
    return escape(kept).replace(" ", "\u00a0")
