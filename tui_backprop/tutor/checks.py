"""A lesson's questions: is an answer right, and if not, what is there to say?"""

from __future__ import annotations

import re

from tui_backprop.course.lesson import Check, Inline, Wrong
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.check_edges import edges_meant, ends_of, is_edge, weights_of
from tui_backprop.tutor.check_letters import say_of_letters, tell_of_number
from tui_backprop.tutor.check_numbers import (
    ROUGH_DIGITS,
    accept_rounded,
    echo_all,
    has_one_digit,
    is_exactly,
    is_nearly,
    is_right_rounded,
    leaves_zeros_out,
    look_alike,
    read_both,
    tell_whole,
    wants_all,
)
from tui_backprop.tutor.check_options import bare, find_option, formulas_of, repeats_name, tell_of_formula
from tui_backprop.tutor.check_texts import how_to_answer, is_named, order_of
from tui_backprop.tutor.formulas import NAMES_WANTED, SAID, FormulaVerdict, check_formula
from tui_backprop.tutor.heard import to_signs
from tui_backprop.tutor.numbers import check_number, read_number
from tui_backprop.tutor.options import option_letter
from tui_backprop.tutor.readings import Reading, Verdict
from tui_backprop.tutor.rules import SIGN_TURNED
from tui_backprop.typeset.typed import as_set


@dataclass(frozen=True, slots=True)
class CheckJudgement:
    """A verdict of :mod:`tui_backprop.tutor.numbers` or :mod:`tui_backprop.tutor.formulas`, and what to say.

    ``say`` is the lesson's own sentence where it has one for this answer; ``mistakes`` are codes of known ones;
    ``remark`` stands beside an answer that is taken.
    """

    verdict: Verdict | FormulaVerdict
    message: str = ""
    say: Inline = ()
    mistakes: tuple[str, ...] = ()
    remark: str = ""

    @property
    def right(self) -> bool:
        return self.verdict in ("correct", "equivalent")


def judge_check(check: Check, text: str) -> CheckJudgement:
    """Judge what was typed for a check; for a number or a formula also in words, as it is read out."""
    if check.kind in ("number", "formula"):
        text = to_signs(text)
    if check.kind == "number" and _THOUSANDS.fullmatch(text) and (plain := _SEPARATOR.sub("", text)) == check.answer[0]:
        text = plain  # 2,000 and 2.000, where a whole number is right
    judged = _judge(check, check.answer, text)
    just = next((wrong.say for wrong in check.wrong if _is_just(check, wrong.answer[0], text)), ())
    if judged.right and _is_as_asked(check, text):
        return CheckJudgement("invalid", "So it stands in the question. Now do with it what is asked.")
    if judged.right and check.kind == "formula" and _keeps_a_bracket(check, text):
        return CheckJudgement("invalid", "The bracket still stands. Multiply what is before it by each term in it.")
    if judged.right:
        return CheckJudgement("wrong", judged.message, just) if just else _with_exact(check, judged, text)
    rough = replace(check, significant_digits=min(check.significant_digits, ROUGH_DIGITS))
    like = rough if judged.verdict == "wrong" else check  # a slip is known by three of its digits
    say = just or next((wrong.say for wrong in check.wrong if _means(like, wrong.answer, text)
                        and not _is_nearer(check, wrong.answer[0], text)), ())
    if not say and check.kind == "number" and judged.verdict == "wrong" and _is_turned(check, text):
        return CheckJudgement("wrong", f"{judged.message.split('. ')[0]}. {SIGN_TURNED}")
    if say:
        return CheckJudgement("wrong", judged.message, say)
    is_rounded = judged.verdict == "wrong" or (judged.verdict == "too_coarse" and leaves_zeros_out(check, text))
    if is_rounded and (exact := accept_rounded(check, text)):
        read = judged.message.split(". ")[0]
        if wants_all(check) and judged.verdict == "too_coarse":
            return judged
        if wants_all(check):  # what comes out has few digits, so none need be lost
            return CheckJudgement("too_coarse", f"{read}. {_NOT_ALL_DIGITS}")
        return CheckJudgement("correct", f"{read}. That is right.", remark=_ROUNDED.format(exact))
    if judged.verdict == "wrong" and is_nearly(check, text):
        return CheckJudgement("too_coarse", f"{judged.message.split('. ')[0]}. {_LAST_DIGIT}")
    is_guess = judged.verdict == "too_coarse" and wants_all(check) and has_one_digit(text)
    if (judged.verdict == "wrong" or is_guess) and (told := _tell_reckoning(check, text)):
        return CheckJudgement("wrong", f"{judged.message.split('. ')[0]}. {told}")
    return _with_mistake(check, judged, text) if check.kind == "formula" else judged


def _tell_reckoning(check: Check, text: str) -> str:
    from tui_backprop.tutor.reckoning import tell_reckoning

    return tell_reckoning(check, text) if check.kind == "number" else ""


_THOUSANDS = late_pattern(r"\s*[1-9]\d{0,2}(?:[., ']\d{3})+\s*")
_SEPARATOR = late_pattern(r"[., ']")


def _is_as_asked(check: Check, text: str) -> bool:
    """Is this a formula of the question as it stands there, where the answer is another form of it?"""
    return check.kind == "formula" and bare(text) != bare(check.answer[0]) and bare(text) in formulas_of(check)


def _keeps_a_bracket(check: Check, text: str) -> bool:
    from tui_backprop.tutor.differentiating import is_not_multiplied_out

    return is_not_multiplied_out(check, text)


def _is_just(check: Check, wrong: str, text: str) -> bool:
    """Is this exactly one of the lesson's wrong numbers, although it could pass for the right one?"""
    if (both := read_both(check, text)) is None:
        return False
    (typed, right), other = both, read_number(wrong)
    if not isinstance(other, Reading) or typed.value != other.value or other.value == right.value:
        return False
    return bare(text) == bare(wrong) or not is_right_rounded(typed, right)


def _is_nearer(check: Check, wrong: str, text: str) -> bool:
    """Is this number not clearly one of the lesson's wrong ones, but nearly as near the right one, or that rounded?"""
    if (both := read_both(check, text)) is None:
        return False
    (typed, right), other = both, read_number(wrong)
    if not isinstance(other, Reading) or other.value == typed.value:
        return is_right_rounded(*both)
    return _CLEARLY * abs(typed.value - other.value) > abs(typed.value - right.value)


def _with_exact(check: Check, judged: CheckJudgement, text: str) -> CheckJudgement:
    """Of a number that is taken though it rounds to other digits: what it is without rounding on the way."""
    exact, both = accept_rounded(check, text), read_both(check, text)
    if not exact or both is None:
        return judged
    typed, right = both
    amount = check.significant_digits if typed.digits is None else max(check.significant_digits, typed.digits.count)
    is_exact = is_right_rounded(typed, right) or look_alike(*both, amount)
    return judged if is_exact else replace(judged, remark=_KEPT.format(exact))


_KEPT = "The lesson goes on with {}."
"""Beside a number that is taken: rounding is no fault of a learner who used the numbers shown."""
_ROUNDED = "A little off, as after rounding on the way. " + _KEPT
_NOT_ALL_DIGITS = "Near, but not it: reckon with all digits."
_LAST_DIGIT = "Near, but not it: look at its last digit again."
_CLEARLY = 4
"""So much nearer a wrong number than the right one is an answer that is told what the lesson says to the wrong one."""


def _with_mistake(check: Check, judged: CheckJudgement, text: str) -> CheckJudgement:
    """The judgement of a wrong formula, with the changed rule that was used, or the numbers put in too early."""
    from tui_backprop.tutor.differentiating import tell_of, wrong_derivative
    from tui_backprop.tutor.numbers_for_letters import tell_numbers

    mistake = wrong_derivative(check, text)
    read = judged.message.removesuffix(NAMES_WANTED).removesuffix(SAID["different"]).removesuffix(SAID["undecided"])
    if mistake is None:
        numbers = tell_numbers(check, text) if judged.verdict == "different" else ""
        return CheckJudgement("invalid", read + numbers) if numbers else judged
    return CheckJudgement("different", read + tell_of(check, mistake), mistakes=(mistake.code,))


def _is_turned(check: Check, text: str) -> bool:
    """Is this the right number with the other sign?"""
    return _judge(check, (f"-({check.answer[0]})",), text).right


def why_not_right(check: Check, answer: tuple[str, ...]) -> str | None:
    """Why an answer in a lesson's file is not right for its check, in a sentence; None where it is right."""
    text = _type_answer(check, answer)
    try:
        judged = _judge(check, check.answer, text)
    except ValueError as error:  # the file's own answer can't be read
        return str(error)
    if judged.right and check.of and answer == check.answer:
        from tui_backprop.tutor.differentiating import read_derivative_asked

        return None if read_derivative_asked(check) is not None else f"it is not the derivative of {check.of}"
    if judged.right and _is_just(check, text, text):
        return "it is another number, if a near one"
    return None if judged.right else judged.message


def why_never_said(check: Check, wrong: Wrong) -> str:
    """Why nobody is told what the file says to a wrong answer, in a sentence; empty where it is told."""
    text = _type_answer(check, wrong.answer)
    try:
        judged = judge_check(check, text)
    except ValueError:  # the right answer can't be read, which is told of that
        return ""
    try:
        _judge(check, wrong.answer, text)
    except ValueError as error:
        return str(error)
    if judged.say == wrong.say or judged.right:
        return ""
    return "another entry stands for the same" if judged.say else judged.message


def _means(check: Check, answer: tuple[str, ...], text: str) -> bool:
    """Does the text mean this answer of the file? Never, where that cannot be read: the learner need not know."""
    try:
        return _judge(replace(check, answer=answer) if check.kind == "number" else check, answer, text).right
    except ValueError:
        return False


def _type_answer(check: Check, answer: tuple[str, ...]) -> str:
    """An answer in a lesson's file, as a learner types it."""
    if check.kind == "order":
        return " ".join(order_of(check, answer))
    if check.kind == "choice" and answer[0] in check.choices:
        return option_letter(check.choices.index(answer[0]) + 1)
    return answer[0]


def _judge(check: Check, answer: tuple[str, ...], text: str) -> CheckJudgement:
    if check.kind == "number" and any(map(str.isalpha, text)) and bare(text) in formulas_of(check):
        return CheckJudgement("invalid", tell_of_formula(check, text))
    if check.kind == "number":
        expected = read_number(answer[0])
        if not isinstance(expected, Reading):
            return CheckJudgement("invalid", expected.message)
        bare_text = _without_noun(check, text)
        judged = echo_all(check, check_number(bare_text, expected.value, significant_digits=check.significant_digits))
        near = tell_whole(expected, bare_text)
        if judged.verdict == "correct" and near:
            return CheckJudgement("wrong", judged.message.replace("That is right.", near))
        if judged.verdict == "correct" and wants_all(check) and not is_exactly(expected, bare_text):
            return CheckJudgement("too_coarse", judged.message.replace("That is right.", _NOT_ALL_DIGITS))
        return CheckJudgement(judged.verdict, tell_of_number(check, bare_text, judged))
    if check.kind == "formula":
        compared = check_formula(text, answer[0], check.variables, check.positive)
        message = compared.message
        if compared.reading:
            message = message.replace(f"I read {compared.reading}.", f"I read {as_set(compared.reading)}.")
        return CheckJudgement(compared.verdict, say_of_letters(check, message))
    if check.kind == "choice":
        chosen = find_option(check, text)
        if chosen is None:
            return CheckJudgement("invalid", f"Choose by letter: {how_to_answer(check)}.")
        return _tell(chosen == answer[0], "That is not it.")
    if check.kind == "order":
        return _judge_order(order_of(check, answer), text)
    if not (meant := edges_meant(check, text)):
        return _tell_of_no_edge(check, text)
    if len(meant) > 1 and answer[0] in meant:
        how = "from->to" if is_named(check) else "a name, or from->to"
        return CheckJudgement("ambiguous", f"That stands on {len(meant)} edges: write it as {how}.")
    if meant == [answer[0]] and is_named(check) and "->" not in ends_of(text) and repeats_name(check, text):
        return CheckJudgement("invalid", "That is its name. From which unit to which does it lead? Type from->to.")
    return _tell(is_edge(check, text, answer[0]), "Not this weight.")


def _tell_of_no_edge(check: Check, text: str) -> CheckJudgement:
    """What to say of a text that means no weight of the picture: an edge that is not there, or another number."""
    weights, (start, arrow, end) = weights_of(check), ends_of(text).partition("->")
    units = {unit for edge in weights for unit in edge.partition(":")[2].split("->")}
    if arrow and {start, end} <= units:
        return CheckJudgement("wrong", f"No weight leads from {start} to {end}.")
    number = read_number(text)
    if weights and isinstance(number, Reading):
        turned = any(number.value == -value for value in weights.values())
        return CheckJudgement("invalid", "No weight here has that number" + (", but one has it with the other sign."
                                                                            if turned else ". Name the weight itself."))
    how = "its two units as from->to" if is_named(check) else "its name, or its two units as from->to"
    return CheckJudgement("invalid", f"That names no weight here: type {how}.")


def _without_noun(check: Check, text: str) -> str:
    """The number without a word of the question before it, such as "unit 4" or "tensor(4)"."""
    noun = _NOUN.match(text)
    if noun is not None and noun[1].casefold() in FUNCTIONS:
        return text
    asked = " ".join(run.text for run in check.prompt if run.kind != "math").casefold()
    return noun[3] if noun is not None and noun[1].casefold() in asked else text


_NOUN = late_pattern(r"\s*([A-Za-z]{4,})(?:\s+|\s*(\())([-+−.\d][^\s()]*)(?(2)\))\s*$")


def _tell(right: bool, otherwise: str) -> CheckJudgement:
    return CheckJudgement("correct", "That is right.") if right else CheckJudgement("wrong", otherwise)


def _judge_order(right: tuple[str, ...], text: str) -> CheckJudgement:
    """Is the order right? If it is nearly right, the message says which part is."""
    separated = re.sub(r"[\s,;.→>-]+", " ", text.casefold()).strip()
    letters = tuple(separated.split() if " " in separated else separated)
    if sorted(letters) != sorted(right):  # figures may be places in the list, or in the right order: the opposite
        return CheckJudgement("invalid", "Name each part once, by its letter: first the letter of what comes first.")
    if letters == right:
        return _tell(True, "")
    if letters == right[::-1]:
        return _tell(False, "The other way round.")
    wrong = [place for place, (one, other) in enumerate(zip(letters, right, strict=True)) if one != other]
    if len(wrong) == 2 and len(right) > 2:
        first, second = (letters[place] for place in wrong)
        return _tell(False, f"Nearly: only {first} and {second} stand in each other's place.")
    if wrong[0] > 0:
        return _tell(False, f"Right up to {letters[wrong[0] - 1]}. What comes after that?")
    if wrong[-1] < len(right) - 1:
        return _tell(False, f"Right from {letters[wrong[-1] + 1]} on. What comes before that?")
    return _tell(False, "Not in this order. What comes first?")
