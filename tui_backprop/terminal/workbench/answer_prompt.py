"""The prompt of the workbench: for answers to steps, with keys that ask for help, and for other questions, without."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from tui_backprop.terminal.widgets.prompt import Prompt

Use = Literal["quiz", "exam", "reply"]
"""What is typed: an answer that is judged, one that is taken down, or a reply with ``?`` and ``!`` as characters."""


class AnswerPrompt(Prompt):
    """Escape leaves it, so that letters work as keys; Tab or Enter comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_prompt", "leave",
                tooltip="Out of the prompt: letters work as keys, and Esc once more leads to the contents"),
    ]
    use: Use = "quiz"

    def ask(self, use: Use, placeholder: str, suggestion: str) -> None:
        """Ask for something else; the suggestion stands there to be taken; what is typed takes its place."""
        self.use = use
        self.begin(placeholder)
        self.keep(suggestion, replaced=True)

    @property
    def helps(self) -> bool:
        """A reply may hold any character. In an exam ``?`` says that there is no help, and ``!`` leaves a step out."""
        return self.use != "reply"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        if action == "ask_hint":
            return self.use == "quiz"
        if action == "ask_reveal":
            return self.use != "reply"
        return super().check_action(action, parameters)
