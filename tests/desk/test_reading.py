"""A lesson's answers: kept from one reading to the next, and when the lesson has changed in between."""

from __future__ import annotations

from pathlib import Path

from tui_backprop import course
from tui_backprop.course.lesson import plain_text
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.records.journal import Journal


def test_a_number_that_the_reader_put_into_a_picture_is_no_mistake(tmp_path: Path) -> None:
    with Journal(tmp_path / "state") as journal:
        reading = LessonReading(course.load_lesson("04-a-network-of-two-units"), journal)
        judged, _ = reading.judge("0.2", {0.2})
        assert judged.verdict == "invalid"
        assert "your own number in the picture" in judged.message
        assert reading.judge("0.3", {0.2})[0].verdict == "wrong"
        assert reading.judge("0.7", {0.7})[0].right


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


def test_the_last_hint_says_that_it_is_the_last(tmp_path: Path) -> None:
    with Journal(tmp_path / "state") as journal:
        reading = LessonReading(course.load_lesson("a-simple-chain"), journal)
        reading.begin()
        assert reading.check is not None
        given = [plain_text(reading.hint()) for _ in range(len(reading.check.hints) + 1)]
    assert given[-1] == f"{given[-2]} There is no further hint: ! shows the answer."


def test_a_remark_on_an_answer_stands_there_again_when_the_lesson_is_opened_again(tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text('+++\ntitle = "T"\norder = 1\nsummary = "S"\n+++\n\n'
                   '```check\nkind = "number"\nprompt = "How much?"\n'
                   'answer = "-0.72562672"\nsignificant_digits = 3\n```\n\n```check\nkind = "formula"\n'
                   'prompt = "Which formula?"\nvariables = ["x"]\nanswer = "2*x"\n```\n')
    with Journal(tmp_path / "state") as journal:
        reading = LessonReading(course.load_lesson(own), journal)
        reading.begin()
        for answer in ("0.602*-1.21", "two times x"):
            judged, note = reading.judge(answer)
            journal.record(note)
            reading.accept(answer, judged)
        stood = reading.answers
    first, second = (answer.read for answer in stood.values())
    assert (first.partition(". ")[2], second) == ("The lesson goes on with −0.7256.", "I read 2 · x.")
    with Journal(tmp_path / "state") as journal:
        assert LessonReading(course.load_lesson(own), journal).answers == stood
