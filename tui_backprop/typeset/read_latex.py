"""Reads the LaTeX of lessons to layouts: fractions, scripts, brackets, Greek, sums, words, matrices; no macros.

Spaces in the text do not matter, as in TeX: ``2a+b`` and ``2 a + b`` read alike, with room around ``+`` and ``=`` and
none in ``-1``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui_backprop.typeset.latex_commands import (
    ACCENTS,
    ALPHABETS,
    BIG,
    BRACES,
    ENVIRONMENTS,
    EQUATIONS,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    INSTEAD,
    LETTERS_OF_SIGNS,
    LIMITS,
    NEGATED,
    PLAIN_GROUPS,
    PUNCTUATION,
    SILENT,
    SPACED,
    SPACES,
    STACKED,
    SYMBOLS,
    UNSEEN,
    UPRIGHT,
    WORDS,
    list_commands,
)
from tui_backprop.typeset.latex_tokens import MAX_DEPTH as MAX_DEPTH
from tui_backprop.typeset.latex_tokens import MAX_LENGTH as MAX_LENGTH
from tui_backprop.typeset.latex_tokens import PARTNERS, LatexToken, match_brackets, tokens_of
from tui_backprop.typeset.latex_tokens import LatexError as LatexError
from tui_backprop.typeset.layout import GAP, Fenced, Fraction, Grid, Layout, Scripted, Text, operator, row
from tui_backprop.typeset.linear import flat, is_operator, untagged
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT

_SMALL = FROM_SUBSCRIPT.keys() | FROM_SUPERSCRIPT.keys()
_SIGNS = {"+": "+", "-": "−", "−": "−", **{sign: SPACED[sign] for sign in (r"\pm", r"\mp")}}
"""What stands between two parts, or before one as its sign."""
_PRIMES = frozenset(("'", "′", "^", "{", r"\prime", "}"))
_DELIMITERS = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉")


def parse_latex(text: str) -> Layout:
    r"""The layout of a formula such as ``\frac{\partial C}{\partial a_k} = 2(a_k - y)``.

    Raises:
        LatexError: for anything outside the subset; nothing else, whatever the text.
    """
    tokens = tokens_of(text)
    reader = _LatexReader(tokens, match_brackets(tokens))
    return reader.sequence(len(tokens))


class _LatexReader:
    """Reads tokens from left to right; every group's end is known beforehand."""

    def __init__(self, tokens: Sequence[LatexToken], partners: Mapping[int, int]) -> None:
        self.tokens = tokens
        self.partners = partners
        self.index = 0

    def sequence(self, end: int) -> Layout:
        """All that stands before token ``end``, on one baseline."""
        parts: list[Layout] = []
        if self.index + 1 == end and self.tokens[self.index].text == "*":  # alone it multiplies nothing: θ^{*}
            return self._argument(self.tokens[self.index], end)
        while self._skip_spaces(end):
            if self.tokens[self.index].text in SILENT:
                self.index += 1
                continue
            base = self._space_out(parts) or self._scripts(self._atom(end), end)
            if _wants_space(parts, base):
                parts.append(operator(" "))
            parts.append(base)
        return row(*parts) if parts else Text("")

    def _skip_spaces(self, end: int) -> bool:
        """Move to the next token that is no space; is there one before ``end``?"""
        while self.index < end and self.tokens[self.index].text.isspace():
            self.index += 1
        return self.index < end

    def _space_out(self, before: Sequence[Layout]) -> Layout | None:
        """An operator, sign or punctuation mark with the room it wants, or None where none stands here."""
        sign = self.tokens[self.index].text
        if sign == r"\not":
            return self._negate()
        if sign in SPACED and sign not in _SIGNS:
            made: Layout = operator(f" {SPACED[sign]} ")
        elif sign == ":" and self.tokens[self.index:self.index + 2][-1].text == "=":
            self.index += 1
            made = operator(" := ")
        elif sign in PUNCTUATION:
            made = operator(f"{sign} ")
        elif sign in _SIGNS:
            shown = _SIGNS[sign]
            made = operator(shown if _is_unary(before) else f" {shown} ")
        elif sign in SPACES:
            made = operator("") if before and is_operator(before[-1]) else SPACES[sign]
        else:
            return None
        self.index += 1
        return made

    def _atom(self, end: int) -> Layout:
        """The next single thing: a number, a letter, a group, a command with its arguments."""
        token = self.tokens[self.index]
        sign = token.text
        if sign.isdecimal():
            return self._number(end)
        if self.index in self.partners:
            return self._environment(token) if sign == r"\begin" else self._bracket()
        self.index += 1
        if sign in SYMBOLS:
            return Text(SYMBOLS[sign], "symbol" if SYMBOLS[sign] in LETTERS_OF_SIGNS else "operator")
        if sign in GREEK:
            return Text(GREEK[sign], "function" if sign == r"\sigma" and self._applied(end) else "symbol")
        if sign in FUNCTIONS:
            return Text(sign[1:], "function")
        if sign in BIG:
            return operator(BIG[sign])
        if len(sign) == 1 and sign.isprintable() and (sign.isalnum() or not sign.isascii()) and sign not in _SMALL:
            return Text(sign)
        return self._command(token, end)

    def _command(self, token: LatexToken, end: int) -> Layout:
        if token.text in FRACTIONS:
            numerator, denominator = self._argument(token, end), self._argument(token, end)
            half = (numerator, denominator) == (Text("1", "number"), Text("2", "number"))
            return Text("½", "number") if half and token.text == r"\tfrac" else Fraction(numerator, denominator)
        if token.text == r"\sqrt":
            return self._root(token, end)
        if token.text == r"\binom":
            return Grid(((self._argument(token, end),), (self._argument(token, end),)), ("(", ")"))
        if token.text in PLAIN_GROUPS:
            inside = self._argument(token, end)
            return GAP if inside == Text("?", "operator") else inside
        if token.text in ACCENTS:
            return self._accent(token, self._argument(token, end))
        if token.text in ALPHABETS:
            letters = self._raw(token, end)
            return Text("".join(ALPHABETS[token.text].get(letter, letter) for letter in letters))
        if token.text in WORDS:
            return Text(self._raw(token, end), "words")
        if token.text in UPRIGHT:
            name = self._raw(token, end)
            return Text(name, "function" if len(name) > 1 else "symbol")
        return self._annotate(token, end)

    def _annotate(self, token: LatexToken, end: int) -> Layout:
        """A command that adds something to a part: a name, a number, a colour, a sign set over it."""
        if token.text in BRACES:
            return self._name_part(token, end)
        if token.text in STACKED:
            script, base = self._argument(token, end), self._argument(token, end)
            if is_operator(base):  # a sign with a word over it is that sign
                return base
            return Scripted(base, script, None) if STACKED[token.text] == "_" else Scripted(base, None, script)
        if token.text in UNSEEN or token.text == r"\hspace":
            self._raw(token, end)
            return operator("" if token.text in UNSEEN else " ")
        if token.text == r"\textcolor":
            self._raw(token, end)
            return self._argument(token, end)
        if token.text == r"\tag":
            return Text(f"   ({self._raw(token, end)})", "words")
        raise LatexError(_unreadable(token.text), token.position)

    def _name_part(self, token: LatexToken, end: int) -> Layout:
        r"""``\underbrace{a_j}_{\text{input}}`` as ``aⱼ [input]``."""
        part = self._argument(token, end)
        if not self._skip_spaces(end) or self.tokens[self.index].text not in ("_", "^"):
            return part
        self.index += 1
        return row(part, Text(" [", "words"), self._argument(self.tokens[self.index - 1], end), Text("]", "words"))

    def _root(self, token: LatexToken, end: int) -> Layout:
        """A square root; any other root as a power."""
        if not self._skip_spaces(end) or self.tokens[self.index].text != "[":
            return row(Text("√", "function"), Fenced(self._argument(token, end)))
        if self.index not in self.partners:
            raise LatexError(f"this [ after {token.text} is never closed with ]", token.position)
        close = self.partners[self.index]
        self.index += 1
        degree = self.sequence(close)
        self.index = close + 1
        return Scripted(Fenced(self._argument(token, end)), None, row(Text("1", "number"), operator("/"), degree))

    def _negate(self) -> Layout:
        token = self.tokens[self.index]
        self.index += 1
        following = self.tokens[self.index].text if self._skip_spaces(len(self.tokens)) else ""
        if following not in NEGATED:
            raise LatexError(f"{token.text} goes before one of {' '.join(NEGATED)}", token.position)
        return operator(f" {NEGATED[following]} ")

    def _accent(self, command: LatexToken, letter: Layout) -> Layout:
        """One letter with its mark; ŷ as the one character that it is in every font."""
        if not isinstance(letter, Text) or len(letter.text) != 1:
            raise LatexError(f"{command.text} goes over one letter", command.position)
        marked = letter.text + ACCENTS[command.text]
        return Text("ŷ" if marked == "y\u0302" else marked, letter.role)

    def _environment(self, opening: LatexToken) -> Layout:
        r"""The rows of cells between ``\begin{cases}`` and ``\end{cases}``, or of any other environment."""
        close = self.partners[self.index]
        self.index += 1
        name = self._raw(opening, close)
        if name == "array":
            self._raw(opening, close)
        start, self.index = self.index, close + 1
        if self._raw(self.tokens[close], len(self.tokens)) != name:
            raise LatexError(f"{opening.text}{{{name}}} is closed by another name", self.tokens[close].position)
        after, base = self.index, name.rstrip("*")
        if base not in ENVIRONMENTS:
            known = ", ".join(ENVIRONMENTS)
            raise LatexError(f"there is no environment {name} here: use one of {known}", opening.position)
        rows = tuple(self._cells(first, end) for first, end in self._split(start, close, r"\\"))
        self.index = after
        filled = rows[:-1] if len(rows) > 1 and rows[-1] == (Text(""),) else rows
        return Grid(filled, ENVIRONMENTS[base], equations=base in EQUATIONS)

    def _cells(self, start: int, close: int) -> tuple[Layout, ...]:
        cells = []
        for begun, end in self._split(start, close, "&"):
            self.index = begun
            cells.append(self.sequence(end))
        return tuple(cells)

    def _split(self, start: int, close: int, sign: str) -> Iterator[tuple[int, int]]:
        """The pieces between these signs, as places of tokens; what is in braces or brackets stays together."""
        index = begun = start
        while index < close:
            if self.tokens[index].text == sign:
                yield begun, index
                begun = index + 1
            index = self.partners.get(index, index) + 1
        yield begun, close

    def _number(self, end: int) -> Layout:
        digits = ""
        while self.index < end and self._is_digit(self.index, end, bool(digits)):
            digits += self.tokens[self.index].text
            self.index += 1
            if [token.text for token in self.tokens[self.index:self.index + 3]] == ["{", ",", "}"]:  # a decimal comma
                digits += ","
                self.index += 3
        return Text(digits, "number")

    def _is_digit(self, index: int, end: int, started: bool) -> bool:
        """A digit, or a point between two."""
        sign = self.tokens[index].text
        if sign == "." and started and index + 1 < end:
            return self.tokens[index + 1].text.isdecimal()
        return sign.isdecimal()

    def _bracket(self) -> Layout:
        r"""What a matched ``{``, ``(``, ``[`` or ``\left`` holds, and its closing token."""
        opening, close = self.tokens[self.index].text, self.partners[self.index]
        self.index += 1
        left = self._delimiter() if opening == r"\left" else SYMBOLS.get(opening, opening)
        inside = self.sequence(close)
        self.index = close + 1
        right = self._delimiter() if opening == r"\left" else SYMBOLS.get(PARTNERS[opening], PARTNERS[opening])
        return inside if opening == "{" else Fenced(inside, left, right)

    def _delimiter(self) -> str:
        before = self.tokens[self.index - 1]
        if not self._skip_spaces(len(self.tokens)):
            raise LatexError(f"a bracket is missing after {before.text}", before.position)
        token = self.tokens[self.index]
        self.index += 1
        if token.text == ".":
            return ""
        sign = SYMBOLS.get(token.text, token.text)
        if sign not in _DELIMITERS:
            raise LatexError(f"{token.text} is not a bracket; after {before.text} one must stand", token.position)
        return sign

    def _argument(self, command: LatexToken, end: int) -> Layout:
        """One argument: a group in braces, or the next single character or command."""
        if not self._skip_spaces(end):
            raise LatexError(f"something is missing after {command.text}", command.position)
        sign = self.tokens[self.index].text
        if sign == "{":
            return self._bracket()
        if sign.isdecimal() or sign in SPACED or sign in ("+", "-", "−"):
            self.index += 1
            return Text(sign if sign == "*" else SPACED.get(sign, sign), "number" if sign.isdecimal() else "operator")
        if sign in ("_", "^", "'"):
            raise LatexError(f"something is missing after {command.text}", command.position)
        self._refuse_bare(command)
        return self._atom(end)

    def _refuse_bare(self, command: LatexToken) -> None:
        r"""Refuse commands that are each other's bare argument, ``\frac\frac\frac``: braces make that readable."""
        if self.tokens[self.index].text in (FRACTIONS | {r"\sqrt"} | PLAIN_GROUPS | ACCENTS.keys()):
            raise LatexError(f"put braces around what stands after {command.text}", command.position)

    def _raw(self, command: LatexToken, end: int) -> str:
        r"""The words of a ``\text{…}``, as they are written."""
        if self._skip_spaces(end) and self.tokens[self.index].text == "*":  # \operatorname*
            self.index += 1
        if not self._skip_spaces(end) or self.tokens[self.index].text != "{":
            raise LatexError(f"words in braces are missing after {command.text}", command.position)
        close = self.partners[self.index]
        words = "".join(SYMBOLS.get(token.text, token.text) for token in self.tokens[self.index + 1:close])
        self.index = close + 1
        return words

    def _scripts(self, base: Layout, end: int) -> Layout:
        """The base with the primes, subscript and superscript that follow it, in any order."""
        scripts: dict[str, Layout] = {}
        primes = ""
        while self._skip_spaces(end) and (self.tokens[self.index].text in ("_", "^", "'", "′")
                                          or self.tokens[self.index].text in LIMITS):
            token = self.tokens[self.index]
            self.index += 1
            if token.text in LIMITS:
                continue
            if token.text in ("'", "′"):
                primes += "′"
            elif token.text in scripts:
                name = "subscripts" if token.text == "_" else "superscripts"
                raise LatexError(f"two {name} on one symbol: put braces around them", token.position)
            elif (argument := self._argument(token, end)) == Text("′"):
                primes += "′"
            else:
                scripts[token.text] = argument
        base = _parse_primes(base, primes)
        return Scripted(base, scripts.get("_"), scripts.get("^")) if scripts else base

    def _applied(self, end: int) -> bool:
        """Do parentheses follow, after primes maybe: is this a function's name?"""
        index = self.index
        while index < end and (self.tokens[index].text.isspace() or self.tokens[index].text in _PRIMES):
            index += 1
        return index < end and self.tokens[index].text in ("(", r"\left")


def _parse_primes(base: Layout, primes: str) -> Layout:
    if not primes:
        return base
    return Text(base.text + primes, base.role) if isinstance(base, Text) else row(base, Text(primes))


def _unreadable(sign: str) -> str:
    if sign in ("_", "^"):
        return f"nothing stands before this {sign}"
    if sign == r"\\":
        return r"\\ starts a new line, which one formula cannot have"
    if sign in INSTEAD:
        return f"{sign} is not known here: write {INSTEAD[sign]}"
    if sign.startswith("\\"):
        from difflib import get_close_matches

        near = get_close_matches(sign, sorted(list_commands()), 1, 0.75)
        return f"{sign} is not known here" + (f": did you mean {near[0]}?" if near else "")
    if sign in _SMALL:
        script = f"_{FROM_SUBSCRIPT[sign]}" if sign in FROM_SUBSCRIPT else f"^{FROM_SUPERSCRIPT[sign]}"
        return f"{sign} is written {script} here"
    return f"{sign if sign.isprintable() else repr(sign)} cannot stand in a formula"


def _is_unary(before: Sequence[Layout]) -> bool:
    """Is a + or − here a sign, as at the start and after another operator?"""
    if not before:
        return True
    last = untagged(before[-1])
    return is_operator(last) or last in (operator("("), operator("["), operator("{"), operator("/"))


def _wants_space(before: Sequence[Layout], following: Layout) -> bool:
    """A function's name and its bare argument stand a space away, and so does the body of a sum: ``y ln a``."""
    if not before or (isinstance(following, Text) and following.text[:1] in ("", " ", "{")):
        return False
    last = before[-1]
    base = last.base if isinstance(last, Scripted) else last
    if isinstance(base, Text) and base.text in ("∑", "∏"):
        return True
    first = flat(following)[0]
    begun = first.base if isinstance(first, Scripted) else first
    if isinstance(base, Text) and base.role == "function":
        return not isinstance(begun, Fenced)
    is_name = isinstance(begun, Text) and begun.role == "function" and len(begun.text.rstrip("′")) > 1
    return is_name and not (isinstance(base, Text) and (base.role == "operator" or base.text in ("∂", "d")))
