"""The bottom line: the keys of the screen in front, most important first, never cut in the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from textual.binding import Binding
from textual.screen import Screen

from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.terminal.keys import format_key
from tui_backprop.terminal.screen import Tells
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs

Hint = tuple[str, str]
"""A key as it is shown, and what it does."""


_ARROWS: Mapping[str, str] = {"←→": "Left/Right", "↑↓": "Up/Down"}


def fit(hints: Sequence[Hint], width: int) -> Runs:
    """As many hints as fit. The last, the way to all other keys, always stays; the ones before it go first."""
    if not hints:
        return ()
    *others, last = hints
    for count in range(len(others), -1, -1):
        shown = [*others[:count], last]
        for gap in (3, 2):
            if sum(len(key) + 1 + len(does) for key, does in shown) + gap * (len(shown) - 1) + 2 <= width:
                return _row(shown, gap)
    return _row([last], 1)


def _row(hints: Sequence[Hint], gap: int) -> Runs:
    runs: list[Run] = [(" ", "")]
    for key, does in hints:
        runs += [(key, "key"), (f" {does}", "note"), (" " * gap, "")]
    return merge(runs[:-1])


class KeyLine(RunsView):
    """Shows the bindings of the screen in front that want to be shown; the app's own come last."""

    DEFAULT_CSS = "KeyLine { dock: bottom; height: 1; }"
    _will_redraw = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._take_change)

    def _take_change(self, _screen: Screen[object]) -> None:
        """Draw again after all changes that are known by now: a step changes the keys several times."""
        if not self._will_redraw:
            self._will_redraw = True
            self.call_later(self._redraw_once)

    def _redraw_once(self) -> None:
        self._will_redraw = False
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        del height  # always one line
        return (fit(self._hints(), width),)

    def _format(self, binding: Binding) -> str:
        """A binding's key; arrows by their names where the terminal has none."""
        key = format_key(binding)
        return _ARROWS.get(key, key) if self.glyphs is Glyphs.ASCII else key

    def _hints(self) -> list[Hint]:
        shown: dict[str, Hint] = {}
        last: dict[str, Hint] = {}
        screen = self.screen
        tell = screen.does if isinstance(screen, Tells) else attrgetter("description")
        for node, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.description:
                hints = last if node is self.app else shown
                does = tell(binding)
                if does:
                    hints.setdefault(binding.action, (self._format(binding), does))
        return [*shown.values(), *last.values()]
