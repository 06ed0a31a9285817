"""A lesson without its screen: plain lines, formulas as words, answers that count for skills."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tui_backprop.cli.lines import break_lines
from tui_backprop.cli.main import main
from tui_backprop.course import load_lesson
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.records.journal import Journal


def learn(words: list[str], typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert main(["learn", *words]) == 0
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_a_lesson_in_plain_lines_goes_on_where_it_was_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    first = learn(["a-simple-chain", "--plain"], "0.98\n?\n0.24\n", monkeypatch, capsys)
    assert "Not yet: That is the sum of the two." in first
    assert "Multiply the weight by the input." in first
    assert "Question 2 of 11.\n" in first
    assert "Answer with a number with 3 significant digits" in first
    again = learn(["a-simple-chain", "--plain"], "!\n", monkeypatch, capsys)
    assert "You have 1 of 11 questions behind you." in again
    assert "What is the activation" not in again
    assert "Shown: 0.578" in again


def test_formulas_are_said_and_no_sign_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    said = learn(["a-simple-chain", "--spoken"], "!\n" * 20, monkeypatch, capsys)
    assert "d C by d w from j to k equals d a k by d w from j to k times d C by d a k" in said
    assert "That is the end of the lesson." in said
    assert not set(said) & set("∂₁ⱼₖ·²─│═")
    again = learn(["a-simple-chain", "--spoken"], "", monkeypatch, capsys)  # once all is done
    assert "What is the activation a k of the output unit?" in again
    assert "Answer: 0.24\n" in again
    assert "Question 1" not in again


@pytest.mark.parametrize("words", [["--plain"], ["--spoken"], ["--plain", "--ascii"]])
def test_every_lesson_can_be_read_to_its_end(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("slopes", "the-loss-landscape", "circuits", "several-paths"):
        said = learn([name, *words], "!\n" * 60, monkeypatch, capsys)
        assert "That is the end of the lesson." in said
        assert "cannot be shown" not in said
        assert "--ascii" not in words or said.isascii()


def test_a_lesson_taken_up_again_names_only_the_section_that_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    learn(["several-paths", "--plain"], "!\n" * 8, monkeypatch, capsys)
    assert "behind you.\nWishes" in learn(["several-paths", "--plain"], "!\n", monkeypatch, capsys)
    assert "behind you.\nThe whole network" in learn(["several-paths", "--plain"], "", monkeypatch, capsys)


def test_a_table_of_one_row_is_told_column_by_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    said = learn(["slopes", "--spoken"], "!\n" * 7, monkeypatch, capsys)
    assert "A table. In each row: run, then rise over run.\n0.1: 6.1\n" in said
    assert "A table.\nx 1: slope 2; x 3: slope 6; x 5: slope 10.\n" in said


def test_what_is_heard_pauses_behind_an_equation_and_goes_on_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    said = learn(["the-chain-rule", "--spoken"], "!\n" * 14, monkeypatch, capsys)
    assert "Differentiate a 1 equals a 0 times w from 0 to 1, with respect to w from 0 to 1." in said
    assert "tui-backprop solve exercise-2 --spoken" in learn(
        ["trust-but-check", "--spoken"], "!\n" * 20, monkeypatch, capsys)


def test_a_lessons_first_answers_count_for_its_skill(tmp_path: Path) -> None:
    lesson = load_lesson("notation")
    with Journal(tmp_path / "records") as journal:
        reading = LessonReading(lesson, journal)
        reading.begin()
        assert reading.skill == "notation"
        _, note = reading.judge("certainly not")
        journal.record(note)
        reading.hint()
        assert [(each.skill, each.unaided) for each in journal.attempts] == [("notation", False)]


def test_two_courses_may_use_one_file_name(tmp_path: Path) -> None:
    lesson = load_lesson("a-simple-chain")
    with Journal(tmp_path / "records") as journal:
        own = LessonReading(lesson, journal, "mine")
        own.begin()
        own.finish()
        assert journal.history.finished(lesson="mine/08-a-simple-chain")
        assert not journal.history.finished(lesson="08-a-simple-chain")


def test_lines_for_a_terminal_are_broken_between_words() -> None:
    line = "Back-propagation works on any expression, one small operation at a time."
    assert break_lines(line, 0) == [line]
    broken = break_lines(line, 30)
    assert max(map(len, broken)) <= 30
    assert " ".join(broken) == line
