"""Turns formulas that people type, or that running text quotes, into LaTeX and into typeset text."""

from __future__ import annotations

from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT

_SUBS, _SUPS = "".join(FROM_SUBSCRIPT), "".join(FROM_SUPERSCRIPT)
BELOW = rf"(?:_\{{[A-Za-z0-9,]+\}}|_[A-Za-z0-9]+(?:,[A-Za-z0-9]+)?|[{_SUBS},]*)"
"""A pattern for a letter's subscript, typed or in subscript characters."""
LETTER = "(?:[A-Za-zα-ωŷ]|net|out|in|target|Loss)"  # some authors' names are words
LAYER = f"(?:[{_SUPS}]+(?=[{_SUBS}]))?"
"""A pattern for a superscript with a subscript behind it: such a superscript is a layer, not a power."""
_UNGROUPED = rf"{LETTER}′?{LAYER}{BELOW}[{_SUPS}]*(?<!,)"
SLOPE = late_pattern(rf"∂({_UNGROUPED})/∂({_UNGROUPED})")
_SUB_RUN = late_pattern(rf"[{_SUBS}][{_SUBS},]*(?<!,)")
_SUP_RUN = late_pattern(f"[{_SUPS}]+")
_TWO_ENDS = late_pattern(r"_(?:\{(\w+,\w+)\}|([A-Za-z0-9]+,[A-Za-z0-9]+))")
_POWER = late_pattern(r"\^\((?!L)([^()]*)\)")
"""A power in parentheses; a layer stays in them."""
_TYPED_SCRIPT = late_pattern(r"([_^])((?<=\^)-?\d+\.\d+|(?<=\^)-\d+|[A-Za-z0-9]{2,})")


def as_latex(text: str) -> str:
    """A typed formula with its scripts, slopes and signs as LaTeX writes them."""
    text = SLOPE.sub(r"\\frac{\\partial \1}{\\partial \2}", text)
    text = _SUB_RUN.sub(lambda run: f"_{{{''.join(FROM_SUBSCRIPT.get(each, each) for each in run[0])}}}", text)
    text = _SUP_RUN.sub(lambda run: f"^{{{''.join(FROM_SUPERSCRIPT[each] for each in run[0])}}}", text)
    text = _POWER.sub(r"^{\1}", text)
    text = _TYPED_SCRIPT.sub(r"\1{\2}", text.replace("**", "^").replace("->", r" \to ").replace("*", r" \cdot "))
    return _TWO_ENDS.sub(lambda ends: f"_{{{','.join(_end(end) for end in (ends[1] or ends[2]).split(','))}}}", text)


def as_set(text: str) -> str:
    """A typed formula as the screen writes it: ``2 * w_12`` as ``2 · w₁₂``; text that is no formula is returned as it
    is.
    """
    try:
        return linear(parse_latex(as_latex(text)), Glyphs.FULL)
    except LatexError:
        return text


def _end(name: str) -> str:
    """A unit's name in LaTeX: several letters as one word, not as a product."""
    return rf"\text{{{name}}}" if len(name) > 1 else name
