"""Answer sheets as a script hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_backprop.course.exercise import Exercise
from tui_backprop.tutor.marking import mark_answers


def mark(exercise: Exercise, answers: Mapping[str, object]) -> dict[str, Any]:
    """Mark answers, step id to what was written: what ``mark --json`` prints, as a dict.

    ``answers`` may be a whole sheet, with its answers under ``answers``. ValueError, in one line, for what is none.
    """
    inner = answers.get("answers", answers)
    if not isinstance(inner, Mapping):
        raise ValueError("answers: a sheet maps each step's id to what was written")
    return mark_answers(exercise, inner).to_dict()
