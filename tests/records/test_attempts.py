"""First attempts, read from what was noted."""

from __future__ import annotations

from pathlib import Path

from tests.records.learner import NAME, Learner
from tui_backprop import course
from tui_backprop.records.attempts import first_attempts
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.edit import edit
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.quiz import Quiz


def outcomes(journal: Journal) -> list[tuple[str, bool]]:
    return [(attempt.skill, attempt.unaided) for attempt in journal.attempts]


def test_the_first_entry_counts_and_no_later_one(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        learner = Learner(journal)
        learner.answer("0.602", "0.7", "0.602")
        learner.hint()
        learner.answer("0.3973")
        learner.show()
        assert outcomes(journal) == [("weighted-sum", True), ("activation:relu", False), ("weighted-sum", False),
                                     ("activation:relu", False)]


def test_what_costs_nothing_is_no_attempt(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.6", "zeta", "0.602")
        assert outcomes(journal) == [("weighted-sum", True)]


def test_the_same_step_begun_again_is_the_same_instance_and_other_numbers_are_another(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602")
        Learner(journal, again=True).answer("0.602")
        Learner(journal, Quiz(edit(course.load(NAME), "w 1:i->j", "0.5"))).answer("0.35")
        first, same, other = (attempt.instance for attempt in journal.attempts)
        assert first == same != other


def test_an_exam_counts_once_it_is_marked(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        exam = Exam(course.load(NAME))
        learner = Learner(journal, exam)
        learner.answer("0.7", "0.7", "0.462")
        assert outcomes(journal) == []
        learner.recorder.note_hand_in(exam.hand_in())
        assert outcomes(journal) == [("weighted-sum", False), ("activation:relu", True), ("weighted-sum", True)]


def test_a_reset_takes_them_away_and_its_undo_brings_them_back(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602")
        reset = journal.reset(NAME)
        assert outcomes(journal) == []
        journal.undo(reset)
        assert outcomes(journal) == [("weighted-sum", True)]


def test_they_are_there_in_the_next_session(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        Learner(journal).answer("0.602")
        before = journal.attempts
    with Journal(tmp_path) as journal:
        assert journal.attempts == before
        assert first_attempts(journal.events) == before
