"""Drives the program as it is installed, in tmux and over ssh: `python -m pytest tests/e2e`.

TUI_BACKPROP_E2E may name a folder where `wheel` and `installed` are made already, as `.ci/run` makes them.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: else one process would wait for another that has just begun it."""
    items.sort(key=lambda item: "test_storm" not in item.nodeid)


@contextmanager
def made_once(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder of all processes of a test run, and whether it is yet to be filled: the others wait for the first."""
    if made := os.environ.get("TUI_BACKPROP_E2E"):
        yield Path(made) / name, False
        return
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".done")
        yield folder, not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this source."""
    with made_once(tmp_path_factory, "wheel") as (folder, is_new):
        if is_new:
            subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)],
                           check=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def tutor(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of `tui-backprop`, installed from the wheel into an environment of its own."""
    with made_once(tmp_path_factory, "installed") as (folder, is_new):
        if is_new:
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
                              stdin=subprocess.DEVNULL, timeout=120, check=False)

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
