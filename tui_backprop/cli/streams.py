"""Standard input, output and errors as they are on other people's machines: closed, full, or not made for UTF-8."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping

from tui_backprop.typeset.locale import is_plain_locale


def prepare(environment: Mapping[str, str] = os.environ) -> None:
    """Make all three usable. What the output cannot hold is printed as an escape, never refused.

    A stream that is closed becomes the null device: its number would else go to the next file that is opened, such as
    the learner's records.
    """
    _open_missing()
    asked = environment.get("PYTHONIOENCODING", "") or environment.get("PYTHONUTF8", "")
    plain = not asked and is_plain_locale(environment)  # Python itself would print UTF-8 there
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if plain else None, errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def give_up_output(number: int = 1) -> None:
    """Nothing more can be written: what is still held back is not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def let_go() -> None:
    """Write what is held back, where the line is still there; at its end Python would else put a status of its own."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            give_up_output(number)


def _open_missing() -> None:
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(number: int, mode: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(os.fdopen(number, f"{mode}b", closefd=False), encoding="utf-8")
