"""``plot``: what it prints in every format, and what it says to calls that cannot be done."""

from __future__ import annotations

import csv
import io
import json
import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import tui_backprop as tb
from tests.effort import pairs
from tests.exercise_files import chain_file
from tui_backprop.cli.main import main
from tui_backprop.derivation import Derivation

CURVE = ["plot", "exercise-2", "--against", "w 1:i->j"]
MAP = ["plot", "mazur", "--against", "w 1:i1->h1", "--against", "w 2:h1->o1"]
TRAINING = ["plot", "exercise-2", "--training", "5", "--rate", "0.1", "--rate", "2"]


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def test_a_curve_as_json_is_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed([*CURVE, "--format", "json"], capsys))
    values = Derivation(tb.load("exercise-2").task).values
    assert list(data) == ["format", "kind", "against", "points", "at", "cost", "slope", "next"]
    assert (data["format"], data["kind"], data["against"]) == (1, "curve", "w 1:i->j")
    assert (data["at"], data["cost"], data["slope"]) == (0.86, values("C"), values("dC/dw 1:i->j"))
    assert data["next"][0] == pytest.approx(values("w' 1:i->j"), abs=1e-15)
    assert all(cost == pytest.approx((0.66 * max(0.7 * x, 0) - 1) ** 2, abs=1e-12) for x, cost in data["points"])


def test_a_map_as_json_is_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    spans = ["--from", "0", "--to", "1", "--from", "-1", "--to", "2"]
    data = json.loads(printed([*MAP, "--format", "json", *spans], capsys))
    assert list(data) == ["format", "kind", "against", "xs", "ys", "costs", "path"]
    assert (data["xs"][0], data["xs"][-1], data["ys"][0], data["ys"][-1]) == (0, 1, -1, 2)
    assert len(data["costs"]) == len(data["ys"])
    assert {len(row) for row in data["costs"]} == {len(data["xs"])}
    assert data["path"][0] == [0.15, 0.4, pytest.approx(0.298371109)]
    assert data["path"][1][:2] == [pytest.approx(0.14978072), pytest.approx(0.35891648)]


def test_a_training_as_json_is_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed([*TRAINING, "--format", "json"], capsys))
    assert list(data) == ["format", "kind", "runs"]
    assert [run["rate"] for run in data["runs"]] == [0.1, 2]
    assert [len(run["costs"]) for run in data["runs"]] == [6, 6]
    assert data["runs"][0]["costs"][1] == pytest.approx(Derivation(tb.load("exercise-2").task).values("C'"), abs=1e-15)


def test_what_has_no_finite_value_is_null(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wild = tmp_path / "wild.toml"
    wild.write_text(chain_file().replace('"relu"', '"identity"'), "utf-8")
    data = json.loads(printed(["plot", str(wild), "--training", "2000", "--rate", "30", "--format", "json"], capsys))
    costs = data["runs"][0]["costs"]
    assert len(costs) == 2001
    assert costs[-1] is None
    said = printed(["plot", str(wild), "--training", "2000", "--rate", "30"], capsys)
    assert "grows until it has no finite value" in said


@pytest.mark.parametrize("words", [CURVE, MAP, TRAINING])
@pytest.mark.parametrize("plain", [[], ["--ascii"]])
def test_a_text_fits_a_page(words: list[str], plain: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = printed([*words, *plain], capsys)
    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) <= 26
    assert not plain or text.isascii()


@pytest.mark.parametrize("words", [CURVE, MAP, TRAINING])
def test_an_svg_is_one_file_with_title_and_description(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    root = ET.fromstring(printed([*words, "--format", "svg"], capsys))
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    title, description = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert not [node for node in root.iter() if any("href" in key for key in node.attrib)]


@pytest.mark.parametrize(("words", "header", "rows"), [
    (CURVE, ["w 1:i->j", "C"], 201), (MAP, ["w 1:i1->h1", "w 2:h1->o1", "C"], 1800),
    (TRAINING, ["update", "rate 0.1", "rate 2.0"], 6),
])
def test_csv_has_a_row_a_point(
    words: list[str], header: list[str], rows: int, capsys: pytest.CaptureFixture[str]
) -> None:
    table = list(csv.reader(io.StringIO(printed([*words, "--format", "csv"], capsys))))
    assert table[0] == header
    assert len(table) == rows + 1
    assert all(math.isfinite(float(value)) for row in table[1:] for value in row)


def test_a_circuit_is_plotted_against_its_inputs_and_gates(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("x", "q"):
        data = json.loads(printed(["plot", "circuit-two-gates", "--against", name, "--format", "json"], capsys))
        assert data["next"] is None
        assert data["cost"] == -12


@pytest.mark.parametrize(("words", "said"), [
    (["plot", "exercise-2"], "--against"),
    (["plot", "exercise-2", "--against", "C"], "name a weight as 'w 1:i->j'"),
    ([*CURVE, "--from", "3", "--to", "1"], "must be smaller"),
    ([*CURVE, "--from", "3"], "go together"),
    ([*CURVE, "--from", "nan", "--to", "1"], "no finite number"),
    ([*CURVE, "--against", "w 1:i->j"], "two different"),
    ([*CURVE, "--training", "5"], "goes without --against"),
    (["plot", "exercise-2", "--training", "0"], "from 1 to"),
    (["plot", "exercise-2", "--training", "x"], "no number"),
    (["plot", "exercise-2", "--training", "5", "--rate", "-1"], "above 0"),
    ([*CURVE, "--rate", "1"], "--rate goes with --training"),
    (["plot", "circuit-two-gates", "--training", "5"], "no learning rate"),
    (["plot", "batch-of-three", "--against", "a 0:i"], "#1 a 1:k"),
    ([*CURVE, "--from", "-1.5e308", "--to", "1.5e308"], "too far apart"),
    ([*CURVE, "--against", "w 9:i->j"], "name a weight as 'w 1:i->j'"),
    (["plot", "exercise-2", "--against", "w 9:i->j", "--against", "w 1:i->j", "--format", "json"], "name a weight as"),
])
def test_what_cannot_be_plotted_is_said_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(("form", "ends"), pairs(
    ["text", "svg", "json", "csv"], [("-1e3", "1e3"), ("-1e300", "1e-300"), ("0", "1e-300"), ("-.5", "-1e-3")]))
def test_any_range_that_has_a_width_can_be_drawn(
    ends: tuple[str, str], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ["--from", ends[0], "--to", ends[1]]
    assert printed([*CURVE, *span, "--format", form], capsys)
    assert printed([*CURVE, "--against", "w 2:j->k", *span, "--from", "0", "--to", "1", "--format", form], capsys)
