"""The visitors: each is a learner with a folder of their own, recognized by a cookie or by a name."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_backprop.dataclass import dataclass, field

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
MOST_WINDOWS = 4
"""The most windows of one learner, so that nobody takes all places."""
_NOT_KEY = re.compile(r"[^a-z0-9]+")


@dataclass
class Visitors:
    """The learners below ``folder``, of whom at most ``most`` windows are open at once."""

    folder: Path
    most: int
    _windows: Counter[str] = field(default_factory=Counter, init=False)

    def has_room(self, key: str) -> bool:
        """Is there room for one more window of this learner?"""
        return self._windows.total() < self.most and self._windows[key] < MOST_WINDOWS

    @contextmanager
    def place(self, key: str) -> Iterator[bool]:
        """A context that holds a place for one window; it gives False where there is none."""
        found = self.has_room(key)
        if found:
            self._windows[key] += 1
        try:
            yield found
        finally:
            if found:
                self._windows[key] -= 1
                self._windows += Counter()  # without those who have gone

    def state_of(self, key: str) -> Path:
        """The folder of this learner's records. Raises ValueError for what is no key, such as a path."""
        if not is_key(key):
            raise ValueError("this is nobody's key")
        return self.folder / key

    def files_of(self, key: str) -> Path:
        """The folder of the files that this learner saves; made where it is missing."""
        files = self.state_of(key) / "files"
        files.mkdir(parents=True, exist_ok=True, mode=0o700)
        return files


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def new_key() -> str:
    """A key for somebody who gives no name, which nobody can guess."""
    return f"guest-{secrets.token_hex(16)}"


def key_of_name(name: str) -> str | None:
    """The key of a name; names that differ only in capitals and signs have the same. None for an empty name."""
    plain = _NOT_KEY.sub("-", name.casefold()).strip("-")[:60]
    if plain:
        return f"name-{plain}"
    return f"name-{name.encode().hex()[:60]}" if name.strip() else None
