"""Checked access to what a TOML file holds: a value of the right kind, or a :class:`FieldError`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import Any, TypeVar, cast

from tui_backprop.course.files import UNSAFE, printable, tidy
from tui_backprop.course.lines import KeyPath
from tui_backprop.maths.numerals import many

Table = Mapping[str, Any]

_Read = TypeVar("_Read")
_LONGEST_SHOWN = 40
MOST_NOTED = 100
"""The most mistakes of one file that are listed."""
_NUMBERS = {int, float}


class FieldError(ValueError):
    """What is wrong with a value and what would be right, and where in the data it is."""

    def __init__(self, message: str, where: KeyPath = ()) -> None:
        super().__init__(message)
        self.message = message
        self.where = where


def quote(value: object) -> str:
    """A value of the file as a message may quote it: short, printable, in one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**_LONGEST_SHOWN:
            return "a very long number"
        case int() | float():
            return repr(value)
        case str():
            text = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN - 1] + "…"
            return f'"{printable(text)}"'
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def list_names(names: Iterable[str]) -> str:
    """Names for a message; only the first twelve of many."""
    all_names = list(names)
    return printable(", ".join(all_names[:12])) + (", …" if len(all_names) > 12 else "")


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """“: did you mean "x"?” for the name most like the wrong one; else the names there are."""
    import difflib  # for what is wrong only: a list of titles does not wait for it

    options = list(right)
    close = difflib.get_close_matches(wrong[:80], options[:500], n=1, cutoff=0.6)
    if close:
        return f': did you mean "{printable(close[0])}"?'
    return f": use {'one of ' if len(options) > 1 else ''}{list_names(options)}"


class Notes:
    """Collects the mistakes in the fields of a table, so that one reading names them all."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def add(self, error: FieldError) -> None:
        """Note an error, unless there are very many already: nobody reads so far."""
        if not self.is_full:
            self.errors.append(error)

    @property
    def is_full(self) -> bool:
        return len(self.errors) >= MOST_NOTED

    def get(self, make: Callable[[], _Read], otherwise: _Read) -> _Read:
        """The result of ``make``; where it raises a :class:`FieldError`, that is noted and ``otherwise`` is given."""
        try:
            return make()
        except FieldError as error:
            self.add(error)
            return otherwise

    def find(self, make: Callable[[], _Read]) -> _Read | None:
        """As :meth:`get`, with None for what could not be made."""
        return self.get(make, None)

    def keys(self, table: Table, allowed: Sequence[str], where: KeyPath, owner: str) -> None:
        """Note each key of a table that is not among the allowed ones."""
        for error in islice(_strange_keys(table, allowed, where, owner), MOST_NOTED):
            self.add(error)

    def raise_first(self) -> None:
        """Raise the first error that was noted, if there is one."""
        if self.errors:
            raise self.errors[0]


def check_keys(table: Table, allowed: Sequence[str], where: KeyPath, owner: str) -> None:
    """Refuse a table with a key that is not among the allowed ones. Raises :class:`FieldError`."""
    for error in _strange_keys(table, allowed, where, owner):
        raise error


def _strange_keys(table: Table, allowed: Sequence[str], where: KeyPath, owner: str) -> Iterator[FieldError]:
    for key in table:
        if key not in allowed:
            yield FieldError(f"{owner} has no key {quote(key)}{did_you_mean(key, allowed)}", (*where, key))


def table(value: object, where: KeyPath, what: str, example: str) -> Table:
    if not isinstance(value, dict):
        raise FieldError(f"{what} must be a table, as in {example}, not {quote(value)}", where)
    return value


def array(value: object, where: KeyPath, what: str, example: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise FieldError(f"{what} must be a list, as in {example}, not {quote(value)}", where)
    return value


def require(table: Table, key: str, where: KeyPath, example: str) -> Any:
    if key not in table:
        raise FieldError(f"{key} is missing: add a line such as {example}", where)
    return table[key]


def one_of(value: object, allowed: Sequence[str], where: KeyPath, what: str) -> str:
    if not isinstance(value, str):
        raise FieldError(f"{what} must be text, one of {list_names(allowed)}, not {quote(value)}", where)
    if value not in allowed:
        raise FieldError(f"there is no {what} {quote(value)}{did_you_mean(value, allowed)}", where)
    return value


def text(value: object, where: KeyPath, what: str) -> str:
    """The value as text, which must not be empty. Raises :class:`FieldError`, as all functions here do."""
    if not isinstance(value, str):
        raise FieldError(f"{what} must be text in quotation marks, not {quote(value)}", where)
    if not value.strip():
        raise FieldError(f"{what} is empty: write something there", where)
    return tidy(value)


def line_of_text(value: object, where: KeyPath, what: str) -> str:
    """The value as one line of text, which must not be empty."""
    line = text(value, where, what)
    if "\n" in line or "\t" in line:
        raise FieldError(f"{what} must be one line without tabs: join its lines", where)
    return line


def number(value: object, where: KeyPath, what: str) -> float:
    """The value as a finite number; ``true`` and ``false`` are no numbers."""
    floats = finite([value])
    if floats is None:
        raise _no_number(value, where, what)
    return floats[0]


def positive(value: object, where: KeyPath, what: str) -> float:
    result = number(value, where, what)
    if result <= 0:
        raise FieldError(f"{what} must be larger than 0, as in 0.1, not {quote(value)}", where)
    return result


def truth(value: object, where: KeyPath, what: str) -> bool:
    if not isinstance(value, bool):
        raise FieldError(f"{what} must be true or false, not {quote(value)}", where)
    return value


def place_of_repeat(names: Sequence[str]) -> int | None:
    """The place of the first name that occurred before; None where all differ."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            return place
        seen.add(name)
    return None


def finite(values: Sequence[object]) -> tuple[float, ...] | None:
    """The values as floats if each is a finite number, else None. Fast for long rows."""
    if not set(map(type, values)) <= _NUMBERS:
        return None
    numbers = cast(Sequence[float], values)
    try:
        floats = tuple(map(float, numbers))
    except OverflowError:
        return None
    return floats if all(map(isfinite, floats)) else None


def vector(value: object, units: Sequence[str], where: KeyPath, what: str) -> tuple[float, ...]:
    """One finite number per unit, from a list or from a table by the units' names."""
    if isinstance(value, dict):
        return by_name(value, units, where, what)
    if not isinstance(value, list):
        example = f"{{ {units[0]} = 0.5 }}" if len(units) == 1 else f"{{ {units[0]} = 0.5, … }}"
        raise FieldError(f"{what} must be a list of numbers or a table as in {example}, not {quote(value)}", where)
    if len(value) != len(units):
        raise FieldError(f"{what} has {many(len(value), 'number')} for {many(len(units), 'unit')}: "
                      f"give one number for each of {list_names(units)}", where)
    return _check(value, range(len(value)), where, what)


def by_name(value: Table, names: Sequence[str], where: KeyPath, what: str) -> tuple[float, ...]:
    """The numbers of a table in the order of ``names``; each name must be there, and no other."""
    if len(value) != len(names) or any(name not in value for name in names):
        known = set(names)
        for key in value:
            if key not in known:
                raise FieldError(f"{what} has no {quote(key)}{did_you_mean(key, names)}", (*where, key))
        missing = next(name for name in names if name not in value)
        raise FieldError(f"{what} lacks {missing}: give a number for each of {list_names(names)}", where)
    return _check([value[name] for name in names], names, where, what)


def check_strings(data: object, where: KeyPath = ()) -> None:
    """Refuse control characters in any string of the data, keys too: an escape may have made one."""
    if isinstance(data, str):
        if found := UNSAFE.search(data):
            raise FieldError(f"the character U+{ord(found[0]):04X} is not allowed in text: take its escape out", where)
    elif isinstance(data, dict):
        for key, value in data.items():
            check_strings(key, (*where, key))
            if isinstance(value, str | dict | list):
                check_strings(value, (*where, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if isinstance(value, str | dict | list):
                check_strings(value, (*where, index))


def _check(values: Sequence[object], keys: Sequence[str] | range, where: KeyPath, what: str) -> tuple[float, ...]:
    floats = finite(values)
    if floats is None:
        place = next(n for n, value in enumerate(values) if finite([value]) is None)
        raise _no_number(values[place], (*where, keys[place]), what)
    return floats


def _no_number(value: object, where: KeyPath, what: str) -> FieldError:
    if type(value) in _NUMBERS:
        return FieldError(f"{what} must be finite, not {quote(value)}: use a number such as 0.5", where)
    return FieldError(f"{what} must be a number such as 0.5, not {quote(value)}", where)
