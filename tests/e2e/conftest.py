"""Drives the program as it is installed, in tmux and over ssh: `python -m pytest tests/e2e`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.sshd import Sshd
from tests.e2e.tmux import Terminal
from tests.tools import require

ROOT = Path(__file__).resolve().parent.parent.parent
Open = Callable[..., Terminal]


def pytest_configure() -> None:
    require("tests/e2e", "apt-get install", programs={
        "tmux": "tmux", "sshd": "openssh-server", "ssh": "openssh-client", "ssh-keygen": "openssh-client"})


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this source."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def tutor(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of `tui-backprop`, installed from the wheel into an environment of its own."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "-q", str(wheel)], check=True)
    return str(folder / "bin" / "tui-backprop")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A new user's environment: an empty home, and nothing of the developer's own."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TERM": "tmux-256color"}


@pytest.fixture
def run(tutor: str, environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `tui-backprop` with these words, from a folder that is not the source's."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([tutor, *words], capture_output=True, text=True, env=environment, cwd=tmp_path,
                              stdin=subprocess.DEVNULL, timeout=60, check=False)

    return call


@pytest.fixture
def open_terminal(environment: dict[str, str]) -> Iterator[Open]:
    """Open terminals with a command in each; they are closed after the test."""
    with ExitStack() as stack:

        def open_one(command: Sequence[str], columns: int = 80, rows: int = 24) -> Terminal:
            terminal = Terminal(command, environment, columns, rows)
            stack.callback(terminal.close)
            return terminal

        yield open_one


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """The ssh server of this run of the tests."""
    server = Sshd(tmp_path_factory.mktemp("sshd"))
    yield server
    server.close()
