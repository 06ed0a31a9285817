"""The prompt of the workbench: for answers to steps, with keys that ask for help, and for other questions, without."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_backprop.desk.workbench.typing import Typing
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.prompt import Prompt


class AnswerPrompt(Prompt):
    """The prompt of the workbench. Escape leaves it, so that letters work as keys; Tab or Enter comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_prompt", "leave", key_display="Esc twice:",
                tooltip="Out of the prompt: letters work as keys, and Esc once more leads back to where you came from"),
    ]
    _typing: Typing | None = None

    def ask(self, typing: Typing) -> None:
        """Ask for something else. The suggestion can be taken with Enter; typing replaces it."""
        self._typing = typing
        self.begin(typing.placeholder)
        self.keep(typing.suggestion, replaced=True)

    @property
    def helps(self) -> bool:
        return self._typing is None or self._typing.reveals

    def submit(self) -> None:
        """Give the answer that is typed; the empty prompt is painted together with the judgement."""
        if self.value.strip() and isinstance(self.screen, LeavableScreen):
            self.screen.paint_later()
        super().submit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In an exam no hint is offered."""
        if action == "ask_hint" and self._typing is not None and not self._typing.hints:
            return False
        return super().check_action(action, parameters)
