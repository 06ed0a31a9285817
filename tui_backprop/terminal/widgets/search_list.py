"""A list with a search line: typing narrows the list, the arrows move in it, however long it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from tui_backprop.drawing.canvas import Runs
from tui_backprop.terminal.widgets.cursor_view import CursorView, first_from
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.unscrolled import UnscrolledColumn

NOTHING_FOUND = "Nothing fits what is typed. Escape empties the line."


class FoundList(CursorView, can_focus=False):
    """Shows the places found, each as a row; ``cursor`` counts among them. A subclass draws a place."""

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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "choose", tooltip="Choose the line under the cursor"),
        Binding("up", "list('move', -1)", "line up", show=False),
        Binding("down", "list('move', 1)", "line down", show=False),
        Binding("pageup", "list('move_page', -1)", "page up", show=False),
        Binding("pagedown", "list('move_page', 1)", "page down", show=False),
        Binding("ctrl+home", "list('move_to', 0)", "first line", show=False),
        Binding("ctrl+end", "list('move_to', -1)", "last line", show=False),
        Binding("escape", "clear", "back", tooltip="Empty the line, or go back"),
    ]

    class Left(Message):
        """Escape was pressed in the empty line."""

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

    def action_clear(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())


class SearchList(UnscrolledColumn):
    """The list with the search line under it. Posts :class:`Moved` with the place, :class:`Chosen` on Enter."""

    DEFAULT_CSS = """
    SearchList { height: 1fr; }
    SearchList FoundList { width: 100%; height: 1fr; }
    SearchList SearchInput { margin: 0 2; }
    """

    class Chosen(Message):
        """Enter was pressed on this place."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class Moved(Message):
        """The cursor is on this place now; None where nothing is found."""

        def __init__(self, place: int | None) -> None:
            super().__init__()
            self.place = place

    input = query_one(SearchInput)

    def __init__(self, found: FoundList, placeholder: str, find: Callable[[str], Sequence[int]]) -> None:
        super().__init__()
        self._found = found
        self._placeholder = placeholder
        self._find = find
        self._start = 0

    def leads_to(self) -> Offset | None:
        """The place of the selection; None, for the line, while something is typed there."""
        return None if self.input.value and not self._found.was_moved else self._found.leads_to()

    def compose(self) -> ComposeResult:
        yield self._found
        yield SearchInput(self._placeholder)

    def begin(self, place: int) -> None:
        """Show everything, with the cursor on this place."""
        self._start = place
        self._found.show(self._find(""), place)
        self.input.focus()

    @on(FoundList.Moved)
    def _moved(self, event: FoundList.Moved) -> None:
        event.stop()  # a message sent while this widget is at work would end here anyway
        self.post_message(self.Moved(event.place))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if not event.value.strip():
            place = self._found.place
            self._found.show(self._find(""), self._start if place is None else place)
        else:
            self._found.show(self._find(event.value), self._start)

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        event.stop()
        if self._found.place is not None:
            self.post_message(self.Chosen(self._found.place))
