"""A lesson's blocks as rows of text: on the screen, on paper or, in words, for listening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.lesson import (
    Block,
    Check,
    Inline,
    InlineRun,
    Lesson,
    NetworkPicture,
    Plot,
    Quote,
    Source,
    TableBlock,
)
from tui_backprop.course.source import load_source
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.desk.lesson.lines import Manner, Speech, table_rows, wrap_runs
from tui_backprop.desk.lesson.plots import padded
from tui_backprop.drawing.canvas import Run, Runs
from tui_backprop.maths.numerals import typographic
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.check_texts import format_right_answer, how_to_answer, order_parts
from tui_backprop.tutor.options import option_letter
from tui_backprop.typeset.glyphs import Glyphs, cells, plain_text, plain_title, shorten
from tui_backprop.typeset.typed import as_set

if TYPE_CHECKING:
    from tui_backprop.desk.lesson.live import LivePicture

MOST_COLUMNS = 78
_CALLOUT_ROLES = {"definition": "key", "trap": "bad", "try": "good", "note": "note"}
_ASKED: Final = "bar"
"""The role of a question."""
_INDENT = 4
_LEAST_ASKED = 30
"""Cells that a question needs beside how it is answered."""


def block_rows(
    block: Block, folder: Path, width: int, glyphs: Glyphs, *, live: LivePicture | None = None, held: bool = False,
    shaded: bool = False, spoken: Speech = "", done: bool = False, height: int = 0,
) -> list[Runs]:
    """One block as rows, with an empty row after it. A block that cannot be shown becomes a message. Never raises.

    ``live``: a picture as the reader has changed it; ``held``: the picture has the keys, or the invitation has Enter.
    ``shaded``, ``height``: see :class:`Manner`; ``done``: the exercise of an invitation is done.
    """
    manner = Manner(width if spoken else min(width, MOST_COLUMNS), glyphs, spoken, shaded, height)
    page = _RowPage(folder, manner, live, held, done)
    try:
        return [*block.rows(page), ()]
    except (ExerciseError, ValueError) as error:
        return [*page.lay_out_broken(str(error)), ()]


def widest(block: Block, lesson: Lesson, width: int) -> int:
    """How many columns a block takes when it may take ``width``; more where it cannot be made to fit."""
    rows = (row for glyphs in (Glyphs.FULL, Glyphs.ASCII) for row in block_rows(block, lesson.folder, width, glyphs))
    return max((sum(cells(text.rstrip()) for text, _ in row[-1:]) + sum(cells(text) for text, _ in row[:-1])
                for row in rows), default=0)


def inline_text(content: Inline, glyphs: Glyphs) -> str:
    """Running text in one line, with its formulas."""
    return Manner(MOST_COLUMNS, glyphs).text(content)


_SENTENCE = late_pattern(r"(?<=[.?!]) +(?=[A-Z])")


def prompt_text(check: Check, glyphs: Glyphs, room: int, *, in_view: bool) -> str:
    """The text of the empty prompt; while its question is scrolled out of view, that question, as far as it fits."""
    how = how_to_answer(check)
    if in_view:
        return how
    before = f"{how}, for: " if room - cells(how) > _LEAST_ASKED else "for: "
    left = room - cells(before)
    return before + shorten(_asked_in(inline_text(check.prompt, glyphs), left), left, plain_text("…", glyphs))


def _asked_in(prompt: str, room: int) -> str:
    """The sentences of a prompt that ask, with as many of those before it as there is room for.

    That is the last one with a question mark, else the first: what stands before a question are its numbers, and behind
    a task how to type it.
    """
    sentences = _SENTENCE.split(prompt)
    asking = max((place for place, sentence in enumerate(sentences) if sentence.endswith("?")), default=0)
    parts = (" ".join(sentences[start:asking + 1]) for start in range(asking + 1))
    return next((part for part in (prompt, *parts) if cells(part) <= room), sentences[asking])


def answer_text(check: Check, manner: Manner) -> str:
    """The right answer of a question as it is shown to a learner who has not found it; for a choice with its words."""
    answer = format_right_answer(check)
    if check.kind == "choice":
        return f"{answer}) {manner.text(check.labels[check.choices.index(check.answer[0])])}"
    if check.kind == "order":
        return answer.replace(" ", ", ")
    if manner.spoken:
        from tui_backprop.typeset.spoken import speak_answer

        return speak_answer(answer)
    if check.kind == "edge":
        return plain_text(answer.replace("->", "→"), manner.glyphs)
    return plain_text(as_set(answer) if check.kind == "formula" else typographic(answer), manner.glyphs)


@dataclass(frozen=True, slots=True)
class _RowPage:
    """A :class:`~tui_backprop.course.lesson.Page` of rows of runs. ``folder``: of the lesson's exercises."""

    folder: Path
    manner: Manner
    live: LivePicture | None = None
    held: bool = False
    done: bool = False

    def text(self, content: Inline, lead: Run = ("", ""), role: str = "") -> Iterator[Runs]:
        mark, its_role = lead
        if mark.strip() == "•" and self.manner.spoken:
            mark = ""
        elif self.manner.glyphs is Glyphs.ASCII:
            mark = mark.replace("•", "-")  # a star would be read as a times
        first = (plain_text(mark, self.manner.glyphs), its_role)
        runs = self.manner.runs(content)
        if role == _ASKED:  # a word that is stressed in a question keeps the question's colour
            runs = [(words, "stressed" if own in ("emphasis", "strong") else own) for words, own in runs]
        return wrap_runs(runs, self.manner.width, first, role=role)

    def heading(self, level: int, content: Inline) -> Iterator[Runs]:
        role = "heading" if level <= 2 else "title"
        yield from self.text(content, ("Section: " if self.manner.spoken else "", ""), role=role)
        if level == 1 and not self.manner.spoken:
            length = min(cells(self.manner.text(content)), self.manner.width)
            yield ((("=" if self.manner.glyphs is Glyphs.ASCII else "═") * length, role),)

    def table(self, table: TableBlock) -> Iterator[Runs]:
        return table_rows(table, self.manner)

    def formula(self, latex: str) -> Iterator[Runs]:
        narrower = replace(self.manner, width=self.manner.width - _INDENT)
        return (((" " * _INDENT + line.rstrip(), ""),) for line in narrower.display(latex))

    def code(self, text: str, said: str) -> Iterator[Runs]:
        if said and self.manner.spoken:
            return iter((((said, ""),),))
        return (((" " * _INDENT + plain_text(line, self.manner.glyphs), "code"),) for line in text.splitlines())

    def rule(self) -> Iterator[Runs]:
        yield ((("-" if self.manner.glyphs is Glyphs.ASCII else "─") * self.manner.width, "dim"),)

    def quotation(self, quote: Quote) -> Iterator[Runs]:
        """A quotation with a bar on the left; the bar and the first word have the callout's role."""
        role = _CALLOUT_ROLES.get(quote.callout, "dim")
        bar: Run = (plain_text("│ ", self.manner.glyphs), role) if not self.manner.spoken else ("", "")
        inner = replace(self, manner=replace(self.manner, width=self.manner.width - len(bar[0])))
        for place, part in enumerate(quote.blocks):
            if place:
                yield (bar,)
            for number, row in enumerate(part.rows(inner)):
                if quote.callout and place == number == 0 and row:
                    row = ((row[0][0], role), *row[1:])
                yield (bar, *row)

    def question(self, check: Check) -> Iterator[Runs]:
        yield from self.text(check.prompt, ("" if self.manner.spoken else "? ", _ASKED), _ASKED)
        for number, place in enumerate(order_parts(check), 1):
            yield from self.text(check.labels[place], (f"   {option_letter(number)}) ", "key"))

    def picture(self, block: NetworkPicture | Plot) -> Iterator[Runs]:
        from tui_backprop.desk.lesson.live import live_picture

        live = self.live or live_picture(block, self.folder)
        rows = iter(live.rows(self.manner, held=self.held))
        if self.manner.spoken:
            yield (("Picture. ", ""), *next(rows, ()))
        yield from rows
        caption = _for_listening(block.caption) if self.manner.spoken else (
            block.caption if self.manner.height else _not_to_be_moved(block.caption))
        if self.manner.spoken:
            yield from self.text(caption)
        elif caption:
            told, led = (list(self.text((*before, *caption), role="note"))
                         for before in ((), (InlineRun(live.lead),) if live.lead else ()))
            yield from padded(led if live.is_changed else told, len(led))
        yield from [()] * live.spare(self.manner)

    def invitation(self, source: Source, say: Inline) -> Iterator[Runs]:
        exercise, manner = load_source(source, self.folder), self.manner
        mark = plain_text("▶ ", manner.glyphs) if not manner.spoken else ""
        title = exercise.title.replace(" · ", ", ") if manner.spoken else plain_title(exercise.title, manner.glyphs)
        titled = (title, "cursor" if self.held else "key")
        done = [("  (done)", "note")] if self.done else []
        yield from wrap_runs([("Try it at the workbench: ", "key"), titled, *done], manner.width, (mark, "good"))
        yield from self.text(say, (" " * len(mark), ""))

    def lay_out_broken(self, message: str) -> Iterator[Runs]:
        """One line that says what is wrong; the remedy is left out, since it is for the author."""
        what = plain_text(f"! This part cannot be shown: {message.partition(': ')[0]}", self.manner.glyphs)
        yield ((shorten(what, self.manner.width, "..."), "bad"),)


def _for_listening(caption: Inline) -> Inline:
    """A caption as far as what it asks to be done to the picture, and then says of its looks."""
    if caption and caption[0].text.startswith(_TO_BE_MOVED):
        return ()
    return tuple(replace(run, text=run.text.partition(f" {_TO_BE_MOVED}")[0]) for run in caption)


def _not_to_be_moved(caption: Inline) -> Inline:
    """A caption without the sentence that asks for it to be moved: in lines of text it cannot be."""
    return tuple(replace(run, text=_ASKED_TO_MOVE.sub("", run.text).lstrip(" " if not place else ""))
                 for place, run in enumerate(caption))


_TO_BE_MOVED = "Move the point"
_ASKED_TO_MOVE = late_pattern(rf" ?{_TO_BE_MOVED}[^.]*\.")
