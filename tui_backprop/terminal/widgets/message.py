"""Wrapped text with marks in front, none of it read as markup: questions, judgements, hints, summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Size

from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, wrap
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs, cut, plain_text

_READS_ON: Final = "… Down reads on"


class MessageView(RunsView):
    """Shows paragraphs. Where there is not room for all lines, the last ones are shown: they are the news."""

    DEFAULT_CSS = "MessageView { height: auto; }"

    _paragraphs: tuple[Paragraph, ...] = ()
    _wrapped: tuple[tuple[Paragraph, ...], int, Glyphs, Sequence[Runs]] | None = None

    def show(self, *paragraphs: Paragraph) -> None:
        """Show these paragraphs and no others."""
        self._paragraphs = paragraphs
        self.redraw()

    def add(self, paragraph: Paragraph) -> None:
        """Show this paragraph after the others."""
        self.show(*self._paragraphs, paragraph)

    def lines(self, width: int) -> Sequence[Runs]:
        """All paragraphs in lines of this width."""
        asked = self._paragraphs, width, self.glyphs
        if self._wrapped is None or self._wrapped[:3] != asked:
            self._wrapped = *asked, wrap(*asked)
        return self._wrapped[3]

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        lines = self.lines(width)
        if len(lines) <= height:
            return lines
        more = ((plain_text("…", self.glyphs), "more"),)
        return [more, *lines[len(lines) - height + 1 :]] if height > 1 else lines[-1:]


class QuestionView(MessageView):
    """Shows paragraphs. Where there is not room for all, the first are left out whole, so that no sentence is cut.

    It is as high as its text, as long as ``spare`` rows are left of its container. Text shown by ``show_read`` begins
    at its first line instead, and is scrolled with :meth:`read`.
    """

    _top: int | None = None
    """The first line shown of text that is scrolled; None for other text."""

    spare: int = 0
    rest: str = ""
    """Where the rest is found of a sentence that has to be cut."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        natural = super().get_content_height(container, viewport, width)
        room = max(container.height - self.spare, 1) if self.spare and container.height else natural
        return natural if natural <= room else len(self.rows(width, room)) or room

    def leave(self, rows: int) -> None:
        """Leave so many rows to the parts below."""
        if rows != self.spare:
            self.spare = rows
            self.refresh(layout=True)

    def show(self, *paragraphs: Paragraph) -> None:
        self._top = None
        super().show(*paragraphs)

    def show_read(self, *paragraphs: Paragraph) -> None:
        """Show these paragraphs for scrolling, from the first line or, if they are the same, from the same line."""
        self._top = (self._top or 0) if paragraphs == self._paragraphs else 0
        super().show(*paragraphs)

    def goes_on(self, by: int) -> bool:
        """Is there more text further down (1) or up (−1)?"""
        return self._top is not None and (self._top > 0 if by < 0 else self._top < self._lowest)

    def read(self, by: int) -> None:
        """Scroll by so many lines, down or with a minus up."""
        if self._top is not None:
            self._top = max(min(self._top + by, self._lowest), 0)
            self.redraw()

    @property
    def _lowest(self) -> int:
        """The first line shown when the last one is in view."""
        return max(len(self.lines(max(self.size.width, 1))) - self.size.height, 0)

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        paragraphs = self._paragraphs
        if self._top is not None:
            lines = self.lines(width)[min(self._top, self._lowest):]
            more = ((plain_text(_READS_ON, self.glyphs), "more"),)
            return lines if len(lines) <= height else [*lines[:height - 1], more]
        for start in range(len(paragraphs)):
            lines = wrap(paragraphs[start:], width, self.glyphs) if start else self.lines(width)
            if len(lines) <= height:
                return lines
        lines = wrap(paragraphs[-1:], width, self.glyphs)[:height]
        return [*lines[:-1], ((self._shorten(lines[-1], width), paragraphs[-1].role),)] if lines else []

    def _shorten(self, line: Runs, width: int) -> str:
        """A line with an ellipsis, for text that goes on out of view."""
        more = plain_text(f" … {self.rest}".rstrip(), self.glyphs)
        text, room = "".join(text for text, _ in line), width - len(more)
        kept = cut(text, room)
        whole = kept if len(kept) == len(text) or text[len(kept)] == " " else kept.rpartition(" ")[0]
        return (whole or kept).rstrip() + more
