"""The workbench without its screen: rounds and their undo, runs that are begun once more, an exam's own notation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.modes import MODES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


def unpainted(_feedback: Feedback, _text: str) -> Callable[[], None]:
    return lambda: None


def solve(bench: Workbench, steps: int | None = None) -> None:
    """Answer the next steps rightly; all that are left where no number is given."""
    left = bench.walk.total if steps is None else steps
    while bench.walk.current is not None and left:
        bench.answer(repr(bench.walk.current.value), unpainted)
        left -= 1


def opened(journal: Journal, name: str = "exercise-1") -> Workbench:
    return Workbench(Setup(course.load(name), journal=journal))


def test_an_undone_round_leads_back_to_the_end_of_the_one_before(folder: Path) -> None:
    with Journal(folder) as journal:
        bench = opened(journal)
        solve(bench)
        bench.changes.again()
        assert bench.walk.position == 0
        bench.changes.undo()
        assert bench.walk.finished
        assert bench.walk.shown("C'") == "0.5213"


def test_a_finished_exercise_done_once_more_is_taken_up_where_it_was_left(folder: Path) -> None:
    with Journal(folder) as journal:
        solve(opened(journal))
    with Journal(folder) as journal:
        bench = opened(journal)
        assert bench.walk.position == 0
        solve(bench, 3)
    with Journal(folder) as journal:
        place = journal.history.resume
        assert place is not None
        assert place.exercise == "exercise-1"
        assert opened(journal).walk.position == 3
        assert journal.history.finished("exercise-1")  # it was done, and stays so in the contents


def test_an_exam_goes_on_in_the_notation_it_was_begun_in(folder: Path) -> None:
    nielsen = NOTATIONS["nielsen"]
    with Journal(folder) as journal:
        bench = Workbench(Setup(course.load("exercise-2"), journal=journal, notation=nielsen))
        bench.changes.choose(MODES["exam"])
        for text in ("0.602", "0.602", "0.397", "0.397", "0.363", "2(a^3_k - y)"):
            bench.answer(text, unpainted)
        assert bench.walk.position == 6
    with Journal(folder) as journal:
        bench = Workbench(Setup(course.load("exercise-2"), journal=journal, notation=HAND_OUT))
        assert isinstance(bench.walk, Exam)
        assert bench.walk.derivation.notation is nielsen
        assert bench.walk.position == 6
        assert bench.walk.shown("dC/da 2:k") == "−1.206"
        bench.changes.choose(MODES["quiz"])
        assert bench.doubt is not None
        bench.doubt.yes()
        assert bench.walk.derivation.notation is HAND_OUT


def test_an_exam_is_not_begun_again_unasked_while_its_sheet_is_in_no_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal(folder) as journal:
        bench = opened(journal)
        bench.changes.choose(MODES["exam"])
        solve(bench)
        assert not bench.ending.unsaved
        bench.do_at_end("hand_in")
        assert bench.ending.unsaved
        bench.reply("Ada")
        assert bench.ending.unsaved
        bench.reply("sheet.json")
        assert not bench.ending.unsaved


def test_an_exam_that_is_handed_in_goes_on_at_its_marks_until_its_sheet_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal(folder) as journal:
        bench = opened(journal)
        bench.changes.choose(MODES["exam"])
        solve(bench)
        bench.do_at_end("hand_in")
    with Journal(folder) as journal:
        assert journal.history.resume is not None
        bench = opened(journal)
        assert isinstance(bench.walk, Exam)
        assert bench.walk.handed_in
        for reply in ("Ada", "~nobody-of-this-name/sheet.json"):
            with suppress(ExerciseError):
                bench.reply(reply)
        bench.reply("sheet.json")
    assert (tmp_path / "sheet.json").is_file()
    with Journal(folder) as journal:
        assert journal.history.resume is None
        assert not isinstance(opened(journal).walk, Exam)


def test_leaving_an_answered_step_out_takes_its_answer_back(folder: Path) -> None:
    with Journal(folder) as journal:
        bench = opened(journal)
        bench.changes.choose(MODES["exam"])
        solve(bench, 2)
        bench.go_to(0)
        bench.reveal()
        assert isinstance(bench.walk, Exam)
        assert bench.walk.missing[0] == 1
    with Journal(folder) as journal:
        again = opened(journal)
        assert isinstance(again.walk, Exam)
        assert list(again.walk.answers) == [again.walk.plan[1]]
