"""The rules of differentiation, each class with one of them changed in the way learners change it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable

from tui_backprop.maths.derivative import Outer, Rules, depends, derivative
from tui_backprop.maths.expression import Call, Div, Expr, Mul, Pow, Symbol, number
from tui_backprop.maths.simplify import ONE, ZERO, add, call, divide, multiply, negate, power, simplify


class ChangedRules(Rules):
    """Rules of which one is changed: wherever it applies, or only at the places whose numbers are in ``only``."""

    def __init__(self, only: Collection[int] | None = None) -> None:
        self._only = only
        self.places = 0

    def slips(self) -> bool:
        """Called wherever the changed rule applies: is it to be used at this place?"""
        self.places += 1
        return self._only is None or self.places - 1 in self._only

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        """A constant over a power is treated as that power with a negative exponent, as the power rule is taught."""
        if depends(numerator, name) or not isinstance(denominator, Symbol | Pow):
            return super().quotient(numerator, denominator, name)
        base: Expr = denominator
        exponent: Expr = ONE
        if isinstance(denominator, Pow):
            base, exponent = denominator.base, denominator.exponent
        if depends(exponent, name):
            return super().quotient(numerator, denominator, name)
        return self.of(Mul((numerator, Pow(base, negate(simplify(exponent))))), name)


class ExponentKept(ChangedRules):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, power(base, exponent)) if self.slips() else super().lower(base, exponent)


class ExponentNotInFront(ChangedRules):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (power(base, add(exponent, negate(ONE))),) if self.slips() else super().lower(base, exponent)


class ExponentsSwapped(ChangedRules):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        if not self.slips():
            return super().lower(base, exponent)
        return add(exponent, negate(ONE)), power(base, exponent)


class ExponentRaised(ChangedRules):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, power(base, add(exponent, ONE))) if self.slips() else super().lower(base, exponent)


class OfEachTerm(ChangedRules):
    """A changed rule for each term of a sum."""

    def sum(self, terms: tuple[Expr, ...], name: str) -> Expr:
        return add(*(self.term(term, name) for term in terms))

    def term(self, term: Expr, name: str) -> Expr:
        return self.of(term, name)


class ConstantKept(OfEachTerm):
    def term(self, term: Expr, name: str) -> Expr:
        return simplify(term) if not depends(term, name) and self.slips() else self.of(term, name)


class ConstantAsOne(OfEachTerm):
    def term(self, term: Expr, name: str) -> Expr:
        return ONE if not depends(term, name) and self.slips() else self.of(term, name)


class OfAWholeTerm(OfEachTerm):
    """A changed rule for the terms of the whole expression, not for those inside a product or a quotient."""

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


class VariableKept(ChangedRules):
    def symbol(self, symbol: Symbol, moves: bool) -> Expr:
        return symbol if moves and self.slips() else super().symbol(symbol, moves)

    def chain(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(inner)) if inner == Symbol(name) else super().chain(outer, inner, name)


class FactorDropped(ChangedRules):
    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        moving = tuple(factor for factor in factors if depends(factor, name))
        if not moving or len(moving) == len(factors) or not self.slips():
            return super().product(factors, name)
        return self.of(moving[0], name) if len(moving) == 1 else super().product(moving, name)

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        if depends(denominator, name) or not self.slips():
            return super().quotient(numerator, denominator, name)
        return self.of(numerator, name)


class ProductOfSlopes(ChangedRules):
    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        if sum(depends(factor, name) for factor in factors) < 2 or not self.slips():
            return super().product(factors, name)
        return multiply(*(self.of(factor, name) if depends(factor, name) else simplify(factor) for factor in factors))


class HalfAProduct(ChangedRules):
    """The product rule with the derivative of one factor left out."""

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        moving = [place for place, factor in enumerate(factors) if depends(factor, name)]
        if len(moving) < 2:
            return super().product(factors, name)
        left = [place for place in moving if not (self._only is not None and self.slips())]
        return add(*(multiply(*(self.of(factor, name) if place == turn else simplify(factor)
                                for place, factor in enumerate(factors))) for turn in left))


class OfTheInside(ChangedRules, ABC):
    """A changed chain rule, for functions of more than the variable alone."""

    def chain(self, outer: Outer, inner: Expr, name: str) -> Expr:
        if not depends(inner, name) or inner == Symbol(name) or not self.slips():
            return super().chain(outer, inner, name)
        return self.change(outer, simplify(inner), name)

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        """As the rules say, but an exponential's exponent counts as its inside."""
        if depends(base, name):
            return super().power(base, exponent, name)
        root = simplify(base)
        return self.chain(lambda inner: (power(root, inner), call("ln", root)), exponent, name) \
            if depends(exponent, name) else ZERO

    @abstractmethod
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        """What stands in place of the outer slope times the inner slope."""


class InnerForgotten(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        del name  # nothing is differentiated
        return multiply(*outer(inner))


class OuterAtVariable(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(Symbol(name)), self.of(inner, name))


class OuterAtVariableAlone(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        del inner  # it is lost
        return multiply(*outer(Symbol(name)))


class OuterAtSlope(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return multiply(*outer(self.of(inner, name)))


class SumForProduct(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        return add(multiply(*outer(inner)), self.of(inner, name))


class OuterKept(ChangedRules):
    """Only the inside is differentiated: its slope is multiplied by the whole expression."""

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if depends(exponent, name) or base == Symbol(name) or not depends(base, name) or not self.slips():
            return super().power(base, exponent, name)
        return power(self.of(base, name), simplify(exponent))


class FunctionKept(ChangedRules):
    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        return call(function, *arguments) if self.slips() else super().slope(function, arguments, place)


class PowerRuleForExponential(ChangedRules):
    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if depends(base, name) or not depends(exponent, name) or not self.slips():
            return super().power(base, exponent, name)
        return multiply(simplify(exponent), power(simplify(base), add(simplify(exponent), negate(ONE))))


class ByDividing(ChangedRules, ABC):
    """A changed rule for a quotient whose denominator depends on the variable."""

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        if not depends(denominator, name) or not self.slips():
            return Rules.quotient(self, numerator, denominator, name)
        return self.change(simplify(numerator), simplify(denominator), name)

    @abstractmethod
    def change(self, over: Expr, under: Expr, name: str) -> Expr:
        """What stands in place of the quotient's derivative."""


class QuotientOfSlopes(ByDividing):
    def change(self, over: Expr, under: Expr, name: str) -> Expr:
        return divide(self.of(over, name), self.of(under, name))


class DenominatorAsConstant(ByDividing):
    def change(self, over: Expr, under: Expr, name: str) -> Expr:
        return divide(self.of(over, name), under)


class DenominatorNotSquared(ByDividing):
    def change(self, over: Expr, under: Expr, name: str) -> Expr:
        rise, fall = multiply(self.of(over, name), under), multiply(over, self.of(under, name))
        return divide(add(rise, negate(fall)), under)


class QuotientTurned(ByDividing):
    def change(self, over: Expr, under: Expr, name: str) -> Expr:
        rise, fall = multiply(self.of(over, name), under), multiply(over, self.of(under, name))
        return divide(add(fall, negate(rise)), power(under, number(2)))
