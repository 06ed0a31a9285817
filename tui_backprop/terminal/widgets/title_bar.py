"""The top line: what is being done, in which mode, and the progress."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import cells, plain_title, shorten

BAR = 16
SHORT_BAR = 8


@dataclass(frozen=True, slots=True)
class Progress:
    """Step ``done`` of ``total``, counted from 1; a total of 0 shows no bar."""

    done: int = 0
    total: int = 0

    @property
    def text(self) -> str:
        return f"step {self.done} of {self.total}" if self.total else ""

    def bar(self, width: int) -> str:
        """A progress bar of so many cells, full only at the end."""
        full = self.done * width // self.total if self.total else 0
        return "▓" * full + "░" * (width - full) if self.total else ""


_LEAST_TITLE = 12
"""A title that is cut short to show the step keeps at least so many cells."""


def title_row(title: str, mode: str, progress: Progress, width: int) -> Runs:
    """The title at the left; mode, step and bar at the right, as many of them as fit."""
    ways = (
        ((mode, "lit"), (progress.text, "plain"), (progress.bar(BAR), "bar")),
        ((mode, "lit"), (progress.text, "plain"), (progress.bar(SHORT_BAR), "bar")),
        ((mode, "lit"), (progress.text, "plain")),
        ((mode, "lit"), (f"{progress.done}/{progress.total}" if progress.total else "", "plain")),
    )
    for parts in ways:
        right = [(f" {text} " if role == "lit" else text, role) for text, role in parts if text]
        room = width - 2 - sum(len(text) + 2 for text, _ in right)
        if shorten(title, room) == title or (parts == ways[-1] and room >= _LEAST_TITLE):
            return _row(title, right, room)
    return _row(title, [], width - 2)


def _row(title: str, right: Sequence[Run], room: int) -> Runs:
    shown = shorten(title, room)
    runs: list[Run] = [(" ", ""), (shown, "heading"), (" " * (room - cells(shown)), "")]
    for run in right:
        runs += [("  ", ""), run]
    return merge([*runs, (" ", "")])


class TitleBar(RunsView):
    """One line; :meth:`show` changes any part of it, and only that is sent."""

    DEFAULT_CSS = "TitleBar { height: 1; }"

    def __init__(self, title: str = "", mode: str = "", progress: Progress | None = None) -> None:
        super().__init__()
        self._title, self._mode, self._progress = title, mode, progress or Progress()

    def show(self, title: str, mode: str = "", progress: Progress | None = None) -> None:
        self._title, self._mode, self._progress = title, mode, progress or Progress()
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        del height  # always one line
        return (title_row(plain_title(self._title, self.glyphs), self._mode, self._progress, width),)
