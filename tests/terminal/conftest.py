"""What holds for every test of the terminal app."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.pilot import Pilot

from tests.terminal.quick import make_textual_quick
from tests.terminal.settled import paint_later, press_in_a_burst, settled


@pytest.fixture(autouse=True)
def _keys_wait_for_empty_queues(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pressed in a test has been dealt with when the app's queues are empty."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
    monkeypatch.setattr(Pilot, "_wait_for_screen", settled)  # instead of a call to each widget, answered by each
    monkeypatch.setattr(App, "_press_keys", press_in_a_burst)
    monkeypatch.setattr(Compositor, "render_update", paint_later)
    make_textual_quick(monkeypatch)
