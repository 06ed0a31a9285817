r"""The tokens of a LaTeX formula, and which bracket closes which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.patterns import late_pattern

MAX_LENGTH = 2000
"""Longest formula read, in characters."""
MAX_DEPTH = 30
"""Deepest nesting of braces and brackets read."""


class LatexError(ValueError):
    """A formula that cannot be read: what is wrong, and at which character (from 0) it was seen."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


@dataclass(frozen=True, slots=True)
class LatexToken:
    text: str
    position: int


PARTNERS = {"(": ")", "[": "]", "{": "}", r"\left": r"\right", r"\begin": r"\end",
             **{rf"\l{name}": rf"\r{name}" for name in ("Vert", "vert", "angle", "floor", "ceil")}}
_OPENERS = {closing: opening for opening, closing in PARTNERS.items()}
_STRICT = ("{", r"\left", r"\begin")
"""Tokens that open something which must be closed."""
_TOKENS = late_pattern(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)


def tokens_of(text: str) -> list[LatexToken]:
    """The tokens. Raises :class:`LatexError` for a text that is too long."""
    if len(text) > MAX_LENGTH:
        raise LatexError(f"this formula has {len(text)} characters; {MAX_LENGTH} is the most", MAX_LENGTH)
    return [LatexToken(match.group(), match.start()) for match in _TOKENS.finditer(text)]


def match_brackets(tokens: Sequence[LatexToken]) -> Mapping[int, int]:
    r"""Where each ``{``, ``\left`` and matched bracket closes; brackets without a partner (``[0, 1)``) are left out."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    delimiter = False
    for index, token in enumerate(tokens):
        sign = token.text
        if delimiter and not sign.isspace():
            delimiter = False
        elif sign in PARTNERS:
            opened.append(index)
            if len(opened) > MAX_DEPTH:
                raise LatexError(f"brackets are nested more than {MAX_DEPTH} deep", token.position)
        elif sign in _OPENERS:
            _close(tokens, index, opened, partners)
        delimiter = delimiter or sign in (r"\left", r"\right")
    for index in opened:
        if tokens[index].text in _STRICT:
            closing = PARTNERS[tokens[index].text]
            raise LatexError(f"this {tokens[index].text} is never closed with {closing}", tokens[index].position)
    return partners


def _close(tokens: Sequence[LatexToken], index: int, opened: list[int], partners: dict[int, int]) -> None:
    r"""Pair the closing token at ``index`` with its opener. No pair may cross a ``{``, ``\left`` or ``\begin``."""
    closing = tokens[index]
    wanted = _OPENERS[closing.text]
    strict = wanted in _STRICT
    for place in range(len(opened) - 1, -1, -1):
        opening = tokens[opened[place]].text
        if opening == wanted:
            partners[opened[place]] = index
            del opened[place:]
            return
        if opening in _STRICT:
            break
    if strict:
        raise LatexError(f"this {closing.text} closes nothing: its {wanted} is missing", closing.position)
