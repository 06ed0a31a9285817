"""The tutor in a browser: an exercise and a lesson done in Chromium, two visitors at once, a reload in the middle."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.web.browser import DEADLINE, Page, browser
from tests.web.conftest import Serve
from tui_backprop.course.lesson import Check
from tui_backprop.course.library import load_lesson
from tui_backprop.records.events import Event
from tui_backprop.records.folder import read_folder
from tui_backprop.tutor.check_texts import right_answer

READY = "document.body.classList.contains('-first-byte')"


def events_of(visitor: Path) -> list[Event]:
    return list(read_folder(visitor / "records").events)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not holds():
            await asyncio.sleep(0.05)


def given(visitor: Path) -> list[object]:
    return [event.note.data["given"] for event in events_of(visitor) if event.note.kind == "answered"]


def has_given(visitor: Path, answers: list[str]) -> bool:
    return given(visitor) == answers


async def begin(page: Page, address: str) -> None:
    await page.open(address)
    await page.until(READY)


async def open_exercise(page: Page, name: str, visitor: Path) -> None:
    """By finding it in the contents."""
    await page.press("/", *name, "Enter", "Enter")
    await until(lambda: any(event.note.kind == "opened" for event in events_of(visitor)))


async def test_two_visitors_have_records_of_their_own_and_a_reload_goes_on(
    serve: Serve, visitors: Path, tmp_path: Path
) -> None:
    address, folder = serve(), visitors
    program = shutil.which("chromium") or "chromium"
    async with browser(program, tmp_path / "profile", 2) as pages:
        found: list[Path] = []
        for page in pages:
            await begin(page, address)
            await until(lambda: len(list(folder.iterdir())) == len(found) + 1)
            [new] = set(folder.iterdir()) - set(found)
            found.append(new)
        for page, visitor, answers in zip(pages, found, (("3", "-12"), ("4",)), strict=True):
            await open_exercise(page, "two gates", visitor)
            for answer in answers:
                await page.press(*answer, "Enter")
        await until(lambda: given(found[0]) == ["3", "-12"] and given(found[1]) == ["4"])

        await begin(pages[0], address)  # a reload: the same cookie
        await pages[0].press("Enter")  # Continue
        await until(lambda: sum(event.note.kind == "opened" for event in events_of(found[0])) == 2)
        await pages[0].press("7", "Enter")
        await until(lambda: given(found[0]) == ["3", "-12", "7"])
        assert len(list(folder.iterdir())) == 2


async def test_a_lesson_is_done_in_the_browser_with_answers_typed_ahead_and_a_reload_in_the_middle(
    serve: Serve, visitors: Path, tmp_path: Path
) -> None:
    address = serve()
    checks = [block for block in load_lesson("08-a-simple-chain").blocks if isinstance(block, Check)]
    answers = [right_answer(check) for check in checks]
    async with browser(shutil.which("chromium") or "chromium", tmp_path / "profile", 1) as [page]:
        await begin(page, address)
        await until(lambda: visitors.is_dir() and len(list(visitors.iterdir())) == 1)
        [visitor] = visitors.iterdir()
        await page.press("/", *"simple chain", "Enter", "Enter")
        await until(lambda: any(event.note.lesson for event in events_of(visitor)))
        await page.press(*answers[0], "Enter", *answers[1], "Enter")  # before their questions are in sight
        await until(lambda: given(visitor) == answers[:2])

        await begin(page, address)
        await page.press("Enter")  # Continue
        await until(lambda: sum(event.note.kind == "opened" for event in events_of(visitor)) == 2)
        for place, answer in enumerate(answers[2:], 3):
            await page.press(*answer, "Enter")
            await until(partial(has_given, visitor, answers[:place]))
        verdicts = [event.note.data["verdict"] for event in events_of(visitor) if event.note.kind == "answered"]
        assert set(verdicts) <= {"correct", "equivalent"}
