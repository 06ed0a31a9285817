"""Curve, map and training, opened from the step at hand with real keys; and how little they send."""

from __future__ import annotations

from time import process_time

import pytest
from textual.pilot import Pilot

from tests.effort import pairs, rounds, some
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, screen_text
from tests.terminal.settled import quick_typist
from tests.terminal.test_pty import Terminal, terminal
from tui_backprop import course
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.plots.curve import CurveScreen
from tui_backprop.terminal.plots.map import MapScreen
from tui_backprop.terminal.plots.training import TrainingScreen
from tui_backprop.terminal.workbench.screen import WorkbenchScreen

SIZES = [(80, 24), (60, 20), (120, 40)]


def app_of(name: str = "exercise-2", mode: str | None = None, capabilities: Capabilities = FULL) -> TutorApp:
    exercise = course.load(name)
    return TutorApp(capabilities, lambda: WorkbenchScreen(Workbench(Setup(exercise, mode=mode))))


def text_of(pilot: Pilot[None]) -> str:
    return screen_text(pilot.app)


async def press(pilot: Pilot[None], keys: str) -> None:
    await pilot.press(*keys.split())


async def until_trained(pilot: Pilot[None]) -> None:
    """The work goes on in a thread; wait for its last word."""
    screen = pilot.app.screen
    assert isinstance(screen, TrainingScreen)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert not screen.play.is_running


async def test_it_opens_at_the_weight_of_the_step_at_hand_and_leads_back_to_the_same_step() -> None:
    async with app_of("mazur", "watch").run_test(size=(80, 24)) as pilot:
        bench = pilot.app.screen
        assert isinstance(bench, WorkbenchScreen)
        with quick_typist():
            while bench.bench.parameter_in_hand is None:
                await press(pilot, "enter")
        at, weight = bench.bench.walk.here, bench.bench.parameter_in_hand
        await press(pilot, "f10")
        opened = pilot.app.screen
        assert isinstance(opened, CurveScreen)
        assert opened.play.against == weight
        await press(pilot, "escape")
        assert not opened.is_attached
        assert bench.bench.walk.here == at


async def test_in_a_quiz_nothing_is_given_away_unasked_and_what_was_seen_counts_as_helped() -> None:
    async with app_of().run_test(size=(80, 24)) as pilot:
        bench = pilot.app.screen
        assert isinstance(bench, WorkbenchScreen)
        await press(pilot, "f10")
        assert "You have not found" in text_of(pilot)
        assert "0.3632" not in text_of(pilot)
        await press(pilot, "escape")
        assert bench.bench.walk.entry("C").hints == 0
        await press(pilot, "f10 enter escape")
        assert bench.bench.walk.entry("C").hints > 0


async def test_in_an_exam_there_are_no_pictures() -> None:
    async with app_of(mode="exam").run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, WorkbenchScreen)


async def test_the_palette_and_the_page_of_keys_have_it() -> None:
    async with app_of(mode="watch").run_test(size=(80, 40)) as pilot:
        commands = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert any(title.startswith("Curve of the cost") for title in commands)
        await press(pilot, "f1")
        assert "See the cost against the weight at hand" in text_of(pilot)


async def test_predict_step_and_change_the_rate_with_real_keys() -> None:
    async with app_of(mode="watch").run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10 right down 0 full_stop 0 6 enter")
        assert "About right" in text_of(pilot)
        await press(pilot, "up enter")
        assert "r = 0.2" in text_of(pilot)
        assert "C fell: 0.3632 → 0.3038" in text_of(pilot)
        await press(pilot, "d right right enter")
        assert "You (1, 2, …): 2 steps" in text_of(pilot)


@pytest.mark.parametrize(("size", "capabilities"), pairs(SIZES, [FULL, ASCII]))
async def test_curve_map_and_training_at_every_size(size: tuple[int, int], capabilities: Capabilities) -> None:
    kind = "ascii" if capabilities is ASCII else "full"
    name = f"plots_{size[0]}_{kind}"
    async with app_of(mode="watch", capabilities=capabilities).run_test(size=size) as pilot:
        await press(pilot, "f10 exclamation_mark up up up enter")
        check_golden(f"{name}_curve", text_of(pilot))
        await press(pilot, "m enter enter")
        assert isinstance(pilot.app.screen, MapScreen)
        check_golden(f"{name}_map", text_of(pilot))
        await press(pilot, "escape t")
        await until_trained(pilot)
        await press(pilot, "a")
        await until_trained(pilot)
        check_golden(f"{name}_training", text_of(pilot))
        assert capabilities is FULL or text_of(pilot).isascii()


async def test_every_line_of_words_is_there_whole() -> None:
    for size in some(SIZES):
        async with app_of(mode="watch").run_test(size=size) as pilot:
            for keys in ("f10", "right", "down", "exclamation_mark", "d", "right enter", "m", "enter"):
                await press(pilot, keys)
                assert " …" not in text_of(pilot).splitlines()[-2]


async def test_any_update_of_a_training_opens_in_the_workbench() -> None:
    async with app_of(mode="watch").run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10 exclamation_mark t")
        await until_trained(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, TrainingScreen)
        await press(pilot, "pageup " * 10 + "right right")
        assert screen.play.at == 2
        wanted = screen.play.runs[0].costs[2]
        await press(pilot, "enter")
        bench = pilot.app.screen
        assert isinstance(bench, WorkbenchScreen)
        assert bench.bench.walk.derivation.values("C") == pytest.approx(wanted, abs=1e-15)
        assert "trained numbers" in text_of(pilot)


async def test_trained_numbers_are_taken_after_a_yes_where_steps_would_be_lost() -> None:
    async with app_of("exercise-1", mode="watch").run_test(size=(80, 24)) as pilot:
        bench = pilot.app.screen
        assert isinstance(bench, WorkbenchScreen)
        await press(pilot, "enter enter f10 exclamation_mark")
        assert "t train" in text_of(pilot).splitlines()[-1]
        await press(pilot, "t")
        await until_trained(pilot)
        assert "the steps then start again" in text_of(pilot)
        await press(pilot, "enter")
        assert "Begin again from the first step, with the trained numbers?" in text_of(pilot)
        await press(pilot, "n")
        assert bench.bench.walk.number == 3


async def test_the_page_of_keys_tells_what_keys_do_at_a_question() -> None:
    async with app_of("exercise-1", mode="watch").run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10 right f1")
        assert "Up, Down  Answer" in text_of(pilot)
        assert "rate" not in text_of(pilot)


async def test_a_long_training_is_stopped_by_a_key() -> None:
    async with app_of(mode="watch").run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10 exclamation_mark t")
        screen = pilot.app.screen
        assert isinstance(screen, TrainingScreen)
        for _ in range(12):
            await press(pilot, "plus")
        assert screen.play.plan.updates == 100_000
        begun = process_time()  # of work, which a busy machine does not change
        while not screen.play.runs:
            await pilot.pause()
            assert process_time() < begun + 20
        await press(pilot, "enter")
        assert screen.play.stopped
        assert not screen.play.is_running
        await pilot.app.workers.wait_for_complete()
        assert len(screen.play.runs[0].costs) < 100_000


PROGRAM = """
import sys
from tui_backprop.terminal.start import start

def first():
    from tui_backprop import course
    from tui_backprop.desk.workbench.setup import Setup
    from tui_backprop.desk.workbench.workbench import Workbench
    from tui_backprop.terminal.workbench.screen import WorkbenchScreen
    return WorkbenchScreen(Workbench(Setup(course.load("exercise-2"), mode="watch")))

sys.exit(start(first))
"""
RIGHT = b"\x1b[C"


def bytes_sent(program: Terminal, key: bytes) -> list[int]:
    """How much is sent for each press of a key."""
    program.drain()
    counts = []
    for _ in range(rounds(8, least=2)):
        program.sent = b""
        program.press(key)
        program.until(b"\x1b[")  # something is sent, for the picture changes
        program.drain()
        counts.append(len(program.sent))
    return counts


def test_moving_the_point_of_a_curve_and_the_marker_of_a_map_sends_less_than_a_kilobyte() -> None:
    with terminal(program=PROGRAM) as program:
        program.until(b"F1")
        for keys, shown in ((b"\x1b[21~", b"Which way"), (b"!", b"t train")):
            program.sent = b""
            program.press(keys)
            program.until(shown)
        assert max(on_the_curve := bytes_sent(program, RIGHT)) < 1024, on_the_curve
        program.press(b"m")
        program.until(b"start here")
        assert max(on_the_map := bytes_sent(program, RIGHT)) < 1024, on_the_map
        program.press(b"\x03")
        program.ended()
