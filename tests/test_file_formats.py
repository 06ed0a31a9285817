"""``docs/file-formats.md`` says what is so: its examples work, every key that is read is in it, its maths is ours."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_docs import ROOT
from tui_backprop import load, mark
from tui_backprop.cli.check import TOOLS
from tui_backprop.cli.main import main
from tui_backprop.course.lint import lint
from tui_backprop.export.marks import CSV_HEADER
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.records.events import decode
from tui_backprop.records.notes import EventKind
from tui_backprop.typeset.box import draw
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.latex_commands import ENVIRONMENTS, list_commands
from tui_backprop.typeset.read_latex import parse_latex
from tui_backprop.typeset.spoken import pronounce

TEXT = (ROOT / "docs" / "file-formats.md").read_text("utf-8")
EXAMPLE = re.compile(r"^<!-- example: ([^\n]*) -->\n(`{3,})(\w+)\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
EXAMPLES = [(found[1], found[3], found[4]) for found in EXAMPLE.finditer(TEXT)]
HEAD = '+++\ntitle = "T"\norder = 1\nsummary = "S"\n+++\n\n```check\nkind = "number"\nprompt = "One?"\nanswer = 1\n' \
       'hints = ["One."]\n```\n\n'
UNKNOWN = "qqqqqq"


def of_kind(kind: str) -> list[tuple[str, str]]:
    return [(language, text) for what, language, text in EXAMPLES if what.split()[0] == kind]


def found_in(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    return [f"{finding.line}: {finding.message}" for finding in lint(path, TOOLS)]


def test_every_fence_is_an_example() -> None:
    inner = TEXT
    for found in EXAMPLE.finditer(TEXT):
        inner = inner.replace(found[0], "")
    assert "```" not in inner


@pytest.mark.parametrize("text", [text for _, text in of_kind("exercise")])
def test_an_exercise_passes_the_check(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path / "e.toml", text) == []


@pytest.mark.parametrize("text", [text for _, text in of_kind("lesson")])
def test_a_lesson_passes_the_check(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path / "l.md", text) == []


@pytest.mark.parametrize(("language", "text"), of_kind("block"))
def test_a_block_passes_the_check(language: str, text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path / "l.md", f"{HEAD}```{language}\n{text}```\n") == []


@pytest.mark.parametrize("text", [text for _, text in of_kind("course")])
def test_a_course_passes_the_check(text: str, tmp_path: Path) -> None:
    for section in tomllib.loads(text)["sections"]:
        for name in section["lessons"]:
            (tmp_path / f"{name}.md").write_text(HEAD)
    assert found_in(tmp_path / "course.toml", text) == []


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, _, text in EXAMPLES if what.startswith("sheet")])
def test_a_sheet_is_marked(what: str, text: str) -> None:
    marks = mark(load(what.split()[1]), json.loads(text))["marks"]
    assert {each["verdict"] for each in marks if each["id"] in json.loads(text)["answers"]} == {"correct"}


def test_a_record_is_read() -> None:
    [(_, text)] = of_kind("record")
    assert decode(text.strip().encode()).note.kind == "answered"
    assert all(f"`{kind}`" in TEXT for kind in EventKind)


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, _, text in EXAMPLES if what.startswith("csv")])
def test_a_table_has_these_columns(what: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    if what == "csv mark":
        assert text.strip().split(",") == list(CSV_HEADER)
        return
    assert main(shlex.split(what)[1:]) == 0
    assert capsys.readouterr().out.splitlines()[0] == text.strip()


def tables() -> Iterator[tuple[str, str]]:
    """Every table of every format with a key that there is not."""
    exercises = [text for _, text in of_kind("exercise")]
    for head in ("", "[network]\n", "[[samples]]\n", "[ask]\n", "[answers]\n", "[circuit]\n"):
        for text in exercises:
            if head in text:
                yield "e.toml", text.replace(head, f"{head}{UNKNOWN} = 1\n", 1) if head else f"{UNKNOWN} = 1\n{text}"
    for language, text in of_kind("block"):
        yield "l.md", f"{HEAD}```{language}\n{UNKNOWN} = 1\n{text}```\n"
    yield "l.md", HEAD.replace("+++\n", f"+++\n{UNKNOWN} = 1\n", 1)
    [(_, course)] = of_kind("course")
    yield "course.toml", f"{UNKNOWN} = 1\n{course}"
    yield "course.toml", course.replace("[[sections]]\n", f"[[sections]]\n{UNKNOWN} = 1\n", 1)


@pytest.mark.parametrize(("file", "text"), [pytest.param(*each, id=str(n)) for n, each in enumerate(tables())])
def test_every_key_that_is_read_is_told_of(file: str, text: str, tmp_path: Path) -> None:
    messages = [message for message in found_in(tmp_path / file, text) if UNKNOWN in message]
    assert messages
    keys = [key for message in messages for key in message.partition("use one of ")[2].split(", ") if key != "…"]
    assert len(keys) > 1 or "answers" in messages[0]
    examples = "\n".join(text for _, _, text in EXAMPLES)
    untold = [key for key in keys if f"`{key}`" not in TEXT and not re.search(rf"^\W*{key}\s*=", examples, re.MULTILINE)
              and f"[{key}]" not in TEXT]
    assert untold == []


def test_every_activation_and_cost_is_told_of() -> None:
    assert [name for name in (*ACTIVATIONS, *COSTS) if f"`{name}`" not in TEXT] == []


MATHS = TEXT.partition("<!-- maths -->")[2].partition("<!-- /maths -->")[0]
ROWS = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in MATHS.splitlines()[3:] if line]


def pieces(cell: str) -> list[str]:
    """What stands as code in a cell; there a bar is written with a backslash before it."""
    return [piece.replace("\\\\|", "\\|") for piece in re.findall(r"`([^`]+)`", cell)]


def test_the_table_of_maths_is_what_is_read() -> None:
    told = {piece for row in ROWS for piece in pieces(row[1])}
    commands = {piece for piece in told if piece.startswith("\\")} | {"\\ "}
    assert commands == list_commands()
    assert {piece for piece in told if piece.isalpha()} == set(ENVIRONMENTS)


@pytest.mark.parametrize("formula", [formula for row in ROWS for formula in pieces(row[2])])
def test_an_example_of_the_table_is_set_and_said(formula: str) -> None:
    layout = parse_latex(formula)
    assert all(draw(layout, glyphs).lines for glyphs in Glyphs)
    assert "\n".join(draw(layout, Glyphs.ASCII).lines).isascii()
    assert pronounce(layout).isascii()
