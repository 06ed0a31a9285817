"""Text into the app under test: short answers key by key, long ones as a terminal's clipboard hands them over."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

SHORT = 3
"""A key costs Pilot up to a tenth of a second, and that keys type is seen often enough with so many."""


async def paste(pilot: Pilot[None], text: str) -> None:
    """Into whatever has the focus."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(text))
    await pilot.pause()
