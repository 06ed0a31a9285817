"""The prompt for answers: one line with its own history, and two keys that ask for help while it is empty."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui_backprop.terminal.widgets.line_input import TYPING, LineInput

HINT, REVEAL, FIND = "?", "!", "/"
_GO_ON = ")]*/^"


class Prompt(LineInput):
    """Posts an answer as :class:`Answered`. ``?`` and ``!`` in an empty prompt ask for help instead of being typed.

    They also do so while an answer that was put back stands there unchanged: nobody needs to empty the prompt first.
    ``finds``: in an empty one, ``/`` asks for the search, since no answer begins with it.
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

    class Empty(Message):
        """Enter was pressed, and nothing is typed."""

    class HintRequested(Message):
        """The learner asks for the next hint."""

    class RevealRequested(Message):
        """The learner asks to be shown the value."""

    class FindRequested(Message):
        """The reader looks for a word."""

    def __init__(self, placeholder: str = "", *, finds: bool = False) -> None:
        super().__init__(placeholder)
        self._finds = finds
        self._history: list[str] = []
        self._recalled = 0
        self.kept = ""
        self._offered = True, True

    @property
    def ahead(self) -> str:
        """What is typed and not given yet; an answer that was put back does not count."""
        return "" if self.value == self.kept else self.value

    @property
    def can_ask(self) -> bool:
        """Do ``?`` and ``!`` ask now, and are not typed?"""
        return self.helps and (self.value == self.kept or not self.value.strip())

    @property
    def is_free(self) -> bool:
        """Does the next character begin an answer: is nothing typed, or only a refused answer that it would replace?"""
        return not self.value or (self.value == self.kept and len(self.selected_text) == len(self.value))

    def watch_value(self) -> None:
        self._offer()

    def watch_selection(self) -> None:
        self._offer()

    def _offer(self) -> None:
        """Offer the keys that ask only while they do, and the arrows of a picture only while no answer is begun."""
        offered = self.can_ask, self.is_free
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        return self.can_ask if action in ("ask_hint", "ask_reveal") else super().check_action(action, parameters)

    def keep(self, text: str, *, replaced: bool = False) -> None:
        """Put an answer back to be corrected; ``replaced``: the next typing takes its place."""
        self.kept = self.value = text
        self.cursor_position = len(text)
        if replaced:
            self.select_all()

    def action_delete_left(self) -> None:
        """Delete at the end of an answer that was put back, even where typing would replace it."""
        if self.value == self.kept and not self.selection.is_empty:
            self.cursor_position = len(self.value)
        super().action_delete_left()

    def begin(self, placeholder: str = "", ahead: str = "") -> None:
        """Begin a prompt without history, for the next step; empty except for what was typed ``ahead``."""
        if not ahead:
            self.value = ""
        self.placeholder, self.kept = placeholder, ""
        self._history, self._recalled = [], 0

    def on_hide(self, event: events.Hide) -> None:
        """Keep the focus, which Textual would take away, where the prompt is shown again by now."""
        if self.display:
            event.prevent_default()

    async def on_key(self, event: events.Key) -> None:
        """Let ``?`` and ``!`` ask, where nothing typed would be lost.

        An answer that was put back is replaced by a character that begins an answer; one that can only continue an
        answer is added to it.
        """
        if event.character and event.character in _GO_ON and self.value == self.kept:
            self.cursor_position = len(self.value)
        character = event.character
        if character is None or not (character in (HINT, REVEAL) or self._begins_search(character)):
            return
        event.stop()
        event.prevent_default()
        self.put(character)

    def put(self, character: str) -> None:
        """Type a character, or ask with ``?``, ``!`` and ``/``, where nothing typed would be lost."""
        if self._begins_search(character):
            self.post_message(self.FindRequested())
        elif character in (HINT, REVEAL) and self.can_ask:
            self.action_ask_hint() if character == HINT else self.action_ask_reveal()
        else:
            self.insert_text_at_cursor(character)

    def _begins_search(self, character: str) -> bool:
        return character == FIND and self._finds and not self.value.strip()

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
        """Give the answer that is typed, or say that there is none."""
        text = self.value.strip()
        if not text:
            self.post_message(self.Empty())
        else:
            self._history.append(text)
            self._recalled = len(self._history)
            self.value = self.kept = ""
            self.post_message(self.Answered(text))

    def action_recall(self, step: int) -> None:
        """Put an earlier answer to this step back, to be corrected; behind the latest one the prompt is empty."""
        if self._history:
            self._recalled = max(min(self._recalled + step, len(self._history)), 0)
            self.value = self._history[self._recalled] if self._recalled < len(self._history) else ""
            self.cursor_position = len(self.value)
