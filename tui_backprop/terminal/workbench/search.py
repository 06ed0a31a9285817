"""The ground of the screens on which something is found in a long list by typing, and chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import ScreenResultType
from textual.widget import Widget

from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.search_list import FoundList, SearchInput, SearchList
from tui_backprop.terminal.widgets.title_bar import TitleBar


class SearchScreen(LeavableScreen[ScreenResultType], inherit_bindings=False):
    """A list, the line that narrows it, and a note on the row under the cursor. Escape gives back None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose"),
        Binding("escape", "back", "back"),
    ]

    search = query_one(SearchList)
    note = query_one("#note", MessageView)

    def parts(
        self, title: TitleBar, found: FoundList, hint: str, find: Callable[[str], Sequence[int]]
    ) -> Iterator[Widget]:
        """What the screen is composed of; ``hint`` is what the empty line says."""
        yield title
        yield SearchList(found, hint, find)
        yield MessageView(id="note")
        yield KeyLine()

    @on(SearchInput.Left)
    def action_back(self) -> None:
        self.dismiss(None)

    def action_choose(self) -> None:
        """Enter outside the line, which always has the focus."""
        self.search.input.focus()
