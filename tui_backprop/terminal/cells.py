"""Keeps track of every cell on the terminal, so that only cells that change are sent.

Textual paints whole regions. Over a slow line most of that is there already, so each write of a frame is read here,
compared with what was sent before, and cut down to moves, changes of style and the characters that are new. A frame
that is not understood is sent as it is, and all cells are unknown after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from rich.cells import get_character_cell_size

from tui_backprop.dataclass import dataclass, field

_TOKEN = re.compile(r"\x1b\[(?:(\d+);(\d+)H|([\d;]*)m)|\n(?=\x1b\[\d+;\d+H)|([^\x00-\x1f\x7f]+)")
"""A move to row and column, a style, the end of a line that is followed by a move, or text."""
_HARMLESS = re.compile(r"(?:\x1b\[\?(?:25|1000|1003|1004|1006|1015|2004|2026|2031|2048)(?:[hl]|\$p)|\x07)+")
"""Modes, queries about them, and the bell, which change no cell."""
_RESET = "\x1b[m"
_LONGEST_BRIDGE = 4
"""Up to so many unchanged cells are sent again where that is no longer than a move over them."""
_ATTRIBUTES = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29", "53": "55", "21": "24",
               "6": "25", "8": "28"}
"""For the code of each attribute, the code that ends it. 22 ends both bold and dim."""
_SEEN_ON_A_BLANK = frozenset({"4", "7", "9", "21", "53"})
_OF_A_COLOUR = {"5": 3, "2": 5}
"""How many codes a colour takes, from its 38 or 48 on, by the code that follows it."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a cell is written. A blank whose foreground does not matter has "" there."""

    attributes: frozenset[str] = frozenset()
    foreground: str = "39"
    background: str = "49"


ScreenCell = tuple[str, Pen]
_PLAIN = Pen()


@dataclass(slots=True)
class _FrameLine:
    """What a frame puts into one row. ``raw``: the text as it came, for rows with characters not one cell wide."""

    cells: dict[int, ScreenCell] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)
    simple: bool = True


class Cells:
    """The known contents of the terminal. Rows and columns count from 1, as the terminal counts them."""

    def __init__(self) -> None:
        self._known: dict[int, dict[int, ScreenCell]] = {}
        self._cursor: tuple[int, int] | None = None
        self._size: tuple[int, int] | None = None

    def begin_anew(self, width: int, height: int) -> None:
        """Take a new size; what the terminal has made of its old contents is unknown."""
        self._size = width, height
        self.forget()

    def forget(self) -> None:
        """Take everything as unknown: the next frame is sent whole."""
        self._known.clear()
        self._cursor = None

    def changes(self, frame: str) -> str:
        """The text to send so that the terminal shows the frame."""
        if _HARMLESS.fullmatch(frame):
            return frame
        read = _lines_of(frame)
        if read is None:
            self.forget()
            return frame
        lines, cursor = read
        writer = _RowWriter()
        for row, line in sorted(lines.items()):
            known = self._known.setdefault(row, {})
            if line.simple:
                writer.write(row, line.cells, known)
                known.update(line.cells)
            else:
                writer.write_raw(line.raw)
                known.clear()
        writer.end()
        if writer.sent or cursor != self._cursor:
            writer.sent.append(_move(*cursor))
        self._cursor = cursor
        if self._size and any(not self._holds(row, line) for row, line in lines.items()):
            self.forget()  # painted for another size, while it changed: it may have run into other rows
        return "".join(writer.sent)

    def _holds(self, row: int, line: _FrameLine) -> bool:
        width, height = self._size or (0, 0)
        return row <= height and max(line.cells, default=0) <= width


def _lines_of(frame: str) -> tuple[dict[int, _FrameLine], tuple[int, int]] | None:
    """What a frame puts into each row, and where it leaves the cursor; None where it is no frame of cells."""
    lines: dict[int, _FrameLine] = {}
    codes, place, line, at = "", None, _FrameLine(), 0
    for token in _TOKEN.finditer(frame):
        if token.start() != at:
            return None
        at = token.end()
        to_row, to_column, style, text = token.groups()
        if to_row is not None:
            place = int(to_row), int(to_column)
            line = lines.setdefault(place[0], _FrameLine())
        elif style is not None:
            codes = "" if style in ("", "0") else f"{codes};{style}".strip(";")
        elif text is not None:
            if place is None:
                return None
            place = place[0], _write(line, place[1], text, codes)
            continue
        line.raw.append(token.group())
    if at != len(frame) or place is None or codes or frame[-1] != "H":
        return None
    return {row: line for row, line in lines.items() if line.cells or not line.simple}, place


def _write(line: _FrameLine, column: int, text: str, codes: str) -> int:
    """Put text into a row; gives the column after it."""
    line.raw.append(text)
    if not (text.isascii() or all(map(_is_one_cell, text))):
        line.simple = False
        return column
    pen = _pen(codes)
    blank = " ", _on_a_blank(pen)
    line.cells.update(zip(count(column), [blank if letter == " " else (letter, pen) for letter in text]))
    return column + len(text)


@lru_cache(maxsize=4096)
def _is_one_cell(letter: str) -> bool:
    return get_character_cell_size(letter) == 1


@lru_cache(maxsize=1024)
def _on_a_blank(pen: Pen) -> Pen:
    """The part of a pen that can be seen on a blank."""
    seen = pen.attributes & _SEEN_ON_A_BLANK
    return Pen(seen, pen.foreground if seen else "", pen.background)


@lru_cache(maxsize=1024)
def _pen(codes: str) -> Pen:
    """The pen that the codes of a style lead to, from a plain one."""
    attributes: set[str] = set()
    foreground, background = _PLAIN.foreground, _PLAIN.background
    for code in _codes(codes):
        number = code.partition(";")[0]
        if number in _ATTRIBUTES:
            attributes.add(number)
        elif number[:-1] in ("3", "9"):
            foreground = code
        else:
            background = code
    return Pen(frozenset(attributes), foreground, background)


def _codes(codes: str) -> Iterator[str]:
    """The codes of a style one by one, a colour of several numbers as one."""
    numbers = codes.split(";") if codes else []
    at = 0
    while at < len(numbers):
        length = _OF_A_COLOUR[numbers[at + 1]] if numbers[at] in ("38", "48") else 1
        yield ";".join(numbers[at:at + length])
        at += length


class _RowWriter:
    """Writes rows one after the other, keeping the pen from one to the next."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._pen = _PLAIN

    def write(self, row: int, cells: dict[int, ScreenCell], known: dict[int, ScreenCell]) -> None:
        """Write the moves, styles and characters that turn the known row into the new one."""
        wanted, at = None, 0
        for column in sorted(column for column, cell in cells.items() if known.get(column) != cell):
            if column != at:
                self.sent.append(self._bridge(row, at, column, cells))
            letter, next_pen = cells[column]
            if next_pen is not wanted:
                wanted = next_pen
                style, self._pen = _restyle(self._pen, wanted)
                self.sent.append(style)
            self.sent.append(letter)
            at = column + 1

    def write_raw(self, raw: list[str]) -> None:
        """Write a row as it came; it begins and ends with a plain pen."""
        self.end()
        self.sent += raw

    def end(self) -> None:
        """Go back to a plain pen, as nothing more is written with this one."""
        if self._pen != _PLAIN:
            self.sent.append(_RESET)
            self._pen = _PLAIN

    def _bridge(self, row: int, at: int, column: int, cells: dict[int, ScreenCell]) -> str:
        """The text from one column to another: a few cells written again where this pen fits, else a move."""
        if not at:
            return _move(row, column)
        between = [cells.get(n) for n in range(at, min(column, at + _LONGEST_BRIDGE))]
        if column - at <= len(between) and all(cell is not None and self._writes(cell) for cell in between):
            return "".join(cell[0] for cell in between if cell)
        return f"\x1b[{column - at}C"

    def _writes(self, cell: ScreenCell) -> bool:
        letter, pen = cell
        return pen == (_on_a_blank(self._pen) if letter == " " else self._pen)


@lru_cache(maxsize=4096)
def _restyle(pen: Pen, wanted: Pen) -> tuple[str, Pen]:
    """The shortest change from one pen to another, and the pen after it."""
    if not wanted.foreground:  # a blank: what cannot be seen of the pen stays
        wanted = Pen(
            wanted.attributes | (pen.attributes - _SEEN_ON_A_BLANK), pen.foreground, wanted.background)
    if pen == wanted:
        return "", pen
    return min(_from_here(pen, wanted), _from_plain(wanted), key=len), wanted


def _from_here(pen: Pen, wanted: Pen) -> str:
    ended = {_ATTRIBUTES[code] for code in pen.attributes - wanted.attributes}
    begun = {code for code in wanted.attributes if code not in pen.attributes or _ATTRIBUTES[code] in ended}
    colours = [new for old, new in ((pen.foreground, wanted.foreground), (pen.background, wanted.background))
               if old != new]
    return f"\x1b[{';'.join([*sorted(ended), *sorted(begun), *colours])}m"


def _from_plain(wanted: Pen) -> str:
    colours = [code for code, plain in ((wanted.foreground, "39"), (wanted.background, "49")) if code != plain]
    codes = ";".join([*sorted(wanted.attributes), *colours])
    return f"\x1b[;{codes}m" if codes else _RESET


def _move(row: int, column: int) -> str:
    return f"\x1b[{row};{column}H"
