"""When an app under test has done all there is to do: every queue is empty, and what changed is painted.

Textual's Pilot watches the processor instead, 40 ms and more a key: most of a test's time, and a guess on a busy
machine. Here the event loop tells: every widget reads its queue in a task of its own, so where no task is ready to run
no message waits. A thread is not waited for: the test that needs one says so (``journal.flush()``).

The screen is painted only then, as on a slow terminal: what is on its way to it is not. And the keys of one
``pilot.press`` come as those of a quick typist: each is dealt with before the next, and the screen is painted once,
after the last one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from time import process_time
from typing import Any

from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App

_MOST_SECONDS, _MOST_NAPS, _NAP = 20.0, 4000, 0.005
"""Seconds of work, which a busy machine does not change, and naps of so many seconds. For an app that never rests: its
test goes on then, and fails by what it asserts."""
_press_keys = App._press_keys
_render_update = Compositor.render_update
_bursts: list[Iterable[str]] = []
"""The keys that are being pressed: while there are any, nothing is painted."""


async def settled(*_: object) -> bool:
    """Let the app under test run until all its queues are empty, and say if they are.

    In the place of Textual's ``wait_for_idle``, and of its Pilot's wait for the screen.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    end, naps = process_time() + _MOST_SECONDS, 0
    while process_time() < end and naps < _MOST_NAPS:
        if vars(loop)["_ready"]:
            await asyncio.sleep(0)
        elif not app._exit and (app._batch_count or app._resize_timer):  # held back for some ms, on the clock
            await asyncio.sleep(_NAP)
            naps += 1
        elif not _painted(app):
            return True
    return False


async def press_in_a_burst(app: App[Any], keys: Iterable[str]) -> None:
    """In the place of ``App._press_keys``: the screen is laid out after each key, and painted when all are pressed."""
    _bursts.append(keys)
    try:
        await _press_keys(app, keys)
    finally:
        _bursts.pop()


def paint_later(compositor: Compositor, full: bool = False, **_: object) -> None:
    """In the place of ``Compositor.render_update``: what is to be painted is kept until all has been dealt with."""
    if full:
        compositor._dirty_regions.add(compositor.size.region)


def _painted(app: App[Any]) -> bool:
    """Paint now what the screen's timer would paint at the next 60th of a second. Was there anything?"""
    if not app.is_running or not app.screen_stack:
        return False
    if app.screen._update_timer._active.is_set():
        app.screen._on_timer_update()
        return True
    if app.screen._compositor._dirty_regions and not _bursts:
        _render_update(app.screen._compositor, screen_stack=app._background_screens)
        return True
    return False
