"""Shipped lessons, each read once in a run of the tests: nothing in them can be changed."""

from __future__ import annotations

from functools import cache

from tui_backprop.course import load_lesson
from tui_backprop.course.lesson import Check, Lesson

shipped_lesson = cache(load_lesson)


def checks_of(lesson: Lesson) -> list[Check]:
    """The lesson's questions, from its top."""
    return [block for block in lesson.blocks if isinstance(block, Check)]
