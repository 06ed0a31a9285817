"""The base of screens on which something in a list, however long, is found by typing, and chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.getters import query_one
from textual.message import Message
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import Input

from tui_backprop.drawing.canvas import Runs
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView, first_from
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar

NOTHING_FOUND = "Nothing fits what is typed. Escape empties the line."


class FoundList(CursorView, can_focus=False):
    """Shows the places found, each as a row; ``cursor`` counts among them. A subclass draws a place."""

    DEFAULT_CSS = "FoundList { width: 100%; height: 1fr; }"

    class Moved(Message):
        """The cursor is on this place now; None where nothing was found."""

        def __init__(self, place: int | None) -> None:
            super().__init__()
            self.place = place

    places: Sequence[int] = ()
    was_moved = False
    """Has the cursor been moved since these places were shown?"""

    def show(self, places: Sequence[int], place: int | None = None) -> None:
        """Show these places, with the cursor on ``place`` or, if it is not among them, on the first after it."""
        self.places, self.was_moved = places, False
        self.set_reactive(CursorView.cursor, 0 if place is None else first_from(places, place))
        self.redraw()
        self.post_message(self.Moved(self.place))

    @property
    def place(self) -> int | None:
        """The place under the cursor."""
        return self.places[self.cursor] if self.places else None

    def count(self) -> int:
        return len(self.places)

    def item_row(self, index: int, width: int) -> Runs:
        return self.place_row(self.places[index], width, index == self.cursor)

    def place_row(self, place: int, width: int, is_chosen: bool) -> Runs:
        """One place as a row."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def watch_cursor(self) -> None:
        super().watch_cursor()
        self.was_moved = True
        if self.is_attached:
            self.post_message(self.Moved(self.place))


class SearchInput(LineInput):
    """The search line; keys that move go on to the list."""

    DEFAULT_CSS = "SearchInput { margin: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "choose", tooltip="Choose the line under the cursor"),
        Binding("up", "list('move', -1)", "line up", show=False),
        Binding("down", "list('move', 1)", "line down", show=False),
        Binding("pageup", "list('move_page', -1)", "page up", show=False),
        Binding("pagedown", "list('move_page', 1)", "page down", show=False),
        Binding("ctrl+home", "list('move_to', 0)", "first line", show=False),
        Binding("ctrl+end", "list('move_to', -1)", "last line", show=False),
        Binding("escape", "screen.clear", "back", tooltip="Empty the line, or go back"),
    ]

    def action_list(self, what: str, by: int) -> None:
        """Move in the list."""
        found = self.screen.query_one(FoundList)
        {"move": found.action_move, "move_page": found.action_move_page, "move_to": found.action_move_to}[what](by)

    def action_home(self, select: bool = False) -> None:
        """Move to the beginning of the line; in an empty line, to the first item."""
        if self.value:
            super().action_home(select)
        else:
            self.action_list("move_to", 0)

    def action_end(self, select: bool = False) -> None:
        """Move to the end of the line; in an empty line, to the last item."""
        if self.value:
            super().action_end(select)
        else:
            self.action_list("move_to", -1)


class SearchScreen(LeavableScreen[ScreenResultType], inherit_bindings=False):
    """A list, its search line, and a note on the row under the cursor. Escape gives the result None.

    A subclass finds places, tells what the place under the cursor is, and decides what becomes of a chosen one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose"),
        Binding("escape", "back", "back"),
    ]

    listed = query_one(FoundList)
    line = query_one(SearchInput)
    note = query_one("#note", MessageView)
    _start = 0

    def parts(self, title: TitleBar, listed: FoundList, hint: str) -> Iterator[Widget]:
        """The parts of the screen; ``hint`` is the placeholder of the search line."""
        yield title
        yield listed
        yield SearchInput(hint)
        yield MessageView(id="note")
        yield KeyLine()

    def find(self, text: str) -> Sequence[int]:
        """The places that this text means, in order; all of them where it is blank."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def tell(self, place: int | None) -> None:
        """Tell below the list what is under the cursor; None where nothing was found."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def choose(self, place: int) -> None:
        """Enter was pressed on this place."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def begin(self, place: int) -> None:
        """Show everything, with the cursor on this place."""
        self._start = place
        self.listed.show(self.find(""), place)
        self.line.focus()

    def leads_to(self) -> Offset | None:
        """The place of the selection; None, for the line, while something is typed there."""
        return None if self.line.value and not self.listed.was_moved else self.listed.leads_to()

    @on(FoundList.Moved)
    def _tell(self, event: FoundList.Moved) -> None:
        self.tell(event.place)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        place = None if event.value.strip() else self.listed.place
        self.listed.show(self.find(event.value), self._start if place is None else place)

    @on(Input.Submitted)
    def _choose(self) -> None:
        if self.listed.place is not None:
            self.choose(self.listed.place)

    def action_clear(self) -> None:
        """Empty the line; leave, if it is empty."""
        if self.line.value:
            self.line.value = ""
        else:
            self.action_back()

    def action_back(self) -> None:
        self.dismiss(None)

    def action_choose(self) -> None:
        """Enter outside the search line: give the line the focus."""
        self.line.focus()
