"""The page with every key of a screen, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import Runs
from tui_backprop.terminal.keys import key_name
from tui_backprop.terminal.screen import Tells, TutorScreen
from tui_backprop.terminal.widgets.cursor_view import MOVING
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.title_bar import TitleBar


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the page: keys and what they do; or, without keys, a heading."""

    keys: str
    does: str


def key_rows(screen: Screen[Any]) -> list[KeyRow]:
    """The keys that work on this screen just now: of the focused part, of the screen, everywhere, and while typing."""
    sections: dict[str, dict[tuple[str, str], list[str]]] = {"Here": {}, "On this screen": {}, "Everywhere": {}}
    for node, binding, enabled, tooltip in screen.active_bindings.values():
        does, action = tooltip or binding.tooltip or binding.description, binding.action
        if isinstance(screen, Tells) and (now := screen.does(binding)) != binding.description:
            does, action = now.capitalize(), action.partition("(")[0]
        if enabled and does and not binding.system:
            section = "Everywhere" if node is screen.app else "On this screen" if node is screen else "Here"
            section = binding.group.description if binding.group else section
            sections.setdefault(section, {}).setdefault((action, does), []).append(key_name(binding.key))
    rows: list[KeyRow] = []
    for title, found in sections.items():
        if found:
            rows += [KeyRow("", title), *(KeyRow(", ".join(keys), does) for (_, does), keys in found.items())]
    return rows


class KeyList(RunsView, can_focus=True):
    """The page itself, with long lines wrapped; it scrolls where it is longer than the screen."""

    DEFAULT_CSS = "KeyList { height: 1fr; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_rows(1)", "line down", show=False, group=MOVING),
        Binding("up", "scroll_rows(-1)", "line up", show=False, group=MOVING),
        Binding("home", "scroll_pages(-100)", "first line", show=False, group=MOVING),
        Binding("end", "scroll_pages(100)", "last line", show=False, group=MOVING),
        Binding("pagedown,space", "scroll_pages(1)", "more", key_display="PgDn"),
        Binding("pageup", "scroll_pages(-1)", "back up", key_display="PgUp"),
    ]

    def __init__(self, keys: Sequence[KeyRow]) -> None:
        super().__init__()
        self._keys = keys
        self._first = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Scrolling keys are offered where there is more in that direction."""
        if action == "scroll_pages":
            down = parameters[0] in (1, 100)
            return self._first < self._last if down else self._first > 0
        return True

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        return self._all(width)[self._first:self._first + height]

    def action_scroll_rows(self, by: int) -> None:
        """Scroll, as far as there is more."""
        self._first = max(min(self._first + by, self._last), 0)
        self.redraw()
        self.screen.refresh_bindings()

    def action_scroll_pages(self, pages: int) -> None:
        self.action_scroll_rows(pages * max(self.size.height - 1, 1))

    def on_resize(self) -> None:
        self.action_scroll_rows(0)

    @property
    def _last(self) -> int:
        return max(len(self._all(self.size.width)) - self.size.height, 0)

    def _all(self, width: int) -> list[Runs]:
        wide = max(len(row.keys) for row in self._keys) + 4
        rows: list[Runs] = []
        for row in self._keys:
            if not row.keys:
                rows.append(((row.does, "title"),))
                continue
            first, *more = wrap(row.does, max(width - wide, 10))
            rows.append(((f"  {row.keys}".ljust(wide), "key"), (first, "")))
            rows += [((" " * wide, ""), (text, "")) for text in more]
        return rows


class HelpScreen(TutorScreen):
    """What every key does on the screen it was called from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,f1,question_mark", "app.pop_screen", "back", key_display="Esc"),
    ]

    def __init__(self, keys: Sequence[KeyRow]) -> None:
        super().__init__()
        self._keys = keys

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        """The page for the screen in front."""
        return cls(key_rows(screen))

    def compose(self) -> ComposeResult:
        yield TitleBar("Keys")
        yield KeyList(self._keys)
        yield KeyLine()
