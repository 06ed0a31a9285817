"""``docs/authoring.md`` is done as it stands there: its files written, its calls made, what they print compared."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_docs import ROOT
from tui_backprop.cli.main import main

TEXT = (ROOT / "docs" / "authoring.md").read_text("utf-8")
PIECE = re.compile(r"^<!-- file: (\S+) -->\n(`{3,})\w+\n(.*?)^\2$|^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> Iterator[tuple[str, str]]:
    """Each file with its text, each call with what it prints, in their order; but a call's input comes before it."""
    found = [(piece[1] or "", piece[3] if piece[1] else piece[4]) for piece in PIECE.finditer(TEXT)]
    inputs = [step for step in found if step[0] and f"< {step[0]}" in TEXT]
    for file, text in (*inputs, *(step for step in found if step not in inputs)):
        if file:
            yield f"file {file}", text
        else:
            for call in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                yield call.partition("\n")[::2]


def test_the_whole_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    calls = 0
    for step, text in steps():
        if step.startswith("file "):
            Path(step.removeprefix("file ")).write_text(text, "utf-8")
            continue
        words = shlex.split(step)
        assert words[0] == "tui-backprop"
        if "<" in words:
            monkeypatch.setattr("sys.stdin", io.StringIO(Path(words[-1]).read_text("utf-8")))
            words = words[:words.index("<")]
        status = main(words[1:])
        assert capsys.readouterr().out.rstrip() == text.rstrip(), step
        assert status == (1 if words[1] == "check" and text else 0), step
        calls += 1
    assert calls == TEXT.count("\n$ ")
