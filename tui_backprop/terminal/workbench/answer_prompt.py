"""The prompt of the workbench: for answers to steps, with keys that ask for help, and for other questions, without."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.prompt import Prompt

Use = Literal["quiz", "exam", "reply"]
"""What is typed: an answer to judge, an answer to take down, or a reply in which ``?`` and ``!`` are characters."""


class AnswerPrompt(Prompt):
    """The prompt of the workbench. Escape leaves it, so that letters work as keys; Tab or Enter comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_prompt", "leave", key_display="Esc Esc",
                tooltip="Out of the prompt: letters work as keys, and Esc once more leads back to where you came from"),
    ]
    use: Use = "quiz"

    def ask(self, use: Use, placeholder: str, suggestion: str) -> None:
        """Ask for something else. The suggestion can be taken with Enter; typing replaces it."""
        self.use = use
        self.begin(placeholder)
        self.keep(suggestion, replaced=True)

    @property
    def helps(self) -> bool:
        """Do ``?`` and ``!`` ask? Not in a reply, which may hold any character. In an exam ``!`` leaves a step out."""
        return self.use != "reply"

    def submit(self) -> None:
        """Give the answer that is typed; the empty prompt is painted together with the judgement."""
        if self.value.strip() and isinstance(self.screen, LeavableScreen):
            self.screen.paint_later()
        super().submit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In an exam no hint is offered."""
        if action == "ask_hint" and self.use != "quiz":
            return False
        return super().check_action(action, parameters)
