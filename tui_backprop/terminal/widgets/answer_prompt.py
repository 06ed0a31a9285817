"""The prompt of the workbench: for answers to steps, with keys that ask for help, and for other questions, without."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType

from tui_backprop.terminal.widgets.prompt import HINT, REVEAL, Prompt

Use = Literal["quiz", "exam", "reply"]
"""What is typed: an answer that is judged, one that is taken down, or a reply with ``?`` and ``!`` as characters."""


class AnswerPrompt(Prompt):
    """Escape leaves it, so that letters work as keys; Tab or Enter comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_prompt", "letters as keys", show=False, tooltip="Make letters work as keys"),
    ]
    kept = ""
    """A wrong answer left to be mended; while it is as it was, the keys that ask work as in an empty prompt."""
    use: Use = "quiz"

    def ask(self, use: Use, placeholder: str, suggestion: str) -> None:
        """Ask for something else; the suggestion stands there to be taken; what is typed takes its place."""
        self.use = use
        self.begin(placeholder)
        self.keep(suggestion)
        self.select_all()

    def keep(self, text: str) -> None:
        """Put an answer back, to be mended."""
        self.kept = self.value = text
        self.cursor_position = len(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        if action in ("ask_hint", "ask_reveal"):
            return self.use == "quiz"
        return super().check_action(action, parameters)

    async def on_key(self, event: events.Key) -> None:
        """Nobody needs to empty the prompt first, to ask for help with a wrong answer."""
        if event.character not in (HINT, REVEAL):
            return  # Prompt's own handler takes it from here
        asks = self.value in ("", self.kept) and self.use != "reply"
        event.prevent_default()  # of Prompt's handler, which asks in an empty prompt
        if asks:
            event.stop()
            self.action_ask_hint() if event.character == HINT else self.action_ask_reveal()
        else:
            event.stop()
            self.insert_text_at_cursor(event.character)
