"""A lesson's questions: is an answer right, and if not, what is there to say?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tui_backprop.course.lesson import Check, Inline
from tui_backprop.maths.numerals import many
from tui_backprop.maths.spelling import fold
from tui_backprop.tutor.formulas import FormulaVerdict, check_formula
from tui_backprop.tutor.numbers import Reading, Verdict, check_number, read_number


@dataclass(frozen=True, slots=True)
class CheckJudgement:
    """A verdict of :mod:`tui_backprop.tutor.numbers` or :mod:`tui_backprop.tutor.formulas`, and what to say.

    ``say`` is the lesson's own sentence where it has one for this answer.
    """

    verdict: Verdict | FormulaVerdict
    message: str = ""
    say: Inline = ()

    @property
    def right(self) -> bool:
        return self.verdict in ("correct", "equivalent")


def judge_check(check: Check, text: str) -> CheckJudgement:
    """Judge what was typed for a check."""
    judged = _judged(check, check.answer, text)
    if judged.right:
        return judged
    say = next((wrong.say for wrong in check.wrong if _judged(check, wrong.answer, text).right), ())
    if not say and check.kind == "number" and judged.verdict == "wrong" and _is_turned(check, text):
        return CheckJudgement("wrong", f"{judged.message.split('. ')[0]}. The size is right, the sign is not.")
    return CheckJudgement("wrong", judged.message, say) if say else judged


def _is_turned(check: Check, text: str) -> bool:
    """Is this the right number with its sign turned round?"""
    return _judged(check, (f"-({check.answer[0]})",), text).right


def why_not_right(check: Check, answer: tuple[str, ...]) -> str | None:
    """Why an answer as a lesson's file has it is not right for its check, in a sentence; None where it is."""
    text = answer[0]
    if check.kind == "order":
        text = " ".join(_order_of(check, answer))
    elif check.kind == "choice" and text in check.choices:
        text = choice_letter(check.choices.index(text))
    try:
        judged = _judged(check, check.answer, text)
    except ValueError as error:  # the file's own answer can't be read
        return str(error)
    return None if judged.right else judged.message


def shown_parts(check: Check) -> tuple[int, ...]:
    """The places in ``check.labels`` in the order they are shown in: of an order to find, always the same shuffle."""
    places = list(range(len(check.labels)))
    if check.kind == "order":
        while len(places) > 1 and places == sorted(places):
            Random(check.line + len(places)).shuffle(places)
            if places == sorted(places):
                places.reverse()
    return tuple(places)


def choice_letter(place: int) -> str:
    """What the option at a place, from 0, is called."""
    return chr(ord("a") + place)


def how_to_answer(check: Check) -> str:
    """What the empty prompt says."""
    *others, last = [choice_letter(place) for place in range(max(len(check.choices), 2))]
    digits = many(check.significant_digits, "significant digit")
    return {
        "formula": "a formula", "number": f"a number with {digits}, or an expression",
        "choice": f"{', '.join(others)} or {last}",
        "order": "their letters in the right order, such as b a c", "edge": "a weight, by its name or as from->to",
    }[check.kind]


def right_answer(check: Check) -> str:
    """The right answer as it may be shown."""
    if check.kind == "choice":
        return choice_letter(check.choices.index(check.answer[0]))
    if check.kind == "order":
        return " ".join(_order_of(check, check.answer))
    return check.answer[0]


def _judged(check: Check, answer: tuple[str, ...], text: str) -> CheckJudgement:
    if check.kind == "number":
        expected = read_number(answer[0])
        if not isinstance(expected, Reading):
            return CheckJudgement("invalid", expected.message)
        judged = check_number(text, expected.value, significant_digits=check.significant_digits)
        return CheckJudgement(judged.verdict, judged.message)
    if check.kind == "formula":
        compared = check_formula(text, answer[0], check.variables, check.positive)
        return CheckJudgement(compared.verdict, compared.message)
    if check.kind == "choice":
        chosen = _chosen(check, text)
        if chosen not in check.choices:
            return CheckJudgement("invalid", f"Choose by letter: {how_to_answer(check)}.")
        return _told(chosen == answer[0], "That is not it.")
    if check.kind == "order":
        return _told(_typed_order(text) == _order_of(check, answer), "Not in this order.")
    return _told(_is_edge(text, answer[0]), "Not this weight.")


def _told(right: bool, otherwise: str) -> CheckJudgement:
    return CheckJudgement("correct", "That is right.") if right else CheckJudgement("wrong", otherwise)


def _is_edge(text: str, edge: str) -> bool:
    """Is this the edge ``2:j->k``: written so, without its layer, or as the weight w_jk?"""
    typed = fold(text).text.replace(" ", "").replace("→", "->")
    _, _, ends = edge.partition(":")
    if "->" in typed:
        return typed.removeprefix("w") in (edge, ends)
    name = re.sub(r"[_{},]|\^\(.*\)", "", typed)
    return name in (ends.replace("->", ""), "w" + ends.replace("->", ""))


def _chosen(check: Check, text: str) -> str:
    """The choice that was typed: by its letter, its number, or in its own words."""
    if text in check.choices:
        return text
    places = _places(text.strip(" ()."))
    place = places.get(0, len(check.choices)) if len(places) == 1 else len(check.choices)
    return check.choices[place] if place < len(check.choices) else text


def _places(text: str) -> dict[int, int]:
    """The places, from 0, that letters or numbers name, in the order they were typed; empty for anything else."""
    words = re.findall(r"[a-z]|[0-9]{1,3}", text.lower())
    if "".join(words) != re.sub(r"[\s,;.]+", "", text.lower()):
        return {}
    if not text.isascii() or any(word == "0" for word in words):
        return {}
    return dict(enumerate(int(word) - 1 if word.isdecimal() else ord(word) - ord("a") for word in words))


def _typed_order(text: str) -> tuple[str, ...]:
    """Letters or numbers in the order they were typed, as letters: ``b a c``, ``bac``, ``2 1 3``, ``213``."""
    digits = text.replace(" ", "")
    spread = " ".join(digits) if digits.isdecimal() and len(digits) < 10 else text
    return tuple(choice_letter(place) if place < 26 else "?" for place in _places(spread).values())


def _order_of(check: Check, answer: tuple[str, ...]) -> tuple[str, ...]:
    shown = shown_parts(check)
    places = [check.answer.index(part) for part in answer if part in check.answer]
    return tuple(choice_letter(shown.index(place)) for place in places)
