"""The first screen: Continue, the lessons and the exercises with the progress in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.scalar import Scalar
from textual.geometry import Offset
from textual.getters import query_one
from textual.widgets import Input

from tui_backprop.desk.contents import ContentsEntry, listing
from tui_backprop.desk.standing import Standing
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.typeset.glyphs import cells, cut, plain_title, shorten

MARKS: dict[Standing, tuple[str, str]] = {"new": ("[ ]", "note"), "started": ("[▸]", "bar"), "done": ("[x]", "good")}
"""The mark for each standing, with its role."""


class EntryList(CursorView):
    """The entries under their headings; the cursor rests on entries only.

    ``tell`` is called at once with the entry that the cursor has come to, or None: both are painted together.
    """

    def __init__(self, entries: Sequence[ContentsEntry], tell: Callable[[ContentsEntry | None], None]) -> None:
        super().__init__(classes="panel")
        self._entries = entries
        self._tell = tell
        self._wanted = ""
        self._lines = listing(entries)

    def on_mount(self) -> None:
        self.border_title = "Contents"
        self._rest()

    def show(self, entries: Sequence[ContentsEntry]) -> None:
        """Show these entries, narrowed as before, with the cursor on the same entry; if that was Continue, on Continue.

        A Continue that was not there before takes the cursor, so that Enter goes on with what was left just now.
        """
        before, had_one = self.entry, self._has_continue
        self._entries = entries
        self.narrow(self._wanted)
        if self._has_continue and not had_one:
            self.cursor = 0
            return
        same = [n for n, line in enumerate(self._lines) if isinstance(line, ContentsEntry) and before is not None
                and (line.key, line.section) == (before.key, before.section)]
        if same and before is not None and before.section:
            self.cursor = same[0]

    def rest_on(self, key: str) -> None:
        """Put the cursor on the entry with this key, under its heading, if it is shown."""
        self.cursor = self._find(key)

    def _find(self, key: str) -> int:
        """The line of the entry with this key, under its heading; that of the cursor where it is not shown."""
        found = (n for n, line in enumerate(self._lines)
                 if isinstance(line, ContentsEntry) and line.section and line.key == key)
        return next(found, self.cursor)

    @property
    def _has_continue(self) -> bool:
        return bool(self._entries) and not self._entries[0].section

    def narrow(self, wanted: str) -> None:
        """Show only the entries with these words; once all are shown again, the cursor stays on its entry."""
        before = self.entry
        if wanted != self._wanted:
            self.set_reactive(CursorView.cursor, 0)  # the best
        was_narrowed, self._wanted = bool(self._wanted), wanted
        self._lines = listing(self._entries, wanted)
        if was_narrowed and not wanted and before is not None and before.section:
            self.set_reactive(CursorView.cursor, self._find(before.key))
        self._rest()
        self.redraw()

    def _rest(self) -> None:
        """Put the cursor on an entry, the same as before if possible."""
        self._move_near(self.validate_cursor(self.cursor))
        self._tell(self.entry)

    @property
    def entry(self) -> ContentsEntry | None:
        """The entry under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, ContentsEntry) else None

    def count(self) -> int:
        return len(self._lines)

    def can_hold(self, index: int) -> bool:
        return isinstance(self._lines[index], ContentsEntry)

    def item_row(self, index: int, width: int) -> Runs:
        line = self._lines[index]
        if isinstance(line, str):
            return ((shorten(plain_title(line, self.glyphs), width), "title"),)
        mark, mark_role = MARKS[line.standing]
        room = max(width - len(mark) - 2, 0)
        title = cut(plain_title(line.title, self.glyphs), room)
        detail = line.detail if cells(title) + len(line.detail) + 2 <= room else ""
        gap = " " * (room - cells(title) - len(detail))
        if index == self.cursor:  # mark and title alone: a bar over the whole row takes three times as much to move
            return merge([(f"{mark} {title} ", "cursor"), (f"{gap}{detail} "[1:], "plain")])
        return merge([(mark, mark_role), (f" {title}{gap}{detail} ", "plain")])

    def watch_cursor(self) -> None:
        super().watch_cursor()
        if self.is_attached:
            self._tell(self.entry)


class FilterInput(LineInput):
    """The line whose words narrow the entries; Escape empties and closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "open", tooltip="Open the line under the cursor"),
        Binding("escape", "screen.stop_filter", "show all"),
        Binding("up", "screen.move(-1)", "line up", show=False),
        Binding("down", "screen.move(1)", "line down", show=False),
        Binding("pageup", "screen.move_page(-1)", "page up", show=False),
        Binding("pagedown", "screen.move_page(1)", "page down", show=False),
    ]


_NOT_FOUND = "No title and no summary has these words. In a lesson, / finds any of its words. Escape shows all."
_LINES = 2
"""The lines below the list, for the summary of the entry under the cursor."""


class ContentsScreen(TutorScreen):
    """Lessons and exercises; a subclass opens the one that is chosen."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", key_display="Enter"),
        Binding("slash", "filter", "find", key_display="/", tooltip="Show only entries with some words in them"),
        Binding("q", "app.quit", "leave", tooltip="Leave; everything is saved"),
    ]

    entries = query_one(EntryList)
    filter = query_one(FilterInput)
    summary = query_one("#summary", MessageView)

    def __init__(self, entries: Sequence[ContentsEntry], title: str = "Back-propagation by hand") -> None:
        super().__init__()
        self._given = entries
        self._title = title
        self._moves_on = False

    def compose(self) -> ComposeResult:
        yield TitleBar(self._title)
        yield EntryList(self._given, self._tell_summary)
        yield FilterInput("words to look for")
        yield MessageView(id="summary")
        yield MessageView(id="legible")
        yield KeyLine()

    def on_mount(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Set up what is shown and focused first; called when the parts are there."""
        self.filter.display = False
        self.entries.focus()

    def show(self, entries: Sequence[ContentsEntry]) -> None:
        """Show these entries, after something was done in one."""
        self.entries.show(entries)

    def _tell_summary(self, entry: ContentsEntry | None) -> None:
        text = entry.summary if entry else _NOT_FOUND
        self.tell(Paragraph(text, role="note"))

    def tell(self, paragraph: Paragraph) -> None:
        """Show this below the list, in as many lines as it takes."""
        self.summary.show(paragraph)
        self._make_room()

    def _make_room(self) -> None:
        """Give the summary as many lines as it takes, as soon as it is laid out."""
        if self.is_current and not self.summary.size.width:
            self.summary.call_after_refresh(self._make_room)
            return
        lines = max(len(self.summary.lines(max(self.summary.size.width, 1))), _LINES)
        if self.summary.styles.height != Scalar.from_number(lines):
            self.summary.styles.height = lines

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.entries.narrow(event.value)
        self._moves_on = False

    def leads_to(self) -> Offset | None:
        """The place of the selection, once it was moved from the line that narrows the list."""
        return self.entries.leads_to() if self._moves_on else None

    @on(Input.Submitted)
    def action_choose(self) -> None:
        if self.entries.entry is not None:
            self.open(self.entries.entry.key)

    def open(self, key: str) -> None:
        """Open the entry with this key."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def action_filter(self) -> None:
        self.filter.display = True
        self.filter.focus()

    def action_move(self, by: int) -> None:
        """Move in the list, even from the line that narrows it."""
        self._moves_on = True
        self.entries.action_move(by)

    def action_move_page(self, by: int) -> None:
        self._moves_on = True
        self.entries.action_move_page(by)

    def action_stop_filter(self) -> None:
        self.entries.narrow("")  # at once: the line tells of its change later
        self.filter.value = ""
        self.filter.display = False
        self.entries.focus()
