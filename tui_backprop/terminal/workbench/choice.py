"""The base of screens on which one of a few things is chosen, and what it means is told below the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widget import Widget

from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.title_bar import TitleBar

Choice = TypeVar("Choice")


class ChoiceList(CursorView):
    """The choices, one in each row, as the screen draws them."""

    def __init__(self, screen: ChoiceScreen[Choice], title: str) -> None:
        super().__init__(classes="panel")
        self._on = screen
        self.border_title = title

    def count(self) -> int:
        return len(self._on.choices)

    def item_row(self, index: int, width: int) -> Runs:
        choice, role = self._on.choices[index], "cursor" if index == self.cursor else "plain"
        return merge(self._on.row(choice, width, role, is_current=choice == self._on.current))

    def watch_cursor(self) -> None:
        super().watch_cursor()
        self._on.tell(self._on.choices[self.cursor])


class ChoiceScreen(LeavableScreen[Choice | None], Generic[Choice], inherit_bindings=False):
    """The result is what was chosen, or None. A subclass draws a choice's row, and tells what the choice means."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose"),
        Binding("escape", "back", "back"),
    ]

    listed = query_one(ChoiceList)

    def __init__(self, choices: Sequence[Choice], current: Choice) -> None:
        super().__init__()
        self.choices, self.current = choices, current

    def parts(self, title: str, list_title: str, *below: Widget) -> Iterator[Widget]:
        """The parts of the screen; those ``below`` the list tell what a choice means."""
        yield TitleBar(title)
        yield ChoiceList(self, list_title)
        yield from below
        yield KeyLine()

    def row(self, choice: Choice, width: int, role: str, *, is_current: bool) -> Runs:
        """A choice as a row; ``role``: of its text, which tells where the cursor is."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def tell(self, choice: Choice) -> None:
        """Tell below the list what this choice means."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def on_mount(self) -> None:
        self.listed.cursor = self.choices.index(self.current)
        self.listed.focus()
        self.tell(self.current)

    def action_choose(self) -> None:
        self.dismiss(self.choices[self.listed.cursor])

    def action_back(self) -> None:
        self.dismiss(None)
