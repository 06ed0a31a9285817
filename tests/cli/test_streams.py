"""The command line where its streams are closed, full, or not made for UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("call", [f"{TUTOR} quiz exercise-1 --plain <&-", f"{TUTOR} list >&-", f"{TUTOR} list 2>&-"])
def test_a_closed_stream_is_an_empty_one(call: str, tmp_path: Path) -> None:
    done = shell(call, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        return  # Linux has it
    done = shell(f"{TUTOR} solve exercise-1 > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == b"tui-backprop: No space left on device\n"
    assert shell(f"{TUTOR} solve none-such 2> /dev/full", tmp_path).returncode == 2  # though nobody can be told


@pytest.mark.parametrize("call", [
    f"{TUTOR} list", f"{TUTOR} solve exercise-1", f"{TUTOR} solve exercise-1 --format html",
    f"PYTHONUTF8=0 {TUTOR} worksheet exercise-1", f"echo '?' | {TUTOR} quiz exercise-1 --plain", f"{TUTOR} --help",
])
def test_in_a_plain_locale_all_is_ascii(call: str, tmp_path: Path) -> None:
    done = shell(call, tmp_path, **PLAIN)
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"\\u" not in done.stdout
    assert b"\\x" not in done.stdout


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


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": ""}, {"TERM": "xterm"}])
def test_without_a_screen_it_goes_on_in_plain_lines(environment: dict[str, str], tmp_path: Path) -> None:
    done = shell(f"echo 0.24 | {TUTOR} exercise-1", tmp_path, **environment)
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == 1
    assert b"plain lines" in done.stderr
    assert "Right: zₖ = 0.24".encode() in done.stdout


def test_without_a_screen_and_a_name_there_is_a_list(tmp_path: Path) -> None:
    done = shell(f"{TUTOR} < /dev/null", tmp_path)
    assert b"exercise-1" in done.stdout
    assert b"the input is not a terminal" in done.stderr
