"""Keys one at a time and in order, however fast they come: each waits until the effects of the one before are complete.

On a slow line ten keys arrive in one piece. Given at once, all ten would go to the screen that was there at the first.
So each waits until the screen in front has been made, every message between the part in focus and the app has been
processed, and the screen says that it has settled. A key that comes alone waits for nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Protocol, runtime_checkable

from textual.app import App, ScreenStackError
from textual.command import CommandPalette
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

_MOST_ROUNDS = 8
"""A screen that opens another, which opens another, and so on, is settled after at most so many rounds."""
_LOOK_AGAIN, _MOST_SECONDS = 0.05, 10.0
"""Seconds between two looks at a part that may be closing, and seconds after which a busy part holds no key back."""


@runtime_checkable
class OnTheWay(Protocol):
    """A screen that stands in for one being made: it gets the keys in ``heard``, the coming screen all others."""

    heard: tuple[str, ...]


@runtime_checkable
class Settling(Protocol):
    """A screen that says whether it is ready for a key; if not, it is after a few paintings."""

    @property
    def is_settled(self) -> bool: ...


class Keyboard:
    """A queue of events in front of an app; ``give`` passes an event to the app."""

    def __init__(self, app: App[None], give: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._give = give
        self._waiting: deque[Event] = deque()
        self._kept: list[Event] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Have all events been given, and all their effects completed?"""
        return self._task is None or self._task.done()

    def take(self, event: Event) -> None:
        """Give this event as soon as all before it are done."""
        # An Enter that was typed before we had the terminal comes as a line feed.
        self._waiting.append(Key("enter", "\r") if isinstance(event, Key) and event.key == "ctrl+j" else event)
        if self.idle:
            self._task = asyncio.create_task(self._give_all())

    def forget(self) -> None:
        """Drop all events that have not been given."""
        self._waiting.clear()
        self._kept.clear()

    def give_kept(self) -> None:
        """Give the screen in front what was typed while it was being made."""
        self._waiting.extendleft(reversed(self._kept))
        self._kept.clear()
        if self._waiting and self.idle:
            self._task = asyncio.create_task(self._give_all(made=False))

    def drop_kept(self) -> None:
        """Drop what was typed for a screen that does not come."""
        self._kept.clear()

    async def _give_all(self, made: bool = True) -> None:
        if not made:
            await self._settle()
        while self._waiting and self._app.is_running:
            if self._is_early(self._waiting[0]):
                self._kept.append(self._waiting.popleft())
                continue
            palette = isinstance(self._app.screen, CommandPalette)
            try:
                await self._give(self._waiting.popleft())
            except Exception as error:
                if not palette:  # Textual's moves in a list that it is still filling
                    self._app._handle_exception(error)
            await self._settle()

    def _is_early(self, event: Event) -> bool:
        """Is it typed for a screen that is still being made?"""
        screen = self._app.screen
        heard = screen.heard if isinstance(screen, OnTheWay) else None
        return heard is not None and isinstance(event, Key | Paste) and getattr(event, "key", "") not in heard

    async def _settle(self) -> None:
        """Wait until the screen in front is made and settled, and nothing is left from the part in focus to the app."""
        before: tuple[MessagePump, ...] = ()
        for _ in range(_MOST_ROUNDS):
            parts = tuple(self._parts())
            for part in parts:
                await self._answered(part, part.call_later)
            screen = next((part for part in parts if isinstance(part, Settling)), None)
            is_settled = screen is None or screen.is_settled
            if parts == before and is_settled:
                return
            if isinstance(screen, MessagePump) and not is_settled:
                await self._answered(screen, screen.call_after_refresh)
            before = parts

    def _parts(self) -> Iterator[MessagePump]:
        """The part in focus, its containers, the screen, and the app."""
        try:
            screen = self._app.screen
        except ScreenStackError:
            return
        part: MessagePump | None = screen.focused or screen
        while part is not None:
            yield part
            part = part._parent if part is not self._app else None

    async def _answered(self, part: MessagePump, call: Callable[[Callable[[], None]], bool]) -> None:
        """Wait until a part has come to ``call`` us, closes, or has been busy for long."""
        answer = asyncio.get_running_loop().create_future()

        def answered() -> None:
            if not answer.done():
                answer.set_result(None)

        if not call(answered):
            return
        for _ in range(int(_MOST_SECONDS / _LOOK_AGAIN)):
            await asyncio.wait([answer], timeout=_LOOK_AGAIN)
            if answer.done() or not part.is_running:
                return
