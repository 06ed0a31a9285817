"""Exercise 2 of the course done by hand at the workbench, with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.effort import some
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, resized, screen_text
from tests.terminal.settled import quick_typist
from tests.terminal.typing import SHORT, paste
from tui_backprop import course
from tui_backprop.desk.diagram_view import highlight_of
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.widgets.message import QuestionView
from tui_backprop.terminal.widgets.prompt import Prompt
from tui_backprop.terminal.workbench.screen import WorkbenchScreen

SIZES = [(80, 24), (60, 20), (120, 40)]
NAMES = {"-": "minus", "*": "asterisk", "(": "left_parenthesis", ")": "right_parenthesis", ".": "full_stop",
         ",": "comma", "!": "exclamation_mark", "?": "question_mark", "+": "plus", "/": "slash"}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def app_with(name: str, journal: Journal, capabilities: Capabilities = FULL) -> TutorApp:
    """The tutor, opened at an exercise."""
    return TutorApp(capabilities, lambda: HomeScreen(journal, target=f"exercise {name}"))


def bench(pilot: Pilot[None]) -> Workbench:
    screen = pilot.app.screen
    assert isinstance(screen, WorkbenchScreen)
    return screen.bench


async def type_in(pilot: Pilot[None], journal: Journal, *texts: str) -> None:
    """Type each text and Enter, and wait until the judgement is safe and painted."""
    for text in texts:
        with quick_typist():
            prompt = pilot.app.focused
            if isinstance(prompt, LineInput) and prompt.value:
                await pilot.press("ctrl+u")
            if text.isascii() and len(text) <= SHORT:
                await pilot.press(*(NAMES.get(character, character) for character in text))
            else:
                await paste(pilot, text)
            await pilot.press("enter")
        assert journal.flush()
        await pilot.pause()


async def at_step(pilot: Pilot[None], step: str) -> None:
    """Have every value shown, up to this step."""
    walk = bench(pilot).walk
    await have_shown(pilot, walk.plan.index(step) - walk.position)


async def have_shown(pilot: Pilot[None], steps: int) -> None:
    """Have the values of so many steps shown: the last one on the screen, and on from there."""
    for _ in range(steps - 1):
        bench(pilot).reveal()
        bench(pilot).advance()
    if steps:
        await pilot.press("exclamation_mark", "enter")


async def test_an_impatient_second_press_shows_no_second_value(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark", "exclamation_mark")
        text = screen_text(pilot.app)
        assert "Step 2" in text
        assert "Shown: aⱼ" not in text
        assert bench(pilot).walk.entry("a 1:j").status == "open"


async def test_a_right_answer_moves_on_and_stays_in_sight(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.602")
        text = screen_text(pilot.app)
        assert "step 2 of 14" in text
        assert "✓ zⱼ = 0.602" in text


@pytest.mark.parametrize("answer", some(["-1.205", "2*(0.397-1)", "−1,2054", "2(ak-y)"]))
async def test_the_slope_of_the_cost_may_be_written_in_many_ways(answer: str, journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "dC/da 2:k")
        await type_in(pilot, journal, answer)
        assert bench(pilot).walk.entry("dC/da 2:k").status == "answered"
        assert "✓ ∂C/∂aₖ = −1.205" in screen_text(pilot.app)


async def test_a_wrong_answer_is_named_and_stays_to_be_mended(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "dC/da 2:k")
        await type_in(pilot, journal, "0.397-1")
        text = screen_text(pilot.app)
        assert "✗ I read −0.603." in text
        assert "> 0.397-1" in text
        assert "step 6 of 14" in text
        await pilot.press("exclamation_mark")
        assert "Shown: ∂C/∂aₖ = −1.205" in screen_text(pilot.app)


async def test_what_cannot_be_read_costs_nothing_and_is_pointed_at(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.7*+*2")
        rows = screen_text(pilot.app).splitlines()
        row = next(n for n, line in enumerate(rows) if "^" in line)
        assert rows[row - 1][rows[row].index("^")] in "*+"
        assert bench(pilot).walk.entry("z 1:j").attempts == 0


async def test_hints_climb_from_the_rule_to_the_numbers(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        told = []
        for _ in range(3):
            await pilot.press("question_mark")
            told.append(next(line for line in screen_text(pilot.app).splitlines() if "│ ? " in line))
        assert "Multiply each incoming activation by its weight" in told[0]
        assert "zⱼ = wᵢⱼ" in told[1]
        assert "0.86" in told[2]
        assert not bench(pilot).walk.entry("z 1:j").unaided


async def test_an_edit_that_loses_answers_asks_first(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.602")
        for reply, weight, step in (("n", 0.86, 1), ("y", 0.5, 0)):
            await pilot.press("f2", "home", "down", "enter", "0", "full_stop", "5", "enter")
            assert "Start the steps again with wᵢⱼ = 0.5?" in screen_text(pilot.app).replace("\n", " ")
            await type_in(pilot, journal, reply)
            assert bench(pilot).walk.derivation.values("w 1:i->j") == weight
            assert bench(pilot).walk.position == step
        assert "0.5 *" in screen_text(pilot.app)


async def test_the_whole_exercise_ends_with_all_new_weights(journal: Journal) -> None:
    """The values are those of the course's own table, to four digits."""
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.86*0.7", "0.602", "0.66*0.602", "0.3973", "(0.3973-1)^2", "-1.205", "0.602",
                      "-0.7256", "0.66", "0.7", "-0.5569", "0.7326", "0.9157", "0.281")
        quiz = bench(pilot).walk
        assert quiz.finished
        assert all(entry.unaided for entry in quiz.entries.values())
        check_golden("workbench-end", screen_text(pilot.app))
        await pilot.press("n")
        assert bench(pilot).walk.derivation.values("w 2:j->k") == pytest.approx(0.7326, abs=5e-5)
        assert bench(pilot).walk.position == 0


async def test_earlier_steps_can_be_looked_at_and_left_again(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "C")
        await pilot.press("9", "pageup", "pageup", "enter", "pageup", "pageup")
        assert bench(pilot).walk.entry("C").attempts == 0
        text = screen_text(pilot.app)
        assert "LOOKING BACK" in text
        assert "0.66 · 0.602" in text
        await pilot.press("pagedown", "pagedown")
        assert "LOOKING BACK" not in screen_text(pilot.app)
        assert "step 5 of 14" in screen_text(pilot.app)


async def test_on_a_narrow_screen_the_parameters_take_the_diagrams_place(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(60, 20)) as pilot:
        assert "Parameters" not in screen_text(pilot.app)
        await pilot.press("f2")
        assert "Network" not in screen_text(pilot.app)
        assert "weight  wⱼₖ  0.66" in screen_text(pilot.app)
        await pilot.press("f2")
        assert "Network" in screen_text(pilot.app)


async def test_the_list_of_steps_leads_back_to_a_step_that_is_done(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "C")
        before = screen_text(pilot.app)
        await pilot.press("ctrl+l")  # it paints the screen afresh, here as elsewhere
        assert screen_text(pilot.app) == before
        await pilot.press("f3")
        check_golden("workbench-steps", screen_text(pilot.app))
        await pilot.press("home", "enter")
        assert "LOOKING BACK" in screen_text(pilot.app)
        assert "step 1 of 14" in screen_text(pilot.app)


async def test_watching_shows_every_step_by_enter_alone(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "down", "down", "enter")
        for _ in range(14):
            assert not bench(pilot).walk.finished
            await pilot.press("enter")
        assert bench(pilot).walk.finished
        assert {entry.status for entry in bench(pilot).walk.entries.values()} == {"shown"}


@pytest.mark.parametrize(
    ("letter", "seen"), [("a", "How to do this exercise"), ("p", "change"), ("l", "find:"), ("w", "only")])
async def test_every_function_key_has_a_letter_outside_the_prompt(letter: str, seen: str, journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", letter)
        assert seen in screen_text(pilot.app)


async def test_continue_finds_the_step_again(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
            await type_in(pilot, journal, "0.602", "0.602")
            await pilot.press(*"0.66*", "escape", "escape")
            assert "Continue: Exercise 2" in screen_text(pilot.app)
    with Journal(tmp_path) as journal:
        app = TutorApp(FULL, lambda: HomeScreen(journal))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("home", "enter")
            await pilot.pause()
            assert "step 3 of 14" in screen_text(app)
            assert "> 0.66*" in screen_text(app)
            await pilot.press(*"0.602", "ctrl+c")
    with Journal(tmp_path) as journal:
        assert journal.history.exercises["exercise-2"][0].typed_at("z 2:k") == "0.66*0.602"


@pytest.mark.parametrize(
    ("step", "lit"),
    [
        ("da/dw 1:i->j", {"0:i", "1:j", "w 1:i->j"}),
        ("dC/dw 2:j->k", {"1:j", "2:k", "w 2:j->k"}),
        ("dC/da 2:k", {"2:k", "y 2:k"}),
        ("z 1:j", {"1:j"}),
    ],
)
def test_a_step_lights_what_it_is_about(step: str, lit: set[str]) -> None:
    workbench = Workbench(Setup(course.load("exercise-2")))
    assert highlight_of(workbench.walk, step).lit == lit


@pytest.mark.parametrize("capabilities", [FULL, ASCII], ids=["full", "ascii"])
async def test_the_screen_at_every_size(capabilities: Capabilities, journal: Journal) -> None:
    app = app_with("exercise-2", journal, capabilities)
    async with app.run_test(size=SIZES[0]) as pilot:
        await at_step(pilot, "dC/da 2:k")
        await type_in(pilot, journal, "0.397-1")
        async for size in resized(pilot, SIZES):
            text = screen_text(app)
            assert text.isascii() or capabilities is FULL
            check_golden(f"workbench-{size[0]}x{size[1]}-{'full' if capabilities is FULL else 'ascii'}", text)


@pytest.mark.parametrize("name", some([entry.name for entry in course.exercises()]))
async def test_every_shipped_exercise_can_be_watched(name: str, journal: Journal) -> None:
    app = app_with(name, journal)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("f5", "down", "down", "enter")
        steps = min(bench(pilot).walk.total, 6)
        await pilot.press(*["enter"] * steps)
        assert bench(pilot).walk.position == steps


async def test_a_gradient_seen_by_nudging_is_not_unaided(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "dC/dw 2:j->k")
        await pilot.press("f6")
        assert "Check by nudging" in screen_text(pilot.app)
        await pilot.press("enter", "escape")
        await type_in(pilot, journal, "-0.726")
        entry = bench(pilot).walk.entry("dC/dw 2:j->k")
        assert entry.status == "answered"
        assert not entry.unaided


async def test_another_notation_may_be_chosen_in_the_middle_of_a_quiz(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await type_in(pilot, journal, "0.602")
        await pilot.press(*"0.6", "ctrl+n", "end", "enter")
        text = screen_text(pilot.app)
        assert "> 0.6 " in text  # what is typed stays
        assert "net" in text
        assert "step 2 of 14" in text
        assert journal.history.settings["notation"] == "mazur"


async def test_the_same_slip_twice_asks_for_a_part_which_leads_back_to_the_step(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "dC/da 2:k")
        await type_in(pilot, journal, "1.205", "1.205")
        assert "A smaller step first: what is aₖ − y?" in screen_text(pilot.app)
        await type_in(pilot, journal, "sigma(2)")
        assert "> sigma(2)" in screen_text(pilot.app)
        await type_in(pilot, journal, "-0.603")
        text = screen_text(pilot.app)
        assert "✓ aₖ − y = −0.6027. Now the whole step again." in text
        assert "step 6 of 14" in text
        await type_in(pilot, journal, "2*-0.603")
        assert "step 7 of 14" in screen_text(pilot.app)


async def test_who_enters_a_part_for_the_whole_twice_sees_the_smaller_question_at_once(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "C")
        await type_in(pilot, journal, "0.397-1", "0.397-1")
        assert "You have aₖ − y = −0.6027. Now the whole: what is (aₖ − y)²?" in screen_text(pilot.app)


async def test_formulas_are_asked_first_when_that_is_chosen_and_known_after_a_restart(
    journal: Journal, tmp_path: Path,
) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "down", "enter")
        await at_step(pilot, "dC/da 2:k")
        assert "Which expression is ∂C/∂aₖ?" in screen_text(pilot.app)
        await type_in(pilot, journal, "2(ak-y)")
        assert "I read 2(aₖ − y). That is right. Now its value." in screen_text(pilot.app)
    journal.close()
    async with app_with("exercise-2", Journal(tmp_path)).run_test(size=(80, 24)) as pilot:
        text = screen_text(pilot.app)
        assert "step 6 of 14" in text
        assert "Which expression" not in text


async def test_the_cost_after_each_of_several_updates_is_told(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            await have_shown(pilot, bench(pilot).walk.total)
            await pilot.press("n")
        await have_shown(pilot, bench(pilot).walk.total)
        assert "Round by round: 0.5776 → 0.5213 → 0.4705 → 0.4246" in screen_text(pilot.app)
        await pilot.press("f2", "u")
        assert len(bench(pilot).setup.numbers.costs) == 1


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_at_the_end_what_changed_is_in_sight_and_the_slips_are_read_on(
    journal: Journal, size: tuple[int, int]
) -> None:
    async with app_with("exercise-2", journal).run_test(size=size) as pilot:
        at_work = bench(pilot)
        while (step := at_work.walk.current) is not None:
            for text in (f"{at_work.walk.number}.17", repr(step.value)):
                at_work.show_judgement(at_work.sitting.answer(text), text, 60)
        await pilot.press("pageup", "escape")
        shown = screen_text(pilot.app)
        assert "→ 0.7326" in shown
        assert "The cost went down" in shown
        assert "Enter: another round" in shown
        question = pilot.app.screen.query_one(QuestionView)
        while question.goes_on(1):
            assert "… Down reads on" in screen_text(pilot.app)
            await pilot.press("down")
        assert "… Down reads on" not in screen_text(pilot.app)
        assert at_work.ending.paragraphs()[-1].text[-5:] in screen_text(pilot.app)


async def test_the_values_at_hand_stay_in_sight_under_a_refused_answer(journal: Journal) -> None:
    async with app_with("two-paths", journal).run_test(size=(60, 20)) as pilot:
        await at_step(pilot, "C'")
        for typed, values in (
            ("9.17", ("You have", "w′₃₅ = 0.7137", "b′₄ = 0.199", "b′₅ = 0.161", "y = 0.35")),
            ("8.17", ("A smaller step first: what is w′₁₃ · a₁?", "w′₁₃ = 0.3573", "a₁ = 0.6")),
        ):
            await type_in(pilot, journal, typed)
            async for _ in resized(pilot, SIZES):
                shown = screen_text(pilot.app).replace("\u00a0", " ")
                assert [value for value in values if value not in shown] == []


async def test_an_answer_given_again_at_the_end_begins_no_new_round_and_the_end_can_be_read_again(
    journal: Journal,
) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        await at_step(pilot, "C'")
        await type_in(pilot, journal, "0.521284")
        await pilot.press(*"0.52", "enter")
        assert bench(pilot).walk.finished
        await pilot.press("enter")
        assert bench(pilot).walk.position == 0
        await pilot.press("f2", "u")
        assert "How it went" in screen_text(pilot.app)
        await pilot.press("k")  # what is typed then is an answer, and no parameter's number
        assert isinstance(pilot.app.focused, Prompt)


async def test_enter_on_the_empty_line_says_what_to_type_and_keeps_what_is_said(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "Type a number, or ? for a hint." in screen_text(pilot.app)
        await pilot.press("?", "enter", "enter")
        await pilot.pause()
        assert len(bench(pilot).said) == 2
        assert screen_text(pilot.app).count("Type a number") == 1


async def test_escape_from_a_value_just_shown_leaves_and_asks_nothing_new(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await pilot.press("!")
        assert "Enter goes on." in screen_text(pilot.app)
        at_work = bench(pilot)
        assert "Esc contents" in screen_text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, WorkbenchScreen)
        assert at_work.walk.position == 1
