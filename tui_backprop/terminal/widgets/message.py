"""Wrapped text with marks in front, nothing in it taken for markup: questions, judgements, hints, summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Size

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, wrapped
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs, cut, plain_text

_READS_ON: Final = "… Down reads on"


class MessageView(RunsView):
    """Shows paragraphs. Where they are longer than it is high, the last lines are kept: they are the news."""

    DEFAULT_CSS = "MessageView { height: auto; }"

    _paragraphs: tuple[Paragraph, ...] = ()

    def show(self, *paragraphs: Paragraph) -> None:
        """Show these and nothing else."""
        self._paragraphs = paragraphs
        self.redraw()

    def add(self, paragraph: Paragraph) -> None:
        """Show this one after the others."""
        self.show(*self._paragraphs, paragraph)

    def lines(self, width: int) -> Sequence[Runs]:
        """All of it, in lines of this width."""
        return wrapped(self._paragraphs, width, self.glyphs)

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        lines = self.lines(width)
        if len(lines) <= height:
            return lines
        more = ((plain_text("…", self.glyphs), "more"),)
        return [more, *lines[len(lines) - height + 1 :]] if height > 1 else lines[-1:]


class QuestionView(MessageView):
    """Where there is no room for all paragraphs, the first ones are left out whole: a sentence has its beginning.

    It is as high as what it shows, as long as ``spare`` rows are left of what it stands in.

    What ``show_read`` shows begins at its first line instead, and is read on with :meth:`read`.
    """

    _top: int | None = None
    """The first line to be seen of what is read; None of what is not."""

    spare: int = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        natural = super().get_content_height(container, viewport, width)
        return min(natural, max(container.height - self.spare, 1)) if self.spare and container.height else natural

    def leave(self, rows: int) -> None:
        """Leave so many rows to what stands below."""
        if rows != self.spare:
            self.spare = rows
            self.refresh(layout=True)

    def show(self, *paragraphs: Paragraph) -> None:
        self._top = None
        super().show(*paragraphs)

    def show_read(self, *paragraphs: Paragraph) -> None:
        """Show these from the first line on, or from where they were read."""
        self._top = (self._top or 0) if paragraphs == self._paragraphs else 0
        super().show(*paragraphs)

    def goes_on(self, by: int) -> bool:
        """Is there more to be read, further down (1) or up (−1)?"""
        return self._top is not None and (self._top > 0 if by < 0 else self._top < self._lowest)

    def read(self, by: int) -> None:
        """So many lines further down, or up again."""
        if self._top is not None:
            self._top = max(min(self._top + by, self._lowest), 0)
            self.redraw()

    @property
    def _lowest(self) -> int:
        """The first line that is seen when the last one is."""
        return max(len(wrapped(self._paragraphs, max(self.size.width, 1), self.glyphs)) - self.size.height, 0)

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        paragraphs = self._paragraphs
        if self._top is not None:
            lines = wrapped(paragraphs, width, self.glyphs)[min(self._top, self._lowest):]
            more = ((plain_text(_READS_ON, self.glyphs), "more"),)
            return lines if len(lines) <= height else [*lines[:height - 1], more]
        for start in range(len(paragraphs)):
            lines = wrapped(paragraphs[start:], width, self.glyphs)
            if len(lines) <= height:
                return lines
        lines = wrapped(paragraphs[-1:], width, self.glyphs)[:height]
        return [*lines[:-1], ((_shortened(lines[-1], width, self.glyphs), paragraphs[-1].role),)] if lines else []


def _shortened(line: Runs, width: int, glyphs: Glyphs) -> str:
    """A line that goes on where nobody sees it, with an ellipsis for that."""
    more = plain_text(" …", glyphs)
    return cut("".join(text for text, _ in line), width - len(more)).rstrip() + more
