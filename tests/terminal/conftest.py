"""What holds for every test of the terminal app."""

from __future__ import annotations

import pytest

from tests.terminal.settled import settled


@pytest.fixture(autouse=True)
def _keys_wait_for_empty_queues(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pressed in a test has been dealt with when the app's queues are empty."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
