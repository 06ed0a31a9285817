"""The sections of a lesson with the progress in each; also found by any word in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult

from tui_backprop.course.lesson import Block, Check, Heading, plain_text
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.lesson.text import inline_text
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.search import NOTHING_FOUND, FoundList, SearchScreen
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.typeset.glyphs import fill_lines, shorten

SEARCH = "find: any word of the lesson"


class SectionList(FoundList):
    """A heading in each row, with how many of its questions are done; or a line that holds the words."""

    def __init__(self, reading: LessonReading) -> None:
        super().__init__(classes="panel")
        self._reading = reading
        self.border_title = "Sections"

    def place_row(self, place: int, width: int, is_chosen: bool) -> Runs:
        block = self._reading.lesson.blocks[place]
        done, asked = self._reading.section(place)
        heading = isinstance(block, Heading)
        told = f"{done} of {asked} " if asked and heading else ""
        mark = "[x]" if heading and done == asked and place < self._reading.open else "[ ]" if heading else "   "
        shown = (block.prompt,) if isinstance(block, Check) else tuple(block.contents())
        text = " ".join(inline_text(content, self.glyphs) for content in shown)
        room = max(width - len(told) - 5, 0)
        text = fill_lines(shorten(text, room, "..."), room)
        return merge([(mark, "good" if mark == "[x]" else "note"),
                      (f" {text} {told}", "cursor" if is_chosen else "plain" if heading else "note")])


class SectionsScreen(SearchScreen[int | None]):
    """The result is the place of the chosen block, or None."""

    CSS_PATH = Path(__file__).with_name("sections.tcss")

    def __init__(self, reading: LessonReading, here: int) -> None:
        super().__init__()
        self._reading = reading
        self._here = here

    def compose(self) -> ComposeResult:
        yield from self.parts(TitleBar(self._reading.lesson.title), SectionList(self._reading), SEARCH)

    def on_mount(self) -> None:
        self.begin(self._here)

    def find(self, text: str) -> Sequence[int]:
        """The places of all headings or, for a text, of every heading and every open block that holds it."""
        blocks = self._reading.lesson.blocks
        wanted = text.strip().casefold()
        if not wanted:
            return [place for place, block in enumerate(blocks) if isinstance(block, Heading)]
        return [place for place, block in enumerate(blocks)
                if (place < self._reading.open or isinstance(block, Heading)) and wanted in _text(block)]

    def tell(self, place: int | None) -> None:
        if place is None:
            self.note.show(Paragraph(NOTHING_FOUND, role="note"))
        elif place >= self._reading.open:
            self.note.show(Paragraph("This section opens when the questions before it are done.", role="note"))
        else:
            self.note.show()

    def choose(self, place: int) -> None:
        if place < self._reading.open:
            self.dismiss(place)


def _text(block: Block) -> str:
    """The text of a block that a reader can see: of a question neither hints nor replies to wrong answers."""
    shown = (block.prompt, *block.labels) if isinstance(block, Check) else tuple(block.contents())
    return " ".join(map(plain_text, shown)).casefold()
