"""An exam at the workbench with real keys: no word until it is handed in, then marks, and a sheet on disk."""

from __future__ import annotations

import json
import math
from itertools import cycle
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.effort import pairs
from tests.exercise_files import chain_file
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, screen_text
from tests.terminal.test_workbench import app_with, bench, type_in
from tui_backprop import course
from tui_backprop.records.folder import read_folder
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.sheets import mark


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "records")


async def begin_exam(pilot: Pilot[None]) -> Exam:
    await pilot.press("f5", "end", "enter")
    paper = bench(pilot).walk
    assert isinstance(paper, Exam)
    return paper


async def answer_all(pilot: Pilot[None], journal: Journal, first: float, *, typed: int = 1) -> Exam:
    """An early value of the learner's own, and every later one right for it; so many of the last with real keys."""
    paper = await begin_exam(pilot)
    own = paper.derivation.values_with(numbers={paper.plan[0]: first})
    texts = [repr(first), *(f"{own(step):.6g}" for step in paper.plan[1:])]
    for text in texts[:-typed]:
        bench(pilot).sitting.answer(text)
    await type_in(pilot, journal, *texts[-typed:])
    return paper


def flat(pilot: Pilot[None]) -> str:
    """The screen's text in one line, without the borders between its rows."""
    return " ".join(screen_text(pilot.app).replace("│", " ").split())


async def test_an_answer_is_noted_without_a_judgement(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await begin_exam(pilot)
        await type_in(pilot, journal, "0.95")
        text = screen_text(pilot.app)
        assert "Noted: zⱼ = 0.95" in text
        assert "✗" not in text
        assert "✓" not in text
        assert "EXAM   step 2 of 14" in text


async def test_an_early_wrong_value_with_right_later_steps_loses_one_mark_only(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        paper = await answer_all(pilot, journal, 0.7, typed=13)
        assert "All 14 steps are answered. " in flat(pilot)
        assert "Press y to hand the exam in" in flat(pilot)
        await type_in(pilot, journal, "y")
        assert "13 of 14 marks" in flat(pilot)
        assert "right for your earlier values" in flat(pilot)
        assert paper.marks is not None
        assert paper.marks.marks[0].verdict == "wrong"


async def test_the_sheet_is_written_where_the_learner_says_and_can_be_marked(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "sheet.json"
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        paper = await answer_all(pilot, journal, 0.7)
        await type_in(pilot, journal, "y", "Ada", str(file))
        assert "Your answer sheet is written" in flat(pilot)
    sheet = json.loads(file.read_text("utf-8"))
    assert sheet["learner"] == "Ada"
    marked = mark(course.load("exercise-2"), sheet)
    assert (marked["score"], marked["out_of"]) == (13, 14)
    assert paper.marks is not None
    assert marked == paper.marks.to_dict()


async def test_an_answer_is_changed_by_going_back_to_it(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        paper = await begin_exam(pilot)
        await type_in(pilot, journal, "0.5", "0.602")
        await pilot.press("pageup", "pageup")
        assert "> 0.5" in screen_text(pilot.app)
        await type_in(pilot, journal, "0.602")
        assert paper.answers["z 1:j"] == "0.602"
        assert "step 2 of 14" in screen_text(pilot.app)


async def test_a_step_left_out_is_told_before_handing_in(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        paper = await begin_exam(pilot)
        for _ in paper.plan:
            await pilot.press("exclamation_mark")
        assert f"0 of {paper.total} steps are answered" in flat(pilot)
        await type_in(pilot, journal, "n")
        assert not paper.handed_in


async def test_an_exam_is_gone_on_with_after_a_restart(journal: Journal, tmp_path: Path) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await begin_exam(pilot)
        await type_in(pilot, journal, "0.7", "zj")
    journal.close()
    async with app_with("exercise-2", Journal(tmp_path / "records")).run_test(size=(80, 24)) as pilot:
        text = screen_text(pilot.app)
        assert "EXAM   step 3 of 14" in text
        paper = bench(pilot).walk
        assert isinstance(paper, Exam)
        assert paper.answers == {"z 1:j": "0.7", "a 1:j": "zj"}


async def test_an_exam_is_given_up_after_a_yes_before_any_value_is_shown(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await begin_exam(pilot)
        await type_in(pilot, journal, "0.7")
        await pilot.press("f5", "home", "enter")
        assert "Give the exam up? Its 1 answer will not count" in flat(pilot)
        await pilot.press("n")
        assert isinstance(bench(pilot).walk, Exam)
        await pilot.press("f5", "home", "enter", "y")
        assert not isinstance(bench(pilot).walk, Exam)
        assert "The exam is given up." in flat(pilot)
        paper = await begin_exam(pilot)
        assert paper.answers == {}


async def test_the_marks_of_an_exam_can_be_seen_again_and_its_sheet_written_once_more(
    journal: Journal, tmp_path: Path,
) -> None:
    files = [str(tmp_path / name) for name in ("first.json", "second.json")]
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        paper = await answer_all(pilot, journal, 0.3)
        await type_in(pilot, journal, "y", "Ada", files[0])
        assert paper.marks is not None
    with Journal(tmp_path / "records") as later:
        async with app_with("exercise-1", later).run_test(size=(80, 24)) as pilot:
            assert "QUIZ" in screen_text(pilot.app)
            await begin_exam(pilot)
            assert f"{paper.marks.score} of {paper.marks.out_of} marks" in flat(pilot)
            assert "s writes its answer sheet once more" in flat(pilot)
            await pilot.press("s")
            await type_in(pilot, later, "Ada", files[1])
            assert Path(files[1]).read_bytes() == Path(files[0]).read_bytes()
            await pilot.press("r")
            again = bench(pilot).walk
            assert isinstance(again, Exam)
            assert again.answers == {}


async def test_a_question_is_answered_after_escape_too(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        paper = await answer_all(pilot, journal, 0.24)
        await pilot.press("y")
        assert paper.handed_in


async def test_a_file_name_that_was_refused_stays_and_no_file_is_written_over_without_asking(
    journal: Journal, tmp_path: Path,
) -> None:
    there, other = tmp_path / "mine.json", tmp_path / "other.json"
    there.write_text("mine", "utf-8")
    async with app_with("exercise-1", journal).run_test(size=(120, 40)) as pilot:
        await answer_all(pilot, journal, 0.24)
        await type_in(pilot, journal, "y", "Ada Bell")
        assert "exercise-1-Ada-Bell.json" in flat(pilot)
        await type_in(pilot, journal, str(tmp_path / "no" / "sheet.json"))
        assert "there is no such folder" in flat(pilot)
        typing = bench(pilot).typing
        assert typing is not None
        assert "no/sheet.json" in typing.suggestion
        await type_in(pilot, journal, str(there))
        assert "Write over it?" in flat(pilot)
        await pilot.press("n")
        assert there.read_text("utf-8") == "mine"
        await type_in(pilot, journal, str(other))
        assert there.read_text("utf-8") == "mine"
        assert json.loads(other.read_text("utf-8"))["learner"] == "Ada Bell"


async def test_the_list_of_steps_has_the_marks(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 24)) as pilot:
        await answer_all(pilot, journal, 0.3)
        await type_in(pilot, journal, "y", "-", "-")
        await pilot.press("f3")
        text = screen_text(pilot.app)
        assert "│  ✗     1  zₖ" in text
        assert "│ (✓)    2  aₖ" in text


async def test_what_an_exam_does_not_have_is_not_among_its_keys(journal: Journal) -> None:
    async with app_with("exercise-1", journal).run_test(size=(80, 40)) as pilot:
        await begin_exam(pilot)
        await pilot.press("f1")
        text = screen_text(pilot.app)
        assert "Leave out" in text
        assert "F4" not in text
        assert "F6" not in text


async def test_numbers_cannot_be_changed_in_an_exam(journal: Journal) -> None:
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        await begin_exam(pilot)
        await pilot.press("f2", "home", "down", "enter", "0", "full_stop", "5", "enter")
        assert "In an exam" in flat(pilot)
        assert bench(pilot).walk.derivation.values("w 1:i->j") == 0.86


@pytest.mark.parametrize(("mode", "width"), pairs(["exam", "quiz"], [80, 60]))
async def test_a_new_weight_is_asked_for_in_the_decimals_that_it_is_judged_by(
    mode: str, width: int, journal: Journal, tmp_path: Path,
) -> None:
    file = tmp_path / "small.toml"
    file.write_text(chain_file(learning_rate=0.001), "utf-8")
    async with app_with(str(file), journal).run_test(size=(width, 20)) as pilot:
        if mode == "exam":
            await begin_exam(pilot)
            assert "a number (3 digits are enough)" in flat(pilot)
        while bench(pilot).walk.plan[bench(pilot).walk.position] != "w' 1:i->k":
            assert "decimals" not in flat(pilot)
            await pilot.press("exclamation_mark")
            if mode == "quiz":
                await pilot.press("enter")
        assert "a number (4 decimals)" in flat(pilot)
        assert "Give 4 decimals, so that the change shows." in flat(pilot)


@pytest.mark.parametrize(("name", "capabilities"), [("full", FULL), ("ascii", ASCII)])
async def test_what_the_marks_look_like(name: str, capabilities: Capabilities, journal: Journal) -> None:
    async with app_with("exercise-2", journal, capabilities).run_test(size=(80, 24)) as pilot:
        await answer_all(pilot, journal, 0.7)
        await type_in(pilot, journal, "y", "Ada")
        for width, height in ((80, 24), (60, 20), (120, 40)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            await pilot.pause()
            check_golden(f"exam-marks-{width}x{height}-{name}", screen_text(pilot.app))


async def test_an_exam_does_not_mind_a_clock_that_jumps(tmp_path: Path) -> None:
    """Years on, back before its beginning, standing still, and what is no time at all."""
    times = cycle((1.7e9, 4e9, 0.0, -5.0, 1.7e9, 1.7e9, math.inf, math.nan, 1e300, 1.6e9))
    journal = Journal(tmp_path / "records", clock=lambda: next(times))
    async with app_with("exercise-2", journal).run_test(size=(80, 24)) as pilot:
        paper = await answer_all(pilot, journal, 0.7)
        await type_in(pilot, journal, "y")
        assert "13 of 14 marks" in flat(pilot)
    notes = [event.note for event in read_folder(tmp_path / "records").events]
    answers = [(note.step, note.data["given"]) for note in notes if note.kind == "answered"]
    assert answers == list(paper.answers.items())
    assert notes[-1].kind == "submitted"
