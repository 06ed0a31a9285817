"""An author's mistake never reaches a learner as a crash: it is one line where the block should be."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.effort import rounds
from tests.test_docs import ROOT
from tui_backprop.cli.check import TOOLS
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.lesson import Broken, Lesson, NetworkPicture, Plot
from tui_backprop.course.library import Course, shipped_folder
from tui_backprop.course.lint import lint, lint_lesson
from tui_backprop.course.read_lesson import lesson_from_text
from tui_backprop.desk.lesson.live import live_picture
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.lesson.text import block_rows
from tui_backprop.records.journal import Journal
from tui_backprop.typeset.glyphs import Glyphs

TYPED = ("", "1", "b", "x^2", "2:j->k", "b a", "∂", "1/0")
BITS = (
    "", "x", "-1", "1e999", '"', "'", "$", "\\frac{", "[]", "[[", "{", "}", "= ", "no-such-exercise", "exercise = 3",
    "kind = 7", "answer = []", 'answer = "1/0"', 'answer = "q"', "choices = [1]", "variables = []", "from = 3",
    "to = nan", "training = -1", 'against = "w 9:q->q"', 'against = ["a 1:k", "b 1:k"]', "```", "````", "+++", "\t",
    "> ", "| a |", "formula = 'ln(x)'", "formula = '1/(x-x)'", "wrong = [{}]", "mode = 3", "values = 3", "order = 'x'",
    "positive = ['q']", "\u202e", "0.1.2",
)


def texts() -> list[str]:
    lessons = [path.read_text("utf-8") for path in sorted(shipped_folder().glob("*.md"))]
    formats = (ROOT / "docs" / "file-formats.md").read_text("utf-8")
    blocks = re.findall(r"^```(?:check|network|plot|exercise)\n.*?^```$", formats, re.MULTILINE | re.DOTALL)
    return [*lessons, '+++\ntitle = "T"\norder = 1\nsummary = "S"\n+++\n' + "\n\n".join(blocks)]


def mistaken(text: str, chance: random.Random) -> str:
    """The text with a few mistakes: lines lost, doubled, swapped, words put in or taken out."""
    lines = text.split("\n")
    start = chance.randrange(max(len(lines) - 60, 1))
    lines = lines[:7] + lines[max(start, 7):start + 60]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        line = lines[place]
        match chance.randrange(5):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, chance.choice(BITS))
            case 2:
                lines.insert(place, chance.choice(lines))
            case 3:
                lines[place] = line.partition("=")[0] + "= " + chance.choice(BITS)
            case _:
                at = chance.randrange(len(line) + 1)
                lines[place] = line[:at] + chance.choice(BITS) + line[at + chance.randrange(4):]
    return "\n".join(lines)


def read_to_the_end(lesson: Lesson, folder: Path) -> None:
    """All that a learner meets: the page in three manners, pictures with their keys pressed, each question answered."""
    with Journal(folder) as journal:
        reading = LessonReading(lesson, journal)
        for block in reading.lesson.blocks:
            for glyphs in (Glyphs.FULL, Glyphs.ASCII):
                assert block_rows(block, lesson.folder, 58, glyphs)
            assert block_rows(block, lesson.folder, 58, Glyphs.FULL, spoken="words")
            if isinstance(block, NetworkPicture | Plot):
                picture = live_picture(block, lesson.folder)
                assert all((picture.sideways(1), picture.upwards(1), picture.enter(), picture.more(1), picture.start()))
        while reading.check is not None:
            for text in TYPED:
                judged, _ = reading.judge(text)
                assert judged.verdict
            reading.hint()
            reading.reveal()


@pytest.mark.parametrize("seed", range(rounds(12, least=3)))
def test_no_mistake_of_an_author_crashes_a_lesson(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for text in chance.sample(texts(), 4):
        lesson, _ = lesson_from_text(mistaken(text, chance), "name", shipped_folder())
        for finding in lint_lesson(lesson, TOOLS):
            assert "\n" not in finding.message
        read_to_the_end(lesson, tmp_path / "records")


@pytest.mark.parametrize(("fence", "said"), [
    ('chek\nkind = "number"\nprompt = "?"\nanswer = "2"', 'there is no block "chek"'),
    ('plot\nexercise = "exercise-2"\nagainst = ["w 1:i->j", "w 1:i->j"]', "a map is against two quantities"),
    ('network\nexercise = "no-such"', 'there is no exercise "no-such"'),
    ('exercise\nexercise = "no-such"', 'there is no exercise "no-such"'),
    ('plot\nexercise = "no-such"\ntraining = 3', 'there is no exercise "no-such"'),
    ('check\nkind = "formula"\nprompt = "p"\nanswer = "q"\nvariables = ["x"]', "q"),
    ('check\nkind = "sum"\nprompt = "p"\nanswer = "1"', 'there is no kind "sum"'),
    ("network\nexercise = ", "this is not valid TOML"),
    ('plot\nexercise = "exercise-1"\nagainst = "w 3:j->k"', 'there is no "w 3:j->k"'),
    ('plot\nformula = "y"\nfrom = 0\nto = 1', "cannot be read"),
])
def test_one_line_stands_where_the_block_should_be(fence: str, said: str, tmp_path: Path) -> None:
    text = f'+++\ntitle = "T"\norder = 1\nsummary = "S"\n+++\nBefore.\n\n```{fence}\n```\n\nAfter.\n'
    lesson, _ = lesson_from_text(text, "name", tmp_path)
    with Journal(tmp_path) as journal:
        blocks = LessonReading(lesson, journal).lesson.blocks
    broken = [block for block in blocks if isinstance(block, Broken)]
    assert len(blocks) == 3
    assert len(broken) == 1
    assert said in broken[0].message
    shown = ["".join(part for part, _ in row) for row in block_rows(broken[0], tmp_path, 58, Glyphs.FULL)]
    assert len([row for row in shown if row.strip()]) == 1


def course_texts() -> Iterator[str]:
    whole = (shipped_folder() / "course.toml").read_text("utf-8")
    chance = random.Random(7)
    for _ in range(rounds(60)):
        yield mistaken(whole, chance)
    yield from ("", "\0", "[[[[", "sections = [[]]", "sections = [3]", "needs = 3", "needs = {a = 3}", "title = []")


def test_a_bad_course_file_is_a_line_and_its_lessons_are_listed(tmp_path: Path) -> None:
    for name in ("01-slopes", "02-the-chain-rule"):
        (tmp_path / f"{name}.md").write_text((shipped_folder() / f"{name}.md").read_text("utf-8"), "utf-8")
    for text in course_texts():
        (tmp_path / "course.toml").write_text(text, "utf-8")
        course = Course("mine", tmp_path)
        assert {entry.name for entry in course.lessons()} == {"01-slopes", "02-the-chain-rule"}
        assert all("\n" not in str(error) for error in course.syllabus[1])
        with suppress(ExerciseError):  # told in one line: there is no text to look at
            assert all("\n" not in finding.message for finding in lint(tmp_path / "course.toml", TOOLS))
