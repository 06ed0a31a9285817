"""Python's garbage collection, put off while modules load: they make no garbage, and each search visits them all."""

from __future__ import annotations

import gc


def put_off_garbage() -> None:
    """Switch the garbage collection off."""
    gc.disable()


def collect_garbage() -> None:
    """Switch it on again, but keep it out of all that exists by now: modules and style sheets stay until the end.

    Where it was not put off nothing changes.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def search_rarely() -> None:
    """Look for garbage after many more new objects than Python does: for long work that keeps most of what it makes."""
    gc.set_threshold(50_000, 20, 20)
