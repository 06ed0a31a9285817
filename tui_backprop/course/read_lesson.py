"""Reads a lesson file: TOML front matter, then Markdown with fenced blocks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from tui_backprop.course import fields, markdown
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.fences import FENCES, PICTURES, Fence, read_fence
from tui_backprop.course.fields import FieldError, Notes, Table
from tui_backprop.course.files import FRONT_MATTER, LESSON_SIZE, digest_of, name_of, read_text
from tui_backprop.course.lesson import Block, Broken, CodeBlock, Finding, Inline, Lesson, NetworkPicture, Plot
from tui_backprop.course.lines import KeyPath, find_line
from tui_backprop.course.toml import load_toml
from tui_backprop.patterns import late_pattern

MOST_FENCES = 100
MOST_LINES = 4000
"""The most lines of a lesson; fifteen minutes of reading are about 400."""
MOST_PICTURES, MOST_UPDATES = 40, 10_000
"""The most networks and plots in a lesson, and the most updates of its trainings together: all are on one page."""
LONGEST_PARAGRAPH = 10_000
LONGEST_TEXT = 2000
"""The most characters of a text in a block: a prompt, a hint, a caption."""
_FENCE = late_pattern(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_PARAGRAPH = late_pattern(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


def read_lesson(path: str | Path) -> Lesson:
    """The lesson in a file. Where a block cannot be used, a :class:`~tui_backprop.course.lesson.Broken` says why.

    Raises :class:`ExerciseError` only where there is no text to read.
    """
    return inspect_lesson(path)[0]


def inspect_lesson(path: str | Path) -> tuple[Lesson, tuple[Finding, ...]]:
    """The lesson in a file as far as it can be read, and its mistakes in order.

    Raises :class:`ExerciseError` only where there is no text to look at.
    """
    return lesson_from_text(read_text(path, LESSON_SIZE), name_of(path), Path(path).parent)


@lru_cache(maxsize=2)
def lesson_from_text(text: str, name: str, folder: Path) -> tuple[Lesson, tuple[Finding, ...]]:
    """The lesson in a text as far as it can be read, and its mistakes in order. Never raises.

    Cached: a text that was read to be checked is not read again to be shown.
    """
    reader = _LessonReader()
    match = FRONT_MATTER.match(text)
    if match is None:
        reader.note(1, "a lesson begins with its title and order between two lines +++")
    heading = reader.front_matter(match[1]) if match else {}
    body = text[match.end():] if match else text
    first_line = text.count("\n", 0, match.end()) + 1 if match else 1
    body = reader.limit(body, first_line)
    blocks = tuple(markdown.blocks(body, first_line, reader.note, reader.fence))
    lesson = Lesson(
        name=name,
        title=str(heading.get("title", name)),
        order=float(heading.get("order", math.inf)),
        summary=str(heading.get("summary", "")),
        blocks=blocks,
        folder=folder,
        skills=tuple(heading.get("skills", ())),
        symbols=tuple(heading.get("symbols", ())),
        spell_indices=bool(heading.get("spell_indices", False)),
        digest=digest_of(text),
    )
    return lesson, tuple(sorted(reader.findings))


class _LessonReader:
    """Collects mistakes, so that one reading names them all."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.pictures = 0
        self.updates = 0

    def note(self, line: int, message: str) -> None:
        self.findings.append(Finding(line, message))

    def limit(self, body: str, first_line: int) -> str:
        """The body without a paragraph that is absurdly long, and without what follows the last line or fence read.

        Markdown's rules for brackets and stars take quadratic time in the length of a paragraph.
        """
        lines = body.split("\n", MOST_LINES)
        if len(lines) > MOST_LINES and lines[-1].strip():
            self.note(first_line + MOST_LINES, f"the lesson has over {MOST_LINES:,} lines: split it")
            body = "\n".join(lines[:-1])
        for place, match in enumerate(_FENCE.finditer(body)):
            if place == 2 * MOST_FENCES:
                line = first_line + body.count("\n", 0, match.start())
                self.note(line, f"there are over {MOST_FENCES} fenced blocks: split the lesson")
                return body[:match.start()]
        for paragraph in _PARAGRAPH.finditer(body):
            text = paragraph[0].partition("```")[0]
            if len(text) > LONGEST_PARAGRAPH:
                line = first_line + body.count("\n", 0, paragraph.start())
                self.note(line, f"a paragraph has over {LONGEST_PARAGRAPH:,} characters: divide it")
                return body[:paragraph.start()]
        return body

    def toml(self, text: str, line_above: int) -> Table | None:
        """The data of a piece of TOML; None where it cannot be read, which is noted."""
        try:
            data = load_toml(text, "", line_above)
            fields.check_strings(data)
        except ExerciseError as error:
            self.note(error.line or line_above, error.message)
        except FieldError as error:
            self.field_errors([error], text, line_above)
        else:
            return data
        return None

    def field_errors(self, errors: Iterable[FieldError], text: str, line_above: int) -> None:
        """Note what is wrong in a piece of TOML, each with its line."""
        for error in errors:
            self.note((find_line(text, error.where) or 0) + line_above, error.message)

    def front_matter(self, text: str) -> Table:
        """The data of the front matter that is right; the mistakes in it are noted."""
        data, notes = self.toml(text, 1), Notes()
        checked = _heading(data, notes) if data is not None else {}
        self.field_errors(notes.errors, text, 1)
        return checked

    def fence(self, info: str, body: str, line: int) -> Block | None:
        """The block of a fence; a :class:`~tui_backprop.course.lesson.Broken` where there is a mistake in it."""
        kind = info.split(maxsplit=1)[0] if info else ""
        if kind not in FENCES:
            if kind not in LANGUAGES:
                near = fields.did_you_mean(kind, (*FENCES, *LANGUAGES[1:]))
                self.note(line, f"there is no block {fields.quote(kind)}{near}")
                if any(f'did you mean "{name}"' in near for name in FENCES):  # otherwise its answer would be shown
                    return Broken(f"there is no block {fields.quote(kind)}", line)
            return CodeBlock(body.rstrip("\n"), line, info.partition(" ")[2].strip())
        before = len(self.findings)
        if kind in PICTURES and self.pictures >= MOST_PICTURES:
            self.note(line, f"there are over {MOST_PICTURES} networks and plots: split the lesson")
            return Broken("there are too many networks and plots", line)
        data = self.toml(body, line)
        block = self.block(kind, data, body, line) if data is not None else None
        wrong = self.findings[before:]
        return Broken(wrong[0].message, wrong[0].line) if wrong else block

    def block(self, kind: str, data: Table, body: str, line: int) -> Block:
        def at(where: KeyPath) -> int:
            return (find_line(body, where) or 0) + line

        def inline(text: str, where: KeyPath) -> Inline:
            if len(text) > LONGEST_TEXT:
                self.note(at(where), f"this text has over {LONGEST_TEXT:,} characters: shorten it")
                return ()
            return markdown.inline(text, at(where), self.note)

        fence = Fence(data, line, inline, at)
        block = read_fence(kind, fence)
        if isinstance(block, NetworkPicture | Plot):
            self.pictures += 1
            self.updates += block.training if isinstance(block, Plot) else 0
            if self.updates > MOST_UPDATES:
                fence.note(f"the trainings of the lesson come to over {MOST_UPDATES:,} updates: make them shorter",
                           "training")
        self.field_errors(fence.notes.errors, body, line)
        return block


LANGUAGES = ("", "text", "python", "toml", "console", "markdown", "latex", "json")
"""The names of fences that only show their text."""


def _heading(data: Table, notes: Notes) -> Table:
    """The entries of a front matter that are right; the others are noted."""
    notes.keys(data, ("title", "order", "summary", "skills", "symbols", "spell_indices"), (), "a lesson's front matter")

    def line(key: str, example: str) -> str | None:
        return notes.find(lambda: fields.line_of_text(fields.require(data, key, (), example), (key,), key))

    def lines(key: str, example: str) -> list[str]:
        entries: Sequence[object] = notes.find(lambda: fields.array(data.get(key, []), (key,), key, example)) or ()
        found = (notes.find(partial(fields.line_of_text, each, (key, n), f"each of {key}"))
                 for n, each in enumerate(entries))
        return [each for each in found if each is not None]

    made = {
        "title": line("title", 'title = "Slopes"'),
        "order": notes.find(
            lambda: fields.number(fields.require(data, "order", (), "order = 8"), ("order",), "order")),
        "summary": line("summary", 'summary = "One line for the contents."'),
        "skills": lines("skills", '["chain-rule"]'),
        "spell_indices": notes.find(
            lambda: fields.truth(data.get("spell_indices", False), ("spell_indices",), "spell_indices")),
        "symbols": lines("symbols", r'["C", "\\partial"]'),
    }
    return {key: value for key, value in made.items() if value is not None}
