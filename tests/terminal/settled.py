"""When an app under test has done all there is to do: every queue is empty, and what changed is painted.

Textual's Pilot watches the processor instead, 40 ms and more a key: most of a test's time, and a guess on a busy
machine. Here the event loop tells: every widget reads its queue in a task of its own, so where no task is ready to run
no message waits. A thread is not waited for: the test that needs one says so (``journal.flush()``).
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual._context import active_app
from textual.app import App

_MOST_SECONDS = 5.0
"""For an app that never rests: its test goes on then, and fails by what it asserts."""


async def settled(*_: object) -> bool:
    """Let the app under test run until all its queues are empty, and say if they are.

    In the place of Textual's ``wait_for_idle``, and of its Pilot's wait for the screen.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    end = loop.time() + _MOST_SECONDS
    while loop.time() < end:
        if vars(loop)["_ready"]:
            await asyncio.sleep(0)
        elif app._batch_count or app._resize_timer:  # a new screen or size is held back for some ms, on the clock
            await asyncio.sleep(0.005)
        elif not _painted(app):
            return True
    return False


def _painted(app: App[Any]) -> bool:
    """Paint now what the screen's timer would paint at the next 60th of a second. Was there anything?"""
    if not app.is_running or not app.screen_stack or not app.screen._update_timer._active.is_set():
        return False
    app.screen._on_timer_update()
    return True
