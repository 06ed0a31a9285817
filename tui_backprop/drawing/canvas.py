"""A canvas of character cells: lines in braille, box or ASCII characters, with text over them, as runs of one role.

Pure Python, no terminal needed: the diagram and the plots draw on it, a widget or a test reads its rows.
Columns and rows count from 0 at the top left. Whatever falls outside the canvas is cut off.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise

from tui_backprop.typeset.glyphs import Glyphs, one_cell

Run = tuple[str, str]
"""Some text and the role it plays. Roles are names; the theme says what each looks like. ``""`` is plain text.
``"ink/ground"`` names two: the text has the colour of ``ink`` and stands on the colour of ``ground``."""

Runs = tuple[Run, ...]
"""One row of a picture, as few runs as possible: over a slow line a change of style costs more than a character."""

LIT = "lit"
"""The role of what is asked for just now: reverse video, so that a blank with this role shows as well."""

Dot = tuple[float, float]
"""A place in dots, two a cell across and four a cell down, from the top left corner of the canvas."""

CELL_DOTS = (2, 4)
"""The dots of a cell, across and down."""

RAMP = " .:-=+*#%@"
"""Characters from little to much, for what cannot be shown by colour."""

_REVERSED = frozenset({LIT, "cursor"})

LEFT, RIGHT, UP, DOWN = 1, 2, 4, 8
"""The sides of a cell that a box line reaches. Their sums index the tables below."""

_LIGHT = {
    Glyphs.FULL: " ───│┘└┴│┐┌┬│┤├┼",
    Glyphs.CONSOLE: " ───│┘└┴│┐┌┬│┤├┼",
    Glyphs.ASCII: " ---|+++|+++|+++",
}
_HEAVY = {
    Glyphs.FULL: " ━━━┃┛┗┻┃┓┏┳┃┫┣╋",
    Glyphs.CONSOLE: " ═══║╝╚╩║╗╔╦║╣╠╬",  # fonts of the Linux console have double lines, but no heavy ones
    Glyphs.ASCII: " ===|+++|+++|+++",
}
_BRAILLE = 0x2800
_DOT = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # bit of a braille cell, by row 0-3 and column 0-1


def merge(cells: Iterable[Run]) -> Runs:
    """Joins neighbouring runs of one role; a blank takes the role of the run before it if that makes no difference."""
    groups: list[tuple[str, list[str]]] = []
    before = ""
    for text, role in cells:
        if not text.strip(" ") and not fills(role) and not fills(before):
            role = before
        before = role
        if groups and groups[-1][0] == role:
            groups[-1][1].append(text)
        else:
            groups.append((role, [text]))
    return tuple(("".join(texts), role) for role, texts in groups)


def two_roles(ink: str, ground: str) -> str:
    """The role of text in the colour of ``ink``, on the colour of ``ground``."""
    return f"{ink}/{ground}"


def fills(role: str) -> bool:
    """Is a blank of this role visible?"""
    return role in _REVERSED or "/" in role


class Canvas:
    """A picture of ``width`` by ``height`` cells to draw on. Text lies over lines, heavy lines over light ones."""

    def __init__(self, width: int, height: int, glyphs: Glyphs) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self.glyphs = glyphs
        size = self.width * self.height
        self._text: list[str] = [""] * size
        self._sides = [0] * size
        self._dots = [0] * size
        self._heavy = [False] * size
        self._role = [""] * size
        self._mark = [""] * size
        self._ground = [""] * size

    def text(self, column: int, row: int, text: str, role: str = "") -> None:
        """Write characters of one cell each, over any lines, in the form that this glyph level can show."""
        if not 0 <= row < self.height:
            return
        for offset, character in enumerate(text):
            if 0 <= column + offset < self.width:
                place = row * self.width + column + offset
                self._text[place] = one_cell(character, self.glyphs)
                self._role[place] = role

    def connect(self, start: tuple[int, int], end: tuple[int, int], role: str, heavy: bool = False) -> None:
        """Join two cells (column, row), both included: by a box line in one row, else by a slope or a stair."""
        (column0, row0), (column1, row1) = start, end
        if row0 == row1:
            self._level(column0, column1, row0, role, heavy)
        elif self.glyphs is Glyphs.FULL:
            self.slope(start, end, role, heavy)
        else:
            self._stair(start, end, role, heavy)

    def slope(
        self, start: tuple[int, int], end: tuple[int, int], role: str, heavy: bool = False, *,
        stem: int = 0, level: int = 1, tail: int = 0,
    ) -> None:
        """A straight line of braille dots between the middles of two cells; a heavy one is two dots thick.

        ``stem``: it first runs level for so many columns, on the dot row ``level`` of its cell (0 to 3); ``tail``: and
        so it does for the last ones. Where lines cross both stay visible; the cells that they share have the heavy
        one's role.
        """
        (column0, row0), (column1, row1) = start, end
        first, last = (2 * column0, 4 * row0 + level), (2 * column1 + 1, 4 * row1 + 1)
        points = (first, (2 * (column0 + stem), first[1]), (last[0] - 2 * tail, last[1]), last)
        thickness = (0,) if not heavy else (0, 1) if level < 2 else (-1, 0)
        dots: dict[int, int] = {}
        for x, y in chain.from_iterable(_dots_between(*piece) for piece in pairwise(points)):
            for more in thickness:
                self._dot(dots, x, y + more)
        for place, bits in dots.items():
            self._dots[place] |= bits
            if heavy or not self._heavy[place]:
                self._sides[place] = 0 if heavy else self._sides[place]
                self._line(place, role, heavy)

    def marks(
        self, start: tuple[int, int], end: tuple[int, int], role: str, heavy: bool, stem: int, tail: int
    ) -> None:
        """A straight row of marks between two cells, which runs level for the first ``stem`` and last ``tail`` columns.

        For edges that cross where there is no braille: box lines with corners would run into each other.
        """
        points = (start, (start[0] + stem, start[1]), (end[0] - tail, end[1]), end)
        cells = chain.from_iterable(_dots_between(*piece) for piece in pairwise(points))
        for column, row in cells:
            place = row * self.width + column
            if heavy or not (self._sides[place] or self._heavy[place]):
                self._sides[place], self._mark[place] = 0, "=" if heavy else "."
                self._line(place, role, heavy)

    def polyline(
        self, points: Sequence[Dot | None], role: str, *, mark: str = "*", dash: tuple[int, int] | None = None,
        within: tuple[int, int, int, int] | None = None,
    ) -> None:
        """A line through these points, in dots; None leaves a gap, and a point between gaps is a dot.

        ``dash``: so many dots drawn, then so many left out. Without braille every cell that the line touches shows
        ``mark``. ``within``: the cells it keeps to, as their first and last column and row (left, top, right, bottom).
        """
        left, top, right, bottom = within or (0, 0, self.width - 1, self.height - 1)
        across, down = CELL_DOTS
        area = (across * left, down * top, across * right + across - 1, down * bottom + down - 1)
        walked = 0
        for piece in _pieces(points):
            for start, end in pairwise(piece if len(piece) > 1 else [*piece, *piece]):
                clipped = _clip(start, end, area)
                for x, y in _dots_between(*clipped) if clipped else ():
                    walked += 1
                    if dash is None or walked % sum(dash) < dash[0]:
                        self.dot(x, y, role, mark)

    def dot(self, x: int, y: int, role: str, mark: str = "*") -> None:
        """Draw one dot in addition to those in its cell; without braille the cell shows ``mark``."""
        across, down = CELL_DOTS
        if 0 <= x < across * self.width and 0 <= y < down * self.height:
            place = y // down * self.width + x // across
            if self.glyphs is Glyphs.FULL:
                self._dots[place] |= _DOT[y % down][x % across]
            else:
                self._mark[place] = one_cell(mark, self.glyphs)
            if not self._text[place]:
                self._role[place] = role

    def halves(self, column: int, row: int, upper: str, lower: str) -> None:
        """Give a cell the colours of two roles, one above the other. Lines and text in it lie over the upper one."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._ground[row * self.width + column] = two_roles(upper, lower)

    def one_ground(self, cells: Sequence[tuple[int, int]]) -> None:
        """Give these cells (column, row), all on the canvas, the upper colour of the middle one, where it has any."""
        places = [row * self.width + column for column, row in cells]
        upper = self._ground[places[len(places) // 2]].partition("/")[0]
        for place in places if upper else ():
            self._ground[place] = two_roles(upper, upper)

    def bracket(self, column: int, rows: Iterable[int], stem: int, role: str, opens: int = LEFT) -> None:
        """An upright line with an arm to the side ``opens`` in each of ``rows``, to the other side in row ``stem``.

        In ASCII it has no corners: a ``+`` beside a weight would be read as its sign.
        """
        arms = set(rows)
        top, bottom = min((*arms, stem)), max((*arms, stem))
        away = (LEFT | RIGHT) ^ opens
        for row in range(top, bottom + 1):
            sides = (UP if row > top else 0) | (DOWN if row < bottom else 0)
            sides |= (opens if row in arms else 0) | (away if row == stem else 0)
            self._side(column, row, sides, role, heavy=False)
            if self.glyphs is Glyphs.ASCII and bottom > top:
                self.text(column, row, "|", role)

    def sides(self, column: int, row: int, sides: int, role: str, heavy: bool = False) -> None:
        """A box line in one cell that reaches these sides; it joins the lines there, unless those are heavy."""
        self._side(column, row, sides, role, heavy)

    def used(self, column: int, row: int, length: int = 1) -> int:
        """How many of these cells of a row have something drawn in them."""
        places = (row * self.width + n for n in range(max(column, 0), min(column + length, self.width)))
        return sum(self._character(place) != " " for place in places) if 0 <= row < self.height else 0

    def runs(self) -> tuple[Runs, ...]:
        """Every row as merged runs, each row ``width`` characters long."""
        return tuple(merge(self._cells(row)) for row in range(self.height))

    def lines(self) -> tuple[str, ...]:
        """Every row as plain text, without blanks at its end."""
        return tuple("".join(text for text, _ in self._cells(row)).rstrip() for row in range(self.height))

    def _cells(self, row: int) -> Iterable[Run]:
        for place in range(row * self.width, (row + 1) * self.width):
            yield self._cell(place)

    def _cell(self, place: int) -> Run:
        character, role, ground = self._character(place), self._role[place], self._ground[place]
        if not ground or "/" in role:
            return character, role
        upper, _, lower = ground.partition("/")
        if character != " ":
            return character, two_roles(role or "plain", upper)
        return (" ", two_roles("plain", upper)) if upper == lower else ("▀", ground)

    def _character(self, place: int) -> str:
        if self._text[place]:
            return self._text[place]
        if self._sides[place]:
            return (_HEAVY if self._heavy[place] else _LIGHT)[self.glyphs][self._sides[place]]
        if self._dots[place]:
            return chr(_BRAILLE + self._dots[place])
        return self._mark[place] or " "

    def _dot(self, dots: dict[int, int], x: int, y: int) -> None:
        if 0 <= x < 2 * self.width and 0 <= y < 4 * self.height:
            place = y // 4 * self.width + x // 2
            dots[place] = dots.get(place, 0) | _DOT[y % 4][x % 2]

    def _level(self, column0: int, column1: int, row: int, role: str, heavy: bool) -> None:
        for column in range(min(column0, column1), max(column0, column1) + 1):
            self._side(column, row, LEFT | RIGHT, role, heavy)

    def _stair(self, start: tuple[int, int], end: tuple[int, int], role: str, heavy: bool) -> None:
        """Level, upright in the middle, and level again: what box lines can do for a slope."""
        (column0, row0), (column1, row1) = start, end
        middle = (column0 + column1) // 2
        down = row1 > row0
        self._level(column0, middle - 1, row0, role, heavy)
        self._side(middle, row0, LEFT | (DOWN if down else UP), role, heavy)
        for row in range(min(row0, row1) + 1, max(row0, row1)):
            self._side(middle, row, UP | DOWN, role, heavy)
        self._side(middle, row1, RIGHT | (UP if down else DOWN), role, heavy)
        self._level(middle + 1, column1, row1, role, heavy)

    def _side(self, column: int, row: int, sides: int, role: str, heavy: bool) -> None:
        if not (0 <= column < self.width and 0 <= row < self.height):
            return
        place = row * self.width + column
        if heavy or not self._heavy[place]:
            joins = self._heavy[place] == heavy  # a heavy line takes the place of a light one
            self._sides[place] = self._sides[place] | sides if joins else sides
            self._line(place, role, heavy)

    def _line(self, place: int, role: str, heavy: bool) -> None:
        self._heavy[place] = heavy
        if not self._text[place]:
            self._role[place] = role


def _pieces(points: Sequence[Dot | None]) -> Iterator[list[Dot]]:
    """The stretches between gaps; a point without a finite place is a gap too."""
    for is_gap, piece in groupby(points, key=lambda point: point is None or not all(map(math.isfinite, point))):
        if not is_gap:
            yield [point for point in piece if point is not None]


def _clip(start: Dot, end: Dot, area: tuple[int, int, int, int]) -> tuple[Dot, Dot] | None:
    """The part of a line that lies within half a dot of an area of dots (Liang and Barsky); None where none does."""
    left, top, right, bottom = area
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for change, room in (
            (-dx, x0 + 0.5 - left), (dx, right + 0.499 - x0), (-dy, y0 + 0.5 - top), (dy, bottom + 0.499 - y0)):
        if change == 0:
            if room < 0:
                return None
        elif change < 0:
            first = max(first, room / change)
        else:
            last = min(last, room / change)
    if first > last:
        return None
    return (x0 + first * dx, y0 + first * dy), (x0 + last * dx, y0 + last * dy)


def _dots_between(start: Dot, end: Dot) -> Iterator[tuple[int, int]]:
    """The dots of a straight stretch, both ends included."""
    (x0, y0), (x1, y1) = start, end
    steps = max(math.ceil(max(abs(x1 - x0), abs(y1 - y0))), 1)
    for step in range(steps + 1):
        yield math.floor(x0 + (x1 - x0) * step / steps + 0.5), math.floor(y0 + (y1 - y0) * step / steps + 0.5)
