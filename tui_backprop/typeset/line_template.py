"""Formulas of one shape in one line: laid out once, and then filled with other names and numbers.

What stands beside a name or a number (a bracket, a sign, a space) depends on its form alone, never on its letters: a
minus in front, a fraction, a letter or a bracket at its end. So a line laid out once serves all parts of the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import assert_never

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.maths.walks import depth_first
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text, children
from tui_backprop.typeset.linear import ScriptStyle, in_one_line, is_atom, style_of, subscript_text
from tui_backprop.typeset.scripts import subscript

_FIRST = 0xE000
_MOST_SLOTS = 6400
"""There are so many characters for private use; none of them is ever written, since they cannot be printed."""
_SLOT = late_pattern("(?s).([\ue000-\uf8ff]).")
_NO_INDEX = "☐"
"""Stands for an index; it has no small form, and is in no name."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A name or number as it stands in a line: its text, and a number for its form, the same for all of one form.

    The form is all that the parts beside it look at. The layout is made when a template is.
    """

    lay_out: Callable[[], Layout]
    text: str
    form: int


@dataclass(frozen=True, slots=True)
class LineTemplate:
    """A formula's text in parts. Before each part but the first comes a filling, whose number is in ``slots``."""

    literals: tuple[str, ...]
    slots: tuple[int, ...]

    def fill(self, fillings: Sequence[Filling]) -> str:
        """The text with these in the slots."""
        first, *rest = self.literals
        return first + "".join([fillings[slot].text + text for slot, text in zip(self.slots, rest, strict=True)])


@dataclass(frozen=True, slots=True)
class _Alike:
    """What names have in common that differ in their indices alone: the text around the indices, its style and form."""

    literals: tuple[str, ...]
    style: ScriptStyle
    form: Hashable

    def fill(self, indices: Sequence[str]) -> str:
        """The name with these indices."""
        small = self.style.small_subs
        written = [subscript(index) if small else subscript_text(Text(index), self.style) for index in indices]
        first, *rest = self.literals
        return first + "".join([f"{index}{text}" for index, text in zip(written, rest, strict=True)])


class Fillings:
    """Makes names and numbers ready to be put into templates, in the characters of one kind of terminal."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._forms: dict[Hashable, int] = {}
        self._alike: dict[Hashable, _Alike | None] = {}

    def make(self, layout: Layout) -> Filling:
        """A name or a number with its text and its form."""
        style = style_of((layout,), self._glyphs)
        return self._filling(lambda: layout, in_one_line(layout, style), _form(layout), style)

    def make_alike(self, kind: Hashable, indices: Sequence[str], lay_out: Callable[[], Layout]) -> Filling:
        """A name, of which nothing but the first of its kind is laid out. ``indices``: all in which it differs."""
        key = kind, *[subscript(index) is None for index in indices]
        if key not in self._alike:
            self._alike[key] = self._find_alike(lay_out(), indices)
        alike = self._alike[key]
        if alike is None:
            return self.make(lay_out())
        return self._filling(lay_out, alike.fill(indices), alike.form, alike.style)

    def _find_alike(self, layout: Layout, indices: Sequence[str]) -> _Alike | None:
        """What other names have in common with this one; None where its scripts are not these indices alone."""
        scripts = [node for node in depth_first((layout,), children) if isinstance(node, Scripted) and node.sub]
        if [script.sub for script in scripts] != [Text(index) for index in indices]:
            return None
        style = style_of((layout,), self._glyphs)
        literals = in_one_line(_with_subs(layout, Text(_NO_INDEX)), style).split(subscript_text(Text(_NO_INDEX), style))
        alike = _Alike(tuple(literals), style, _form(layout))
        fits = len(literals) == len(indices) + 1 and alike.fill(indices) == in_one_line(layout, style)
        return alike if fits else None

    def _filling(self, lay_out: Callable[[], Layout], text: str, form: Hashable, style: ScriptStyle) -> Filling:
        key = form, style.small_subs, style.small_sups, _edge(text[:1]), _edge(text[-1:])
        return Filling(lay_out, text, self._forms.setdefault(key, len(self._forms)))


def _with_subs(layout: Layout, sub: Layout) -> Layout:
    """The symbols and derivatives in a name with this in place of each subscript."""
    match layout:
        case Scripted(_, old):
            return replace(layout, sub=old and sub)
        case Fraction(above, below):
            return Fraction(_with_subs(above, sub), _with_subs(below, sub))
        case Row(parts):
            return Row(tuple(_with_subs(part, sub) for part in parts))
        case Text() | Fenced() | Grid() | Tagged():
            return layout
        case _:
            assert_never(layout)


def make_template(
    lay_out: Callable[[Callable[[int], Layout]], Layout], fillings: Sequence[Filling], text: str, glyphs: Glyphs,
) -> LineTemplate | None:
    """The template of a formula that ``lay_out`` makes, given what stands in each slot.

    ``text`` is the formula in one line with these fillings, laid out without slots. None where there is no template: a
    slot is in a script, or is written there in another style than alone.
    """
    layout = lay_out(lambda number: Tagged(str(number), fillings[number].lay_out()))
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
