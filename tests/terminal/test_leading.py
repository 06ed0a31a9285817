"""The terminal's own cursor stands where the selection is, on every kind of screen: Braille displays follow it."""

from __future__ import annotations

from pathlib import Path

from textual.app import App
from textual.widgets import Input

from tests.terminal.apps import home_app
from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import app_with
from tui_backprop.records.journal import Journal


def line_led_to(app: App[None]) -> str:
    """What stands from the cursor on, in its line."""
    x, y = app.cursor_position
    return screen_text(app).splitlines()[y][x:]


async def test_from_the_workbench(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
            workbench = pilot.app.screen
            for keys, line in (
                ("f3 down", "[ ]   2  aⱼ"), ("f3 s u m", ""), ("f3 s u m down", "[ ]   3  zₖ"),
                ("f4 down", "[ ] what is not mastered"), ("f5 down", " Quiz with formulas"),
                ("f5 down escape", " number (3 digits"), ("f6 down", " wⱼₖ = 0.66"), ("ctrl+n down", "[ ] 3Blue1Brown"),
                ("ctrl+p down", "  Characters (F8)"), ("f2 down", "weight  wᵢⱼ"), ("f2 0 full_stop", ""),
            ):
                await pilot.press(*keys.split())
                assert line_led_to(pilot.app).startswith(line), keys
                while pilot.app.screen is not workbench:
                    await pilot.press("escape")


async def test_from_the_contents(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        async with home_app(journal).run_test(size=(80, 24)) as pilot:
            contents = pilot.app.screen
            for keys, line in (
                (("home", "down"), "[ ] 2 · The chain rule"),
                (("slash", *"chain"), ""),
                (("slash", *"chain", "down"), "[ ] "),
                (("p", "down"), "[ ] the power rule"),
                (("p", "down", "escape", "home"), "[ ] 1 · Slopes"),
                (("slash", *"build a network", "enter", "down"), "  inputs"),
                (("slash", *"build a network", "enter", "enter", "home", "right"), "y network"),
            ):
                await pilot.press(*keys)
                assert line_led_to(pilot.app).startswith(line), keys
                while pilot.app.screen is not contents:
                    await pilot.press("escape")
                if isinstance(pilot.app.focused, Input):
                    await pilot.press("escape")
