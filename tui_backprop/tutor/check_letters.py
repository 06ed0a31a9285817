"""What to say of letters in an answer: those that are not known, and those that stand where a number is asked for."""

from __future__ import annotations

from string import digits

from tui_backprop.course.lesson import Check
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.check_options import bare
from tui_backprop.tutor.check_texts import is_short
from tui_backprop.tutor.readings import Judgement
from tui_backprop.typeset.typed import as_set


def say_of_letters(check: Check, message: str) -> str:
    """Of a letter that is not known, which there are; never a guess that gives the answer away."""
    unknown = _UNKNOWN.match(message)
    if unknown is None:
        return message
    letter = unknown["word"].partition("^")[0]
    if any(name.startswith(f"{letter}_") for name in check.variables):
        return f"Which {letter} is it? Type its label too. The letters here: {', '.join(map(as_set, check.variables))}."
    if len(letter) == 1 and any(letter in _LETTER.findall(run.text) for run in check.prompt if run.kind == "math"):
        return f"The answer has no {letter} in it: put in what {letter} stands for."
    if "^" in unknown["word"]:  # the power belongs to a letter that is known
        strange = [char for char in unknown["word"].partition("^")[0] if char not in check.variables]
        return f"I do not know “{''.join(strange)}”. The letters here: {', '.join(map(as_set, check.variables))}."
    letter = unknown["word"].rstrip(digits)
    if letter != unknown["word"] and letter in check.variables:
        return f"{unknown[1]} A power is typed with ^, as in {letter}^{unknown['word'].removeprefix(letter)}."
    if _PART_OF_SLOPE.match(unknown["word"]):
        letters = ", ".join(map(as_set, check.variables))
        return f"{unknown[1]} If it is a slope: say what it comes to, with the letters {letters}."
    guess = unknown["guess"]
    if guess and bare(guess) != bare(check.answer[0]) and len(unknown["word"]) > _LONGEST_NAME:
        return message
    return f"{unknown[1]} The letters here: {', '.join(map(as_set, check.variables))}."


_LETTER = late_pattern(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
"""A letter alone in LaTeX."""
_PART_OF_SLOPE = late_pattern(r"[d∂][A-Za-z]\w*$")
"""What stands on top of a slope that was typed, such as ``dak`` of ``dak/daj``, or ``∂aⱼ``."""
_UNKNOWN = late_pattern(r"(I do not know “(?P<word>[^”]*)”\.)(?: Did you mean (?P<guess>[^?]*)\?)?$")


def tell_of_number(check: Check, text: str, judged: Judgement) -> str:
    """The message for a number: it says where letters are no digits, and where all digits of the answer are wanted."""
    if judged.verdict == "too_coarse" and is_short(check):
        fits = judged.message.rpartition(":")[0].replace("That fits to 1 digit", "Near, but not it")  # as 2.5 to 2
        return f"{fits}: give all of its digits."
    if judged.verdict == "invalid" and _HEARD_FORMULA.search(text):
        return _NO_FORMULA
    if judged.verdict == "invalid" and (unknown := _UNKNOWN.match(judged.message)) is not None:
        if _SLOPE.search(text):
            return "That is what is asked for. Which number is it?"
        word = max(_WORD.findall(text), key=len, default=unknown["word"])
        if len(word) <= _LONGEST_NAME:
            return _NO_FORMULA
        return f"A number is asked for, in figures: I cannot read “{word}”."
    return judged.message


_NO_FORMULA = "A number is asked for. If you mean a formula, put the numbers in for its letters."
_HEARD_FORMULA = late_pattern(r"(?<![A-Za-z])[A-Za-z] ?(?:squared|cubed|to the)\b")
"""A letter with a power, as it is said."""
_WORD = late_pattern(r"[^\W\d_]+")
_SLOPE = late_pattern(r"^\s*[A-Za-z](?:'|’|′)\s*\(|^\s*d[A-Za-z]\w*\s*/\s*d[A-Za-z]")
"""A slope by its name: f′(2), df/dx."""
_LONGEST_NAME = 3
"""The letters of a name such as wjk; what is longer is a word."""
