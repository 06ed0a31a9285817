"""The marks of one sheet or of a class: as lines to read, as JSON, or as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final
from unicodedata import normalize

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.files import printable
from tui_backprop.dataclass import dataclass
from tui_backprop.export.text import WIDTH
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.marking import Marked, MarkVerdict
from tui_backprop.tutor.mistakes.known import in_words
from tui_backprop.tutor.sheets import commonest
from tui_backprop.typeset.glyphs import Glyphs, cells, plain_text
from tui_backprop.typeset.linear import linear

CSV_HEADER: Final = ("sheet", "id", "given", "verdict", "expected", "mistakes", "counts", "learner", "score")

_BEGINS_FORMULA: Final = frozenset("=+-@|%")
_NAME: Final = 24
_VERDICT: Final = 15
_MOST_COMMON: Final = 10
NumberedNames = Mapping[str, tuple[str, str]]
_SIGNS: Final[dict[MarkVerdict, str]] = {"wrong": "{}", "invalid": "{} ?", "missing": "({})"}


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """A sheet with its marks, the ``file`` it was in (safe to print), and the learner's name, if it has one."""

    file: str
    learner: str
    marked: Marked


def as_json(sheets: Sequence[MarkedSheet], unmarked: Mapping[str, str], *, several: bool) -> dict[str, Any]:
    """What ``mark --json`` prints. ``unmarked``: the files that could not be marked, each with the reason."""
    if not several:
        return sheets[0].marked.to_dict()
    marked = {sheet.file: sheet.marked.to_dict() | {"learner": sheet.learner} for sheet in sheets}
    whole: dict[str, Any] = {
        "sheets": marked, "commonest": [answer.to_dict() for answer in commonest(sheet.marked for sheet in sheets)]}
    return whole | {"unmarked": dict(unmarked)} if unmarked else whole


def as_rows(sheets: Sequence[MarkedSheet], unmarked: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """A row for each step, below :data:`CSV_HEADER`, and one for each file that could not be marked.

    The mistakes are those that are told, since whoever counts them counts slips. A spreadsheet takes no cell for a
    formula.
    """
    for sheet in sheets:
        for mark in sheet.marked.marks:
            yield (_cell(sheet.file), mark.id, _cell(mark.given or ""), mark.verdict, mark.expected,
                   " ".join(mark.told), int(mark.asked), _cell(sheet.learner), int(mark.asked and mark.scores))
    yield from ((_cell(file), "", "", "unmarked", "", "", 0, "", 0) for file in unmarked)


def as_text(
    exercise: Exercise, sheets: Sequence[MarkedSheet], glyphs: Glyphs, *, several: bool, unmarked: int
) -> Iterator[str]:
    """Lines of at most 80 characters: of one sheet every step; of several one line each, and the commonest mistakes.

    ``unmarked``: how many further sheets could not be marked.
    """
    lines = _class(exercise, sheets, glyphs, unmarked) if several else _one(exercise, sheets[0], glyphs)
    return (line.rstrip() for line in lines)


def _one(exercise: Exercise, sheet: MarkedSheet, glyphs: Glyphs) -> Iterator[str]:
    marked = sheet.marked
    whose = printable(sheet.learner) or sheet.file
    yield from _fold(f"{whose}, {exercise.title}: {marked.score} of {marked.out_of}", glyphs)
    yield ""
    labels = _labels(exercise, [sheet], glyphs)
    numbers, names, ids = (max(map(cells, column), default=0) for column in zip(*(
        (*label, quantity) for quantity, label in labels.items()), strict=True))
    wide = numbers + names + ids + 5
    for mark in marked.marks:
        number, name = labels[mark.id]
        step = f"{number:>{numbers}} {_fit(name, names)}  {mark.id}"
        beyond = "" if mark.asked else "  (not counted)"
        given = plain_text(printable(mark.given or ""), glyphs)
        head = f"{mark.verdict:{_VERDICT}}{_fit(step, wide)}"
        yield from _fold(f"{head}{given}{beyond}", glyphs, " " * (wide + _VERDICT))
        if mark.verdict in ("wrong", "invalid"):
            yield from _fold(mark.feedback, glyphs, " " * 10, " " * 10)


def _class(exercise: Exercise, sheets: Sequence[MarkedSheet], glyphs: Glyphs, unmarked: int) -> Iterator[str]:
    scores = [sheet.marked.score for sheet in sheets]
    out_of = sheets[0].marked.out_of if sheets else 0
    full = sum(score == out_of for score in scores)
    more = f"; {unmarked} more could not be marked" if unmarked else ""
    yield from _fold(f"{exercise.title}: {many(len(sheets), 'sheet')}, {many(out_of, 'step')} asked{more}", glyphs)
    if sheets:
        yield f"mean {sum(scores) / len(scores):.1f} of {out_of}; {full} with all of them right"
    yield ""
    yield f"{'score':>7}  follow_through  {'whose':{_NAME}}  wrong, invalid ?, (missing)"
    names, labels = _names(sheets), _labels(exercise, sheets, glyphs)
    for sheet, name in zip(sheets, names, strict=True):
        yield _line(sheet.marked, _fit(plain_text(name, glyphs), _NAME), labels)
    yield from _commonest(sheets, labels, glyphs)


def _line(marked: Marked, name: str, labels: NumberedNames) -> str:
    """A sheet in one line: its score, the steps carried on, and as many of the lost steps as fit."""
    carried = sum(mark.verdict == "follow_through" for mark in marked.marks if mark.asked)
    start = f"{f'{marked.score}/{marked.out_of}':>7}  {carried or '':>14}  {name}  "
    lost = [_SIGNS[mark.verdict].format(" ".join(labels[mark.id])) for mark in marked.marks
            if mark.asked and mark.verdict in _SIGNS]
    return start + _as_many(lost, WIDTH - cells(start))


def _labels(exercise: Exercise, sheets: Sequence[MarkedSheet], glyphs: Glyphs) -> NumberedNames:
    """By id, each step's number on the learner's screen and on a worksheet (empty: not asked), and its name there."""
    naming = exercise.derive().naming
    labels: dict[str, tuple[str, str]] = {}
    for sheet in sheets:
        number = 0
        for mark in sheet.marked.marks:
            number += mark.asked
            if mark.id not in labels:
                name = plain_text(linear(naming.name(mark.id), Glyphs.FULL), glyphs)
                labels[mark.id] = (str(number) if mark.asked else "", name)
    return labels


def _as_many(parts: Sequence[str], room: int) -> str:
    """As many of the parts as fit, and the number of the others."""
    for count in range(len(parts), 0, -1):
        more = f" +{len(parts) - count}" if count < len(parts) else ""
        text = ", ".join(parts[:count]) + more
        if len(text) <= room:
            return text
    return f"+{len(parts)}" if parts else ""


def _commonest(sheets: Sequence[MarkedSheet], labels: NumberedNames, glyphs: Glyphs) -> Iterator[str]:
    alike = [answer for answer in commonest(sheet.marked for sheet in sheets) if answer.count > 1]
    shared = [answer for answer in alike if not answer.follows]  # a slip tells more than what follows from it
    yield ""
    yield "The commonest wrong answers" if shared else "No two sheets have the same wrong answer."
    for answer in shared[:_MOST_COMMON]:
        number, name = labels[answer.id]
        step = f"step {number}, {name}" if number else name
        said = in_words(answer.mistakes[0]) if answer.mistakes and answer.reason else "no known mistake"
        yield from _fold(f"{answer.count:3} x  {step} ({answer.id}): {printable(answer.given)}", glyphs, " " * 7)
        for line in (said, answer.reason):
            yield from _fold(line, glyphs, " " * 9, " " * 7)
    if len(shared) > _MOST_COMMON:
        yield f"and {len(shared) - _MOST_COMMON} more; --json has them all"
    if followed := len(alike) - len(shared):
        yield f"and {followed} that only follow from slips before them; --json has them all"


def _names(sheets: Sequence[MarkedSheet]) -> list[str]:
    """The name of each sheet: the learner's, or else the file's, without its folder where that is clear enough."""
    files = [sheet.file.rpartition("/")[2].removesuffix(".json") for sheet in sheets]
    files = files if len(set(files)) == len(files) else [sheet.file for sheet in sheets]
    learners = [printable(sheet.learner) for sheet in sheets]
    return [file if not learner else f"{learner} ({file})" if learners.count(learner) > 1 else learner
            for learner, file in zip(learners, files, strict=True)]


def _fit(text: str, width: int) -> str:
    """The text in exactly ``width`` cells; a text that is too long loses its middle, since endings tell files apart."""
    if cells(text) > width:
        half = (width - 2) // 2
        head, tail = text, text
        while cells(head) > half:
            head = head[:-1]
        while cells(tail) > width - 2 - cells(head):
            tail = tail[1:]
        text = f"{head}..{tail}"
    return text + " " * (width - cells(text))


def _fold(text: str, glyphs: Glyphs, later: str = "  ", first: str = "") -> Iterator[str]:
    translated = plain_text(text, glyphs)
    if not translated:
        return
    if len(first + translated) <= WIDTH:
        yield first + translated
    else:
        yield from wrap(translated, WIDTH, initial_indent=first, subsequent_indent=later, drop_whitespace=True,
                        replace_whitespace=False)


def _cell(text: str) -> str:
    """The text for a table's cell: in one line, with a quote before it where a spreadsheet would see a formula."""
    text = printable(text)
    first = normalize("NFKC", text).lstrip()[:1]  # some spreadsheets leave out spaces, and take ＝ for =
    return f"'{text}" if first in _BEGINS_FORMULA and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
