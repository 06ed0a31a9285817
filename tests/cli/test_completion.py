"""Completion, in the shells that are on this machine: keys typed at a prompt, and the call that came of them."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.cli.completion import SHELLS, script
from tui_backprop.cli.verbs import VERBS

HERE = tuple(shell for shell in SHELLS if shutil.which(shell))
PATIENCE = 120.0
"""Seconds in which a shell has to answer, on a busy machine too."""

START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
SETTINGS = {
    # What is called in the end prints its words.
    "bash": "bind 'set bell-style none'; source {file}; tui-backprop() {{ echo \"<$*>\"; }}",
    "zsh": "autoload -Uz compinit; compinit -u -d {folder}/dump; source {file}; tui-backprop() {{ print -r \"<$*>\" }}",
}


@pytest.fixture
def scripts(tmp_path: Path) -> dict[str, Path]:
    for shell in HERE:
        (tmp_path / shell).write_text(script(shell, VERBS), encoding="utf-8")
    return {shell: tmp_path / shell for shell in HERE}


class Prompt:
    """A shell that is typed at. What it prints is read up to a mark, never for a time."""

    def __init__(self, shell: str, file: Path) -> None:
        settings = {"PS1": "$ ", "TERM": "dumb", "HOME": str(file.parent)}
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(file.parent)
            os.execvpe(START[shell][0], START[shell], {**os.environ, **settings})
        self._seen = ""
        self.type(SETTINGS[shell].format(file=file, folder=file.parent) + "\r")

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def called(self) -> str:
        """The words of the next call of the program."""
        while not (found := re.search(r"(?<![\"\\])<(?!\$)([^<>\r\n]*)>", self._seen)):
            assert select.select([self.terminal], [], [], PATIENCE)[0], self._seen
            self._seen += os.read(self.terminal, 4096).decode()
        self._seen = self._seen[found.end():]
        return found[1]

    def close(self) -> None:
        os.close(self.terminal)  # hangs up, and the shell goes
        os.waitpid(self.process, 0)


TYPED = [
    ("sol\t exercise-3-\t --det\tful\t", "solve exercise-3-variant --detail full"),
    ("--nota\tniel\t works\t exercise-2 --format ht\t --ke\t",
     "--notation nielsen worksheet exercise-2 --format html --key"),
    ("comp\tzs\t", "completion zsh"), ("rec\texp\tsom\t", "records export some-file.toml"),
    ("che\tsom\t", "check some-file.toml"), ("maz\t", "mazur"), ("deep\t", "deep-chain"),
]


@pytest.mark.parametrize("shell", [shell for shell in HERE if shell in START])
def test_what_is_typed_is_completed(shell: str, scripts: dict[str, Path]) -> None:
    (scripts[shell].parent / "some-file.toml").touch()
    prompt = Prompt(shell, scripts[shell])
    try:
        for keys, call in TYPED:
            prompt.type(f"tui-backprop {keys}\r")
            assert prompt.called().split() == call.split()
    finally:
        prompt.close()


OFFERED = [
    ("sol", ["solve"]), ("solve exercise-3", ["exercise-3", "exercise-3-variant"]), ("solve exercise-1 --k", []),
    ("worksheet exercise-1 --k", ["--key"]), ("--notation m", ["mazur"]), ("--notation nielsen prog", ["progress"]),
    ("solve --format ", ["html", "latex", "markdown", "python", "pytorch", "text"]), ("completion z", ["zsh"]),
    ("records imp", ["import"]), ("check some", ["some-file.toml"]), ("mark exercise-1 some", ["some-file.toml"]),
    ("two-in", ["two-inputs"]), ("list exe", []),
]


def check_offers_of_fish(scripts: dict[str, Path]) -> None:
    shell = "fish"
    folder = scripts[shell].parent
    (folder / "some-file.toml").touch()
    calls = "; echo ====; ".join(f"complete -C 'tui-backprop {typed}'" for typed, _ in OFFERED)
    done = subprocess.run([shell, "--private", "--no-config", "-c", f"source {scripts[shell]}; {calls}"], text=True,
                          cwd=folder, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True)
    assert done.stderr == ""
    offered = [part.splitlines() for part in done.stdout.split("====\n")]
    assert [[line.partition("\t")[0] for line in lines] for lines in offered] == [names for _, names in OFFERED]


if "fish" in HERE:
    test_what_fish_offers = check_offers_of_fish


@pytest.mark.parametrize(("line", "names"), [
    ("solve exercise-3", ["exercise-3", "exercise-3-variant"]), ("solve exercise-1 --format = h", ["html"]),
    ("solve --format =", ["text", "markdown", "latex", "html", "python", "pytorch"]), ("solve --steps ", []),
    ("--ascii --notation", ["--notation"]), ("solve --detail solve", []),
])
def test_what_bash_offers(line: str, names: list[str], scripts: dict[str, Path]) -> None:
    words = f"COMP_WORDS=(tui-backprop {line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))"
    words += "" if line[-1] != " " else '; COMP_WORDS+=(""); ((COMP_CWORD++))'
    program = f'source {scripts["bash"]}; {words}; _tui_backprop; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == (names, "")


def test_a_file_of_a_stranger_has_no_say_in_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tui-backprop" / "courses" / "theirs" / "exercises"
    folder.mkdir(parents=True)
    for name in ("good", "$(touch sprung)", "`touch sprung`", "two words", "x'; touch sprung; '", "-rf"):
        (folder / f"{name}.toml").write_text('title = "T"\n', encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    names = {entry.name for entry in course.exercises()}
    assert {"good", "two words", "-rf"} <= {name.rpartition("/")[2] for name in names}
    for shell in SHELLS:
        made = script(shell, VERBS)
        assert "good" in made
        assert "sprung" not in made
        assert "two words" not in made
