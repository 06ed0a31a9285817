r"""Layouts as LaTeX for maths mode. Needs ``amsmath``, for ``\text``, ``\operatorname``, ``\tfrac`` and ``\boxed``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import assert_never

from tui_backprop.maths.spelling import GREEK
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text
from tui_backprop.typeset.linear import flat, is_atom, untagged

_OTHER_GREEK = {"ε": r"\varepsilon", "φ": r"\varphi", "ο": "o"}
_GREEK_CAPITALS = "ΓΔΘΛΞΠΣΥΦΨΩ"
GREEK_COMMANDS: Mapping[str, str] = {
    letter: _OTHER_GREEK.get(letter, f"\\{name}")
    for letter, name in GREEK.items() if letter.islower() or letter in _GREEK_CAPITALS
}
"""LaTeX's command for each Greek letter."""

SIGN_COMMANDS: Mapping[str, str] = {
    "·": r"\cdot", "×": r"\times", "→": r"\rightarrow", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx",
    "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "…": r"\dots", "∞": r"\infty", "±": r"\pm",
    "∈": r"\in", "⇒": r"\Rightarrow", "←": r"\leftarrow", "÷": r"\div", "√": r"\surd",
    "∼": r"\sim", "∝": r"\propto", "∀": r"\forall", "≡": r"\equiv", "∉": r"\notin", "⊙": r"\odot", "∘": r"\circ",
    "↦": r"\mapsto", "ℓ": r"\ell", "⊤": r"\top", "‖": r"\|", "∓": r"\mp", "≪": r"\ll", "≫": r"\gg",
    "⊗": r"\otimes", "⊕": r"\oplus", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "⊆": r"\subseteq",
    "∖": r"\setminus", "≃": r"\simeq", "≅": r"\cong", "⇔": r"\Leftrightarrow", "⇐": r"\Leftarrow", "∧": r"\wedge",
    "∨": r"\vee", "⊥": r"\perp", "∥": r"\parallel", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor",
    "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "∃": r"\exists", "¬": r"\neg", "∅": r"\emptyset",
    "†": r"\dagger", "↑": r"\uparrow", "↓": r"\downarrow", "⋮": r"\vdots", "⋱": r"\ddots", "∫": r"\int",
    "⋆": r"\star", "•": r"\bullet",
}
"""LaTeX's command for each sign of a formula."""

_MATHS: Mapping[str, str] = {
    **GREEK_COMMANDS, **SIGN_COMMANDS, "ς": r"\varsigma",
    "−": "-", "′": "'", "½": r"\tfrac{1}{2}", "{": r"\{", "}": r"\}", "%": r"\%",
    "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "^": r"\hat{}", "~": r"\sim ", "\\": r"\backslash ", " ": r"\ ",
    "ŷ": r"\hat{y}",
}
_WORDS: Mapping[str, str] = {
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "-": "{-}", "`": r"\textasciigrave{}",
}
_KNOWN_FUNCTIONS = frozenset(("exp", "ln", "log", "tanh", "max", "min"))
_DELIMITERS: Mapping[str, str] = {"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "{": r"\{", "}": r"\}", "": ".",
    **{sign: SIGN_COMMANDS[sign] for sign in "‖⟨⟩⌊⌋⌈⌉"},
}
_LATIN_1_LETTERS = frozenset(chr(code) for code in range(0xC0, 0x100)) - {"×", "÷"}
_LETTERS = _LATIN_1_LETTERS | frozenset("ĂăĄąĆćČčĎďĐđĘęĚěĞğĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŤťŢţŮůŰűŸŹźŻżŽž")
"""Letters beyond ASCII that pdflatex has in the T1 encoding, written as they are in UTF-8."""
_LATIN_LOOKS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
"""Greek letters that TeX sets as the Latin ones they look like."""


def latex(layout: Layout) -> str:
    r"""The layout as LaTeX, ``\frac{\partial C}{\partial w_{jk}^{(L)}}``; compiles in maths mode whatever its text."""
    return _join([_write(layout)])


def escape_words(text: str) -> str:
    """Running text with LaTeX's own characters escaped, for documents whose ``fontenc`` is T1.

    What pdflatex has no letter for becomes plain ASCII, or is left out.
    """
    return "".join(_word_character(character) for character in _compose(text))


def left_out(text: str) -> str:
    """The letters and signs of running text, each once, that :func:`escape_words` leaves out."""
    return "".join(character for character in dict.fromkeys(_compose(text))
                   if character.isprintable() and not _word_character(character))


def _compose(text: str) -> str:
    """The text with letter and accent as one character where there is one."""
    return unicodedata.normalize("NFC", text)


def _write(layout: Layout) -> str:
    match layout:
        case Text():
            return _text(layout)
        case Tagged(_, body):
            return _write(body)
        case Fraction(above, below):
            return rf"\frac{{{_write(above)}}}{{{_write(below)}}}"
        case Scripted():
            return _set_scripts(layout)
        case Fenced(body, left, right):
            return _fence(_write(body), left, right)
        case Grid():
            return _grid(layout)
        case Row():
            return _row(flat(layout))
        case _:
            assert_never(layout)


def _grid(grid: Grid) -> str:
    rows = r" \\ ".join(" & ".join(map(_write, cells)) for cells in grid.rows)
    name = "aligned" if grid.equations else "cases" if grid.brackets == ("{", "") else "matrix"
    body = rf"\begin{{{name}}}{rows}\end{{{name}}}"
    return body if name != "matrix" else _fence(body, *grid.brackets)


def _row(parts: tuple[Layout, ...]) -> str:
    """The parts after each other; a root sign before parentheses becomes a root over what is in them."""
    pieces: list[str] = []
    for part in parts:
        inside = untagged(part)
        if pieces and pieces[-1] == r"\surd" and isinstance(inside, Fenced):
            pieces[-1] = rf"\sqrt{{{_write(inside.body)}}}"
        else:
            pieces.append(_write(part))
    return _join(pieces)


def _set_scripts(layout: Scripted) -> str:
    base = _write(layout.base)
    inside = untagged(layout.base)
    if not is_atom(layout.base):
        base = _fence(base, "(", ")")
    elif isinstance(inside, (Scripted, Row)) or (isinstance(inside, Text) and not _takes_scripts(base)):
        base = f"{{{base}}}"
    sub = f"_{{{_script(layout.sub)}}}" if layout.sub is not None else ""
    sup = f"^{{{_script(layout.sup)}}}" if layout.sup is not None else ""
    return base + sub + sup


def _takes_scripts(base: str) -> bool:
    """Can a script follow as it is? Not after nothing, nor after a prime, which is a superscript already."""
    return bool(base) and "'" not in base and not base.startswith(r"\tfrac")


def _script(layout: Layout) -> str:
    """A script's LaTeX, its parentheses of the ordinary size; letters side by side in it are indices, not a word."""
    written = _characters(layout.text) if isinstance(layout, Text) and layout.role == "symbol" else _write(layout)
    if written.count(r"\left") == written.count(r"\left(") == written.count(r"\right)"):
        return written.replace(r"\left(", "(").replace(r"\right)", ")")
    return written


def _fence(body: str, left: str, right: str) -> str:
    if left in _DELIMITERS and right in _DELIMITERS:
        return rf"\left{_DELIMITERS[left]}{body}\right{_DELIMITERS[right]}"
    return _join([_characters(left), body, _characters(right)])


def _text(text: Text) -> str:
    match text.role:
        case "words":
            return _words(text.text)
        case "blank":
            return r"\boxed{?}" if "?" in text.text else _characters(text.text)
        case "function":
            return _function(text.text)
        case "operator":
            return _operator(text.text)
        case "symbol" if len(letters := text.text.rstrip("′'")) > 1 and letters.isascii() and letters.isalpha():
            return rf"\mathrm{{{letters}}}" + _characters(text.text[len(letters):])
        case "symbol" | "number":
            return _characters(text.text)
        case _:
            assert_never(text.role)


def _words(text: str) -> str:
    if not text.strip():
        return r"\quad " if len(text) > 1 else r"\ "
    return rf"\text{{{escape_words(text)}}}"


def _operator(text: str) -> str:
    """An operator. LaTeX sets the room around it by itself, so that only a space that stands alone is kept."""
    sign = text.strip()
    if not sign:
        return r"\," if text else ""
    if sign.strip(", ").isalpha() and len(sign) > 1:
        return _words(text)
    return f" {_characters(sign)} " if text.startswith(" ") else _characters(sign) + " " * text.endswith(" ")


def _function(name: str) -> str:
    letters = name.rstrip("′' ")
    primes = "'" * len(name.rstrip()[len(letters):])
    if letters in _KNOWN_FUNCTIONS:
        return rf"\{letters}{primes}"
    if len(letters) > 1:
        return rf"\operatorname{{{escape_words(letters)}}}{primes}"
    return _characters(letters) + primes


def _characters(text: str) -> str:
    """The characters of a formula; a letter with a mark over it by the mark's command."""
    return _join([rf"{_ACCENTS[mark]}{{{_maths_character(character)}}}" if mark else _maths_character(character)
                  for character, mark in _MARKED.findall(text)])


_ACCENTS: Mapping[str, str] = {"\u0302": r"\hat", "\u0304": r"\bar", "\u0303": r"\tilde"}
_MARKED = late_pattern(f"(.)([{''.join(_ACCENTS)}]?)", re.DOTALL)


def _maths_character(character: str) -> str:
    if character in _MATHS:
        return _MATHS[character]
    if character.isascii():
        return character if character.isprintable() else r"\ "
    if character in _LATIN_1_LETTERS:
        return rf"\text{{{character}}}"
    plain = plain_text(character, Glyphs.ASCII)
    return "".join(_MATHS.get(letter, letter) for letter in plain) if plain.isprintable() else "?"


def _word_character(character: str) -> str:
    if character in _WORDS:
        return _WORDS[character]
    if character.isascii() or character in _LETTERS:
        return character if character.isprintable() else " "
    if character in _LATIN_LOOKS:
        return _LATIN_LOOKS[character]
    if character in _MATHS and character != "′":
        return rf"${_MATHS[character]}$"
    parts = unicodedata.normalize("NFD", character)
    base = parts[0]
    if "Α" <= base <= "ω" and len(parts) > 1:
        letter = _word_character(base)
        return rf"\'{{{letter}}}" if letter.isascii() and letter.isalpha() else letter
    plain = plain_text(character, Glyphs.ASCII)
    return "" if plain == "?" else "".join(_WORDS.get(letter, letter) for letter in plain)


def _join(pieces: list[str]) -> str:
    """Pieces after each other, with a space where a command's name would swallow the letter that follows."""
    joined = ""
    for piece in pieces:
        if piece[:1].isalpha() and piece[:1].isascii() and _ends_in_command(joined):
            joined += " "
        joined += piece
    return joined


def _ends_in_command(text: str) -> bool:
    letters = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return len(letters) < len(text) and letters.endswith("\\")
