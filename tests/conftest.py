"""What holds for every test: nothing reaches the user's own folders, and nothing hangs on how fast the machine is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.effort import rounds

settings.register_profile("house", deadline=None, print_blob=True, max_examples=rounds(100))
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """State, data and settings of each test in a folder of its own."""
    for kind in ("STATE", "DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
