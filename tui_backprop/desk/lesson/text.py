"""A lesson's blocks as rows of text: on the screen, on paper or, in words, to be heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from tui_backprop.course import lesson as blocks
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.lesson import Block, Check, Inline, Lesson, Source
from tui_backprop.course.library import load_source
from tui_backprop.desk.lesson.lines import Manner, table_rows, wrap_runs
from tui_backprop.desk.plots.point import CurvePoint
from tui_backprop.drawing.canvas import Run, Runs
from tui_backprop.tutor.checks import shown_parts
from tui_backprop.tutor.posed import option_letter
from tui_backprop.typeset.glyphs import Glyphs, plain_text, plain_title

MOST_COLUMNS = 78
_CALLOUT_ROLES = {"definition": "key", "trap": "bad", "try": "good", "note": "note"}
_INDENT = 4

Live = Exercise | CurvePoint
"""What the reader has made of a picture: other numbers in its network, another place of its point."""


def block_rows(
    block: Block, folder: Path, width: int, glyphs: Glyphs, *, live: Live | None = None, spoken: bool = False,
) -> list[Runs]:
    """One block as rows, with an empty one after it. What cannot be shown is said in a line. Never raises."""
    manner = Manner(width if spoken else min(width, MOST_COLUMNS), glyphs, spoken)
    try:
        return [*_rows(block, folder, manner, live), ()]
    except (ExerciseError, ValueError) as error:
        return [*_broken(str(error), manner), ()]


def widest(block: Block, lesson: Lesson, width: int) -> int:
    """How many columns a block takes where there are so many; more where it cannot be made to fit."""
    rows = (row for glyphs in (Glyphs.FULL, Glyphs.ASCII) for row in block_rows(block, lesson.folder, width, glyphs))
    return max((sum(len(text.rstrip()) for text, _ in row[-1:]) + sum(len(text) for text, _ in row[:-1])
                for row in rows), default=0)


def inline_text(content: Inline, glyphs: Glyphs) -> str:
    """Running text, its formulas set in one line."""
    return Manner(MOST_COLUMNS, glyphs).text(content)


def _rows(block: Block, folder: Path, manner: Manner, live: Live | None) -> Iterator[Runs]:
    match block:
        case blocks.Heading(level=level, content=content):
            yield from _heading(level, content, manner)
        case blocks.Paragraph(content=content):
            yield from wrap_runs(manner.runs(content), manner.width)
        case blocks.List(items=items):
            for item in items:
                lead = plain_text("  " * item.depth + item.marker, manner.glyphs) + " "
                yield from wrap_runs(manner.runs(item.content), manner.width, (lead, "key"))
        case blocks.Table():
            yield from table_rows(block, manner)
        case blocks.Math(latex=latex):
            narrower = replace(manner, width=manner.width - _INDENT)
            yield from (((" " * _INDENT + line.rstrip(), ""),) for line in narrower.display(latex))
        case blocks.Code(text=text):
            yield from (((" " * _INDENT + plain_text(line, manner.glyphs), "code"),) for line in text.splitlines())
        case blocks.Rule():
            yield ((("-" if manner.glyphs is Glyphs.ASCII else "─") * manner.width, "dim"),)
        case blocks.Quote():
            yield from _quote(block, folder, manner)
        case Check():
            yield from _check(block, manner)
        case blocks.NetworkPicture() | blocks.Plot():
            yield from _picture(block, folder, manner, live)
        case blocks.ExerciseLink(source=source, say=say):
            yield from _link(load_source(source, folder), say, manner)
        case blocks.Broken(message=message):
            yield from _broken(message, manner)
        case _:
            assert_never(block)


def _heading(level: int, content: Inline, manner: Manner) -> Iterator[Runs]:
    role = "heading" if level <= 2 else "title"
    yield from wrap_runs(manner.runs(content), manner.width, role=role)
    if level == 1 and not manner.spoken:
        length = min(len(manner.text(content)), manner.width)
        yield ((("=" if manner.glyphs is Glyphs.ASCII else "═") * length, role),)


def _quote(quote: blocks.Quote, folder: Path, manner: Manner) -> Iterator[Runs]:
    """A bar on the left, in the callout's role; so is its first word."""
    role = _CALLOUT_ROLES.get(quote.callout, "dim")
    bar: Run = (plain_text("│ ", manner.glyphs), role) if not manner.spoken else ("", "")
    inner = replace(manner, width=manner.width - len(bar[0]))
    for place, part in enumerate(quote.blocks):
        if place:
            yield (bar,)
        for number, row in enumerate(_rows(part, folder, inner, None)):
            if quote.callout and place == number == 0 and row:
                row = ((row[0][0], role), *row[1:])
            yield (bar, *row)


def _check(check: Check, manner: Manner) -> Iterator[Runs]:
    yield from wrap_runs(manner.runs(check.prompt), manner.width, ("? ", "bar"), role="bar")
    for number, place in enumerate(shown_parts(check), 1):
        lead = f"   {option_letter(number)}) "
        yield from wrap_runs(manner.runs(check.labels[place]), manner.width, (lead, "key"))


def _picture(
    block: blocks.NetworkPicture | blocks.Plot, folder: Path, manner: Manner, live: Live | None
) -> Iterator[Runs]:
    from tui_backprop.desk.lesson.plots import network_rows, plot_rows

    exercise = live if isinstance(live, Exercise) else _loaded(block.source, folder)
    if isinstance(block, blocks.Plot):
        yield from plot_rows(block, exercise, live if isinstance(live, CurvePoint) else None, manner)
    elif exercise is not None:
        yield from network_rows(exercise, block.values, manner)
    yield from wrap_runs(manner.runs(block.caption), manner.width, role="note")


def _loaded(source: Source, folder: Path) -> Exercise | None:
    return load_source(source, folder) if source else None


def _link(exercise: Exercise, say: Inline, manner: Manner) -> Iterator[Runs]:
    """The invitation to the workbench."""
    mark = plain_text("▶ ", manner.glyphs) if not manner.spoken else ""
    title = exercise.title.replace(" · ", ", ") if manner.spoken else plain_title(exercise.title, manner.glyphs)
    yield from wrap_runs([("Try it at the workbench: ", "key"), (title, "key")],
                         manner.width, (mark, "good"))
    yield from wrap_runs(manner.runs(say), manner.width, (" " * len(mark), ""))


def _broken(message: str, manner: Manner) -> Iterator[Runs]:
    text = plain_text(f"This part of the lesson cannot be shown: {message}", manner.glyphs)
    yield from wrap_runs([(text, "bad")], manner.width, ("! ", "bad"))
