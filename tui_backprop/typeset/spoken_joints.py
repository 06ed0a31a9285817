"""What stands unwritten between the parts of a formula when it is read out: "times", "of", a pause; and brackets."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from tui_backprop.typeset.layout import Fenced, Fraction, Layout, Scripted, Text, operator
from tui_backprop.typeset.linear import flat, untagged
from tui_backprop.typeset.spoken_signs import FUNCTIONS, SIGNS

SUMS = frozenset("∑∏∫")
_NO_FACTORS = frozenset(("∇", "Δ", "∂", "lim", "|", "│"))
_FUNCTION_LETTERS = frozenset("fghCLJENPRQ")
PAIRED = ("|", "‖")
"""Signs of which the opening and the closing one look alike."""
_NOTHING = (Text(""), Text(""))


def letter_of(sign: str) -> str:
    """A letter of another alphabet as the one it is: ℒ as L."""
    return sign if sign.isascii() else normalize("NFKD", sign)


def is_called(part: Layout) -> bool:
    """Is it a function's name, ``ln``, or one with a script?"""
    inside = untagged(part)
    base = untagged(inside.base) if isinstance(inside, Scripted) else inside
    return isinstance(base, Text) and base.role == "function"


def is_left_open(before: Sequence[Layout]) -> bool:
    """Do these parts of a formula end in a function with what is given to it, and no bracket that would close it?"""
    *_, function, given = (*_NOTHING, *(untagged(part) for part in before if untagged(part) != operator(" ")))
    return is_called(function) and (needs_no_bracket(given) if isinstance(given, Fenced) else is_factor(given))


def is_slope(signs: Sequence[str], bar: int) -> bool:
    """Is it a slope, ``∂C/∂a``, that stands in one line around its bar?"""
    return bar > 1 and signs[bar - 2] in ("∂", "d") and signs[bar + 1:bar + 2] == [signs[bar - 2]]


def bare_sign(part: Layout) -> str:
    """The text of a part without its scripts; empty where its base is no text."""
    inside = untagged(part)
    base = untagged(inside.base) if isinstance(inside, Scripted) else inside
    return base.text if isinstance(base, Text) else ""


def needs_no_bracket(fenced: Fenced) -> bool:
    """Can the brackets be left unsaid, because one thing or a number below 0 stands in them?"""
    parts = flat(untagged(fenced.body))
    called = len(parts) == 2 and isinstance(parts[1], Fenced) and unwritten(*parts) == "of"
    return fenced.left == "(" and (len(parts) == 1 or called or (len(parts) == 2 and parts[0] == Text("−", "operator")))


def unwritten(left: Layout, right: Layout) -> str:
    """What is said where nothing is written: a product's "times", a function's "of"."""
    before, after = untagged(left), untagged(right)
    base = untagged(before.base) if isinstance(before, Scripted) else before
    if isinstance(base, Text) and base.role == "function":
        return "" if base.text in FUNCTIONS and base.text != "σ" else "of"
    if not is_factor(before) or (isinstance(base, Text) and base.text in _NO_FACTORS):
        return ""
    if not is_factor(after) and not is_called(after):
        return ""
    if isinstance(after, Fenced) and isinstance(base, Text) and letter_of(base.text.rstrip("′")) in _FUNCTION_LETTERS:
        return "of"
    return "times"


def is_factor(layout: Layout) -> bool:
    """Does the layout stand for a number, and not for a sign between two numbers?"""
    if isinstance(layout, Text):
        return (layout.role in ("symbol", "number") and layout.text not in SIGNS) or layout.text in ("ŷ", "½", "ℓ")
    if isinstance(layout, Scripted):
        base = untagged(layout.base)
        return not (isinstance(base, Text) and (base.text in SUMS or base.text in PAIRED))
    return isinstance(layout, Fenced | Fraction)
