"""The baseline: the least that a Textual app with something to read and something to type into can be."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "The least there is"
"""On the screen when it has started."""


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY, markup=False)
        yield Input(compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """One line of text for one entry."""
        self.query_one(Static).update(f"I read {event.value}.")


if __name__ == "__main__":
    Bare().run(mouse=False)
