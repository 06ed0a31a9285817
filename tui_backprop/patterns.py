"""Regular expressions that are compiled when they are first used: many are defined, and a start needs few of them."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression that is used like a compiled one, and compiled by the first use."""
    return cast(re.Pattern[AnyStr], _LatePattern(text, flags))


class _LatePattern:
    """Stands in for a compiled pattern, and has each of its methods once it has been asked for."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)  # so that this is not called for it again
        return found
