"""A lesson's answers: kept from one reading to the next, and when the lesson has changed in between."""

from __future__ import annotations

from pathlib import Path

from tui_backprop import course
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.records.journal import Journal


def test_a_changed_lesson_keeps_the_answers_that_are_still_right(tmp_path: Path) -> None:
    text = course.locate("a-simple-chain", "lesson").read_text(encoding="utf-8")
    own = tmp_path / "own.md"
    own.write_text(text)
    with Journal(tmp_path / "state") as journal:
        reading = LessonReading(course.load_lesson(own), journal)
        reading.begin()
        for answer in ("0.24", "0.5776"):
            judged, note = reading.judge(answer)
            journal.record(note)
            reading.accept(answer, judged)
        reading.reveal()
    own.write_text(text.replace("Lesson 7 showed you the way.", "You know the way."))
    with Journal(tmp_path / "state") as journal:
        assert LessonReading(course.load_lesson(own), journal).done == 3
    own.write_text(text.replace('answer = "0.5776"', 'answer = "0.6"'))
    with Journal(tmp_path / "state") as journal:
        assert LessonReading(course.load_lesson(own), journal).done == 1
