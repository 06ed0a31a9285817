"""Cuts what somebody typed into tokens: numbers, known names, functions, signs."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Literal, NoReturn

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS
from tui_backprop.maths.spelling import GREEK, LAYER, Folded, Vocabulary
from tui_backprop.patterns import late_pattern

TokenKind = Literal["number", "symbol", "constant", "function", "sign", "end"]

MOST_DIGITS = 60
MOST_EXPONENT = 400
_DIGITS = "0123456789"
_CONSTANT_NAMES = {**{name: name for name in CONSTANTS}, "π": "pi"}
_BRACKETS = {"[": "(", "]": ")"}
_BRACKET_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CURLY = str.maketrans("❴｛❵｝", "{{}}")
_PLAIN_NUMBER = late_pattern(r"(?:\d+\.?\d*|\.\d+)")
_NUMBER_RUN = late_pattern(r"[.,]?\d[\d.,]*")
_EXPONENT = late_pattern(r"[eE]([+-]?\d+)")
_THOUSANDS = late_pattern(r"[1-9]\d{0,2}([.,]\d{3})+")
_THOUSANDS_APART = late_pattern(r"[1-9]\d{0,2}(?:(?: \d{3})+|(?:'\d{3})+)(?:[.,]\d+)?(?![\d.,'])")
_WRITTEN_OUT = {
    "softmax": "A softmax is typed with exp: exp of this unit’s z, over the sum of exp(z) of all its units.",
}
"""What is no function of one number: how its value is typed."""
_WORD = late_pattern(r"[^\W\d_](?:[\w']|\^\([^()]*\))*")
_IDENTIFIER = late_pattern(r"[^\W\d_]\w*'*")
_SPOKEN_SIGNS = {"times": "*", "plus": "+", "minus": "-", "negative": "-", "over": "/",
                 "divided by": "/", "squared": "^2", "cubed": "^3"}
"""Words in which formulas are read out, and what whoever listens may type in their place."""
_HEARD = late_pattern(rf"(?:{'|'.join(_SPOKEN_SIGNS)})(?![\w'])", re.IGNORECASE)
_BEFORE_MINUS = r"(?<= )[xX] -[.,]?\d"
"""As in ``0.7 x -1.2``: a minus that stands right at its number, with a blank on each side of the x."""
_TIMES_BEFORE_NUMBER = late_pattern(rf"[xX] ?[.,]?\d|{_BEFORE_MINUS}")
_TIMES_BEFORE_VALUE = late_pattern(rf"[xX] ?(?:[.,]?\d|[(\[])|(?<= )[xX] (?=[^\W\d_])|{_BEFORE_MINUS}")
_NEVER = late_pattern(r"[=≈~%$\\]")
_ADVICE = {
    "=": "Leave out the “=”: type only the answer itself.",
    "≈": "Leave out the “≈”: type only the answer itself.",
    "~": "Leave out the “~”: type only the answer itself.",
    "%": "Write a percentage as a plain number: 0.05 for 5 %.",
    "…": "Write the number out, without dots at the end.",
    ":": "Divide with /, as in 0.61 / 0.1.",
    "÷": "Divide with /, as in 0.61 / 0.1.",
    "\\": "Type it without LaTeX commands, as in 2(a_k - y).",
    "$": "Leave out the “$”: type only the expression.",
    "_": "An index follows its letter directly, as in a_k.",
    "'": "A prime follows its letter directly, as in w'.",
}


class ParseError(ValueError):
    """Text that cannot be read: one plain sentence, and the range of the original text it is about."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class AmbiguousError(ParseError):
    """Text that can be read in two ways, where a guess would be worse than a question."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``text``: a sign, or the name of a symbol, constant or function; ``value``: what a number is worth.

    ``start`` and ``end`` are places in the original text.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)


def tokenize(original: str, folded: Folded, known: Vocabulary | None, most_tokens: int) -> list[Token]:
    """The tokens of a text, closed by an ``end`` token. Raises :class:`ParseError`."""
    return _Tokenizer(original, folded, known, most_tokens).run()


class _Tokenizer:
    def __init__(self, original: str, folded: Folded, known: Vocabulary | None, most_tokens: int) -> None:
        self.original = original
        self.folded = folded
        self.text = folded.text
        self.known = known
        self.most_tokens = most_tokens
        self.tokens: list[Token] = []
        self.index = 0
        self.open: list[bool] = []
        """For each bracket still open, whether it holds a function's arguments."""
        self.shapes: list[str] = []
        """For each bracket still open, how it was typed."""

    def run(self) -> list[Token]:
        stray = _NEVER.search(self.text)
        if stray:
            raise self.error(_ADVICE[stray[0]], stray.start(), stray.end())
        while self.index < len(self.text):
            if self.text[self.index] == " ":
                self.index += 1
                continue
            if len(self.tokens) >= self.most_tokens:
                raise self.error("This is too long to read: shorten it.", self.index, len(self.text))
            self.step()
        start, end = self.folded.span(len(self.text), len(self.text))
        self.tokens.append(Token("end", "", start, end))
        return self.tokens

    def step(self) -> None:
        char = self.text[self.index]
        if char.isdecimal() or (char in ".," and _NUMBER_RUN.match(self.text, self.index) and self.number_may_start()):
            self.number()
        elif char in "xX" and self.is_times():
            self.emit("sign", "*", 1)
        elif self.known is not None and (word := _HEARD.match(self.text, self.index)) and word[0] not in self.known:
            self.read_word(word[0])
        elif char.isalpha() or char == "√":
            self.word()
        elif unicodedata.category(char) == "No":
            self.emit("number", char, 1, Fraction(unicodedata.numeric(char)).limit_denominator(10))
        elif self.text.startswith("**", self.index):
            self.emit("sign", "^", 2)
        elif char in "+-*/^()[]|,":
            self.match_brackets(char)
            self.sign(_BRACKETS.get(char, char))
        else:
            raise self.error(_ADVICE.get(char, f"I cannot read {self.shown(self.index, self.index + 1)} here."),
                             self.index, self.index + 1)

    def is_times(self) -> bool:
        """Is this x a times sign: between two values, and no name that is known?

        Before a letter or a minus it needs blanks on both sides: in ``2xa`` and ``2x-1`` it is a letter.
        """
        after = _TIMES_BEFORE_NUMBER if self.known is None else _TIMES_BEFORE_VALUE
        if not self.follows_value() or after.match(self.text, self.index) is None:
            return False
        return not self.is_known(self.text[self.index])

    def follows_value(self) -> bool:
        """Does a value end right before this? Where any name may stand, only a number is one for sure."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or (self.known is None and last.kind != "number"):
            return False
        return last.kind in ("number", "symbol", "constant") or last.text == ")"

    def is_known(self, letter: str) -> bool:
        """Is the letter a name, or does one begin here?"""
        return self.known is not None and (letter in self.known or bool(self.known.match(self.text, self.index)))

    def read_word(self, word: str) -> None:
        """A word as formulas are read out, ``times``: its signs."""
        signs = _SPOKEN_SIGNS[word.lower()]
        self.emit("sign", signs[0], 0 if len(signs) > 1 else len(word))
        if len(signs) > 1:
            self.emit("number", signs[1], len(word), Fraction(signs[1]))

    def number_may_start(self) -> bool:
        return self.text[self.index] == "." or not self.in_call()

    def in_call(self) -> bool:
        return bool(self.open) and self.open[-1]

    def match_brackets(self, char: str) -> None:
        """A bracket is closed by one of its own shape: what is meant by ([x)] nobody can tell."""
        start, end = self.folded.span(self.index, self.index + 1)
        typed = self.original[start:end].translate(_CURLY)
        shape = typed if typed and typed in "{}" else char
        if char in "([":
            self.shapes.append(shape)
        elif char in ")]" and self.shapes and _BRACKET_PAIRS[self.shapes.pop()] != shape:
            raise self.error("This bracket does not fit the one that was opened.", self.index, self.index + 1)

    def sign(self, char: str) -> None:
        if char == "(":
            self.open.append(bool(self.tokens) and self.tokens[-1].kind == "function")
        elif char == ")" and self.open:
            self.open.pop()
        self.emit("sign", char, 1)

    def word(self) -> None:
        """A function where a bracket follows, else the longest known name, else a constant."""
        found = self.function() or self.name()
        if found is None:
            raise self.unknown()
        kind, text, end = found
        self.emit(kind, text, end - self.index)

    def function(self) -> tuple[TokenKind, str, int] | None:
        aliases = _aliases()
        for name in (*FUNCTIONS, *aliases):
            end = self.index + len(name)
            if self.text.startswith(name, self.index) and re.match(r" ?[(\[]", self.text[end:end + 2]):
                matched = self.known.match(self.text, self.index) if self.known else None
                if (self.known is None and not self.whole_word(end)) or (matched and matched[1] > end):
                    continue
                if name in aliases and matched and matched[1] == end:
                    continue
                return "function", aliases.get(name, name), end
        return None

    def whole_word(self, end: int) -> bool:
        return not (self.text[end:end + 1].isalnum() or self.text[end:end + 1] == "_")

    def name(self) -> tuple[TokenKind, str, int] | None:
        if self.known is None:
            return self.free_name()
        matched = self.known.match(self.text, self.index)
        for spelling, constant in _CONSTANT_NAMES.items():
            end = self.index + len(spelling)
            longer = matched is None or end > matched[1]
            if longer and self.text.startswith(spelling, self.index) and self.text[end:end + 1] not in ("_", "'"):
                return "constant", constant, end
        if matched and "_" in self.text[self.index:matched[1]] and "L" not in self.known:
            layer = LAYER.match(self.text, matched[1])
            if layer:
                return None
        if matched is None and self.known.why_unclear(self.text, self.index) is None:
            spoken = self.known.match_spoken(self.text, self.index)
            matched = spoken or self.known.match_loosely(self.text, self.index)
        return ("symbol", *matched) if matched else None

    def free_name(self) -> tuple[TokenKind, str, int] | None:
        """Without a list of names a whole word is a symbol; after an index, ``^(L)`` belongs to it."""
        word = _IDENTIFIER.match(self.text, self.index)
        if word is None:
            return None
        if word[0] in _CONSTANT_NAMES:
            return "constant", _CONSTANT_NAMES[word[0]], word.end()
        layer = LAYER.match(self.text, word.end()) if "_" in word[0] else None
        end = layer.end() if layer else word.end()
        return "symbol", self.text[self.index:end].replace(" ", ""), end

    def unknown(self) -> ParseError:
        for text in (self.text, self.text.lower()) if self.known else ():
            if self.known and (unclear := self.known.why_unclear(text, self.index)):
                return self.error(unclear[0], self.index, unclear[1])
        start = self.index
        while start > 0 and (self.text[start - 1].isalpha() or self.text[start - 1] in "_'"):
            start -= 1
        word = _WORD.match(self.text, start) or _WORD.match(self.text, self.index)
        end = word.end() if word else self.index + 1
        shown = self.shown(start, end)
        bare = re.match(r"[A-Za-z]+", self.text[self.index:])
        if bare and bare[0].lower() in _WRITTEN_OUT:
            return self.error(_WRITTEN_OUT[bare[0].lower()], start, end)
        if bare and bare[0] in FUNCTIONS:
            return self.error(f"{bare[0]} needs brackets around its value.", start, end)
        called = self.text[end:end + 1] in ("(", "[")
        if factor := self.factor_at_end(start, end):
            return self.error(f"I do not know {shown}. If the {factor} is a factor, put a * before it.", start, end)
        suggestion = self.known.suggest(self.text[start:end], FUNCTIONS if called else ()) if self.known else None
        suggestion = _letter_in_words().get(self.text[start:end].casefold(), suggestion)
        question = f" Did you mean {suggestion}?" if suggestion else ""
        return self.error(f"I do not know {shown}.{question}", start, end)

    def factor_at_end(self, start: int, end: int) -> str:
        """The digits at the end of a word that is known names without them, as in ``aw2`` or ``w2(``; else empty.

        Behind one name alone they may be a power, or another unit.
        """
        stem = self.text[:end].rstrip(_DIGITS)
        names, place = 0, start
        while self.known is not None and place < len(stem) and (found := self.known.match(stem, place)) is not None:
            names, place = names + 1, found[1]
        is_product = place == len(stem) and (names > 1 or (names and self.text[end:end + 1] in ("(", "[")))
        return self.text[place:end] if is_product else ""

    def number(self) -> None:
        apart = _THOUSANDS_APART.match(self.text, self.index)
        if apart:
            self.refuse_thousands(re.sub("[ ']", "", apart[0]).replace(",", "."), self.index, apart.end())
        pattern = _PLAIN_NUMBER if self.in_call() else _NUMBER_RUN
        found = pattern.match(self.text, self.index)
        assert found is not None, "a number starts with a digit, or with a point or comma before one"
        digits = found[0] if self.in_call() else self.decimal(found[0])
        exponent = _EXPONENT.match(self.text, found.end())
        end = exponent.end() if exponent else found.end()
        power = int(exponent[1][:MOST_DIGITS]) if exponent else 0
        if len(digits.replace(".", "")) > MOST_DIGITS or (exponent and len(exponent[1]) > MOST_DIGITS):
            raise self.error(f"This number is too long: {MOST_DIGITS} digits are the most I read.", self.index, end)
        if abs(power) > MOST_EXPONENT:
            raise self.error(f"This power of ten is too large: e{MOST_EXPONENT} is the most I read.", self.index, end)
        value = Fraction(digits) * Fraction(10) ** power
        self.emit("number", self.text[self.index:end], end - self.index, value)

    def decimal(self, run: str) -> str:
        """A number's digits with a decimal point. A comma is a decimal comma, unless it could part thousands."""
        start, end = self.index, self.index + len(run)
        commas, points = run.count(","), run.count(".")
        if run.endswith(","):
            raise self.error("A comma needs digits after it.", end - 1, end)
        if commas + points <= 1 and not (commas and _THOUSANDS.fullmatch(run)):
            return run.replace(",", ".")
        if commas + points == 1:
            whole = run.replace(",", "")
            message = f"With three digits after its comma {run} could be a decimal or thousands: " \
                      f"type {run.replace(',', '.')} or {whole}."
            raise self.ambiguous(message, start, end)
        bare = run.replace("," if run.rfind(",") < run.rfind(".") else ".", "").replace(",", ".")
        if bare.count(".") > 1:
            bare = bare.replace(".", "")
        if _THOUSANDS.match(run) and (run.count(",") < 2 or run.count(".") < 2):
            self.refuse_thousands(bare, start, end)
        raise self.error("This number has more than one decimal point.", start, end)

    def refuse_thousands(self, bare: str, start: int, end: int) -> NoReturn:
        raise AmbiguousError(f"Write the number without thousands separators: {bare}?", *self.folded.span(start, end))

    def emit(self, kind: TokenKind, text: str, length: int, value: Fraction = Fraction(0)) -> None:
        start, end = self.folded.span(self.index, self.index + length)
        self.tokens.append(Token(kind, text, start, end, value))
        self.index += length

    def shown(self, start: int, end: int) -> str:
        """A piece of the original in quotation marks, safe to show in a terminal."""
        first, last = self.folded.span(start, end)
        piece = self.original[first:last]
        if piece.isprintable():
            return f"“{piece}”"
        return " ".join(f"the character U+{ord(char):04X}" for char in piece if not char.isprintable())

    def error(self, message: str, start: int, end: int) -> ParseError:
        return ParseError(message, *self.folded.span(start, end))

    def ambiguous(self, message: str, start: int, end: int) -> AmbiguousError:
        return AmbiguousError(message, *self.folded.span(start, end))


def _aliases() -> dict[str, str]:
    """Other spellings of functions: as they are shown, and ``log``. A known name of the same spelling comes first."""
    shown = {function.shown: function.name for function in FUNCTIONS.values() if function.shown not in FUNCTIONS}
    return {**shown, **_letter_in_words(), "log": "log"}


def _letter_in_words() -> dict[str, str]:
    """The functions shown as a Greek letter, by that letter's English name: ``sigma`` for σ."""
    return {GREEK[function.shown]: function.name for function in FUNCTIONS.values() if function.shown in GREEK}
