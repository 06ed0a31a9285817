"""Prepares standard input, output and errors for other people's machines: closed, full, or not made for UTF-8."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import MutableMapping

from tui_backprop.typeset.locale import is_plain_locale

_PYTHONS_OWN = ("C.UTF-8", "C.utf8", "UTF-8")
_BEGUN_WITH = "/proc/self/environ"
"""Where Linux keeps the variables that a process began with, whatever has been set since."""


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Make all three streams usable. Characters that the output cannot hold are printed as escapes.

    A closed stream is replaced by the null device: otherwise its number would go to the next file that is opened, such
    as the learner's records.
    """
    _open_missing()
    take_back_locale(environment, _locale_before())
    asked = environment.get("PYTHONIOENCODING", "") or environment.get("PYTHONUTF8", "") == "1"
    plain = not asked and is_plain_locale(environment)  # Python itself would print UTF-8 there
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if plain else None, errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def take_back_locale(environment: MutableMapping[str, str], before: str) -> None:
    """Undo what Python itself sets: ``LC_CTYPE=C.UTF-8`` where the locale is C, unset or not installed (PEP 538).

    It says nothing about the terminal. ``before``: the variable before Python began, empty where it was not set.
    """
    if environment.get("LC_CTYPE") not in _PYTHONS_OWN:
        return
    if before:
        environment["LC_CTYPE"] = before
    else:
        del environment["LC_CTYPE"]


def give_up_output(number: int = 1) -> None:
    """Send all further output of it to the null device, so that nothing held back is tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def let_go() -> None:
    """Write what is held back, where that can be; else Python would end with a status of its own."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            give_up_output(number)


def _locale_before() -> str:
    """``LC_CTYPE`` as the process was given it; where the system does not tell, what Python's own mode says of it."""
    try:
        with open(_BEGUN_WITH, "rb") as file:
            given = file.read().split(b"\0")
    except OSError:
        return "" if sys.flags.utf8_mode else os.environ.get("LC_CTYPE", "")
    return next((os.fsdecode(line[9:]) for line in given if line.startswith(b"LC_CTYPE=")), "")


def _open_missing() -> None:
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(number: int, mode: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(os.fdopen(number, f"{mode}b", closefd=False), encoding="utf-8")
