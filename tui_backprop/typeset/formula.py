"""Expressions set in type the way a teacher writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction as Ratio
from math import prod
from typing import Literal, assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import (
    Add,
    Call,
    Cell,
    Constant,
    Div,
    Expr,
    IfSame,
    Mul,
    Neg,
    Number,
    Omitted,
    Pow,
    Sum,
    Symbol,
    total,
)
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.maths.plain import decimal
from tui_backprop.typeset.layout import GAP, TIMES, Fenced, Fraction, Layout, Row, Scripted, Tagged, Text, operator, row
from tui_backprop.typeset.linear import flat, is_atom, untagged

SymbolLayout = Callable[[str], Layout]
Tag = Callable[[Expr], str | None]

_CONSTANT_NAMES = {"pi": "π"}

_PartKind = Literal["sum", "sign", "product", "number", "negative", "symbol", "power", "group", "call", "other"]
"""What a typeset part is to its neighbours. ``group`` begins with a bracket; ``negative`` is a number below 0;
``other`` (a fraction, a blank) stands alone and is always joined by `` · ``.
"""


@dataclass(frozen=True, slots=True)
class _Part:
    """A typeset piece and its kind. ``literal``: a number of the formula itself, not one put in for a symbol."""

    layout: Layout
    kind: _PartKind
    literal: bool = False


def formula(
    expr: Expr, symbol: SymbolLayout, *, elide: int | None = None, tag: Tag | None = None, choices: bool = False,
) -> Layout:
    """``expr`` in type: ``2(aₖ − y)``, and with numbers for symbols ``2(0.397 − 1)``.

    ``symbol`` gives the layout of a symbol, a name or a :class:`Text` of role ``number``. Sums of more than ``elide``
    terms are shortened to the first two and the last. ``tag`` names the parts that shall be found again as spans.
    ``choices``: ½(1 + sign(z − w)), the slope of max, is written ``1 if z > w, else 0``, which holds unless z is w.
    """
    return _Typesetter(symbol, elide, tag, choices).part(expr).layout


class _Typesetter:
    def __init__(self, symbol: SymbolLayout, elide: int | None, tag: Tag | None, choices: bool) -> None:
        self.symbol = symbol
        self.elide = elide
        self.tag = tag
        self.choices = choices

    def part(self, expr: Expr) -> _Part:
        """The expression set in type, within its tag if it has one."""
        made = self._untag(expr)
        tag = self.tag(expr) if self.tag else None
        return made if tag is None else _Part(Tagged(tag, made.layout), made.kind, made.literal)

    def _untag(self, expr: Expr) -> _Part:
        match expr:
            case Symbol(name):
                return _classify(self.symbol(name))
            case Number():
                return _number(expr)
            case Constant(name):
                return _Part(Text(_CONSTANT_NAMES.get(name, name)), "symbol")
            case Add():
                is_choice = self.choices and _read_choice(expr) is not None
                return self._product([expr]) if is_choice else self._sum(list(_terms(expr)))
            case Mul():
                return self._product(list(_factors(expr)))
            case Neg(operand):
                return self._negative(self._sign(operand))
            case Div(numerator, denominator):
                return _Part(Fraction(self.part(numerator).layout, self.part(denominator).layout), "other")
            case Pow(base, exponent):
                return _power(self.part(base), self.part(exponent).layout)
            case Call(function, arguments):
                return self._call(function, arguments)
            case Sum() | Cell() | IfSame():
                return self._template(expr)
            case Omitted():
                raise TypeError("terms that are left out stand in a sum")
            case _:
                assert_never(expr)

    def _sum(self, terms: list[Expr]) -> _Part:
        kept = _shorten(terms, self.elide)
        parts: list[Layout] = []
        for index, term in enumerate(kept):
            if term is None:
                parts += (operator(" + "), Text("…", "blank"))
            elif index == 0:
                parts.append(self.part(term).layout)
            elif isinstance(term, Neg):
                parts += (operator(" − "), self._sign(term.operand))
            else:
                parts += (operator(" + "), _unsign(self.part(term)))
        return _Part(row(*parts), "sum" if len(kept) > 1 else self.part(terms[0]).kind)

    def _negative(self, operand: Layout) -> _Part:
        """The operand with a minus before it; without one where it is 0 or a product that begins with 0."""
        if untagged(flat(untagged(operand))[0]) == Text("0", "number"):
            return _Part(operand, "product" if isinstance(untagged(operand), Row) else "number")
        return _Part(row(operator("−"), operand), "sign")

    def _sign(self, operand: Expr) -> Layout:
        """An operand as it stands behind a minus: in brackets where it is a sum or has a sign itself."""
        part = self.part(operand)
        return Fenced(part.layout) if part.kind in ("sum", "sign", "negative") else part.layout

    def _product(self, factors: list[Expr]) -> _Part:
        if self.choices and (chosen := _chosen(factors)):
            made = [self._choice(factor) if isinstance(factor, _Choice) else self.part(factor) for factor in chosen]
        else:
            made = [self.part(factor) for factor in factors]
        if len(made) == 1:
            return made[0]
        parts = [_as_factor(factor) for factor in made]
        spread: list[Layout] = [parts[0].layout]
        for index in range(1, len(parts)):
            if not _juxtaposed(parts[index - 1], parts[index], first=index == 1):
                spread.append(TIMES)
            spread.append(parts[index].layout)
        return _Part(row(*spread), "product")

    def _choice(self, choice: _Choice) -> _Part:
        sides = (self.part(choice.larger).layout, operator(" > "), self.part(choice.smaller).layout)
        told = (Text("1", "number"), operator(" if "), *sides, operator(", else "), Text("0", "number"))
        return _Part(Fenced(row(*told)), "group")

    def _call(self, function: str, arguments: tuple[Expr, ...]) -> _Part:
        inside: list[Layout] = []
        for argument in arguments:
            inside += (operator(", "), self.part(argument).layout) if inside else (self.part(argument).layout,)
        if function == "abs":
            return _Part(Fenced(row(*inside), "|", "|"), "call")
        name = Text(FUNCTIONS[function].shown, "function")
        return _Part(Row((name, Fenced(row(*inside)))), "call")

    def _template(self, expr: Sum | Cell | IfSame) -> _Part:
        match expr:
            case Sum(index, _, body):
                part = self.part(body)
                inner = Fenced(part.layout) if part.kind in ("sum", "sign") else part.layout
                sign = Scripted(operator("∑"), Text(index))
                return _Part(row(sign, operator(" "), inner), "product")
            case Cell(role, _, indices):
                letter, _, more = role.partition("_")
                sub = more + "".join(indices)
                return _Part(Scripted(Text(letter), Text(sub)) if sub else Text(letter), "symbol")
            case IfSame(left, right, same, different):
                condition = (operator(" if "), Text(left), operator(" = "), Text(right), operator(", else "))
                return _Part(row(self.part(same).layout, *condition, self.part(different).layout), "sum")
            case _:
                assert_never(expr)


def _terms(expr: Expr) -> Iterator[Expr]:
    """The terms of a sum, sums in it opened: a + (b + c) reads a + b + c."""
    if isinstance(expr, Add):
        for term in expr.terms:
            yield from _terms(term)
    else:
        yield expr


def _factors(expr: Expr) -> Iterator[Expr]:
    """The factors of a product, products in it opened."""
    if isinstance(expr, Mul):
        for factor in expr.factors:
            yield from _factors(factor)
    else:
        yield expr


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is 1 where one side is larger than the other, and else 0."""

    larger: Expr
    smaller: Expr


def _chosen(factors: list[Expr]) -> list[Expr | _Choice]:
    """The factors with each 1 ± sign(…), which is 2 or 0, as a choice of 1 or 0; none where there is no such factor."""
    made = [_read_choice(factor) or factor for factor in factors]
    twos = 2 ** sum(isinstance(factor, _Choice) for factor in made)
    if twos == 1:
        return []
    scale = prod((factor.value for factor in made if isinstance(factor, Number)), start=Ratio(twos))
    first: list[Expr | _Choice] = [] if scale == 1 else [Number(scale)]
    return [*first, *(factor for factor in made if not isinstance(factor, Number))]


def _read_choice(factor: Expr) -> _Choice | None:
    match factor:
        case Add((Number(value), Call("sign", (difference,)))) if value == 1:
            return _Choice(*_sides(difference))
        case Add((Number(value), Neg(Call("sign", (difference,))))) if value == 1:
            return _Choice(*reversed(_sides(difference)))
        case _:
            return None


def _sides(difference: Expr) -> tuple[Expr, Expr]:
    """Two expressions of which the first is larger where the difference is above 0."""
    kept: list[Expr] = []
    taken: list[Expr] = []
    for term in _terms(difference):
        match term:
            case Neg(operand):
                taken.append(operand)
            case Number(value) if value < 0:
                taken.append(Number(-value))
            case _:
                kept.append(term)
    return total(tuple(kept) or (Number(Ratio(0)),)), total(tuple(taken) or (Number(Ratio(0)),))


def _shorten(terms: list[Expr], elide: int | None) -> list[Expr | None]:
    """The terms to write, None for those left out; a last term of another shape (a bias) stays with the one before."""
    if any(isinstance(term, Omitted) for term in terms):
        return [None if isinstance(term, Omitted) else term for term in terms]
    if elide is None or len(terms) <= max(elide, 4):
        return list(terms)
    last = 1 if type(terms[-1]) is type(terms[-2]) else 2
    return [*terms[:2], None, *terms[-last:]]


def _number(expr: Number) -> _Part:
    value = expr.value
    sign = "−" if value < 0 else ""
    kind: _PartKind = "negative" if sign else "number"
    if abs(value) * 2 == 1:
        return _Part(Text(f"{sign}½", "number"), kind, literal=True)
    digits = decimal(abs(value))
    if digits is not None:
        return _Part(Text(sign + digits, "number"), kind, literal=True)
    whole = Fraction(Text(str(abs(value.numerator)), "number"), Text(str(value.denominator), "number"))
    return _Part(row(operator("−"), whole) if sign else whole, "sign" if sign else "other")


def _classify(layout: Layout) -> _Part:
    """A symbol's layout, with the kind that follows from its content."""
    match untagged(layout):
        case Text(text, "number"):
            return _Part(layout, "negative" if text.startswith(("−", "-")) else "number")
        case Text(_, "symbol") | Scripted():
            return _Part(layout, "symbol")
        case _:
            return _Part(layout, "other")


def _unsign(part: _Part) -> Layout:
    return Fenced(part.layout) if part.kind in ("sign", "negative") else part.layout


def _as_factor(part: _Part) -> _Part:
    """A part as a factor of a product, in brackets where it is a sum or has a sign."""
    if part.kind == "sum":
        return _Part(Fenced(part.layout), "group")
    if part.kind in ("sign", "negative"):
        return _Part(Fenced(part.layout), "other")
    return part


def _juxtaposed(left: _Part, right: _Part, *, first: bool) -> bool:
    """Do two factors stand side by side with nothing between: ``2(…)``, ``a(…)``, ``(…)(…)``, ``2a``?"""
    if right.kind == "group":
        return left.kind in ("number", "symbol", "group", "call")
    return first and left.kind == "number" and left.literal and right.kind in ("symbol", "power")


def _power(base: _Part, exponent: Layout) -> _Part:
    """A power; a base that carries a layer, or is no single thing, is bracketed: ``(wⱼₖ⁽ᴸ⁾)²``."""
    inside = untagged(base.layout)
    if base.kind == "sum":
        return _Part(Scripted(Fenced(base.layout), sup=exponent), "group")
    if isinstance(inside, Scripted) and inside.sup is None:
        return _Part(Scripted(base.layout, sup=exponent), "power")
    simple = base.kind in ("symbol", "number", "call") and is_atom(base.layout) and not isinstance(inside, Scripted)
    whole = base.layout if simple or inside == GAP else Fenced(base.layout)
    return _Part(Scripted(whole, sup=exponent), "power" if base.kind == "symbol" and simple else "other")
