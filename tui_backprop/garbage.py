"""Python's search for garbage, put off while much is loaded: that makes none, and each search looks at all of it."""

from __future__ import annotations

import gc


def put_off_garbage() -> None:
    """Nothing is searched for from now on."""
    gc.disable()


def collect_garbage() -> None:
    """Search again, but not in what is there by now: modules and style sheets stay until the end.

    Where the search was not put off nothing changes.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
