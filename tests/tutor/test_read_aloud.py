"""Names typed as they are read out are read at a step, and at its gap, as those typed in signs are."""

import pytest

from tui_backprop import course
from tui_backprop.derivation.notation import NIELSEN
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.guided import Guided
from tui_backprop.tutor.quiz import Quiz


def quiz_at(exercise: str, step: str) -> Quiz:
    quiz = Quiz(course.load(exercise))
    while quiz.here != step:
        quiz.reveal()
    return quiz


@pytest.mark.parametrize(("exercise", "step", "typed"), [
    ("two-outputs", "z 1:h", "w i h * a i"),
    ("two-outputs", "z 1:h", "w from i to h times a i"),
    ("two-outputs", "C", "(a m - y m)^2 + (a n - y n)^2"),
    ("two-outputs", "C", "open bracket a m minus y m close bracket squared plus open bracket a n minus y n "
                         "close bracket squared"),
    ("two-paths", "z 1:3", "w from 1 to 3 times a 1 plus w 2 3 * a 2 + b 3"),
    ("exercise-1", "C'", "(w prime from j to k times a j minus y) squared"),
    ("exercise-1", "dC/dw 1:j->k", "d a k by d w from j to k times d C by d a k"),
])
def test_what_is_typed_as_it_is_heard_is_right(exercise: str, step: str, typed: str) -> None:
    assert quiz_at(exercise, step).answer(typed).verdict == "correct"


@pytest.mark.parametrize(("exercise", "step", "typed", "reply"), [
    ("two-outputs", "a 1:h", "a h", "aₕ is what is asked for: work it out from zₕ."),
    ("two-outputs", "z 1:h", "z h", "zₕ is what is asked for: work it out from wᵢₕ and aᵢ."),
    ("two-outputs", "z 1:h", "h", "For a hint type ? alone."),
    ("exercise-1", "C'", "ak'", "a′ₖ is not found yet: use only what is given or already found."),
    ("exercise-1", "C'", "a_k'", "a′ₖ is not found yet: use only what is given or already found."),
])
def test_a_name_without_a_number_is_told_apart_from_a_call_for_help(
    exercise: str, step: str, typed: str, reply: str,
) -> None:
    quiz = quiz_at(exercise, step)
    assert quiz.answer(typed).message == reply
    assert quiz.entry(step).hints == 0


@pytest.mark.parametrize("typed", ["a'k", "ak'", "a_k'", "a prime k"])
def test_the_name_of_a_gap_that_stands_nowhere_is_sent_to_what_it_is_made_of(typed: str) -> None:
    walk = Guided(course.load("exercise-1"))
    while walk.gap is None or walk.gap.missing != "a' 1:k":
        walk.reveal() if walk.asks else walk.advance()
    assert walk.answer(typed).message == "a′ₖ is what is asked for: work it out from w′ⱼₖ and aⱼ."


def test_an_exam_reads_words_and_marks_them_as_it_read_them() -> None:
    exam = Exam(course.load("exercise-1"))
    while exam.here != "C":
        exam.answer("0.24")
    assert exam.answer("open bracket a k minus y close bracket squared").message == "Noted: C = 0.5776"
    assert {mark.id: mark.scores for mark in exam.hand_in().marks}["C"]


def test_a_layer_that_a_notation_writes_as_a_bare_number_is_read_as_it_is_said() -> None:
    quiz = Quiz(course.load("exercise-3"), notation=NIELSEN)
    while quiz.here != "z 2:k":
        quiz.reveal()
    assert quiz.answer("w to k from j in layer 3, times a j in layer 2").verdict == "correct"
