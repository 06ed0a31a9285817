"""Wrapped text with marks in front, nothing in it taken for markup: questions, judgements, hints, summaries."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, wrapped
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs, plain_text


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

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        lines = wrapped(self._paragraphs, width, self.glyphs)
        if len(lines) <= height:
            return lines
        return [(("…", "more"),), *lines[len(lines) - height + 1 :]] if height > 1 else lines[-1:]


class QuestionView(MessageView):
    """Where there is no room for all paragraphs, the first ones are left out whole: a sentence has its beginning."""

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        paragraphs = self._paragraphs
        for start in range(len(paragraphs)):
            lines = wrapped(paragraphs[start:], width, self.glyphs)
            if len(lines) <= height:
                return lines
        lines = wrapped(paragraphs[-1:], width, self.glyphs)[:height]
        return [*lines[:-1], ((_shortened(lines[-1], width, self.glyphs), paragraphs[-1].role),)] if lines else []


def _shortened(line: Runs, width: int, glyphs: Glyphs) -> str:
    """A line that goes on where nobody sees it, with an ellipsis for that."""
    more = plain_text(" …", glyphs)
    return "".join(text for text, _ in line)[:width - len(more)].rstrip() + more
