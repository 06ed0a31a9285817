"""The screen as plain text, and golden files of it.

``screen_text(app)`` is what stands on the screen: a line a row, blanks at line ends left out. A golden is such a text
in ``tests/terminal/golden``. After a change that is meant, write the goldens anew and read the difference::

    UPDATE_GOLDEN=1 python -m pytest tests/terminal
    git diff tests/terminal/golden
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

GOLDEN = Path(__file__).parent / "golden"


def screen_text(app: App[Any]) -> str:
    """The rows of the screen in front, as they are sent: after the app's filters."""
    strips = app.screen._compositor.render_strips()
    return text_of(["".join(segment.text for segment in strip) for strip in strips])


def text_of(lines: Sequence[str]) -> str:
    """Lines as a golden file holds them."""
    return "".join(line.rstrip() + "\n" for line in lines)


async def resized(pilot: Pilot[None], sizes: Sequence[tuple[int, int]]) -> AsyncIterator[tuple[int, int]]:
    """Each of these sizes in turn, when the terminal has it and the screen has been laid out for it."""
    for size in sizes:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        yield size


def check_golden(name: str, text: str) -> None:
    """The text is that of the golden file ``name``.txt; a missing file is a failure, but when goldens are updated."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden file {path.name}: UPDATE_GOLDEN=1 writes it"
    assert text == path.read_text(encoding="utf-8")
