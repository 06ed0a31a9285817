"""The records of a plain mode: what keeps them from the disk is said when it happens, and what is lost at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui_backprop.cli.verb import PROGRAM
from tui_backprop.records.journal import Journal

_PATIENCE = 0.5
"""Seconds for which the next question waits for the disk."""
TellTrouble = Callable[[], None]
"""Says what keeps the records from the disk, once; to be called after each answer."""


@contextmanager
def open_records() -> Iterator[tuple[Journal, TellTrouble]]:
    """The learner's records for one session, however it ends."""
    journal = Journal()
    told: list[str] = []

    def tell() -> None:
        journal.flush(_PATIENCE)
        _tell_once(journal.warning, told)

    try:
        yield journal, tell
    finally:
        journal.close()
        _tell_once(journal.loss or journal.warning, told)


def _tell_once(text: str | None, told: list[str]) -> None:
    if text and text not in told:
        told.append(text)
        print(f"{PROGRAM}: {text}", file=sys.stderr, flush=True)
