"""Every key of a screen on a page, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui_backprop.terminal.canvas import Runs
from tui_backprop.terminal.keys import key_name
from tui_backprop.terminal.screens.base import TutorScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.title_bar import TitleBar


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the page: keys and what they do, or a heading where there are no keys."""

    keys: str
    does: str


def key_rows(screen: Screen[Any]) -> list[KeyRow]:
    """The keys that work on this screen just now: of the part in hand, of the screen, everywhere, and of typing."""
    sections: dict[str, dict[tuple[str, str], list[str]]] = {"Here": {}, "On this screen": {}, "Everywhere": {}}
    for node, binding, enabled, tooltip in screen.active_bindings.values():
        does = tooltip or binding.tooltip or binding.description
        if enabled and does and not binding.system:
            section = "Everywhere" if node is screen.app else "On this screen" if node is screen else "Here"
            section = binding.group.description if binding.group else section
            sections.setdefault(section, {}).setdefault((binding.action, does), []).append(key_name(binding.key))
    rows: list[KeyRow] = []
    for title, found in sections.items():
        if found:
            rows += [KeyRow("", title), *(KeyRow(", ".join(keys), does) for (_, does), keys in found.items())]
    return rows


class KeyList(CursorView):
    """The page itself; it scrolls where it is longer than the screen."""

    DEFAULT_CSS = "KeyList { height: 1fr; padding: 0 1; }"

    def __init__(self, keys: Sequence[KeyRow]) -> None:
        super().__init__()
        self._keys = keys

    def count(self) -> int:
        return len(self._keys)

    def item_row(self, index: int, width: int) -> Runs:
        row = self._keys[index]
        if not row.keys:
            return ((row.does, "title"),)
        wide = max(len(other.keys) for other in self._keys) + 4
        role = "cursor" if index == self.cursor else ""
        return ((f"  {row.keys}".ljust(wide), "key"), (row.does[: max(width - wide, 0)], role))


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
