"""The rules of differentiation, each class with one of them changed in the way learners change it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable

from tui_backprop.maths.derivative import Outer, Rules, depends, derivative
from tui_backprop.maths.expression import Call, Div, Expr, Mul, Pow, Symbol, number, symbols, walk
from tui_backprop.maths.simplify import ONE, ZERO, add, call, divide, multiply, negate, power, simplify
from tui_backprop.tutor.mistakes.gates import put
from tui_backprop.tutor.mistakes.shape import MOST_DEPTH, wrong_parts


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


class OfAPower(ChangedRules):
    """A changed power rule. A square root is the power with the exponent ½. ``powers``: of each place."""

    def __init__(self, only: Collection[int] | None = None) -> None:
        super().__init__(only)
        self.powers: list[Expr] = []

    def slips_at(self, base: Expr, exponent: Expr) -> bool:
        """Is the changed rule to be used at this power?"""
        self.powers.append(Pow(base, exponent))
        return self.slips()

    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        if function != "sqrt":
            return super().slope(function, arguments, place)
        return multiply(*self.lower(arguments[0], number("0.5")))


class ExponentKept(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, power(base, exponent)) if self.slips_at(base, exponent) else super().lower(base, exponent)


class ExponentNotInFront(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        left = (power(base, add(exponent, negate(ONE))),)
        return left if self.slips_at(base, exponent) else super().lower(base, exponent)


class ExponentsSwapped(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        if not self.slips_at(base, exponent):
            return super().lower(base, exponent)
        return add(exponent, negate(ONE)), power(base, exponent)


class ExponentRaised(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        raised = exponent, power(base, add(exponent, ONE))
        return raised if self.slips_at(base, exponent) else super().lower(base, exponent)


class ExponentLoweredTwice(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        lowered = exponent, power(base, add(exponent, number(-2)))
        return lowered if self.slips_at(base, exponent) else super().lower(base, exponent)


class ExponentLost(OfAPower):
    def lower(self, base: Expr, exponent: Expr) -> Iterable[Expr]:
        return (exponent, base) if self.slips_at(base, exponent) else super().lower(base, exponent)


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


class Integrated(OfAWholeTerm):
    """What has the expression for its slope, term by term."""

    def term(self, term: Expr, name: str) -> Expr:
        return self.of(term, name) if depends(term, name) else multiply(simplify(term), Symbol(name))

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        moving = [factor for factor in factors if depends(factor, name)]
        if len(moving) != 1:
            return super().product(factors, name)
        return multiply(*(self.of(factor, name) if depends(factor, name) else simplify(factor) for factor in factors))

    def quotient(self, numerator: Expr, denominator: Expr, name: str) -> Expr:
        if depends(numerator, name) or denominator != Symbol(name):
            return super().quotient(numerator, denominator, name)
        return multiply(simplify(numerator), call("ln", denominator))

    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if base != Symbol(name) or depends(exponent, name) or exponent == number(-1):
            return super().power(base, exponent, name)
        raised = add(simplify(exponent), ONE)
        return divide(power(base, raised), raised)

    def symbol(self, symbol: Symbol, moves: bool) -> Expr:
        return divide(power(symbol, number(2)), number(2)) if moves else super().symbol(symbol, moves)


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


class EachLetterMoved(ChangedRules):
    """Each factor is differentiated by a letter of its own."""

    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        others = [[other for other in symbols(factor) if other != name] for factor in factors]
        if not any(others) or not self.slips():
            return super().product(factors, name)
        moving = [name if depends(factor, name) else (*letters, "")[0]
                  for factor, letters in zip(factors, others, strict=True)]
        return multiply(*(self.of(factor, letter) if letter else simplify(factor)
                          for factor, letter in zip(factors, moving, strict=True)))


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


class OuterLost(OfTheInside):
    def change(self, outer: Outer, inner: Expr, name: str) -> Expr:
        del outer  # it is lost
        return self.of(inner, name)


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
    def product(self, factors: tuple[Expr, ...], name: str) -> Expr:
        """The inner slope may be added to the whole product, what stands beside included."""
        moving = [factor for factor in factors if depends(factor, name)]
        if len(moving) != 1 or len(factors) == 1 or not self.slips():
            return super().product(factors, name)
        beside = multiply(*(simplify(factor) for factor in factors if factor is not moving[0]))
        outer = InnerForgotten().of(moving[0], name)
        inner = add(self.of(moving[0], name), negate(outer))
        return add(multiply(beside, outer), inner)

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


class NotTurnedOver(ChangedRules):
    """What stands below the line in a function's own slope comes out above it."""

    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        right = simplify(super().slope(function, arguments, place))
        if not isinstance(right, Div) or symbols(right.numerator) or not self.slips():
            return right
        return divide(right.denominator, right.numerator)


class SlopeHalfDone(ChangedRules):
    """A function's own slope with one of its parts wrong: the one of the number ``part``."""

    part = 0
    parts = 0
    """How many parts of slopes there are."""

    def slope(self, function: str, arguments: tuple[Expr, ...], place: int) -> Expr:
        right = simplify(super().slope(function, arguments, place))
        wrong = [each for each, _, _ in wrong_parts(right, MOST_DEPTH)]
        wrong += [put(right, node, node.base) for node in walk(right) if isinstance(node, Pow)]
        self.parts = max(self.parts, len(wrong))
        return wrong[self.part] if self.part < len(wrong) and self.slips() else right


class PowerRuleForExponential(ChangedRules):
    def power(self, base: Expr, exponent: Expr, name: str) -> Expr:
        if depends(base, name) or not depends(exponent, name) or not self.slips():
            return super().power(base, exponent, name)
        return multiply(simplify(exponent), power(simplify(base), add(simplify(exponent), negate(ONE))))

    def call(self, function: str, arguments: tuple[Expr, ...], name: str) -> Expr:
        if function != "exp" or not self.slips():
            return super().call(function, arguments, name)
        return multiply(simplify(arguments[0]), call("exp", add(simplify(arguments[0]), negate(ONE))))


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
