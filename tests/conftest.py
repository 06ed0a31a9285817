"""What holds for every test: nothing reaches the user's own folders, and nothing hangs on how fast the machine is."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import settings

from tests.effort import rounds

settings.register_profile("house", deadline=None, print_blob=True, max_examples=rounds(100))
settings.load_profile("house")


_tests = count()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """State, data and settings of each test in a folder of its own, which is made when something is written there."""
    own = f"{tmp_path_factory.getbasetemp()}/own/{next(_tests)}"
    for kind in ("STATE", "DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", f"{own}/{kind.lower()}")
