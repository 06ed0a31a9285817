"""Formulas of one shape in one line: laid out once, and then filled with other names and numbers.

What stands beside a name or a number (a bracket, a sign, a space) depends on its form alone, never on its letters: a
minus in front, a fraction, a letter or a bracket at its end. So a line laid out once serves all parts of the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import assert_never

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.maths.walks import depth_first
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text, children
from tui_backprop.typeset.linear import ScriptStyle, denominator, in_one_line, is_atom, numerator, style_of

_FIRST = 0xE000
_MOST_SLOTS = 6400
"""There are so many characters for private use; none of them is ever written, since they cannot be printed."""
_SLOT = late_pattern("(?s).([\ue000-\uf8ff]).")


@dataclass(frozen=True, slots=True)
class Filling:
    """A name or number as it stands in a line: its text, and all of its form that the parts beside it look at."""

    layout: Layout
    text: str
    form: Hashable


@dataclass(frozen=True, slots=True)
class LineTemplate:
    """A formula's text in parts. Before each part but the first comes a filling, whose number is in ``slots``."""

    literals: tuple[str, ...]
    slots: tuple[int, ...]

    def fill(self, fillings: Sequence[Filling]) -> str:
        """The text with these in the slots."""
        first, *rest = self.literals
        return first + "".join([fillings[slot].text + text for slot, text in zip(self.slots, rest, strict=True)])


def filling(layout: Layout, glyphs: Glyphs) -> Filling:
    """A name or a number, ready to be put into templates."""
    written = _write_fraction(layout, glyphs) if isinstance(layout, Fraction) else None
    if written is None:
        style = style_of((layout,), glyphs)
        written = in_one_line(layout, style), _form(layout), style
    text, form, style = written
    return Filling(layout, text, (form, style.small_subs, style.small_sups, _edge(text[:1]), _edge(text[-1:])))


def _write_fraction(layout: Fraction, glyphs: Glyphs) -> tuple[str, Hashable, ScriptStyle] | None:
    """A fraction's text, form and style from those of its parts: a derivative shares each with many others.

    None where the parts would be written in different styles.
    """
    above, below = _part(layout.numerator, glyphs), _part(layout.denominator, glyphs)
    if above.style != below.style:
        return None
    return f"{above.numerator}/{below.denominator}", (Fraction, above.form, below.form), above.style


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands above or below a fraction's bar: its text in either place, its form, and the style alone."""

    numerator: str
    denominator: str
    form: Hashable
    style: ScriptStyle


@lru_cache(maxsize=1 << 14)
def _part(layout: Layout, glyphs: Glyphs) -> _Part:
    style = style_of((layout,), glyphs)
    return _Part(numerator(layout, style), denominator(layout, style), _form(layout), style)


def make_template(
    lay_out: Callable[[Callable[[int], Layout]], Layout], fillings: Sequence[Filling], text: str, glyphs: Glyphs,
) -> LineTemplate | None:
    """The template of a formula that ``lay_out`` makes, given what stands in each slot.

    ``text`` is the formula in one line with these fillings, laid out without slots. None where there is no template: a
    slot is in a script, or is written there in another style than alone.
    """
    layout = lay_out(lambda number: Tagged(str(number), fillings[number].layout))
    style = style_of((layout,), glyphs)
    slots = [node for node in depth_first((layout,), children) if isinstance(node, Tagged)]
    if len(slots) > _MOST_SLOTS or any(style_of((node,), glyphs) != style for node in slots):
        return None
    marked = in_one_line(layout, replace(style, mark=_mark))
    made = LineTemplate(tuple(_SLOT.split(marked)[::2]), tuple(ord(mark) - _FIRST for mark in _SLOT.findall(marked)))
    return made if len(made.slots) == len(slots) and made.fill(fillings) == text else None


def _mark(tag: str, text: str) -> str:
    """A text's first and last characters, which its neighbours look at, around the number of its slot."""
    return text[:1] + chr(_FIRST + int(tag)) + text[-1:]


def _edge(character: str) -> str:
    """What is looked at in a first or last character: whether it belongs to a word, or which sign it is."""
    return "a" if character.isalnum() else character


def _form(layout: Layout) -> Hashable:
    """All that decides how other parts stand beside a layout: everything but its scripts' texts and its digits."""
    match layout:
        case Text(text, "number"):
            return text[:1] in ("-", "−"), is_atom(layout), text == "0"
        case Text(text, role):
            return text, role
        case Scripted(base, sub, sup, sup_first):
            return _form(base), sub is None, sup is None, sup_first
        case Tagged(_, body):
            return "tagged", _form(body)
        case Fenced(body, left, right):
            return left, _form(body), right
        case Fraction() | Row() | Grid():
            return type(layout), *map(_form, children(layout))
        case _:
            assert_never(layout)
