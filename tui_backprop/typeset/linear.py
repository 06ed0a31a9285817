"""Layouts in one line of text, and the decisions every text renderer shares: characters, scripts, brackets, gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text, children
from tui_backprop.typeset.scripts import subscript, superscript, write_subscript, write_superscript


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    """How one formula is written: the glyph level, and for each kind of script whether all of them exist in Unicode.

    One decision for a whole formula, so that ``aₖ`` never stands beside ``a_c``.
    """

    glyphs: Glyphs
    small_subs: bool
    small_sups: bool
    mark: Callable[[str, str], str] | None = None
    """What is written in place of a tagged part, from its tag and its text; None: the text."""


@lru_cache(maxsize=4096)
def linear(layout: Layout, glyphs: Glyphs) -> str:
    """The layout in one line: ``∂C/∂wⱼₖ⁽ᴸ⁾``, in ASCII ``dC/dw_jk^(L)``; fractions as ``(a − b)/c``."""
    return in_one_line(layout, style_of((layout,), glyphs))


def style_of(layouts: Iterable[Layout], glyphs: Glyphs) -> ScriptStyle:
    """The style in which all these layouts can be written alike."""
    subs = sups = glyphs is Glyphs.FULL
    waiting = list(layouts)
    while waiting and (subs or sups):
        node = waiting.pop()
        if isinstance(node, Text):
            continue
        waiting += children(node)
        if not isinstance(node, Scripted):
            continue
        subs = subs and not node.written_sub
        subs = subs and (node.sub is None or subscript(script_text(node.sub, glyphs)) is not None)
        sups = sups and (node.sup is None or superscript(script_text(node.sup, glyphs)) is not None)
    return ScriptStyle(glyphs, subs, sups)


def in_one_line(layout: Layout, style: ScriptStyle) -> str:
    """The layout in one line, in a style already decided."""
    match layout:
        case Text():
            return characters(layout, style.glyphs)
        case Tagged(tag, body):
            text = in_one_line(body, style)
            return text if style.mark is None else style.mark(tag, text)
        case Scripted(base):
            return in_one_line(script_base(base), style) + scripts_text(layout, style)
        case Fenced(body, left, right):
            return plain_text(left, style.glyphs) + in_one_line(body, style) + plain_text(right, style.glyphs)
        case Fraction(above, below):
            return f"{numerator(above, style)}/{denominator(below, style)}"
        case Grid(rows, (left, right), equations):
            between = "" if equations else ", "
            lines = "; ".join(between.join(in_one_line(cell, style) for cell in cells).strip() for cells in rows)
            return plain_text(left, style.glyphs) + lines + plain_text(right, style.glyphs)
        case Row():
            return _row(flat(layout), style)
        case _:
            assert_never(layout)


def characters(text: Text, glyphs: Glyphs) -> str:
    """A text node's characters at this level, none of them a control character."""
    raw = text.text.replace("-", "−") if text.role == "number" else text.text
    if glyphs is not Glyphs.FULL:
        if text.role == "function":
            name = raw.rstrip("′")
            raw = _name_in_grammar(name) + raw[len(name):]
        elif text.role == "number" and glyphs is Glyphs.ASCII:
            raw = raw.replace("½", "0.5")
        raw = plain_text(raw, glyphs)
        if text.role == "operator":
            raw = raw.replace("  ", " ")
    if raw.isprintable():
        return raw
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in raw)


def script_text(layout: Layout, glyphs: Glyphs) -> str:
    """The text of a sub- or superscript in ordinary characters, without spaces except between two words."""
    text = characters(layout, glyphs) if isinstance(layout, Text) else _formula_in_script(layout, glyphs)
    return _SPACE.sub("", text.strip()) if " " in text else text


@lru_cache(maxsize=4096)
def _formula_in_script(layout: Layout, glyphs: Glyphs) -> str:
    return in_one_line(layout, _PLAIN[glyphs])


_PLAIN = {glyphs: ScriptStyle(glyphs, False, False) for glyphs in Glyphs}
"""The style in which no script is written small."""


_ENDS = late_pattern(r"\w+,\w+")
_SPACE = late_pattern(r"(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])")


def subscript_text(sub: Layout | None, style: ScriptStyle) -> str:
    """A subscript as it is written after its base: ``ⱼₖ``, ``_jk``, ``_A,top``; in ASCII ``_{A,top}``, as in files."""
    text = script_text(sub, style.glyphs) if sub is not None else ""
    if not text:
        return ""
    if style.glyphs is not Glyphs.ASCII and _ENDS.fullmatch(text) and not style.small_subs:
        return f"_{text}"
    return (style.small_subs and subscript(text)) or write_subscript(text)


def superscript_text(sup: Layout | None, style: ScriptStyle) -> str:
    """A superscript as it is written after its base: ``⁽ᴸ⁾``, ``^(L)``, ``^2``."""
    text = script_text(sup, style.glyphs) if sup is not None else ""
    if not text:
        return ""
    return (style.small_sups and superscript(text)) or write_superscript(text)


def scripts_text(layout: Scripted, style: ScriptStyle) -> str:
    """Both scripts in one row, in the order they are written in."""
    sub, sup = subscript_text(layout.sub, style), superscript_text(layout.sup, style)
    return sup + sub if layout.sup_first else sub + sup


def script_base(base: Layout) -> Layout:
    """What a script hangs on: the base, in parentheses unless it is one thing."""
    return base if is_atom(base) else Fenced(base)


def is_atom(layout: Layout) -> bool:
    """Does the layout read as one thing, so that ``/`` or a script can stand beside it without parentheses?"""
    inside = untagged(layout)
    match inside:
        case Text(text, role):
            return " " not in text and not (role == "number" and not text.replace(".", "", 1).isalnum())
        case Scripted() | Fenced():
            return True
        case Grid(brackets=brackets):
            return all(brackets)
        case Row() as row:
            parts = flat(row)
            if len(parts) == 1:
                return is_atom(parts[0])
            return len(parts) == 2 and _is_prefix(parts[0], parts[1]) and is_atom(parts[1])
        case Fraction() | Tagged():
            return False
        case _:
            assert_never(inside)


def joint(left: Layout, left_text: str, right_text: str, style: ScriptStyle) -> str:
    """A space where two neighbours would run into one name: ``a_j w_jk``, ``eta delta``; mostly nothing."""
    if not (left_text[-1:].isalnum() and right_text[:1].isalnum()):
        return ""
    match untagged(left):
        case Scripted(_, sub, sup, sup_first):
            ends_above = sup is not None and not (sup_first and sub is not None)
            last_is_small = style.small_sups if ends_above else style.small_subs
            return "" if last_is_small else " "
        case Text(text, "symbol"):
            return " " if len(left_text) > len(text) else ""
        case _:
            return ""


def flat(layout: Layout) -> tuple[Layout, ...]:
    """The parts of a row, with rows in rows opened; of anything else, itself alone."""
    if not isinstance(layout, Row):
        return (layout,)
    if not any(isinstance(part, Row) for part in layout.parts):
        return layout.parts
    return tuple([inner for part in layout.parts for inner in flat(part)])


def untagged(layout: Layout) -> Layout:
    """The layout without the tags around it."""
    while isinstance(layout, Tagged):
        layout = layout.body
    return layout


def is_operator(layout: Layout) -> bool:
    """Is the layout an operator with spaces around it, such as `` · `` or `` = ``?"""
    return isinstance(layout, Text) and layout.role == "operator" and " " in layout.text and bool(layout.text.strip())


def _is_prefix(left: Layout, right: Layout) -> bool:
    """A function's name before its parentheses, or the ∂ of a differential."""
    if not isinstance(left, Text):
        return False
    return (left.role == "function" and isinstance(untagged(right), Fenced)) or left.text in ("∂", "d")


def numerator(above: Layout, style: ScriptStyle) -> str:
    """What stands before a slash, in brackets where it needs them."""
    text = in_one_line(above, style)
    return f"({text})" if has_brackets_above(above) else text


def has_brackets_above(above: Layout) -> bool:
    """Does it need brackets before a slash?"""
    inside = untagged(above)
    return isinstance(inside, Fraction) or any(map(is_operator, flat(inside)))


def denominator(below: Layout, style: ScriptStyle) -> str:
    """What stands after a slash, in brackets unless it is one thing."""
    text = in_one_line(below, style)
    return text if is_atom(below) else f"({text})"


def _row(parts: tuple[Layout, ...], style: ScriptStyle) -> str:
    texts = [in_one_line(part, style) for part in parts]
    fractions = [index for index, part in enumerate(parts) if isinstance(untagged(part), Fraction)]
    for index in [index for index in fractions if _is_hemmed_in(index, parts, texts)]:
        texts[index] = f"({texts[index]})"
    pieces = texts[:1]
    for index in range(1, len(parts)):
        pieces += (joint(parts[index - 1], texts[index - 1], texts[index], style), texts[index])
    return "".join(pieces)


_SIGNS = (Text("−", "operator"), Text("-", "operator"))


def _is_hemmed_in(index: int, parts: tuple[Layout, ...], texts: list[str]) -> bool:
    """Would a fraction here, as ``a/b``, take its neighbour into its numerator or denominator?"""
    before = texts[index - 1][-1:] if index and parts[index - 1] not in _SIGNS else ""
    after = texts[index + 1][:1] if index + 1 < len(parts) else ""
    return before not in ("", " ", "(", "[", "|") or after not in ("", " ", ")", "]", "|", *",;:.!?")


def _name_in_grammar(shown: str) -> str:
    """The name of a function whose sign cannot be shown or typed: ``sigmoid`` for σ."""
    if shown.lower() in FUNCTIONS:
        return shown
    return next((function.name for function in FUNCTIONS.values() if function.shown == shown), shown)
