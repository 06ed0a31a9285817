"""The known mistakes of the backward pass, as changed formulas of ∂C/∂a, its paths and the gradients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui_backprop.dataclass import replace
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.roles import ACTIVATION, ARRIVING, BIAS, DELTA, GRADIENT, ROLES, VIA, WEIGHT
from tui_backprop.maths.expression import Add, Mul, Neg, Symbol, number, product, substitute, symbols, total
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.cost import HALF, mean_over_outputs, weights_for_activation
from tui_backprop.tutor.mistakes.factors import ADDED, own_slope, slope_missing, slopes_of_unit
from tui_backprop.tutor.mistakes.slip import (
    MOST_TERMS,
    NEAREST,
    Site,
    Slip,
    leave_out,
    of_another_unit,
    other_outputs,
    turn_sign,
)
from tui_backprop.tutor.mistakes.update import value_for_gradient

_INVENTED: Final = 1.3
"""How much less likely a 2 too many or too few is where the square is not just being differentiated."""
_TWO_HERE: Final = replace(known.FACTOR_TWO, spread="place")
_SIGN_HERE: Final = replace(known.SIGN, spread="place")
"""At one derivative alone: on the way back through many a half would become a quarter, and a sign turn back."""
_FEW_PATHS: Final = 4
"""With more paths than this nobody can tell which one was subtracted."""


def sign_slips(site: Site) -> Iterator[Slip]:
    """Slips at any derivative: the sign, and the 2 of the square."""
    yield turn_sign(site.formula, " How many of its factors are below 0?" if isinstance(site.formula, Mul) else "")
    if site.graph.cost.square:
        # Where leaving a factor out gives the same number, that is the likelier mistake: nobody invents a 2.
        half = ("That is half of the value. The ½ of the cost and the 2 of the square cancel."
                if site.graph.cost.square == "half" else
                "That is half of the value. Is the 2 in there that the square brings down?")
        twice = ("That is twice the value. The ½ of the cost and the 2 of the square cancel."
                 if site.graph.cost.square == "half" else
                 "That is twice the value. Is it divided by the number of outputs?"
                 if site.graph.cost.square == "mean" and len(site.units(site.graph.network.last)) == 2 else
                 "That is twice the value. Which 2 is in there twice?")
        yield Slip(_TWO_HERE, "half", HALF * site.formula, half, unlikely=_INVENTED)
        yield Slip(_TWO_HERE, "double", 2 * site.formula, twice, unlikely=_INVENTED)
        yield from _half_and_sign(site, "That is half of the value, with the sign turned round. Where do the 2 and the "
                                        "sign come from?", _INVENTED)


def _half_and_sign(site: Site, say: str, unlikely: float = 1.0) -> Iterator[Slip]:
    """The half with the wrong sign: y − a for 2(a − y) is two slips at once, and common."""
    if site.graph.cost.square != "half":
        for mistake in (_TWO_HERE, _SIGN_HERE):
            yield Slip(mistake, f"half, turned round: {mistake.code}", Neg(HALF * site.formula), say, unlikely=unlikely)


def cost_slope(site: Site) -> Iterator[Slip]:
    """Slips at ∂C/∂a of an output."""
    unit, square, layer = site.ref.units[0], site.graph.cost.square, site.layer
    a, y = site.symbol("a", layer, unit), site.symbol("y", layer, unit)
    names, outputs = f"{{{a.name}}} − {{{y.name}}}", len(site.units(layer))
    if square == "half":
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula,
                   f"That is 2({names}): the 2 of the square meets the ½.")
    elif square:
        yield Slip(known.FACTOR_TWO, "half", HALF * site.formula,
                   f"That is {names}: the square brings a 2 down in front."
                   if square == "whole" or outputs == 1 else
                   f"The 2 is missing: the square of {names} brings a 2 down in front.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula, "The 2 that the square brings down is in there twice.")
        if square == "whole":
            yield Slip(known.BRACKET_LOST, "2 before a alone", 2 * a - y,
                       f"That is 2{{{a.name}}} − {{{y.name}}}. The 2 multiplies the whole difference: 2({names}).",
                       unlikely=0.45)
        yield from _half_and_sign(site, f"That is {{{y.name}}} − {{{a.name}}}: turned round, and without the 2 that "
                                        "the square brings down." if square == "whole" or outputs == 1 else
                                        "The sign is turned round, and the 2 that the square brings down is missing.")
    yield Slip(known.SIGN, "sign", Neg(site.formula), f"The sign is turned round. Is it {names} or its opposite?")
    if square == "half":  # two names for one number, and one thing to say of it
        say = f"That is ({names})/2. The square brings a 2 down: what becomes of the ½?"
        yield Slip(known.FACTOR_TWO, "half", (a - y) * HALF, say)
        yield Slip(known.HALF_WITHOUT_SQUARE, "half of the difference", (a - y) * HALF, say)
    yield from mean_over_outputs(site)
    if outputs > 1:
        part = site.id("C", layer, unit)
        yield Slip(known.COST_FOR_DERIVATIVE, "part", Symbol(part),
                   f"That is {{{part}}} itself. How does it change with {{{a.name}}}?")
    yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"),
               f"That is {{{site.id('C')}}} itself. How does it change with {{{a.name}}}?")
    if square:
        yield Slip(known.COST_FOR_DERIVATIVE, "square", (a - y) ** 2,
                   f"That is ({names})². What is the slope of a square?")
        for way, sign, wrong in (("exponent kept", "", 2 * (a - y) ** 2),
                                 ("exponent kept, turned round", "−", -2 * (a - y) ** 2)):
            yield Slip(known.COST_FOR_DERIVATIVE, way, wrong, f"That is {sign}2({names})². The 2 comes down in front, "
                       "and above it the exponent drops by one.", unlikely=0.4)
    if site.graph.cost.shortcut is not None:
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "short form", a - y,
                   f"{names} is {{{site.id(DELTA, layer, unit)}}}: it has the slope of the activation in it already.")
    yield from _other_targets(site, unit)
    if outputs > 1 and square != "mean":
        yield Slip(known.MEAN_TWICE, "mean over outputs", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs. This cost adds its parts up.")
    if site.activation not in ("identity", "softmax"):
        z = site.symbol("z", layer, unit)
        yield Slip(known.Z_TAKEN_FOR_A, "z for a", substitute(site.formula, {a.name: z}.get),
                   f"That takes {{{z.name}}} for {{{a.name}}}. What is compared with the target?", unlikely=1.5)
    if square and site.nearby:
        yield from weights_for_activation(site, unit, halved=square == "whole")
    yield from of_another_unit(site)
    yield from other_outputs(site)


def _other_targets(site: Site, unit: str) -> Iterator[Slip]:
    """An output compared with another's target, or with none, or with its target added."""
    a, own = site.symbol("a", site.layer, unit), site.id("y", site.layer, unit)
    if own not in symbols(site.formula):
        return
    yield Slip(known.SIGN, "target added", substitute(site.formula, {own: Neg(Symbol(own))}.get),
               f"That adds {{{own}}}. It is taken off: {{{a.name}}} − {{{own}}}.", unlikely=0.2)
    mistake = known.DERIVATIVE_OF_OTHER_FUNCTION if site.activation == "softmax" else known.ONE_INPUT_MISSING
    yield Slip(mistake, "no target", substitute(site.formula, {own: number(0)}.get),
               f"That leaves the target {{{own}}} out. What is {{{a.name}}} compared with?",
               unlikely=0.3 - mistake.rank)
    for other in site.units(site.layer)[:NEAREST] if site.nearby else ():
        if other != unit:
            name = site.id("y", site.layer, other)
            yield Slip(known.WRONG_LAYER, f"target {other}", substitute(site.formula, {own: Symbol(name)}.get),
                       _others_target(name), unlikely=-1.5)


def _others_target(name: str) -> str:
    return f"That takes the target {{{name}}}. Which target is this output's own?"


def hidden_slope(site: Site) -> Iterator[Slip]:
    """Slips at ∂C/∂a of a hidden unit or ∂C/∂z of a softmax unit: a sum over paths, or one path's product."""
    if isinstance(site.formula, Add):
        yield from _paths(site.formula)
    yield from chain(site)
    if not site.role.is_path:
        yield from of_another_unit(site)
        return
    start, through = site.ref.units
    for other in site.units(site.layer + 1)[:NEAREST]:
        if other != through:
            say = other_path(*(site.id(ACTIVATION, site.layer + 1, unit) for unit in (other, through)))
            yield Slip(known.WRONG_LAYER, f"path through {other}", site.symbol(VIA, site.layer, start, other), say,
                       unlikely=-2.3)


def other_path(taken: str, through: str) -> str:
    """What to say where one path's part is given for another's; ids of what they go through."""
    return f"That comes back through {{{taken}}}. Here the part is asked for that comes back through {{{through}}}."


def _paths(formula: Add) -> Iterator[Slip]:
    if len(formula.terms) > MOST_TERMS:
        return
    for place, term in enumerate(formula.terms):
        yield Slip(known.PATH_MISSING, f"path {place}", term,
                   f"That follows one path of {len(formula.terms)}. What do the others add?")
        yield Slip(known.PATH_TWICE, f"path {place} twice", total((*formula.terms, term)),
                   f"That counts one path of {len(formula.terms)} twice. Each path adds its term once.")
    yield from joined_otherwise(formula)
    if len(formula.terms) > 2:
        for place in range(len(formula.terms)):
            yield Slip(known.PATH_MISSING, f"no path {place}", total(leave_out(formula.terms, place)),
                       f"That leaves one path of {len(formula.terms)} out.")


def joined_otherwise(formula: Add) -> Iterator[Slip]:
    """Paths multiplied, averaged, or one taken off the others, where all are added."""
    count, say = len(formula.terms), "Where paths join, their terms are added."
    yield Slip(known.MULTIPLIED_TERMS, "paths multiplied", product(formula.terms), f"That multiplies the paths. {say}")
    yield Slip(known.MEAN_TWICE, "paths averaged", formula / count, f"That is the mean of {count} paths. {say}",
               unlikely=1.2)
    for place, term in enumerate(formula.terms if len(formula.terms) <= _FEW_PATHS else ()):
        rest = leave_out(formula.terms, place)
        yield Slip(known.SIGN, f"path {place} taken off", total((*rest, Neg(term))),
                   f"That takes one path off. {say}", unlikely=0.4)


def chain(site: Site) -> Iterator[Slip]:
    """Slips at a product of factors: one left out, or all of them added."""
    yield from _without_factors(site)
    yield from _exchanged(site)
    yield from sign_slips(site)
    if isinstance(site.formula, Mul):
        yield Slip(known.ADDED_FACTORS, "added", total(site.formula.factors), ADDED)
        counted = [factor for factor in site.formula.factors
                   if not isinstance(factor, Symbol) or site.derivation.values(factor.name) != 1]
        if 1 < len(counted) < len(site.formula.factors):
            yield Slip(known.ADDED_FACTORS, "added but for ones", total(tuple(counted)), ADDED)
        yield from _single_factors(site.formula)
        yield from division_slips(site.formula)


def _exchanged(site: Site) -> Iterator[Slip]:
    """A weight for what comes through it, or the other way round, in one of the factors."""
    factors = symbols(site.formula) if site.nearby and isinstance(site.formula, Mul) else ()
    for factor in (parse_id(name) for name in factors):
        formula = site.graph.formula(str(factor))
        if ROLES[factor.role].slips not in ("by_weight", "by_activation") or formula is None or factor.layer is None:
            continue
        weight = site.id(WEIGHT, factor.layer, *factor.units)
        a = site.id(ACTIVATION, factor.layer - 1, factor.units[0])
        right, wrong = (a, weight) if ROLES[factor.role].slips == "by_weight" else (weight, a)
        exchanged = substitute(formula, {right: Symbol(wrong)}.get)
        say = (f"That has {{{wrong}}} where {{{right}}} belongs. "
               f"When {{{wrong}}} grows a little, how many times as much does the sum grow?")
        yield Slip(known.OPERAND_SWAPPED, f"exchanged in {factor}",
                   substitute(site.formula, {str(factor): exchanged}.get), say, unlikely=0.2)


def division_slips(formula: Mul) -> Iterator[Slip]:
    """Slips at a product where one factor is divided by instead of multiplied."""
    for place, factor in enumerate(formula.factors):
        if isinstance(factor, Symbol):
            rest = product(leave_out(formula.factors, place))
            yield Slip(known.DIVIDED_FACTORS, f"divided by factor {place}", rest / factor,
                       f"That divides by {{{factor.name}}}. The chain rule multiplies its factors.")


def _single_factors(formula: Mul) -> Iterator[Slip]:
    """One factor alone, where there are several."""
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
        role, name = ROLES[parse_id(factor.name).role], f"{{{factor.name}}}"
        rest = product(leave_out(factors, place))
        match role.slips:
            case "slope":
                value = site.derivation.values(factor.name)
                if value == 0:
                    yield Slip(known.RELU_GATE_IGNORED, "gate open", rest,
                               f"{name} is 0: this ReLU is off. What does a factor of 0 do to the product?")
                elif value != 1:
                    if site.graph.network.activations[(parse_id(factor.name).layer or 1) - 1] == "leaky_relu":
                        yield Slip(known.RELU_GATE_IGNORED, "leak shut", number(0),
                                   f"0 would come of a ReLU that is off. A leaky one lets something through: {name}.")
                    yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "no slope", rest, slope_missing(name))
            case "by_weight":
                yield Slip(known.INPUT_FACTOR_MISSING, "no input factor", rest,
                           f"That stops one factor early: {name} is still to come.")
            case "by_activation":
                yield Slip(known.WEIGHT_FACTOR_MISSING, "no weight", rest,
                           f"That leaves {name} out: on the way back every weight on the path is a factor.")
            case _:
                yield Slip(known.FACTOR_MISSING, f"no {role.name}", rest, f"That leaves {name} out of the product.")


def delta(site: Site) -> Iterator[Slip]:
    """Slips at ∂C/∂z: the slope times what arrives, or the short form a − y."""
    unit = site.ref.units[0]
    if site.graph.has_short_delta(site.layer):
        a, y = site.symbol("a", site.layer, unit), site.symbol("y", site.layer, unit)
        names = f"{{{a.name}}} − {{{y.name}}}"
        yield Slip(known.SIGN, "sign", Neg(site.formula), f"The sign is turned round. Is it {names} or its opposite?")
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"{names} has the slope of the activation in it already: no further {own_slope(a)}.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula,
                   f"That is 2({names}). Which square would bring that 2?")
        way_on = ("its pre-activation moves the other outputs too." if ACTIVATIONS[site.activation].coupled
                  else "the slope of the activation is still to come.")
        yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "by the output", site.of_cost(site.graph.cost.derivative, unit),
                   f"That is {{{site.id(ARRIVING, site.layer, unit)}}}: {way_on}")
        yield Slip(known.FACTOR_MISSING, "slope alone", a * (1 - a),
                   f"That is {own_slope(a)}, the slope of the activation alone. What else lies on the way to the cost?")
        if (outputs := len(site.units(site.layer))) > 1:
            yield Slip(known.MEAN_TWICE, "mean over outputs", site.formula / outputs,
                       f"That is divided by {outputs}, the number of outputs. This cost adds its parts up.")
        yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"), f"That is {{{site.id('C')}}} itself.")
        yield Slip(known.COST_FOR_DERIVATIVE, "square", site.formula ** 2, f"That is ({names})². What is its slope?")
        yield from _other_targets(site, unit)
        yield from of_another_unit(site)
        yield from other_outputs(site)
        return
    if isinstance(site.formula, Add):
        yield from hidden_slope(site)
        a, y = site.symbol("a", site.layer, unit), site.symbol("y", site.layer, unit)
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", (a - y) * a * (1 - a),
                   f"{{{a.name}}} − {{{y.name}}} has the slope of softmax in it already.")
        if site.graph.network.cost == "cross_entropy":
            yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "no target", a,
                       f"That is {{{a.name}}} alone. Where is the target {{{y.name}}}?", unlikely=-1.0)
            for other in site.units(site.layer)[:NEAREST] if site.nearby else ():
                if other != unit:
                    name = site.id("y", site.layer, other)
                    yield Slip(known.WRONG_LAYER, f"target {other}", a - Symbol(name), _others_target(name),
                               unlikely=-1.5)
        return
    yield from chain(site)
    yield from of_another_unit(site)
    if site.is_output and site.graph.cost.output == site.activation:
        a = site.symbol("a", site.layer, unit)
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"The slope of the activation cancels here: no further {own_slope(a)}.")


def weight_gradient(site: Site) -> Iterator[Slip]:
    """Slips at ∂C/∂w."""
    yield from chain(site)
    if site.is_output and site.graph.has_short_delta(site.layer):
        a, y = (site.symbol(role, site.layer, site.ref.units[1]) for role in ("a", "y"))
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"{{{a.name}}} − {{{y.name}}} has the slope of the activation in it already: "
                   f"no further {own_slope(a)}.")
    yield from _of_another_error(site)
    yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"), f"That is {{{site.id('C')}}} itself.")
    edges = [(a, b) for a in site.units(site.layer - 1) for b in site.units(site.layer)][:NEAREST]
    for edge in edges:
        if edge != site.ref.units:
            name = site.id(GRADIENT, site.layer, *edge)
            yield Slip(known.WRONG_LAYER, f"edge {edge}", Symbol(name),
                       f"That is {{{name}}}, which belongs to another weight.",
                       unlikely=-1.2 if edge[1] == site.ref.units[1] else -0.5)
    for layer in (site.layer + 1, site.layer - 1) if site.nearby else ():
        if 1 <= layer <= site.graph.network.last:
            further = [(a, b) for a in site.units(layer - 1) for b in site.units(layer)][:_FEW_PATHS]
            for name in (site.id(GRADIENT, layer, *edge) for edge in further):
                yield Slip(known.WRONG_LAYER, name, Symbol(name),
                           f"That is {{{name}}}, which belongs to a weight of another layer.")
    yield from value_for_gradient(site)


def _of_another_error(site: Site) -> Iterator[Slip]:
    """Another unit's δ or ∂C/∂a, of this layer or the next, for the own one."""
    factors = symbols(site.formula) if site.nearby else ()
    unit = site.ref.units[1]
    for own in (site.id(role, site.layer, unit) for role in (ARRIVING, DELTA)):
        if own not in factors:
            continue
        layers = [at for at in (site.layer, site.layer + 1) if at <= site.graph.network.last]
        others = [(at, other) for at in layers for other in site.units(at)[:_FEW_PATHS]]
        for name in (site.id(parse_id(own).role, at, other) for at, other in others):
            if name != own:
                yield Slip(known.WRONG_LAYER, f"takes {name}", substitute(site.formula, {own: Symbol(name)}.get),
                           f"That takes {{{name}}}. This weight's own unit has {{{own}}}.", unlikely=0.2)


def bias_gradient(site: Site) -> Iterator[Slip]:
    """Slips at ∂C/∂b."""
    if site.graph.detail == "merged" and not site.graph.is_coupled(site.layer):
        yield from slopes_of_unit(site, site.ref.units[0], site.graph.merge_formula(site.ref, on=True))
        yield from sign_slips(site)
        factors = site.formula.factors if isinstance(site.formula, Mul) else ()
        if factors:
            yield Slip(known.ADDED_FACTORS, "added", total(factors), ADDED)
    else:
        yield from chain(site)
    if site.nearby:
        bias = site.id(BIAS, site.layer, *site.ref.units)
        say = f"0 would mean that {{{bias}}} moves nothing. When it grows by 1, the weighted sum grows by 1."
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "constant", number(0), say, unlikely=-1.6)
    yield from of_another_unit(site)
    yield from value_for_gradient(site)
    if site.nearby:
        own = site.symbol(BIAS, site.layer, *site.ref.units)
        yield Slip(known.BIAS_TIMES_INPUT, "times itself", site.formula * own,
                   f"That is multiplied by {{{own.name}}}. A bias is added as it is: its own factor is 1.",
                   unlikely=0.2)
        yield Slip(known.FACTOR_MISSING, "one", number(1),
                   f"1 is how the weighted sum changes with {{{own.name}}}. What else lies on the way to the cost?",
                   unlikely=-0.5)
    for source in site.units(site.layer - 1)[:NEAREST]:
        a = site.symbol("a", site.layer - 1, source)
        yield Slip(known.BIAS_TIMES_INPUT, f"times {source}", site.formula * a,
                   f"That is multiplied by {{{a.name}}}. A bias is added as it is: its own factor is 1.")
