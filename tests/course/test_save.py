"""An exercise file is saved whole or not at all, and over another only where that is meant."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_backprop.course.confinement import confine, release
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import read_head, read_text
from tui_backprop.course.read import is_exercise
from tui_backprop.course.save import FileInTheWayError, FileState, save_text, write_file
from tui_backprop.desk.paths import complete_path, path_to_open, path_to_save
from tui_backprop.records.transfer import RecordsError, export_events, import_records


def anything(_text: str) -> bool:
    return True


def test_another_file_is_left_alone_unless_it_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    save_text(path, "one", anything)
    with pytest.raises(FileInTheWayError) as found:
        save_text(path, "two", anything)
    assert path.read_text("utf-8") == "one"
    save_text(path, "two", anything, replace=found.value.state)
    assert path.read_text("utf-8") == "two"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("one", "utf-8")
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    with pytest.raises(FileInTheWayError) as found:
        save_text(tmp_path / "link.toml", "two", anything)
    save_text(tmp_path / "link.toml", "two", anything, replace=found.value.state)
    assert (tmp_path / "link.toml").is_symlink()
    assert (tmp_path / "real.toml").read_text("utf-8") == "two"


def test_a_file_that_changed_since_it_was_agreed_to_replace_it_stays(tmp_path: Path) -> None:
    path, other = tmp_path / "mine.toml", tmp_path / "other.toml"
    path.write_text("one", "utf-8")
    with pytest.raises(FileInTheWayError) as found:
        save_text(path, "two", anything)
    path.write_text("somebody's", "utf-8")
    with pytest.raises(ExerciseError, match=r"mine\.toml: this file has changed since you were asked"):
        save_text(path, "two", anything, replace=found.value.state)
    assert path.read_text("utf-8") == "somebody's"
    agreed = FileState.of(path)
    other.write_text("an other's", "utf-8")
    os.utime(other, ns=(agreed.written, agreed.written))  # as large and as old: another file all the same

    def change_late(text: str) -> bool:
        if other.exists():
            other.replace(path)
        return bool(text)

    with pytest.raises(ExerciseError, match="this file has changed"):
        save_text(path, "two", change_late, replace=agreed)
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [("mine.toml", "an other's")]
    save_text(path, "two", anything, replace=FileState.of(path))
    assert path.read_text("utf-8") == "two"


def test_a_file_that_has_gone_since_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("one", "utf-8")
    agreed = FileState.of(path)
    path.unlink()
    save_text(path, "two", anything, replace=agreed)
    assert path.read_text("utf-8") == "two"


@pytest.mark.parametrize(("name", "reason"), [
    ("", "this is a folder"), ("no/such.toml", "no such folder"), ("a\x00b", "not a possible file name"),
    ("n" * 300, "cannot be written"),
])
def test_what_cannot_be_saved_is_told_in_one_line(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ExerciseError, match=reason) as caught:
        save_text(tmp_path / name, "text", anything)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_only_what_we_wrote_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    path.write_text("[tool]\nx = 1\n", "utf-8")
    with pytest.raises(ExerciseError, match="another kind"):
        save_text(path, "mine", is_exercise, replace=FileState.of(path))
    assert path.read_text("utf-8") == "[tool]\nx = 1\n"
    path.write_text('format = 1\n[circuit]\ngates = "unfinished"\n', "utf-8")
    save_text(path, "mine", is_exercise, replace=FileState.of(path))
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", [".bashrc", ".ssh/rc", ".config/x/y.toml"])
def test_no_dotfile_is_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with pytest.raises(ExerciseError, match="begin with a point"):
        save_text(path, "text", anything)
    (tmp_path / "innocent").symlink_to(path)
    with pytest.raises(ExerciseError, match="begin with a point"):
        save_text(tmp_path / "innocent", "text", anything, replace=FileState.of(tmp_path / "innocent"))
    assert not path.exists()


def test_a_sheet_is_private(tmp_path: Path) -> None:
    save_text(tmp_path / "sheet.json", "{}", anything, private=True)
    assert (tmp_path / "sheet.json").stat().st_mode & 0o077 == 0 or os.name != "posix"


@pytest.fixture
def confined(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "work"
    folder.mkdir()
    confine(folder, ())
    yield folder
    release()


def test_confined_means_in_the_folder(confined: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("format = 1", "utf-8")
    (confined / "link.toml").symlink_to(outside)
    (confined / "folder").symlink_to(tmp_path)
    os.link(outside, confined / "second.toml")
    save_text(confined / "inside.toml", "text", anything)
    for path in (outside, confined / "link.toml", confined / ".." / "x.toml", confined / "folder" / "x.toml",
                 confined / "second.toml"):
        with pytest.raises(ExerciseError, match="outside"):
            save_text(path, "text", anything, replace=FileState.of(outside))
        with pytest.raises(ExerciseError, match="outside"):
            path_to_open(str(path))
        with pytest.raises(RecordsError, match="outside"):
            export_events([], path)
        with pytest.raises(RecordsError, match="outside"):
            import_records(tmp_path / "records", path)
    assert outside.read_text("utf-8") == "format = 1"
    assert complete_path(f"{tmp_path}/")[1] == ()
    assert path_to_open("inside.toml") == confined / "inside.toml"
    assert path_to_save("new") == confined / "new.toml"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="not a possible file name"):
        import_records(tmp_path, tmp_path / "a\0b")
    with pytest.raises(RecordsError, match="not a possible file name"):
        export_events((), tmp_path / "a\0b")


def test_a_folder_that_became_a_link_after_it_was_checked_leads_nowhere(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "real").mkdir(parents=True)
    outside.mkdir()
    (home / "folder").symlink_to(outside)
    confine(home, ())
    try:
        with pytest.raises(OSError, match="folder"):
            write_file(home / "folder" / "new.toml", b"text", 0o600)
        with pytest.raises(ValueError, match="outside"):
            write_file(outside / "new.toml", b"text", 0o600)
        write_file(home / "real" / "new.toml", b"text", 0o600)
    finally:
        release()
    assert [list(outside.iterdir()), (home / "real" / "new.toml").read_bytes()] == [[], b"text"]


def test_a_file_that_became_a_link_after_it_was_checked_is_not_read(confined: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("a secret", "utf-8")
    (confined / "folder").mkdir()
    chosen = confined / "folder" / "chosen.toml"
    chosen.write_text("mine", "utf-8")
    assert read_text(path_to_open(str(chosen))) == "mine"
    chosen.unlink()
    chosen.symlink_to(outside)
    with pytest.raises(ExerciseError, match="outside"):
        read_text(chosen)
    chosen.unlink()
    os.link(outside, chosen)
    with pytest.raises(ExerciseError, match="second name"):
        read_text(chosen)
    (confined / "folder").rename(confined / "moved")
    (confined / "folder").symlink_to(tmp_path)
    with pytest.raises(ExerciseError, match="outside"):
        read_text(confined / "folder" / "outside.toml")
    assert read_head(confined / "folder" / "outside.toml") == ""


def test_what_becomes_a_link_between_looking_and_opening_is_not_followed(
    confined: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, chosen = tmp_path / "outside.toml", confined / "chosen.toml"
    outside.write_text("a secret", "utf-8")
    chosen.write_text("mine", "utf-8")

    def late(path: Path) -> Path:
        path.unlink()
        path.symlink_to(outside)
        return path

    monkeypatch.setattr("tui_backprop.course.confinement.real_path", late)
    with pytest.raises(ExerciseError, match="cannot be read"):
        read_text(chosen)


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_to_be_a_moment_ago_stays(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:  # as on a disk that has no second names
        monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os.path, "lexists", lambda _path: False)
    (tmp_path / "new.toml").write_text("somebody's", "utf-8")
    with pytest.raises(FileExistsError, match=r"new\.toml"):
        save_text(tmp_path / "new.toml", "mine", anything)
    save_text(tmp_path / "other.toml", "mine", anything)
    assert [(path.name, path.read_text("utf-8")) for path in sorted(tmp_path.iterdir())] == [
        ("new.toml", "somebody's"), ("other.toml", "mine")]


def refuse(*_words: object, **_options: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
