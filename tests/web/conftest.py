"""The tutor in a real browser: `python -m pytest tests/web`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.tools import require
from tests.web.browser import DEADLINE

Serve = Callable[..., str]


def pytest_configure() -> None:
    require("tests/web", "apt-get install", programs={"chromium": "chromium"})
    require("tests/web", "pip install", modules=("textual_serve", "aiohttp"))


@contextmanager
def _serving(folder: Path, *options: str) -> Iterator[str]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tui_backprop", "serve", "--port", "0", "--records", str(folder), *options],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)})
    try:
        assert program.stdout is not None
        said = re.search(r"open (http://127\.0\.0\.1:\d+) in a browser", program.stdout.readline().decode())
        assert said
        yield f"{said[1]}/"
    finally:
        program.terminate()
        program.communicate(timeout=DEADLINE)
        assert program.returncode == 0


@pytest.fixture
def visitors(tmp_path: Path) -> Path:
    """The folder with a folder for each visitor."""
    return tmp_path / "visitors"


@pytest.fixture
def serve(visitors: Path) -> Iterator[Serve]:
    """Begins a server with these options, and gives its address."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(_serving(visitors, *options))
