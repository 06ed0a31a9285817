"""A small app around the widgets under test, with the tutor's own style sheet, filters and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widget import Widget

from tui_backprop.records.journal import Journal
from tui_backprop.records.settings import recall_notation
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.typeset.glyphs import Glyphs

FULL = Capabilities(Glyphs.FULL, Colours.TRUE)
ASCII = Capabilities(Glyphs.ASCII, Colours.NONE)


def home_app(journal: Journal, capabilities: Capabilities = FULL) -> TutorApp:
    """The tutor at its contents, in the notation that was chosen last."""
    return TutorApp(capabilities, lambda: HomeScreen(journal, recall_notation(journal.history)))


class Bench(TutorScreen):
    """A screen with the given widgets on it."""

    def __init__(self, make: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self._make = make

    def compose(self) -> ComposeResult:
        yield from self._make()


def bench(*make: Callable[[], Widget], capabilities: Capabilities = FULL) -> TutorApp:
    """The tutor's app with one screen, on it the widgets that these calls make."""
    app = TutorApp(capabilities, lambda: Bench(lambda: [call() for call in make]))
    app.least_size = Size(1, 1)  # widgets are looked at by themselves
    return app
