"""What comes next in the course after an exercise or a lesson, and where a skill is practised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_backprop import course
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.desk.standing import standing
from tui_backprop.records.history import History
from tui_backprop.tutor.skills import skills_in

if TYPE_CHECKING:  # the contents wait for no lesson
    from tui_backprop.course.lesson import Lesson


def exercise_after(name: str, history: History) -> tuple[str, str] | None:
    """Name and title of the next unfinished exercise in the order of learning; None after the last."""
    entries = course.exercises()
    names = [entry.key for entry in entries]
    later = entries[names.index(name) + 1:] if name in names else ()
    return next(((entry.key, entry.title) for entry in later if standing(entry, entries, history) != "done"), None)


def lesson_after(lesson: Lesson) -> tuple[str, str] | None:
    """Name and title of the lesson after this one in its course; None after the last."""
    entries = [entry for entry in course.lessons() if entry.path.parent == lesson.folder]
    places = [place for place, entry in enumerate(entries) if entry.name == lesson.name]
    later = entries[places[0] + 1:] if places else ()
    return (later[0].key, later[0].title) if later else None


def practice_for(skill: str, history: History) -> str | None:
    """Where to practise a skill: an exercise, or else the first lesson that teaches it; None for neither.

    It is the first exercise not begun yet, since a skill is mastered at different numbers; else the first of all.
    """
    if (name := exercise_for(skill, history)) is not None:
        return f"exercise {name}"
    for entry in course.lessons():
        try:
            lesson = course.load_lesson(entry.path)
        except ExerciseError:
            continue
        if skill in lesson.skills:
            return f"lesson {entry.key}"
    return None


def exercise_for(skill: str, history: History) -> str | None:
    """The name of the first exercise, in the order of learning, with a step of this skill; None if there is none.

    One that was not begun comes before those that were.
    """
    entries = course.exercises()
    for entry in sorted(entries, key=lambda entry: standing(entry, entries, history) != "new"):
        try:
            exercise = course.load(entry.path)
        except ExerciseError:
            continue
        if any(each.key == skill for each in skills_in(exercise.derive())):
            return entry.key
    return None
