"""Runs exported PyTorch scripts: `python -m pytest tests/pytorch`.

PyTorch may be this interpreter's own (`pip install torch`, gigabytes) or that of the system's Python
(`apt-get install python3-torch`, smaller).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.export.running import Interpreter
from tests.tools import program


def _has_torch(python: str) -> bool:
    return subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode == 0


def _python() -> str | None:
    candidates = (sys.executable, *filter(None, (program("python3"), "/usr/bin/python3")))
    return next((python for python in dict.fromkeys(candidates) if _has_torch(python)), None)


PYTHON = _python()


def pytest_configure() -> None:
    if PYTHON is None:
        raise pytest.UsageError(
            "tests/pytorch needs what is not installed here: pip install torch, or apt-get install python3-torch")


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interpreter]:
    """A Python that has PyTorch."""
    with Interpreter(tmp_path_factory.mktemp("scripts"), PYTHON or sys.executable) as running:
        yield running
