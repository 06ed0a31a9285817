"""What all our screens share: how they are left and told, moving from part to part, and none of Textual's own keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui_backprop.terminal.painting import PieceCompositor

Result = TypeVar("Result")
_MOMENT = 0.1
"""Seconds after which a screen is painted that waits for what is to come."""


class LeavableScreen(Screen[Result], inherit_bindings=False):
    """A screen that is left once: by the first thing that leaves it, and by nothing that comes late."""

    _is_left = False
    _is_styled = False
    _laid_out_for: Size | None = None
    _lays_out = False
    _waits = False
    _to_come = 0

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._compositor = PieceCompositor()
        self._fit_the_app()

    def _fit_the_app(self) -> None:
        """Take the classes for the app's size at once; Textual gives them only after all has been styled once."""
        try:
            app = self.app
        except RuntimeError:  # it is made outside an app
            return
        for size, steps in zip(app.size, (app.HORIZONTAL_BREAKPOINTS, app.VERTICAL_BREAKPOINTS), strict=True):
            here = [name for least, name in steps or () if least <= size]
            self._classes |= set(here[-1:])

    @on(ScreenResume)
    def _stay_styled(self, event: ScreenResume) -> None:
        """Do not style again what has just been made and styled."""
        event.refresh_styles = self._is_styled
        self._is_styled = True

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a new size. The terminal tells the same size several times as the app starts."""
        if size != self._laid_out_for or self.size != size:
            self._laid_out_for = size
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        self._lays_out = True
        if size is not None:
            self._laid_out_for = size
        try:
            super()._refresh_layout(size, scroll)
        finally:
            self._lays_out = False

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Style the frames around the widget in focus; Textual styles all that is in them, which never differs."""
        nodes = [node for widget in (focused, blurred) if widget is not None for node in widget.ancestors_with_self]
        frames = {node for node in nodes if isinstance(node, Widget) and node._has_focus_within}
        self.app.stylesheet.update_nodes(frames, animate=False)

    def _compositor_refresh(self) -> None:
        """Paint; not what is painted again in a moment, nor what lies behind another screen."""
        app = self.app
        if app._batch_count:
            self._repaint_required = True  # or what is marked now would be taken for painted
            return
        if self._repaint_required and self._lays_out:
            return
        if self is not app.screen and app.screen.styles.background.a == 1:
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()
            return
        super()._compositor_refresh()

    def paint_later(self) -> None:
        """Paint nothing until :meth:`paint_now`, for a moment at most: more is about to change."""
        if not self._waits:
            self._waits = True
            self.app._begin_batch()
            self.app.set_timer(_MOMENT, self.paint_now)  # the app's: this screen may have gone by then

    def paint_now(self) -> None:
        """Paint again, if that was put off."""
        if self._waits:
            self._waits = False
            self.app._end_batch()
            self.app.screen.check_idle()  # another one may have opened meanwhile, and nothing else would wake it

    @property
    def is_settled(self) -> bool:
        """Has all been done that was put off until the screen is painted? Until then no key is given to it."""
        return not self._to_come

    def call_after_refresh(self, callback: Callable[..., object], *args: object, **kwargs: object) -> bool:
        def call() -> object:
            try:
                return callback(*args, **kwargs)
            finally:  # after what it puts off itself
                self._to_come -= 1

        is_open = super().call_after_refresh(call)
        self._to_come += is_open
        return is_open

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if self._is_left or not self.is_current:
            return AwaitComplete(asyncio.sleep(0))
        self._is_left = True
        self.keep_typed()
        return super().dismiss(result)

    def keep_typed(self) -> None:
        """Note what is typed and not given yet, as this screen or the program is left."""

    def take_later(self, take: Callable[..., object], *arguments: object) -> None:
        """Call this in the app's thread, from any thread; not at all if the screen has gone by then."""
        if self.app.is_running:
            self.app.call_later(self._take_if_there, take, *arguments)

    def _take_if_there(self, take: Callable[..., object], *arguments: object) -> None:
        if self.is_attached and self in self.app.screen_stack:
            take(*arguments)


@runtime_checkable
class Tells(Protocol):
    """A screen that says what a key does just now."""

    def does(self, binding: Binding) -> str: ...


class TutorScreen(LeavableScreen[None], inherit_bindings=False):
    """A full screen of the tutor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "next part", show=False),
        Binding("shift+tab", "app.focus_previous", "part before", show=False),
    ]

    @contextmanager
    def restyle_once(self) -> Iterator[None]:
        """A context in which classes changed with ``update=False`` take effect together at its end."""
        before = self.classes
        yield
        if self.classes != before:
            self.update_node_styles()

    def show_afresh(self) -> None:
        """Make again what was made of the old characters, since other characters are in use now."""

    def tell_fault(self, line: str) -> None:
        """Show in one line what went wrong on a screen that was open before this one."""
        self.app.notify(line, severity="error", markup=False)

    def does(self, binding: Binding) -> str:
        """What a key does now, for the bottom line."""
        return binding.description
