"""The templates pass the check, and are never written over a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop.cli.main import main


@pytest.mark.parametrize(("what", "name"), [("lesson", "mine.md"), ("exercise", "mine.toml")])
def test_a_template_passes_the_check(
    what: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / name
    assert main(["new", what, str(path)]) == 0
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == "1 file checked: nothing is wrong.\n"
    path.write_text("mine")
    assert main(["new", what, str(path)]) == 2
    assert path.read_text() == "mine"
    assert "there is such a file already" in capsys.readouterr().err
    assert main(["new", what, str(tmp_path / "mine.txt")]) == 2


def test_an_answer_sheet_is_nothing_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ada.json"
    path.write_text("{}")
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"tui-backprop: {path}: check takes lessons (*.md), exercises (*.toml) and courses (folders); answer sheets "
        "are for mark\n")
