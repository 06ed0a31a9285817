"""Paragraphs with a mark in front, wrapped into rows of runs: questions, judgements, hints, summaries."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import Runs
from tui_backprop.typeset.glyphs import Glyphs, cells, cut, plain_text

RIGHT_MARK, WRONG_MARK = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with a mark in front of its first line. ``role`` is the role of both."""

    text: str
    mark: str = ""
    role: str = ""


def right(text: str) -> Paragraph:
    return Paragraph(text, RIGHT_MARK, "good")


def wrong(text: str) -> Paragraph:
    return Paragraph(text, WRONG_MARK, "bad")


_NAMED = re.compile(r"(?<!\S)(\S{1,14}) (=|→|->) (\S{1,14})(?!\S)")
"""A name and its value, short enough that no line is broken between them."""


def wrap(paragraphs: Iterable[Paragraph], width: int, glyphs: Glyphs = Glyphs.FULL) -> list[Runs]:
    """The paragraphs in lines of at most ``width`` cells; later lines stand under the text, not under the mark."""
    rows: list[Runs] = []
    for paragraph in paragraphs:
        lead = plain_text(f"{paragraph.mark} ", glyphs) if paragraph.mark else ""
        room = max(width - len(lead), 1)
        for line in plain_text(paragraph.text, glyphs).splitlines() or [""]:
            for piece in _pieces(_keep_together(line, room), room) or [""]:
                rows.append(((lead + piece.replace("\u00a0", " "), paragraph.role),))
                lead = " " * len(lead)
    return rows


_PRODUCT = re.compile(r"(?<!\S)(?:[-+−=] )?\S+(?: [·*] \S+)+")
"""Factors with dots between them, and the sign before them: a formula breaks before a sign, if it must."""


def _keep_together(line: str, room: int) -> str:
    """A line with blanks that are no breaks around a short name's equals sign, and within a product."""
    line = _PRODUCT.sub(lambda found: found[0].replace(" ", "\u00a0" if cells(found[0]) <= room else " "), line)
    return _NAMED.sub("\\1\u00a0\\2\u00a0\\3", line)


def _pieces(line: str, room: int) -> list[str]:
    """A line in pieces of at most ``room`` cells, broken between words."""
    if cells(line) == len(line):
        return textwrap.wrap(line, room, drop_whitespace=True, break_on_hyphens="/" not in line)  # a path stays whole
    pieces = [""]
    for word in line.split(" "):
        left = f"{pieces[-1]} {word}" if pieces[-1] else word
        if pieces[-1] and cells(left) > room:
            pieces.append("")
            left = word
        while (piece := cut(left, room) or left[:1]) != left:
            pieces[-1:] = [piece, ""]
            left = left[len(piece):]
        pieces[-1] = left
    return pieces
