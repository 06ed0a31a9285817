"""What all our screens share: the way from part to part, and nothing of Textual's own keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen


class TutorScreen(Screen[None], inherit_bindings=False):
    """A full screen of the tutor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "next part", show=False),
        Binding("shift+tab", "app.focus_previous", "part before", show=False),
    ]

    def show_afresh(self) -> None:
        """Other characters are in use: what was made of the old ones is made again."""

    def tell_fault(self, line: str) -> None:
        """Say in one line what went wrong on a screen that was open before this one."""
        self.app.notify(line, severity="error", markup=False)

    def does(self, binding: Binding) -> str:
        """What a key does just now, for the bottom line."""
        return binding.description
