"""``mark`` as a teacher uses it: a class of thirty sheets, some of them odd, as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.school_class import SIZE, SchoolClass, school_class
from tui_backprop import course
from tui_backprop.cli.main import main
from tui_backprop.typeset.glyphs import cells

EXERCISES = ["exercise-2", "exercise-3", "mazur", "softmax-2-3-2", "batch-of-three"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sheets"


def seated(name: str, folder: Path, seed: int = 1) -> SchoolClass:
    """A class's sheets in the folder."""
    made = school_class(course.load(name), seed)
    made.write(folder)
    return made


def told(*words: str, capsys: Captured) -> tuple[int, str, str]:
    """The status of a call, and what it said on stdout and on stderr."""
    status = main(["mark", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", EXERCISES)
def test_every_seeded_mistake_is_counted_and_nothing_else_is_wrong(
    name: str, seed: int, folder: Path, capsys: Captured,
) -> None:
    made = seated(name, folder, seed)
    status, out, _ = told(name, str(folder), "--json", capsys=capsys)
    marked = json.loads(out)
    assert status == 1
    assert len(marked["sheets"]) == SIZE
    by_step = Counter({step: 0 for step, _ in made.seeded})
    for row in marked["commonest"]:
        by_step[row["id"]] += row["count"]
        known = {code: count for (step, code), count in made.seeded.items() if step == row["id"]}
        assert row["count"] in known.values()
        assert row["mistakes"]
    assert by_step == sum((Counter({step: count}) for (step, _), count in made.seeded.items()), Counter[str]())
    counts = [row["count"] for row in marked["commonest"]]
    assert counts == sorted(counts, reverse=True)
    for file, sheet in marked["sheets"].items():
        answers = made.sheets[Path(file).name]["answers"]
        assert isinstance(answers, dict)
        verdicts = Counter(mark["verdict"] for mark in sheet["marks"])
        assert sheet["out_of"] - sheet["score"] == verdicts["wrong"] + verdicts["missing"]
        assert verdicts["missing"] == sheet["out_of"] - len(answers)
        assert verdicts["wrong"] <= 1
        assert verdicts["invalid"] == 0


@pytest.mark.parametrize("glyphs", [(), ("--ascii",)])
@pytest.mark.parametrize("name", EXERCISES)
def test_the_table_is_eighty_columns_wide_with_a_line_a_sheet(
    name: str, glyphs: tuple[str, ...], folder: Path, capsys: Captured,
) -> None:
    seated(name, folder)
    _, out, err = told(name, str(folder), *glyphs, capsys=capsys)
    lines = out.splitlines()
    assert max(map(cells, lines)) <= 80
    assert not glyphs or out.isascii()
    assert err == ""
    head = next(number for number, line in enumerate(lines) if line.split()[:2] == ["score", "carried"])
    table = lines[head + 1:lines.index("", head)]
    assert len(table) == SIZE
    assert "The commonest wrong answers" in lines


def test_the_table_of_exercise_2(folder: Path, capsys: Captured) -> None:
    seated("exercise-2", folder)
    _, out, _ = told("exercise-2", str(folder), capsys=capsys)
    assert "\n  13/14        5  Émilie du Ch..t (sheet-01)  dC/da 2:k\n" in out
    assert "\n  11/14           Wilhelmina F..t (sheet-08)  -w' 2:j->k, w' 1:i->j, -C'\n" in out
    assert "\n  6 x  dC/da 2:k  -0.603          factor_two\n       That is aₖ − y: the square brings" in out


def test_one_sheet_is_shown_step_by_step(folder: Path, capsys: Captured) -> None:
    seated("exercise-2", folder)
    status, out, _ = told("exercise-2", str(folder / "sheet-08.json"), "--ascii", capsys=capsys)
    assert status == 1
    assert out.startswith("Wilhelmina Friederike Grafin von und zu Unterhaltung-Langenscheidt, Exercise 2")
    assert "\nright     z 1:j         0.602\n" in out
    assert "\nleft out  C'\n" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_table_for_a_spreadsheet_says_whose_and_holds_no_formula(folder: Path, capsys: Captured) -> None:
    folder.mkdir()
    sheet = {"learner": "=HYPERLINK(\"x\")", "answers": {"C": "=1+1", "z 1:j": "-0.6", "a 1:j": "+0.602\n@x"}}
    (folder / "+cmd.json").write_text(json.dumps(sheet), encoding="utf-8")
    _, out, _ = told("exercise-2", str(folder), "--csv", capsys=capsys)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 14
    given = {row["id"]: row["given"] for row in rows}
    assert (given["C"], given["z 1:j"], given["a 1:j"]) == ("'=1+1", "-0.6", "'+0.602\\n@x")
    assert {row["learner"] for row in rows} == {"'=HYPERLINK(\"x\")"}


BAD = {
    "not json": b"{", "a list": b"[1]", "two of one": b'{"C": "1", "C": "2"}', "an unknown id": b'{"z 9:q": "1"}',
    "a given": b'{"a 0:i": "0.7"}', "no answers": b'{"answers": 3}', "no name": b'{"learner": 5, "answers": {}}',
    "not text": b"\xff\xfe", "an escape": b'{"C": "\x1b[2J"}', "an endless nest": b'{"a":' * 100_000,
    "an odd answer": b'{"C": ["0.1"]}', "too large": b" " * 2_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_sheet_gives_one_line_and_the_others_are_marked(name: str, folder: Path, capsys: Captured) -> None:
    made = seated("exercise-1", folder)
    (folder / "bad.json").write_bytes(BAD[name])
    status, out, err = told("exercise-1", str(folder), capsys=capsys)
    assert status == 2
    assert f"{len(made.sheets)} sheets" in out
    assert err.count("\n") == 1
    assert err.startswith(f"tui-backprop: {folder}/bad.json:")
    status, out, err = told("exercise-1", str(folder / "bad.json"), capsys=capsys)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_sheet_of_another_exercise_is_told_in_one_line_and_marked(folder: Path, capsys: Captured) -> None:
    folder.mkdir()
    file = folder / "a.json"
    file.write_text('{"exercise": "exercise-3", "answers": {"C": "0.363"}}', encoding="utf-8")
    status, out, err = told("exercise-2", str(file), capsys=capsys)
    assert status == 1
    assert "1 of 14" in out
    assert err.count("\n") == 1
    assert "this sheet says it is for exercise-3" in err
    for good in ("exercise-2", course.load("exercise-2").digest):
        file.write_text(json.dumps({"exercise": good, "answers": {}}), encoding="utf-8")
        assert told("exercise-2", str(file), capsys=capsys)[2] == ""


def test_a_sheet_says_in_which_notation_its_names_are(folder: Path, capsys: Captured) -> None:
    folder.mkdir()
    sheet = {"notation": "nielsen", "answers": {"z 1:k": "0.24", "a 1:k": "z_k"}}
    (folder / "a.json").write_text(json.dumps(sheet), encoding="utf-8")
    _, out, _ = told("exercise-1", str(folder / "a.json"), "--json", capsys=capsys)
    marks = {mark["id"]: mark["verdict"] for mark in json.loads(out)["marks"]}
    assert marks["z 1:k"] == "correct"
    assert marks["a 1:k"] == "invalid"


def test_everything_right_is_status_0(folder: Path, capsys: Captured) -> None:
    made = seated("exercise-2", folder)
    right = [folder / name for name, content in made.sheets.items() if content["answers"] == made.sheets[
        "sheet-03.json"]["answers"]]
    assert told("exercise-2", *map(str, right), capsys=capsys)[0] == 0
