"""The screen while a large file is read: what is being done, for how long, and a key to give up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.read import PHASES, Tell
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar

_BEAT = 0.25
"""Seconds between two updates of the time."""


def phase_paragraphs(phases: Sequence[str], current: str, seconds: float) -> list[Paragraph]:
    """A line for each phase with its mark: done, in progress for so many seconds, or still to come."""
    at = phases.index(current)
    lines = [Paragraph(phase, "[x]", "good") for phase in phases[:at]]
    lines.append(Paragraph(f"{current} … {seconds:.0f} s", "[▸]", "bar"))
    return [*lines, *(Paragraph(phase, "[ ]", "note") for phase in phases[at + 1:])]


class OpeningScreen(LeavableScreen[Exercise | ExerciseError | None], inherit_bindings=False):
    """The result is the exercise, or the error; None where the learner gave up.

    ``load`` runs in a thread; it is passed a function to call with each phase.
    """

    CSS_PATH = Path(__file__).with_name("opening.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "give up", tooltip="Go back without opening the file"),
    ]

    heard = ("escape", "f1")
    """The keys for this screen; all others typed meanwhile are for the workbench."""

    phases = query_one("#phases", MessageView)

    def __init__(self, name: str, load: Callable[[Tell], Exercise]) -> None:
        super().__init__()
        self._name = name
        self._load = load
        self._phase = PHASES[0]
        self._began = monotonic()
        self._given_up = False
        self._result: Exercise | ExerciseError | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(f"Opening {self._name}")
        yield MessageView(id="phases")
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.set_interval(_BEAT, self._show)
        self.call_after_refresh(self.run_worker, self._read, thread=True)

    def _read(self) -> None:
        """In the thread: read the exercise, or take the error."""
        result: Exercise | ExerciseError
        try:
            result = self._load(self._tell)
        except ExerciseError as error:
            result = error
        if not self._given_up and self.app.is_running:
            self.app.call_from_thread(self.call_later, self._take_result, result)

    def _tell(self, phase: str) -> None:
        self._phase = phase  # shown with the next update of the time

    def _take_result(self, result: Exercise | ExerciseError) -> None:
        self._result = result
        if self.is_current:
            self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Leave, if the file is read: a page of keys may have lain over this screen until now."""
        if self._result is not None and not self._given_up:
            self._given_up = True
            self.dismiss(self._result)

    def _show(self) -> None:
        self.phases.show(*phase_paragraphs(PHASES, self._phase, monotonic() - self._began))

    def action_cancel(self) -> None:
        self._given_up = True
        self.dismiss(None)
