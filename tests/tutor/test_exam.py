"""An exam says nothing until it is handed in; then it is marked by the truth, and by the learner's own numbers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tui_backprop import course
from tui_backprop.course.exercise import Ask
from tui_backprop.desk.workbench.exam_end import ExamEnd
from tui_backprop.desk.workbench.sitting import Sitting
from tui_backprop.desk.workbench.view import verdict_words
from tui_backprop.tutor.at_hand import at_hand
from tui_backprop.tutor.exam import AT_END, Exam


def exam(name: str = "exercise-2") -> Exam:
    return Exam(course.load(name))


def answered(paper: Exam, answers: dict[str, str]) -> Exam:
    """Answer every step, those without an answer with the true value."""
    for quantity in paper.plan:
        paper.answer(answers.get(quantity, repr(paper.derivation.values(quantity))))
    return paper


def test_right_and_wrong_are_taken_down_alike() -> None:
    told = [exam().answer(text) for text in ("0.602", "0.955")]
    assert [each.message for each in told] == ["Noted: zⱼ = 0.602", "Noted: zⱼ = 0.955"]
    assert {each.verdict for each in told} == {"noted"}


def test_entries_with_few_digits_are_told_at_the_end_whether_they_are_right_or_not() -> None:
    paper = exam()
    for text in ("0.6", "0.9", "0.602", "1", "0.86"):  # 0.86 is a weight as it is given
        assert paper.answer(text).message.startswith("Noted: ")
    assert paper.coarse == (1, 2)
    assert "Steps 1, 2 have fewer digits than are asked for: enough if the number is exact" in \
        ExamEnd(paper, Sitting(paper, None), "exercise-2").paragraphs()[-1].text
    for _ in range(paper.total - paper.position):
        paper.reveal()
    paper.hand_in()
    marks = [mark for mark in (paper.mark_of(step) for step in ("z 1:j", "C'")) if mark is not None]
    assert [verdict_words(mark) for mark in marks] == ["with too few digits", "left out"]


def test_a_sheet_says_which_exercise_it_answers_in_words_too() -> None:
    paper = exam()
    sheet = json.loads(ExamEnd(paper, Sitting(paper, None), "exercise-2").sheet())
    assert (sheet["exercise"], sheet["title"]) == (paper.exercise.digest, paper.exercise.title)


def test_what_was_left_out_is_told_beside_the_numbers_at_hand() -> None:
    paper = exam()
    paper.reveal()
    assert at_hand(paper, "z 2:k").replace("\u00a0", " ") == "You have  wⱼₖ = 0.66   aⱼ (left out)"


def test_the_learners_own_number_is_shown_and_counted_with() -> None:
    paper = exam()
    paper.answer("0.95")
    assert paper.shown("z 1:j") == "0.95"
    assert paper.answer("2zj").value == pytest.approx(1.9)
    assert paper.shown("a 2:k") is None


def test_nothing_true_is_shown_of_what_follows_from_an_asked_step() -> None:
    paper = Exam(replace(course.load("exercise-2"), ask=Ask(("2:j->k",), None)))
    hidden = [quantity for quantity in paper.derivation.order if quantity not in paper.plan]
    assert hidden
    assert [paper.shown(quantity) for quantity in hidden if paper.derivation.inputs_of(quantity)][-1] is None


def test_an_early_wrong_value_costs_one_mark_and_what_follows_from_it_none() -> None:
    paper = exam()
    wrong = {"z 1:j": "0.7"}
    own = paper.derivation.values_with(numbers={"z 1:j": 0.7})
    for quantity in paper.plan[1:]:
        wrong[quantity] = repr(own(quantity))
    marks = answered(paper, wrong).hand_in()
    assert marks.marks[0].verdict == "wrong"
    assert marks.score == marks.out_of - 1
    assert "follow_through" in {mark.verdict for mark in marks.marks}


def test_an_answer_may_be_changed_until_it_is_handed_in_and_later_ones_follow() -> None:
    paper = exam()
    paper.answer("0.5")
    paper.answer("zj")
    paper.go_to(0)
    paper.answer("0.602")
    assert paper.entry("a 1:j").value == pytest.approx(0.602)
    assert paper.question is not None
    assert paper.question.id == "a 1:j"


def test_a_step_may_be_left_out_and_come_back_to() -> None:
    paper = exam()
    assert "Left out" in paper.reveal()
    assert paper.missing[0] == 1
    assert paper.entry("z 1:j").status == "open"
    assert "no hints" in paper.hint()


def test_the_truth_is_shown_once_it_is_handed_in() -> None:
    paper = answered(exam(), {"z 1:j": "0.9"})
    assert paper.shown("z 1:j") == "0.9"
    paper.hand_in()
    assert paper.shown("z 1:j") == "0.602"
    mark = paper.mark_of("z 1:j")
    assert mark is not None
    assert mark.verdict == "wrong"


def test_an_exam_is_taken_up_with_its_answers_where_it_was_left() -> None:
    before = exam()
    for text in ("0.602", "zj", "0.397"):
        before.answer(text)
    again = exam()
    again.take_up(before.entries, before.plan[3])
    assert again.answers == before.answers
    assert again.position == 3
    again.take_up(before.entries, AT_END)
    assert again.current is None


@pytest.mark.parametrize("text", ["abc", "", "1/0", "1,205"])
def test_what_cannot_be_read_is_not_taken_down(text: str) -> None:
    paper = exam()
    assert not paper.answer(text).accepted
    assert paper.position == 0
    assert paper.answers == {}


def test_a_step_that_is_not_asked_is_shown_where_it_follows_from_givens_alone() -> None:
    exercise = course.load("exercise-2")
    exam = Exam(replace(exercise, ask=replace(exercise.ask, kinds=("gradient", "update"))))
    shown = {step: exam.shown(step) for step in ("w 1:i->j", "a 1:j", "dC/dw 2:j->k")}
    assert shown == {"w 1:i->j": "0.86", "a 1:j": "0.602", "dC/dw 2:j->k": None}
