"""When an app under test has done all there is to do: every queue is empty, and what changed is laid out.

Textual's Pilot watches the processor instead, 40 ms and more a key: most of a test's time, and a guess on a busy
machine. Here the event loop tells: every widget reads its queue in a task of its own, so where no task is ready to run
no message waits. A thread is not waited for: the test that needs one says so (``journal.flush()``).

The screen is laid out after every key, but drawn only where a test looks at it, and once more as the app ends: that
what is in front then can be drawn. Frames that nobody looks at are drawn by the apps in pseudo-terminals, here and in
``tests/e2e``.
"""

from __future__ import annotations

import asyncio
from time import process_time
from typing import Any

from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App

_MOST_SECONDS, _MOST_NAPS, _NAP = 20.0, 4000, 0.005
"""Seconds of work, which a busy machine does not change, and naps of so many seconds. For an app that never rests: its
test goes on then, and fails by what it asserts."""
_shutdown = App._shutdown


async def settled(*_: object) -> bool:
    """Let the app under test run until all its queues are empty, and say if they are.

    In the place of Textual's ``wait_for_idle``, and of its Pilot's wait for the screen.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    end, naps = process_time() + _MOST_SECONDS, 0
    while process_time() < end and naps < _MOST_NAPS:
        if vars(loop)["_ready"]:
            await asyncio.sleep(0)
        elif app._batch_count or app._resize_timer:  # a new screen or size is held back for some ms, on the clock
            await asyncio.sleep(_NAP)
            naps += 1
        elif not _brought_up_to_date(app):
            return True
    return False


def draw_nothing(compositor: Compositor, *_: object, **__: object) -> None:
    """In the place of ``Compositor.render_update``: a test draws what it looks at, see ``screen_text``."""
    compositor._dirty_regions.clear()


async def shut_down(app: App[Any]) -> None:
    """In the place of ``App._shutdown``: the last frame is drawn first."""
    if app.screen_stack:
        app.screen._compositor.render_strips()
    await _shutdown(app)


def _brought_up_to_date(app: App[Any]) -> bool:
    """Lay out now what the screen's timer would lay out at the next 60th of a second. Was there anything?"""
    if not app.is_running or not app.screen_stack:
        return False
    if app.screen._update_timer._active.is_set():
        app.screen._on_timer_update()
        return True
    return False
