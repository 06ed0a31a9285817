"""What a lesson is measured against: a bare Textual app with a page of plain text that can be scrolled."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

LINE = "A line of plain text, as long as one of a lesson is and no longer. "
TEXT = "\n\n".join(f"{n}. " + 2 * LINE for n in range(24))
"""As much as a lesson opens with, and some more below."""
LAST_WORDS = "6. A line"
"""In the last paragraph that is seen at once."""


class BarePage(App[None]):
    """A page of text, and nothing else."""

    CSS = "VerticalScroll { padding: 0 1; }"

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(TEXT, markup=False)


if __name__ == "__main__":
    BarePage().run(mouse=False)
