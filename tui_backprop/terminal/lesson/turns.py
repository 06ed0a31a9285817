"""Takes a learner's actions one after another: those that come during a judgement wait for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

Act = Callable[[], None]


class Turns:
    """A queue of acts. One that calls :meth:`hold` holds up all behind it until :meth:`go_on`.

    Acts whose turn comes when ``is_open`` is False are dropped.
    """

    def __init__(self, is_open: Callable[[], bool]) -> None:
        self._is_open = is_open
        self._acts: deque[Act] = deque()
        self._held = False

    def take(self, act: Act) -> None:
        """Do this act once all before it are done."""
        self._acts.append(act)
        self._work()

    def hold(self) -> None:
        self._held = True

    def go_on(self) -> None:
        self._held = False
        self._work()

    @property
    def is_empty(self) -> bool:
        return not self._acts

    def _work(self) -> None:
        while self._acts and not self._held:
            act = self._acts.popleft()
            if self._is_open():
                act()
