"""A new mode is one entry, and what records call it; a new screen on a key is one entry. The workbench follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tests.terminal.apps import home_app
from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import app_with, bench, type_in
from tests.test_one_entry import enter
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.workbench.screen import WorkbenchScreen
from tui_backprop.terminal.workbench.side_screens import SIDE_SCREENS, SideScreen
from tui_backprop.tutor.modes import MODES, Mode, _simply
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.recorded_mode import RECORDED_MODES, RecordedMode


class Alone(Quiz):
    """A quiz that is recorded by a name of its own."""

    mode = RecordedMode("alone")


class LastStep(TutorScreen):
    """A screen for this test alone."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back")]

    def __init__(self, last: str) -> None:
        super().__init__()
        self._last = last

    def compose(self) -> ComposeResult:
        yield MessageView(id="last")

    def on_mount(self) -> None:
        self.query_one(MessageView).show(Paragraph(f"The last step is {self._last}."))


ALONE = Mode("alone", "Quiz alone", "Nobody is asked.", Alone.mode, _simply(Alone))


def open_last(screen: WorkbenchScreen) -> None:
    screen.app.push_screen(LastStep(screen.bench.walk.plan[-1]))


LAST = SideScreen("last", "f12", "last step", "See which step comes last", open_last)


async def test_a_new_mode_is_offered_done_recorded_and_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    enter(monkeypatch, MODES, ALONE)
    monkeypatch.setitem(cast("dict[str, Any]", RECORDED_MODES), Alone.mode.word, Alone.mode)
    journal = Journal(tmp_path)
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "end")
        assert "Quiz alone" in screen_text(pilot.app)
        assert "Nobody is asked." in screen_text(pilot.app)
        await pilot.press("enter")
        await type_in(pilot, journal, "0.602")
        assert isinstance(bench(pilot).walk, Alone)
        assert bench(pilot).walk.position == 1
    async with app_with("exercise-2", Journal(tmp_path)).run_test(size=(80, 24)) as pilot:
        assert isinstance(bench(pilot).walk, Alone)
        assert bench(pilot).walk.position == 1
    async with home_app(Journal(tmp_path)).run_test(size=(80, 24)) as pilot:
        assert "Continue: Exercise 2" in screen_text(pilot.app)
        assert "1 step done" in screen_text(pilot.app)


async def test_a_screen_on_a_key_opens_stands_among_the_keys_and_leads_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    enter(monkeypatch, SIDE_SCREENS, LAST)
    monkeypatch.setattr(WorkbenchScreen, "BINDINGS", [*WorkbenchScreen.BINDINGS, LAST.binding])
    monkeypatch.setattr(WorkbenchScreen, "_merged_bindings", WorkbenchScreen._merge_bindings())
    async with app_with("exercise-2", Journal(tmp_path)).run_test(size=(120, 40)) as pilot:
        await pilot.press("f1")
        assert "F12          See which step comes last" in screen_text(pilot.app)
        await pilot.press("escape", "f12")
        assert "The last step is C'." in screen_text(pilot.app)
        await pilot.press("escape")
        assert "Exercise 2" in screen_text(pilot.app)
        await pilot.press("ctrl+p", *"last step")
        assert "See which step comes last" in screen_text(pilot.app)
