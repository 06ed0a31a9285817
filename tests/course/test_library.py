"""Exercises and lessons are found by name, by path, and in the data folders of user and site."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui_backprop.course import course_at, courses, exercises, lessons, load, load_lesson, locate
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.library import is_path, natural_key, shipped_folder

EXERCISE = """\
format = 1
title = "Mine"
[network]
layers = [1, 1]
activation = "relu"
cost = "squared_error"
learning_rate = 0.1
weights = [[[0.5]]]
[[samples]]
inputs = [1]
targets = [0]
"""


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder with nothing in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'site'}:{tmp_path / 'other'}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def make_course(folder: Path, exercise: str = "mine") -> Path:
    (folder / "exercises").mkdir(parents=True)
    (folder / "exercises" / f"{exercise}.toml").write_text(EXERCISE)
    (folder / "01-first.md").write_text('+++\ntitle = "First"\norder = 1\nsummary = "s"\n+++\n\nHello.\n')
    return folder


def test_the_shipped_course() -> None:
    names = [entry.name for entry in exercises()]
    in_order = ("exercise-1", "first-network", "exercise-2", "exercise-3", "two-paths", "mazur")
    assert [name for name in names if name in in_order] == list(in_order)
    titles = {entry.name: entry.title for entry in exercises()}
    for name in names:
        assert load(name).title == titles[name]
    orders = [entry.order for entry in lessons()]
    assert orders == sorted(orders)
    assert load_lesson("a-simple-chain").name == "08-a-simple-chain"


def test_listing_is_fast_enough_for_a_first_screen(data_home: Path) -> None:
    del data_home
    exercises()
    start = time.process_time()
    found = len(exercises()) + len(lessons())
    assert time.process_time() - start < 0.01 * max(1, found / 25) * 5  # five times the target, for busy machines


def test_unknown_names_are_answered_with_the_nearest() -> None:
    with pytest.raises(ExerciseError, match=r'^there is no exercise "exercise-22": did you mean "exercise-2"\?$'):
        load("exercise-22")
    with pytest.raises(ExerciseError, match=r'^there is no lesson "deep": use one of .*09-deep-chain'):
        load_lesson("deep")
    with pytest.raises(ExerciseError, match=r"^there is no exercise \"\\x1b\[31m\""):
        load("\x1b[31m")
    with pytest.raises(ExerciseError, match=r"^the name of the exercise is empty"):
        load("")


@pytest.mark.parametrize(("text", "expected"), [
    ("exercise-1", False), ("exercise-1.toml", True), ("a/b", True), ("./b", True),
    ("08-slopes.md", True), (".", False),
])
def test_what_is_a_path(text: str, expected: bool) -> None:
    assert is_path(text) is expected


def test_a_file_by_path(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(EXERCISE)
    assert load(str(path)).title == "Mine"
    assert load(path).name == "other"
    assert locate(str(path), "exercise") == path


def test_courses_of_user_and_site(data_home: Path) -> None:
    make_course(data_home / "user" / "tui-backprop" / "courses" / "evening")
    make_course(data_home / "site" / "tui-backprop" / "courses" / "school", "theirs")
    assert [course.name for course in courses()] == ["", "evening", "school"]
    assert load("mine").title == "Mine"
    assert load("theirs").title == "Mine"
    assert [entry.title for entry in lessons() if entry.course == "evening"] == ["First"]


def test_what_is_shipped_comes_first(data_home: Path) -> None:
    make_course(data_home / "user" / "tui-backprop" / "courses" / "evening", "exercise-1")
    assert locate("exercise-1", "exercise").parent == shipped_folder() / "exercises"


def test_a_course_by_path(tmp_path: Path) -> None:
    course = course_at(make_course(tmp_path / "c"))
    assert course.name == "c"
    assert [entry.name for entry in course.lessons()] == ["01-first"]
    with pytest.raises(ExerciseError, match="there is no course here"):
        course_at(tmp_path / "nowhere")


def test_a_broken_file_is_listed_by_its_name(tmp_path: Path) -> None:
    folder = make_course(tmp_path / "c")
    (folder / "exercises" / "broken.toml").write_bytes(b"\xff\x00 = [")
    (folder / "exercises" / "half.toml").write_text('title = "Half"\nsummary = [[[')
    (folder / "02-broken.md").write_text("no heading")
    (folder / "exercises" / "escape.toml").write_text(r'title = "a\u001b[31m"')
    (folder / ".hidden.md").write_text("")
    course = course_at(folder)
    assert [(entry.name, entry.title) for entry in course.exercises()] == [
        ("broken", "broken"), ("escape", "a[31m"), ("half", "Half"), ("mine", "Mine")]
    assert [entry.title for entry in course.lessons()] == ["First", "02-broken"]


def test_names_sort_as_people_count() -> None:
    assert sorted(["e-10", "e-9", "b10", "b2"], key=natural_key) == ["b2", "b10", "e-9", "e-10"]


def test_listing_imports_nothing_heavy() -> None:
    heavy = ("numpy", "textual", "rich", "markdown_it", "tui_backprop.derivation")
    code = ("import sys; from tui_backprop.course import exercises, lessons; exercises(); lessons(); "
            f"print([m for m in {heavy} if m in sys.modules])")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
