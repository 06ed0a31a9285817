"""What a lesson's question shows: its parts, how it is answered, and the right answer. Nothing is judged here."""

from __future__ import annotations

from random import Random

from tui_backprop.course.lesson import Check
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.options import option_letter


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
    """What the empty prompt says; never the answer itself."""
    letters = [option_letter(number + 1) for number in range(max(len(check.labels), len(check.choices), 2))]
    digits = many(check.significant_digits, "significant digit")
    example = " ".join((letters[1], letters[0], *letters[2:]))
    if check.kind == "order" and example == right_answer(check):
        example = " ".join(letters)
    said = {
        "formula": "a formula", "number": f"a number with {digits}, or an expression",
        "choice": f"{', '.join(letters[:-1])} or {letters[-1]}",
        "order": f"their letters in the right order, such as {example}",
        "edge": "a weight, by its name or as from->to",
    }[check.kind]
    given_away = check.kind == "number" and right_answer(check) in said
    return "a number, or an expression" if given_away else said


def right_answer(check: Check) -> str:
    """The right answer as it may be shown."""
    if check.kind == "choice":
        return option_letter(check.choices.index(check.answer[0]) + 1)
    if check.kind == "order":
        return " ".join(order_of(check, check.answer))
    return check.answer[0]


def order_of(check: Check, answer: tuple[str, ...]) -> tuple[str, ...]:
    """The letters of these parts of an order, as they are shown."""
    shown = shown_parts(check)
    places = [check.answer.index(part) for part in answer if part in check.answer]
    return tuple(option_letter(shown.index(place) + 1) for place in places)
