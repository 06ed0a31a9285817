"""The tutor in a real browser: `python -m pytest tests/web`."""

from __future__ import annotations

from tests.tools import require


def pytest_configure() -> None:
    require("tests/web", "apt-get install", programs={"chromium": "chromium"})
    require("tests/web", "pip install", modules=("textual_serve", "aiohttp"))
