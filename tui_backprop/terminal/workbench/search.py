"""The base of screens on which something in a long list is found by typing, and chosen."""

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
    """A list, its search line, and a note on the row under the cursor. Escape gives the result None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose"),
        Binding("escape", "back", "back"),
    ]

    search = query_one(SearchList)
    note = query_one("#note", MessageView)

    def parts(
        self, title: TitleBar, found: FoundList, hint: str, find: Callable[[str], Sequence[int]]
    ) -> Iterator[Widget]:
        """The parts of the screen; ``hint`` is the placeholder of the search line."""
        yield title
        yield SearchList(found, hint, find)
        yield MessageView(id="note")
        yield KeyLine()

    @on(SearchInput.Left)
    def action_back(self) -> None:
        self.dismiss(None)

    def action_choose(self) -> None:
        """Enter outside the search line: give the line the focus."""
        self.search.input.focus()
