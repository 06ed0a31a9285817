"""What is painted of a screen: all that changed, as it stands there, and nothing else."""

from __future__ import annotations

from random import Random

import pytest
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tests.terminal.apps import FULL
from tests.terminal.settled import settled
from tui_backprop import course
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.painting import PieceCompositor, PiecesUpdate
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.too_small import TooSmallScreen
from tui_backprop.terminal.workbench.screen import WorkbenchScreen

WIDTH, HEIGHT = 80, 24
FIRST_TWO = "0.602", "0.602"


def workbench() -> TutorApp:
    return TutorApp(FULL, lambda: WorkbenchScreen(Workbench(Setup(course.load("exercise-2"), name="exercise-2"))))


def styled(strip: Strip) -> list[tuple[str, object]]:
    """Each cell with its style."""
    return [(letter, segment.style) for segment in strip for letter in segment.text]


async def test_any_part_is_painted_as_it_stands_on_the_whole_screen() -> None:
    app, random = workbench(), Random(11)
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.press("f2", "enter")  # an input lies over the table
        compositor = app.screen._compositor
        assert isinstance(compositor, PieceCompositor)
        whole = [styled(strip) for strip in compositor.render_strips()]
        for _ in range(10):
            left, top = random.randrange(WIDTH), random.randrange(HEIGHT)
            region = Region(left, top, random.randint(1, WIDTH), random.randint(1, HEIGHT - top))
            compositor._dirty_regions = {region, Region(random.randrange(WIDTH), top, 1, 1)}
            update = compositor.render_partial_update()
            assert isinstance(update, PiecesUpdate)
            painted = {(column + n, row): cell for column, row, strip in update.strips
                       for n, cell in enumerate(styled(strip))}
            right = min(left + region.width, WIDTH)
            wanted = {(x, y): whole[y][x] for y in region.line_range for x in range(left, right)}
            assert wanted.items() <= painted.items()
            assert len(painted) <= len(wanted) + 1


async def test_of_an_answer_nothing_is_painted_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: set[Widget] = set()
    usual = Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        painted.add(widget)
        return usual(widget, crop)

    async with workbench().run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WorkbenchScreen)
        await pilot.press(*FIRST_TWO[0], "enter", *FIRST_TWO[1])
        monkeypatch.setattr(Widget, "render_lines", noted)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.bench.walk.position == 2
        assert {screen.prompt, screen.panels.question, screen.title_bar} <= painted
        assert screen.table.grid not in painted


async def test_painting_is_put_off_once_and_taken_up_again() -> None:
    async with workbench().run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LeavableScreen)
        for each in (screen.paint_later, screen.paint_later, screen.paint_now, screen.paint_now):
            each()
        assert not pilot.app._batch_count


async def test_a_screen_that_opens_while_painting_is_put_off_is_painted() -> None:
    async with workbench().run_test(size=(WIDTH, HEIGHT)) as pilot:
        app, behind = pilot.app, pilot.app.screen
        assert isinstance(behind, LeavableScreen)
        behind.paint_later()
        app.push_screen(TooSmallScreen(Size(WIDTH + 1, HEIGHT)))  # as the window shrinks before the answer is judged
        await settled()  # without the Pilot, which would paint it by itself
        front = app.screen
        assert isinstance(front, TooSmallScreen)
        assert not any((front._repaint_required, front._layout_required, front._dirty_widgets))
