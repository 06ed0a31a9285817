"""Courses may use one file name: each lesson and exercise has its own records, and old ones without a course count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.test_library import data_home, make_course
from tui_backprop import course
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.standing import name_to_open, standing
from tui_backprop.records import notes
from tui_backprop.records.journal import Journal

__all__ = ["data_home"]


def courses(home: Path, *names: str) -> None:
    for name in names:
        folder = make_course(home / "user" / "tui-backprop" / "courses" / name)
        (folder / "01-first.md").write_text(f'+++\ntitle = "First of {name}"\norder = 1\n+++\n\nHello.\n')


def standings(journal: Journal, kind: str = "lesson") -> dict[str, str]:
    entries = course.lessons() if kind == "lesson" else course.exercises()
    return {each.key: standing(each, entries, journal.history) for each in entries if each.course}


def test_a_lesson_done_in_one_course_is_not_done_in_another(data_home: Path, tmp_path: Path) -> None:
    courses(data_home, "day", "night")
    with Journal(tmp_path) as journal:
        reading = LessonReading(course.load_lesson("night/01-first"), journal, "night")
        reading.begin()
        reading.finish()
        assert standings(journal) == {"day/01-first": "new", "night/01-first": "done"}


@pytest.mark.parametrize(("names", "expected"), [
    (("night",), {"night/01-first": "done"}),
    (("day", "night"), {"day/01-first": "new", "night/01-first": "done"}),
])
def test_a_record_without_a_course_is_of_the_file_it_was_done_with(
    names: tuple[str, ...], expected: dict[str, str], data_home: Path, tmp_path: Path,
) -> None:
    courses(data_home, *names)
    lesson = course.load_lesson("night/01-first")
    with Journal(tmp_path) as journal:
        journal.record(notes.opened(lesson="01-first", digest=lesson.digest, mode="lesson"))
        journal.record(notes.finished(lesson="01-first"))
        assert standings(journal) == expected
        assert LessonReading(lesson, journal, "night").key == "01-first"


def test_an_exercise_of_each_course_is_opened_by_its_key(data_home: Path, tmp_path: Path) -> None:
    courses(data_home, "day", "night")
    entries = [entry for entry in course.exercises() if entry.course]
    assert [entry.key for entry in entries] == ["day/mine", "night/mine"]
    assert [course.locate(entry.key, "exercise") for entry in entries] == [entry.path for entry in entries]
    with Journal(tmp_path) as journal:
        journal.record(notes.opened("night/mine", digest=course.load("night/mine").digest))
        assert standings(journal, "exercise") == {"day/mine": "new", "night/mine": "started"}
        assert name_to_open(entries[1], course.exercises(), journal.history) == "night/mine"


def test_an_old_record_of_the_only_exercise_of_its_name_is_gone_on_with(data_home: Path, tmp_path: Path) -> None:
    courses(data_home, "night")
    [entry] = [entry for entry in course.exercises() if entry.course]
    with Journal(tmp_path) as journal:
        journal.record(notes.opened("mine", digest="of an earlier file"))
        assert standings(journal, "exercise") == {"night/mine": "started"}
        assert name_to_open(entry, course.exercises(), journal.history) == "mine"
