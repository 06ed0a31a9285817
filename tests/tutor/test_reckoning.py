"""A wrong number in a lesson is told its slip from the sum that a hint gives, whoever wrote the lesson."""

from __future__ import annotations

import pytest

from tests.course.shipped import checks_of, shipped_lesson
from tui_backprop import course
from tui_backprop.course.lesson import Check, InlineRun
from tui_backprop.tutor.checks import judge_check
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Reading
from tui_backprop.tutor.reckoning import tell_reckoning


def asked(answer: str, latex: str) -> Check:
    hint = InlineRun("Work out "), InlineRun(latex, "math"), InlineRun(".")
    return Check("number", (), (answer,), 7, hints=(hint,))


@pytest.mark.parametrize(("answer", "latex", "typed", "said"), [
    ("-0.44055", r"0.9 \cdot (-0.4895)", "-0.4895", "That is −0.4895 alone. It is still to be multiplied by 0.9."),
    ("-0.44055", r"0.9 \cdot (-0.4895)", "0.4105", "Did you add? Here the numbers are multiplied: 0.9 · (−0.4895)."),
    ("0.89", r"2 \cdot (0.795 - 0.35)", "2.29", "That has 0.795 + 0.35 where 0.795 − 0.35 belongs."),
    ("0.7496", r"0.7 - 0.1 \cdot (-0.496)", "0.204", "That has − 0.496 where − 0.1 · (−0.496) belongs."),
    ("-1.42", r"4.28 - 5 \cdot 1.14", "5.42", "That has + 1.14 where − 5 · 1.14 belongs."),
    ("0.8", r"1 - 0.1 \cdot 2", "-0.2", "That is −(0.1 · 2) alone. Here 1 − 0.1 · 2 is asked for."),
    ("0.8", r"1 - 0.1 \cdot 2", "0.2", "That is 0.1 · 2 alone. Here 1 − 0.1 · 2 is asked for."),
    ("0.89", r"2 \cdot (0.795 - 0.35)", "0.445", "That is 0.795 − 0.35 alone. It is still to be multiplied by 2."),
    ("1.056", r"1.2 \cdot 1 \cdot 2 \cdot (0.84 - 0.4)", "0.44",
     "That is 0.84 − 0.4 alone. Here 1.2 · 2 · (0.84 − 0.4) is asked for."),
    ("0.2686666667", r"(-0.25 + 1.056 + 0) / 3", "0.806",
     "That is −0.25 + 1.056 + 0 alone. It is still to be divided by 3."),
    ("6.1", r"\frac{0.61}{0.1}", "0.164", "That is upside down. Divide 0.61 by 0.1."),
    ("0.57684025", r"(0.2405 - 1)^2", "-0.7595", "That is 0.2405 − 1 itself. Here (0.2405 − 1)² is asked for."),
    ("0.52", r"0.48 - 0.1 \cdot (-0.4)", "0.44", "There 0.1 · (−0.4) is added. It is to be taken off."),
    ("0.24", r"0.48 \cdot 0.5", "2.4", "The digits are right, the decimal point is not."),
    ("1000000", r"10^6", "100000", "That is ten times too small."),
    ("0.54", r"0.48 - 0.1 \cdot (-0.602)", "0.486", "In 0.1 · (−0.602) the decimal point is in the wrong place."),
    ("0.54", r"0.48 - 0.1 \cdot (-0.602)", "-0.122", "That has − 0.602 where − 0.1 · (−0.602) belongs."),
    ("6", r"2 \cdot 2 + 2 \cdot 1", "2", ""), ("1.9", r"0.2 \cdot 2 + 1.5", "1.1", ""),
    ("2000", r"2 \cdot 1000", "1001", ""), ("-1.2", r"1 - 1.1 \cdot 2", "-1", "That has − 2 where − 1.1 · 2 belongs."),
    ("0.24", r"0.48 \cdot 0.5", "0.77", ""),
    ("0.24", r"0.48 \cdot x", "0.48", ""),  # no sum of numbers
    ("0.25", r"0.48 \cdot 0.5", "0.48", ""),  # the hint is about another number
])
def test_a_slip_in_the_sum_of_a_hint_is_told(answer: str, latex: str, typed: str, said: str) -> None:
    assert tell_reckoning(asked(answer, latex), typed) == said
    assert judge_check(asked(answer, latex), typed).message.endswith(said or "That is not the value asked for.")


def test_what_the_lesson_says_itself_comes_first() -> None:
    check = next(check for check in checks_of(shipped_lesson("13-batches")) if check.answer == ("0.2686666667",))
    assert judge_check(check, "0.806").say
    assert tell_reckoning(check, "0.806")


def test_no_right_answer_of_a_lesson_is_told_a_slip_and_most_sums_are_found() -> None:
    checks = [check for entry in course.lessons() for check in checks_of(shipped_lesson(entry.name))
              if check.kind == "number"]
    assert not [check.prompt for check in checks if tell_reckoning(check, check.answer[0])]
    answers = [read_number(check.answer[0]) for check in checks]
    tenfold = [check for check, answer in zip(checks, answers, strict=True)
               if isinstance(answer, Reading) and tell_reckoning(check, f"{10 * answer.value:.6f}")]
    assert len(tenfold) > len(checks) / 2


@pytest.mark.parametrize("typed", ["0.5*2*0.44", "2 * 3", "0.9 * 0.11"])
def test_of_a_sum_that_was_typed_it_is_not_said_what_it_is(typed: str) -> None:
    assert not tell_reckoning(asked("0.096", r"0.96 \cdot 0.1"), typed)
    assert tell_reckoning(asked("8", r"2 \cdot 4"), "6") == "Did you add? Here the numbers are multiplied: 2 · 4."
