"""Names and texts of strangers in a course: shown without what moves the cursor, turns the line around or hides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop import course
from tui_backprop.course.fields import line_of_text
from tui_backprop.course.files import is_plain_name, tidy
from tui_backprop.course.library import course_at, shipped_folder

EXERCISE = shipped_folder() / "exercises" / "exercise-1.toml"
HOSTILE = ("a\x1b]0;evil\x07b", "c\x1b[31m", "d\u202egnp", "e\nf", "g\x9b31m", "h\u200bi", "j" + "\u0300" * 30)
HARMLESS = ("=1+1", "[red]m[/red] ", "übung", "练习", "לימוד")


def test_names_that_would_upset_a_list_are_not_in_it(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    for name in (*HOSTILE, *HARMLESS):
        if "/" not in name:
            shutil.copy(EXERCISE, tmp_path / "exercises" / f"{name}.toml")
    listed = {entry.name for entry in course_at(tmp_path).exercises()}
    assert listed == {name for name in HARMLESS if "/" not in name}
    # By its path, each can be opened all the same.
    assert course.load(tmp_path / "exercises" / f"{HOSTILE[0]}.toml").title.startswith("Exercise 1")


@pytest.mark.parametrize(("written", "shown"), [
    ("zero\u200bwidth\u200d", "zerowidth"), ("\ufeffmark", "mark"), ("e" + "\u0301" * 9, "e\u0301\u0301"),
    ("soft\u00adhyphen", "softhyphen"), ("tag\U000e0041s", "tags"), ("Übung", "Übung"), ("plain", "plain"),
])
def test_what_has_no_width_is_left_out(written: str, shown: str) -> None:
    assert tidy(written) == shown
    assert line_of_text(written, (), "title") == shown


@given(st.text())
def test_tidying_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert not is_plain_name(text) or text.isprintable()


@pytest.mark.parametrize(("written", "shown"), [
    ("ก" + "\u0e38" * 9, "ก\u0e38\u0e38"), ("ب" + "\u064b" * 9 + "c", "ب\u064b\u064bc"),
    ("a" + "\U0001d167" * 9, "a\U0001d167\U0001d167"),
    ("a\ufff9b\U0001d173c", "abc"), ("\U0001f44d\U0001f3fd", "\U0001f44d"), ("private \ue000", "private \ufffd"),
])
def test_marks_of_any_script_are_few_and_what_nobody_knows_the_width_of_is_replaced(written: str, shown: str) -> None:
    assert tidy(written) == shown


def test_what_is_written_as_an_escape_is_tidied_in_a_list_as_well(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "a.toml").write_text(r'title = "a\u200bb\u0301\u0301\u0301\ufe0f\u202ec"', "utf-8")
    [entry] = course_at(tmp_path).exercises()
    assert entry.title == "ab\u0301\u0301c"
