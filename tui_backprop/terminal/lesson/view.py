"""The page of a lesson: as far as it is open, scrolled by rows, with pictures that can be changed in place."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.course.lesson import ExerciseLink, Plot
from tui_backprop.course.library import load_source
from tui_backprop.desk.lesson.reading import Answered, Reading
from tui_backprop.desk.lesson.text import Live, block_rows
from tui_backprop.desk.plots.point import CurvePoint
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, right, wrapped
from tui_backprop.terminal.widgets.runs_view import RunsView


class LessonView(RunsView):
    """The lesson's text as far as it is open. Each block is set once for a width, and again when it was changed."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading
        self._open = 0
        self._set: dict[tuple[object, ...], list[Runs]] = {}
        self.live: dict[int, Live] = {}
        """By the place of its block, what the reader has made of a picture."""
        self.first = 0

    def show(self, count: int) -> None:
        """Open the first ``count`` blocks, and bring what is new into view."""
        before = self._length() if self._open else 0
        self._open = count
        if before:
            self.first = max(before - 3, 0)
        self.scroll_rows(0)

    def scroll_rows(self, by: int) -> None:
        """Scroll, as far as there is text."""
        self.first = min(max(self.first + by, 0), max(self._length() - self.size.height, 0))
        self.redraw()

    def go_to(self, block: int) -> None:
        """Bring a block to the top, as far as there is text below it."""
        starts = self._starts()
        self.first = starts[min(block, len(starts) - 1)] if starts else 0
        self.scroll_rows(0)

    def at_end(self) -> bool:
        """Is the last row with text that is open in view? The empty one behind it need not be."""
        return self._open > 0 and self.first + self.size.height >= self._length() - 1

    def block_at_top(self) -> int:
        """The first block of which anything is in view."""
        return max((place for place, start in enumerate(self._starts()) if start <= self.first), default=0)

    def in_view(self) -> Sequence[int]:
        """The blocks of which at least half is in view."""
        starts = [*self._starts(), self._length()]
        last = self.first + self.size.height
        return [place for place in range(self._open)
                if starts[place] >= self.first - (starts[place + 1] - starts[place]) // 2 and starts[place] < last
                and (starts[place] + starts[place + 1]) // 2 <= last]

    def plot_in_view(self) -> tuple[int, CurvePoint] | None:
        """The first curve in view, with its point where it is now."""
        from tui_backprop.desk.lesson.plots import point_of

        for place in self.in_view():
            block = self._reading.lesson.blocks[place]
            if isinstance(block, Plot):
                live = self.live.get(place)
                exercise = load_source(block.source, self._reading.lesson.folder) if block.source else None
                point = live if isinstance(live, CurvePoint) else point_of(block, exercise)
                if point is not None:
                    return place, point
        return None

    def link_in_view(self) -> ExerciseLink | None:
        """The invitation to the workbench that is in view."""
        blocks = (self._reading.lesson.blocks[place] for place in self.in_view())
        return next((block for block in blocks if isinstance(block, ExerciseLink)), None)

    def change(self, place: int, live: Live) -> None:
        """Show a picture with what the reader made of it."""
        self.live[place] = live
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        return self._all(width)[self.first:self.first + height]

    def _all(self, width: int) -> list[Runs]:
        return [row for place in range(self._open) for row in self._block(place, width)]

    def _block(self, place: int, width: int) -> list[Runs]:
        live, answer = self.live.get(place), self._reading.answers.get(place)
        key = (place, width, self.glyphs, id(live), answer)
        if key not in self._set:
            lesson = self._reading.lesson
            *own, last = block_rows(lesson.blocks[place], lesson.folder, width, self.glyphs, live=live)
            self._set[key] = [*own, *(wrapped([_said(answer)], width, self.glyphs) if answer else ()), last]
        return self._set[key]

    def _starts(self) -> list[int]:
        starts, row = [], 0
        for place in range(self._open):
            starts.append(row)
            row += len(self._block(place, self.size.width))
        return starts

    def _length(self) -> int:
        return sum(len(self._block(place, self.size.width)) for place in range(self._open))


def _said(answer: Answered) -> Paragraph:
    """What stands below a question: what was found, or what was shown, which is no mark."""
    if answer.shown:
        return Paragraph(f"{answer.text}  (shown)", "!", "note")
    return right("   ".join(filter(None, (answer.text, answer.read))))


