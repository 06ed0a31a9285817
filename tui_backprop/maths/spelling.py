"""Brings what people type into one plain alphabet, and finds the names they may use in it.

``fold`` turns Unicode (``wⱼₖ⁽ᴸ⁾``, ``a²``, ``−``, ``½``) into the characters of the grammar, each with the place it
came from, so that a caret can point into the original. :class:`Vocabulary` finds the longest known name at a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from types import MappingProxyType

from tui_backprop.dataclass import dataclass
from tui_backprop.patterns import late_pattern

_PLAIN = str.maketrans({
    **dict.fromkeys("−–—‐‑‒﹣－", "-"), **dict.fromkeys("·×⋅∙•∗✕", "*"), **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("′’‘ʹ`´", "'"), "∂": "d", "ⅇ": "e", "∣": "|", "ϵ": "ε", **dict.fromkeys("ˆ＾", "^"),
    **dict.fromkeys("❨❪⦅⟮﹙（⟨〈〈❬❰", "("), **dict.fromkeys("❩❫⦆⟯﹚）⟩〉〉❭❱", ")"),
    **dict.fromkeys("⟦［〔【❲", "["), **dict.fromkeys("⟧］〕】❳", "]"), "❴": "{", "❵": "}",
})
_SMALL_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}
GREEK: Mapping[str, str] = {
    **_SMALL_GREEK, **{letter.upper(): name.capitalize() for letter, name in _SMALL_GREEK.items()},
}
"""The English name of each Greek letter, capitals with a capital."""
_SUBSCRIPT_GROUP = late_pattern(r"_\s*\{\s*([^\W_]+(?:[\s,]+[^\W_]+)*)\s*\}")
_SCRIPTS_SWAPPED = late_pattern(r"(.*[^\W_])_([^\W_]+(?:,[^\W_]+)*)\^(\([^()]*\)|[^\W_])(.*)")

_PRIME_BEFORE_INDEX = late_pattern(r"([^\W_]+)('+)_([^\W_]+(?:,[^\W_]+)*)")
"""``a'_k``, of which the prime may also stand behind its index."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in the grammar's own characters. ``starts[n]``, ``ends[n]``: where in the original character n stood."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters ``start`` up to ``end`` of the folded text, as a range of the original."""
        if start >= len(self.text):
            last = self.ends[-1] if self.ends else 0
            return last, last
        end = max(min(end, len(self.text)), start + 1)
        return self.starts[start], self.ends[end - 1]


class _Folder:
    def __init__(self) -> None:
        self.chars: list[str] = []
        self.places: list[tuple[int, int]] = []

    def put(self, text: str, start: int, end: int) -> None:
        self.chars.extend(text)
        self.places.extend([(start, end)] * len(text))

    def finish(self) -> Folded:
        return Folded("".join(self.chars), tuple(p[0] for p in self.places), tuple(p[1] for p in self.places))


def fold(text: str) -> Folded:
    """``text`` in the grammar's own characters: ``wⱼₖ⁽ᴸ⁾`` as ``w_jk^(L)``, ``a²`` as ``a^2``, ``∂`` as ``d``."""
    if text.isascii():  # as most is: a character stays one character
        return _ungroup(Folded(text.translate(_plain_ascii()), tuple(range(len(text))), tuple(range(1, len(text) + 1))))
    folder = _Folder()
    index = 0
    while index < len(text):
        script = _script(text[index])
        if not script:
            folder.put(_plain(text[index]), index, index + 1)
            index += 1
            continue
        end = index + 1
        while end < len(text) and _script(text[end]) == script:
            end += 1
        _put_script(folder, script, text, index, end)
        index = end
    return _ungroup(folder.finish())


@lru_cache(maxsize=1 << 10)  # few characters are ever typed
def _script(char: str) -> str:
    """``<sub>`` or ``<super>`` for a character that is one, else nothing."""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return kind if kind in ("<sub>", "<super>") else ""


@lru_cache(maxsize=1 << 10)
def _plain(char: str) -> str:
    if char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞…":
        return char
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Cf":
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return unicodedata.normalize("NFKC", char.translate(_PLAIN)).translate(_PLAIN)


@cache
def _plain_ascii() -> dict[int, str]:
    return {code: _plain(chr(code)) for code in range(128)}


def _put_script(folder: _Folder, script: str, text: str, start: int, end: int) -> None:
    run = "".join(_plain(char) for char in text[start:end])
    continues_index = script == "<sub>" and folder.chars[-1:] == [","] and "_" in folder.chars
    if not continues_index and not (script == "<sub>" and folder.chars[-1:] == ["_"]):  # a_₇ has its line already
        folder.put("_" if script == "<sub>" else "^", start, start + 1)
    wrap = script == "<super>" and not re.fullmatch(r"\(.*\)|[+-]?\d+|\w", run)
    if wrap:
        folder.put("(", start, start + 1)
    for offset in range(start, end):
        folder.put(_plain(text[offset]), offset, offset + 1)
    folder.put(")" if wrap else "", end - 1, end)
    folder.put(" ", end - 1, end)  # a² 3 is not a²³


def _ungroup(folded: Folded) -> Folded:
    """The text without braces: ``w_{1, 12}`` and ``w_{1 12}`` as ``w_1,12``, ``x^{2}`` as ``x^(2)``, ``a^{(L)}`` as
    ``a^(L)``.
    """
    if "{" not in folded.text and "}" not in folded.text:
        return folded
    folder = _Folder()
    index = 0
    while index < len(folded.text):
        group = _SUBSCRIPT_GROUP.match(folded.text, index)
        if group:
            folder.put("_", *folded.span(index, index + 1))
            for part in re.finditer(r"[^\s,]+|[\s,]+", group[1]):
                at = group.start(1) + part.start()
                for offset, char in enumerate("," if part[0][0] in " ," else part[0]):
                    folder.put(char, *folded.span(at + offset, at + offset + 1))
            index = group.end()
            continue
        char = folded.text[index]
        doubled = folded.text[index:index + 2]
        if doubled in ("{(", ")}"):
            folder.put("(" if doubled == "{(" else ")", *folded.span(index, index + 2))
            index += 2
            continue
        folder.put({"{": "(", "}": ")"}.get(char, char), *folded.span(index, index + 1))
        index += 1
    return folder.finish()


def canonical(name: str) -> str:
    """The one form in which names are compared: folded, without spaces."""
    return fold(name).text.replace(" ", "")


def _without_caret(layer: re.Match[str]) -> str:
    return layer[0].removeprefix("^")


@lru_cache(maxsize=1 << 14)  # the names of an exercise are prepared again for every answer
def _variants(name: str) -> tuple[str, ...]:
    """The canonical form, with Greek letters spelled out too, with the scripts in either order, as a prime and an
    index, and with a layer behind it without its caret.

    Nothing for a name that comes to nothing.
    """
    plain = canonical(name)
    spelled_out = "".join(GREEK.get(char, char) for char in plain)
    forms = []
    for form in dict.fromkeys((plain, spelled_out)):
        forms.append(form)
        swapped = _SCRIPTS_SWAPPED.fullmatch(form)
        if swapped:
            forms.append(f"{swapped[1]}^{swapped[3]}_{swapped[2]}{swapped[4]}")
        primed = _PRIME_BEFORE_INDEX.fullmatch(form)
        if primed:
            letter, prime, index = primed.groups()
            forms += [f"{letter}_{index}{prime}", *([f"{letter}{index}{prime}"] if index.isalnum() else [])]
    forms += [without for form in forms if (without := LAYER.sub(_without_caret, form)) != form]
    return tuple(filter(None, forms))


class Vocabulary:
    """The names a learner may use, prepared once: spelling → symbol name.

    Of two spellings with the same canonical form the earlier one counts. ``names`` keeps the spellings as given, for
    suggestions. ``shared`` maps a spelling that means several things to a sentence that says so.
    """

    def __init__(self, names: Mapping[str, str], shared: Mapping[str, str] = MappingProxyType({})) -> None:
        self.names = names
        self._shared = {form: say for spelling, say in shared.items() for form in _variants(spelling)}
        self._symbols: dict[str, str] = {}
        for spelling, symbol in names.items():
            for form in _variants(spelling):
                self._symbols.setdefault(form, symbol)
        self._longest = max(map(len, (*self._symbols, *self._shared)), default=0)

    @cached_property
    def _loosely(self) -> Mapping[str, str]:
        """The names without capitals, underscores and commas; of those that then look alike, none."""
        found: dict[str, set[str]] = {}
        for form, meant in (*self._symbols.items(), *((form, "") for form in self._shared)):
            found.setdefault(_loose(form), set()).add(meant)
        return {form: meant.pop() for form, meant in found.items() if len(meant) == 1 and "" not in meant}

    def __contains__(self, name: str) -> bool:
        return name in self._symbols

    def match(self, text: str, start: int) -> tuple[str, int] | None:
        """The symbol of the longest known name that begins at ``start``, and where it ends; None where none does.

        A name does not stop short of a digit, an underscore or a prime: ``a_12`` is not ``a_1`` and a 2. Spaces
        count only between two letters or digits.
        """
        return self._match(self._symbols, text, start)

    def match_loosely(self, text: str, start: int) -> tuple[str, int] | None:
        """As :meth:`match`, whatever is a capital and however an index is parted: ``A_j`` is ``a_j`` where one of the
        two is known, and ``w_3,5`` is ``w_35``.
        """
        found, typed = None, ""
        for index in range(start, len(text)):
            letter = _loose(text[index])
            typed += letter
            if letter == " " or len(typed) > self._longest:
                break
            ends = not (_goes_on(text, index + 1) or text[index + 1:index + 2].isalpha())
            if letter and ends and typed in self._loosely:
                found = self._loosely[typed], index + 1
        return found

    def match_spoken(self, text: str, start: int) -> tuple[str, int] | None:
        """As :meth:`match`, for a name in several words, as it is read out.

        ``a h`` is a_h, ``w from i to h`` is w_ih, and ``d C by d a h`` is dC/da_h.
        """
        found, typed, index = None, "", start
        while len(typed) <= self._longest and (word := _WORD_OF_NAME.match(text, index)) is not None:
            said, index = word[1].casefold(), word.end()
            typed += _SAID_IN_NAMES.get(said, _loose(word[1]).replace(" ", ""))
            ends = said not in _BETWEEN_UNITS and word.start() > start and not _goes_on(text, index)
            if ends and typed in self._loosely:
                found = self._loosely[typed], index
        return found

    def why_unclear(self, text: str, start: int) -> tuple[str, int] | None:
        """For a name at ``start`` that means several things: the sentence that says so, and where the name ends; else
        None.
        """
        return self._match(self._shared, text, start)

    def _match(self, table: Mapping[str, str], text: str, start: int) -> tuple[str, int] | None:
        found = None
        typed = ""
        for index in range(start, len(text)):
            char = text[index]
            if char == " ":
                continue
            if text[index - 1] == " " and typed and typed[-1].isalnum() and char.isalnum():
                break
            typed += char
            if len(typed) > self._longest:
                break
            if typed in table and not _goes_on(text, index + 1):
                found = table[typed], index + 1
        return found

    def suggest(self, name: str, extra: Iterable[str]) -> str | None:
        """The known name most like ``name``, as it is best written, or two that are as like; None where none is."""
        wanted = canonical(name).lower()
        near: dict[str, str] = {}
        for spelling in (*self.names, *extra):
            form = canonical(spelling).lower() if len(near) < 300 else ""
            if form[:1] == wanted[:1]:
                near.setdefault(form, spelling)
        from difflib import SequenceMatcher, get_close_matches  # for what is wrong only

        closest = get_close_matches(wanted, [form for form in near if form], n=_MOST_ALIKE, cutoff=0.5)
        likeness = [SequenceMatcher(None, form, wanted).ratio() for form in closest]
        alike = [near[form] for form, how in zip(closest, likeness, strict=True) if how == likeness[0]]
        return " or ".join(sorted(alike) if len(alike) == _TWO else alike[:1]) or None


_TWO, _MOST_ALIKE = 2, 3
"""Two names are suggested, where they are equally like what was typed; of more, one."""
_BETWEEN_UNITS = ("from", "to")
_SAID_IN_NAMES: Mapping[str, str] = {**dict.fromkeys(_BETWEEN_UNITS, ""), "by": "/", "prime": "'"}
"""Words in a name as it is read out, and the signs in their place."""
_WORD_OF_NAME = late_pattern(r" *([^\W_]+'*(?:\^ ?\([^()]*\))?)")


def _loose(form: str) -> str:
    return form.casefold().replace("_", "").replace(",", "")


def _goes_on(text: str, index: int) -> bool:
    char = text[index:index + 1]
    return char.isdecimal() or char in ("_", "'")


LAYER = late_pattern(r"\^ ?\( ?L(?: ?[-+] ?\d+)? ?\)")
"""A layer after an indexed symbol, as in ``a_k^(L-1)``."""
