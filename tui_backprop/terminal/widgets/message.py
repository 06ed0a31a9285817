"""Wrapped text with marks in front, nothing in it taken for markup: questions, judgements, hints, summaries."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui_backprop.terminal.canvas import Runs
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs, plain_text

RIGHT_MARK, WRONG_MARK = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text, with a mark in front of its first line. ``role`` is that of the mark and of the text."""

    text: str
    mark: str = ""
    role: str = ""


def right(text: str) -> Paragraph:
    return Paragraph(text, RIGHT_MARK, "good")


def wrong(text: str) -> Paragraph:
    return Paragraph(text, WRONG_MARK, "bad")


def wrapped(paragraphs: Iterable[Paragraph], width: int, glyphs: Glyphs = Glyphs.FULL) -> list[Runs]:
    """The paragraphs in lines of at most ``width``; later lines stand under the text, not under the mark."""
    rows: list[Runs] = []
    for paragraph in paragraphs:
        lead = plain_text(f"{paragraph.mark} ", glyphs) if paragraph.mark else ""
        room = max(width - len(lead), 1)
        for line in plain_text(paragraph.text, glyphs).splitlines() or [""]:
            for piece in textwrap.wrap(line, room, drop_whitespace=True) or [""]:
                rows.append(((lead + piece, paragraph.role),))
                lead = " " * len(lead)
    return rows


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
