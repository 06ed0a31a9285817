"""``--notation`` everywhere: what is printed, what is read, and what is said of a name that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import call, refused
from tui_backprop.cli.pages import first_page
from tui_backprop.cli.verbs import VERBS
from tui_backprop.derivation.notation import NOTATIONS


@pytest.mark.parametrize("call_words", [("solve", "exercise-1"), ("quiz", "exercise-1", "--plain"), ("exercise-1",)])
def test_an_unknown_notation_is_refused_with_all_there_are(
    call_words: tuple[str, ...], environment: dict[str, str]
) -> None:
    said = refused(call(environment, *call_words, "--notation", "leibniz"))
    assert all(key in said for key in NOTATIONS)


def test_the_help_names_them_all() -> None:
    assert all(f" {key}" in first_page(VERBS) for key in NOTATIONS)


@pytest.mark.parametrize(("key", "line"), [
    ("hand-out", "z_k = w_jk * a_j"), ("3blue1brown", "z^(L) = w^(L) * a^(L-1)"), ("nielsen", "z^2_k = w^2_kj * a^1_j"),
    ("russell-norvig", "in_k = w_{j,k} * x_j"), ("goodfellow", "a_k^(1) = W_{k,j}^(1) * x_j"),
    ("mazur", "net_o1 = w_1 * i_1"),
])
def test_a_solution_in_ascii(key: str, line: str, environment: dict[str, str]) -> None:
    done = call(environment, "solve", "exercise-1", "--ascii", "--notation", key)
    assert line in done.stdout
    assert done.stdout.isascii()


def test_ids_stay_and_names_change(environment: dict[str, str]) -> None:
    plain = json.loads(call(environment, "solve", "exercise-1", "--json").stdout)
    mazur = json.loads(call(environment, "solve", "exercise-1", "--json", "--notation", "mazur").stdout)
    assert [step["id"] for step in plain["steps"]] == [step["id"] for step in mazur["steps"]]
    assert mazur["steps"][0]["name"] == {"unicode": "netₒ₁", "ascii": "net_o1", "latex": r"\mathrm{net}_{o1}"}


def test_the_plain_quiz_reads_what_it_shows(environment: dict[str, str]) -> None:
    typed = "w1*i1\nnet_o1\n(out_o1 - target)^2\n2(outₒ₁ − target)\n"
    done = call(environment, "quiz", "exercise-1", "--plain", "--notation", "mazur", typed=typed)
    assert done.stdout.count("Right: ") == 4
    assert "∂Eₜₒₜₐₗ/∂outₒ₁ = ?" in done.stdout


def test_marks_read_and_speak_the_notation(environment: dict[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.json"
    sheet.write_text(json.dumps({"C": "(out_o1 - target)^2", "dC/da 1:k": "2(target - out_o1)", "a 1:k": "0.24"}))
    marks = json.loads(call(environment, "mark", "exercise-1", str(sheet), "--json", "--notation", "mazur").stdout)
    by_id = {mark["id"]: mark for mark in marks["marks"]}
    assert by_id["C"]["verdict"] == "correct"
    assert "outₒ₁ − target" in by_id["dC/da 1:k"]["feedback"]
