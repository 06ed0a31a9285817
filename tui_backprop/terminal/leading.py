"""Where the terminal's own cursor stands: on the selection, or in the prompt. Braille displays follow it."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.command import CommandPalette
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tui_backprop.terminal.widgets.cursor_view import CursorView


@runtime_checkable
class Leads(Protocol):
    """A part of the screen with a selection."""

    def leads_to(self) -> Offset | None:
        """The selection's place on the screen; None where it has none just now."""


def cursor_place(screen: Screen[Any]) -> Offset | None:
    """The place of what is selected or typed in; None where nothing is."""
    focused = screen.focused
    if focused is None:
        return None
    if isinstance(screen, CommandPalette):
        for commands in screen.query(OptionList):
            if commands.display and commands.highlighted is not None:
                return _find_highlight(commands)
    for part in focused.ancestors_with_self:
        if isinstance(focused, Input) and isinstance(part, CursorView):
            continue  # a row of it is being typed in
        if isinstance(part, Leads) and (place := part.leads_to()) is not None:
            return place
    return focused.cursor_screen_offset if isinstance(focused, Input) else focused.content_region.offset


def _find_highlight(commands: OptionList) -> Offset:
    row = commands._index_to_line.get(commands.highlighted or 0, 0)
    return commands.content_region.offset + Offset(0, row - int(commands.scroll_y))
