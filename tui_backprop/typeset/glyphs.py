"""What a terminal can show, and the one translation of any text to a poorer level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache

from tui_backprop.maths.spelling import GREEK
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT, write_subscript, write_superscript


class Glyphs(Enum):
    """How much a terminal and its font can show."""

    FULL = "full"
    """All of Unicode in one cell each: ``∂``, subscripts and superscripts, Greek, braille."""
    CONSOLE = "console"
    """About what code page 437 and Latin-1 share: box lines, ``· × → − ≤ ≥ ≠ ≈``, blocks. No ``∂``, no Greek, no
    subscripts or superscripts, no braille. The Linux console, older PuTTY fonts."""
    ASCII = "ascii"
    """The 95 printable characters of ASCII and nothing else."""


_WORDS: Mapping[str, str] = {
    **GREEK, "ς": "sigma", "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta", "µ": "mu",
    "Σ": "sum", "∑": "sum", "∏": "prod", "∇": "grad ", "√": "sqrt", "∞": "inf", "∈": " in ",
    "∂": "d", "−": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "±": "+-", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "≃": "~", "∼": "~", "≡": "==", "∝": "~", "∣": "|", "‖": "||", "′": "'", "″": "''", "ℓ": "l",
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "↦": "->", "↑": "^", "↓": "v", "⟶": "->",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "°": " deg",
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "―": "-", "…": "...", "⋯": "...", "•": "*", "‣": ">",
    "✓": "ok", "✔": "ok", "✗": "x", "✘": "x", "☐": "[ ]", "☑": "[x]", "⏎": "Enter", "↵": "Enter",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "ß": "ss", "æ": "ae", "ø": "o", "Æ": "AE", "Ø": "O",
    "ŷ": "yhat", "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde",
    "⊤": "T", "⊙": "(.)", "∘": "o", "∀": "for all ", "∉": " not in ", "∓": "-+", "≪": "<<", "≫": ">>", "⊗": "(x)",
    "⊕": "(+)", "∪": "or", "∩": "and", "⊂": " in ", "⊆": " in ", "∖": "\\", "≅": "~", "∧": "and", "∨": "or", "⊥": "T",
    "∥": "||", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "∃": "there is ", "¬": "not ",
    "∅": "{}", "†": "+", "⋮": ":", "⋱": "...", "∫": "int", "⋆": "*", "\u20d7": "vec", "\u0307": "dot", "\u0308": "ddot",
    "\u030c": "check",
}
"""Characters whose translation may be longer than they are. What is not here is translated cell for cell."""

_SHORT: Mapping[str, str] = {
    "→": ">", "←": "<", "↔": "-", "⇒": ">", "⇐": "<", "⇔": "=", "↦": ">", "⟶": ">", "≤": "<", "≥": ">", "≠": "#",
    "±": "+", "≡": "=", "½": "h", "…": ".", "⋯": ".", "✓": "+", "✔": "+", "✗": "x", "✘": "x", "☐": "o", "☑": "x",
    "Σ": "S", "∑": "S", "∏": "P", "∇": "g", "√": "r", "∞": "8", "∈": "e", "°": "o",
}
"""Replacements of one character, for text whose width must not change."""


def _same(characters: str, replacement: str) -> dict[str, str]:
    return dict.fromkeys(characters, replacement)


_SHAPES: Mapping[str, str] = {
    **_same("─━═╌╍┄┅┈┉╴╶╸╺╼╾‾", "-"), **_same("│┃║╎╏┆┇┊┋╵╷╹╻▌▐▏▎▍▋▊▕⎜⎟⎢⎥", "|"),
    **_same("⎛⎠╱", "/"), **_same("⎞⎝╲", "\\"), **_same("⎡⎣", "["), **_same("⎤⎦", "]"),
    **_same("⎧⎭", "/"), **_same("⎩⎫", "\\"), **_same("⎪", "|"), **_same("⎨", "<"), **_same("⎬", ">"),
    **_same("█▓▒▉▇▆▅▄▀■▪▮●◉◆", "#"), **_same("░▁▂▃□▫▯", "."), **_same("○◯◇", "o"), **_same("★☆✦", "*"),
    **_same("▸▶►▹▷❯", ">"), **_same("◂◀◄◃◁❮", "<"), **_same("▲△▴▵", "^"), **_same("▼▽▾▿", "v"),
}

_CONSOLE_SHAPES: Mapping[str, str] = {
    **dict(zip("╭╮╰╯━┃┏┓┗┛┣┫┳┻╋╌╍┄┅┈┉╎╏┆┇┊┋", "┌┐└┘═║╔╗╚╝╠╣╦╩╬──────││││││", strict=True)),
    **_same("•", "·"), **_same("▇▆▅▉", "█"), **_same("▃▂▁", "▄"), **_same("▊▋▍▎▏", "▌"), **_same("▕", "▐"),
    **_same("●◉", "■"), "⎜": "│", "⎟": "│",
}
_CONSOLE_OWN = frozenset("·×→←↑↓−≤≥≠≈■░▒▓█▄▌▐▀") | frozenset(
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫")

_SUBS = f"[{''.join(FROM_SUBSCRIPT)}]+"
_SCRIPT_RUNS = late_pattern(f"{_SUBS}(?:,{_SUBS})*|[{''.join(FROM_SUPERSCRIPT)}]+")
"""Scripts; a comma between subscripts stands between two indices."""


def plain_text(text: str, glyphs: Glyphs) -> str:
    """Running text (a prompt, a hint, a label) as this level can show it; at FULL unchanged.

    ``2(aₖ − y)²`` becomes ``2(a_k - y)^2`` in ASCII. The width may change: where it must not, use :func:`one_cell`.
    At ASCII the result is ASCII whatever the text; what has no translation becomes ``?``.
    """
    if glyphs is Glyphs.FULL or text.isascii():
        return text
    written = _SCRIPT_RUNS.sub(_write_script, text)
    if glyphs is Glyphs.ASCII and "(" in written:
        for sign, name in _calls():
            written = written.replace(sign, name)
    return "".join(_translate(character, glyphs) for character in written)


@cache
def _calls() -> tuple[tuple[str, str], ...]:
    """How a function is called by its sign, ``σ(``, and by its name."""
    from tui_backprop.maths.functions import FUNCTIONS

    return tuple((f"{each.shown}(", f"{each.name}(") for each in FUNCTIONS.values() if not each.shown.isascii())


def plain_title(text: str, glyphs: Glyphs) -> str:
    """A title as :func:`plain_text`, but a dot between its parts is a dash in ASCII, not the sign of a product."""
    return plain_text(text.replace(" · ", " - ") if glyphs is Glyphs.ASCII else text, glyphs)


@lru_cache(maxsize=4096)
def one_cell(character: str, glyphs: Glyphs) -> str:
    """One character as this level can show it, in as many cells as the character itself takes (:func:`cells`).

    For text that is already laid out, where a longer word would push the rest aside.
    """
    width = cells(character)
    if glyphs is Glyphs.FULL or character.isascii() or width == 0:
        return character if glyphs is Glyphs.FULL or width else ""
    if glyphs is Glyphs.CONSOLE and _console_has(character):
        return character
    short = _SHORT.get(character) or FROM_SUBSCRIPT.get(character) or FROM_SUPERSCRIPT.get(character)
    return _fit(_translate(short or character, glyphs), width)


def cells(text: str) -> int:
    """How many terminal cells the text takes: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_cell_width(character) for character in text)


def cut(text: str, room: int) -> str:
    """The beginning of the text that fits in so many cells."""
    if text.isascii():
        return text[:max(room, 0)]
    used = 0
    for at, character in enumerate(text):
        used += _cell_width(character)
        if used > room:
            return text[:at]
    return text


def shorten(text: str, room: int, more: str = "…") -> str:
    """The text where so many cells hold it, else its beginning and an ellipsis."""
    return text if cut(text, room) == text else cut(cut(text, room - len(more)) + more, room)


def fill_lines(text: str, room: int) -> str:
    """The text with blanks after it, to so many cells at least."""
    return text + " " * (room - cells(text))


@lru_cache(maxsize=4096)
def _cell_width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def _fit(text: str, width: int) -> str:
    """A translation fitted to ``width`` cells: its first character where it is too long, ``?`` where it is gone."""
    if width == 1:
        return text.strip()[:1] or "?"
    return text[:width] if len(text) == width else "?" * width


def _write_script(run: re.Match[str]) -> str:
    """A run of script characters in plain ones; what follows it is parted from it: ``a_j y`` is no ``a_jy``."""
    text, after = run.group(), run.string[run.end():run.end() + 1]
    apart = " " if after.isalnum() and after not in FROM_SUBSCRIPT and after not in FROM_SUPERSCRIPT else ""
    if text[0] in FROM_SUBSCRIPT:
        return write_subscript("".join(FROM_SUBSCRIPT.get(character, character) for character in text)) + apart
    return write_superscript("".join(FROM_SUPERSCRIPT[character] for character in text)) + apart


@lru_cache(maxsize=4096)
def _translate(character: str, glyphs: Glyphs) -> str:
    if character.isascii():
        return character
    if glyphs is Glyphs.CONSOLE:
        if _console_has(character):
            return character
        if character in _CONSOLE_SHAPES:
            return _CONSOLE_SHAPES[character]
    return _WORDS.get(character) or _SHAPES.get(character) or _by_kind(character)


def _console_has(character: str) -> bool:
    return character in _CONSOLE_OWN or ("¡" <= character <= "ÿ" and character not in "²³¹\u00ad")


def _by_kind(character: str) -> str:
    """ASCII for a character without an entry of its own: by its block, else by its parts, else ``?``."""
    if "\u2500" <= character <= "\u257f":
        return "+"
    if "\u2800" <= character <= "\u28ff":
        dots = (ord(character) - 0x2800).bit_count()
        return " .:#"[(dots + 2) // 3]
    parts = unicodedata.normalize("NFKD", character)
    ascii_parts = "".join(part for part in parts if part.isascii())
    if ascii_parts:
        return ascii_parts
    return "?" if _cell_width(character) else ""
