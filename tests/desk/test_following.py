"""Where a skill is practised: what Enter opens on the screen of progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.desk.following import practice_for
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.journal import Journal
from tui_backprop.records.replay import replay


@pytest.mark.parametrize(("skill", "place"), [
    ("weighted-sum", "exercise exercise-1"),
    ("slopes", "lesson 01-slopes"),
    ("notation", "lesson 05-notation"),
    ("no such skill", None),
])
def test_a_skill_has_an_exercise_or_else_the_lesson_that_teaches_it(skill: str, place: str | None) -> None:
    assert practice_for(skill, replay(())) == place


def test_practice_goes_on_with_other_numbers_where_those_of_the_file_are_used_up(tmp_path: Path) -> None:
    """A circuit without a learning rate has no update that would bring new ones."""
    with Journal(tmp_path) as journal:
        numbers = []
        for _ in range(3):
            bench = Workbench(Setup(course.load("circuit-two-gates"), name="circuit-two-gates", journal=journal,
                              practised="gate-slope"))
            numbers.append(tuple(bench.walk.derivation.values(name) for name in "xyz"))
            while bench.walk.here is not None:
                bench.sitting.answer(repr(bench.walk.derivation.values(bench.walk.here)))
        assert len(set(numbers)) == 3
        assert journal.standing()["gate-slope"].state == "mastered"
