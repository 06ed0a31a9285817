"""The screen while the window is too small to work in: a sentence, and no prompt that nobody could see."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size

from tui_backprop.terminal.screen import LeavableScreen

LEAST = Size(60, 20)
"""The least size: below it the workbench would hide what it asks for."""


def is_within(least: Size, size: Size) -> bool:
    """Does the least size fit into this one?"""
    return size.width >= least.width and size.height >= least.height


class TooSmallScreen(LeavableScreen[None], inherit_bindings=False):
    """Lies over every other screen until the window has grown; the screens below stay as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "leave", tooltip="Leave; everything is saved")]

    def __init__(self, least: Size) -> None:
        super().__init__()
        self._least = least

    def render(self) -> Content:
        width, height = self.app.size
        return Content(f"This window has {width} columns and {height} rows. The tutor needs {self._least.width} "
                       f"and {self._least.height}: make it larger, or its letters smaller. Nothing is lost. q leaves.")

    def on_resize(self) -> None:
        self.leave_if_grown()

    def on_screen_resume(self) -> None:
        self.leave_if_grown()

    def leave_if_grown(self) -> None:
        """Leave, if there is room now and no screen lies above."""
        if self.is_current and is_within(self._least, self.app.size):
            self.dismiss()
        else:
            self.refresh()
