"""Where an answer is typed: one line with its own history, and two keys that ask for help while it is empty."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui_backprop.terminal.widgets.line_input import TYPING, LineInput

HINT, REVEAL = "?", "!"
_GO_ON = ")]*/^"


class Prompt(LineInput):
    """An answer is posted as :class:`Answered`. ``?`` and ``!`` in an empty prompt ask, instead of being typed.

    So they do while a wrong answer that was put back stands there as it was: nobody needs to empty the prompt first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", tooltip="Give the answer that is typed"),
        Binding("question_mark", "ask_hint", "hint", tooltip="A hint, while nothing is typed"),
        Binding("exclamation_mark", "ask_reveal", "show", tooltip="Show this value, while nothing is typed"),
        Binding("up", "recall(-1)", "earlier answer of this step", show=False, group=TYPING),
        Binding("down", "recall(1)", "later answer of this step", show=False, group=TYPING),
    ]
    DEFAULT_CSS = "Prompt { width: 1fr; }"

    class Answered(Message):
        """The learner gives this answer; it is never blank."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class HintRequested(Message):
        """The learner asks for the next hint."""

    class RevealRequested(Message):
        """The learner asks to be shown the value."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self._history: list[str] = []
        self._recalled = 0
        self.kept = ""

    @property
    def ahead(self) -> str:
        """What is typed and not given yet; what was put back is none of it."""
        return "" if self.value == self.kept else self.value

    def keep(self, text: str, *, replaced: bool = False) -> None:
        """Put an answer back, to be mended; ``replaced``: what is typed next takes its place."""
        self.kept = self.value = text
        self.cursor_position = len(text)
        if replaced:
            self.select_all()

    def action_delete_left(self) -> None:
        """What was put back is mended from its end, though what is typed takes its place."""
        if self.value == self.kept and not self.selection.is_empty:
            self.cursor_position = len(self.value)
        super().action_delete_left()

    def begin(self, placeholder: str = "", ahead: str = "") -> None:
        """A prompt without history, for the next step; empty but for what was typed ``ahead``."""
        if not ahead:
            self.value = ""
        self.placeholder, self.kept = placeholder, ""
        self._history, self._recalled = [], 0

    def on_hide(self, event: events.Hide) -> None:
        """Told too late: it is on the screen again, and keeps the keyboard that Textual would take away."""
        if self.display:
            event.prevent_default()

    async def on_key(self, event: events.Key) -> None:
        """The two keys that ask are no characters where there is nothing to lose.

        What was put back gives way to what begins an answer; what can only go on with one is put behind it.
        """
        if event.character and event.character in _GO_ON and self.value == self.kept:
            self.cursor_position = len(self.value)
        if event.character not in (HINT, REVEAL):
            return
        event.stop()
        event.prevent_default()
        self.put(event.character)

    def put(self, character: str) -> None:
        """A character was typed; the two that ask do so where there is nothing to lose."""
        if character in (HINT, REVEAL) and self.value in ("", self.kept) and self.helps:
            self.action_ask_hint() if character == HINT else self.action_ask_reveal()
        else:
            self.insert_text_at_cursor(character)

    @property
    def helps(self) -> bool:
        """Is there help to ask for?"""
        return True

    def action_ask_hint(self) -> None:
        self.post_message(self.HintRequested())

    def action_ask_reveal(self) -> None:
        self.post_message(self.RevealRequested())

    async def action_submit(self) -> None:
        self.submit()

    def submit(self) -> None:
        """Give the answer that is typed, if one is."""
        text = self.value.strip()
        if text:
            self._history.append(text)
            self._recalled = len(self._history)
            self.value = self.kept = ""
            self.post_message(self.Answered(text))

    def action_recall(self, step: int) -> None:
        """Put an earlier answer of this step back, to be mended; past the latest one the prompt is empty."""
        if self._history:
            self._recalled = max(min(self._recalled + step, len(self._history)), 0)
            self.value = self._history[self._recalled] if self._recalled < len(self._history) else ""
            self.cursor_position = len(self.value)
