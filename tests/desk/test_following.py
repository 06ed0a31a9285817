"""Where a skill is practised: what Enter opens on the screen of progress."""

from __future__ import annotations

import pytest

from tui_backprop.desk.following import practice_for
from tui_backprop.records.replay import replay


@pytest.mark.parametrize(("skill", "place"), [
    ("weighted-sum", "exercise exercise-1"),
    ("slopes", "lesson 01-slopes"),
    ("notation", "lesson 05-notation"),
    ("no such skill", None),
])
def test_a_skill_has_an_exercise_or_else_the_lesson_that_teaches_it(skill: str, place: str | None) -> None:
    assert practice_for(skill, replay(())) == place
