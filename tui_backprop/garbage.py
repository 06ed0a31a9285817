"""Python's garbage collection, put off while much is loaded: loading makes no garbage, and each search looks at all of
it.
"""

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
