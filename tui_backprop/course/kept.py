"""Keeps what was made of the shipped course's files, as Python keeps modules: beside them, till they change.

Parsing a lesson takes longer than showing it. What is kept is data (:mod:`marshal`), in the folder ``__pycache__`` of
the course. Where that folder cannot be written, or holds anything else, the files are read again each time.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tui_backprop.dataclass import fields_of

if TYPE_CHECKING:
    from fractions import Fraction

_Kept = TypeVar("_Kept")
Data = Any
"""What marshal takes: texts, numbers, truths, None, and tuples of them."""

FOLDER = "__pycache__"
_PATH, _FRACTION = "path", "Fraction"
_MAKERS = ("course", "maths", "network")
"""The rooms whose modules make what is kept; another version of them makes it anew."""


def kept(folder: Path, name: str, sources: Sequence[Path], make: Callable[[], _Kept], kinds: Iterable[type]) -> _Kept:
    """What ``make`` makes of the source files: as it was kept, or made now and kept.

    ``kinds`` are the data classes that may be in it. What holds anything else is made each time.
    """
    file = folder / FOLDER / f"{name}.{sys.implementation.cache_tag}.kept"
    try:
        stamp = (_made_by(), str(folder), *(_state_of(path) for path in sources))
    except OSError:
        return make()
    before, made = _last.get(file, (None, None))
    if before != stamp:
        by_name = {kind.__name__: kind for kind in kinds}
        made = _kept_object(file, stamp, by_name)
        if made is None:
            made = make()
            if not sys.dont_write_bytecode:
                _keep(file, stamp, made, by_name)
        _last[file] = stamp, made
    return cast(_Kept, made)


_last: dict[Path, tuple[tuple[Data, ...], object]] = {}
"""What was asked for last, by its file: nothing of it can change."""


def _kept_object(file: Path, stamp: tuple[Data, ...], by_name: dict[str, type]) -> object:
    """What is in the file; None where there is nothing of use."""
    try:
        found, data = marshal.loads(file.read_bytes())
        return _object(data, by_name) if found == stamp else None
    except (OSError, ValueError, TypeError, EOFError, LookupError):
        return None


def _keep(file: Path, stamp: tuple[Data, ...], made: object, by_name: dict[str, type]) -> None:
    """Write a file whole or not at all; where it cannot be written nothing is kept."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        content = marshal.dumps((stamp, _data(made, by_name)))
        file.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(content)
        os.replace(unfinished, file)
    except (OSError, ValueError, TypeError):
        with suppress(OSError):
            unfinished.unlink()


def _state_of(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return path.name, status.st_mtime_ns, status.st_size


@cache
def _made_by() -> tuple[int, int]:
    """When the youngest module that makes such things was written, and how large all of them are."""
    package = Path(__file__).parent.parent
    files = [file.stat() for room in _MAKERS for file in os.scandir(package / room) if file.name.endswith(".py")]
    return max(status.st_mtime_ns for status in files), sum(status.st_size for status in files)


def _data(made: object, by_name: dict[str, type]) -> Data:
    """Plain data for an object. Raises TypeError for what cannot be kept."""
    if made is None or isinstance(made, str | int | float):
        return made
    if isinstance(made, tuple):
        return ("", *(_data(each, by_name) for each in made))
    if isinstance(made, Path):
        return (_PATH, str(made))
    kind = type(made)
    if kind.__name__ == _FRACTION:
        return (_FRACTION, *cast("Fraction", made).as_integer_ratio())
    if by_name.get(kind.__name__) is not kind:
        raise TypeError(kind)
    given = [name for name, field in fields_of(kind).items() if field.init]
    return (kind.__name__, *(_data(getattr(made, name), by_name) for name in given))


def _object(data: Data, by_name: dict[str, type]) -> Any:
    """The object that the data were made for."""
    if not isinstance(data, tuple):
        return data
    name, *parts = data
    values = [_object(part, by_name) if isinstance(part, tuple) else part for part in parts]
    if not name:
        return tuple(values)
    if name == _PATH:
        return Path(values[0])
    if name == _FRACTION:
        from fractions import Fraction  # a list of titles does not wait for it

        return Fraction(*values)
    return by_name[name](*values)
