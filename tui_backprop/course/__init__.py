"""Lesson and exercise files: read, lint, find."""

from __future__ import annotations

from tui_backprop.course.exercise import Ask, Exercise, ExerciseError
from tui_backprop.course.library import Course, Entry, course_at, courses, exercises, lessons, load, load_lesson, locate

__all__ = [
    "Ask", "Course", "Entry", "Exercise", "ExerciseError", "course_at", "courses", "exercises", "lessons", "load",
    "load_lesson", "locate",
]
