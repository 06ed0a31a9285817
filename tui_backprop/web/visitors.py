"""Who is there: each visitor a learner with a folder of their own, told apart by a cookie or by a name."""

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
"""Of one learner: nobody takes all places alone."""
_NOT_KEY = re.compile(r"[^a-z0-9]+")


@dataclass
class Visitors:
    """The learners below ``folder``, of whom at most ``most`` are there at once, each in a few windows."""

    folder: Path
    most: int
    _windows: Counter[str] = field(default_factory=Counter, init=False)

    def has_room(self, key: str) -> bool:
        """Is there room for one more window of this learner?"""
        return self._windows.total() < self.most and self._windows[key] < MOST_WINDOWS

    @contextmanager
    def place(self, key: str) -> Iterator[bool]:
        """A place for a window as long as this lasts; False where there is none."""
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
        """Where this learner's records are. ValueError for what is no key, such as a path."""
        if not is_key(key):
            raise ValueError("this is nobody's key")
        return self.folder / key

    def files_of(self, key: str) -> Path:
        """Where what this learner saves is; made where it is missing."""
        files = self.state_of(key) / "files"
        files.mkdir(parents=True, exist_ok=True, mode=0o700)
        return files


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def new_key() -> str:
    """For somebody who gives no name: nobody guesses it."""
    return f"guest-{secrets.token_hex(16)}"


def key_of_name(name: str) -> str | None:
    """The key of a name; names that differ in capitals and signs alone are the same. None for one without letters."""
    plain = _NOT_KEY.sub("-", name.casefold()).strip("-")[:60]
    if plain:
        return f"name-{plain}"
    return f"name-{name.encode().hex()[:60]}" if name.strip() else None
