"""Running text with styles, wrapped into rows of runs; and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tui_backprop.course.lesson import Inline, RunKind, TableBlock
from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.align import draw_wrapped
from tui_backprop.typeset.glyphs import Glyphs, cells, cut, plain_text
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex

ROLES: dict[RunKind, str] = {
    "text": "", "emphasis": "emphasis", "strong": "strong", "code": "code", "math": "", "link": "link"}
_UNBROKEN = 24
"""A formula of at most so many characters stays on one line."""
_BREAKS, _LATER_BREAKS = (frozenset(f"{sign} " for sign in signs) for signs in ("=≈<>≤≥+−-→⇒", "·*"))
"""A sign that a line may begin with; and those of a product, which is broken only where it is long itself."""
_LONGEST_PART = 36
_HARD_SPACE = "\u00a0"
_GAP = 3
_Word = tuple[Run, ...]
Speech = Literal["", "words", "spelled"]
"""How formulas are written for listening: not at all (empty); in ``words``; or ``spelled``: "w j k"."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How text is written: its width, its characters, and whether formulas become words.

    ``shaded``: the bands of a map can be shown by colours. ``height``: the rows of a page, into which a plot fits with
    its words; 0 where there are no pages.
    """

    width: int
    glyphs: Glyphs
    speech: Speech = ""
    shaded: bool = False
    height: int = 0

    @property
    def spoken(self) -> bool:
        return bool(self.speech)

    def said(self, layout: Layout) -> str:
        """A formula in words."""
        from tui_backprop.typeset.spoken import pronounce, spell

        return spell(layout) if self.speech == "spelled" else pronounce(layout)

    def formula(self, latex: str) -> str:
        """A formula in one line."""
        try:
            layout = parse_latex(latex)
        except LatexError:
            return latex
        return self.said(layout) if self.spoken else linear(layout, self.glyphs)

    def display(self, latex: str) -> list[str]:
        """A formula on rows of its own."""
        try:
            layout = parse_latex(latex)
        except LatexError:
            return [cut(latex, self.width)]
        return [self.said(layout)] if self.spoken else list(draw_wrapped(layout, self.glyphs, self.width).lines)

    def runs(self, content: Inline) -> list[Run]:
        """A piece of text as runs of roles, not yet wrapped."""
        pieces = [(self.piece(run.text, run.kind), ROLES[run.kind]) for run in content]
        if not pieces:
            return []
        if self.spoken:
            behind = [text for text, _ in pieces[1:]]
            pieces = [(f"{text}{_pause(text, after)}" if run.kind == "math" else text, role)
                      for run, (text, role), after in zip(content, pieces, [*behind, ""], strict=True)]
        return [pieces[0], *map(_without_echo, pieces, pieces[1:])]

    def piece(self, text: str, kind: RunKind) -> str:
        if kind == "code" and self.spoken:
            text = text.replace("^", " caret ")  # how it is typed, and not what it means
        if kind != "math":
            return plain_text(text, self.glyphs)
        shown = self.formula(text)
        return shown if self.spoken else keep_together(shown)

    def text(self, content: Inline) -> str:
        """A piece of text in one line, without its styles."""
        return "".join(text for text, _ in self.runs(content)).replace(_HARD_SPACE, " ")


def _without_echo(before: Run, run: Run) -> Run:
    """A run without how the formula before it is read, ``("eta")``, where that formula is written just so."""
    told = _READ_AS.match(run[0])
    is_echo = told is not None and told[1].replace(" ", "") == before[0].replace(_HARD_SPACE, "").replace(" ", "")
    return (run[0][told.end():], run[1]) if told is not None and is_echo else run


def _pause(formula: str, after: str) -> str:
    """What parts an equation from the words that go on behind it, "f equals w times x, with respect to w"."""
    return "," if " equals " in formula and _GOES_ON.match(after) else ""


_GOES_ON = late_pattern(r" (?:with respect|we|the)\b")
_READ_AS = late_pattern(r' \("([A-Za-z ]+)"\)')


def keep_together(formula: str) -> str:
    """A formula for running text, with hard spaces where no line may end.

    A long one may be broken before a sign outside its brackets, a long product before a dot and, where a part is still
    too long, anywhere.
    """
    if len(formula) <= _UNBROKEN:
        return formula.replace(" ", _HARD_SPACE)
    parts = (part for long in _break_before(_BREAKS, formula)
             for part in ([long] if len(long) <= _UNBROKEN else _break_before(_LATER_BREAKS, long)))
    return " ".join(part.replace(" ", _HARD_SPACE) if len(part) <= _LONGEST_PART else part for part in parts)


def _break_before(signs: frozenset[str], formula: str) -> list[str]:
    """A formula in parts that begin with one of these signs, outside its brackets; the blanks between are left out."""
    parts, depth = [""], 0
    for place, sign in enumerate(formula):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == " " and depth == 0 and formula[place + 1:place + 3] in signs:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def wrap_runs(
    runs: Iterable[Run], width: int, lead: Run = ("", ""), role: str = "",
) -> Iterator[Runs]:
    """Rows no wider than ``width``: ``lead`` before the first, blanks before the others.

    ``role`` is for runs that have none of their own.
    """
    follow = (" " * cells(lead[0]), lead[1])
    room = max(width - cells(lead[0]), 10)
    for number, line in enumerate(_fill(list(_words(runs)), room)):
        own = ((text.replace(_HARD_SPACE, " "), each or role) for text, each in line)
        first = lead if number == 0 else follow
        yield merge((first, *own) if first[0] else own)


def _words(runs: Iterable[Run]) -> Iterator[_Word | None]:
    """The words, each of one run or more; None for a line break."""
    word: list[Run] = []
    for text, role in runs:
        for piece in re.split(r"(\n|[ \t]+)", text):
            if piece and not piece.strip(" \t\n"):
                if word:
                    yield tuple(word)
                word = []
                if piece == "\n":
                    yield None
            elif piece:
                word.append((piece, role))
    if word:
        yield tuple(word)


def _fill(words: Sequence[_Word | None], room: int) -> Iterator[list[Run]]:
    line: list[Run] = []
    used = 0
    for word in words:
        size = _length(word) if word else 0
        if word is None or (line and used + 1 + size > room):
            yield line
            line, used = [], 0
        if word is None:
            continue
        if size > room:
            *full, last = _break(word, room)
            yield from full
            word, size = tuple(last), _length(last)
        if line:
            same = line[-1][1] if line[-1][1] == word[0][1] else ""
            line.append((" ", same))
            used += 1
        line += word
        used += size
    if line:
        yield line


def _break(word: _Word, room: int) -> Iterator[list[Run]]:
    """The rows of a word without end: it goes on in the next, and all but the last are full."""
    row: list[Run] = []
    left = room
    for text, role in word:
        while text:
            piece = cut(text, left) or ("" if row else text[:1])
            text, left = text[len(piece):], left - cells(piece)
            row += [(piece, role)] if piece else []
            if text:
                yield row
                row, left = [], room
    yield row


def table_rows(table: TableBlock, manner: Manner) -> Iterator[Runs]:
    """A table with its columns aligned; long cells continue on further lines.

    For listening, each row is a line that names its columns.
    """
    if manner.spoken:
        yield from _table_told(table, manner)
        return
    rows = [[manner.runs(cell) for cell in row] for row in (table.header, *table.body)]
    widths = _column_widths([[_length(cell) for cell in row] for row in rows], manner.width)
    for number, row in enumerate(rows):
        yield from _table_row(row, widths, table, "title" if number == 0 else "")
        if number == 0:
            bar = "-" if manner.glyphs is Glyphs.ASCII else "─"
            yield (((" " * _GAP).join(bar * width for width in widths), "dim"),)


def _table_told(table: TableBlock, manner: Manner) -> Iterator[Runs]:
    header = [manner.text(cell) for cell in table.header]
    if len(header) > 2 and len(table.body) == 1 and header[0]:
        yield (("A table.", ""),)
        name, *told = map(manner.text, table.body[0])
        pairs = zip(header[1:], told, strict=False)
        yield ((f"{'; '.join(f'{header[0]} {column}: {name} {cell}' for column, cell in pairs)}.", ""),)
        return
    if len(header) > 2:
        yield (("A table, row by row.", ""),)
    elif any(header):
        yield ((f"A table. In each row: {header[0]}, then {header[1]}.", ""),)
    for row in table.body:
        cells_told = [(name, manner.text(cell)) for name, cell in zip(header, row, strict=False)]
        told = [f"{name}: {_UNKNOWN if cell == '?' else cell}" if name else cell for name, cell in cells_told if cell]
        yield ((": ".join(cell for _, cell in cells_told) if len(cells_told) == 2 else "; ".join(told) + ".", ""),)


_UNKNOWN = "not known yet"
"""What is heard for a ``?`` in a cell."""


def _table_row(row: Sequence[list[Run]], widths: Sequence[int], table: TableBlock, role: str) -> Iterator[Runs]:
    columns = [list(wrap_runs(cell, width, role=role)) for cell, width in zip(row, widths, strict=False)]
    for height in range(max(map(len, columns), default=0)):
        pieces: list[Run] = []
        for column, lines in enumerate(columns):
            line = lines[height] if height < len(lines) else ()
            spare = widths[column] - sum(cells(text) for text, _ in line)
            side = table.sides[column] if column < len(table.sides) else "left"
            left = spare if side == "right" else spare // 2 if side == "centre" else 0
            pieces += [(" " * (left + _GAP * (column > 0)), ""), *line, (" " * (spare - left), "")]
        yield _trim(merge(pieces))


def _trim(runs: Runs) -> Runs:
    return (*runs[:-1], (runs[-1][0].rstrip(), runs[-1][1])) if runs else runs


def _length(runs: Sequence[Run]) -> int:
    return sum(cells(text) for text, _ in runs)


def _column_widths(lengths: Sequence[Sequence[int]], room: int) -> list[int]:
    """Columns as wide as their widest cell; where that is too much, the widest columns become narrower."""
    count = max(map(len, lengths))
    widths = [max((row[n] for row in lengths if n < len(row)), default=1) or 1 for n in range(count)]
    while sum(widths) + _GAP * (count - 1) > room and max(widths) > 10:
        widths[widths.index(max(widths))] -= 1
    return widths
