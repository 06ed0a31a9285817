"""The known mistakes at a product of factors and at a sum of paths, as the chain rule makes them."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.derivation.ids import parse_id
from tui_backprop.maths.expression import Add, Mul, Neg, Symbol, product, total
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.forward import HALF
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, Site, Slip, of_another_unit
from tui_backprop.tutor.mistakes.slopes import slope_missing

ADDED = "Those are the right factors, added. The chain rule multiplies them."


def signed(site: Site) -> Iterator[Slip]:
    """What may happen to any derivative: the sign, and the 2 of the square."""
    yield Slip(known.SIGN, "sign", Neg(site.formula),
               f"The size is right, the sign is not. Which way does {{{site.id('C')}}} change?")
    if site.graph.cost.square:
        # Where a factor left out gives the same number, that is what was done: it needs no 2 from nowhere.
        half = "That is half of the value. Is the 2 in there that the square brings down?"
        yield Slip(known.FACTOR_TWO, "half", HALF * site.formula, half, unlikely=1.0)
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula, "That is twice the value. Which 2 is in there twice?",
                   unlikely=1.0)
        yield from half_and_sign(site, "That is half of the value, with the sign turned round. Where do the 2 and the "
                                        "sign come from?")


def half_and_sign(site: Site, say: str) -> Iterator[Slip]:
    """The half, turned round: y − a for 2(a − y) is two slips in one stroke, and common."""
    if site.graph.cost.square != "half":
        for mistake in (known.FACTOR_TWO, known.SIGN):
            yield Slip(mistake, f"half, turned round: {mistake.code}", Neg(HALF * site.formula), say, unlikely=1.0)


def hidden_slope(site: Site) -> Iterator[Slip]:
    """∂C/∂a of a hidden unit, ∂C/∂z of a softmax unit: a sum over the paths onwards, or one path's product."""
    if isinstance(site.formula, Add):
        yield from _paths(site.formula)
    yield from chain(site)
    if site.ref.role in ("dC/da", "dC/dz"):
        yield from of_another_unit(site)


def _paths(formula: Add) -> Iterator[Slip]:
    if len(formula.terms) > MOST_TERMS:
        return
    for place, term in enumerate(formula.terms):
        yield Slip(known.PATH_MISSING, f"path {place}", term,
                   f"That follows one path of {len(formula.terms)}. What do the others add?")
        yield Slip(known.PATH_TWICE, f"path {place} twice", total((*formula.terms, term)),
                   f"That counts one path of {len(formula.terms)} twice. Each path adds its term once.")
    if len(formula.terms) > 2:
        for place in range(len(formula.terms)):
            yield Slip(known.PATH_MISSING, f"no path {place}", total(formula.terms[:place] + formula.terms[place + 1:]),
                       f"That leaves one path of {len(formula.terms)} out.")


def chain(site: Site) -> Iterator[Slip]:
    """A product of factors: each left out that people leave out, all of them added."""
    yield from _without_factors(site)
    yield from signed(site)
    if isinstance(site.formula, Mul):
        yield Slip(known.ADDED_FACTORS, "added", total(site.formula.factors), ADDED)
        yield from _single_factors(site.formula)
        yield from divided(site.formula)


def divided(formula: Mul) -> Iterator[Slip]:
    """One factor divided by, where all are multiplied."""
    for place, factor in enumerate(formula.factors):
        if isinstance(factor, Symbol):
            rest = product(formula.factors[:place] + formula.factors[place + 1:])
            yield Slip(known.DIVIDED_FACTORS, f"divided by factor {place}", rest / factor,
                       f"That divides by {{{factor.name}}}. The chain rule multiplies its factors.")


def _single_factors(formula: Mul) -> Iterator[Slip]:
    """One factor of several by itself."""
    if len(formula.factors) > 2:
        for factor in formula.factors:
            if isinstance(factor, Symbol):
                yield Slip(known.FACTOR_MISSING, f"only {parse_id(factor.name).role}", factor,
                           f"That is {{{factor.name}}} alone. What else lies on the way to the cost?", unlikely=0.5)


def _without_factors(site: Site) -> Iterator[Slip]:
    factors = site.formula.factors if isinstance(site.formula, Mul) else ()
    for place, factor in enumerate(factors):
        if not isinstance(factor, Symbol):
            continue
        role, name = parse_id(factor.name).role, f"{{{factor.name}}}"
        rest = product(factors[:place] + factors[place + 1:])
        if role == "da/dz":
            value = site.derivation.values(factor.name)
            if value == 0:
                yield Slip(known.RELU_GATE_IGNORED, "gate open", rest,
                           f"{name} is 0: this ReLU is off. What does a factor of 0 do to the product?")
            elif value != 1:
                yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "no slope", rest, slope_missing(name))
        elif role in ("dz/dw", "da/dw"):
            yield Slip(known.INPUT_FACTOR_MISSING, "no input factor", rest,
                       f"That stops one factor early: {name} is still to come.")
        elif role in ("dz/da", "da/da"):
            yield Slip(known.WEIGHT_FACTOR_MISSING, "no weight", rest,
                       f"That leaves {name} out: on the way back every weight on the path is a factor.")
        else:
            yield Slip(known.FACTOR_MISSING, f"no {role}", rest, f"That leaves {name} out of the product.")
