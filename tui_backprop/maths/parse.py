"""Reads an expression as people type it: a Pratt parser over :mod:`tui_backprop.maths.tokens`.

``+ - * / ^ **``, brackets, signs, implicit multiplication, functions, ``e``, ``pi``, in ASCII or Unicode. ``^`` binds
tighter than a minus before it and groups to the right; all multiplication and division, written or implicit, is read
from left to right. :class:`Limits` bound the time: every text is read, or refused with :class:`ParseError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.spelling import Vocabulary, fold
from tui_backprop.maths.tokens import AmbiguousError, ParseError, Token, tokenize

__all__ = ["LIMITS", "AmbiguousError", "Limits", "ParseError", "Parsed", "parse", "read"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: characters, tokens, and how deeply brackets, signs and powers may nest."""

    characters: int = 400
    tokens: int = 200
    depth: int = 60


LIMITS = Limits()
"""How much a learner may type."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression as it was read. ``notes``: sentences on how something was read that could be meant otherwise."""

    expr: Expr
    notes: tuple[str, ...] = ()


def parse(text: str, names: Mapping[str, str] | Vocabulary | None = None, limits: Limits = LIMITS) -> Expr:
    """The expression in ``text``; :func:`read` without the notes.

    ``names`` maps the spellings that may be used to symbol names (prepare a :class:`Vocabulary` to use many names
    often); without it every word is a symbol. Raises :class:`ParseError` and nothing else.
    """
    return read(text, names, limits).expr


def read(text: str, names: Mapping[str, str] | Vocabulary | None = None, limits: Limits = LIMITS) -> Parsed:
    """The expression in ``text`` and notes on how it was read. Raises :class:`ParseError` and nothing else."""
    if len(text) > limits.characters:
        message = f"This is too long: {limits.characters} characters are the most I read."
        raise ParseError(message, limits.characters, len(text))
    known = names if names is None or isinstance(names, Vocabulary) else Vocabulary(names)
    parser = _FormulaParser(text, tokenize(text, fold(text), known, limits.tokens), limits.depth)
    return Parsed(parser.whole(), tuple(dict.fromkeys(parser.notes)))


_SUM, _PRODUCT, _SIGN, _POWER = 10, 20, 25, 30
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_MOST_DIVISIONS = 200


class _FormulaParser:
    def __init__(self, text: str, tokens: list[Token], most_depth: int) -> None:
        self.text = text
        self.tokens = tokens
        self.index = 0
        self.depth = 0
        self.most_depth = most_depth
        self.bars = 0
        self.divisions = 0
        self.notes: list[str] = []

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def whole(self) -> Expr:
        if len(self.tokens) == 1:
            raise ParseError("Nothing is typed yet.", 0, len(self.text))
        expr = self.expression(0)
        rest = self.here
        if rest.kind != "end":
            raise self.reject(rest)
        return expr

    def expression(self, binding: int) -> Expr:
        """An expression whose operators all bind tighter than ``binding``."""
        self.depth += 1
        if self.depth > self.most_depth:
            raise ParseError("This is nested too deeply: use fewer brackets.", self.here.start, self.here.end)
        start = self.here.start
        left = self.operand()
        chain: list[Expr] = []
        """Terms or factors in a row, as far as they were written without brackets."""
        while True:
            operator = self.operator(left)
            if operator is None or _BINDING[operator.text] <= binding:
                break
            implicit = operator.kind == "end"
            if implicit:
                self.note_implicit(left, start)
            else:
                self.index += 1
            if operator.text == "^":
                left, chain = Pow(left, self.expression(_POWER - 1)), []
                continue
            right = self.expression(_BINDING[operator.text])
            if operator.text == "/":
                self.count_division(operator)
                left, chain = Div(left, right), []
                continue
            node = Mul if operator.text == "*" else Add
            chain = chain if chain and isinstance(left, node) else [left]
            chain.append(Neg(right) if operator.text == "-" else right)
            left = node(tuple(chain))
        self.depth -= 1
        return left

    def operator(self, left: Expr) -> Token | None:
        """The operator at this place, not taken yet; None where the expression ends here.

        Where an operand follows at once, it is an implicit ``*``: a token of kind "end".
        """
        token = self.here
        if token.kind == "sign":
            if token.text in _BINDING:
                return token
            if token.text == "(" or (token.text == "|" and not self.bars):
                return Token("end", "*", token.start, token.start)
            return None
        if token.kind == "end":
            return None
        if token.kind == "number":
            if isinstance(left, Number):
                message = "Two numbers stand side by side: put a sign between them, such as + or *."
                raise ParseError(message, token.start, token.end)
            shown = self.text[token.start:token.end]
            self.notes.append(f"I took the {shown} as a factor: · {shown}.")
        return Token("end", "*", token.start, token.start)

    def note_implicit(self, left: Expr, start: int) -> None:
        """Remember that ``1/2x`` and ``e^2x`` were read from left to right."""
        divided = isinstance(left, Div) and self.tokens[self.index - 1].text != ")"
        raised = isinstance(left, Pow) and isinstance(left.base, Constant | Number)
        if divided or raised:
            done = self.text[start:self.tokens[self.index - 1].end].strip()
            there = self.text[self.here.start:self.here.end]
            mark = there if there not in "([|" else "(…)"
            self.notes.append(f"{done}{mark} is read from left to right, as ({done}) * {mark}.")

    def count_division(self, operator: Token) -> None:
        self.divisions += 1
        if self.divisions > _MOST_DIVISIONS:
            raise ParseError("There are too many divisions to read.", operator.start, operator.end)

    def operand(self) -> Expr:
        token = self.take()
        match token.kind:
            case "number":
                return Number(token.value)
            case "symbol":
                return Symbol(token.text)
            case "constant":
                return Constant(token.text)
            case "function":
                return self.function(token)
            case "sign" | "end":
                return self.parse_prefixed(token)
            case _:
                assert_never(token.kind)

    def parse_prefixed(self, token: Token) -> Expr:
        """An operand that begins with a sign, a parenthesis or a bar."""
        match token.text:
            case "-":
                return Neg(self.expression(_SIGN))
            case "+":
                return self.expression(_SIGN)
            case "(":
                bars, self.bars = self.bars, 0
                inner = self.expression(0)
                self.bars = bars
                self.close(token)
                return inner
            case "|":
                return self.absolute(token)
            case _:
                self.index -= 1
                raise self.reject(token)

    def absolute(self, opening: Token) -> Expr:
        self.bars += 1
        inner = self.expression(0)
        self.bars -= 1
        if self.here.text != "|":
            raise ParseError("This bar is never closed.", opening.start, opening.end)
        self.take()
        return Call("abs", (inner,))

    def function(self, token: Token) -> Expr:
        opening = self.take()
        bars, self.bars = self.bars, 0
        arguments = [self.expression(0)]
        while self.here.text == "," and self.here.kind == "sign":
            self.take()
            arguments.append(self.expression(0))
        self.bars = bars
        self.close(opening)
        function = FUNCTIONS[token.text]
        if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
            message = f"{token.text} takes one value, and here are {len(arguments)}."
            raise ParseError(message, token.start, self.tokens[self.index - 1].end)
        return Call(token.text, tuple(arguments))

    def close(self, opening: Token) -> None:
        if self.here.text == ")" and self.here.kind == "sign":
            self.take()
        elif self.here.kind == "end":
            raise ParseError("This bracket is never closed.", opening.start, opening.end)
        else:
            raise self.reject(self.here)

    def reject(self, token: Token) -> ParseError:
        before = self.tokens[self.index - 1] if self.index else None
        if token.kind == "end":
            message = "Something is missing at the end."
            if before and before.text in _BINDING:
                message = f"Something is missing after the “{self.text[before.start:before.end]}”."
            return ParseError(message, before.start if before else token.start, token.end)
        shown = self.text[token.start:token.end]
        empty = before is not None and before.text == "("
        messages = {
            ")": "Nothing stands in the brackets." if empty else "This bracket is never opened.",
            ",": "A comma may stand only in a decimal number, or between the values of a function.",
        }
        message = messages.get(token.text, f"A value is missing before “{shown}”.")
        return ParseError(message, token.start, token.end)


def right_side(text: str) -> int:
    """Where the answer begins in a formula typed with its left side, ``zk = wjk*aj``; 0 where there is none."""
    return text.rstrip(" =").rfind("=") + 1
