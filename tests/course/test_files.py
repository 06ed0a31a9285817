"""Files that cannot be read, and what is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import MEGABYTE, format_path, read_head, read_text


def refused(path: str | Path, most: int = MEGABYTE) -> str:
    with pytest.raises(ExerciseError) as caught:
        read_text(path, most)
    return str(caught.value)


def test_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo \xce\xb4\tx\n")
    assert read_text(path) == "one\ntwo δ\tx\n"


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    assert refused(path) == f"{path}: there is no such file: check its name and folder"


def test_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}: this is a folder: name a file in it"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert refused(pipe) == f"{pipe}: this is no regular file: name one"
    assert read_head(pipe) == ""
    assert refused("/dev/zero") == "/dev/zero: this is no regular file: name one"


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.toml"
    path.write_text("x = 1")

    def forbidden(*_arguments: object, **_options: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert refused(path) == f"{path}: there is no permission to read this file: ask its owner for it"


def test_size_is_looked_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(100 * MEGABYTE)

    def never(*_arguments: object) -> bytes:
        raise AssertionError("a file too large is not read")

    monkeypatch.setattr(os, "read", never)
    assert refused(path, 8 * MEGABYTE) == f"{path}: the file is too large: 8 MB are the most that is read"


def test_a_file_of_unknown_size_is_read_no_further_than_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"x" * (MEGABYTE + 1))
    assert "too large" in refused(path)
    path.write_bytes(b"x" * MEGABYTE)
    assert len(read_text(path, MEGABYTE)) == MEGABYTE


@pytest.mark.parametrize(("content", "message"), [
    (b"a\nb\xff", ":2: this is not UTF-8 text: save the file as UTF-8"),
    ("a".encode("utf-16"), ":1: this is not UTF-8 text: save the file as UTF-8"),
    (b"a\n\nb\x00", ":3: the character U+0000 is not allowed in a file: take it out"),
    (b"\x1b[31m", ":1: the character U+001B is not allowed in a file: take it out"),
    (b"a\rb", ":1: the character U+000D is not allowed in a file: take it out"),
    ("a\x9bb".encode(), ":1: the character U+009B is not allowed in a file: take it out"),
    ("a\u202eb".encode(), ":1: the character U+202E is not allowed in a file: take it out"),
])
def test_what_could_reach_a_terminal_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    assert refused(path) == f"{path}{message}"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff.toml", "a\x1b[31m\nb.toml"])
def test_names_that_are_no_file(name: str) -> None:
    assert refused(name).isprintable()


@given(st.text())
def test_a_path_is_always_shown_in_one_printable_line(text: str) -> None:
    assert format_path(text).isprintable()
