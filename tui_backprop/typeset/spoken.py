"""Layouts as words to be heard: ``∂C/∂aₖ`` is "d C by d a k", ``wⱼₖ`` is "w from j to k"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from tui_backprop.typeset.glyphs import GREEK_NAMES, Glyphs
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text
from tui_backprop.typeset.linear import flat, script_text, untagged
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT

_SIGNS: Mapping[str, str] = {
    "∂": "d", "−": "minus", "-": "minus", "+": "plus", "·": "times", "×": "times", "÷": "divided by", "/": "over",
    "=": "equals", "≈": "is about", "≠": "is not", "≤": "is at most", "≥": "is at least", "<": "is below",
    ">": "is above", "→": "gives", "⇒": "so", "±": "plus or minus", "∈": "in", "∇": "gradient of", "∞": "infinity",
    "′": "prime", "½": "one half", "∑": "the sum of", "∏": "the product of", "…": "and so on", "[ ? ]": "what?",
    "⊙": "times, part by part,", "∼": "is drawn from", "∝": "is proportional to", "∀": "for all", "ℓ": "l",
    "⊤": "transposed", "‖": "norm", "?": "what?", ",": ",", ";": ";", ":": ":", "%": "percent", "σ": "sigma",
    "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "ŷ": "y hat", "→ ": "gives",
}
_POWERS: Mapping[str, str] = {"2": "squared", "3": "cubed", "⊤": "transposed", "′": "prime"}
_BRACKETS: Mapping[str, tuple[str, str]] = {"|": ("the size of", ""), "‖": ("the norm of", "")}
_FUNCTIONS: Mapping[str, str] = {"√": "the square root of", "σ": "sigma", "ln": "the log of", "exp": "e to the"}
_FUNCTION_LETTERS = frozenset("fghCL")


def spoken(layout: Layout) -> str:
    """The layout in words, in one line without signs."""
    return " ".join(_said(layout).split()).replace(" ,", ",")


def spoken_text(text: str) -> str:
    """Running text with formulas in it, as hints and judgements have them: names and signs become words."""
    text = _PART.sub(", ", text.replace(")²", ") squared"))
    said = _SLOPE.sub(lambda found: f"d {_name(found[1])} by d {_name(found[2])}", text)
    said = _NAME.sub(lambda found: _name(found[0]) if found[0] != found[1] else found[0], said)
    said = "".join(f" {_SIGNS[sign]} " if sign in _TEXT_SIGNS else GREEK_NAMES.get(sign, sign) for sign in said)
    return re.sub(r" ([,.;:)])", r"\1", " ".join(said.split()))


_SUBS, _SUPS = f"[{''.join(FROM_SUBSCRIPT)},]*", f"[{''.join(FROM_SUPERSCRIPT)}]*"
_NAMED = rf"([A-Za-zα-ω])(′?)({_SUBS})({_SUPS})(?<!,)"
_NAME = re.compile(rf"(?<![A-Za-zα-ω]){_NAMED}(?![A-Za-zα-ω])")
_UNGROUPED = rf"[A-Za-zα-ω]′?{_SUBS}{_SUPS}(?<!,)"
_SLOPE = re.compile(rf"∂({_UNGROUPED})/∂({_UNGROUPED})")
_PART = re.compile(r"(?<=[a-z0-9]) · (?=[A-Z])|(?<=\S)   (?=\S)")
"""What parts a title, or the values of a list."""
_TEXT_SIGNS = frozenset("∂−·×≈≠≤≥→⇒±∈∇∞′½∑…=+")


def _name(text: str) -> str:
    """A name as it stands in running text, ``wⱼₖ⁽ᴸ⁾``, in words."""
    found = _NAME.fullmatch(text)
    if found is None:
        return text
    sub = "".join(FROM_SUBSCRIPT.get(each, each) for each in found[3])
    sup = "".join(FROM_SUPERSCRIPT[each] for each in found[4])
    above: Layout | None = Fenced(Text(sup.strip("()"))) if sup.startswith("(") else Text(sup) if sup else None
    return spoken(Scripted(Text(found[1] + found[2]), Text(sub) if sub else None, above)) if sub or sup else _text(
        Text(found[1] + found[2]))


def _said(layout: Layout) -> str:
    match layout:
        case Text():
            return _text(layout)
        case Tagged(_, body):
            return _said(body)
        case Fraction(above, below):
            return _fraction(above, below)
        case Scripted():
            return _scripted(layout)
        case Fenced(body, left, _):
            opening, closing = _BRACKETS.get(left, ("open bracket", "close bracket"))
            return f"{opening} {_said(body)} {closing}"
        case Grid(rows):
            return "; ".join(", ".join(map(_said, cells)) for cells in rows)
        case Row():
            return _row(flat(layout))
        case _:
            assert_never(layout)


def _text(text: Text) -> str:
    raw = text.text
    if text.role == "words":
        return raw if raw.strip() else ","
    name = raw.rstrip("′")
    primes = " prime" * (len(raw) - len(name))
    if text.role == "function" and (name in _FUNCTIONS or name.isascii()):
        return _FUNCTIONS.get(name, name) + primes
    if (whole := _SIGNS.get(raw.strip())) is not None:
        return f" {whole} "
    words = (_SIGNS.get(sign) or GREEK_NAMES.get(sign) for sign in name)
    return "".join(f" {word} " if word else sign for word, sign in zip(words, name, strict=True)) + primes


def _fraction(above: Layout, below: Layout) -> str:
    top, bottom = flat(untagged(above)), flat(untagged(below))
    if len(top) == len(bottom) == 2 and top[0] == bottom[0] == Text("∂"):
        return f"d {_said(top[1])} by d {_said(bottom[1])}"
    if len(top) == len(bottom) == 1:
        return f"{_said(above)} over {_said(below)}"
    return f"the fraction {_said(above)}, over {_said(below)}, end of fraction,"


def _scripted(layout: Scripted) -> str:
    base, sub = untagged(layout.base), script_text(layout.sub, Glyphs.FULL) if layout.sub is not None else ""
    said = _said(base)
    if isinstance(base, Text) and base.text in ("∑", "∏"):
        over = f"{_said(layout.sub)} up to {_said(layout.sup)}" if layout.sub and layout.sup else sub
        return f"{said.strip().removesuffix('of')} over {over or _said(layout.sub or Text(''))} of"
    letters = sub.replace(",", "")
    if isinstance(base, Text) and base.text.rstrip("′") in ("w", "θ") and len(letters) == 2:
        said += f" from {letters[0]} to {letters[1]}"
    elif layout.sub is not None:
        one_by_one = letters.isalnum() and letters.isascii() and len(letters) < 3
        said += " " + (" ".join(letters) if one_by_one else _said(layout.sub))
    return f"{said} {_power(layout.sup)}" if layout.sup is not None else said


def _power(sup: Layout) -> str:
    text = script_text(sup, Glyphs.FULL)
    if text in _POWERS:
        return _POWERS[text]
    inside = untagged(sup)
    if isinstance(inside, Fenced):
        return f"in layer {_said(inside.body)},"
    return f"to the power {_said(sup)}"


def _row(parts: Sequence[Layout]) -> str:
    pieces: list[str] = []
    for place, part in enumerate(parts):
        if place and (joint := _between(parts[place - 1], part)):
            pieces.append(joint)
        inside = untagged(part)
        pieces.append(_said(inside.body) if isinstance(inside, Fenced) and _needs_no_bracket(inside) else _said(part))
    return " ".join(pieces)


def _needs_no_bracket(fenced: Fenced) -> bool:
    """Is it one thing, or a number below 0, so that it is understood without?"""
    parts = flat(untagged(fenced.body))
    called = len(parts) == 2 and isinstance(parts[1], Fenced) and _between(*parts) == "of"
    return fenced.left == "(" and (len(parts) == 1 or called or (len(parts) == 2 and parts[0] == Text("−", "operator")))


def _between(left: Layout, right: Layout) -> str:
    """What is said where nothing is written: a product's "times", a function's "of"."""
    before, after = untagged(left), untagged(right)
    base = untagged(before.base) if isinstance(before, Scripted) else before
    if isinstance(base, Text) and base.role == "function":
        return "" if base.text in _FUNCTIONS and base.text != "σ" else "of"
    if not _is_factor(before) or not _is_factor(after):
        return ""
    if isinstance(after, Fenced) and isinstance(base, Text) and base.text.rstrip("′") in _FUNCTION_LETTERS:
        return "of"
    return "times"


def _is_factor(layout: Layout) -> bool:
    """Does it stand for a number, and not for a sign between two?"""
    if isinstance(layout, Text):
        return (layout.role in ("symbol", "number") and layout.text not in _SIGNS) or layout.text in ("ŷ", "½", "ℓ")
    if isinstance(layout, Scripted):
        base = untagged(layout.base)
        return not (isinstance(base, Text) and base.text in ("∑", "∏"))
    return isinstance(layout, Fenced | Fraction)
