"""Tells the progress of long work: one line on stderr, where that is a terminal and nothing else shows it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TextIO, overload

if TYPE_CHECKING:
    from threading import Timer

    from tui_backprop.derivation import Step

_EVERY = 0.2
"""Seconds between two updates of the line."""
_FIRST = 0.5
"""Seconds of work before the first line."""
_ROOM = 60


class Telling:
    """Writes each line over the one before, and wipes it away at the end; writes nothing unless to a terminal.

    Work that takes less than half a second is not told. Longer work is told even if no other line follows.
    """

    def __init__(self, stream: TextIO, first: float = _FIRST) -> None:
        self._stream = stream if stream.isatty() else None
        self._line = ""
        self._next = monotonic() + first
        self._told = False
        self._first = None if self._stream is None else _start_timer(first, self._write)

    def tell(self, line: str) -> None:
        self._line = line
        if monotonic() >= self._next:
            self._next = monotonic() + _EVERY
            self._write()

    def wipe(self) -> None:
        if self._first is not None:
            self._first.cancel()
        if self._stream is not None and self._told:
            self._stream.write(f"\r{'':{_ROOM}}\r")
            self._stream.flush()
        self._line, self._told = "", False

    def _write(self) -> None:
        if self._stream is not None and self._line:
            self._told = True
            self._stream.write(f"\r{self._line[:_ROOM]:{_ROOM}}")
            self._stream.flush()


def _start_timer(seconds: float, work: Callable[[], None]) -> Timer:
    from threading import Timer  # where nothing is told, it is not loaded

    timer = Timer(seconds, work)
    timer.daemon = True
    timer.start()
    return timer


@contextmanager
def telling() -> Iterator[Telling]:
    """A context in which progress is told on stderr."""
    told = Telling(sys.stderr)
    try:
        yield told
    finally:
        told.wipe()


class ToldSteps(Sequence["Step"]):
    """A sequence of steps that tells, as each is taken, which of how many it is."""

    def __init__(self, steps: Sequence[Step], told: Telling) -> None:
        self._steps = steps
        self._told = told

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, at: int) -> Step: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Step]: ...
    def __getitem__(self, at: int | slice) -> Step | Sequence[Step]:
        return self._steps[at]

    def __iter__(self) -> Iterator[Step]:
        count = len(self._steps)
        for number, step in enumerate(self._steps, 1):
            self._told.tell(f"step {number:,} of {count:,}")
            yield step
