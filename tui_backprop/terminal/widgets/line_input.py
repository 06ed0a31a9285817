"""An input of one row, without a blinking cursor, with only keys that every terminal lets through."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui_backprop.terminal.widgets.unscrolled import virtual_size

TYPING = Binding.Group("While typing")
"""The group of these keys on the page of keys."""


def _edit(keys: str, action: str, description: str) -> Binding:
    return Binding(keys, action, description, show=False, group=TYPING)


class LineInput(Input, inherit_bindings=False):
    """The base of all inputs. It has no blinking cursor, which would send 1.7 kB a second over an idle line.

    On a slow line many keys arrive together. Textual runs a binding only after its key has gone up to the app and come
    back; the characters behind it would overtake it. So this input runs its own bindings itself, in the order of the
    keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _edit("left", "cursor_left", "one character left"),
        _edit("right", "cursor_right", "one character right"),
        _edit("home", "home", "to the beginning"),
        _edit("end", "end", "to the end"),
        _edit("backspace", "delete_left", "delete the character before"),
        _edit("delete,ctrl+d", "delete_right", "delete the character under the cursor"),
        _edit("ctrl+w", "delete_left_word", "delete the word before"),
        _edit("ctrl+u", "delete_left_all", "delete everything before"),
        _edit("enter", "submit", "done"),
    ]
    virtual_size = virtual_size()

    def __init__(self, placeholder: str = "", max_length: int = 400, select_on_focus: bool = False) -> None:
        super().__init__(
            placeholder=placeholder, compact=True, max_length=max_length, select_on_focus=select_on_focus
        )
        self.cursor_blink = False

    def update_node_styles(self, animate: bool = True) -> None:
        """Nothing is styled before it has its place: Textual would do it twice for each new input."""
        if self.is_attached:
            super().update_node_styles(animate)

    async def on_key(self, event: events.Key) -> None:
        """Run the binding of a key that is no character at once."""
        if event.is_printable:
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
