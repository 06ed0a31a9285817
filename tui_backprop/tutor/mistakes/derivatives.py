"""Wrong derivatives: the rules of differentiation with one of them changed each, and what is said to who did so.

Each mistake is an entry: a code, a sentence, and the changed rule. It is tried wherever the rule applies at once, and
at each place alone. Nothing is said of an answer that is right, or that no changed rule gives.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.derivative import Outer, Rules, depends, derivative
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Div, Expr, Mul, Pow, Symbol, number, symbols
from tui_backprop.maths.simplify import ONE, ZERO, add, call, divide, multiply, negate, power, simplified

_MOST_PLACES = 8
_POINTS = (0.83, 1.37, 2.19)
"""Where a wrong derivative is compared with what was typed, before the exact comparison is made."""
_CLOSE = 1e-9


class Slip(Rules):
    """Rules of which one is changed: wherever it applies, or at its place number ``only`` alone."""

    def __init__(self, only: int | None = None) -> None:
        self._only = only
        self.places = 0

    def slips(self) -> bool:
        """Here the changed rule applies: is it made?"""
        self.places += 1
        return self._only is None or self._only == self.places - 1

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        """A constant over a power is that power with a negative exponent: so the power rule is taught."""
        if depends(numerator, name) or not isinstance(denominator, Symbol | Pow):
            return super().quotient(numerator, denominator, name)
        base: Expr = denominator
        exponent: Expr = ONE
        if isinstance(denominator, Pow):
            base, exponent = denominator.base, denominator.exponent
        if depends(exponent, name):
            return super().quotient(numerator, denominator, name)
        return self.of(Mul((numerator, Pow(base, negate(simplified(exponent))))), name)


class ExponentKept(Slip):
    def lowered(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, power(base, exponent)) if self.slips() else super().lowered(base, exponent)


class ExponentNotInFront(Slip):
    def lowered(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (power(base, add(exponent, negate(ONE))),) if self.slips() else super().lowered(base, exponent)


class ExponentsSwapped(Slip):
    def lowered(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        if not self.slips():
            return super().lowered(base, exponent)
        return add(exponent, negate(ONE)), power(base, exponent)


class ExponentRaised(Slip):
    def lowered(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, power(base, add(exponent, ONE))) if self.slips() else super().lowered(base, exponent)


class OfEachTerm(Slip):
    """A changed rule for a term of a sum."""

    def sum(self, terms: tuple[Expr, ...], name: str) -> Expr:
        return add(*(self.term(term, name) for term in terms))

    def term(self, term: Expr, name: str) -> Expr:
        return self.of(term, name)


class ConstantKept(OfEachTerm):
    def term(self, term: Expr, name: str) -> Expr:
        return simplified(term) if not depends(term, name) and self.slips() else self.of(term, name)


class ConstantAsOne(OfEachTerm):
    def term(self, term: Expr, name: str) -> Expr:
        return ONE if not depends(term, name) and self.slips() else self.of(term, name)


class OfAWholeTerm(OfEachTerm):
    """A changed rule for a term of the whole, not for one inside a product or a quotient."""

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        return derivative(Mul(factors), name)

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        return derivative(Div(numerator, denominator), name)

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        return derivative(Pow(base, exponent), name)

    def call(self, function: str, arguments: tuple[Expr, ...], name: str) -> Expr:
        return derivative(Call(function, arguments), name)


class TermLeftOut(OfAWholeTerm):
    def term(self, term: Expr, name: str) -> Expr:
        return ZERO if depends(term, name) and self.slips() else self.of(term, name)


class TermTurned(OfAWholeTerm):
    def term(self, term: Expr, name: str) -> Expr:
        slope = self.of(term, name)
        return negate(slope) if depends(term, name) and self.slips() else slope


class VariableKept(Slip):
    def symbol(self, symbol: Symbol, moves: bool) -> Expr:
        return symbol if moves and self.slips() else super().symbol(symbol, moves)

    def chain(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(inner)) if inner == Symbol(name) else super().chain(outer, inner, name)


class FactorDropped(Slip):
    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        moving = tuple(factor for factor in factors if depends(factor, name))
        if not moving or len(moving) == len(factors) or not self.slips():
            return super().product(factors, name)
        return self.of(moving[0], name) if len(moving) == 1 else super().product(moving, name)

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        if depends(denominator, name) or not self.slips():
            return super().quotient(numerator, denominator, name)
        return self.of(numerator, name)


class ProductOfSlopes(Slip):
    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        if sum(depends(factor, name) for factor in factors) < 2 or not self.slips():
            return super().product(factors, name)
        return multiply(*(self.of(factor, name) if depends(factor, name) else simplified(factor) for factor in factors))


class HalfAProduct(Slip):
    """One factor's turn is left out."""

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        moving = [place for place, factor in enumerate(factors) if depends(factor, name)]
        if len(moving) < 2:
            return super().product(factors, name)
        left = [place for place in moving if not (self._only is not None and self.slips())]
        return add(*(multiply(*(self.of(factor, name) if place == turn else simplified(factor)
                                for place, factor in enumerate(factors))) for turn in left))


class OfTheInside(Slip, ABC):
    """A changed chain rule, where there is more inside than the variable alone."""

    def chain(self, outer: Outer, inner: Expr, name: str) -> Expr:
        if not depends(inner, name) or inner == Symbol(name) or not self.slips():
            return super().chain(outer, inner, name)
        return self.changed(outer, simplified(inner), name)

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        """Of an exponential, the exponent is what is inside."""
        if depends(base, name):
            return super().power(base, exponent, name)
        root = simplified(base)
        return self.chain(lambda inner: (power(root, inner), call("ln", root)), exponent, name) \
            if depends(exponent, name) else ZERO

    @abstractmethod
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        """What is made of an outer function's slope and what is inside it."""


class InnerForgotten(OfTheInside):
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        del name  # nothing is differentiated
        return multiply(*outer(inner))


class OuterAtVariable(OfTheInside):
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(Symbol(name)), self.of(inner, name))


class OuterAtVariableAlone(OfTheInside):
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        del inner  # it is lost
        return multiply(*outer(Symbol(name)))


class OuterAtSlope(OfTheInside):
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(self.of(inner, name)))


class SumForProduct(OfTheInside):
    def changed(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return add(multiply(*outer(inner)), self.of(inner, name))


class OuterKept(Slip):
    """Only the inside was differentiated: its slope stands beside the whole."""

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if depends(exponent, name) or base == Symbol(name) or not depends(base, name) or not self.slips():
            return super().power(base, exponent, name)
        return power(self.of(base, name), simplified(exponent))


class FunctionKept(Slip):
    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        return call(function, *arguments) if self.slips() else super().slope(function, arguments, place)


class PowerRuleForExponential(Slip):
    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if depends(base, name) or not depends(exponent, name) or not self.slips():
            return super().power(base, exponent, name)
        return multiply(simplified(exponent), power(simplified(base), add(simplified(exponent), negate(ONE))))


class ByDividing(Slip, ABC):
    """A changed rule for a quotient whose denominator moves."""

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        if not depends(denominator, name) or not self.slips():
            return Rules.quotient(self, numerator, denominator, name)
        return self.changed(simplified(numerator), simplified(denominator), name)

    @abstractmethod
    def changed(self, over: Expr, under: Expr, name: str) -> Expr:
        """What is made of a quotient in place of its derivative."""


class QuotientOfSlopes(ByDividing):
    def changed(self, over: Expr, under: Expr, name: str) -> Expr:
        return divide(self.of(over, name), self.of(under, name))


class DenominatorAsConstant(ByDividing):
    def changed(self, over: Expr, under: Expr, name: str) -> Expr:
        return divide(self.of(over, name), under)


class DenominatorNotSquared(ByDividing):
    def changed(self, over: Expr, under: Expr, name: str) -> Expr:
        rise, fall = multiply(self.of(over, name), under), multiply(over, self.of(under, name))
        return divide(add(rise, negate(fall)), under)


class QuotientTurned(ByDividing):
    def changed(self, over: Expr, under: Expr, name: str) -> Expr:
        rise, fall = multiply(self.of(over, name), under), multiply(over, self.of(under, name))
        return divide(add(fall, negate(rise)), power(under, number(2)))


Wrong = Callable[[Expr, str], Iterator[Expr]]
"""All that comes of a mistake in the derivative of an expression by a symbol."""


def _by(kind: type[Slip]) -> Wrong:
    """With this rule changed: everywhere, and where there are several places at each of them alone."""
    def made(expr: Expr, name: str) -> Iterator[Expr]:
        everywhere = kind()
        yield everywhere.of(expr, name)
        alone = kind(-1)
        alone.of(expr, name)
        for place in range(min(alone.places, _MOST_PLACES)):
            yield kind(place).of(expr, name)

    return made


def _turned(expr: Expr, name: str) -> Iterator[Expr]:
    yield negate(derivative(expr, name))


def _by_another(expr: Expr, name: str) -> Iterator[Expr]:
    return (derivative(expr, other) for other in symbols(expr) if other != name)


def _itself(expr: Expr, name: str) -> Iterator[Expr]:
    del name
    yield expr


def _nothing(expr: Expr, name: str) -> Iterator[Expr]:
    del expr, name
    yield ZERO


@dataclass(frozen=True, slots=True)
class WrongDerivative:
    """A mistake in differentiating. ``say``: one sentence or two, with ``{x}`` for the variable."""

    code: str
    say: str
    made: Wrong


WRONG_DERIVATIVES: tuple[WrongDerivative, ...] = (
    WrongDerivative("exponent_kept", "The exponent came down in front, but above it drops by one.", _by(ExponentKept)),
    WrongDerivative("constant_kept", "A part without {x} does not move when {x} is nudged: it adds nothing.",
                    _by(ConstantKept)),
    WrongDerivative("inner_slope_missing", "That is the outer slope. It is multiplied by the slope of what is inside.",
                    _by(InnerForgotten)),
    WrongDerivative("outer_at_variable", "The outer slope is taken at what stands inside, not at {x} alone.",
                    _by(OuterAtVariable)),
    WrongDerivative("sum_for_product", "The outer and the inner slope are multiplied, not added.", _by(SumForProduct)),
    WrongDerivative("sign", "The size is right, the sign is not.", _turned),
    WrongDerivative("not_differentiated", "That is the expression itself. How steep is it?", _itself),
    WrongDerivative("exponent_not_in_front", "The exponent drops by one, and it comes down in front as well.",
                    _by(ExponentNotInFront)),
    WrongDerivative("factor_dropped", "What stands beside as a factor does not move, and stays.", _by(FactorDropped)),
    WrongDerivative("by_another_variable", "That is by another letter. Here {x} moves, and all else is held still.",
                    _by_another),
    WrongDerivative("exponents_swapped", "The old exponent comes down in front; above it is one less.",
                    _by(ExponentsSwapped)),
    WrongDerivative("constant_as_one", "A part without {x} has the slope 0, not 1: it does not move at all.",
                    _by(ConstantAsOne)),
    WrongDerivative("variable_kept", "{x} by itself has the slope 1: no {x} is left of it.", _by(VariableKept)),
    WrongDerivative("term_turned", "One of the terms has the wrong sign.", _by(TermTurned)),
    WrongDerivative("term_left_out", "A term with {x} in it is missing: each adds its own slope.", _by(TermLeftOut)),
    WrongDerivative("product_of_slopes", "Both factors move. Take their turns one by one: the slope of the one times "
                    "the other, and the other way round, added.", _by(ProductOfSlopes)),
    WrongDerivative("half_a_product", "Both factors move: one turn of the product rule is missing.", _by(HalfAProduct)),
    WrongDerivative("outer_at_slope", "The outer slope is taken at what stands inside, not at its slope.",
                    _by(OuterAtSlope)),
    WrongDerivative("outer_at_variable_alone", "The outer slope is taken at what stands inside, and the inner slope is "
                    "missing.", _by(OuterAtVariableAlone)),
    WrongDerivative("outer_not_differentiated", "Only the inside was differentiated. The outer slope comes before it.",
                    _by(OuterKept)),
    WrongDerivative("function_kept", "That has the function where its slope belongs.", _by(FunctionKept)),
    WrongDerivative("quotient_of_slopes", "The slope of a quotient is not the quotient of the slopes.",
                    _by(QuotientOfSlopes)),
    WrongDerivative("denominator_as_constant", "What is below moves too: the quotient rule has a part for it.",
                    _by(DenominatorAsConstant)),
    WrongDerivative("denominator_not_squared", "In the quotient rule the denominator is squared.",
                    _by(DenominatorNotSquared)),
    WrongDerivative("quotient_turned", "In the quotient rule, the slope of what is above comes first.",
                    _by(QuotientTurned)),
    WrongDerivative("power_rule_for_exponential",
                    "Here {x} is in the exponent. The power rule is for a base that moves.",
                    _by(PowerRuleForExponential)),
    WrongDerivative("exponent_raised", "The exponent drops by one; it does not grow.", _by(ExponentRaised)),
    WrongDerivative("no_slope", "Then nothing would change when {x} is nudged. But it does.", _nothing),
)
"""Every mistake, the likeliest first."""


def wrong_derivatives(expr: Expr, name: str) -> Iterator[tuple[WrongDerivative, Expr]]:
    """Every wrong derivative by a changed rule, with its mistake; some may be right by chance, or come twice."""
    return ((mistake, made) for mistake in WRONG_DERIVATIVES for made in mistake.made(expr, name))


def diagnosed(expr: Expr, name: str, typed: Expr, positive: Collection[str] = ()) -> WrongDerivative | None:
    """The likeliest mistake that makes ``typed`` of ∂expr/∂name; None where it is right, or where none does."""
    names = sorted({*symbols(expr), *symbols(typed)})
    points = [{each: at * (1 + 0.31 * place) for place, each in enumerate(names)} for at in _POINTS]
    wanted = [evaluate(typed, point.__getitem__) for point in points]
    if equivalent(typed, derivative(expr, name), positive) == "equivalent":
        return None
    for mistake, made in wrong_derivatives(expr, name):
        found = (evaluate(made, point.__getitem__) for point in points)
        if all(map(_near, wanted, found)) and equivalent(typed, made, positive) == "equivalent":
            return mistake
    return None


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE) or math.isnan(one) or math.isnan(other)
