"""The command line where its streams are closed, full, or not made for UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import Done, call

TUTOR = f"{sys.executable} -m tui_backprop"
PLAIN = {"LC_ALL": "C"}


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    spoiling = ("LC_", "LANG", "PYTHON", "SSH_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(spoiling)}
    clean["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return subprocess.run(["sh", "-c", line], capture_output=True, timeout=120, check=False, cwd=Path.cwd(),
                          env={**clean, "TUI_BACKPROP_STATE": str(folder), **environment})


def test_a_closed_output_is_no_fault_and_nothing_is_written_in_its_place(tmp_path: Path) -> None:
    done = shell(f"echo 0.24 | {TUTOR} quiz exercise-1 --plain >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    [records] = tmp_path.rglob("*.jsonl")
    assert all(line.startswith(b"{") for line in records.read_bytes().splitlines())


@pytest.mark.parametrize("line", [f"{TUTOR} quiz exercise-1 --plain <&-", f"{TUTOR} list >&-", f"{TUTOR} list 2>&-"])
def test_a_closed_stream_is_an_empty_one(line: str, tmp_path: Path) -> None:
    done = shell(line, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        return  # Linux has it
    done = shell(f"{TUTOR} solve exercise-1 > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == b"tui-backprop: No space left on device\n"
    assert shell(f"{TUTOR} solve none-such 2> /dev/full", tmp_path).returncode == 2  # though nobody can be told


@pytest.mark.parametrize("words", [
    ("list",), ("solve", "exercise-1", "--format", "html"), ("quiz", "exercise-1", "--plain"), ("--help",)])
def test_in_a_plain_locale_all_is_ascii(words: tuple[str, ...], environment: dict[str, str]) -> None:
    check_ascii(call({**environment, **PLAIN, "PYTHONIOENCODING": ""}, *words, typed="?\n"))


@pytest.mark.parametrize("line", [f"{TUTOR} solve exercise-1", f"PYTHONUTF8=0 {TUTOR} worksheet exercise-1"])
def test_so_it_is_in_a_process(line: str, tmp_path: Path) -> None:
    done = shell(line, tmp_path, **PLAIN)
    check_ascii(Done(line, done.returncode, done.stdout.decode()))


def check_ascii(done: Done) -> None:
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "\\u" not in done.stdout
    assert "\\x" not in done.stdout


SSH = {"SSH_CONNECTION": "::1 5 ::1 22"}


@pytest.mark.parametrize(("environment", "is_plain"), [
    ({}, False), ({"LC_CTYPE": "C.UTF-8"}, False), ({"LANG": "xx_YY.UTF-8"}, False), ({"LC_CTYPE": "POSIX"}, True),
    ({"LC_CTYPE": "xx_YY.ISO-8859-1", "LANG": "C.UTF-8"}, True), (SSH, True), ({**SSH, "LC_CTYPE": "UTF-8"}, False),
])
def test_the_locale_that_was_asked_for_decides_not_what_python_makes_of_it(
    environment: dict[str, str], is_plain: bool, tmp_path: Path,
) -> None:
    prepared = "'from tui_backprop.cli.streams import prepare; prepare(); print(chr(8706))'"
    said = shell(f"{sys.executable} -S -c {prepared}", tmp_path, **environment).stdout
    assert said == (b"\\u2202\n" if is_plain else "∂\n".encode())


@pytest.mark.parametrize("terminal", [{"TERM": "dumb"}, {"TERM": ""}, {"TERM": "xterm"}])
def test_without_a_screen_it_goes_on_in_plain_lines(terminal: dict[str, str], environment: dict[str, str]) -> None:
    done = call({**environment, **terminal}, "exercise-1", typed="0.24\n")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "plain lines" in done.stderr
    assert "Right: zₖ = 0.24" in done.stdout


def test_without_a_screen_and_a_name_there_is_a_list(environment: dict[str, str]) -> None:
    done = call(environment)
    assert "exercise-1" in done.stdout
    assert "the input is not a terminal" in done.stderr
