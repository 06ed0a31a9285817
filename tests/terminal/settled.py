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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

_MOST_SECONDS, _MOST_NAPS, _NAP = 20.0, 4000, 0.005
"""Seconds of work, which a busy machine does not change, and naps of so many seconds. For an app that never rests: its
test goes on then, and fails by what it asserts."""
_press_keys = App._press_keys
_bursts: list[None] = []
"""One for each burst of keys that is going on: while there is any, nothing is painted."""


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


@contextmanager
def quick_typist() -> Iterator[None]:
    """For keys that come so quickly that the screen is painted only after the last of them."""
    _bursts.append(None)
    try:
        yield
    finally:
        _bursts.pop()


async def press_in_a_burst(app: App[Any], keys: Iterable[str]) -> None:
    """In the place of ``App._press_keys``: the screen is laid out after each key, and painted when all are pressed."""
    with quick_typist():
        await _press_keys(app, keys)


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
        _paint(app.screen._compositor, app._background_screens)
        return True
    return False


def _paint(compositor: Compositor, behind: list[Screen[Any]]) -> None:
    """Have every part that changed render its rows. They are not put together: no terminal is there to be sent them."""
    visible_screen_stack.set(behind)
    if compositor.size.region in compositor._dirty_regions:
        compositor._dirty_regions.clear()
        for widget, (region, clip) in compositor.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and not _is_blank(widget):
                widget.render_lines(seen.translate(-region.offset))
    else:
        compositor.render_partial_update()


def _is_blank(widget: Widget) -> bool:
    """Does it only hold others, and draws nothing of its own but ground and a plain frame?"""
    kind = type(widget)
    own = kind.render_line is not Widget.render_line or kind.render_lines is not Widget.render_lines
    return bool(widget._nodes) and not own and widget._border_title is None and widget._border_subtitle is None
