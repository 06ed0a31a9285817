"""A question that takes the keyboard until it is answered: ``y`` is yes, every other key is no."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.widgets.message import MessageView

_KEYS = "y is yes, any other key is no."


class Confirm(MessageView, can_focus=True):
    """Hidden until :meth:`ask`. Enter, Escape and all other keys but ``y`` keep things as they are."""

    DEFAULT_CSS = "Confirm { height: auto; display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", tooltip="Do it"),
        Binding("n,escape,enter", "answer(False)", "no", key_display="any other key", tooltip="Leave it as it is"),
    ]

    _then: Callable[[], None] | None = None
    _otherwise: Callable[[], None] | None = None
    _before: Widget | None = None
    _hidden: Widget | None = None

    def ask(
        self, question: str, then: Callable[[], None], instead_of: Widget | None = None, *,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Ask, in the place of ``instead_of`` if that is given; a yes calls ``then``, any other key ``otherwise``."""
        self._then, self._otherwise = then, otherwise
        self._before, self._hidden = self.screen.focused, instead_of
        if instead_of is not None:
            instead_of.display = False
        self.show(Paragraph(f"{question} {_KEYS}", "?", "note"))
        self.display = True
        self.focus()
        self.screen.refresh_bindings()

    async def on_key(self, event: events.Key) -> None:
        """Take any key but yes as a no, so that none of them does anything else meanwhile."""
        event.stop()
        event.prevent_default()
        self.action_answer(event.character in ("y", "Y"))

    def action_answer(self, yes: bool) -> None:
        then = self._then if yes else self._otherwise
        self._then = self._otherwise = None
        self.display = False
        if self._hidden is not None:
            self._hidden.display = True
        self.screen.set_focus(self._before)
        self.screen.refresh_bindings()
        if then is not None:
            then()
