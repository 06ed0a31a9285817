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
