"""Writes days as people do."""

from __future__ import annotations

import time
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date(seconds: float) -> str:
    """The day of a time (seconds since 1970) in the learner's time zone: ``5 Jan 2026``."""
    day = time.localtime(seconds)
    return f"{day.tm_mday} {_MONTHS[day.tm_mon - 1]} {day.tm_year}"
