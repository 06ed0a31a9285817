"""The prompt by its keys: answers, history, and the two keys that ask."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tests.terminal.apps import bench
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.widgets.prompt import Prompt


class Watched(Prompt):
    """Keeps what it posts: an answer's text, ``hint`` or ``reveal``."""

    def __init__(self) -> None:
        super().__init__(finds=True)
        self.posted: list[str] = []

    def post_message(self, message: Message) -> bool:
        if isinstance(message, Prompt.Answered):
            self.posted.append(message.text)
        elif isinstance(message, Prompt.HintRequested):
            self.posted.append("hint")
        elif isinstance(message, Prompt.RevealRequested):
            self.posted.append("reveal")
        elif isinstance(message, Prompt.FindRequested):
            self.posted.append("find")
        return super().post_message(message)


def prompt_of(app: TutorApp) -> Watched:
    return app.screen.query_one(Watched)


async def test_an_answer_is_posted_and_the_prompt_is_empty_again() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        await pilot.press(*"2*(0.24-1)", "enter")
        assert prompt_of(app).posted == ["2*(0.24-1)"]
        assert prompt_of(app).value == ""


async def test_an_empty_prompt_gives_no_answer() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        await pilot.press("enter", "space", "enter")
        assert prompt_of(app).posted == []


async def test_the_keys_that_ask_ask_only_while_nothing_is_typed() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        await pilot.press("question_mark", "exclamation_mark")
        assert prompt_of(app).posted == ["hint", "reveal"]
        assert prompt_of(app).value == ""
        await pilot.press("1", "exclamation_mark", "question_mark", "slash", "enter", "space", "slash")
        assert prompt_of(app).posted == ["hint", "reveal", "1!?/", "find"]


async def test_up_brings_back_earlier_answers_of_this_step_only() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        prompt = prompt_of(app)
        await pilot.press(*"1", "enter", *"2", "enter", "up")
        assert prompt.value == "2"
        await pilot.press("up", "up")
        assert prompt.value == "1"
        await pilot.press("down", "down")
        assert prompt.value == ""
        prompt.begin()
        await pilot.press("up")
        assert prompt.value == ""


async def test_a_recalled_answer_can_be_mended() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        await pilot.press(*"0.397-1", "enter", "up", "home", *"2*(", "end", ")", "enter")
        assert prompt_of(app).posted[-1] == "2*(0.397-1)"


async def test_keys_that_arrive_together_are_taken_in_order() -> None:
    app = bench(Watched)
    async with app.run_test() as pilot:
        prompt = prompt_of(app)
        for key in (*"0.5", "ctrl+u", *"0.24", "enter", *"124", "backspace", "left", "left", "backspace", "enter"):
            character = key if len(key) == 1 else None
            app.post_message(events.Key("full_stop" if key == "." else key, character))
        await pilot.pause()
        assert prompt.posted == ["0.24", "12"]
