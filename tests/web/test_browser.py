"""The tutor in a browser: an exercise and a lesson done in Chromium, two visitors at once, a reload in the middle."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.browser import Page, browser
from tui_backprop.records.events import Event
from tui_backprop.records.folder import read_folder

DEADLINE = 60.0
READY = "document.body.classList.contains('-first-byte')"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server, and the folder of its visitors."""
    folder, port = tmp_path / "visitors", free_port()
    program = subprocess.Popen(
        [sys.executable, "-m", "tui_backprop", "serve", "--port", str(port), "--records", str(folder)],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)})
    try:
        assert program.stdout is not None
        assert b"open http://127.0.0.1" in program.stdout.readline()
        yield f"http://127.0.0.1:{port}/", folder
    finally:
        program.terminate()
        program.communicate(timeout=DEADLINE)
        assert program.returncode == 0


def events_of(visitor: Path) -> list[Event]:
    return list(read_folder(visitor / "records").events)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not holds():
            await asyncio.sleep(0.05)


def given(visitor: Path) -> list[object]:
    return [event.note.data["given"] for event in events_of(visitor) if event.note.kind == "answered"]


async def begin(page: Page, address: str) -> None:
    await page.open(address)
    await page.until(READY)


async def open_exercise(page: Page, name: str, visitor: Path) -> None:
    """By finding it in the contents."""
    await page.press("/", *name, "Enter", "Enter")
    await until(lambda: any(event.note.kind == "opened" for event in events_of(visitor)))


async def test_two_visitors_have_records_of_their_own_and_a_reload_goes_on(
    served: tuple[str, Path], tmp_path: Path
) -> None:
    address, folder = served
    program = shutil.which("chromium") or "chromium"
    async with browser(program, tmp_path / "profile", 2) as pages:
        visitors: list[Path] = []
        for page in pages:
            await begin(page, address)
            await until(lambda: len(list(folder.iterdir())) == len(visitors) + 1)
            [new] = set(folder.iterdir()) - set(visitors)
            visitors.append(new)
        for page, visitor, answers in zip(pages, visitors, (("3", "-12"), ("4",)), strict=True):
            await open_exercise(page, "two gates", visitor)
            for answer in answers:
                await page.press(*answer, "Enter")
        await until(lambda: given(visitors[0]) == ["3", "-12"] and given(visitors[1]) == ["4"])

        await begin(pages[0], address)  # a reload: the same cookie
        await pages[0].press("Enter")  # Continue
        await until(lambda: sum(event.note.kind == "opened" for event in events_of(visitors[0])) == 2)
        await pages[0].press("7", "Enter")
        await until(lambda: given(visitors[0]) == ["3", "-12", "7"])
        assert len(list(folder.iterdir())) == 2
