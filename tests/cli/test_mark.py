"""``mark`` as a teacher uses it: a class of thirty sheets, some of them odd, as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from functools import cache
from itertools import islice, product
from pathlib import Path

import pytest

from tests.cli.school_class import SIZE, SchoolClass, school_class
from tests.effort import some
from tui_backprop import course
from tui_backprop.cli.main import main
from tui_backprop.typeset.glyphs import cells

EXERCISES = ["exercise-2", "exercise-3", "mazur", "softmax-2-3-2", "batch-of-three"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sheets"


@cache
def class_of(name: str, seed: int) -> SchoolClass:
    """Worked out once: nothing changes it."""
    return school_class(course.load(name), seed)


def seated(name: str, folder: Path, seed: int = 1) -> SchoolClass:
    """A class's sheets in the folder."""
    made = class_of(name, seed)
    made.write(folder)
    return made


def told(*words: str, capsys: Captured) -> tuple[int, str, str]:
    """The status of a call, and what it said on stdout and on stderr."""
    status = main(["mark", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize(("seed", "name"), some([*product([1], EXERCISES), *product([2], EXERCISES[:2])]))
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


@pytest.mark.parametrize(
    ("glyphs", "name"), some([*product([()], EXERCISES[::2]), *product([("--ascii",)], EXERCISES[1::2])]))
def test_the_table_is_eighty_columns_wide_with_a_line_a_sheet(
    name: str, glyphs: tuple[str, ...], folder: Path, capsys: Captured,
) -> None:
    seated(name, folder)
    _, out, err = told(name, str(folder), *glyphs, capsys=capsys)
    lines = out.splitlines()
    assert max(map(cells, lines)) <= 80
    assert not glyphs or out.isascii()
    assert err == ""
    head = next(number for number, line in enumerate(lines) if line.split()[:2] == ["score", "follow_through"])
    table = lines[head + 1:lines.index("", head)]
    assert len(table) == SIZE
    assert "The commonest wrong answers" in lines


def test_the_table_of_exercise_2(folder: Path, capsys: Captured) -> None:
    seated("exercise-2", folder)
    _, out, _ = told("exercise-2", str(folder), capsys=capsys)
    assert "\n  13/14               5  Émilie du C.. (sheet-01)  6 ∂C/∂aₖ\n" in out
    assert "\n  11/14                  Wilhelmina .. (sheet-08)  (12 w′ⱼₖ), 13 w′ᵢⱼ, (14 C′)\n" in out
    assert "\n  6 x  step 6, ∂C/∂aₖ (dC/da 2:k): -0.603\n       lost, or added, the 2 that the square brings" in out
    assert "\n       That is aₖ − y: the square brings" in out


def test_one_sheet_is_shown_step_by_step(folder: Path, capsys: Captured) -> None:
    seated("exercise-2", folder)
    status, out, _ = told("exercise-2", str(folder / "sheet-08.json"), "--ascii", capsys=capsys)
    assert status == 1
    assert out.startswith("Wilhelmina Friederike Grafin von und zu Unterhaltung-Langenscheidt, Exercise 2")
    assert "\ncorrect         1 z_j         z 1:j         0.602\n" in out
    assert "\nmissing        14 C'          C'\n" in out
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
    made = SchoolClass(dict(islice(class_of("exercise-1", 1).sheets.items(), 3)))
    made.write(folder)
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


def written(folder: Path, **sheets: object) -> str:
    """A folder with these sheets, each under its name."""
    folder.mkdir(exist_ok=True)
    for name, sheet in sheets.items():
        (folder / f"{name}.json").write_text(json.dumps(sheet), encoding="utf-8")
    return str(folder)


def test_what_cannot_be_marked_in_a_sheet_costs_nothing_else_in_it(folder: Path, capsys: Captured) -> None:
    answers = {"z 1:j": "0.602", "z 9:q": "1", "a 1:j": ["0.602"], "y 2:k": 1, "C": True}
    status, out, err = told("exercise-2", written(folder, a={"answers": answers}), "--json", capsys=capsys)
    marks = {mark["id"]: mark["verdict"] for mark in json.loads(out)["marks"]}
    assert (marks["z 1:j"], marks["a 1:j"], marks["C"]) == ("correct", "invalid", "invalid")
    assert status == 2
    assert err == (
        f"tui-backprop: {folder}/a.json: answers: 'z 9:q' is not a quantity of this exercise; the answer to 'a 1:j' "
        "must be text or a number; 'y 2:k' is given, and is not asked; the answer to 'C' must be text or a number; the "
        "rest is marked\n")


def test_a_sheet_of_another_exercise_that_does_not_fit_is_named_and_left_out(folder: Path, capsys: Captured) -> None:
    right = {"exercise": "exercise-2", "answers": {"z 1:j": "0.602"}}
    other = {"exercise": course.load("mazur").digest, "answers": {"C": "0.298", "z 1:h1": "0.3775"}}
    _, out, err = told("exercise-2", written(folder, a=right, b=other), capsys=capsys)
    assert "1 sheet, 14 steps asked; 1 more could not be marked" in out
    assert "b.json: this sheet says it is for mazur, not for exercise-2, and does not fit it" in err


def test_a_gradebook_has_the_score_the_learner_and_those_that_could_not_be_marked(
    folder: Path, capsys: Captured,
) -> None:
    whole = {"learner": "Ada", "answers": {"z 1:j": "0.602", "a 1:j": "0.5"}}
    where = written(folder, ada=whole, odd=3)
    _, out, _ = told("exercise-2", where, "--csv", capsys=capsys)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sum(int(row["score"]) for row in rows) == 1
    assert sum(int(row["counts"]) for row in rows) == 14
    assert (rows[-1]["sheet"], rows[-1]["verdict"]) == (f"{folder}/odd.json", "unmarked")
    _, out, _ = told("exercise-2", where, "--json", capsys=capsys)
    marked = json.loads(out)
    assert marked["sheets"][f"{folder}/ada.json"]["learner"] == "Ada"
    assert marked["unmarked"] == {f"{folder}/odd.json": "a sheet is a JSON object of step ids and answers"}
    status, out, complaint = told("exercise-2", where, "--csv", "--json", capsys=capsys)
    assert (status, out) == (2, "")
    assert complaint == ("tui-backprop: argument --json: not allowed with argument --csv "
                         "(usage: tui-backprop mark EXERCISE SHEET... [--json|--csv])\n")


def test_a_folder_without_sheets_hinders_no_other(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "none").mkdir()
    written(folder, a={"answers": {"z 1:j": "0.602"}})
    (folder / "a.json").rename(folder / "A.JSON")
    status, out, err = told("exercise-2", str(tmp_path / "none"), str(folder), capsys=capsys)
    assert status == 2
    assert "1 of 14" in out
    assert "none: this folder has no sheets (*.json)" in err


def test_slips_come_before_what_only_follows_from_them(folder: Path, capsys: Captured) -> None:
    """Two learners turn the hidden unit off; all zeros after it are no mistakes of their own."""
    sheet = {"answers": {"z 1:j": "-0.602", "a 1:j": "0", "z 2:k": "0", "a 2:k": "0"}}
    _, out, _ = told("exercise-2", written(folder, a=sheet, b=sheet), capsys=capsys)
    assert "2 x  step 1, zⱼ (z 1:j): -0.602\n       turned a sign round, such as y − a for a − y" in out
    assert "(a 1:j)" not in out
    assert "and 3 that only follow from slips before them; --json has them all" in out


def test_a_carried_step_says_for_which_value_it_is_right(folder: Path, capsys: Captured) -> None:
    _, out, _ = told("exercise-2", written(folder, a={"a 1:j": "0.5", "z 2:k": "0.33"}), "--json", capsys=capsys)
    said = {mark["id"]: mark["feedback"] for mark in json.loads(out)["marks"]}
    assert said["z 2:k"] == "Right for your aⱼ = 0.5."


def test_a_table_counts_slips_as_they_are_told_and_a_sheet_is_sent_to_no_hint(folder: Path, capsys: Captured) -> None:
    """The old cost is one slip, whatever else leads to its number; in a sheet there is nobody to ask for a hint."""
    where = written(folder, a={"answers": {"C'": "0.363", "w' 2:j->k": "0.587", "C": "idk", "z 1:j": "0.6"}})
    _, out, _ = told("exercise-2", where, "--csv", capsys=capsys)
    codes = {row["id"]: row["mistakes"] for row in csv.DictReader(io.StringIO(out))}
    assert (codes["C'"], codes["w' 2:j->k"]) == ("not_updated", "ascent")
    _, out, _ = told("exercise-2", where, "--json", capsys=capsys)
    marks = {mark["id"]: mark for mark in json.loads(out)["marks"]}
    assert marks["C'"]["mistakes"][0] == "not_updated"
    assert marks["C"]["feedback"] == "This is no number."
    assert marks["z 1:j"]["feedback"] == "I read 0.6. That fits, but it needs 3 significant digits."
