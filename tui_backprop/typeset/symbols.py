"""Which symbols a formula uses: the letters and signs that a reader must have been told of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import assert_never

from tui_backprop.typeset.latex_commands import ACCENTS
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text
from tui_backprop.typeset.read_latex import LatexError, parse_latex

_FROM_SCHOOL = frozenset(" +−-·×÷*/=<>≤≥≠≈±…,;:.()[]{}|%!?→½√′'\"&#$_^0123456789\u00a0")
"""Signs that nobody need be told of; and → and ′, which running text uses too."""
_IN_PROSE = re.compile("[\u0391-\u03a9\u03b1-\u03c9∂∇∑∏]")
_COMMANDS = {mark: command for command, mark in reversed(list(ACCENTS.items()))}
_SAME = {"Σ": "∑", "Π": "∏", "ϵ": "ε", "ϕ": "φ"}


def symbols_in(layout: Layout) -> Iterator[str]:
    """The symbols of a formula as they stand in it, again and again: ``w``, ``∂``, ``ln``; of ``ŷ`` its mark too."""
    match layout:
        case Text():
            yield from _of_text(layout)
        case Tagged(_, body):
            yield from symbols_in(body)
        case Fraction(above, below):
            yield from (*symbols_in(above), *symbols_in(below))
        case Scripted(base, sub, sup):
            for part in (base, sub, sup):
                yield from symbols_in(part) if part is not None else ()
        case Fenced(body, left, right):
            yield from ("‖",) * ("‖" in (left, right))
            yield from symbols_in(body)
        case Grid(rows):
            yield from (symbol for row in rows for cell in row for symbol in symbols_in(cell))
        case Row(parts):
            yield from (symbol for part in parts for symbol in symbols_in(part))
        case _:
            assert_never(layout)


def symbols_in_text(text: str) -> Iterator[str]:
    """The symbols in running text: Greek letters and the signs of calculus."""
    yield from (_SAME.get(sign, sign) for sign in _IN_PROSE.findall(text))


def symbols_taught(written: str) -> frozenset[str]:
    r"""What a lesson's front matter names by ``\partial``, ``∂``, ``w_jk``, ``\hat`` or ``ReLU``."""
    if written in ACCENTS:
        return frozenset((ACCENTS[written],))
    try:
        found = frozenset(symbols_in(parse_latex(written)))
    except LatexError:
        found = frozenset()
    return found | {written} if written.isalpha() else found


def symbol_name(symbol: str) -> str:
    r"""A symbol as a message may quote it: a mark over a letter as its command, ``\hat``."""
    return _COMMANDS.get(symbol, symbol)


def _of_text(text: Text) -> Iterator[str]:
    if text.role in ("words", "blank", "number"):
        return
    if text.role == "function" and len(text.text.rstrip("′")) > 1:
        yield text.text.rstrip("′")
        return
    for sign in unicodedata.normalize("NFD", text.text):
        if sign not in _FROM_SCHOOL:
            yield _SAME.get(sign, sign)
