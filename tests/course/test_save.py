"""An exercise file is saved whole or not at all, and over another only where that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.save import save_text


def test_another_file_is_left_alone_unless_it_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    save_text(path, "one")
    with pytest.raises(FileExistsError):
        save_text(path, "two")
    assert path.read_text("utf-8") == "one"
    save_text(path, "two", replace=True)
    assert path.read_text("utf-8") == "two"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("one", "utf-8")
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    save_text(tmp_path / "link.toml", "two", replace=True)
    assert (tmp_path / "link.toml").is_symlink()
    assert (tmp_path / "real.toml").read_text("utf-8") == "two"


@pytest.mark.parametrize(("name", "reason"), [
    ("", "this is a folder"), ("no/such.toml", "no such folder"), ("a\x00b", "not a possible file name"),
    ("n" * 300, "cannot be written"),
])
def test_what_cannot_be_saved_is_told_in_one_line(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ExerciseError, match=reason) as caught:
        save_text(tmp_path / name, "text")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
