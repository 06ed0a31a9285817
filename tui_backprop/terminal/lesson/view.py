"""The page of a lesson: as far as it is open, scrolled by rows, with pictures that can be changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from textual.message import Message

from tui_backprop.course.lesson import ExerciseLink, NetworkPicture, Plot
from tui_backprop.desk.lesson.pictures import Pictures
from tui_backprop.desk.lesson.place import characters_before, row_of
from tui_backprop.desk.lesson.reading import AnsweredQuestion, LessonReading
from tui_backprop.desk.lesson.text import block_rows
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, right, wrap
from tui_backprop.terminal.shades import has_shades
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import cells

_BESIDE_TITLE = 24
"""Cells that the line above the page needs beside the lesson's title."""
_AROUND = 4
"""Rows around the page while a picture has the keys: title, what its keys do, and the keys."""


class LessonView(RunsView):
    """The lesson's text as far as it is open. Each block is set once for a width, and again after a change."""

    class Settled(Message):
        """The page may have got another length."""

    def __init__(self, reading: LessonReading) -> None:
        super().__init__()
        self._reading = reading
        self._open = 0
        self._set: dict[int, tuple[tuple[object, ...], list[Runs]]] = {}
        self.pictures = Pictures(reading.lesson)
        self.link: int | None = None
        """The place of the invitation that Enter opens."""
        self.first = 0
        self._stands = (0, 0)
        """Where the reader has scrolled to: the block of the first row, and the characters of it that are above."""
        self._saw_end = False

    def on_resize(self) -> None:
        if self.size and self._open:
            self._settle()
            self.post_message(self.Settled())  # more may be in view: a message below has gone, or the window has grown

    def _settle(self) -> None:
        """Put the line the reader had scrolled to at the top again; a question that was in sight stays in sight."""
        block, before = self._stands
        self._stand_at(self._starts()[block] + row_of(self._blocks(self.size.width)[block], before))
        if self.pictures.held is not None:
            self.bring(self.pictures.held)
        elif self._saw_end:
            self._stand_at(max(self.first, self._length() - 1 - self.size.height))

    @property
    def is_open(self) -> bool:
        """Is all the text shown that is to be read by now?"""
        return self._open == self._reading.open > 0

    def show(self, count: int) -> None:
        """Open the first ``count`` blocks, and bring new ones into view."""
        before = self._length() if self._open else 0
        self._open = count
        if before:
            self.first = max(before - 3, 0)
        self.scroll_rows(0)

    def scroll_rows(self, by: int) -> None:
        """Scroll, as far as there is text."""
        self._stand_at(self.first + by)
        self._saw_end = self.at_end()
        if self._open:
            block = self.block_at_top()
            above = self.first - self._starts()[block]
            self._stands = block, characters_before(self._blocks(self.size.width)[block], above)

    def rows_of_page(self, way: int) -> int:
        """The rows to the next page (1) or the one before (−1): fewer where a picture would be whole on neither."""
        height, edges, blocks = self.size.height, self._edges(), self._reading.lesson.blocks
        by, last = max(height - 2, 1), self.first + height
        for place in range(self._open):
            start, end = edges[place], edges[place + 1] - 1
            if not isinstance(blocks[place], Plot | NetworkPicture) or end - start > height:
                continue
            if way > 0 and self.first < start < last < end:
                return min(by, start - self.first)
            if way < 0 and start < self.first < end:
                return -min(by, self.first - end + height)
        return way * by

    def _stand_at(self, row: int) -> None:
        self._fit()
        self.first = min(max(row, 0), max(self._length() - self.size.height, 0))
        self.redraw()
        if self._awaited() is not None:
            self.call_after_refresh(self._work_out)

    def _fit(self) -> None:
        """Take no more rows than there are of text, so that a short page has its question's answer right below."""
        rows = self._length()
        self.styles.max_height = rows if rows < self.app.size.height else None

    def _work_out(self) -> None:
        """Make a picture in view that takes time, once the page itself is to be seen."""
        if (place := self._awaited()) is not None:
            self.pictures.work_out(place)
            self._settle()
            self.post_message(self.Settled())

    def _awaited(self) -> int | None:
        """The first picture in view, even in part, that is still to be worked out."""
        starts = self._edges()
        last = self.first + self.size.height
        return self.pictures.awaited(
            [place for place in range(self._open) if starts[place] < last and starts[place + 1] > self.first])

    def go_to(self, block: int) -> None:
        """Bring a block to the top, as far as there is text below it."""
        starts = self._starts()
        self.first = starts[min(block, len(starts) - 1)] if starts else 0
        self.scroll_rows(0)

    def go_to_end(self) -> None:
        """Bring the last open row into view, with the question that is asked."""
        if self.at_end():
            self._saw_end = True  # so it stays in view when a message below takes rows
        else:
            self.scroll_rows(self._length())

    def bring(self, block: int) -> None:
        """Scroll just enough to have all of a block in view, or its beginning if it is too tall."""
        starts = self._edges()
        start, end = starts[block], starts[block + 1] - 1
        self.first = max(min(self.first, start), min(end - self.size.height, start))
        self.scroll_rows(0)

    def at_end(self) -> bool:
        """Is the last open row with text in view? The empty row behind it need not be."""
        return self.is_open and self.first + self.size.height >= self._length() - 1

    def has_more(self, way: int) -> bool:
        """Is there text below (1) or above (−1) what is in view?"""
        return bool(self._open) and (not self.at_end() if way > 0 else self.first > 0)

    def begins_in_view(self, block: int) -> bool:
        """Is the first row of a block in view?"""
        return self.first <= self._starts()[block] < self.first + self.size.height

    def block_at_top(self) -> int:
        """The place of the first block that is partly in view."""
        return max((place for place, start in enumerate(self._starts()) if start <= self.first), default=0)

    def in_view(self) -> Sequence[int]:
        """The places of the blocks of which at least half is in view."""
        starts = self._edges()
        last = self.first + self.size.height
        return [place for place in range(self._open)
                if starts[place] >= self.first - (starts[place + 1] - starts[place]) // 2 and starts[place] < last
                and (starts[place] + starts[place + 1]) // 2 <= last]

    def picture_in_view(self, *kinds: type[Plot | NetworkPicture], after: int | None = None) -> int | None:
        """The place of the first picture in view of one of these kinds; with ``after``, behind that place."""
        blocks = self._reading.lesson.blocks
        places = (place for place in self.in_view() if after is None or place > after)
        return next((place for place in places if isinstance(blocks[place], kinds)), None)

    @property
    def shows_changed(self) -> bool:
        """Is a picture in view whose numbers the reader has changed, though the text speaks of the lesson's?"""
        seen = (self.pictures.live(place) for place in self.in_view())
        return any(live is not None and live.is_changed for live in seen)

    def picture_at_hand(self) -> int | None:
        """The place of the first picture in view, or else of the last one above it in the section that is read.

        Where exercises are in view, keys are theirs.
        """
        if (seen := self.picture_in_view(Plot, NetworkPicture)) is not None or not self._open or self.links_in_view():
            return seen
        top, blocks = self.block_at_top(), self._reading.lesson.blocks
        start = max((place for place in self._reading.sections if place <= top), default=0)
        return next((place for place in range(top, start - 1, -1) if isinstance(blocks[place], Plot | NetworkPicture)),
                    None)

    def links_in_view(self) -> Sequence[int]:
        """The places of the invitations to the workbench that are in view."""
        blocks = self._reading.lesson.blocks
        return [place for place in self.in_view() if isinstance(blocks[place], ExerciseLink)]

    def choose_first(self) -> None:
        """Let Enter open the first unfinished exercise in view, unless Tab has chosen another."""
        links = self.links_in_view()
        if self.link not in links:
            is_open = (link for link in links if not self.is_done(link))
            self.choose(next(is_open, next(iter(links), None)))

    def bring_open_link(self) -> None:
        """Bring the first unfinished exercise into view, where there is one."""
        links = (place for place, block in enumerate(self._reading.lesson.blocks[:self._open])
                 if isinstance(block, ExerciseLink) and not self.is_done(place))
        if (link := next(links, None)) is not None:
            self.bring(link)

    def is_done(self, link: int) -> bool:
        """Has the exercise been done that this block invites to?"""
        return self._reading.is_done(link)

    def choose(self, link: int | None) -> None:
        """Show which invitation Enter opens."""
        if link != self.link:
            self.link = link
            self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        return self._all(width)[self.first:self.first + height]

    def _all(self, width: int) -> list[Runs]:
        return [row for block in self._blocks(width) for row in block]

    def _blocks(self, width: int) -> list[list[Runs]]:
        """The rows of each open block; of the title an empty one, where the line above the page has it."""
        shaded, titled = has_shades(self.app.theme), cells(self._reading.lesson.title) <= width - _BESIDE_TITLE
        return [[()] if titled and self._reading.repeats_title(place) else self._block(place, width, shaded=shaded)
                for place in range(self._open)]

    def _block(self, place: int, width: int, *, shaded: bool) -> list[Runs]:
        live, answer = self.pictures.live(place), self._reading.answers.get(place)
        held = place in (self.pictures.held, self.link)
        height = max(self.app.size.height - _AROUND, 1)
        key = (width, height, self.glyphs, shaded, live, answer, held, done := self._reading.is_done(place))
        if place not in self._set or self._set[place][0] != key:
            lesson = self._reading.lesson
            *own, last = block_rows(lesson.blocks[place], lesson.folder, width, self.glyphs, live=live, held=held,
                                    shaded=shaded, done=done, height=height)
            told = wrap([_tell_answer(answer)], width, self.glyphs) if answer else ()
            self._set[place] = (key, [*own, *told, last])
        return self._set[place][1]

    def _starts(self) -> list[int]:
        return self._edges()[:-1]

    def _edges(self) -> list[int]:
        """The first row of each open block, and the row behind the last."""
        return list(accumulate(map(len, self._blocks(self.size.width)), initial=0))

    def _length(self) -> int:
        return self._edges()[-1]


def _tell_answer(answer: AnsweredQuestion) -> Paragraph:
    """What stands below a finished question: the answer found, or the one shown, which is not marked as right."""
    if answer.shown:
        return Paragraph(f"{answer.text}  (shown)", "!", "note")
    return right("   ".join(filter(None, (answer.text, answer.read))))


