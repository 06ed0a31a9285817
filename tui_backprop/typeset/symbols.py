"""Which symbols a formula uses: the letters and signs whose meaning a reader must have been told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tui_backprop.maths.walks import depth_first
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.latex_commands import ACCENTS
from tui_backprop.typeset.layout import Fenced, Layout, Text, children
from tui_backprop.typeset.read_latex import LatexError, parse_latex

_FROM_SCHOOL = frozenset(" +−-·×÷*/=<>≤≥≠≈±…,;:.()[]{}|%!?→½√′'\"&#$_^0123456789\u00a0")
"""Signs that need no explanation; and → and ′, which running text uses too."""
_IN_PROSE = late_pattern("[\u0391-\u03a9\u03b1-\u03c9∂∇∑∏]")
_COMMANDS = {mark: command for command, mark in reversed(list(ACCENTS.items()))}
_SAME = {"Σ": "∑", "Π": "∏", "ϵ": "ε", "ϕ": "φ"}


def symbols_in(layout: Layout) -> Iterator[str]:
    """The symbols of a formula in the order of its parts, with repetitions: ``w``, ``∂``, ``ln``; of ``ŷ`` the mark as
    well.
    """
    for node in depth_first((layout,), children):
        if isinstance(node, Text):
            yield from _of_text(node)
        elif isinstance(node, Fenced) and "‖" in (node.left, node.right):
            yield "‖"


def symbols_in_text(text: str) -> Iterator[str]:
    """The symbols in running text: Greek letters and the signs of calculus."""
    yield from (_SAME.get(sign, sign) for sign in _IN_PROSE.findall(text))


def symbols_taught(written: str) -> frozenset[str]:
    r"""The symbols named by an entry of a front matter: ``\partial``, ``∂``, ``w_jk``, ``\hat`` or ``ReLU``."""
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
