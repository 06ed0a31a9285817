"""A lesson's questions: is an answer right, and if not, what is there to say?"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tui_backprop.course.lesson import Check, Inline
from tui_backprop.tutor.formulas import check_formula
from tui_backprop.tutor.numbers import Reading, check_number, read_number


@dataclass(frozen=True, slots=True)
class CheckJudgement:
    """``right``, or what to say; ``say`` is the lesson's own sentence where it has one for this answer."""

    right: bool
    message: str = ""
    say: Inline = ()


def judge_check(check: Check, text: str) -> CheckJudgement:
    """Judge what was typed for a check."""
    right, message = _right(check, check.answer, text)
    if right:
        return CheckJudgement(True, message)
    for wrong in check.wrong:
        if _right(check, wrong.answer, text)[0]:
            return CheckJudgement(False, message, wrong.say)
    return CheckJudgement(False, message)


def why_not_right(check: Check, answer: tuple[str, ...]) -> str | None:
    """Why an answer as a lesson's file has it is not right for its check, in a sentence; None where it is."""
    text = answer[0]
    if check.kind == "order":
        text = " ".join(_order_of(check, answer))
    elif check.kind == "choice" and text in check.choices:
        text = str(check.choices.index(text) + 1)
    try:
        right, message = _right(check, check.answer, text)
    except ValueError as error:  # the file's own answer can't be read
        return str(error)
    return None if right else message


def shown_parts(check: Check) -> tuple[int, ...]:
    """The places in ``check.labels`` in the order they are shown in: of an order to find, always the same shuffle."""
    places = list(range(len(check.labels)))
    if check.kind == "order":
        while len(places) > 1 and places == sorted(places):
            Random(check.line + len(places)).shuffle(places)
            if places == sorted(places):
                places.reverse()
    return tuple(places)


def how_to_answer(check: Check) -> str:
    """What the empty prompt says."""
    return {
        "formula": "a formula", "number": "a number or an expression", "choice": "its number",
        "order": "their numbers in the right order, such as 2 1 3", "edge": "a weight, such as 2:j->k",
    }[check.kind]


def right_answer(check: Check) -> str:
    """The right answer as it may be shown."""
    if check.kind == "choice":
        return str(check.choices.index(check.answer[0]) + 1)
    if check.kind == "order":
        shown = shown_parts(check)
        return " ".join(str(shown.index(place) + 1) for place in range(len(shown)))
    return check.answer[0]


def _right(check: Check, answer: tuple[str, ...], text: str) -> tuple[bool, str]:
    if check.kind == "number":
        expected = read_number(answer[0])
        if not isinstance(expected, Reading):
            return False, expected.message
        judged = check_number(text, expected.value, significant_digits=check.significant_digits)
        return judged.verdict == "correct", judged.message
    if check.kind == "formula":
        compared = check_formula(text, answer[0], check.variables, check.positive)
        return compared.verdict == "equivalent", compared.message
    if check.kind == "choice":
        chosen = _chosen(check, text)
        return chosen == answer[0], "That is right." if chosen == answer[0] else "That is not it."
    if check.kind == "order":
        given = tuple(text.replace(",", " ").split())
        wanted = _order_of(check, answer)
        return given == wanted, "That is right." if given == wanted else "Not in this order."
    given_edge = text.replace(" ", "").replace("→", "->")
    return given_edge == answer[0], "That is right." if given_edge == answer[0] else "Not this weight."


def _chosen(check: Check, text: str) -> str:
    if text.isdecimal() and 1 <= int(text) <= len(check.choices):
        return check.choices[int(text) - 1]
    return text


def _order_of(check: Check, answer: tuple[str, ...]) -> tuple[str, ...]:
    shown = shown_parts(check)
    places = [check.answer.index(part) for part in answer if part in check.answer]
    return tuple(str(shown.index(place) + 1) for place in places)
