"""Files that would take long or fill the memory are refused by a limit that is said."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.library import Course, course_faults
from tui_backprop.course.lint import lint
from tui_backprop.course.read_lesson import inspect_lesson
from tui_backprop.course.syllabus import syllabus_from_text
from tui_backprop.course.toml import load_toml

HEAD = '+++\ntitle = "t"\norder = 1\n+++\n\n'


def check(line: str) -> str:
    return f'{HEAD}```check\nkind = "number"\nprompt = "p"\nanswer = "1"\nhints = ["h"]\n{line}\n```\n'


def many(count: int, form: str) -> str:
    return ", ".join(form.format(n) for n in range(count))


TABLES: dict[str, Callable[[], str]] = {  # made in the test: to make all of them takes half a second
    "tables": lambda: "[t]\n" * 20_001,
    "nested tables": lambda: "".join(f"[t.a{n}.b]\n" for n in range(20_001)),
    "keys with points": lambda: "".join(f"a.b{n}.c = 1\n" for n in range(4001)),
    "values": lambda: f"x = [{'0, ' * 300_001}]",
    "inline tables": lambda: f"x = [{'{}, ' * 20_001}]",
    "keys": lambda: many(120_001, "k{} = 1\n").replace(", ", ""),
    "keys of one table": lambda: f"x = {{{many(120_001, 'k{}=1')}}}",
    "lines": lambda: "\n" * 300_001,
    "dates and times": lambda: f"x = [{'1979-05-27, ' * 1001}]",
    "texts": lambda: "x = [" + "'', " * 140_001 + "]",
    "letters in keys": lambda: ("0-" * 1001 + " = 1\n") * 2001,
    "letters in a text": lambda: f"x = '{'k' * 4_000_001}'",
    "escapes": lambda: 'x = "' + "\\u0041" * 20_001 + '"',
}
LESSONS = {
    "hints": check("hints = [" + many(27, '"h{}"') + "]").replace('hints = ["h"]\n', ""),
    "wrong answers": check("wrong = [" + many(27, '{{answer = "{}", say = "s"}}') + "]"),
    "choices": check("choices = [" + many(27, '"c{}"') + "]").replace('"number"', '"choice"'),
    "parts of an order": check("").replace('"number"', '"order"').replace('"1"', "[" + many(27, '"p{}"') + "]"),
    "fences": HEAD + "```check\n```\n\n" * 250,
    "pictures": HEAD + "```network\nexercise = 'exercise-1'\n```\n\n" * 41,
    "trainings": HEAD + "```plot\nexercise = 'exercise-1'\ntraining = 10000\n```\n\n" * 3,
    "lines": HEAD + "- a\n\n" * 2001, "a long prompt": check("").replace('"p"', '"' + "[" * 2001 + '"'),
    "brackets": HEAD + "[" * 20_000, "stars": HEAD + "*" * 20_000, "a table": HEAD + ("|a" * 1000 + "\n") * 10,
}


@pytest.mark.parametrize("name", TABLES)
def test_an_exercise_has_bounds(name: str) -> None:
    with pytest.raises(ExerciseError, match=r"there are over [0-9,]+ "):
        load_toml(TABLES[name](), "file.toml")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_bounds_and_says_which(name: str, tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text(LESSONS[name], "utf-8")
    said = [finding.message for finding in inspect_lesson(path)[1] if finding.severity == "error"]
    assert any(re.search(r"are the most|over [0-9]+", message) for message in said), said


def test_the_pictures_of_a_lesson_have_a_bound_together(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    block = "```plot\nexercise = 'exercise-2'\nagainst = ['w 1:i->j', 'w 2:j->k']\n```\n\n"
    path.write_text(HEAD + block * 21, "utf-8")
    said = [finding.message for finding in lint(path)]
    assert sum("the pictures of the lesson up to this one take too long" in message for message in said) == 1, said


def test_a_lesson_of_over_200_kb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text(HEAD + "word\n\n" * 40_000, "utf-8")
    with pytest.raises(ExerciseError, match="too large: 200 kB"):
        course.load_lesson(path)


NETWORK = ('format = 1\ntitle = "t"\n[network]\nlayers = [{layers}]\nactivation = "{activation}"\n'
           'cost = "{cost}"\nlearning_rate = 0.1\nweights = [{weights}]\n')
ONE = NETWORK.format(layers="1, 1", activation="relu", cost="squared_error", weights="[[0.5]]")
SAMPLE = "[[samples]]\ninputs = [1.0]\ntargets = [1.0]\n"
CIRCUIT = 'format = 1\ntitle = "t"\n[circuit]\ninputs = {{ {inputs} }}\ngates = [{gates}]\n'
EXERCISES = {
    "samples": ONE + SAMPLE * 2001,
    "samples in many layers": NETWORK.format(
        layers="1, " * 100, activation="relu", cost="squared_error", weights="[[0.5]], " * 99) + SAMPLE * 201,
    "asked": ONE + SAMPLE + "[ask]\nweights = [" + many(1001, '"1:{}->1"') + "]\n",
    "inputs": CIRCUIT.format(inputs=many(1001, "x{} = 1.0"), gates='"f = x1"'),
    "formulas": CIRCUIT.format(inputs="x = 1.0", gates=many(100, '"g{} = ' + "x + " * 80 + 'x"')),
}


@pytest.mark.parametrize("name", EXERCISES)
def test_a_large_exercise_is_refused_by_a_limit_that_is_said(name: str, tmp_path: Path) -> None:
    path = tmp_path / "exercise.toml"
    path.write_text(EXERCISES[name], "utf-8")
    with pytest.raises(ExerciseError, match=r"samples at most|are the most|1 to 1,000 inputs|over 20,000"):
        course.load(path)


def test_a_wide_softmax_keeps_no_matrix_of_its_slopes(tmp_path: Path) -> None:
    path = tmp_path / "exercise.toml"
    zeros = "0, " * 1500
    path.write_text(NETWORK.format(layers="1, 1500", activation="softmax", cost="cross_entropy",
                                   weights=f"[[{zeros}]]") + SAMPLE.replace("[1.0]\n", f"[1, {zeros[3:]}]\n")
                    .replace(f"inputs = [1, {zeros[3:]}]", "inputs = [1]"), "utf-8")
    tracemalloc.start()
    try:
        exercise = course.load(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert exercise.solve().steps[-1].id == "C'"
    assert most < 30_000_000


def test_only_so_many_lessons_and_exercises_of_a_folder_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "tui-backprop" / "courses" / "vast"
    (folder / "exercises").mkdir(parents=True)
    for number in range(1001):
        (folder / "exercises" / f"e{number}.toml").touch()
    assert len(Course("vast", folder).exercises()) == 1000
    assert any("of exercises the first 1,000 are listed" in fault for fault in course_faults())


def test_a_course_whose_sections_need_one_another_many_times_over_is_refused() -> None:
    names = many(200, '"l{}"')
    sections = "".join(f'[[sections]]\ntitle = "s{n}"\nlessons = [{names}]\n' for n in range(6))
    faults = syllabus_from_text(f'title = "t"\n{sections}', "course.toml")[1]
    assert "over 1,000 lessons" in faults[0].message
    needs = f'title = "t"\n[[sections]]\ntitle = "s"\nlessons = ["a"]\nneeds = [{names}]\n'
    assert "50 are the most" in syllabus_from_text(needs, "course.toml")[1][0].message
