"""784-128-10 units and four samples at the workbench, with real keys: opened, searched, jumped through, narrowed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.exercise_files import write_exercise
from tests.terminal.apps import FULL
from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import NAMES, app_with, bench, type_in
from tests.tutor.test_plan import large
from tui_backprop import course
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.read import PHASES, Tell
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.files.opening import OpeningScreen, phase_paragraphs
from tui_backprop.terminal.search import FoundList
from tui_backprop.terminal.widgets.cursor_view import first_from
from tui_backprop.terminal.workbench.screen import WorkbenchScreen
from tui_backprop.terminal.workbench.steps import StepsScreen


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.toml"
    path.write_text(write_exercise(Exercise("large", "A large network", large(), "")), "utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(file: Path) -> tuple[Exercise, list[str]]:
    """The exercise in the file, and what its reading told."""
    told: list[str] = []
    return course.load(file, told.append), told


@pytest.fixture
def read_before(loaded: tuple[Exercise, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is not read again: its reading is seen in other tests."""
    monkeypatch.setattr("tui_backprop.terminal.contents.home.course.load", lambda _name, _tell: loaded[0])


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path) as journal:
        yield journal


async def read(pilot: Pilot[None]) -> None:
    """Wait for the thread that reads the file, and for its screen to give way, which may cancel the rest of it."""
    await pilot.pause()
    while isinstance(pilot.app.screen, OpeningScreen):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def opened(pilot: Pilot[None]) -> None:
    """Wait until the workbench is there and asks."""
    await read(pilot)
    while pilot.app.focused is None:
        await pilot.pause()
    assert isinstance(pilot.app.screen, WorkbenchScreen)


async def keys(pilot: Pilot[None], text: str) -> None:
    spelled = {**NAMES, " ": "space", ">": "greater_than_sign", ":": "colon", "#": "number_sign", "'": "apostrophe"}
    await pilot.press(*(spelled.get(character, character) for character in text))
    await pilot.pause()


@pytest.mark.usefixtures("read_before")
async def test_a_step_far_on_is_found_looked_at_and_gone_on_from(file: Path, journal: Journal) -> None:
    async with app_with(str(file), journal).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "step 1 of 1030042" in screen_text(pilot.app)
        await pilot.press("f3")
        await keys(pilot, "#2 dC/dw 2:3->7")
        text = screen_text(pilot.app)
        assert "∂C₂/∂w₃₇⁽ᴸ⁾" in text
        assert "Enter goes on from here" in text
        await pilot.press("enter")
        assert "the 208,579 steps before it are shown, not asked." in " ".join(screen_text(pilot.app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert "step 208580 of 1030042" in screen_text(pilot.app)
        await type_in(pilot, journal, repr(bench(pilot).walk.derivation.values("#2 dC/dw 2:3->7")))
        assert bench(pilot).walk.entry("#2 dC/dw 2:3->7").unaided
        assert bench(pilot).walk.entry("#1 z 1:1").status == "shown"
        await pilot.press("f3")
        await keys(pilot, "90000")
        await pilot.press("enter")
        text = screen_text(pilot.app)
        assert "LOOKING BACK" in text
        assert "step 90000 of 1030042" in text


@pytest.mark.usefixtures("read_before")
async def test_where_it_was_left_is_where_it_goes_on(file: Path, tmp_path: Path) -> None:
    for place, step in ((0, "step 1 of"), (500_000, "step 500001 of")):
        with Journal(tmp_path) as journal:
            async with app_with(str(file), journal).run_test(size=(80, 24)) as pilot:
                await opened(pilot)
                assert step in screen_text(pilot.app)
                bench(pilot).go_to(500_000)
                assert place <= bench(pilot).walk.position


@pytest.mark.usefixtures("read_before")
async def test_a_weight_is_chosen_from_a_list_that_can_be_searched(file: Path, journal: Journal) -> None:
    async with app_with(str(file), journal).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f4")
        assert "what is not mastered yet" in screen_text(pilot.app)
        await keys(pilot, "w700,100")
        assert "w₇₀₀,₁₀₀" in screen_text(pilot.app)
        begin = process_time()
        await pilot.press("enter")
        await pilot.pause()
        assert process_time() - begin < 5
        quiz = bench(pilot).walk
        assert bench(pilot).walk.narrowing.goal == "w 1:700->100"
        assert quiz.plan[-1] == "w' 1:700->100"
        assert quiz.total < 5_000
        assert "Only w₇₀₀,₁₀₀" in screen_text(pilot.app)
        await pilot.press("f4")
        await pilot.press("home", "enter")
        assert bench(pilot).walk.total > 1_000_000


@pytest.mark.usefixtures("read_before")
async def test_a_parameter_is_found_and_changed(file: Path, journal: Journal) -> None:
    async with app_with(str(file), journal).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f2", "slash")
        await keys(pilot, "w700,100")
        assert "w₇₀₀,₁₀₀" in screen_text(pilot.app)
        await pilot.press("enter", "enter", "ctrl+u")
        await keys(pilot, "0.5")
        await pilot.press("enter")
        await pilot.pause()
        assert bench(pilot).walk.derivation.values("w 1:700->100") == 0.5
        assert "0.5 *" in screen_text(pilot.app)


class Slow:
    """Reads a file when it is let."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.told: list[str] = []

    def __call__(self, tell: Tell) -> Exercise:
        tell(PHASES[1])
        self.told.append(PHASES[1])
        assert self.go_on.wait(30)
        return course.load("exercise-1")


async def test_opening_says_what_it_does_and_can_be_given_up(journal: Journal) -> None:
    app = TutorApp(FULL, lambda: HomeScreen(journal))
    async with app.run_test(size=(80, 24)) as pilot:
        given: list[object] = []
        slow = Slow()
        app.push_screen(OpeningScreen("some.toml", slow), given.append)
        while PHASES[1] + " … " not in screen_text(app):  # at the clock's next beat
            await pilot.pause(0.05)
        text = screen_text(app)
        assert "Opening some.toml" in text
        assert f"[x] {PHASES[0]}" in text
        assert f"{PHASES[1]} … " in text
        assert f"[ ] {PHASES[2]}" in text
        await pilot.press("escape")
        slow.go_on.set()
        await read(pilot)
        assert given == [None]
        assert isinstance(app.screen, HomeScreen)


async def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, journal: Journal) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("format = 1\ntitle = 'x'\n" + "# a long comment\n" * 10_000 + "[network\n", "utf-8")
    async with app_with(str(path), journal).run_test(size=(120, 24)) as pilot:
        await read(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "this is not valid TOML" in " ".join(screen_text(pilot.app).split())


def test_the_phases_are_marked_done_going_on_and_to_come() -> None:
    marks = [paragraph.mark for paragraph in phase_paragraphs(PHASES, PHASES[1], 3.2)]
    assert marks == ["[x]", "[▸]", "[ ]"]
    assert "3 s" in phase_paragraphs(PHASES, PHASES[1], 3.2)[1].text


def test_loading_tells_each_phase_in_order(loaded: tuple[Exercise, list[str]], tmp_path: Path) -> None:
    exercise, told = loaded
    assert exercise.title == "A large network"
    assert told == list(PHASES)
    with pytest.raises(ExerciseError):
        course.load(tmp_path / "none.toml")


@pytest.mark.usefixtures("read_before")
async def test_moving_in_a_list_of_a_million_is_immediate(file: Path, journal: Journal) -> None:
    async with app_with(str(file), journal).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        assert isinstance(pilot.app.screen, StepsScreen)
        for key, place in (("end", 1_030_041), ("up", 1_030_040), ("home", 0), ("pagedown", 16)):
            begin = process_time()
            await pilot.press(key)
            assert process_time() - begin < 2
            assert abs((pilot.app.screen.query_one(FoundList).place or 0) - place) <= 2


def test_the_first_place_at_or_after_another_is_found_by_halves() -> None:
    places = range(0, 1_000_000, 7)
    assert [first_from(places, place) for place in (0, 1, 7, 999_999)] == [0, 1, 1, len(places) - 1]
    assert first_from((), 5) == 0


async def test_what_is_typed_while_a_file_opens_is_for_the_workbench(tmp_path: Path, journal: Journal) -> None:
    file = tmp_path / "long.toml"
    file.write_text(write_exercise(course.load("exercise-2")) + "# a long comment\n" * 10_000, "utf-8")
    held, load_now = threading.Event(), course.load

    def load(name: str, tell: Tell) -> Exercise:
        held.wait(60)
        return load_now(name, tell)

    app = app_with(str(file), journal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui_backprop.terminal.contents.home.course.load", load)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, OpeningScreen)
            await pilot.press("0", "full_stop", "1", "2")
            held.set()
            await opened(pilot)
            await pilot.press("5")
            await pilot.pause()
            assert "> 0.125 " in screen_text(app)
