"""A lesson read with real keys: it stops at each question, helps, and goes on where it was left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Hide, Key
from textual.pilot import Pilot

from tests.effort import some
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, resized, screen_text
from tests.terminal.settled import quick_typist
from tui_backprop import course
from tui_backprop.course.lesson import Check
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.records.folder import read_folder
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.lesson.screen import READ_ON, LessonScreen
from tui_backprop.terminal.lesson.view import LessonView
from tui_backprop.terminal.widgets.prompt import Prompt
from tui_backprop.terminal.workbench.screen import WorkbenchScreen

QUESTIONS = sum(isinstance(block, Check) for block in course.load_lesson("08-a-simple-chain").blocks)
LESSONS = [entry.name for entry in course.lessons()]


def tutor(folder: Path, target: str | None = None, capabilities: Capabilities = FULL) -> TutorApp:
    journal = Journal(folder)
    return TutorApp(capabilities, lambda: HomeScreen(journal, target=target))


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type an answer, and wait until its judgement is safe and painted."""
    await pilot.press(*text, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen)
    assert screen.journal.flush()
    await pilot.pause()
    await pilot.pause()


async def test_the_text_stops_at_a_question_until_it_is_answered(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert "? What is the activation aₖ of the output unit?" in screen_text(app)
        assert "The cost says how far off" not in screen_text(app)
        await typed(pilot, "0.98")
        assert "✗ That is the sum of the two." in screen_text(app)
        assert "> 0.98" in screen_text(app)
        await pilot.press("?")
        await pilot.pause()
        assert "Multiply the weight by the input." in screen_text(app)
        await typed(pilot, "0.24=")
        assert "! Leave out the" in screen_text(app)
        await typed(pilot, "0.24")
        assert "The cost says how far off" in screen_text(app)
        assert "✓ 0.24" in screen_text(app)  # it stays below its question


async def test_the_prompt_comes_with_its_question_and_not_before_it(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert READ_ON in screen_text(app)
        assert "> a number" not in screen_text(app)
        assert "? What is the activation" not in screen_text(app)
        await pilot.press("enter")
        assert "? What is the activation aₖ of the output unit?" in screen_text(app)
        assert "> a number, or a sum" in screen_text(app)
        assert READ_ON not in screen_text(app)
        await pilot.press("pageup")
        assert "> a number, or a sum" in screen_text(app)


async def test_a_question_on_the_last_row_can_be_answered_at_once(tmp_path: Path) -> None:
    """The empty row behind a question may lie below the screen: there is nothing in it to read."""
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert READ_ON in screen_text(app)
        text = app.screen.query_one(LessonView)
        for height in range(21, 40):
            await pilot.resize_terminal(80, height)
            await pilot.pause()
            await pilot.pause()
            asked = "? What is the activation" in screen_text(app)
            assert (READ_ON in screen_text(app)) != asked
            if asked:
                break
        seen = text.rows(text.size.width, text.size.height)
        assert seen[-1]  # the question itself is the last row
        await typed(pilot, "0.24")
        assert f"step 2 of {QUESTIONS}" in screen_text(app)


async def test_a_question_that_comes_into_sight_as_a_message_goes_can_be_answered(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        screen.say.show(Paragraph("one\ntwo\nthree"))
        short = len(screen.text.rows(screen.text.size.width, 100)) - 1 - screen.text.size.height
        await pilot.resize_terminal(80, 20 + short + 2)
        await pilot.pause()
        await pilot.pause()
        assert READ_ON in screen_text(app)
        screen.say.show()
        await pilot.pause()
        await pilot.pause()
        assert "> a number, or a sum" in screen_text(app)


async def test_another_size_keeps_the_line_at_the_top_or_the_question_that_is_asked(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 01-slopes")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)

        async def page(width: int, height: int) -> str:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            await pilot.pause()
            return screen_text(app)

        asked = screen_text(app)
        assert "> a number, or a sum" in asked
        question = [row for row in screen.text.rows(screen.text.size.width, screen.text.size.height) if row][-1]
        assert question[-1][0].split()[-1] in await page(60, 20)
        assert screen.text.at_end()
        assert await page(80, 24) == asked
        await pilot.press("!", "!", "pageup")
        await pilot.pause()
        assert not screen.text.at_end()
        before = screen_text(app)
        top = next(filter(None, before.splitlines()[1:]))
        assert await page(60, 20) != before
        assert top.split()[0] in next(filter(None, screen_text(app).splitlines()[1:]))
        assert await page(80, 24) == before


async def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await typed(pilot, "0.24")
        assert f"step 2 of {QUESTIONS}" in screen_text(app)
        await pilot.press(*"0.57", "ctrl+c")
    again = tutor(tmp_path)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Continue: 8 · A simple chain" in screen_text(again)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert f"step 2 of {QUESTIONS}" in screen_text(again)
        assert "✓ 0.24" in screen_text(again)
        assert "? What is the cost C?" in screen_text(again)
        assert "> 0.57" in screen_text(again)  # typed, but not given before it was left


@pytest.mark.parametrize("name", some(LESSONS))
async def test_every_lesson_shows_in_ascii_at_every_size(name: str, tmp_path: Path) -> None:
    app = tutor(tmp_path, f"lesson {name}", ASCII)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        async for size in resized(pilot, [(60, 20), (80, 24), (120, 40)]):
            assert "LESSON" in screen_text(app)
            check_golden(f"lesson-{name}-{size[0]}x{size[1]}", screen_text(app))


async def test_an_answer_that_was_shown_is_not_marked_as_found(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("!")
        await pilot.pause()
        await pilot.pause()
        assert "! 0.24  (shown)" in screen_text(app)
        assert "✓ 0.24" not in screen_text(app)


async def test_a_lesson_shown_to_its_end_opens_its_exercise_which_gives_back_the_very_line(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = 0
        while not isinstance(app.screen, WorkbenchScreen):
            before = screen_text(app)
            asked = app.screen.focused is not None
            shown += asked
            await pilot.press("!" if asked else "enter")
            await pilot.pause()
        assert shown == QUESTIONS
        assert "Exercise 1" in screen_text(app)
        assert "GUIDED" in screen_text(app)
        await pilot.press("escape")  # the first step is worked: there is no prompt to leave
        await pilot.pause()
        assert isinstance(app.screen, LessonScreen)
        assert screen_text(app) == before
        await pilot.press("f2")
        await pilot.pause()
        assert "[x] The cost" in screen_text(app)
        await pilot.press(*"new weight")
        await pilot.pause()
        assert "[x] The new weight" in screen_text(app)  # a heading is found by its words, too
        await pilot.press("ctrl+u")
        await pilot.press(*"uphill", "enter")
        await pilot.pause()
        assert "points uphill" in screen_text(app)


LESSON = '+++\ntitle = "T"\norder = 3\nsummary = "S"\n+++\n'


async def test_a_curve_is_moved_in_place_and_a_mistake_costs_one_block(tmp_path: Path) -> None:
    lesson = tmp_path / "own.md"
    lesson.write_text(
        LESSON + '> **Trap.** Mind *it*.\n\n```plot\nformula = "x^2"\nfrom = -2\nto = 4\nat = 1\n```\n\n'
        '```network\nexercise = "exercise-99"\n```\n\n```check\nkind = "formula"\nprompt = "?"\nanswer = "2z"\n'
        'variables = ["x"]\nhints = ["-"]\n```\n\n```check\nkind = "nmber"\n```\n\nThe end.\n')
    app = tutor(tmp_path / "state", f"lesson {lesson}")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        page = " ".join(screen_text(app).split())
        assert "│ Trap. Mind it." in page
        assert "At x = 1: x² = 1, slope 2" in page
        assert 'there is no exercise "exercise-99"' in page
        assert page.count("This part cannot be shown") == 3
        assert "The end." in page
        await pilot.press("right")
        await pilot.pause()
        assert "At x = 1.1: x² = 1.21, slope 2.2" in screen_text(app)


PICTURES = LESSON + """```plot
exercise = "exercise-2"
against = ["w 1:i->j", "w 2:j->k"]
```

```plot
exercise = "rate-too-large"
training = 8
```

```network
exercise = "two-outputs"
values = true
```

```plot
exercise = "first-network"
against = "w 1:j->k"
```

The end.
"""


@pytest.mark.parametrize("capabilities", [FULL, ASCII], ids=["full", "ascii"])
async def test_every_picture_is_changed_where_it_stands(tmp_path: Path, capabilities: Capabilities) -> None:
    lesson = tmp_path / "own.md"
    lesson.write_text(PICTURES)
    app = tutor(tmp_path / "state", f"lesson {lesson}", capabilities)
    equals = {"w": "w_hn" if capabilities is ASCII else "wₕₙ"}

    async def press(*keys: str) -> str:
        with quick_typist():
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
        await pilot.pause()
        return " ".join(screen_text(app).split())

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = await press("tab")
        assert "C = 0.3632" in page
        assert "Tab text Enter step" in page
        assert "C = 0.3632" not in await press("up", "right")
        assert "C fell" in await press("enter")
        assert "C = 0.3632" in await press("home")
        await press("escape", "enter", "tab")
        assert "r = 4.4" in " ".join(screen_text(app).split())
        page = await press("down", "left")
        assert "After 7 updates" in page
        assert "r = 2" in page
        assert "After 10 updates" in await press("plus")
        assert "After 5 updates" in await press("minus")
        await press("escape", "enter", "tab")
        page = await press("left", *["right"] * 4, "0", "full_stop", "2", "5")
        assert f"{equals['w']} = 0.25_" in page
        assert "+0.25 (n)" in await press("enter")
        assert "+0.35 (n)" in await press("up")
        assert "+0.7 (n)" in await press("home")
        await press("escape", "enter", "enter")
        while "Enter step" not in await press("tab"):  # past the network, where some of it is still in view
            pass
        before = await press("up")
        assert await press("enter") != before
        assert isinstance(app.screen, LessonScreen)


async def test_answers_typed_before_their_questions_are_in_sight_are_given_in_order(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        assert not screen.prompt.display
        for key in (*"0.98", "enter", *"0.24", "enter", *"0.577", "backspace", "6"):
            app.post_message(Key(key, key if len(key) == 1 else {"enter": "\r", "backspace": "\x7f"}[key]))
        for _ in range(20):
            await pilot.pause()
            assert screen.journal.flush()
        given = [event.note.data["given"] for event in read_folder(tmp_path).events if event.note.kind == "answered"]
        assert given == ["0.98", "0.24"]
        assert screen.prompt.value == "0.576"


async def test_what_is_asked_behind_an_answer_is_for_the_question_after_it(tmp_path: Path) -> None:
    app = tutor(tmp_path, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        screen.post_message(Prompt.Answered("0.24"))
        screen.post_message(Prompt.RevealRequested())
        for _ in range(20):
            await pilot.pause()
            assert screen.journal.flush()
        notes = [event.note for event in read_folder(tmp_path).events]
        assert [(note.kind, note.step) for note in notes if note.kind in ("answered", "revealed")] == [
            ("answered", "1"), ("revealed", "2")]


@asynccontextmanager
async def at_the_first_question(folder: Path) -> AsyncIterator[tuple[Pilot[None], LessonScreen]]:
    """A lesson whose first answer is 0.24; in the end that answer has been taken."""
    app = tutor(folder, "lesson 08-a-simple-chain")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        yield pilot, screen
        assert screen.journal.flush()
        await pilot.pause()
        assert "✓ 0.24" in screen_text(app)


async def test_an_answer_sent_at_once_as_the_prompt_is_hidden_and_shown_again_is_taken(tmp_path: Path) -> None:
    """The keys come before the screen has settled, and the news that the prompt was hidden comes after them."""
    async with at_the_first_question(tmp_path) as (pilot, screen):
        screen.prompt.display = False
        screen.set_focus(None)
        await pilot.press("0", "full_stop")
        screen.prompt.post_message(Hide())
        await pilot.pause()
        assert screen.focused is screen.prompt
        screen.set_focus(None)
        await pilot.press("2", "4", "enter")


async def test_enter_gives_what_was_typed_before_the_prompt_had_the_keyboard(tmp_path: Path) -> None:
    async with at_the_first_question(tmp_path) as (pilot, screen):
        await pilot.press(*"0.24")
        screen.set_focus(None)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.prompt.value == ""


async def test_a_character_on_its_way_to_the_page_as_the_prompt_gets_the_keyboard_is_typed(tmp_path: Path) -> None:
    async with at_the_first_question(tmp_path) as (pilot, screen):
        assert screen.focused is screen.prompt
        screen.post_message(Key("0", "0"))
        await pilot.pause()
        await pilot.press(*".24", "enter")


async def test_an_answer_typed_behind_continue_is_given_though_the_lesson_is_painted_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is there before the lesson; on a busy machine its first painting comes long after it."""
    journal = Journal(tmp_path)
    app = TutorApp(FULL, lambda: HomeScreen(journal, target="lesson 08-a-simple-chain"))
    async with app.run_test(size=(80, 40)) as pilot:
        for answer in ("0.24", "0.5776"):
            await typed(pilot, answer)
        await pilot.press("escape")
        monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 60.0)  # painted only once nothing else is left to do
        app.post_message(Key("enter", "\r"))
        app.post_message(Key("b", "b"))
        for _ in range(3000):  # unpainted so far
            await asyncio.sleep(0)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert journal.flush()
    given = [event.note.data["given"] for event in read_folder(tmp_path).events if event.note.kind == "answered"]
    assert given == ["0.24", "0.5776", "b"]


async def test_the_arrows_move_the_picture_while_a_refused_answer_stands_and_the_next_one_takes_its_place(
    tmp_path: Path,
) -> None:
    app = tutor(tmp_path, "lesson 06-the-loss-landscape")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await typed(pilot, "2")
        before = screen_text(app)
        assert "✗" in before
        assert "←→ move" in before
        await pilot.press("left", "left")
        assert "> 2" in screen_text(app)
        assert screen_text(app) != before
        await pilot.press(*"0.9")
        assert "> 0.9\n" in screen_text(app)
