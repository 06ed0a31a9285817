"""What was made of the shipped course's files is kept beside them, and made again when they change."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui_backprop.course import kept as keeping
from tui_backprop.course import lesson, library
from tui_backprop.course.kept import FOLDER, kept
from tui_backprop.course.lesson import Lesson
from tui_backprop.course.library import exercises, lessons, load, load_lesson
from tui_backprop.course.read import read_exercise
from tui_backprop.course.read_lesson import lesson_from_text, read_lesson
from tui_backprop.dataclass import is_data_class

TEXT = """+++
title = "A title"
order = 1
+++
Text with $x^2$ and *weight*.

```check
kind = "number"
prompt = "What is $2 + 2$?"
answer = 4
hints = ["Count."]
wrong = [{ answer = 5, say = "One less." }]
```
"""
KINDS = [kind for kind in vars(lesson).values() if is_data_class(kind)]


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_last", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Maker:
    """Reads a lesson, and counts how often it does."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lesson.md"
        self.path.write_text(TEXT)
        self.times = 0

    def make(self) -> Lesson:
        self.times += 1
        return lesson_from_text(self.path.read_text(), "lesson", self.path.parent)[0]

    def kept(self) -> Lesson:
        keeping._last.clear()  # as in another process
        return kept(self.path.parent, "lesson", [self.path], self.make, KINDS)


def test_what_is_kept_is_not_made_again_and_is_the_same(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    first, second = maker.kept(), maker.kept()
    assert (maker.times, second, repr(second)) == (1, first, repr(first))


def test_every_shipped_exercise_is_kept_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {entry.name: read_exercise(entry.path) for entry in exercises()}
    for name in read:
        load(name)
    keeping._last.clear()
    monkeypatch.setattr(library, "_read_exercise", pytest.fail)  # nothing is read again
    assert {name: load(name) for name in read} == read


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    maker.kept()
    maker.path.write_text(TEXT.replace("A title", "Another title"))
    assert (maker.kept().title, maker.times) == ("Another title", 2)


def test_a_course_that_was_moved_is_read_again(tmp_path: Path) -> None:
    (here := tmp_path / "here").mkdir()
    maker = Maker(here)
    maker.kept()
    maker.path = here.rename(tmp_path / "there") / "lesson.md"
    assert (maker.kept().folder, maker.times) == (tmp_path / "there", 2)


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\xe3" * 40])
def test_a_damaged_file_is_made_again(tmp_path: Path, content: bytes) -> None:
    maker = Maker(tmp_path)
    first = maker.kept()
    [file] = (tmp_path / FOLDER).iterdir()
    file.write_bytes(content)
    assert (maker.kept(), maker.times) == (first, 2)


def test_a_course_whose_folder_cannot_be_written_is_read_each_time(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    (tmp_path / FOLDER).write_text("in the way")
    assert (maker.kept(), maker.kept(), maker.times) == (maker.make(), maker.make(), 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == [FOLDER, "lesson.md"]


def test_every_shipped_lesson_is_kept_whole() -> None:
    for entry in lessons():
        if not entry.course:
            assert load_lesson(entry.name) == read_lesson(entry.path)
