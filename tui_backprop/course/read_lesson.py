"""Reads a lesson file: TOML front matter, then Markdown with fenced blocks."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from pathlib import Path

from tui_backprop.course import fields, markdown
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.fences import FENCES, Fence, read_fence
from tui_backprop.course.fields import FieldError, Table
from tui_backprop.course.files import FRONT_MATTER, LESSON_SIZE, read_text, shown_path
from tui_backprop.course.lesson import Block, Code, Finding, Inline, Lesson
from tui_backprop.course.lines import KeyPath, find_line
from tui_backprop.course.read import load_toml

MOST_FENCES = 200
LONGEST_PARAGRAPH = 10_000
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


def read_lesson(path: str | Path) -> Lesson:
    """The lesson in a file. Raises :class:`ExerciseError` with its first mistake."""
    lesson, findings = inspect_lesson(path)
    for finding in findings:
        if finding.severity == "error":
            raise ExerciseError(finding.message, shown_path(path), finding.line or None)
    return lesson


def inspect_lesson(path: str | Path) -> tuple[Lesson, tuple[Finding, ...]]:
    """The lesson in a file as far as it can be read, and its mistakes in order.

    Raises :class:`ExerciseError` only where there is no text to look at.
    """
    return lesson_from_text(read_text(path, LESSON_SIZE), Path(path).stem, Path(path).parent)


def lesson_from_text(text: str, name: str, folder: Path) -> tuple[Lesson, tuple[Finding, ...]]:
    """The lesson in a text as far as it can be read, and its mistakes in order. Never raises."""
    reader = _Reader()
    match = FRONT_MATTER.match(text)
    if match is None:
        reader.note(1, "a lesson begins with its title and order between two lines +++")
    heading = reader.front_matter(match[1]) if match else {}
    body = text[match.end():] if match else text
    first_line = text.count("\n", 0, match.end()) + 1 if match else 1
    body = reader.bounded(body, first_line)
    blocks = tuple(markdown.blocks(body, first_line, reader.note, reader.fence))
    lesson = Lesson(
        name=name,
        title=str(heading.get("title", name)),
        order=float(heading.get("order", math.inf)),
        summary=str(heading.get("summary", "")),
        blocks=blocks,
        folder=folder,
        skills=tuple(heading.get("skills", ())),
        digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16],
    )
    return lesson, tuple(sorted(reader.findings))


class _Reader:
    """Collects mistakes, so that one reading names them all."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def note(self, line: int, message: str) -> None:
        self.findings.append(Finding(line, message))

    def bounded(self, body: str, first_line: int) -> str:
        """The body without a paragraph that is absurdly long, and without what follows the last fence that is read.

        Markdown's rules for brackets and stars take quadratic time in the length of a paragraph.
        """
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

    def toml(self, text: str, line_above: int, use: Callable[[Table], None]) -> None:
        """Give a piece of TOML to ``use``, and note what is wrong with it."""
        try:
            data = load_toml(text, "", line_above)
        except ExerciseError as error:
            self.note(error.line or line_above, error.message)
            return
        try:
            fields.check_strings(data)
            use(data)
        except FieldError as error:
            self.note((find_line(text, error.where) or 0) + line_above, error.message)

    def front_matter(self, text: str) -> Table:
        """The checked front matter; empty where it is wrong."""
        checked: dict[str, object] = {}
        self.toml(text, 1, lambda data: checked.update(_heading(data)))
        return checked

    def fence(self, info: str, body: str, line: int) -> Block | None:
        kind = info.split(maxsplit=1)[0] if info else ""
        if kind not in FENCES:
            return Code(body.rstrip("\n"), kind, line)
        made: list[Block] = []

        def inline(text: str, where: KeyPath) -> Inline:
            return markdown.inline(text, (find_line(body, where) or 0) + line, self.note)

        self.toml(body, line, lambda data: made.append(read_fence(kind, Fence(data, line, inline))))
        return made[0] if made else None


def _heading(data: Table) -> Table:
    """Checked front matter. Raises :class:`FieldError`."""
    fields.check_keys(data, ("title", "order", "summary", "skills"), (), "a lesson's front matter")
    skills = fields.array(data.get("skills", []), ("skills",), "skills", '["chain rule"]')
    return {
        "title": fields.line_of_text(fields.required(data, "title", (), 'title = "Slopes"'), ("title",), "title"),
        "order": fields.number(fields.required(data, "order", (), "order = 8"), ("order",), "order"),
        "summary": fields.line_of_text(
            fields.required(data, "summary", (), 'summary = "One line for the contents."'), ("summary",), "summary"),
        "skills": [fields.line_of_text(skill, ("skills", n), "each skill") for n, skill in enumerate(skills)],
    }
