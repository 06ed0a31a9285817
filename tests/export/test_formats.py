"""One table of formats: a new one is an entry more."""

from __future__ import annotations

import pytest

from tui_backprop.cli.main import main
from tui_backprop.export.formats import FORMATS, Format


def test_a_new_format_is_written_named_and_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(FORMATS, "notes", Format("text:solution_text", "sheet_text:markdown_sheets"))
    written = {}
    for form in ("notes", "text", "markdown"):
        for verb in ("solve", "worksheet"):
            if getattr(FORMATS[form], {"solve": "solution", "worksheet": "sheets"}[verb]):
                assert main([verb, "exercise-1", "--format", form]) == 0
                written[verb, form] = capsys.readouterr().out
    assert written["solve", "notes"] == written["solve", "text"]
    assert written["worksheet", "notes"] == written["worksheet", "markdown"]
    for words in (["solve", "--help"], ["worksheet", "--help"], ["completion", "bash"]):
        assert main(words) == 0
        assert "notes" in capsys.readouterr().out


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_names_is_there(name: str) -> None:
    form = FORMATS[name]
    assert form.solution or form.sheets
    assert not form.solution or callable(form.solution_writer())
    assert not form.sheets or callable(form.sheet_writer())
