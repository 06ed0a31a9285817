"""What a lesson's question shows: its parts, how it is answered, and the right answer. Nothing is judged here."""

from __future__ import annotations

from random import Random

from tui_backprop.course.lesson import Check
from tui_backprop.maths.numerals import leading_power, many, to_places, to_text, typographic
from tui_backprop.tutor.options import offer_letters, option_letter


def order_parts(check: Check) -> tuple[int, ...]:
    """The places in ``check.labels`` in the order in which they are shown.

    The parts of an order that is asked for are shuffled, always in the same way.
    """
    places = list(range(len(check.labels)))
    if check.kind == "order":
        while len(places) > 1 and places == sorted(places):
            Random(check.line + len(places)).shuffle(places)
            if places == sorted(places):
                places.reverse()
    return tuple(places)


def how_to_answer(check: Check) -> str:
    """The text of the empty prompt, which says how to answer; it never holds the answer itself."""
    options = max(len(check.labels), len(check.choices), 2)
    digits = many(check.significant_digits, "significant digit")
    said = {
        "formula": "a formula, or a number" if len(check.variables) == 1 else "a formula",
        "number": f"a number{'' if is_short(check) else f' with {digits}'}, or a sum",
        "choice": offer_letters(options),
        "order": f"all {options} letters in the right order",
        "edge": "a weight, as from->to" if is_named(check) else "a weight, by its name or as from->to",
    }[check.kind]
    given_away = check.kind == "number" and right_answer(check) in said
    return "a number, or a sum" if given_away else said


def is_named(check: Check) -> bool:
    """Does the question itself name a weight, so that this name is no answer to it?"""
    return any(run.kind == "math" and run.text.startswith("w_") for run in check.prompt)


def is_short(check: Check) -> bool:
    """Has the right number no more digits than are asked for, so that all of them must be typed?"""
    answer = check.answer[0].lstrip("+-−")
    digits = answer.replace(".", "").lstrip("0")
    if "." not in answer:
        digits = digits.rstrip("0")
    return answer.replace(".", "").isdecimal() and len(digits) <= check.significant_digits


def right_answer(check: Check) -> str:
    """The right answer as it may be typed."""
    if check.kind == "choice":
        return option_letter(check.choices.index(check.answer[0]) + 1)
    if check.kind == "order":
        return " ".join(order_of(check, check.answer))
    return check.answer[0]


def format_right_answer(check: Check) -> str:
    """The right answer as it is shown: a number to the digits asked for, a weight without its layer's number."""
    from tui_backprop.tutor.numbers import read_number
    from tui_backprop.tutor.readings import Reading

    answer = right_answer(check)
    if check.kind == "number" and not is_short(check) and isinstance(reading := read_number(answer), Reading):
        places = check.significant_digits - 1 - leading_power(reading.value)
        return typographic(to_places(reading.value, places)) if places > 0 else to_text(reading.value)
    return answer.rpartition(":")[2] if check.kind == "edge" else answer


def order_of(check: Check, answer: tuple[str, ...]) -> tuple[str, ...]:
    """The letters that these parts of an order are shown with."""
    shown = order_parts(check)
    places = [check.answer.index(part) for part in answer if part in check.answer]
    return tuple(option_letter(shown.index(place) + 1) for place in places)
