"""Wrong derivatives: each mistake is a code, a sentence, and a rule of differentiation that is changed.

A changed rule is tried everywhere at once, and at each place where it applies alone. Nothing is said of an answer that
is right, or that no changed rule gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from itertools import chain, combinations
from string import ascii_uppercase

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.maths.plain import plain
from tui_backprop.maths.simplify import ZERO, negate
from tui_backprop.tutor.mistakes.changed_rules import (
    ChangedRules,
    ConstantAsOne,
    ConstantKept,
    DenominatorAsConstant,
    DenominatorNotSquared,
    EachLetterMoved,
    ExponentKept,
    ExponentLost,
    ExponentLoweredTwice,
    ExponentNotInFront,
    ExponentRaised,
    ExponentsSwapped,
    FactorDropped,
    FunctionKept,
    HalfAProduct,
    InnerForgotten,
    Integrated,
    NotTurnedOver,
    OfAPower,
    OuterAtSlope,
    OuterAtVariable,
    OuterAtVariableAlone,
    OuterKept,
    OuterLost,
    PowerRuleForExponential,
    ProductOfSlopes,
    QuotientOfSlopes,
    QuotientTurned,
    SlopeHalfDone,
    SumForProduct,
    TermLeftOut,
    TermTurned,
    VariableKept,
)
from tui_backprop.tutor.rules import SIGN_TURNED
from tui_backprop.typeset.typed import as_set

_MOST_PLACES = 8
_SEVERAL = 2
_FEW_PLACES = 5
_POINTS = (0.83, 1.37, 2.19)
"""Where a wrong derivative is first compared with what was typed; an exact comparison follows."""
_CLOSE = 1e-9


WrongRule = Callable[[Expr, str], Iterator[Expr]]
"""All results of a mistake in the derivative of an expression by a symbol."""


@dataclass(frozen=True, slots=True)
class _By:
    """The rule changed everywhere, and, where it applies at several places, at each of them alone."""

    kind: type[ChangedRules]

    def __call__(self, expr: Expr, name: str) -> Iterator[Expr]:
        yield self.kind().of(expr, name)
        for place in range(min(_places(self.kind, expr, name), _MOST_PLACES)):
            yield self.kind((place,)).of(expr, name)

    def which_power(self, expr: Expr, name: str, typed: Expr) -> Expr | None:
        """Of several powers the one at which the rule was changed; None where it is no rule of powers, or all were."""
        everywhere = self.kind()
        made = everywhere.of(expr, name)
        if not isinstance(everywhere, OfAPower) or everywhere.places < _SEVERAL:
            return None
        if equivalent(made, typed) == "equivalent":
            return None
        return next((everywhere.powers[place] for place in range(min(everywhere.places, _MOST_PLACES))
                     if equivalent(self.kind((place,)).of(expr, name), typed) == "equivalent"), None)


def _turn_around(expr: Expr, name: str) -> Iterator[Expr]:
    yield negate(derivative(expr, name))


def _twice(expr: Expr, name: str) -> Iterator[Expr]:
    yield derivative(derivative(expr, name), name)


def _by_part(expr: Expr, name: str) -> Iterator[Expr]:
    """With each part of each function's own slope wrong."""
    right = SlopeHalfDone(())
    right.of(expr, name)
    for number in range(min(right.parts, _MOST_PLACES)):
        yield from _By(type("OfThisPart", (SlopeHalfDone,), {"part": number}))(expr, name)


def _by_another(expr: Expr, name: str) -> Iterator[Expr]:
    return (derivative(expr, other) for other in symbols(expr) if other != name)


def _itself(expr: Expr, name: str) -> Iterator[Expr]:
    del name
    yield expr


def _nothing(expr: Expr, name: str) -> Iterator[Expr]:
    del expr, name
    yield ZERO


def _places(kind: type[ChangedRules], expr: Expr, name: str) -> int:
    """At how many places the changed rule applies."""
    right = kind(())
    right.of(expr, name)
    return right.places


@dataclass(frozen=True, slots=True)
class WrongDerivative:
    """A mistake in differentiating. ``say``: one sentence or two, with ``{x}`` for the variable.

    ``rule``: what would be right, as a clause, and ``kind``: the changed rules; both are for two such slips made at
    once.
    """

    code: str
    say: str
    made: WrongRule
    rule: str = ""
    kind: type[ChangedRules] | None = None


WRONG_DERIVATIVES: tuple[WrongDerivative, ...] = (
    WrongDerivative("exponent_kept", "The exponent came down in front, but above it drops by one.", _By(ExponentKept),
                    "the exponent drops by one above", ExponentKept),
    WrongDerivative("inner_slope_missing", "That is the outer slope. It is multiplied by the slope of what is inside.",
                    _By(InnerForgotten), "the slope of what is inside is a factor too", InnerForgotten),
    WrongDerivative("constant_kept", "A part without {x} does not move when {x} is nudged: it adds nothing.",
                    _By(ConstantKept), "a part without {x} adds nothing", ConstantKept),
    WrongDerivative("outer_at_variable", "The outer slope is taken at what stands inside, not at {x} alone.",
                    _By(OuterAtVariable), "the outer slope is taken at what stands inside", OuterAtVariable),
    WrongDerivative("sum_for_product", "The outer and the inner slope are multiplied, not added.", _By(SumForProduct),
                    "the outer and the inner slope are multiplied", SumForProduct),
    WrongDerivative("sign", SIGN_TURNED, _turn_around),
    WrongDerivative("no_slope", "Then nothing would change when {x} is nudged. But it does.", _nothing),
    WrongDerivative("not_differentiated", "That is the expression itself. How steep is it?", _itself),
    WrongDerivative("exponent_not_in_front", "The exponent drops by one, and it comes down in front as well.",
                    _By(ExponentNotInFront), "the exponent comes down in front", ExponentNotInFront),
    WrongDerivative("factor_dropped", "What stands beside as a factor does not move, and stays.", _By(FactorDropped),
                    "what stands beside as a factor stays", FactorDropped),
    WrongDerivative("by_another_variable", "That is by another letter. Here {x} moves, and all else is held still.",
                    _by_another),
    WrongDerivative("exponents_swapped", "The old exponent comes down in front; above it is one less.",
                    _By(ExponentsSwapped)),
    WrongDerivative("constant_as_one", "A part without {x} has the slope 0, not 1: it does not move at all.",
                    _By(ConstantAsOne), "a part without {x} has the slope 0", ConstantAsOne),
    WrongDerivative("variable_kept", "{x} by itself has the slope 1: no {x} is left of it.", _By(VariableKept),
                    "{x} by itself has the slope 1", VariableKept),
    WrongDerivative("term_turned", "One of the terms has the wrong sign.", _By(TermTurned)),
    WrongDerivative("term_left_out", "A term with {x} in it is missing: each adds its own slope.", _By(TermLeftOut)),
    WrongDerivative("product_of_slopes", "Both factors move. Take their turns one by one: the slope of the one times "
                    "the other, and the other way round, added.", _By(ProductOfSlopes)),
    WrongDerivative("half_a_product", "Both factors move: one turn of the product rule is missing.", _By(HalfAProduct)),
    WrongDerivative("outer_at_slope", "The outer slope is taken at the inside as it stands, not at the inside's slope.",
                    _By(OuterAtSlope)),
    WrongDerivative("outer_at_variable_alone", "The outer slope is taken at what stands inside, and the inner slope is "
                    "missing.", _By(OuterAtVariableAlone)),
    WrongDerivative("outer_not_differentiated", "Only the inside was differentiated. The outer slope comes before it.",
                    _By(OuterKept)),
    WrongDerivative("outer_slope_missing", "That is the slope of what is inside. The outer slope is a factor too.",
                    _By(OuterLost)),
    WrongDerivative("function_kept", "That has the function where its slope belongs.", _By(FunctionKept)),
    WrongDerivative("quotient_of_slopes", "The slope of a fraction is not the one slope over the other.",
                    _By(QuotientOfSlopes)),
    WrongDerivative("denominator_as_constant", "What is below moves too: the quotient rule has a part for it.",
                    _By(DenominatorAsConstant)),
    WrongDerivative("denominator_not_squared", "In the quotient rule the denominator is squared.",
                    _By(DenominatorNotSquared)),
    WrongDerivative("quotient_turned", "In the quotient rule, the slope of what is above comes first.",
                    _By(QuotientTurned)),
    WrongDerivative("power_rule_for_exponential",
                    "Here {x} is in the exponent. The power rule is for a base that moves.",
                    _By(PowerRuleForExponential)),
    WrongDerivative("exponent_raised", "The exponent drops by one; it does not grow.", _By(ExponentRaised)),
    WrongDerivative("exponent_lowered_twice", "The exponent drops by one, and no further.", _By(ExponentLoweredTwice)),
    WrongDerivative("differentiated_twice", "That is the slope of the slope. Differentiate once, and stop.", _twice),
    WrongDerivative("exponent_lost", "The exponent comes down in front; one less of it stays above.",
                    _By(ExponentLost)),
    WrongDerivative("each_letter_moved", "Only {x} moves here. The other letters stand still, and stay as they are.",
                    _By(EachLetterMoved)),
    WrongDerivative("integrated", "That goes the other way round: its slope is what you were given.", _By(Integrated)),
    WrongDerivative("not_turned_over", "That is upside down: what stands below the line came out above it.",
                    _By(NotTurnedOver)),
    WrongDerivative("slope_half_done", "The function's own slope is not all there, or one sign in it is wrong.",
                    _by_part),
)
"""Every mistake, the likeliest first."""


def wrong_derivatives(expr: Expr, name: str) -> Iterator[tuple[WrongDerivative, Expr]]:
    """Every wrong derivative by a changed rule, with its mistake; some may be right by chance, or come twice."""
    return ((mistake, made) for mistake in WRONG_DERIVATIVES for made in mistake.made(expr, name))


def _two_at_once(expr: Expr, name: str) -> Iterator[tuple[WrongDerivative, Expr]]:
    """The results of two changed rules together, and of one changed rule with the sign turned."""
    paired = [(each, each.kind) for each in WRONG_DERIVATIVES if each.kind is not None]
    for (one, first), (other, second) in combinations(paired, 2):
        both = type("Both", (first, second), {})
        mistake = WrongDerivative(one.code, f"Two things here: {one.rule}, and {other.rule}.", one.made)
        yield mistake, both().of(expr, name)
        for places in combinations(range(min(_places(both, expr, name), _FEW_PLACES)), 2):
            yield mistake, both(places).of(expr, name)
    for one, first in paired:
        said = f"Two things here: {one.rule}, and the sign is the other one."
        yield WrongDerivative(one.code, said, one.made), negate(first().of(expr, name))


def diagnose_derivative(expr: Expr, name: str, typed: Expr, positive: Collection[str] = ()) -> WrongDerivative | None:
    """The likeliest mistake by which ∂expr/∂name becomes ``typed``, or else two at once.

    None where ``typed`` is right, or where no mistake leads to it.
    """
    names = sorted({*symbols(expr), *symbols(typed)})
    points = [{each: at * (1 + 0.31 * place) for place, each in enumerate(names)} for at in _POINTS]
    wanted = [evaluate(typed, point.__getitem__) for point in points]
    if equivalent(typed, derivative(expr, name), positive) == "equivalent":
        return None
    for mistake, made in chain(wrong_derivatives(expr, name), _two_at_once(expr, name)):
        found = (evaluate(made, point.__getitem__) for point in points)
        if all(map(_near, wanted, found)) and equivalent(typed, made, positive) == "equivalent":
            return _tell_where(mistake, expr, name, typed)
    return None


def _tell_where(mistake: WrongDerivative, expr: Expr, name: str, typed: Expr) -> WrongDerivative:
    """Where there are several powers, the mistake says at which of them it was made."""
    power = mistake.made.which_power(expr, name, typed) if isinstance(mistake.made, _By) else None
    if power is None or mistake.say[0] not in ascii_uppercase:
        return mistake
    return replace(mistake, say=f"At {as_set(plain(power))}: {mistake.say[0].lower()}{mistake.say[1:]}")


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE) or math.isnan(one) or math.isnan(other)
