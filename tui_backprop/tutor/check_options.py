"""Which of a choice's options a text means, and the forms in which names and formulas are compared."""

from __future__ import annotations

import re
from string import ascii_lowercase

from tui_backprop.course.lesson import Check
from tui_backprop.maths.spelling import fold
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.heard import to_signs
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.options import bare_letter
from tui_backprop.tutor.readings import Reading
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex


def find_option(check: Check, text: str) -> str | None:
    """The option that the text means, by its letter, its own words, or its number; None where it means none.

    Numbers may be words, as whoever listens says them.
    """
    found = _find_option(check, text)
    return found if found is not None or (signs := to_signs(text)) == text else _find_option(check, signs)


def _find_option(check: Check, text: str) -> str | None:
    typed = text.strip().casefold()
    alike = [choice for choice in check.choices if bare(choice) == bare(text)]
    if len(alike) == 1 and len(typed) > 1:
        return alike[0]
    if typed in map(str.casefold, check.choices):
        return next(choice for choice in check.choices if choice.casefold() == typed)
    marked = _MARKED.match(text)
    if marked is not None and (option := find_option(check, marked[2])) is not None:
        return option if option == find_option(check, marked[1]) else None  # a letter and the words of another
    if (said := _say_sign(text)) != text and (option := find_option(check, said)) is not None:
        return option
    letter = bare_letter(text)
    if len(letter) == 1 and letter in ascii_lowercase[:len(check.choices)]:
        return check.choices[ascii_lowercase.index(letter)]
    values = {choice: _value_of(choice) for choice in check.choices if not any(map(str.isalpha, choice))}
    value = _value_of(text)
    if value is not None and any(each is not None for each in values.values()):
        return next((choice for choice, each in values.items() if each == value), None)
    return _find_by_words(check, text)


def _say_sign(text: str) -> str:
    """The text with a sign in the words of options: ``negative``, ``-`` and ``< 0`` as "below 0"."""
    return next((pattern.sub(words, text) for words, pattern in _SIGNS.items() if pattern.search(text)), text)


_SIGNS = {
    "above 0": late_pattern(r"\babove zero\b|^\s*(?:\+|plus)\s*$|\b(?:it is )?positive\b|>\s*0\s*$", re.IGNORECASE),
    "below 0": late_pattern(r"\bbelow zero\b|^\s*(?:[-−–]|minus)\s*$|\b(?:it is )?negative\b|<\s*0\s*$", re.IGNORECASE),
    "exactly 0": late_pattern(r"^\s*(?:it is )?(?:0|zero)\s*$", re.IGNORECASE),
}
_MARKED = late_pattern(r"\s*\(?([A-Za-z])[.):]\s*(.*\S)")
"""An option with its letter before it, as the tutor writes them: ``c) L − 2``."""


def _find_by_words(check: Check, text: str) -> str | None:
    """The one option that has all of these words, or begins with this name; None where it is none, or several."""
    words = set(_WORD.findall(text.casefold()))
    if words and (found := _find_by_formula(check, text)) is not None:
        return found
    said = {choice: set(_WORD.findall(_FORMULA.sub(" ", choice).casefold())) for choice in check.choices}
    having = [choice for choice in check.choices if words and words <= said[choice]]
    if words and not having:  # "fall" for "it falls"
        having = [choice for choice in check.choices if _stems(words) <= _stems(said[choice])]
    begun = [choice for choice in check.choices if len(text) > 1 and bare(choice).startswith(bare(text))]
    return next((found[0] for found in (having, begun) if len(found) == 1), None)


def _stems(words: set[str]) -> set[str]:
    return {word.removesuffix("s") for word in words}


def _find_by_formula(check: Check, text: str) -> str | None:
    """The one option with just these formulas, typed as written or as heard; None where none or several have them.

    Of an option with two, such as "for a = 1 and y = 1", one alone does not say it.
    """
    parts, heard = {bare(part) for part in _BETWEEN.split(text)}, " ".join(text.casefold().split())
    formulas = {choice: _FORMULA.findall(choice) for choice in check.choices}
    written = [choice for choice, found in formulas.items()
               if found and (parts == {bare(_plain_formula(latex)) for latex in found}
                             or (len(found) == 1 and bare(_plain_formula(found[0])) == bare(text)))]
    if not written and " " in heard:
        written = [choice for choice, found in formulas.items() if found and (
            heard in _told_whole(choice) or (len(found) == 1 and heard in _spoken(found[0])))]
    return written[0] if len(written) == 1 else None


_BETWEEN = late_pattern(r",|;|\band\b")
"""What parts several formulas."""


def _spoken(latex: str) -> tuple[str, ...]:
    """A formula in the two ways in which it may be read out; none, where it cannot be read."""
    from tui_backprop.typeset.spoken import pronounce, spell

    try:
        layout = parse_latex(latex)
    except LatexError:
        return ()
    return pronounce(layout).casefold(), spell(layout).casefold()


def _told_whole(choice: str) -> tuple[str, ...]:
    """An option of words and formulas in the two ways in which it may be read out."""
    words, told = _FORMULA.split(choice)[::2], [_spoken(latex) for latex in _FORMULA.findall(choice)]
    return tuple("".join(map("".join, zip(words, [*said, ""], strict=True))).casefold().strip()
                 for said in zip(*told, strict=False))


_FORMULA = late_pattern(r"\$([^$]+)\$")
_WORD = late_pattern(r"\w+")


def bare(text: str) -> str:
    """A name or a formula without what may be written or left out: ``$w_{23}$`` and w₂₃ as w23."""
    return _SIGMA.sub("sigmoid", re.sub(r"[\s_{}$\\*]|cdot|\^(?=\(l)", "", fold(text).text.casefold()))


_SIGMA = late_pattern(r"(?:σ|sigma)(?=\()")
"""The sigmoid by its sign or its letter's name, called with brackets."""


def repeats_name(check: Check, text: str) -> bool:
    """Is this a name in the question, with its layer or without, however its indices are parted?"""
    named = [name.replace(",", "") for name in formulas_of(check)]
    short = [_OF_LAYER.sub("", name) for name in named]
    return bare(text).replace(",", "") in (*named, *short, *(name.removeprefix("w") for name in short))


_OF_LAYER = late_pattern(r"\(l(?:-\d+)?\)$")


def tell_of_formula(check: Check, text: str) -> str:
    """What to say of a formula of the question, typed where a number is asked for: its part in the question."""
    before, sentence = "", "?"
    for place, run in enumerate(check.prompt):
        if run.kind == "math" and bare(_plain_formula(run.text)) == bare(text):
            before = check.prompt[place - 1].text if place else ""
            sentence = "".join(each.text for each in check.prompt[place + 1:])
            break
    if _SLOPE_OF.search(before):
        return "That is the function itself. Its slope is asked for, as a number."
    if _MOVES.search(before):
        return "That is the letter that moves. How fast does the whole change with it?"
    if "?" in sentence and _STOP.search(sentence.partition("?")[0]):
        return "That stands in the question. Which number comes out?"
    return "That is what is asked for. Which number is it?"


_SLOPE_OF = late_pattern(r"\b(?:slope|derivative) of\s*$|\b[Dd]ifferentiate\s*$")
_MOVES = late_pattern(r"\b(?:with respect to|by|nudge|for)\s*$", re.IGNORECASE)
_STOP = late_pattern(r"[.:;](?:\s|$)")


def formulas_of(check: Check) -> list[str]:
    """The formulas in the question, in the form of :func:`bare`."""
    return [bare(_plain_formula(run.text)) for run in check.prompt if run.kind == "math"]


def _plain_formula(latex: str) -> str:
    try:
        return linear(parse_latex(latex), Glyphs.ASCII)
    except LatexError:
        return latex


def _value_of(text: str) -> float | None:
    number = read_number(text.strip().strip("$"))
    return number.value if isinstance(number, Reading) else None
