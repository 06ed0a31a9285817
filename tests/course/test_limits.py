"""Files that would take long or fill the memory are refused by a limit that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.read_lesson import inspect_lesson
from tui_backprop.course.toml import load_toml

HEAD = '+++\ntitle = "t"\norder = 1\n+++\n\n'


def check(line: str) -> str:
    return f'{HEAD}```check\nkind = "number"\nprompt = "p"\nanswer = "1"\nhints = ["h"]\n{line}\n```\n'


def many(count: int, form: str) -> str:
    return ", ".join(form.format(n) for n in range(count))


TABLES = {
    "tables": "[t]\n" * 20_001, "nested tables": "".join(f"[t.a{n}.b]\n" for n in range(20_001)),
    "keys with points": "".join(f"a.b{n}.c = 1\n" for n in range(20_001)),
    "inline tables": f"x = [{'{}, ' * 100_001}]", "escapes": 'x = "' + "\\u0041" * 20_001 + '"',
}
LESSONS = {
    "hints": check("hints = [" + many(27, '"h{}"') + "]").replace('hints = ["h"]\n', ""),
    "wrong answers": check("wrong = [" + many(27, '{{answer = "{}", say = "s"}}') + "]"),
    "choices": check("choices = [" + many(27, '"c{}"') + "]").replace('"number"', '"choice"'),
    "parts of an order": check("").replace('"number"', '"order"').replace('"1"', "[" + many(27, '"p{}"') + "]"),
    "fences": HEAD + "```check\n```\n\n" * 250,
    "brackets": HEAD + "[" * 20_000, "stars": HEAD + "*" * 20_000, "a table": HEAD + ("|a" * 1000 + "\n") * 10,
}


@pytest.mark.parametrize("name", TABLES)
def test_an_exercise_has_bounds(name: str) -> None:
    with pytest.raises(ExerciseError, match=r"there are over [0-9,]+ "):
        load_toml(TABLES[name], "file.toml")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_bounds_and_says_which(name: str, tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text(LESSONS[name], "utf-8")
    said = [finding.message for finding in inspect_lesson(path)[1] if finding.severity == "error"]
    assert any(word in message for message in said for word in ("are the most", "over 200", "over 10,000")), said


def test_a_lesson_of_over_200_kb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text(HEAD + "word\n\n" * 40_000, "utf-8")
    with pytest.raises(ExerciseError, match="too large: 200 kB"):
        course.load_lesson(path)
