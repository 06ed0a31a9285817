"""The installed program: what the wheel holds, and what works from an empty home folder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.e2e.conftest import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]
AFTER_EXERCISE_2 = [[[0.915687632]], [[0.732562672]]]
"""The hand-out's second exercise: its new weights, as exact decimals."""


def test_the_wheel_holds_every_lesson_and_exercise_and_the_style_sheets(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    lessons = {f"tui_backprop/{path.relative_to(ROOT).as_posix()}"
               for path in (ROOT / "lessons").rglob("*") if path.suffix in (".md", ".toml")}
    sheets = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tui_backprop").rglob("*.tcss")}
    assert lessons
    assert sheets
    assert lessons | sheets | {"tui_backprop/py.typed"} <= inside


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    assert not [name for name in ZipFile(wheel).namelist() if name.startswith("tests/")]


def test_it_tells_its_version(run: Run, wheel: Path) -> None:
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[-1] == wheel.name.split("-")[1]


def test_the_list_names_the_shipped_course(run: Run) -> None:
    done = run("list")
    assert (done.returncode, done.stderr) == (0, "")
    for path in (ROOT / "lessons" / "exercises").glob("*.toml"):
        assert path.stem in done.stdout


def test_exercise_2_is_solved(run: Run) -> None:
    done = run("solve", "exercise-2", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    solution = json.loads(done.stdout)
    for layer, expected in zip(solution["updated"]["weights"], AFTER_EXERCISE_2, strict=True):
        assert layer == [pytest.approx(row, rel=1e-12) for row in expected]


def test_a_name_that_is_not_there_gives_one_line(run: Run) -> None:
    done = run("solve", "exercise-two")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "exercise-two" in done.stderr


def test_without_a_terminal_the_tutor_says_so_and_lists_what_there_is(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    assert "exercise-2" in done.stdout
    assert done.stderr.count("\n") == 1


def test_the_plain_quiz_ends_with_its_input(tutor: str, environment: dict[str, str]) -> None:
    done = subprocess.run([tutor, "quiz", "exercise-2", "--plain"], input="1\n!\n?\n", capture_output=True, text=True,
                          env=environment, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0.602" in done.stdout  # what ! shows
