"""Compares with an automatic differentiation library that nobody here wrote: `python -m pytest tests/oracle`."""

from __future__ import annotations

from tests.tools import require


def pytest_configure() -> None:
    require("tests/oracle", "pip install", modules=("autograd",))
