"""Finds the line of a TOML text on which a value stands. Run only when there is something to complain about.

The text has been read by :mod:`tomllib` before, so the scanner may trust its syntax.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from tui_backprop.patterns import late_pattern

KeyPath = tuple[str | int, ...]
"""Where a value is in the data: keys of tables and indices of arrays, outermost first."""

STRING = (r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]++|\\.)*+"' r"|'[^'\n]*+'")
"""Any text of TOML between quotation marks. Nothing is tried twice, which would take a hundred bytes a character."""
_SPACE = late_pattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_STRING = late_pattern(STRING, re.DOTALL)
_BARE_KEY = late_pattern(r"[A-Za-z0-9_-]+")
_DOT = late_pattern(r"[ \t]*\.[ \t]*")
_ROW = late_pattern(r"\[([^\[\]{}\"'#]*+)\]")
_ELEMENT = late_pattern(r"[^,\s][^,]*+")
_SCALAR = late_pattern(r"[^,\]}\n#]+")


def find_line(text: str, path: KeyPath) -> int | None:
    """The line, from 1, of the value at ``path``, or of the innermost part of the path that exists; else None."""
    scanner = _scan(text)
    places = (scanner.find(path[:length]) for length in range(len(path), 0, -1))
    found = next((place for place in places if place is not None), None)
    return None if found is None else text.count("\n", 0, found) + 1


@lru_cache(maxsize=16)
def _scan(text: str) -> _Scanner:
    """The text, looked through once."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.places: dict[KeyPath, int] = {}
        """Where the value at each path begins; of a path that occurs twice, the first time."""
        self.rows: dict[KeyPath, tuple[int, int]] = {}
        """Where the elements of an array begin and end that has only numbers in it: a matrix may have 300,000."""
        self.tables: dict[KeyPath, int] = {}
        """For each array of tables, the index of its latest table."""

    def find(self, path: KeyPath) -> int | None:
        """Where the value at a path begins; None where there is none."""
        row = self.rows.get(path[:-1])
        if path in self.places or row is None:
            return self.places.get(path)
        elements = enumerate(_ELEMENT.finditer(self.text, *row))
        return next((element.start() for index, element in elements if index == path[-1]), None)

    def note(self, path: KeyPath, position: int) -> None:
        self.places.setdefault(path, position)

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def document(self) -> None:
        table: KeyPath = ()
        self.skip()
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip()

    def header(self) -> KeyPath:
        start = self.position
        double = self.text.startswith("[[", start)
        self.position += 2 if double else 1
        self.skip()
        path: KeyPath = ()
        keys = self.key()
        for place, key in enumerate(keys):
            path = (*path, key)
            self.note(path, start)
            if double and place == len(keys) - 1:
                self.tables[path] = self.tables.get(path, -1) + 1
            if path in self.tables:
                path = (*path, self.tables[path])
                self.note(path, start)
        self.position = self.text.index("]", self.position) + (2 if double else 1)
        return path

    def key(self) -> tuple[str, ...]:
        """A key of one or more parts, from the current position on."""
        parts = [self.key_part()]
        while dot := _DOT.match(self.text, self.position):
            self.position = dot.end()
            parts.append(self.key_part())
        return tuple(parts)

    def key_part(self) -> str:
        pattern = _STRING if self.text[self.position] in "\"'" else _BARE_KEY
        match = pattern.match(self.text, self.position)
        assert match is not None, "tomllib has read this key"
        self.position = match.end()
        if "\\" in match[0]:
            return str(tomllib.loads(f"key = {match[0]}")["key"])
        return match[0][1:-1] if pattern is _STRING else match[0]

    def pair(self, table: KeyPath) -> None:
        start = self.position
        path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, start)
        self.position = self.text.index("=", self.position) + 1
        self.skip()
        self.value(path)

    def value(self, path: KeyPath) -> None:
        opening = self.text[self.position]
        if opening == "[" and (row := _ROW.match(self.text, self.position)):
            self.rows.setdefault(path, row.span(1))
            self.position = row.end()
            return
        if opening in "[{":
            self.position += 1
            self.skip()
            index = 0
            while self.text[self.position] not in "]}":
                if opening == "{":
                    self.pair(path)
                else:
                    self.note((*path, index), self.position)
                    self.value((*path, index))
                index += 1
                self.skip()
                if self.text[self.position] == ",":
                    self.position += 1
                    self.skip()
            self.position += 1
            return
        match = (_STRING if opening in "\"'" else _SCALAR).match(self.text, self.position)
        assert match is not None, "tomllib has read this value"
        self.position = match.end()
