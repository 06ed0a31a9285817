"""Nudging a parameter, with real keys: costs, slopes, the chain below them, and nothing given away unasked."""

from __future__ import annotations

from itertools import product

import pytest
from textual.pilot import Pilot

from tests.derivation.test_large import drawn
from tests.effort import some
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, resized, screen_text
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.desk.nudge_view import agreement_marks, cost_rows
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.workbench.nudge import NudgeScreen, ParameterList
from tui_backprop.tutor.nudge import nudge
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.walk import Walk, Watch
from tui_backprop.typeset.glyphs import Glyphs

SIZES = [(80, 24), (60, 20), (120, 40)]
EXERCISES = [entry.name for entry in course.exercises()]


class Opener(TutorScreen):
    """The screen below, which is told what was given away."""

    given_away: tuple[str, ...] | None = None

    def __init__(self, walk: Walk, parameter: str | None) -> None:
        super().__init__()
        self.opens = NudgeScreen(walk, parameter)

    def on_mount(self) -> None:
        self.app.push_screen(self.opens, lambda seen: setattr(self, "given_away", seen))


def app_with(
    name: str, parameter: str | None = None, kind: type[Walk] = Watch, capabilities: Capabilities = FULL
) -> TutorApp:
    walk = kind(course.load(name))
    return TutorApp(capabilities, lambda: Opener(walk, parameter))


def text_of(pilot: Pilot[None]) -> str:
    return screen_text(pilot.app)


async def test_both_ways_stand_below_each_other_with_marks_under_the_digits_that_agree() -> None:
    async with app_with("softmax-2-3-2", "w 1:x1->h1").run_test(size=(80, 24)) as pilot:
        rows = text_of(pilot).splitlines()
        slope, gradient, marks = (next(n for n, row in enumerate(rows) if part in row)
                                  for part in ("= 0.362634", "= 0.362638", "^^^"))
        assert slope < gradient == marks - 1
        column = rows[gradient].index("0.362638")
        assert rows[slope].index("0.362634") == column
        assert rows[marks].index("^") == column
        assert rows[marks].count("^") == len("0.36263")
        assert "agree to 5 digits" in text_of(pilot)


@pytest.mark.parametrize("capabilities", [FULL, ASCII], ids=["full", "ascii"])
async def test_the_screen_at_every_size(capabilities: Capabilities) -> None:
    async with app_with("exercise-2", "w 2:j->k", capabilities=capabilities).run_test(size=SIZES[0]) as pilot:
        async for size in resized(pilot, SIZES):
            text = text_of(pilot)
            assert text.isascii() or capabilities is FULL
            check_golden(f"nudge-{size[0]}x{size[1]}-{'full' if capabilities is FULL else 'ascii'}", text)


async def test_the_curve_near_by_is_there_from_the_first_moment() -> None:
    async with TutorApp(FULL, TutorScreen).run_test(size=(100, 30)) as pilot:
        pilot.app.push_screen(NudgeScreen(Watch(course.load("exercise-2"))))
        await pilot.pause()
        assert "┤" in text_of(pilot)


@pytest.mark.parametrize(
    ("capabilities", "name"), some([*product([FULL], EXERCISES), *product([ASCII], EXERCISES[::4])]))
async def test_on_the_smallest_screen_every_exercise_shows_both_values_and_what_they_mean(
    name: str, capabilities: Capabilities
) -> None:
    async with app_with(name, capabilities=capabilities).run_test(size=(60, 20)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, NudgeScreen)
        for _ in range(len(screen.choices.parameters)):
            text = text_of(pilot)
            assert "rise" in text
            assert "agree" in text or "bends" in text or "slopes differ" in text
            for value in nudge(screen._walk, screen.choices.parameters[screen.choices.cursor], 0.01).texts:
                assert (value if capabilities is FULL else value.replace("−", "-")) in text
            await pilot.press("down")


async def test_up_and_down_choose_and_left_and_right_resize() -> None:
    async with app_with("exercise-2").run_test(size=(80, 24)) as pilot:
        assert "= −0.556876" in text_of(pilot)
        await pilot.press("down")
        assert "= −0.725627" in text_of(pilot)
        assert "h = 0.01   0.1  [0.01]  0.001" in text_of(pilot)
        await pilot.press("left", "left")
        assert "h = 0.1   [0.1]  0.01  0.001" in text_of(pilot)
        await pilot.press("right", "right", "right")
        assert "0.1  0.01  [0.001]" in text_of(pilot)
        assert "wⱼₖ + h = 0.661" in text_of(pilot)


async def test_a_nudge_is_typed_and_mended_and_dropped() -> None:
    async with app_with("exercise-2", "w 2:j->k").run_test(size=(80, 24)) as pilot:
        await pilot.press("0", "comma", "5", "6", "backspace")
        assert "h = 0,5_" in text_of(pilot)
        await pilot.press("enter")
        assert "wⱼₖ + h = 1.16" in text_of(pilot)
        await pilot.press("3", "escape")
        assert "h = 0.5 " in text_of(pilot)
        await pilot.press("2", "5", "enter")
        assert "✗ A nudge lies between 1e−12 and 10." in text_of(pilot)
        assert "wⱼₖ + h = 1.16" in text_of(pilot)
        await pilot.press("left")
        assert "h = 0.5 " in text_of(pilot)
        await pilot.press("right")
        assert "[0.1]" in text_of(pilot)


async def test_a_gradient_not_found_yet_is_shown_only_when_asked_for_and_that_is_told() -> None:
    app = app_with("exercise-2", "w 2:j->k", kind=Quiz)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "You have not found ∂C/∂wⱼₖ yet." in text_of(pilot).replace("\n", " ")
        assert "0.7256" not in text_of(pilot)
        assert "Enter show it" in text_of(pilot)
        await pilot.press("enter")
        assert "= −0.725627" in text_of(pilot)
        assert "Enter show it" not in text_of(pilot)
        await pilot.press("up")
        assert "0.5569" not in text_of(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, Opener)
        assert app.screen.given_away == ("dC/dw 2:j->k",)


async def test_nothing_is_given_away_by_what_was_found_before() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while not quiz.finished:
        quiz.reveal()
    app = TutorApp(FULL, lambda: Opener(quiz, "w 1:i->j"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "= −0.556876" in text_of(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, Opener)
        assert app.screen.given_away == ()


async def test_a_relu_that_switches_is_told_with_both_slopes() -> None:
    async with app_with("off-relu", "w 1:i->n").run_test(size=(60, 20)) as pilot:
        await pilot.press("0", "full_stop", "6", "enter")
        text = " ".join(text_of(pilot).split())
        assert "! There is a corner here: zₙ passes 0 between the points." in text
        assert "The slopes differ: 0.00000 on the left, 0.05047 on the right. Take a smaller nudge." in text


async def test_a_large_network_is_nudged_too() -> None:
    quiz = Watch(Exercise("drawn", "A large one", drawn(biases=True)))
    app = TutorApp(FULL, lambda: Opener(quiz, "w 2:9->3"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Nudging and the chain agree" in text_of(pilot)
        await pilot.press("end")
        assert "b₇" in text_of(pilot)
        assert "Nudging and the chain agree" in text_of(pilot)
        await pilot.press("home", "pagedown")
        assert app.screen.query_one(ParameterList).cursor == 8  # the rows it has


def test_slopes_are_left_out_where_there_is_no_room() -> None:
    found = nudge(Watch(course.load("mazur")), "w 1:i1->h1", 0.001)
    assert any("left slope" in row for row in cost_rows(found, 90, Glyphs.FULL))
    narrow = cost_rows(found, 50, Glyphs.ASCII)
    assert not any("slope" in row for row in narrow)
    assert max(map(len, narrow)) <= 50


@pytest.mark.parametrize(("parameter", "size", "marks"), [
    ("w 1:i1->h1", 0.1, "^^^^^^^^^^ "), ("w 1:i1->h1", 0.01, "^^^^^^^^^^^"), ("b 1:h1", 0.1, "^^^^^^    ")])
def test_only_digits_that_look_alike_are_marked(parameter: str, size: float, marks: str) -> None:
    """0.000438567 and 0.000438568; the same twice; 0.00876417 and 0.00877135, which agree to two digits, rounded."""
    assert agreement_marks(nudge(Watch(course.load("mazur")), parameter, size)) == marks
