"""What a shared host's one command may open: names, and files of its one folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import call, environment_of
from tui_backprop import course
from tui_backprop.course.confinement import release


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder around the one to be confined to, which is ``work``; the call comes from here."""
    (tmp_path / "work").mkdir()
    (tmp_path / "out.toml").write_text(course.locate("exercise-1", "exercise").read_text("utf-8"), "utf-8")
    (tmp_path / "work" / "in.toml").write_bytes((tmp_path / "out.toml").read_bytes())
    (tmp_path / "work" / "soft.toml").symlink_to(tmp_path / "out.toml")
    os.link(tmp_path / "out.toml", tmp_path / "work" / "hard.toml")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    release()


@pytest.mark.parametrize(("words", "said"), [
    (["in.toml"], "plain lines"), (["exercise-1"], "plain lines"), (["../out.toml"], "is outside"),
    (["soft.toml"], "is outside"), (["hard.toml"], "a second name"), (["out.toml"], "no such file"),
    (["/proc/self/cwd/../out.toml"], "is outside"), (["../out.md"], "is outside"), (["--confined=/"], "two folders"),
    (["--confined", "/", "in.toml"], "two folders"),
])
def test_only_what_lies_in_the_folder_is_opened(words: list[str], said: str, around: Path) -> None:
    done = call(environment_of(around / "state"), "--confined", "work", *words)
    assert (said in done.stderr, done.stderr.count("\n")) == (True, 1)
    assert done.returncode == (0 if said == "plain lines" else 2)
